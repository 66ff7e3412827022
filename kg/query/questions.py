"""The named questions: one .rq file each in named/, whose first two lines say in words what it asks and whose name it takes."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Question", "check", "question", "questions", "takes_about"]

# What a SPARQL reader skips or takes whole: comments, IRIs and strings; and variables and prefixed names.
_SKIPPED = re.compile(
    r"""\#[^\n\r]*|<[^<>"{}|^`\\\s]*>|\"{3}.*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'""", re.DOTALL
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SERVICE = re.compile(r"(?<![\w?$:-])SERVICE(?![\w:-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name, its words, what ``?about`` in it stands for, and its SPARQL."""

    name: str
    words: str
    about: str
    sparql: str


@cache
def questions() -> dict[str, Question]:
    """All named questions, sorted by name."""
    found = {}
    for file in sorted(files("kg.query").joinpath("named").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".rq"):
            text = file.read_text(encoding="utf-8")
            words, about, _ = text.split("\n", 2)
            name = file.name.removesuffix(".rq")
            found[name] = Question(name, words.removeprefix("# "), about.removeprefix("# --about: "), text)
    return found


def question(name: str) -> Question:
    """The question of that name; ValueError, with the names that come near, when there is none."""
    if name in questions():
        return questions()[name]
    near = difflib.get_close_matches(name, questions(), 3, 0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "kg query --list shows them all"
    raise ValueError(f"there is no question {name!r}; {hint}")


def takes_about(sparql: str) -> bool:
    """Whether ``?about`` can be bound in ``sparql``: it has to be among what is selected."""
    selected = re.search(r"\bSELECT\b(.*?)[{]", _bare(sparql), re.IGNORECASE | re.DOTALL)
    return bool(selected and re.search(r"[?$]about\b|[*]", selected[1]))


def check(sparql: str) -> None:
    """Raise ValueError when ``sparql`` would fetch something from another machine."""
    if _SERVICE.search(_bare(sparql)):
        raise ValueError("SERVICE is refused: a query reads this graph and nothing from the network")


def _bare(sparql: str) -> str:
    """The query without comments, IRIs and strings; SPARQL resolves its escapes of code points before anything else."""
    return _SKIPPED.sub(" ", _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), sparql))
