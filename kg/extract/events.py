"""Where and when an event happens and who takes part, as far as the words beside it say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span

from kg.extract.chains import DocChain

__all__ = ["EventDetails", "describe"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_TIME: Final = re.compile(
    rf"\b(?:(?:next|last|this) (?:week|month|year|spring|summer|autumn|fall|winter|{_DAYS}|{_MONTHS})"
    rf"|(?:{_MONTHS})(?: \d{{1,2}})?(?:, \d{{4}})?|\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?"
    rf"|(?:{_DAYS})|in \d{{4}}|today|tomorrow|yesterday|tonight)\b"
)
_WHERE: Final = frozenset(("in", "at", "near", "outside", "on"))
_WITH: Final = frozenset(("between", "with", "by", "against", "of", "for"))


@dataclass(frozen=True, slots=True)
class EventDetails:
    """What stands around the fullest mention of an event."""

    sentence: Span
    participants: tuple[Span, ...]
    place: Span | None
    time: Span | None


def describe(doc: Doc, chain: DocChain) -> EventDetails:
    """Details from the sentences of the mentions; the first that says something counts."""
    sentences = [mention.sent for mention in chain.mentions]
    times = [time for sentence in sentences if (time := _time(sentence)) is not None]
    places = [place for mention in chain.mentions if (place := _place(doc, mention)) is not None]
    people = [span for mention in chain.mentions for span in _participants(doc, mention)]
    return EventDetails(chain.best.sent, tuple(people), places[0] if places else None, times[0] if times else None)


def _time(sentence: Span) -> Span | None:
    match = _TIME.search(sentence.text)
    if match is None:
        return None
    start = sentence.start_char + match.start()
    return sentence.doc.char_span(start, start + len(match.group()), alignment_mode="expand")


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
