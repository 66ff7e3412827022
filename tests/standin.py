"""An inexpensive extractor with the real one's shape, articles for it, and a build with it as a process of its own.

``python -m tests.standin SOURCE OUT [WORKERS]`` builds.  Words in an article make the extractor misbehave:
``FAIL`` raises, ``KILL`` ends the process, ``KILL-ONCE`` ends it the first time (a file in $KG_TEST_ONCE remembers),
``SLOW`` takes a fifth of a second.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.records import Affiliation, Chain, Claim, Document, Evidence, Extraction, Mention

EXTRACTOR = "tests.standin:extract"
FORMATS = (".ttl", ".json", ".graphml")
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+(?= )")
_QUOTE = re.compile(r"“[^”]+”")
_ROLE = re.compile(r"([A-Z][a-z]+ [A-Z][a-z]+), the (director) of the ([A-Z][a-z]+ Institute)")


def extract(documents: Iterable[Document], nlp: str | None = None) -> Iterator[Extraction]:
    """Names of two words, what stands between quotation marks, and who directs which institute."""
    for document in documents:
        _misbehave(document.text)
        yield _extraction(document)


def _misbehave(text: str) -> None:
    if "SLOW" in text:
        time.sleep(0.2)
    if "FAIL" in text:
        raise RuntimeError("as asked")
    if "KILL-ONCE" in text:
        once = Path(os.environ["KG_TEST_ONCE"])
        if not once.exists():
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif "KILL" in text:
        os.kill(os.getpid(), signal.SIGKILL)


def _extraction(document: Document) -> Extraction:
    found = [_mention(document, match, 0, "PERSON") for match in _NAME.finditer(document.text)]
    affiliations, offices = [], []
    for match in _ROLE.finditer(document.text):
        office = _mention(document, match, 3, "ORG")
        offices.append(office)
        affiliations.append(
            Affiliation(
                person=_mention(document, match, 1, "PERSON"),
                role=_evidence(document, match, 2),
                role_name="director",
                organisation=office,
                place=None,
                party=None,
                status="current",
                evidence=_evidence(document, match, 0),
                score=0.9,
            )
        )
    mentions = tuple(sorted({*found, *offices, *(item.person for item in affiliations)}, key=lambda item: item.start))
    names: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        names.setdefault((mention.label, mention.text), []).append(mention)
    chains = tuple(Chain("PERSON" if label == "PERSON" else "ORG", tuple(group)) for (label, _), group in names.items())
    people = [mention for mention in mentions if mention.label == "PERSON"]
    claims = tuple(_claim(document, match, people) for match in _QUOTE.finditer(document.text))
    return Extraction(document, mentions, chains, tuple(affiliations), (), claims)


def _evidence(document: Document, match: re.Match[str], group: int) -> Evidence:
    return Evidence(document.id, match.start(group), match.end(group), match[group])


def _mention(document: Document, match: re.Match[str], group: int, label: str) -> Mention:
    return Mention(document.id, match.start(group), match.end(group), match[group], label)


def _claim(document: Document, match: re.Match[str], people: list[Mention]) -> Claim:
    speaker = min(people, key=lambda person: abs(person.start - match.end()), default=None)
    digest = hashlib.sha256(f"{document.id} {match.start()}".encode()).hexdigest()[:12]
    return Claim(
        id=f"c{digest}",
        kind="direct",
        content=(_evidence(document, match, 0),),
        cue=None,
        cue_lemma=None,
        source=speaker.evidence if speaker else None,
        form="name" if speaker else "none",
        speaker=speaker,
        co_speakers=(),
        unresolved=None if speaker else "no name",
        source_type="named person" if speaker else "none",
        justification=None,
        affiliation=None,
        on_behalf_of=None,
        about=(),
        polarity="affirmed",
        modality="asserted",
        score=0.9,
        speaker_score=0.8,
        trace=("nearest",),
    )


# ------------------------------------------------------------------ articles
_FIRST = "Ada Bel Cira Dov Edda Fenn Gala Hugo Ines Jory Kaya Lior Mira Nilo Orla Pavo Rhea Sten Tova Ugo".split()
_LAST = "ak en is or un ova ard ell int osk".split()
_START = "Bar Cor Dal Fen Gar Hal Kor Lan Mar Nor Pel Ros Sar Tor Val Wen".split()


def _pick(words: list[str], *seed: object) -> str:
    return words[int(hashlib.sha256(repr(seed).encode()).hexdigest(), 16) % len(words)]


def name(number: int) -> str:
    """One of 32,000 invented people."""
    return f"{_FIRST[number % 20]} {_pick(_START, number)}{_LAST[number // 20 % 10]}{_pick(_LAST, number, 'x')}"


def article(number: int, sentences: int = 12, words: str = "") -> str:
    """An article about a few of them, the same for the same number; half of them occur in one article alone."""
    people = [name(number * 3 + offset) for offset in range(3)] + [name(number % 97), name(number % 31)]
    institute = f"{_pick(_START, 'institute', number % 50)}en Institute"
    lines = [f"{people[0]}, the director of the {institute}, met reporters in the harbour of article {number}. {words}"]
    for line in range(sentences):
        person = people[line % len(people)]
        lines.append(f"“The dam will hold for {number + line} days,” {person} said on the quay, and nobody answered.")
    return "\n".join(lines) + "\n"


def write_articles(folder: Path, numbers: Iterable[int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:06}.txt").write_text(article(number), encoding="utf-8")


def files_in(out: Path) -> dict[str, bytes]:
    """What is to be seen in a folder."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if not path.name.startswith(".")}


def build(source: Path, out: Path, **options: object) -> object:
    """A build with the stand-in; see :func:`kg.run.update`."""
    from kg.run import ledger_of, update

    files = [out / f"news{suffix}" for suffix in FORMATS]
    return update(source, files, ledger=ledger_of(out), extractor=EXTRACTOR, **options)  # type: ignore[arg-type]


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]), workers=int(sys.argv[3]) if len(sys.argv) > 3 else 1)
