"""Writes ``docs/reference.md`` from public docstrings and the help of the commands: ``python -m tests.reference``."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

import kg
from kg.cli import app

PATH = Path(__file__).parents[1] / "docs" / "reference.md"
HEAD = """\
# Reference

Written by `python -m tests.reference` from the docstrings and from `--help`; a test sees that it is up to date.

## Python

Nine names are public; everything else may change. In the examples `graph` is `kg.read_json("graphs/news.json")`.
"""


def reference() -> str:
    python = "".join(_name(name) for name in kg.__all__)
    return f"{HEAD}\n{python}## Command line\n\n{''.join(_commands())}".rstrip() + "\n"


def _name(name: str) -> str:
    thing = getattr(kg, name)
    fields = "\n".join(_fields(thing))
    parts = [f"### kg.{name}", f"```text\n{fields or _signature(f'kg.{name}', thing)}\n```", _words(thing)]
    if name == "KnowledgeGraph":
        parts += [
            f"#### graph.{key}\n\n```text\n{_signature(f'graph.{key}', member)}\n```\n\n{_words(member)}"
            for key, member in vars(thing).items()
            if inspect.isfunction(member) and not key.startswith("_") and member.__doc__
        ]
    return "\n\n".join(parts) + "\n\n"


def _fields(thing: Any) -> Iterator[str]:
    for field in getattr(thing, "__dataclass_fields__", {}).values():
        yield f"{field.name}: {field.type}"


def _signature(name: str, thing: Any) -> str:
    """The call as it is written; one argument a line where a line would be long."""
    call = inspect.signature(thing)
    taken = [argument for argument in call.parameters.values() if argument.name != "self"]
    short = _unquoted(f"{name}{call.replace(parameters=taken)}")
    if len(short) < 100:
        return short
    starred = any(argument.kind is argument.KEYWORD_ONLY for argument in taken)
    at = next(place for place, argument in enumerate(taken) if argument.kind is argument.KEYWORD_ONLY) if starred else 0
    words = [str(argument) for argument in taken]
    lines = [*words[:at], "*", *words[at:]] if starred else words
    return _unquoted(f"{name}(\n" + "".join(f"    {line},\n" for line in lines) + f") -> {call.return_annotation}")


def _unquoted(code: str) -> str:
    """Without the quotation marks that postponed annotations have."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", code)


def _words(thing: Any) -> str:
    """The docstring as Markdown: examples in blocks, roles of Sphinx as plain code."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", inspect.getdoc(thing) or "").replace("``", "`")
    prose, mark, examples = text.partition(">>> ")
    return prose.strip() + (f"\n\n```pycon\n{mark}{examples.strip()}\n```" if mark else "")


def _commands() -> Iterator[str]:
    group = typer.main.get_command(app)
    for command in ("", *group.commands):  # type: ignore[attr-defined]
        words = [command, "--help"] if command else ["--help"]
        answer = CliRunner().invoke(app, words, prog_name="kg", terminal_width=96, env={"COLUMNS": "96", "NO_COLOR": "1"})
        yield f"### {f'kg {command}'.strip()}\n\n```text\n{answer.stdout.strip()}\n```\n\n"


if __name__ == "__main__":
    PATH.write_text(reference(), encoding="utf-8")
