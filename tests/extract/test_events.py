"""When an event happens and whether it has: rows of our own, and the annotated articles where the corpora are at hand."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.chains import DocChain
from kg.extract.events import EventDetails, describe
from kg.extract.pipeline import blank

ANNOTATIONS = Path(__file__).parents[2] / "kg" / "train" / "annotations.jsonl.gz"
FLOOR = 0.75


@pytest.fixture(scope="module")
def nlp() -> Language:
    """Words and sentences only."""
    pipeline = blank()
    for name in pipeline.pipe_names:
        if name != "kg_sentences":
            pipeline.remove_pipe(name)
    return pipeline


def details(doc: Doc, published: str | None, *spans: tuple[int, int]) -> EventDetails:
    found = [doc.char_span(start, end, label="EVENT", alignment_mode="expand") for start, end in spans]
    return describe(doc, DocChain("EVENT", [span for span in found if isinstance(span, Span)]), published)


ROWS = [
    ("The [summit] will open in Karsk on Friday.", "2026-11-20", "planned"),
    ("The upcoming [peace talks] worry the miners.", None, "planned"),
    ("The [June 3 referendum] failed.", "2026-06-03", "past"),
    ("Ministers warned of the threat of a [war].", None, "hypothetical"),
    ("The [siege] continues.", None, "ongoing"),
    ("Two died after the [explosion].", None, "past"),
    ("Nothing is known of the [meeting].", None, "past"),
]


@pytest.mark.parametrize(("text", "date", "status"), ROWS)
def test_date_and_status(nlp: Language, text: str, date: str | None, status: str) -> None:
    start, end = text.index("["), text.index("]") - 1
    found = details(nlp(text.replace("[", "").replace("]", "")), "2026-11-18", (start, end))
    assert (found.time and found.time.value, found.status) == (date, status)


def annotated(shared: Path) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Text, day of publication and event of each event whose status was annotated."""
    with gzip.open(shared / "data" / "attribution" / "polnear-train.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = {row["id"]: row for row in map(json.loads, lines)}
    with gzip.open(ANNOTATIONS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            article = articles[row["id"]]
            for entity in row["entities"]:
                if entity.get("status"):
                    yield article["text"], article["date"], entity


def test_status_agrees_with_the_annotation(nlp: Language, shared: Path) -> None:
    docs: dict[str, Doc] = {}
    outcomes: Counter[tuple[str, str]] = Counter()
    for text, published, entity in annotated(shared):
        doc = docs.setdefault(text, nlp(text))
        outcomes[str(entity["status"]), details(doc, published, *entity["mentions"]).status] += 1  # type: ignore[misc]
    right = sum(count for (gold, found), count in outcomes.items() if gold == found)
    assert right / outcomes.total() >= FLOOR, outcomes
