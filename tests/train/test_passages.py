"""Our own annotation: every passage parses, every span and reference holds, and the markup says what is wrong with it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import kg.train
from kg.extract.anchors import QUESTIONS
from kg.train.corpora import Example, read_corpora
from kg.train.markup import KINDS, Passage, parse, read_passages

HERE = Path(kg.train.__file__).parent
PASSAGES = sorted((HERE / "passages").glob("*.txt"))
STATUS = QUESTIONS["affiliation"].classes["status"]
CLASSES = QUESTIONS["attribution"].classes
Spans = list[tuple[int, int]]


def passages(path: Path) -> list[Passage]:
    return [parse(part) for part in f"\n{path.read_text(encoding='utf-8')}".split("\n=== ")[1:]]


def spans(example: Example) -> Spans:
    """Every span of an example, whatever it says."""
    found = [(start, end) for labelled in (example.names, example.events, example.roles) for start, end, _ in labelled or ()]
    for reported in example.reported or ():
        found += [*reported.cue, *reported.source, *reported.content]
    for person in example.affiliated:
        found += [person.person, *((start, end) for start, end, _ in person.parts)]
    for referring in example.referring:
        found += [referring.mention, *referring.names]
    return found


def check(example: Example) -> None:
    for start, end in spans(example):
        words = example.text[start:end]
        assert 0 <= start < end <= len(example.text), example.id
        assert words == words.strip(), (example.id, words)
    top = sorted((start, end) for start, end, _ in [*(example.names or ()), *(example.events or ())])
    assert all(one[1] <= other[0] for one, other in pairwise(top)), f"{example.id}: names overlap"
    for reported in example.reported or ():
        assert reported.cue, example.id
        assert reported.content, example.id
        for name, value in reported.classes.items():
            assert value in CLASSES[name], example.id
    assert {person.status for person in example.affiliated} <= set(STATUS), example.id


# ------------------------------------------------------------------ passages
@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_passages_are_consistent(path: Path) -> None:
    examples = list(read_passages(path))
    assert len(examples) == len(passages(path)) > 3
    for example in examples:
        check(example)


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_records_and_references_name_tagged_things(path: Path) -> None:
    for passage in passages(path):
        known = {tag.values["id"] for tag in passage.tags if tag.name in KINDS}
        roles = {passage.text[tag.start : tag.end] for tag in passage.tags if tag.name == "role"}
        claims = {tag.values["c"] for tag in passage.tags if tag.name == "content"}
        for tag in passage.tags:
            if tag.name in ("src", "ment"):
                assert set(tag.values["ref"].split(",")) <= known | {"-"}, (passage.id, tag)
            if tag.name in ("src", "cue"):
                assert tag.values["c"] in claims, (passage.id, tag)
        for kind, head, values in map(record, passage.records):
            assert kind in ("@aff", "@event", "@why"), passage.id
            assert head in (claims if kind == "@why" else known), (passage.id, head)
            named = [values.get(key) for key in ("org", "place", "behalf")] + values.get("who", "").split(",")
            assert {name for name in named if name} <= known, (passage.id, values)
            if kind == "@aff":
                assert values.get("role") in {None, *roles}, (passage.id, values)
                assert values.get("status", "current") in STATUS, (passage.id, values)


def record(line: str) -> tuple[str, str, dict[str, str]]:
    """A record line: its kind, its first word, and its values."""
    kind, _, rest = line.partition(" ")
    head, *parts = [part.strip() for part in rest.split("|")]
    return kind, head, dict(part.split("=", 1) for part in parts if "=" in part)


def test_every_passage_has_its_own_name() -> None:
    names = [passage.id for path in PASSAGES for passage in passages(path)]
    assert len(names) == len(set(names)) > 100


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("<per id=p1>Ann</org>", "does not close"),
        ("<per id=p1>Ann", "unclosed"),
        ("<person id=p1>Ann</person>", "unknown"),
        ("Ann</per>", "does not close"),
        ("5 < 6", "unknown"),
    ],
)
def test_what_is_not_well_formed_is_named(body: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"passage bad: .*{wrong}"):
        parse(f"bad\n\n{body}\n")


def test_a_passage_to_an_example(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(
        "=== one\ndate: 2031-05-04\n\n"
        "<content c=1 mod=predicted>Rain will come</content>, <role>mayor</role> <src c=1 ref=p1><per id=p1>Ann Bo</per></src> "
        "<cue c=1>said</cue> after the <event id=e1>Karsk flood</event>.\n\n@aff p1 | role=mayor | status=acting\n",
        encoding="utf-8",
    )
    (example,) = read_passages(path)
    assert example.text == "Rain will come, mayor Ann Bo said after the Karsk flood."

    def word(*span: int) -> str:
        return example.text[slice(*span)]

    assert [(word(s, e), label) for s, e, label in example.names or ()] == [("Ann Bo", "PERSON")]
    assert [(word(s, e), label) for s, e, label in example.events or ()] == [("Karsk flood", "EVENT")]
    (reported,) = example.reported or ()
    assert [word(*span) for part in (reported.content, reported.cue, reported.source) for span in part] == [
        "Rain will come", "said", "Ann Bo",
    ]  # fmt: skip
    assert reported.classes == {"claim": "yes", "polarity": "affirmed", "modality": "predicted"}
    (person,) = example.affiliated
    assert (word(*person.person), person.status) == ("Ann Bo", "acting")
    assert [(word(s, e), label) for s, e, label in person.parts] == [("mayor", "ROLE")]


# ------------------------------------------------------------------ annotations.jsonl.gz
def annotated() -> list[dict[str, Any]]:
    with gzip.open(HERE / "annotations.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_annotations_are_well_formed() -> None:
    rows = annotated()
    assert len({row["id"] for row in rows}) == len(rows) > 100
    for row in rows:
        known = {entity["id"] for entity in row["entities"]}
        assert len(known) == len(row["entities"]), row["id"]
        assert all(0 <= start < end for start, end in offsets(row)), row["id"]
        assert all(entity["mentions"] and entity["type"] in KINDS.values() for entity in row["entities"]), row["id"]
        for claim in row["claims"]:
            assert claim["content"], row["id"]
            assert {claim["speaker"], *claim.get("co_speakers", ())} <= known | {None}, row["id"]
            assert claim.get("polarity", "affirmed") in CLASSES["polarity"], row["id"]
            assert claim.get("modality", "asserted") in CLASSES["modality"], row["id"]
        for item in row["affiliations"]:
            assert {item["person"], item["organisation"], item["place"]} <= known | {None}, row["id"]
            assert item["status"] in STATUS, row["id"]


def offsets(row: dict[str, Any]) -> Iterator[list[int]]:
    for entity in row["entities"]:
        yield from entity["mentions"]
    for claim in row["claims"]:
        yield from claim["content"]
        yield from (claim[key] for key in ("cue", "speaker_span") if claim[key])
    for item in row["affiliations"]:
        yield from (item[key] for key in ("role", "evidence") if item[key])


def test_annotations_fit_their_articles(shared: Path) -> None:
    """With the corpus beside the project: every span lies in its article, and some mention of a thing holds its name."""
    examples = {example.id: example for example in read_corpora(["annotated"], shared / "data")["annotated"]}
    kept = [row for row in annotated() if not row.get("held_out")]
    assert {row["id"] for row in kept} == set(examples)
    for row in kept:
        text = examples[row["id"]].text
        assert all(end <= len(text) for _, end in offsets(row)), row["id"]
        assert all(0 <= start < end <= len(text) for start, end in spans(examples[row["id"]])), row["id"]
        for entity in row["entities"]:
            assert all(text[start:end].strip() for start, end in entity["mentions"]), (row["id"], entity["name"])
