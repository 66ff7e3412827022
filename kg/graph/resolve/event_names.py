"""Names of events taken apart: the noun that says what happened, what describes it, and when it was."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from kg.names import plain
from kg.records import Event

__all__ = ["EventName", "days", "parse"]

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|"
        "november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH_DAY: Final = re.compile(
    rf"\b({'|'.join(_MONTHS)})\.? (\d{{1,2}})\b(?:,? (\d{{4}}))?|\b(\d{{1,2}}) ({'|'.join(_MONTHS)})\b(?: (\d{{4}}))?"
)
_MONTH: Final = re.compile(rf"\b({'|'.join(name for name in _MONTHS if name not in ('may', 'mar'))})\b(?: (\d{{4}}))?")
_YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_SMALL: Final = frozenset(
    "the a an this that its their his her annual latest new next last first second third of in on at for".split()
)
# Nouns under which one happening is reported.
_SAME_HEAD: Final = (
    "talks negotiation negotiations discussions", "summit conference", "election vote poll ballot", "attack assault raid",
    "protest demonstration rally march", "war conflict", "inquiry investigation probe", "blast explosion bombing",
    "quake earthquake", "drill exercise", "fire blaze wildfire", "deal agreement accord pact treaty", "ceremony inauguration",
)  # fmt: skip
_CLASS: Final = {word: group.split()[0] for group in _SAME_HEAD for word in group.split()}
_PREPOSITIONS: Final = frozenset("of in on at with between over against for near from".split())


class EventName(NamedTuple):
    """``head`` is the noun, ``family`` what else it is called; ``describing`` are lower-case words, ``naming`` proper ones."""

    head: str
    family: str
    describing: frozenset[str]
    naming: frozenset[str]


@functools.lru_cache(maxsize=100_000)
def parse(text: str) -> EventName | None:
    """The parts of a name such as "the May 8 summit in Geneva"; days are left out, a year names the event."""
    words = re.findall(r"[\w'’-]+", text)
    end = next((i for i, word in enumerate(words) if word.lower() in _PREPOSITIONS and i), len(words))
    if not words:
        return None
    head = plain(words[end - 1])
    head = head[:-1] if head.endswith("s") and not head.endswith("ss") and head != "talks" else head
    rest = [word for word in words[: end - 1] + words[end:] if plain(word) not in _SMALL and plain(word) not in _MONTHS]
    rest = [word for word in rest if not re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", word)]
    proper = frozenset(plain(word) for word in rest if word[0].isupper() or word[0].isdigit())
    return EventName(head, _CLASS.get(head, head), frozenset(map(plain, rest)) - proper, proper)


def days(event: Event, published: str | None) -> frozenset[str]:
    """When the event was, as dates in ISO 8601: a day, a month or a year; empty when the text does not say."""
    if event.date:
        return frozenset((event.date[:10],))
    said = plain(f"{event.trigger.text} {event.time.quote if event.time else ''}")
    year = published[:4] if published else None
    if found := _MONTH_DAY.search(said):
        month, day = _MONTHS[found[1] or found[5]], int(found[2] or found[4])
        in_year = found[3] or found[6] or year
        return frozenset((f"{in_year}-{month:02}-{day:02}",)) if in_year else frozenset()
    if found := _MONTH.search(said):
        in_year = found[2] or year
        return frozenset((f"{in_year}-{_MONTHS[found[1]]:02}",)) if in_year else frozenset()
    return frozenset(_YEAR.findall(said)[:1])
