"""When things are said and when they happen: the time expressions of a Doc, and which one belongs to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Span

from kg.extract.attribution import Attribution
from kg.extract.dates import Leaning, find_dates

__all__ = ["DocDate", "dates_in", "said_at"]

_FARTHEST: Final = 10
_CLAUSE_WORDS: Final = frozenset(
    "who whom whose which that when where while because if and but until since before after".split()
)
_NOT_BEFORE: Final = frozenset("the a an before after since until till by from of between to through for".split())


@dataclass(frozen=True, slots=True)
class DocDate:
    """A time expression in a Doc with its ISO 8601 value."""

    span: Span
    value: str


def dates_in(sentence: Span, published: str | None, leaning: Leaning | None = None) -> list[DocDate]:
    """The time expressions of ``sentence``, as :func:`kg.extract.dates.find_dates` reads them."""
    found = []
    for item in find_dates(sentence.text, published, leaning):
        start, end = sentence.start_char + item.start, sentence.start_char + item.end
        span = sentence.doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            found.append(DocDate(span, item.value))
    return found


def said_at(attribution: Attribution, published: str | None) -> DocDate | None:
    """The time expression that belongs to the saying: near the cue, in its clause, and outside what is said.

    "On Monday, X said ...", "X told reporters in Y on Monday", "said in a statement Tuesday".
    """
    cue = attribution.cue
    content = {i for piece in attribution.content for i in range(piece.start, piece.end)}
    source = set(range(attribution.source.start, attribution.source.end)) if attribution.source is not None else set()
    fitting = [
        (len(gap), item)
        for item in dates_in(cue.sent, published)
        if not source & set(range(item.span.start, item.span.end))
        and _is_adverbial(item.span, source)
        and (gap := _gap(cue, item.span, source)) is not None
        and not content & {*gap, *range(item.span.start, item.span.end)}
        and _is_one_clause(cue, gap)
    ]
    return min(fitting, key=lambda pair: pair[0], default=(0, None))[1]


def _gap(cue: Span, date: Span, source: set[int]) -> list[int] | None:
    """The tokens between cue and date, the source apart; None when they overlap."""
    if date.start < cue.end and date.end > cue.start:
        return None
    between = range(cue.end, date.start) if date.start >= cue.end else range(date.end, cue.start)
    return [i for i in between if i not in source]


def _is_one_clause(cue: Span, gap: Iterable[int]) -> bool:
    words = [cue.doc[i].lower_ for i in gap if not cue.doc[i].is_punct]
    return len(words) <= _FARTHEST and not _CLAUSE_WORDS & set(words)


def _is_adverbial(date: Span, source: set[int]) -> bool:
    """On its own ("Monday", "on Monday"), not "Monday's debate", "the 2014 law", "since 2011" or "who won in 2014"."""
    doc = date.doc
    before = doc[date.start - 1].lower_ if date.start else ""
    possessive = date.end < len(doc) and doc[date.end].text in "'’" and doc[date.end - 1].whitespace_ == ""
    start = date.start
    while start > date.sent.start and start - 1 not in source and not doc[start - 1].is_punct:
        start -= 1
    described = date.start > 0 and doc[start].lower_ in ("who", "whom", "whose", "which", "where")
    return before not in _NOT_BEFORE and not possessive and not described
