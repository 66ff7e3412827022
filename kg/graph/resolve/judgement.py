"""A weighed answer to "are these one thing?", and how what two documents share is weighed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from kg.graph.gazetteer import country
from kg.graph.resolve.profile import Profile

__all__ = ["ENOUGH", "Evidence", "Judgement", "shared_context"]

ENOUGH: Final = 2.0
"""The score from which two profiles are joined."""

_MOST_FROM_COMPANY: Final = 2.5
_ENOUGH_TO_MISS: Final = 3  # so much named beside each of two names that sharing nothing of it tells something


class Judgement(NamedTuple):
    """The score, what speaks for and against in words, and what forbids joining whatever the score."""

    score: float
    reasons: tuple[str, ...]
    clash: str = ""

    @property
    def same(self) -> bool:
        return not self.clash and self.score >= ENOUGH


@dataclass(slots=True)
class Evidence:
    """A growing score with its reasons."""

    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, weight: float, reason: str) -> None:
        self.score += weight
        self.reasons.append(reason if weight >= 0 else f"but {reason}")

    def judgement(self) -> Judgement:
        return Judgement(round(self.score, 3), tuple(self.reasons))


def shared_context(found: Evidence, one: Profile, other: Profile) -> None:
    """Who and what is named beside both: rare things tell much, countries a little, nothing at all speaks against."""
    company = sorted(one.company & other.company)
    if company:
        weight = min(sum(0.75 if ref.kind == "PLACE" else 1.0 for ref in company), _MOST_FROM_COMPANY)
        found.add(weight, f"both articles name {_listed([ref.label for ref in company])}")
    common = sorted(one.surroundings & other.surroundings)
    if common or one.countries & other.countries:
        names = [ref.label for ref in common] or [_country(code) for code in sorted(one.countries & other.countries)]
        found.add(0.5, f"both speak of {_listed(names)}")
    elif one.countries and other.countries:
        apart = (_country(min(side.countries)) for side in (one, other))
        found.add(-1.0, "one article is about {}, one about {}".format(*apart))
    if not company and min(len(one.company), len(other.company)) >= _ENOUGH_TO_MISS:
        found.add(-0.5, "the articles name nothing else that is the same")


def _listed(names: list[str], most: int = 3) -> str:
    """Some names in quotation marks, and how many more there are."""
    shown = ", ".join(repr(name) for name in names[:most])
    return shown + (f" and {len(names) - most} more" if len(names) > most else "")


def _country(code: str) -> str:
    place = country(code)
    return place.name if place else code
