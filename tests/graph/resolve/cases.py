"""The cases of same.txt and different.txt as extractions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.records import Affiliation, Chain, Document, Event, Evidence, Extraction, Mention, check

HERE = Path(__file__).parent
KINDS = {"P": "PERSON", "O": "ORG", "L": "PLACE", "E": "EVENT", "R": "ROLE"}
MARK = re.compile(r"\[([^\]]+)\]([POLER])(\*?)(?:\(([^)]*)\))?")
FORMER = re.compile(r"^(former|acting) ")


@dataclass(frozen=True)
class Case:
    """A title, what its documents say, and the mentions that it is about."""

    title: str
    extractions: tuple[Extraction, ...]
    subjects: tuple[Mention, ...]

    def __str__(self) -> str:
        return self.title


def read_cases(name: str) -> list[Case]:
    """The cases of a file beside this one."""
    blocks = (HERE / name).read_text(encoding="utf-8").split("\n\n")
    return [_case(block.strip().splitlines()) for block in blocks if not block.lstrip().startswith("#")]


def _case(lines: list[str]) -> Case:
    read = [_document(line, f"{lines[0].replace(' ', '-').lower()}-{number}") for number, line in enumerate(lines[1:])]
    return Case(lines[0], tuple(found for found, _ in read), tuple(subject for _, subjects in read for subject in subjects))


def _document(line: str, id: str) -> tuple[Extraction, list[Mention]]:
    """One line: the text without its marks, and what the marks say."""
    date, _, marked = line.partition(" | ")
    text, found, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        found.append((Mention(id, len(text), len(text) + len(mark[1]), mark[1], KINDS[mark[2]]), mark[3], mark[4]))
        text, last = text + mark[1], mark.end()
    text += marked[last:]
    names = [(mention, star, about) for mention, star, about in found if mention.label != "ROLE"]
    by_name = {mention.text: mention for mention, _, _ in names}
    document = Document(id, text, published=date)
    extraction = Extraction(
        document,
        tuple(mention for mention, _, _ in names),
        tuple(_chains([mention for mention, _, _ in names])),
        tuple(_affiliation(mention, about, by_name) for mention, _, about in found if mention.label == "ROLE"),
        tuple(_event(mention, about, by_name, document) for mention, _, about in names if mention.label == "EVENT"),
        (),
    )
    check(extraction)
    return extraction, [mention for mention, star, _ in names if star]


def _chains(mentions: list[Mention]) -> list[Chain]:
    """One chain a name, and one for a name with its acronym in brackets behind it."""
    chains: list[Chain] = []
    for mention in mentions:
        last = chains[-1].mentions if chains else ()
        if last and mention.text.isupper() and mention.label == "ORG" and mention.start - last[-1].end == 2:
            chains[-1] = Chain("ORG", (*last, mention))
        else:
            chains.append(Chain(mention.label, (mention,)))  # type: ignore[arg-type]
    return chains


def _affiliation(mention: Mention, about: str, names: dict[str, Mention]) -> Affiliation:
    person, _, where = (part.strip() for part in about.rpartition(", "))
    held = names.get(where)
    status: Any = found[1] if (found := FORMER.match(mention.text)) else "current"
    organisation, place = (held if held and held.label == kind else None for kind in ("ORG", "PLACE"))
    role = FORMER.sub("", mention.text)
    return Affiliation(names[person], mention.evidence, role, organisation, place, None, status, mention.evidence, 1.0)


def _event(mention: Mention, about: str, names: dict[str, Mention], document: Document) -> Event:
    place, _, time = about.partition(",")
    said = Evidence(document.id, mention.start, mention.end, time.strip()) if time.strip() else None
    start = document.text.find(time.strip()) if time.strip() else -1
    known = Evidence(document.id, start, start + len(time.strip()), time.strip()) if start >= 0 else None
    date = None if known or not said else _date(time.strip(), document)
    return Event(mention, (), names.get(place.strip()), known, mention.evidence, 1.0, "past", date)


def _date(time: str, document: Document) -> str:
    """A date that the sentence does not spell out, as a reader would know it."""
    from kg.graph.resolve.event_names import days

    quote = Evidence(document.id, 0, 0, time)
    (day,) = days(Event(Mention(document.id, 0, 0, "", "EVENT"), (), None, quote, quote, 1.0), document.published)
    return day
