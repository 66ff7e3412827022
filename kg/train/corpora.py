"""Corpora to examples: every data set in one form, with None for the layers that it does not annotate."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

__all__ = [
    "ANNOTATIONS", "CORPORA", "OUR_CORPORA", "PASSES", "Affiliated", "Example", "Labelled", "Referring", "Reported",
    "read_corpora", "rows",
]  # fmt: skip

Span = tuple[int, int]
Labelled = tuple[int, int, str]
Row = dict[str, Any]

NAMES: Final = frozenset(("PERSON", "ORG", "PLACE", "NORP", "MISC"))
HERE: Final = Path(__file__).parent
ANNOTATIONS: Final = HERE / "annotations.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported statement; ``classes`` holds what was judged of it (claim, polarity, modality)."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    classes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Affiliated:
    """What the text says of a person's role around one mention of the person; ``status`` is "none" if it says nothing."""

    person: Span
    parts: tuple[Labelled, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Referring:
    """A nominal, pronoun or short name, and the names in the text that mean the same (none: it has no name)."""

    mention: Span
    names: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the layers that its corpus annotates; offsets are code points of ``text``.

    ``all_names`` is false when nationalities and works are not labelled: a word outside names may be one.
    """

    id: str
    text: str
    names: tuple[Labelled, ...] | None = None
    all_names: bool = True
    events: tuple[Labelled, ...] | None = None
    roles: tuple[Labelled, ...] | None = None
    reported: tuple[Reported, ...] | None = None
    affiliated: tuple[Affiliated, ...] = ()
    referring: tuple[Referring, ...] = ()
    discard: tuple[Span, ...] = ()


def read_corpora(names: Iterable[str], data: Path) -> dict[str, list[Example]]:
    """The examples of each corpus named (keys of :data:`CORPORA`); ``data`` is the folder of the public corpora.

    An article that our own annotation covers is left out of the corpus that it comes from.
    """
    found = {name: CORPORA[name](data) for name in names}
    ours = {row["id"] for row in rows(ANNOTATIONS)}
    return {
        name: examples if name in OUR_CORPORA else [example for example in examples if example.id not in ours]
        for name, examples in found.items()
    }


def rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for line in lines:
            yield json.loads(line)


def _span(pair: list[int]) -> Span:
    return pair[0], pair[1]


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(_span(pair) for pair in pairs)


# ------------------------------------------------------------------ public corpora
def _attribution(path: str, data: Path) -> list[Example]:
    return [
        Example(
            row["id"],
            row["text"],
            reported=tuple(
                Reported(_spans(item["cue"]), _spans(item["source"]), _spans(item["content"]))
                for item in row["attributions"]
                if item["cue"] and item["content"]
            ),
            discard=_spans(row.get("discard", [])),
        )
        for row in rows(data / path)
    ]


def _names(path: str, data: Path) -> list[Example]:
    return [
        Example(row["id"], row["text"], names=tuple((s, e, label) for s, e, label in row["entities"] if label in NAMES))
        for row in rows(data / path)
        if row.get("split") != "dev"
    ]


def _coreference(path: str, data: Path) -> list[Example]:
    """Pronouns and short nominals of chains that hold a name, and of chains that hold none."""
    examples = []
    for row in rows(data / path):
        if row.get("split") == "dev":
            continue
        referring = []
        for chain in row["chains"]:
            names = tuple((s, e) for s, e, form in chain if form == "NAM" and e - s <= 60)
            referring += [Referring((s, e), names) for s, e, form in chain if form in ("PRO", "NOM") and e - s <= 50]
        examples.append(Example(row["id"], row["text"], referring=tuple(sorted(referring, key=lambda r: r.mention))))
    return examples


# ------------------------------------------------------------------ our own annotation
def _annotated(data: Path) -> list[Example]:
    """PolNeAR training articles that we annotated in full; the texts come from the corpus, the offsets from here.

    Some are held out, to tune and to calibrate on (``kg.train.held_out``).
    """
    texts = {row["id"]: row["text"] for row in rows(data / "attribution/polnear-train.jsonl.gz")}
    sources = {row["id"]: row["attributions"] for row in rows(data / "attribution/polnear-train.jsonl.gz")}
    wanted = (row for row in rows(ANNOTATIONS) if not row.get("held_out"))
    return [_annotated_example(row, texts[row["id"]], sources[row["id"]]) for row in wanted]


def _annotated_example(row: Row, text: str, attributions: list[Row]) -> Example:
    entities = {entity["id"]: entity for entity in row["entities"]}
    mentions = {id: _spans(entity["mentions"]) for id, entity in entities.items()}
    labelled = [(s, e, entity["type"]) for id, entity in entities.items() for s, e in mentions[id]]
    original = {item["id"]: item for item in attributions}
    reported = []
    referring = []
    for claim in row["claims"]:
        source = _spans(original[claim["pn"]]["source"]) if claim["pn"] else ()
        if claim["speaker_span"] and not any(s <= claim["speaker_span"][0] < e for s, e in source):
            source = (_span(claim["speaker_span"]),)
        classes = {
            "claim": "yes",
            "polarity": claim.get("polarity", "affirmed"),
            "modality": claim.get("modality", "asserted"),
        }
        if claim["cue"]:
            reported.append(Reported((_span(claim["cue"]),), source, _spans(claim["content"]), classes))
        if claim["speaker_span"]:
            names = [span for id in (claim["speaker"], *claim.get("co_speakers", [])) if id for span in mentions[id]]
            referring.append(Referring(_span(claim["speaker_span"]), tuple(sorted(names))))
    for id in row["dropped"]:
        item = original[id]
        if item["cue"] and item["content"]:
            reported.append(Reported(_spans(item["cue"]), _spans(item["source"]), _spans(item["content"]), {"claim": "no"}))
    return Example(
        row["id"],
        text,
        names=tuple(sorted(item for item in labelled if item[2] != "EVENT")),
        all_names=False,
        events=tuple(sorted(item for item in labelled if item[2] == "EVENT")),
        roles=tuple(sorted({(*_span(item["role"]), "ROLE") for item in row["affiliations"] if item["role"]})),
        reported=tuple(reported),
        affiliated=_affiliated(row["affiliations"], mentions, entities),
        referring=tuple(referring),
    )


def _affiliated(items: list[Row], mentions: dict[str, tuple[Span, ...]], entities: dict[str, Row]) -> tuple[Affiliated, ...]:
    """One anchor for each mention of a person at which a role is stated, and for those at which none is."""
    stated: dict[Span, list[tuple[tuple[Labelled, ...], str]]] = defaultdict(list)
    for item in items:
        if not item["evidence"]:
            continue
        middle = sum(item["evidence"]) / 2

        def nearest(id: str | None, middle: float = middle) -> Span | None:
            spans = mentions[id] if id else ()
            return min(spans, key=partial(_distance, middle), default=None)

        person = nearest(item["person"])
        if person is None:
            continue
        parts = [
            (*span, label)
            for label, span in (("ORG", nearest(item["organisation"])), ("PLACE", nearest(item["place"])))
            if span
        ]
        if item["role"]:
            parts.append((*_span(item["role"]), "ROLE"))
        near = [part for part in parts if abs(part[0] - person[0]) < 400]
        stated[person].append((tuple(near), item["status"]))
    found = [
        Affiliated(person, tuple(sorted({p for parts, _ in all for p in parts})), all[0][1]) for person, all in stated.items()
    ]
    bare = [
        Affiliated(span, (), "none")
        for id, entity in entities.items()
        if entity["type"] == "PERSON"
        for span in mentions[id]
        if not any(abs(span[0] - person[0]) < 60 for person in stated)
    ]
    return tuple(sorted(found + bare, key=lambda item: item.person))


def _distance(middle: float, span: Span) -> float:
    return abs(sum(span) / 2 - middle)


def _passages(_data: Path) -> list[Example]:
    from kg.train.markup import read_passages

    return [example for path in sorted((HERE / "passages").glob("*.txt")) for example in read_passages(path)]


CORPORA: Final[dict[str, Callable[[Path], list[Example]]]] = {
    "annotated": _annotated,
    "passages": _passages,
    "polnear": partial(_attribution, "attribution/polnear-train.jsonl.gz"),
    "worldwide": partial(_names, "ner/worldwide.jsonl.gz"),
    "gum-names": partial(_names, "ner/gum-ccby.jsonl.gz"),
    "wikigold": partial(_names, "ner/wikigold.jsonl.gz"),
    "re3d": partial(_names, "ner/re3d-open.jsonl.gz"),
    "meantime": partial(_names, "ner/meantime.jsonl.gz"),
    "gum-coref": partial(_coreference, "coref/gum-ccby.jsonl.gz"),
    "litbank": partial(_coreference, "coref/litbank.jsonl.gz"),
}
OUR_CORPORA: Final = ("annotated", "passages")

# How often an epoch reads each: what is of our own making and annotated in full, most often.
PASSES: Final[dict[str, float]] = {
    "annotated": 2.5, "passages": 3, "polnear": 0.6, "worldwide": 0.15, "gum-names": 0.3, "wikigold": 0.4, "re3d": 1,
    "meantime": 0.5, "gum-coref": 0.5, "litbank": 0.3,
}  # fmt: skip
