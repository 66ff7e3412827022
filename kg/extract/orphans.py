"""Quotations over several paragraphs: one whose mark stays open goes on in the next; one alone goes on from before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from kg.extract.attribution import Attribution

__all__ = ["continued", "reopened"]

_LEAST_WORDS: Final = 6
_MOST_COVERED: Final = 0.5
_OPENERS: Final = frozenset(("“", '"'))
_CLOSERS: Final = frozenset(("”", '"'))
_SCORE: Final = 0.8  # of the report that is continued


def reopened(doc: Doc, found: Sequence[Attribution]) -> list[Attribution]:
    """``found``, where a paragraph that opens with a mark, closes none and is opened anew by the next goes with the next.

    That is how newspapers print a long quotation: each paragraph opens with a mark, only the last one closes.
    """
    whole = list(found)
    for paragraph, following in reversed(list(pairwise(_paragraphs(doc)))):
        if not (_opens(paragraph) and _opens(following)) or any(token.text in _CLOSERS for token in paragraph[1:]):
            continue
        owner = next((i for i, item in enumerate(whole) if any(p.start == following.start for p in item.content)), None)
        if owner is None or whole[owner].verbatim:
            continue
        piece = Span(doc, paragraph.start, paragraph.end, label="CONTENT")
        rest = [item if i == owner else _without(item, piece) for i, item in enumerate(whole)]
        own = [p for p in whole[owner].content if not _meets(p, piece)]
        rest[owner] = replace(whole[owner], content=(piece, *own))
        whole = [item for item in rest if item.content]
    return whole


def _without(item: Attribution, piece: Span) -> Attribution:
    return replace(item, content=tuple(p for p in item.content if not _meets(p, piece)))


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _opens(paragraph: Span) -> bool:
    return paragraph[0].text in _OPENERS


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
