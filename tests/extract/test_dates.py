"""Time expressions: (text, published, what is found) in rows, and what holds for any text."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import find_dates, first_day, last_day

WEDNESDAY = "2026-11-18"
ROWS: list[tuple[str, str | None, dict[str, str]]] = [
    # weekdays
    ("The mayor resigned on Monday.", WEDNESDAY, {"Monday": "2026-11-16"}),
    ("The mayor resigned Monday.", WEDNESDAY, {"Monday": "2026-11-16"}),
    ("She spoke on Thursday.", WEDNESDAY, {"Thursday": "2026-11-12"}),
    ("The court ruled Wednesday.", WEDNESDAY, {"Wednesday": "2026-11-18"}),
    ("The council will meet on Friday.", WEDNESDAY, {"Friday": "2026-11-20"}),
    ("On Friday, voters will choose a mayor.", WEDNESDAY, {"Friday": "2026-11-20"}),
    ("A hearing is scheduled for Tuesday.", WEDNESDAY, {"Tuesday": "2026-11-24"}),
    ("They have until Friday to reply.", WEDNESDAY, {"Friday": "2026-11-20"}),
    ("The festival opens Saturday.", WEDNESDAY, {"Saturday": "2026-11-21"}),
    ("She said Monday that he will leave on Friday.", WEDNESDAY, {"Monday": "2026-11-16", "Friday": "2026-11-20"}),
    ("last Friday", WEDNESDAY, {"last Friday": "2026-11-13"}),
    ("last Wednesday", WEDNESDAY, {"last Wednesday": "2026-11-11"}),
    ("next Tuesday", WEDNESDAY, {"next Tuesday": "2026-11-24"}),
    ("next Wednesday", WEDNESDAY, {"next Wednesday": "2026-11-25"}),
    ("this Friday", WEDNESDAY, {"this Friday": "2026-11-20"}),
    ("this past Sunday", WEDNESDAY, {"this past Sunday": "2026-11-15"}),
    ("this coming Sunday", WEDNESDAY, {"this coming Sunday": "2026-11-22"}),
    ("They met on Tuesday night.", WEDNESDAY, {"Tuesday night": "2026-11-17"}),
    ("Tuesday's vote was close.", WEDNESDAY, {"Tuesday": "2026-11-17"}),
    ("They met on Monday.", None, {}),
    # days near by
    ("He arrived yesterday.", WEDNESDAY, {"yesterday": "2026-11-17"}),
    ("Today the bridge opens.", WEDNESDAY, {"Today": "2026-11-18"}),
    ("It rains tomorrow morning.", WEDNESDAY, {"tomorrow morning": "2026-11-19"}),
    ("The match is tonight.", WEDNESDAY, {"tonight": "2026-11-18"}),
    ("A fire broke out last night.", WEDNESDAY, {"last night": "2026-11-17"}),
    ("He left this morning.", WEDNESDAY, {"this morning": "2026-11-18"}),
    ("Tomorrow is another day.", "2026-12-31", {"Tomorrow": "2027-01-01"}),
    ("Tomorrow is another day.", None, {}),
    # weeks, months, years
    ("last week", WEDNESDAY, {"last week": "2026-W46"}),
    ("this week", WEDNESDAY, {"this week": "2026-W47"}),
    ("next week", WEDNESDAY, {"next week": "2026-W48"}),
    ("next week", "2026-12-30", {"next week": "2027-W01"}),
    ("last month", "2027-01-31", {"last month": "2026-12"}),
    ("later this month", WEDNESDAY, {"this month": "2026-11"}),
    ("next month", "2026-01-31", {"next month": "2026-02"}),
    ("last year", WEDNESDAY, {"last year": "2025"}),
    ("this year's budget", WEDNESDAY, {"this year": "2026"}),
    ("next year", WEDNESDAY, {"next year": "2027"}),
    ("Prices rose over the last year.", WEDNESDAY, {}),
    ("last year", None, {}),
    ("two days ago", WEDNESDAY, {"two days ago": "2026-11-16"}),
    ("three weeks ago", WEDNESDAY, {"three weeks ago": "2026-W44"}),
    ("a month ago", "2026-03-31", {"a month ago": "2026-02"}),
    ("10 years ago", WEDNESDAY, {"10 years ago": "2016"}),
    # days of a month
    ("June 3, 2015", None, {"June 3, 2015": "2015-06-03"}),
    ("3 June 2015", None, {"3 June 2015": "2015-06-03"}),
    ("the 3rd of June 2015", None, {"the 3rd of June 2015": "2015-06-03"}),
    ("Sept. 11, 2001", None, {"Sept. 11, 2001": "2001-09-11"}),
    ("on 2015-06-03", None, {"2015-06-03": "2015-06-03"}),
    ("on 2015-02-30", None, {}),
    ("Feb. 30", WEDNESDAY, {}),
    ("February 29", WEDNESDAY, {"February 29": "2028-02-29"}),
    ("They met on June 3.", WEDNESDAY, {"June 3": "2026-06-03"}),
    ("They met on Dec. 2.", WEDNESDAY, {"Dec. 2": "2026-12-02"}),
    ("They met on Dec. 2.", "2026-01-10", {"Dec. 2": "2025-12-02"}),
    ("Voting will start on March 1.", WEDNESDAY, {"March 1": "2027-03-01"}),
    ("The group campaigned ahead of the June 7 primary.", "2026-05-24", {"June 7": "2026-06-07"}),
    ("Tuesday, Nov. 3", WEDNESDAY, {"Tuesday, Nov. 3": "2026-11-03"}),
    ("Monday 3 August", WEDNESDAY, {"Monday 3 August": "2026-08-03"}),
    ("Thursday, June 3", WEDNESDAY, {"Thursday, June 3": "2027-06-03"}),
    ("It cost June 3,000 crowns.", WEDNESDAY, {}),
    ("June\u00a03, 2015", None, {"June\u00a03, 2015": "2015-06-03"}),
    # months
    ("He was elected in March.", WEDNESDAY, {"March": "2026-03"}),
    ("He was elected in January.", WEDNESDAY, {"January": "2026-01"}),
    ("The trial will begin in March.", WEDNESDAY, {"March": "2027-03"}),
    ("the November election", "2026-07-20", {"November": "2026-11"}),
    ("last March", WEDNESDAY, {"last March": "2026-03"}),
    ("last November", WEDNESDAY, {"last November": "2025-11"}),
    ("next June", WEDNESDAY, {"next June": "2027-06"}),
    ("this June", WEDNESDAY, {"this June": "2026-06"}),
    ("in March 2014", None, {"March 2014": "2014-03"}),
    ("since May", WEDNESDAY, {"May": "2026-05"}),
    ("Theresa May said so.", WEDNESDAY, {}),
    ("The March on the capital may end.", WEDNESDAY, {}),
    ("a letter from April Dunmore", WEDNESDAY, {}),
    # years
    ("in 2014", None, {"2014": "2014"}),
    ("since 2011", None, {"2011": "2011"}),
    ("from 2010 to 2015", None, {"2010": "2010", "2015": "2015"}),
    ("chairman (2010-2015)", None, {"2010": "2010", "2015": "2015"}),
    ("the 2008 crisis", None, {"2008": "2008"}),
    ("Lowen's 2012 campaign", None, {"2012": "2012"}),
    ("mid-2015", None, {"2015": "2015"}),
    ("2000 people came", None, {}),
    ("It cost $2016 and 12,2016 more.", None, {}),
    ("the 1990s", None, {}),
    ("call 555-2010", None, {}),
    ("a growth of 2015.5", None, {}),
    ("", WEDNESDAY, {}),
    ("on Monday", "no date", {}),
    ("on Monday", "0001-01-01", {}),
]  # fmt: skip

ISO = re.compile(r"\d{4}|\d{4}-\d\d|\d{4}-W\d\d|\d{4}-\d\d-\d\d")
WORDS = st.sampled_from(
    """
    Monday Tuesday, June May Sept. 3 31 30th 2014 2016-02-30 2015-06-03 last next this week month year ago two a the of in
    on until will said yesterday tonight , . - – ( ) since from to 1999 99 years days Feb. 29 night 's earlier coming past
    """.split()
)
TEXTS = st.text() | st.lists(WORDS).map(" ".join) | st.lists(WORDS).map("".join)


@pytest.mark.parametrize(("text", "published", "expected"), ROWS)
def test_rows(text: str, published: str | None, expected: dict[str, str]) -> None:
    assert {text[item.start : item.end]: item.value for item in find_dates(text, published)} == expected


@given(TEXTS, st.none() | st.dates().map(date.isoformat) | st.text(max_size=12), st.sampled_from((None, "past", "future")))
def test_every_value_is_iso_8601_and_every_span_lies_in_its_text(text, published, leaning) -> None:  # type: ignore[no-untyped-def]
    position = 0
    for item in find_dates(text, published, leaning):
        assert position <= item.start < item.end <= len(text)
        position = item.end
        assert ISO.fullmatch(item.value)
        assert first_day(item.value) <= last_day(item.value)
        assert first_day(item.value).isoformat().startswith(item.value[:4]) or "W" in item.value
