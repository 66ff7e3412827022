"""A graph of 500 names that try to break RDF, XML, CSV and Cypher; the same ones each time."""

from __future__ import annotations

import random

from kg.graph import KnowledgeGraph, build_graph
from kg.records import Affiliation, Document, Entity, Evidence, Extraction, Location, Mention, check
from tests.samples import said

PIECES = (
    "O'Neil", '"', '"""', "\\", "\\u0041", "\\n", "\n", "\r\n", "\t", "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028",
    "\u2029", "\ud800", "\udfff", "\ufeff", "\ufffe", "\uffff", "\U0001f6a2", "\U0010ffff", "e\u0301", "ẞ", "İ", "\u202e",
    "\u200d", "رنا", "李", "<b>", "</script>", "<!--", "]]>", "&amp;", "&", "<urn:x>", "{", "}", "|", "^^xsd:int", "@en",
    "`", "#", "%", "%zz", "://", ".", ";", " .", "_:b0", "a", "kg:Claim", "@prefix x: <y> .", "} DROP ALL #",
    "'); DROP TABLE--", "=1+1", "+1", "-1", "@SUM(A1)", "$x", "${y}", " ", "\u00a0", "\u3000", "x" * 300, "0", "-", "--",
    ",", '","', "null", "NaN", "true",
)  # fmt: skip


def names(count: int = 500) -> list[str]:
    """Each piece alone, then pieces shuffled together; all different and none empty."""
    dice = random.Random(500)
    found = dict.fromkeys(PIECES)
    while len(found) < count:
        found["".join(dice.choices(PIECES, k=dice.randint(2, 6)))] = None
    return list(found)[:count]


def graph() -> KnowledgeGraph:
    """One article a hundred names: each is somebody with a role, an alias, an address of the kind, and a claim."""
    listed = names()
    extractions, entities = [], []
    for start in range(0, len(listed), 100):
        part = listed[start : start + 100]
        odd = part[start // 100 + 7]
        document = Document(f"{odd} {start}", "¶".join(part), odd, f"https://a.example/{odd}", odd, odd, odd)
        spans = [Evidence(document.id, at, at + len(name), name, 0.5) for at, name in zip(_offsets(part), part, strict=True)]
        people = [Mention(document.id, span.start, span.end, span.quote, "PERSON", 0.5) for span in spans]
        roles = [
            Affiliation(person, span, span.quote, people[0], None, span.quote, "acting", span, 0.5, span.quote, "2031-02")
            for person, span in zip(people[1:], spans[1:], strict=True)
        ]
        claims = [
            said(f"c{start + number:012}", (span,), span, person, cue=span, unresolved=span.quote, said_on=span.quote)
            for number, (span, person) in enumerate(zip(spans, people, strict=True))
        ]
        extractions.append(Extraction(document, tuple(people), (), tuple(roles), (), tuple(claims)))
        check(extractions[-1])
        for number, person in enumerate(people):
            kind = "ORG" if number == 0 else "PLACE" if number % 9 == 0 else "PERSON"
            location = Location(500.0, -500.0, person.text) if kind == "PLACE" else None
            same = (person.text, f"https://a.example/{person.text}", f"urn:{person.text}")
            entities.append(
                Entity(f"{person.text} {start + number}", kind, person.text, (person.text, "alias"), (person,), same, location)
            )
    return build_graph(extractions, entities)


def _offsets(parts: list[str]) -> list[int]:
    found = [0]
    for part in parts[:-1]:
        found.append(found[-1] + len(part) + 1)
    return found
