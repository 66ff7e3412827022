"""Since when and until when somebody holds a role: "minister since 2019", "who led the bank from 2010 to 2015"."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Final

from spacy.tokens import Doc

from kg.extract.affiliations import DocAffiliation
from kg.extract.dates import DateSpan, Leaning, find_dates
from kg.extract.words import text_of

__all__ = ["find_tenure", "tenure"]

_SINCE: Final = re.compile(
    r"\b(?:since|(?:elected|appointed|nominated|re-elected|named|hired|promoted|sworn\sin|took\s(?:over|office|the\s(?:job|post|helm))"
    r"|joined|became|founded)\s(?:it\s|the\s\w{1,20}\s|to\sthe\s\w{1,20}\s)?(?:back\s)?(?:in|on))\s(?:early\s|late\s|mid-|about\s)?$",
    re.I,
)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|(?:resigned|retired|quit|left|stepped\sdown|stepped\saside|departed|ousted|fired|dismissed|sacked)"
    r"\s(?:it\s|the\s\w{1,20}\s|office\s|as\s\w{1,20}\s)?(?:back\s)?(?:in|on))\s(?:early\s|late\s|mid-|about\s)?$",
    re.I,
)
_FROM: Final = re.compile(r"(?:\b(?:from|between)\s(?:early\s|late\s|mid-)?|\()$", re.I)
_TO: Final = re.compile(r"\s?(?:[-–]|to|until|till|through|and)\s?(?:early\s|late\s|mid-)?", re.I)
# The words that may stand between a role and its years; names and titles may too.
_LINKS: Final = frozenset(
    """
    who which that has have had been be is was were served serves serving in on at of for from to the a an its his her their
    this post job office role position held holds holding led leads leading headed heads heading chaired chairs ran runs run
    worked works working as and company bank party agency ministry department university institute team firm group union
    between until till since elected appointed nominated re named hired promoted sworn took over helm joined became resigned
    retired quit left stepped down aside departed ousted fired dismissed sacked early late mid back it term governed founded
    """.split()
)
_WORD: Final = re.compile(r"\w+|[^\w\s]")
_LONGEST: Final = 16


def find_tenure(text: str, published: str | None = None, leaning: Leaning | None = None) -> tuple[str | None, str | None]:
    """Since and until when, in ISO 8601, as ``text``, the words right behind a role, says; None where it does not.

    "from 2010 to 2015", "(2010-2015)", "since March", "until 2014", "elected in 2014", "who resigned in May".  Only
    words that link a role with its years may stand before them.  ``leaning`` says whether the role lies behind.
    """
    since = until = None
    dates = find_dates(text, published, leaning)
    for date, following in zip_longest(dates, dates[1:]):
        before = text[: date.start]
        if not _links(before):
            break
        if following is not None and _FROM.search(before) and _TO.fullmatch(text[date.end : following.start]):
            return date.value, following.value
        if _SINCE.search(before):
            since = _past(text, date, published)
        elif _UNTIL.search(before):
            until = date.value
    return since, until


def tenure(doc: Doc, item: DocAffiliation, published: str | None) -> tuple[str | None, str | None]:
    """The same for an affiliation: from the end of its role, its organisation or all its words to the next stop."""
    parts = [span for span in (item.role, item.organisation, item.place, item.person) if span is not None]
    since = until = None
    leaning: Leaning | None = "past" if item.status == "former" else None
    for part in sorted(parts, key=lambda span: span.end):
        found = find_tenure(text_of(doc)[part.end_char : part.sent.end_char], published, leaning)
        since, until = since or found[0], until or found[1]
    return since, until


def _links(words: str) -> bool:
    """Nothing but names and words that link: no verb of saying, no second sentence."""
    found = _WORD.findall(words)
    return len(found) <= _LONGEST and all(
        word in ",(-'’&." or word[0].isupper() or word[0].isdigit() or word in _LINKS or word == "s" for word in found
    )


def _past(text: str, date: DateSpan, published: str | None) -> str:
    """A start lies behind: "since Monday", "elected in May"."""
    return next((item.value for item in find_dates(text, published, "past") if item.start == date.start), date.value)
