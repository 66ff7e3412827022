"""Do two profiles mean the same thing?  One function for each kind; the answer comes with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Final

from kg.graph.resolve import organisation_names
from kg.graph.resolve.event_names import EventName
from kg.graph.resolve.judgement import Evidence, Judgement, shared_context
from kg.graph.resolve.letters import COMMON_PLACES, alike
from kg.graph.resolve.people import compare_people
from kg.graph.resolve.person_names import Fit
from kg.graph.resolve.profile import Profile
from kg.names import plain

__all__ = ["compare"]

_BARE_CONTEXT: Final = 0.5  # the most that shared company weighs between events of which only a common noun is known
_EVENT_CONTEXT: Final = 1.5


def compare(one: Profile, other: Profile) -> Judgement:
    """The judgement on two profiles of one kind; the order of the two does not matter."""
    first, second = sorted((one, other), key=lambda profile: profile.order)
    if clash := {(number, 1 - side) for number, side in first.decided} & second.decided:
        return Judgement(0.0, (), f"decision {min(clash)[0] + 1} keeps them apart")
    return _COMPARE[one.kind](first, second)


# ------------------------------------------------------------------ organisations
def compare_organisations(one: Profile, other: Profile) -> Judgement:
    best = _best_organisation(one, other)
    if best is None:
        return Judgement(0.0, (), "no name is the same")
    if _two_long_forms(one, other):
        return Judgement(best.score, (best.reason,), "the letters stand for two different names")
    found = Evidence()
    found.add(best.score, best.reason)
    telling = any(not name.generic for name in one.names | other.names)
    if not telling:
        first, second = _nations(one), _nations(other)
        if first and second and not first & second:
            return Judgement(
                best.score, (best.reason,), "every country has one, and the articles are about different countries"
            )
    if best.score < 2:
        shared_context(found, one, other)
    return found.judgement()


def _best_organisation(one: Profile, other: Profile) -> Fit | None:
    fits = [found for a, b in product(sorted(one.names), sorted(other.names)) if (found := organisation_names.fit(a, b))]
    return max(fits, default=None)


def _nations(profile: Profile) -> set[str]:
    """The country in the name; failing that, the countries that its articles are about."""
    return {name.country for name in profile.names if name.country} or profile.countries


def _two_long_forms(one: Profile, other: Profile) -> bool:
    """They share an acronym, but each has a long name of its own."""
    first, second = ([name for name in sorted(side.names) if not name.acronym] for side in (one, other))
    if not first or not second:
        return False
    return not any(organisation_names.fit(a, b) for a, b in product(first, second))


# ------------------------------------------------------------------ places
def compare_places(one: Profile, other: Profile) -> Judgement:
    """By what the table says where it says something, by name elsewhere."""
    found = Evidence()
    if one.places and other.places:
        if shared := sorted(one.places & other.places):
            return Judgement(3.0, (f"both are {shared[0].label}, GeoNames {shared[0].key.rstrip('/').rpartition('/')[2]}",))
        return Judgement(0.0, (), "they lie in different spots")
    names = one.names & other.names
    if names and not one.places and not other.places:
        return Judgement(2.0, (f"both are called {min(names)!r}",))
    spelt = Fit(1.25, f"both are called {min(names)!r}") if names else _spelling(one.names, other.names)
    if spelt is None or (not names and (one.places or other.places)):
        return Judgement(0.0, (), "no name is the same")
    found.add(spelt.score, spelt.reason)
    shared_context(found, one, other)
    return found.judgement()


def _spelling(one: set[str], other: set[str]) -> Fit | None:
    """Spellings that sound alike, or a name with and without the kind of place."""
    for a, b in product(sorted(one), sorted(other)):
        first, second = a.split(), b.split()
        bare = [[word for word in words if word not in COMMON_PLACES] for words in (first, second)]
        if bare[0] and bare[0] == bare[1] and (len(first) == len(bare[0])) != (len(second) == len(bare[1])):
            return Fit(1.25, f"{a!r} and {b!r} differ in a common word")
        if len(first) == len(second) and all(alike(x, y) >= 2 for x, y in zip(first, second, strict=True)):
            return Fit(1.5, f"{a!r} is spelt {b!r}")
    return None


# ------------------------------------------------------------------ events
def compare_events(one: Profile, other: Profile) -> Judgement:
    """By head, place, time and participants; what else is named beside it counts only where its name tells something."""
    found = Evidence()
    heads = {name.family for name in one.names} & {name.family for name in other.names}
    if not heads:
        return Judgement(0.0, (), "it is called something else")
    same_word = {name.head for name in one.names} & {name.head for name in other.names}
    found.add(1.0 if same_word else 0.5, f"both are called {min(same_word or heads)!r}")
    if clash := _when(found, one, other) or _where(found, one, other):
        return Judgement(found.score, tuple(found.reasons), clash)
    if clash := _called(found, one, other):
        return Judgement(found.score, tuple(found.reasons), clash)
    if shared := sorted(one.participants & other.participants):
        found.add(min(0.5 * len(shared), 1.0), f"{shared[0].label!r} takes part in both")
    context = Evidence()
    shared_context(context, one, other)
    known = all(side.days or side.places or any(name.describing or name.naming for name in side.names) for side in (one, other))
    most = _EVENT_CONTEXT if known else _BARE_CONTEXT
    found.score += min(context.score, most)
    found.reasons += context.reasons
    return found.judgement()


def _when(found: Evidence, one: Profile, other: Profile) -> str:
    """Dates that agree, as exactly as both are known; what is fixed on another day is something else."""
    pairs = sorted(product(one.days, other.days))
    agreeing = [min(a, b, key=len) for a, b in pairs if a.startswith(b) or b.startswith(a)]
    if agreeing:
        exact = max(agreeing, key=lambda day: (len(day), day))
        found.add({10: 1.5, 7: 0.75}.get(len(exact), 0.5), f"both are dated {exact}")
    elif pairs:
        return f"one is dated {pairs[0][0]}, one {pairs[0][1]}"
    elif one.published and other.published and abs(int(one.published[0][:4]) - int(other.published[0][:4])) > 1:
        found.add(-1.0, "years lie between the articles")
    return ""


def _where(found: Evidence, one: Profile, other: Profile) -> str:
    if shared := sorted(one.places & other.places):
        found.add(1.0, f"both take place in {shared[0].label!r}")
        return ""
    if one.places and other.places:
        return f"one is in {min(one.places).label!r}, one in {min(other.places).label!r}"
    for side, named in ((one, other), (other, one)):
        for place in sorted(side.places):
            if any(plain(place.label) in _words(name) for name in named.names):
                found.add(1.0, f"{place.label!r} is in the name of one and the place of the other")
                return ""
    return ""


def _words(name: EventName) -> str:
    return " ".join(sorted(name.naming))


def _called(found: Evidence, one: Profile, other: Profile) -> str:
    """Words that name both; proper names that differ are two events, unless place or time has joined them."""
    first, second = ({word for name in side.names for word in name.naming} for side in (one, other))
    if shared := sorted(first & second):
        found.add(min(1.0 * len(shared), 1.5), f"both are named after {shared[0]!r}")
    elif first and second and found.score <= 1.0:
        return f"one is named after {min(first)!r}, one after {min(second)!r}"
    described = [{word for name in side.names for word in name.describing} for side in (one, other)]
    if shared := sorted(described[0] & described[1]):
        found.add(min(0.5 * len(shared), 1.0), f"both are described as {shared[0]!r}")
    return ""


_COMPARE: Final[dict[str, Callable[[Profile, Profile], Judgement]]] = {
    "PERSON": compare_people,
    "ORG": compare_organisations,
    "PLACE": compare_places,
    "EVENT": compare_events,
}
