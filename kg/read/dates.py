"""Dates as people and machines write them, to YYYY-MM-DD; no clock and no time zone of the machine takes part."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

__all__ = ["iso_date"]

_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ].*)?", re.DOTALL | re.ASCII)
_EPOCH = re.compile(r"\d{9,13}", re.ASCII)
_MOST = 64
_FIRST_YEAR = 1500


def iso_date(value: str) -> str | None:
    """The day that ``value`` names, as written there; None if it names none, half of one, or two (3/4/2013)."""
    value = value.strip()[:_MOST]
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
    from dateutil.parser import parse  # type: ignore[import-untyped,unused-ignore]

    found: set[date] = set()
    try:
        for default in (datetime(2000, 1, 1), datetime(2004, 2, 2)):
            for day_first in (False, True):
                found.add(parse(value, default=default, dayfirst=day_first, ignoretz=True).date())
    except (ValueError, OverflowError, ArithmeticError, TypeError, LookupError, AttributeError):
        return None
    return found.pop() if len(found) == 1 else None
