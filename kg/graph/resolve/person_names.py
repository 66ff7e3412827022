"""Names of people taken apart, and how well two of them fit."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from importlib import resources
from typing import Final, NamedTuple

from kg.graph.resolve.letters import alike
from kg.names import plain

__all__ = ["Fit", "PersonName", "fit", "parse"]

_TITLES: Final = frozenset(
    "mr mrs ms miss mx dr doctor prof professor sir dame lord lady baroness baron count sen senator rep representative gov "
    "governor gen general col colonel capt captain lt lieutenant maj major sgt sergeant cpl adm admiral judge justice "
    "president premier minister ambassador mayor chancellor king queen prince princess sheikh sheikha imam ayatollah rabbi "
    "fr father sister brother rev reverend bishop archbishop cardinal pope st saint hon don dona doña señor senor senora "
    "herr frau monsieur madame mme mlle sultan emir officer detective inspector chief councillor cllr mp".split()
)
_GENERATIONS: Final = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_PARTICLES: Final = frozenset(
    "al el ul bin ibn bint ben abu de da do dos das di del della la le van von der den ter y e zu af av".split()
)
_NICKNAME: Final = re.compile(r"""(?<=\s)["“”‘'(]([^"“”‘’'()]+)["“”’')]""")
_FEMALE: Final = frozenset(
    "mrs ms miss dame lady baroness queen princess sheikha sister dona señora senora frau madame mme mlle".split()
)
_MALE: Final = frozenset("mr sir lord baron king prince sheikh father brother señor senor herr monsieur".split())


class PersonName(NamedTuple):
    """A name without titles and particles; ``glued`` has its particles, ``words`` at least one word."""

    words: tuple[str, ...]
    glued: str
    nicknames: tuple[str, ...] = ()
    generation: str = ""
    gender: str = ""

    @property
    def full(self) -> bool:
        """There is more than a surname, or whatever the only word is."""
        return len(self.words) > 1


class Fit(NamedTuple):
    """How much a pair of names speaks for one bearer (2: nothing more is needed), and the reason."""

    score: float
    reason: str


@functools.lru_cache(maxsize=200_000)
def parse(text: str) -> PersonName | None:
    """The parts of a name as it stands in a text; None when it has no letters."""
    nicknames = tuple(word for found in _NICKNAME.findall(f" {text}") for word in _words(found) if word not in _GENERATIONS)
    bare = _NICKNAME.sub(" ", f" {text}") if nicknames else text
    surname, comma, given = bare.partition(",")
    if comma and _words(given) and not set(_words(given)) & _GENERATIONS.keys():
        bare = f"{given} {surname}"
    words = _words(bare)
    gender = "f" if words and words[0] in _FEMALE else "m" if words and words[0] in _MALE else ""
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    generation = _GENERATIONS.get(words[-1], "") if len(words) > 2 else ""
    words = words[:-1] if generation else words
    if not words:
        return None
    lower_start = bare.strip()[:1].islower() or bool(re.match(r"\s*\w+-", bare))
    kept = [word for place, word in enumerate(words) if word not in _PARTICLES or (place == 0 and not lower_start)]
    return PersonName(tuple(kept or words), "".join(words), nicknames, generation, gender)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"(?<=\w)['’ʼ](?=\w)", "", plain(text)))


def fit(one: PersonName, other: PersonName) -> Fit | None:
    """How two names fit; None when they name different people."""
    if one.generation and other.generation and one.generation != other.generation:
        return None
    few, many = sorted((one, other), key=lambda name: (len(name.words), name))
    called, longer = " ".join(few.words), " ".join(many.words)
    if few.words == many.words:
        return Fit(2.0 if few.full else 0.75, f"both are called {called!r}")
    if few.glued == many.glued:
        return Fit(2.0, f"{called!r} and {longer!r} are written with the same letters")
    if not few.full:
        return _single(few, many)
    if found := _structured(few, many):
        return found
    if alike(few.words[0], many.words[-1]) >= 2 and alike(few.words[-1], many.words[0]) >= 2:
        return Fit(1.25, f"{called!r} is {longer!r} in another order")
    if few.words[0] == many.words[0] and few.words[-1] in many.words[1:-1]:
        return Fit(1.25, f"{called!r} shortens {longer!r}")
    return None


def _single(few: PersonName, many: PersonName) -> Fit | None:
    """One word: a surname, a given name or a nickname of somebody."""
    word = few.words[0]
    if not many.full:
        return Fit(0.5, f"{word!r} and {many.words[0]!r} sound alike") if alike(word, many.words[0]) == 2 else None
    if alike(word, many.words[-1]) >= 2:
        return Fit(0.25, f"{word!r} is the surname of {' '.join(many.words)!r}")
    return (
        Fit(0.0, f"{word!r} is a given name of {' '.join(many.words)!r}") if word in (many.words[0], *many.nicknames) else None
    )


def _structured(few: PersonName, many: PersonName) -> Fit | None:
    """Given name against given name, surname against surname, and what stands between them."""
    surname = alike(few.words[-1], many.words[-1])
    if not surname:
        return None
    given = _given(few, many)
    middle = _middle(few.words[1:-1], many.words[1:-1])
    if given is None or middle is None:
        return None
    cost = {3: 0.0, 2: 0.25, 1: 1.0}[surname] + given[0] + middle
    reason = given[1] if given[0] else "the given names agree"
    spelt = "" if surname == 3 else f", {few.words[-1]!r} is spelt {many.words[-1]!r}"
    return Fit(2.0 - cost, f"{' '.join(few.words)!r} and {' '.join(many.words)!r}: {reason}{spelt}")


def _given(one: PersonName, other: PersonName) -> tuple[float, str] | None:
    """What a pair of given names costs, and why."""
    first, second = one.words[0], other.words[0]
    if first == second:
        return 0.0, ""
    if first in other.nicknames or second in one.nicknames:
        return 0.1, f"{first!r} and {second!r}: the nickname is given"
    if min(len(first), len(second)) == 1:
        return (1.25, f"{min(first, second, key=len)!r} is the initial") if first[0] == second[0] else None
    if second in _short_forms().get(first, ()):
        return 0.5, f"{first!r} and {second!r} are forms of one name"
    likeness = alike(first, second)
    if likeness == 2:
        return 0.25, f"{first!r} is spelt {second!r}"
    return (1.25, f"{first!r} and {second!r} have the same consonants") if likeness == 1 else None


def _middle(few: tuple[str, ...], many: tuple[str, ...]) -> float | None:
    """What the names in the middle cost; None when they differ."""
    if few == many:
        return 0.0
    if not few or not many:
        return 0.25
    pairs = zip(few, many, strict=False)
    return 0.1 if all(a[0] == b[0] and (len(a) == 1 or len(b) == 1 or alike(a, b) >= 2) for a, b in pairs) else None


@functools.cache
def _short_forms() -> dict[str, frozenset[str]]:
    """The names that may stand for a given name, both ways."""
    text = resources.files(__package__).joinpath("nicknames.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        name, *short = line.split() if line and not line.startswith("#") else [""]
        for word in short:
            found[name].add(word)
            found[word].add(name)
    return {name: frozenset(words) for name, words in found.items()}
