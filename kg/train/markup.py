"""Annotated passages in inline markup: read and checked.  ``passages/README.md`` explains the tags."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.train.corpora import Affiliated, Example, Labelled, Referring, Reported

__all__ = ["Passage", "Tag", "parse", "read_passages"]

KINDS: Final = {"per": "PERSON", "org": "ORG", "place": "PLACE", "event": "EVENT"}
_TAG = re.compile(r"<(/?)(per|org|place|event|role|content|cue|src|ment)((?:\s+\w+=[^\s<>]+)*)\s*>")
_HEADER = re.compile(r"[a-z]+: ")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tagged stretch of the plain text."""

    start: int
    end: int
    name: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as written: plain text, its tags in order, and the record lines at its end."""

    id: str
    text: str
    tags: tuple[Tag, ...]
    records: tuple[str, ...]


def read_passages(path: Path) -> Iterator[Example]:
    """The examples of one file; ValueError on a passage that is not well formed."""
    for part in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
        yield _example(parse(part))


def parse(part: str) -> Passage:
    """One passage: its id, header lines, body and record lines."""
    id, _, rest = part.partition("\n")
    lines = rest.split("\n")
    while lines and _HEADER.match(lines[0]):
        lines.pop(0)
    body = "\n".join(line for line in lines if not line.startswith("@")).strip()
    text, tags = _strip_tags(body, id)
    return Passage(id.strip(), text, tags, tuple(line for line in lines if line.startswith("@")))


def _strip_tags(body: str, id: str) -> tuple[str, tuple[Tag, ...]]:
    plain: list[str] = []
    tags: list[Tag] = []
    open_tags: list[tuple[str, dict[str, str], int]] = []
    position = length = 0
    for match in _TAG.finditer(body):
        plain.append(body[position : match.start()])
        length += len(plain[-1])
        position = match.end()
        if not match[1]:
            open_tags.append((match[2], dict(item.split("=", 1) for item in match[3].split()), length))
            continue
        if not open_tags or open_tags[-1][0] != match[2]:
            raise ValueError(f"passage {id}: {match[0]} does not close the last tag")
        name, values, start = open_tags.pop()
        tags.append(Tag(start, length, name, values))
    text = "".join([*plain, body[position:]])
    if open_tags or "<" in text or ">" in text:
        raise ValueError(f"passage {id}: an unclosed or unknown tag")
    return text, tuple(sorted(tags, key=lambda tag: (tag.start, -tag.end)))


def _example(passage: Passage) -> Example:
    entities: dict[str, list[Tag]] = defaultdict(list)
    for tag in passage.tags:
        if tag.name in KINDS:
            entities[tag.values["id"]].append(tag)
    top = [tag for tag in passage.tags if tag.name in KINDS and not _inside_event(tag, passage.tags)]
    labelled = [(tag.start, tag.end, KINDS[tag.name]) for tag in top]
    roles = [(tag.start, tag.end, "ROLE") for tag in passage.tags if tag.name == "role"]
    return Example(
        passage.id,
        passage.text,
        names=tuple(item for item in labelled if item[2] != "EVENT"),
        all_names=False,
        events=tuple(item for item in labelled if item[2] == "EVENT"),
        roles=tuple(roles),
        reported=tuple(_reported(passage)),
        affiliated=tuple(_affiliated(passage, entities)),
        referring=tuple(_referring(passage, entities)),
    )


def _inside_event(tag: Tag, tags: tuple[Tag, ...]) -> bool:
    return any(
        other.name == "event" and other is not tag and other.start <= tag.start and tag.end <= other.end for other in tags
    )


def _reported(passage: Passage) -> Iterator[Reported]:
    parts: dict[str, dict[str, list[Tag]]] = defaultdict(lambda: defaultdict(list))
    for tag in passage.tags:
        if tag.name in ("content", "cue", "src"):
            parts[tag.values["c"]][tag.name].append(tag)
    for found in parts.values():
        cue, source, content = (tuple((tag.start, tag.end) for tag in found[name]) for name in ("cue", "src", "content"))
        if not cue:
            continue
        values = {key: value for tag in found["content"] for key, value in tag.values.items()}
        classes = {"claim": "yes", "polarity": values.get("pol", "affirmed"), "modality": values.get("mod", "asserted")}
        yield Reported(cue, source, content, classes)


def _referring(passage: Passage, entities: dict[str, list[Tag]]) -> Iterator[Referring]:
    for tag in passage.tags:
        if tag.name in ("src", "ment"):
            names = [(name.start, name.end) for id in tag.values["ref"].split(",") for name in entities.get(id, ())]
            yield Referring((tag.start, tag.end), tuple(sorted(names)))


def _affiliated(passage: Passage, entities: dict[str, list[Tag]]) -> Iterator[Affiliated]:
    """Each affiliation at the mention of its person that stands nearest to its role or organisation."""
    stated: dict[tuple[int, int], tuple[set[Labelled], str]] = {}
    for record in (line for line in passage.records if line.startswith("@aff ")):
        head, *rest = [part.strip() for part in record.removeprefix("@aff ").split("|")]
        values = dict(part.split("=", 1) for part in rest if "=" in part)
        roles = [tag for tag in passage.tags if tag.name == "role" and passage.text[tag.start : tag.end] == values.get("role")]
        person, parts = _nearest(entities.get(head, []), [roles, entities.get(values.get("org", ""), [])])
        if person is None:
            continue
        labels = ["ROLE", "ORG"]
        place = _closest(entities.get(values.get("place", ""), []), person)
        found = {(tag.start, tag.end, label) for tag, label in zip([*parts, place], [*labels, "PLACE"], strict=True) if tag}
        before, status = stated.get((person.start, person.end), (set(), values.get("status", "current")))
        stated[person.start, person.end] = (before | found, status)
    for span, (labelled, status) in stated.items():
        yield Affiliated(span, tuple(sorted(labelled)), status)
    for tag in passage.tags:
        if tag.name == "per" and not any(abs(tag.start - start) < 60 for start, _ in stated):
            yield Affiliated((tag.start, tag.end), (), "none")


def _nearest(people: list[Tag], candidates: list[list[Tag]]) -> tuple[Tag | None, list[Tag | None]]:
    """The mention of the person with the least distance to the parts, and the parts nearest to it."""
    best: tuple[int, Tag | None, list[Tag | None]] = (10**9, None, [])
    for person in people:
        parts = [_closest(tags, person) for tags in candidates]
        distance = sum(abs(part.start - person.start) for part in parts if part)
        if distance < best[0]:
            best = (distance, person, parts)
    return best[1], best[2]


def _closest(tags: list[Tag], to: Tag) -> Tag | None:
    return min(tags, key=lambda tag: abs(tag.start - to.start), default=None)
