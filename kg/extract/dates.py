"""Time expressions of English news, in ISO 8601: "on Monday", "last week", "June 3", "in 2014"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped,unused-ignore]  # its types are a package apart

__all__ = ["DateSpan", "Leaning", "day_of", "find_dates", "first_day", "last_day"]

Leaning = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A time expression at ``text[start:end]``; ``value`` is an ISO 8601 day, week (2026-W47), month or year."""

    start: int
    end: int
    value: str


_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS: Final = "zero one two three four five six seven eight nine ten eleven twelve".split()

_WEEKDAY: Final = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_LONG: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH: Final = rf"(?:{_LONG}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:])(?!,\d)"
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_PART: Final = r"(?: (?:morning|afternoon|evening|night))?"
_AND_DAY: Final = rf"(?:(?:{_WEEKDAY}),? )?"
_COUNTED: Final = (
    "people|men|women|children|voters|votes|delegates|troops|soldiers|jobs|dollars|euros|pounds|miles|kilometres"
    "|kilometers|feet|metres|meters|acres|tons|tonnes|years|days|hours|minutes|times|percent|points|of|more|or"
)
_EXPRESSION: Final = re.compile(
    rf"""\b(?:
      (?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])) (?!\d)
    | (?P<dated>{_AND_DAY.replace(" ", "[ ]")}
        (?: (?P<month1>{_MONTH})[ ](?P<day1>{_DAY}) | (?:the[ ])?(?P<day2>{_DAY})[ ](?:of[ ])?(?P<month2>{_MONTH}) )
        (?:,?[ ](?P<year1>{_YEAR})\b)?)
    | (?P<monthly>(?P<month3>{_MONTH}),?[ ](?:of[ ])?(?P<year2>{_YEAR})) \b
    | (?P<shifted>(?P<shift1>[Ll]ast|[Tt]his[ ](?:past|coming)|[Tt]his|[Nn]ext|[Pp]ast|[Cc]oming)[ ]
        (?:(?<!he[ ]last[ ])(?<!past[ ])(?<!coming[ ])(?P<unit1>week|month|year)
        | (?P<weekday1>{_WEEKDAY}){_PART.replace(" ", "[ ]")}
        | (?P<month4>{_MONTH}))) \b
    | (?P<ago>(?P<count>an?|\d{{1,2}}|{"|".join(_NUMBERS[1:])})[ ](?P<unit2>day|week|month|year)s?[ ]ago) \b
    | (?P<near>(?P<near_word>[Yy]esterday|[Tt]omorrow|[Tt]oday)(?:[ ](?:morning|afternoon|evening|night))?
        | [Tt]onight | [Ll]ast[ ]night | [Tt]his[ ](?:morning|afternoon|evening)) \b
    | (?P<weekly>(?P<weekday2>{_WEEKDAY}){_PART.replace(" ", "[ ]")}) \b
    | (?P<bare>{_MONTH}) (?!\w)
    | (?P<year>{_YEAR}) \b (?!/\d|[-–]\d(?!\d(?:\d\d)?\b)|[,.:]\d|[ ](?:{_COUNTED})\b|%)
    )""",
    re.VERBOSE,
)
_BEFORE_MONTH: Final = re.compile(
    r"\b(?:in|by|until|till|since|last|next|this|early|late|mid|earlier|later|through|during|between|from|and|to)[ -]$", re.I
)
_MAYBE_A_NAME: Final = frozenset(("March", "April", "May", "June", "August"))
_BEFORE_YEAR: Final = re.compile(
    r"(?:\b(?:in|by|until|till|since|early|late|from|to|through|during|between|and|of|after|before|the|an?|this|that"
    r"|his|her|its|their|our|my|year|circa|for|[A-Z][a-z]+['’]s|s['’]|next|last)[ ]|\b(?:early|late|mid)-|\(|\d{4}[–-])$",
    re.I,
)
_OPENS_A_RANGE: Final = re.compile(r"[-–]\d")
# What says, nearest before or else after the expression, whether it lies behind or ahead.
_AHEAD: Final = (
    r"will|won['’]t|shall|would|['’]ll|going to|scheduled|slated|plan(?:s|ned|ning)?|expect(?:s|ed)|due|set (?:for|to)|hopes?"
    r"|(?:is|are) to|upcoming|coming|deadline|looming|meets|begins?|opens|starts|resumes|votes|holds|faces|heads|leaves|returns"
)
_BEHIND: Final = (
    r"was|were|had|did|said|told|wrote|went|came|met|held|took|made|gave|began|won|lost|left|fell|rose|ran|saw|spoke|sent|led"
    r"|[a-z]{2,20}ed|since"
)
_LEANING: Final = re.compile(rf"\b(?:(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND}))\b|(?P<ahead2>['’]ll)\b")
_CLAUSE: Final = re.compile(r"[.;:!?()“”\"\n]|, |\b(?:that|which|who|and|but|because|if)\b")
_TERM: Final = re.compile(r"\b(?:until|till|by|through)[ ]$", re.I)
_DETERMINER: Final = re.compile(r"(?:\b(?:the|an?|this|that|its|his|her|their)|['’]s|s['’])[ ]$", re.I)
_REACH: Final = 90
_FAR: Final = timedelta(days=270)


def find_dates(text: str, published: str | None = None, leaning: Leaning | None = None) -> list[DateSpan]:
    """The time expressions of ``text``, in order and without overlap, reckoned from the ISO 8601 day ``published``.

    Without ``published`` only what names its year counts.  Otherwise:

    * A weekday is the last one on or before the day of publication; the next one on or after it when the words of its
      clause look ahead ("will", "scheduled", "until Friday").  "Last" and "next" never mean the day itself.
    * A month or a day without a year is likewise the last or next one when its clause looks back or ahead, if that lies
      in the year of publication or within nine months; else, and after a determiner ("the June 3 vote"), it is the one
      nearest to publication.  A weekday before it must fit.
    * "Last week" and the like are the ISO 8601 week, month or year before, this or after; "ten years ago" is a year;
      "the last week", a length of time, is nothing.

    ``leaning`` overrides what the clause says.  Times of day within "Monday night" or "last night" are part of the
    span and not of the value.  Seasons, decades, weekends and holidays are left out.
    """
    today = day_of(published)
    found = []
    for match in _EXPRESSION.finditer(text.replace("\N{NO-BREAK SPACE}", " ")):
        value = _value(match, today, leaning)
        if value is not None:
            found.append(DateSpan(*match.span(), value))
    return found


def day_of(published: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None when it is no such thing, or too far from our times to reckon with."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if 1500 <= day.year <= 2200 else None


def first_day(value: str) -> date:
    """The first day of a :class:`DateSpan`'s ``value``."""
    if "W" in value:
        return date.fromisocalendar(int(value[:4]), int(value[-2:]), 1)
    return date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)


def last_day(value: str) -> date:
    """The last day of a :class:`DateSpan`'s ``value``."""
    return _shift(first_day(value), {4: "year", 7: "month", 8: "week", 10: "day"}[len(value)], 1) - timedelta(days=1)


def _value(match: re.Match[str], today: date | None, leaning: Leaning | None) -> str | None:
    part = match.groupdict()
    if part["iso"]:
        return part["iso"] if day_of(part["iso"]) else None
    if part["monthly"]:
        return f"{part['year2']}-{_month(part['month3']):02}"
    if part["year"]:
        return part["year"] if _follows(_BEFORE_YEAR, match) or _OPENS_A_RANGE.match(match.string, match.end()) else None
    if part["dated"]:
        return _dated(match, today, leaning)
    if today is None:
        return None
    if part["near"]:
        return _near(match[0].lower(), today).isoformat()
    if part["ago"]:
        count = 1 if part["count"] in ("a", "an") else _number(part["count"])
        return _iso(_shift(today, part["unit2"], -count), part["unit2"])
    if part["shifted"]:
        return _shifted(match, today)
    if part["weekly"]:
        direction = leaning or _leaning(match) or ("future" if _follows(_TERM, match) else "past")
        return _weekday(part["weekday2"], today, direction, strict=False).isoformat()
    return _bare_month(match, today, leaning)


def _near(words: str, today: date) -> date:
    shift = {"yesterday": -1, "last": -1, "tomorrow": 1}.get(words.split()[0], 0)
    return today + timedelta(days=shift)


def _shifted(match: re.Match[str], today: date) -> str:
    """ "Last week", "next Tuesday", "this March"."""
    shift = match["shift1"].lower()
    step = -1 if shift in ("last", "past", "this past") else 1 if shift in ("next", "coming", "this coming") else 0
    if unit := match["unit1"]:
        return _iso(_shift(today, unit, step), unit)
    if match["weekday1"]:
        return _weekday(match["weekday1"], today, "past" if step < 0 else "future", strict=step != 0).isoformat()
    month = _month(match["month4"])
    year = today.year + (step if (month - today.month) * step <= 0 else 0)
    return f"{year}-{month:02}"


def _weekday(name: str, today: date, direction: Leaning, *, strict: bool) -> date:
    ahead = (_WEEKDAYS.index(name.lower()) - today.weekday()) % 7
    if direction == "future":
        return today + timedelta(days=ahead or (7 if strict else 0))
    return today - timedelta(days=(7 - ahead) % 7 or (7 if strict else 0))


def _dated(match: re.Match[str], today: date | None, leaning: Leaning | None) -> str | None:
    """A day and its month, with or without weekday and year; None for February 30."""
    month = _month(match["month1"] or match["month2"])
    day = int(re.sub(r"\D", "", match["day1"] or match["day2"]))
    if match["year1"]:
        return next((d.isoformat() for d in _days(int(match["year1"]), month, day)), None)
    if today is None:
        return None
    days = [d for year in range(today.year - 8, today.year + 9) for d in _days(year, month, day)]
    weekday = match[0].split()[0].rstrip(",").lower()
    if weekday in _WEEKDAYS:
        days = [d for d in days if d.weekday() == _WEEKDAYS.index(weekday)] or days
    else:
        leaning = leaning or _leaning_without_year(match)
    chosen = _choose(days, today, leaning)
    return chosen.isoformat() if chosen else None


def _days(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _bare_month(match: re.Match[str], today: date, leaning: Leaning | None) -> str | None:
    """ "In March", "the November election"; not the month that may be a name: "Theresa May", "the March on ..."."""
    name = match[0]
    short = name.rstrip(".") not in _LONG.split("|")
    if (short or name in _MAYBE_A_NAME) and not _follows(_BEFORE_MONTH, match):
        return None
    if name in _MAYBE_A_NAME and re.match(r" [A-Z]", match.string[match.end() :][:2]):
        return None
    months = [date(year, _month(name), 1) for year in range(today.year - 1, today.year + 2)]
    chosen = _choose(months, today.replace(day=1), leaning or _leaning_without_year(match))
    return f"{chosen:%Y-%m}" if chosen else None


def _choose(days: list[date], today: date, leaning: Leaning | None) -> date | None:
    """The last day up to today or the first from today, unless far off; else the nearest (of two as near the earlier)."""
    if leaning:
        fitting = [day for day in days if (day <= today if leaning == "past" else day >= today)]
        days = [day for day in fitting if abs(day - today) <= _FAR or day.year == today.year] or days
    return min(days, key=lambda day: (abs((day - today).days), day), default=None)


def _leaning(match: re.Match[str]) -> Leaning | None:
    """Whether the clause around the expression looks back or ahead: the nearest word before it, else after it."""
    text = match.string
    before = _CLAUSE.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
    after = _CLAUSE.split(text[match.end() : match.end() + _REACH].removeprefix(", "))[0]
    hits = [*_LEANING.finditer(before)][-1:] or [*_LEANING.finditer(after)][:1]
    if not hits:
        return None
    return "past" if hits[0]["behind"] else "future"


def _leaning_without_year(match: re.Match[str]) -> Leaning | None:
    """The same, but for "the June 3 vote", whose day the verb says nothing about."""
    return None if _follows(_DETERMINER, match) else _leaning(match)


def _follows(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    return pattern.search(match.string[max(0, match.start() - 12) : match.start()]) is not None


def _shift(day: date, unit: str, count: int) -> date:
    lengths = {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "year": relativedelta(years=count),
    }
    return day + lengths[unit]


def _iso(day: date, unit: str) -> str:
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word)
