"""What a reader found, by whatever names, to one clean Document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from kg.read.clean import clean
from kg.read.dates import iso_date
from kg.read.ids import document_id
from kg.read.sanitise import one_line, sanitise
from kg.read.skips import Unreadable
from kg.records import Document

__all__ = ["NAMES", "make_document", "named_fields", "plain"]

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content"),
    "title": ("title", "headline"),
    "published": ("date", "published", "published_at"),
    "publisher": ("outlet", "publisher", "source", "site"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
"""The fields of a Document, and the names under which files hold them; the first that has a value counts."""

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?")


def plain(value: Any) -> str | None:
    """``value`` as a string if it is a word, a number or a date, or an object with a name; else None."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return None
    return value if isinstance(value, str) else str(value)


def named_fields(data: Mapping[Any, Any], names: Mapping[str, tuple[str, ...]] = NAMES) -> dict[str, str]:
    """The fields of a Document that ``data`` holds under one of their ``names``, in upper or lower case."""
    values = {key.strip().casefold(): value for key, value in data.items() if isinstance(key, str)}
    values.update((key, value) for key, value in data.items() if isinstance(key, str))
    found: dict[str, str] = {}
    for field, options in names.items():
        candidates = (plain(values.get(name)) for name in options)
        if (value := next((one for one in candidates if one and one.strip()), None)) is not None:
            found[field] = value
    return found


def make_document(text: str, fields: Mapping[str, str]) -> Document:
    """The Document of ``text`` and ``fields``; raises Unreadable when cleaning leaves no text."""
    title = one_line(fields.get("title", "")) or None
    body, title = clean(sanitise(text), title)
    if not any(character.isalnum() for character in body):
        raise Unreadable("no text", "nothing but white space, marks or boilerplate")
    url = one_line(fields.get("url", ""))
    link = url if _URL.fullmatch(url) else None
    publisher = one_line(fields.get("publisher", "")) or None
    published = iso_date(one_line(fields.get("published", "")))
    language = _LANGUAGE.fullmatch(one_line(fields.get("language", "")))
    return Document(
        id=document_id(link, publisher, published, title, body),
        text=body,
        title=title,
        url=link,
        published=published,
        publisher=publisher,
        language=language[1].lower() if language else "en",
    )
