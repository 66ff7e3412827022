"""Whether an event is past, ongoing, planned or hypothetical, by its date and the words around its mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Span

from kg.extract.dates import day_of, first_day, last_day
from kg.extract.words import text_of
from kg.records import EventStatus

__all__ = ["status_of"]

_Signs = tuple[tuple[EventStatus, float, re.Pattern[str]], ...]


def _signs(*rows: tuple[EventStatus, float, str]) -> _Signs:
    return tuple((status, weight, re.compile(rf"\b(?:{words})\b", re.I)) for status, weight, words in rows)


_WITHIN: Final = _signs(
    ("planned", 3, r"upcoming|coming|next|planned|scheduled|future|forthcoming|looming|impending|proposed"),
    ("hypothetical", 4, r"hypothetical|theoretical|possible|potential|alleged|feared|threatened|imaginary|new world war"),
    ("ongoing", 3, r"ongoing|current|continuing|yearlong|year-long|long-running|raging|endless|unfolding"),
    ("past", 2, r"last|previous|recent|past|earlier|failed|historic|latest|first"),
    ("past", 2, r"world war(?: i+)?|9/11|recession|massacre|shooting|attacks?|bombings?|assassination|explosion|debates?"
     r"|interview|press conference|news conference|speech|remarks|disaster|earthquake|hurricane|invasion|testimony|revolution"),
    ("ongoing", 1.5, r"race|campaign|war|crisis|conflict|investigation|inquiry|probe|controversy|battle|fight|contest|struggle"
     r"|epidemic|outbreak|lawsuit|feud|siege|drought|dispute|primaries|negotiations|pandemic|offensive|insurgency"),
    ("planned", 0.5, r"elections?|convention|referendum|inauguration|olympics|caucus(?:es)?|primary|ballot|run-?off"
     r"|anniversary"),
)  # fmt: skip
_BEFORE: Final = _signs(
    ("planned", 4, r"ahead of|in advance of|run-up to|lead-up to|anticipation of|heading in ?to|going into|headed to"
     r"|prepar\w+ for|days before|weeks before|months before|until|upcoming|coming|next|scheduled|planned|looming|towards?"
     r"|announced?|expected|plans?|gear\w* up for|in time for|invited to|will|going to|if \w+ (?:wins|won|loses)"),
    ("planned", 2, r"before"),
    ("hypothetical", 4, r"possibility of|threat of|risk of|fears? of|prospect of|chance of|warn\w* (?:of|about)|call\w* for"
     r"|demand\w* for|push\w* for|propos\w+|possible|potential|hypothetical|avoid|avert|prevent|another|wants?|would"),
    ("ongoing", 3, r"amid|end(?:ing)? (?:the|a|this)|in the middle of|midst of|current|ongoing|continu\w+|as the|stages? of"),
    ("past", 3, r"after|since|following|wake of|aftermath of|result of|during|last|previous|recent|earlier|happened|lost|won"
     r"|killed|died|survived|response to|attended|at|held|caused|participated in|spoke|anniversary of|revelations"),
)  # fmt: skip
_AFTER: Final = _signs(
    ("planned", 3, r"will|is (?:scheduled|set|due|expected|planned|slated)|are (?:scheduled|set|due|expected)|scheduled|next"
     r"|looms?|looming|is to|begins|starts|to be held|later this|tomorrow|approach\w*|nears"),
    ("hypothetical", 2, r"would|could|might|may"),
    ("ongoing", 2, r"continues?|is (?:still )?under ?way|under ?way|rages?|grinds on|drags? on|remains|this week|so far|unfolds"
     r"|shifts|turns|is|has|are|have"),
    ("past", 2, r"was|were|had|ended|took place|began|last|ago|happened|killed|left|showed|that (?:killed|ended|led|left)"),
)  # fmt: skip
_IF: Final = re.compile(r"\b(?:if|unless|whether|should there be|were there)\b[^,.;]*$", re.I)
_BOUNDARY: Final = re.compile(r"[.;:!?()“”\"\n—–]")
_REACH: Final = 45
_DATE_WEIGHT: Final = 6.0
_ORDER: Final[tuple[EventStatus, ...]] = ("past", "planned", "ongoing", "hypothetical")


def status_of(mentions: Sequence[Span], date: str | None, published: str | None) -> EventStatus:
    """The status that most of the signs speak for: the date against ``published``, then words within and beside the mentions.

    ``date`` is the ISO 8601 value of the event's own time expression.  Without any sign an event is past.
    """
    points: Counter[EventStatus] = Counter()
    for mention in mentions:
        points.update(_points(mention))
    points.update(_by_date(date, published))
    return max(_ORDER, key=lambda status: (points[status], -_ORDER.index(status)))


def _points(mention: Span) -> Counter[EventStatus]:
    """What the words of one mention and of its clause say; beside the mention the nearest sign counts most."""
    text, start, end = text_of(mention.doc), mention.start_char, mention.end_char
    before = _BOUNDARY.split(text[max(0, start - _REACH) : start])[-1]
    after = _BOUNDARY.split(text[end : end + _REACH])[0]
    points: Counter[EventStatus] = Counter()
    for status, weight, pattern in _WITHIN:
        points[status] += weight if pattern.search(mention.text) else 0  # type: ignore[assignment]  # counts floats too
    for signs, side, backwards in ((_BEFORE, before, True), (_AFTER, after, False)):
        for status, weight, pattern in signs:
            places = [len(side) - found.end() if backwards else found.start() for found in pattern.finditer(side)]
            points[status] += weight / (1 + min(places) / 12) if places else 0  # type: ignore[assignment]  # counts floats too
    if _IF.search(before):
        points["hypothetical"] += 2
    return points


def _by_date(date: str | None, published: str | None) -> dict[EventStatus, float]:
    today = day_of(published)
    if date is None or today is None:
        return {}
    if first_day(date) > today:
        return {"planned": _DATE_WEIGHT}
    return {"past": _DATE_WEIGHT} if last_day(date) < today else {}
