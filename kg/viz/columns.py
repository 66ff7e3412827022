"""Columns of strings and numbers in which stretches of text, affiliations and happenings are kept once each.

Offsets are turned from Unicode code points, as Python counts, to UTF-16 units, as browsers count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

from kg.records import Affiliation, Document, Event, Evidence, Mention

__all__ = ["Affiliations", "Happenings", "Spans", "Table", "add", "table"]

Table = dict[str, list[Any]]
Owner = dict[tuple[str, int, int], int]  # the node that a mention belongs to


def table(*names: str) -> Table:
    return {name: [] for name in names}


def add(columns: Table, *values: Any) -> int:
    """Append one row; its number."""
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)
    return len(next(iter(columns.values()))) - 1


def _units(text: str) -> Callable[[int], int]:
    """From code points to UTF-16 units within ``text``."""
    wide = [place for place, letter in enumerate(text) if letter > "\uffff"] if text and max(text) > "\uffff" else []
    return lambda offset: offset + bisect_left(wide, offset)


class Spans:
    """Each stretch of text once, by number."""

    def __init__(self, documents: dict[str, Document], index: dict[str, int]) -> None:
        self.columns = table("document", "start", "end", "score")
        self._index = index
        self._units = {id: _units(document.text) for id, document in documents.items()}
        self._seen: dict[tuple[str, int, int, float], int] = {}

    def add(self, item: Evidence | Mention) -> int:
        key = (item.document, item.start, item.end, item.score)
        if key not in self._seen:
            units = self._units[item.document]
            row = (self._index[item.document], units(item.start), units(item.end), round(item.score, 3))
            self._seen[key] = add(self.columns, *row)
        return self._seen[key]

    def all(self, items: Iterable[Evidence | Mention]) -> list[int]:
        return [self.add(item) for item in items]

    def maybe(self, item: Evidence | Mention | None) -> int:
        return -1 if item is None else self.add(item)


class Affiliations:
    """Each affiliation once, by number."""

    def __init__(self, spans: Spans, owner: Owner) -> None:
        names = ("person", "role", "name", "organisation", "place", "party", "status", "since", "until", "span", "score")
        self.columns = table(*names)
        self._spans = spans
        self._owner = owner
        self._seen: dict[Affiliation, int] = {}

    def maybe(self, item: Affiliation | None) -> int:
        if item is None:
            return -1
        if item not in self._seen:
            people = [self._node(item.person), self._spans.maybe(item.role), item.role_name or ""]
            rooms = [self._node(item.organisation), self._node(item.place), item.party or "", item.status]
            when = [item.since or "", item.until or ""]
            row = (*people, *rooms, *when, self._spans.add(item.evidence), round(item.score, 3))
            self._seen[item] = add(self.columns, *row)
        return self._seen[item]

    def _node(self, mention: Mention | None) -> int:
        return -1 if mention is None else self._owner.get((mention.document, mention.start, mention.end), -1)


class Happenings:
    """What each passage says of an event: when it is, whether it has been, and the words."""

    def __init__(self, spans: Spans) -> None:
        self.columns = table("node", "date", "time", "status", "span")
        self._spans = spans

    def add(self, node: int, events: Iterable[Event]) -> None:
        for event in events:
            time = self._spans.maybe(event.time)
            add(self.columns, node, event.date or "", time, event.status, self._spans.add(event.evidence))
