"""Who is who: when two names mean the same thing, and how the text calls a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.score.articles import SideEntity

__all__ = ["FORMS", "Inventory", "is_party", "is_same", "normal", "normal_role", "roles_agree", "speaker_form"]

FORMS: Final = ("name", "pronoun", "nominal", "unstated", "unnamed")

_ARTICLES: Final = frozenset(("the", "a", "an"))
_TITLES: Final = _ARTICLES | frozenset(
    "adm attorney capt chancellor chief col dame dr gen general gov governor judge justice king lady lord lt mayor "
    "minister miss mr mrs ms pope premier president prime prince princess prof professor queen rep representative reps "
    "rev saint secretary sen senator senators sgt sir vice-president".split()
)
# Words that begin a sentence with a capital and name nobody.
_NAMELESS: Final = _TITLES | frozenset(("he", "it", "many", "others", "she", "some", "they"))
_PARTIES: Final = frozenset(
    "conservative conservatives d dem democrat democratic democrats gop green greens labor labour libertarian "
    "libertarians r rep republican republicans tories tory".split()
)
_PRONOUNS: Final = frozenset(
    "all another anyone both everyone he her hers him his i it its many me most my nobody one ones others our she some "
    "someone such that their them themselves these they this those us we which who whom whose you your".split()
)
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_MARK: Final = re.compile(r"[^\w\s-]")


def normal(name: str | None, person: bool = False) -> str:
    """A name without capitals, marks, possessives, leading articles, and for people leading titles.

    "Sen. Ben Sasse's" of a person becomes "ben sasse"; the last word always stays.
    """
    words = [word for word in _MARK.sub("", _POSSESSIVE.sub("", (name or "").casefold())).split() if word != "-"]
    dropped = _TITLES if person else _ARTICLES
    first = next((i for i, word in enumerate(words) if word not in dropped), len(words) - 1)
    return " ".join(words[max(first, 0) :])


def normal_role(role: str | None) -> str:
    """A role without capitals, marks, hyphens, articles, "of" and "for"; a party is no role."""
    if is_party(role):
        return ""
    words = _MARK.sub("", (role or "").casefold().replace("-", " ")).split()
    return " ".join(word for word in words if word not in _ARTICLES | {"of", "for"})


def roles_agree(one: str, other: str) -> bool:
    """Two normal roles are equal, both empty, or one holds the other as whole words."""
    return _holds(one, other) or _holds(other, one) if one and other else one == other


def is_party(name: str | None) -> bool:
    """The name says of which party somebody is, and no more."""
    return normal(name).removesuffix(" party") in _PARTIES


def _holds(long: str, short: str) -> bool:
    return f" {short} " in f" {long} "


@dataclass(frozen=True, slots=True)
class Identity:
    """The normal form of the main name, and of every name."""

    main: str
    forms: frozenset[str]


class Inventory:
    """The entities of one side of one article, by id and by name."""

    def __init__(self, entities: Iterable[SideEntity]) -> None:
        self._names: dict[str, str] = {}
        self._identities: dict[str, Identity] = {}
        self._owners: dict[str, set[str]] = {}
        for entity in entities:
            person = entity.kind == "PERSON"
            forms = frozenset(normal(name, person) for name in (entity.name, *entity.aliases)) - {""}
            self._names[entity.id] = entity.name
            self._identities[entity.id] = Identity(normal(entity.name, person), forms)
            for form in forms:
                self._owners.setdefault(form, set()).add(entity.id)

    def name(self, ref: str) -> str:
        """The name of the entity with this id; what is no id is itself a name."""
        return self._names.get(ref, ref)

    def identity(self, ref: str) -> Identity:
        """All names of the entity that ``ref`` means: by its id, or by a name that only one entity has."""
        if ref in self._identities:
            return self._identities[ref]
        plain, untitled = normal(ref), normal(ref, person=True)
        for form in (plain, untitled):
            if len(owners := self._owners.get(form, set())) == 1:
                return self._identities[next(iter(owners))]
        return Identity(untitled, frozenset((plain, untitled)) - {""})

    def owns_alone(self, id: str, form: str) -> bool:
        return self._owners.get(form) == {id}

    def same(self, one: str, other: str) -> bool:
        """Two refs of this side mean one entity."""
        main = self.identity(one).main
        return one == other or (main != "" and main == self.identity(other).main)

    def unnamed(self, ref: str | None) -> bool:
        """Nobody, or something without a proper name."""
        if ref is None:
            return True
        words = (word for word in self.name(ref).split() if normal(word) not in _NAMELESS)
        return not any(word[0].isupper() for word in words)


def is_same(gold: Inventory, id: str, predicted: Inventory, ref: str | None) -> bool:
    """The predicted entity is this gold entity: equal main names, or a shared name that no other gold entity has."""
    if ref is None:
        return False
    wanted, given = gold.identity(id), predicted.identity(ref)
    if given.main and given.main == wanted.main:
        return True
    return any(gold.owns_alone(id, form) for form in given.forms & wanted.forms)


def speaker_form(source: str | None, speakers: Iterable[Identity]) -> str:
    """How the text calls the speakers beside the claim, as one of FORMS.

    A name counts wherever it stands in the source ("the IMF report" for the IMF); "unstated" has no source at all.
    """
    known = list(speakers)
    if not known:
        return "unnamed"
    if source is None:
        return "unstated"
    words = normal(source)
    if any(_holds(words, name) for speaker in known for name in speaker.forms):
        return "name"
    return "pronoun" if words in _PRONOUNS else "nominal"
