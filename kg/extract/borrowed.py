"""spaCy component kg_borrowed_entities: the names as another installed pipeline finds them, beside our events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList, filter_spans

__all__ = ["BorrowedEntities", "create_borrowed_entities"]

_LABELS: Final = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "EVENT": "EVENT",
}  # fmt: skip
_DETERMINERS: Final = frozenset(("the", "a", "an"))
_LONGEST_TEXT: Final = 10_000_000


class BorrowedEntities:
    """Replaces the people, organisations and places of ``doc.ents`` by those of the pipeline ``source``.

    Runs behind kg_entities, whose events, roles and nationalities stay.  Labels are mapped: GPE, LOC and FAC are
    PLACE; NORP and all others are left out.  Spans are carried over by characters and grow to whole words.
    """

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = _load(source)

    def __call__(self, doc: Doc) -> Doc:
        borrowed = list(self._borrow(doc))
        events = [span for span in doc.ents if span.label_ == "EVENT"]
        doc.set_ents(filter_spans([*borrowed, *events]))
        return doc

    def _borrow(self, doc: Doc) -> Iterator[Span]:
        for entity in self.source(doc.text).ents:
            label = _LABELS.get(entity.label_)
            if label is None:
                continue
            span = doc.char_span(entity.start_char, entity.end_char, label=label, alignment_mode="expand")
            if span is not None and (trimmed := _name_only(span)) is not None:
                yield trimmed

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Nothing to write: the other pipeline is named in the config and stays where it is installed."""

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> BorrowedEntities:
        return self


def _load(source: str) -> Language:
    """The pipeline of this name or at this path; OSError with the command that installs it when there is none."""
    try:
        nlp = spacy.load(source)
    except OSError as error:
        raise OSError(f"no spaCy pipeline {source!r} is installed; get it with: python -m spacy download {source}") from error
    nlp.max_length = _LONGEST_TEXT
    return nlp


def _name_only(span: Span) -> Span | None:
    """Without an article before the name or a possessive behind it; None when nothing is left."""
    start, end = span.start, span.end
    while start < end and (span.doc[start].lower_ in _DETERMINERS or span.doc[start].is_space):
        start += 1
    while end > start and span.doc[end - 1].is_space:
        end -= 1
    if end - start > 2 and span.doc[end - 1].lower_ == "s" and span.doc[end - 2].text in "'’":
        end -= 2
    return Span(span.doc, start, end, label=span.label_) if start < end else None


@Language.factory("kg_borrowed_entities", requires=["doc.ents"], assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def create_borrowed_entities(nlp: Language, name: str, source: str) -> BorrowedEntities:
    return BorrowedEntities(name, source)
