"""What a reader found, by whatever names, to one clean Document: its fields, its date and its id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kg.read.clean import clean
from kg.read.decode import one_line, sanitise
from kg.read.files import Unreadable
from kg.records import Document
from kg.slugs import slug

__all__ = ["NAMES", "document_id", "iso_date", "make_document", "named_fields", "plain"]

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


def document_id(url: str | None, publisher: str | None, published: str | None, title: str | None, text: str) -> str:
    """A readable beginning and 12 hexadecimal digits: the same for the same content, wherever and whenever it is read."""
    parts = (url or "", publisher or "", published or "", title or "", text)
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug(title or text.lstrip()[:200]) or 'x'}-{digest[:12]}"


# ------------------------------------------------------------------ dates: no clock and no time zone of the machine takes part
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ].*)?", re.DOTALL | re.ASCII)
_EPOCH = re.compile(r"\d{9,13}", re.ASCII)
_LONGEST_DATE = 64
_FIRST_YEAR = 1500


def iso_date(value: str) -> str | None:
    """The day that ``value`` names, as written there; None if it names none, half of one, or two (3/4/2013)."""
    value = value.strip()[:_LONGEST_DATE]
    found = _year_first(value) or _epoch(value) or _free(value)
    return found.isoformat() if found is not None and found.year >= _FIRST_YEAR else None


def _year_first(value: str) -> date | None:
    match = _YEAR_FIRST.fullmatch(value)
    try:
        return date(int(match[1]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        return None


def _epoch(value: str) -> date | None:
    """Seconds or milliseconds since 1970, as JSON often has them."""
    if not _EPOCH.fullmatch(value):
        return None
    seconds = int(value) // 1000 if len(value) > 10 else int(value)
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).date()


def _free(value: str) -> date | None:
    """What dateutil reads, if neither what is missing nor the order of day and month changes it."""
    if not any(character.isdigit() for character in value) or _YEAR_FIRST.fullmatch(value) or value.isdigit():
        return None
    from dateutil.parser import parse  # type: ignore[import-untyped,unused-ignore]  # its types are a package apart

    found: set[date] = set()
    try:
        for default in (datetime(2000, 1, 1), datetime(2004, 2, 2)):
            for day_first in (False, True):
                found.add(parse(value, default=default, dayfirst=day_first, ignoretz=True).date())
    except (ValueError, OverflowError, ArithmeticError, TypeError, LookupError, AttributeError):
        return None
    return found.pop() if len(found) == 1 else None
