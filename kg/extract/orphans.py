"""Quotations that stand alone: a paragraph in quotation marks without a cue goes on from the report before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from kg.extract.attribution import Attribution

__all__ = ["continued"]

_LEAST_WORDS: Final = 6
_MOST_COVERED: Final = 0.5
_SCORE: Final = 0.8  # of the report that is continued


def continued(doc: Doc, found: Sequence[Attribution], quotations: Iterable[tuple[int, int]]) -> Iterator[Attribution]:
    """For each paragraph that is one quotation and that nothing in ``found`` reports, the report that it continues.

    That is the last one whose cue stands in the paragraph before; its cue and source are this quotation's too.
    A paragraph after any other is left alone: nobody in it or beside it is said to speak.
    """
    paragraphs = list(_paragraphs(doc))
    whole = {(start, _without_stop(doc, end)) for start, end in quotations}
    reported = {i for item in found for piece in item.content for i in range(piece.start, piece.end)}
    for before, paragraph in pairwise(paragraphs):
        inside = range(paragraph.start, paragraph.end)
        if (paragraph.start, _without_stop(doc, paragraph.end)) not in whole or not _is_speech(paragraph):
            continue
        if len(reported.intersection(inside)) > _MOST_COVERED * len(inside):
            continue
        last = max((item for item in found if _within(item.cue, before)), key=lambda item: item.cue.start, default=None)
        if last is not None and not last.verbatim:
            content = Span(doc, paragraph.start, paragraph.end, label="CONTENT")
            yield replace(last, content=(content,), score=round(_SCORE * last.score, 4), signs={})


def _paragraphs(doc: Doc) -> Iterator[Span]:
    """The lines of the text without the blanks around them."""
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if start < len(doc):
        yield doc[start : len(doc)]


def _without_stop(doc: Doc, end: int) -> int:
    return end - 1 if doc[end - 1].text == "." else end


def _is_speech(paragraph: Span) -> bool:
    return sum(token.is_alpha for token in paragraph) >= _LEAST_WORDS


def _within(cue: Span, paragraph: Span) -> bool:
    return paragraph.start <= cue.start < paragraph.end
