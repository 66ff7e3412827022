"""Labels for events that share a name: where, when or with whom each was, else the article that tells of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.names import plain
from kg.records import Document, Entity, Event

__all__ = ["event_labels"]

_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # whatever the locale
_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def event_labels(
    entities: Iterable[Entity], events: Mapping[str, Sequence[Event]], documents: Mapping[str, Document]
) -> dict[str, str]:
    """Labels by id of the events whose names others bear too, such as "evacuation drill (12 Apr)".

    ``events`` are what the articles say of each event, by its id; ``documents`` the articles, by theirs.
    """
    named: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.kind == "EVENT":
            named.setdefault(plain(entity.name), []).append(entity)
    labels = {}
    for group in (group for group in named.values() if len(group) > 1):
        details = {one.id: list(_details(one, events.get(one.id, ()), documents)) for one in group}
        often = Counter(detail for own in details.values() for detail in set(own))
        for one in group:
            own = details[one.id]
            telling = next((detail for detail in own if often[detail] == 1), own[-1] if own else "")
            labels[one.id] = f"{one.name} ({telling})" if telling else one.name
    return labels


def _details(entity: Entity, events: Sequence[Event], documents: Mapping[str, Document]) -> Iterator[str]:
    """What may tell an event from another of its name, the most telling first; a year only where it takes one."""
    told = sorted(events, key=lambda event: (event.trigger, event.evidence))
    yield from [event.place.text for event in told if event.place][:1]
    yield from [words for event in told if event.date for words in _days(event.date)][:2]
    yield from [" and ".join(one.text for one in event.participants) for event in told if event.participants][:1]
    article = documents[min(entity.mentions).document]
    for day in _days(article.published or "") or [""]:
        yield ", ".join(filter(None, (article.publisher or article.title, day)))


def _days(date: str) -> list[str]:
    """A day, month or year in ISO 8601 as people write it, first without the year; any other date as it is."""
    found = _DAY.match(date)
    if not found:
        return [date] if date else []
    year, month, day = found.groups()
    name = _MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else ""
    short = " ".join(part for part in (day and day.lstrip("0"), name) if part)
    return [short, f"{short} {year}"] if short else [year]
