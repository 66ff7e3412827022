"""Where and when an event happens, whether it has, and who takes part, as far as the words beside it say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span

from kg.extract.chains import DocChain
from kg.extract.status import status_of
from kg.extract.times import DocDate, dates_in
from kg.records import EventStatus

__all__ = ["EventDetails", "describe"]

_WHERE: Final = frozenset(("in", "at", "near", "outside", "on"))
_WITH: Final = frozenset(("between", "with", "by", "against", "of", "for"))
_NEAR: Final = 6


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What stands around the fullest mention of an event."""

    sentence: Span
    participants: tuple[Span, ...]
    place: Span | None
    time: DocDate | None
    status: EventStatus


def describe(doc: Doc, chain: DocChain, published: str | None = None, taken: Collection[int] = ()) -> EventDetails:
    """Details from the sentences of the mentions; the first that says something counts.

    ``published`` is the ISO 8601 day that dates are reckoned from; ``taken`` holds the first tokens of the time
    expressions that say when something was said.
    """
    places = [place for mention in chain.mentions if (place := _place(doc, mention)) is not None]
    people = [span for mention in chain.mentions for span in _participants(doc, mention)]
    time, certain = _time(chain.mentions, published, taken)
    status = status_of(chain.mentions, time.value if time is not None and certain else None, published)
    return EventDetails(chain.best.sent, tuple(people), places[0] if places else None, time, status)


def _time(mentions: Sequence[Span], published: str | None, taken: Collection[int]) -> tuple[DocDate | None, bool]:
    """The date within a mention, else the nearest one in a mention's sentence; and whether it stands close by."""
    found = []
    for order, mention in enumerate(mentions):
        for item in dates_in(mention.sent, published):
            if item.span.start not in taken:
                gap = max(item.span.start - mention.end, mention.start - item.span.end, -1)
                found.append((gap > 0, gap > _NEAR, order if gap > _NEAR else 0, gap, order, item))
    if not found:
        return None, False
    *_, gap, _, item = min(found, key=lambda row: row[:5])
    return item, gap <= _NEAR


def _place(doc: Doc, mention: Span) -> Span | None:
    """The place named right behind the event ("summit in Geneva") or within its own words."""
    for entity in doc.ents:
        between = doc[mention.end : entity.start]
        if entity.label_ == "PLACE" and 0 < len(between) <= 3 and between[0].lower_ in _WHERE:
            return entity
    return None


def _participants(doc: Doc, mention: Span) -> list[Span]:
    """The people, bodies and countries joined to the event by "between", "with", "by"."""
    found: list[Span] = []
    position = mention.end
    for entity in doc.ents:
        if entity.start < mention.end or entity.label_ == "EVENT":
            continue
        between = [token.lower_ for token in doc[position : entity.start] if not token.is_punct]
        opening = not found and between and between[0] in _WITH and len(between) <= 2
        following = found and len(between) <= 2 and set(between) <= {"and", "the"}
        if not (opening or following):
            break
        found.append(entity)
        position = entity.end
    return found
