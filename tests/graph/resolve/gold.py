"""The annotated articles of seeds/ as extractions, and B-cubed over what they name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.read import read
from kg.records import Affiliation, Chain, Document, Entity, Event, Evidence, Extraction, Mention

ROOT = Path(__file__).parents[3]
Key = tuple[str, int, int]


def rows() -> list[dict[str, Any]]:
    """The lines of tests/gold/seeds.jsonl."""
    return [json.loads(line) for line in (ROOT / "tests/gold/seeds.jsonl").read_text(encoding="utf-8").splitlines()]


def documents() -> dict[str, Document]:
    """The documents of seeds/ by their text."""
    return {document.text: document for document in read(ROOT / "seeds")}


def truth(rows: Iterable[Mapping[str, Any]], documents: Mapping[str, Document]) -> dict[Key, str]:
    """What each annotated mention means, over all documents."""
    return {
        (documents[row["text"]].id, start, end): f"{entity['type']} {entity['key']}"
        for row in rows
        for entity in row["entities"]
        for start, end in entity["mentions"]
    }


def extraction(row: Mapping[str, Any], document: Document) -> Extraction:
    """What the annotators found in one document; entities that the text does not name are left out."""
    chains: dict[str, Chain] = {}
    for entity in row["entities"]:
        found = [Mention(document.id, s, e, document.text[s:e], entity["type"]) for s, e in sorted(entity["mentions"])]
        if found:
            best = max(found, key=lambda mention: (len(mention.text), -mention.start))
            chains[entity["id"]] = Chain(entity["type"], (best, *(mention for mention in found if mention is not best)))
    names = {id: chain.name for id, chain in chains.items()}
    return Extraction(
        document,
        tuple(sorted(mention for chain in chains.values() for mention in chain.mentions)),
        tuple(chains.values()),
        tuple(_affiliation(item, names, document) for item in row["affiliations"] if item["person"] in names),
        tuple(_event(item, names, document) for item in row["events"] if item["event"] in names),
        (),
    )


def _affiliation(item: Mapping[str, Any], names: Mapping[str, Mention], document: Document) -> Affiliation:
    start, end = item["evidence"]
    evidence = Evidence(document.id, start, end, document.text[start:end])
    organisation, place = names.get(item["organisation"]), names.get(item.get("place"))
    role = item["role"].lower().removeprefix("former ").removeprefix("acting ") if item["role"] else None
    return Affiliation(
        names[item["person"]],
        evidence if role else None,
        role,
        organisation,
        place,
        None,
        item.get("status", "current"),
        evidence,
        1.0,
    )


def _event(item: Mapping[str, Any], names: Mapping[str, Mention], document: Document) -> Event:
    trigger = names[item["event"]]
    start = document.text.find(item["time"]) if item.get("time") else -1
    time = Evidence(document.id, start, start + len(item["time"]), item["time"]) if start >= 0 else None
    who = tuple(names[id] for id in item.get("who", ()) if id in names)
    return Event(trigger, who, names.get(item.get("place")), time, trigger.evidence, 1.0, item.get("status", "past"))


def b_cubed(gold: Mapping[Key, str], entities: Iterable[Entity]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the mentions of both (Bagga and Baldwin 1998)."""
    given = {(m.document, m.start, m.end): entity.id for entity in entities for m in entity.mentions}
    common = sorted(gold.keys() & given.keys())
    both = Counter((gold[key], given[key]) for key in common)
    true, found = Counter(gold[key] for key in common), Counter(given[key] for key in common)
    precision = sum(both[gold[key], given[key]] / found[given[key]] for key in common) / len(common)
    recall = sum(both[gold[key], given[key]] / true[gold[key]] for key in common) / len(common)
    return precision, recall, 2 * precision * recall / (precision + recall)
