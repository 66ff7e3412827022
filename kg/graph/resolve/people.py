"""Are two profiles one person?  The names, and what the documents say around them, weighed against each other."""

from __future__ import annotations

from itertools import product
from typing import Final

from kg.graph.resolve.judgement import Evidence, Judgement, shared_context
from kg.graph.resolve.person_names import Fit, PersonName, fit
from kg.graph.resolve.profile import Office, Profile

__all__ = ["compare_people"]

# Walks of life that one person often goes at once or one after the other.
_TOGETHER: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        "politics law", "politics business", "politics education", "politics military", "politics activism", "politics media",
        "politics science", "law business", "law education", "science education", "science business", "science medicine",
        "medicine education", "arts media", "arts education", "police law", "police military", "activism education",
        "activism law", "activism land", "land business", "trades business", "media education", "crime business",
        "politics crime", "activism science", "religion education", "politics police", "politics land", "arts activism",
        "sport media",
    )
)  # fmt: skip
# Offices that one person holds in one place or house at a time.
_BOUND: Final = frozenset(
    "mayor governor senator representative mp councillor bishop archbishop sheriff ambassador president premier minister "
    "chancellor executive ceo captain coach goalkeeper striker editor headteacher principal rector king queen prosecutor "
    "director chairman chairwoman head judge commissioner deputy".split()
)
_MOST_YEARS_APART: Final = 20
_LIFETIME: Final = 70


def compare_people(one: Profile, other: Profile) -> Judgement:
    """Full weight for the name, then for and against."""
    found = Evidence()
    named = _names(one, other)
    if named is None:
        return Judgement(0.0, (), "their names differ")
    found.add(named.score, named.reason)
    if one.documents & other.documents and named.score < 1.75:
        return Judgement(named.score, (), "one article names both")
    if clash := _impossible(one, other):
        return Judgement(found.score, tuple(found.reasons), clash)
    shared_context(found, one, other)
    _offices(found, one, other)
    _fields(found, one, other)
    if one.published and other.published and (years := _years_apart(one, other)) > _MOST_YEARS_APART:
        found.add(-1.0, f"{years} years lie between the articles")
    return found.judgement()


def _names(one: Profile, other: Profile) -> Fit | None:
    """The best fit of their names; None when two full names are of different people."""
    best: Fit | None = None
    pairs: list[tuple[PersonName, PersonName]] = list(product(sorted(one.names), sorted(other.names)))
    for a, b in pairs:
        found = fit(a, b)
        if found is None and a.full and b.full:
            return None
        if found and (best is None or (found.score, found.reason) > (best.score, best.reason)):
            best = found
    return best


def _impossible(one: Profile, other: Profile) -> str:
    """What no one person can be, in words."""
    if one.genders and other.genders and not one.genders & other.genders:
        return "one is a man and one a woman"
    if one.births and other.births and (one.births[0] - 1 > other.births[1] or other.births[0] - 1 > one.births[1]):
        return f"one was born about {one.births[1]}, one about {other.births[1]}"
    for dead, alive in ((one, other), (other, one)):
        if dead.died and alive.births and alive.births[0] > dead.died:
            return f"one died in {dead.died}, before the other was born"
        if dead.died and alive.published and not alive.died and _active(alive) and int(alive.published[0][:4]) > dead.died + 1:
            return f"one died in {dead.died}, and the other holds a role in {alive.published[0][:4]}"
    if one.published and other.published and _years_apart(one, other) > _LIFETIME:
        return "a lifetime lies between the articles"
    return ""


def _active(profile: Profile) -> bool:
    return any(not office.former for office in profile.offices)


def _years_apart(one: Profile, other: Profile) -> int:
    """Years between the nearest articles."""
    first, second = sorted((one.published or ("", ""), other.published or ("", "")))
    return max(int(second[0][:4]) - int(first[1][:4]), 0)


def _offices(found: Evidence, one: Profile, other: Profile) -> None:
    """The same post speaks for one person, the same post elsewhere against; another post of one house is a career."""
    first, second = ({office for office in side.offices if office.head or office.where} for side in (one, other))
    homes, others = ({office.where for office in side if office.where} for side in (first, second))
    rivals = _rivals(first, second)
    if shared := sorted(homes & others):
        found.add(1.5, f"both belong to {shared[0].label!r}")
    elif not rivals and (named := sorted((homes & other.company) | (others & one.company))):
        found.add(1.0, f"the house of one, {named[0].label!r}, is named with the other")
    roles = sorted({o.words for o in first} & {o.words for o in second} - {""})
    if roles and not rivals:
        found.add(1.5 if " " in roles[0] else 0.25, f"both are called {roles[0]!r}")
    if rivals:
        a, b = rivals[0]
        found.add(-1.0 if a.former or b.former else -2.5, f"{a.words} of {_label(a)!r} and {b.words} of {_label(b)!r}")


def _label(office: Office) -> str:
    return office.where.label if office.where else ""


def _rivals(first: set[Office], second: set[Office]) -> list[tuple[Office, Office]]:
    """The same post in two places, unless the two also share one."""
    if {o.where for o in first if o.where} & {o.where for o in second if o.where}:
        return []
    return [
        (a, b)
        for a, b in product(sorted(first, key=str), sorted(second, key=str))
        if a.head == b.head and a.head in _BOUND and a.where and b.where and a.where != b.where
    ]


def _fields(found: Evidence, one: Profile, other: Profile) -> None:
    if not one.fields or not other.fields:
        return
    if shared := sorted(one.fields & other.fields):
        found.add(0.5, f"both are in {shared[0]}")
    elif any(frozenset(pair) in _TOGETHER for pair in product(one.fields, other.fields)):
        found.add(-0.75, f"one is in {min(one.fields)}, one in {min(other.fields)}")
    else:
        found.add(-2.5, f"one is in {min(one.fields)}, one in {min(other.fields)}")
