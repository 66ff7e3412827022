"""What is known of the bearer of a name: the chain of one document, then all chains that were joined to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.records import Chain, Mention

__all__ = ["Office", "Profile", "Ref"]


class Ref(NamedTuple):
    """Somebody or something that a document names: its label, its kind, and what tells it from others of that label."""

    label: str
    kind: str
    key: str = ""


class Office(NamedTuple):
    """A role: its words, the last of them, where it is held, and whether it is over."""

    words: str
    head: str
    where: Ref | None
    former: bool


@dataclass(slots=True, eq=False)
class Profile:
    """One candidate for joining.

    ``names`` are parsed as its kind asks; ``company`` are the telling things named beside it, ``surroundings`` the common
    ones; ``births`` is the span of possible years of birth; ``days`` are ISO 8601 dates, cut short where less is known.
    """

    kind: str
    chains: list[Chain]
    names: set[Any]
    documents: set[str]
    published: tuple[str, str] | None = None
    company: set[Ref] = field(default_factory=set)
    surroundings: set[Ref] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    offices: set[Office] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    births: tuple[int, int] | None = None
    died: int | None = None
    genders: set[str] = field(default_factory=set)
    places: set[Ref] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    participants: set[Ref] = field(default_factory=set)
    decided: set[tuple[int, int]] = field(default_factory=set)

    @property
    def lead(self) -> Mention:
        """The mention that stands for all: that of the chain with which the profile began."""
        return self.chains[0].name

    @property
    def order(self) -> tuple[str, int]:
        return (self.lead.document, self.lead.start)

    @property
    def richness(self) -> int:
        """How much there is to tell this one from others of its name."""
        return len(self.offices) * 3 + len(self.company) + len(self.places) + len(self.days) + 2 * (self.births is not None)

    def absorb(self, other: Profile) -> None:
        """Take over all that is known of ``other``."""
        self.chains.extend(other.chains)
        for name in ("names", "documents", "company", "surroundings", "countries", "offices", "fields", "genders", "places"):
            getattr(self, name).update(getattr(other, name))
        for name in ("days", "participants", "decided"):
            getattr(self, name).update(getattr(other, name))
        self.published = _span(self.published, other.published)
        self.births = _meet(self.births, other.births)
        self.died = max((year for year in (self.died, other.died) if year is not None), default=None)


def _span(one: tuple[str, str] | None, other: tuple[str, str] | None) -> tuple[str, str] | None:
    if one is None or other is None:
        return one or other
    return (min(one[0], other[0]), max(one[1], other[1]))


def _meet(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    return (max(one[0], other[0]), min(one[1], other[1])) if max(one[0], other[0]) <= min(one[1], other[1]) else one
