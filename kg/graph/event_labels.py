"""Labels for events that share a name: where, when or with whom each was, else the article that tells of it."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.names import plain
from kg.records import Document, Entity, Event

__all__ = ["event_labels"]

_DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def event_labels(
    entities: Iterable[Entity], events: Mapping[str, Sequence[Event]], documents: Mapping[str, Document]
) -> dict[str, str]:
    """Labels by id of the events whose names others bear too, such as "evacuation drill (12 Apr 2031)".

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
            telling = next((detail for detail in own if often[detail] == 1), ", ".join(own))
            labels[one.id] = f"{one.name} ({telling})" if telling else one.name
    return labels


def _details(entity: Entity, events: Sequence[Event], documents: Mapping[str, Document]) -> Iterator[str]:
    """What may tell an event from another of its name, the most telling first."""
    told = sorted(events, key=lambda event: (event.trigger, event.evidence))
    yield from [event.place.text for event in told if event.place][:1]
    yield from [_day(event.date) for event in told if event.date][:1]
    yield from [" and ".join(one.text for one in event.participants) for event in told if event.participants][:1]
    article = documents[min(entity.mentions).document]
    report = [article.publisher or article.title, _day(article.published or "")]
    yield from [", ".join(filter(None, report))] if any(report) else []


def _day(date: str) -> str:
    """A day, month or year in ISO 8601 as people write it; any other date as it is."""
    found = _DAY.match(date)
    if not found:
        return date
    year, month, day = found.groups()
    name = calendar.month_abbr[int(month)] if month and 1 <= int(month) <= 12 else ""
    return " ".join(part for part in (day and day.lstrip("0"), name, year) if part)
