"""Names of organisations without what does not tell them apart, and how well two of them fit."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from kg.graph.gazetteer import country_of_demonym, places_called
from kg.graph.resolve.letters import alike
from kg.graph.resolve.person_names import Fit
from kg.names import plain

__all__ = ["GENERIC", "OrganisationName", "acronym_letters", "fit", "parse"]

_LEGAL: Final = frozenset(
    "inc incorporated corp corporation co company ltd limited llc llp lp plc ag sa gmbh nv bv spa srl sarl sas ab oy oyj asa "
    "aps kk pjsc ojsc pao oao zao se lda ltda pty pte bhd sdn kgaa ug sl slu sro doo".split()
)
_SMALL: Final = frozenset("the of for and in on at a an de da do dos das del della la le les el et und der die y e".split())
_SPELT: Final = {
    "dept": "department", "govt": "government", "univ": "university", "intl": "international", "natl": "national",
    "assn": "association", "assoc": "association", "inst": "institute", "bros": "brothers", "cttee": "committee",
    "comm": "commission", "min": "ministry", "fed": "federal", "admin": "administration", "tech": "technology",
    "defence": "defense", "offence": "offense", "centre": "center", "theatre": "theater", "labour": "labor",
    "programme": "program", "harbour": "harbor", "int": "international", "mfg": "manufacturing", "svcs": "services",
}  # fmt: skip
_ENDINGS: Final = (("isation", "ization"), ("isations", "izations"))

GENERIC: Final = frozenset(
    "government ministry minister department office parliament assembly senate congress house court supreme constitutional "
    "appeal high police army navy air force forces guard council city town party opposition coalition cabinet embassy "
    "consulate foreign affairs interior defense environment finance health justice education agriculture energy transport "
    "labor culture economy trade treasury central bank national federal state regional election electoral commission agency "
    "authority liberal democratic socialist green conservative republican people workers union civil aviation weather "
    "service intelligence security border coast customs tax prison fire district university hospital school board public "
    "broadcaster football association federation team olympic committee administrative provincial municipal royal".split()
)


class OrganisationName(NamedTuple):
    """The telling words in order, the country that a demonym in the name gives, and the letters of an acronym."""

    words: tuple[str, ...]
    country: str = ""
    acronym: str = ""

    @property
    def generic(self) -> bool:
        """Many countries have something of that name."""
        return bool(self.words) and set(self.words) <= GENERIC


@functools.lru_cache(maxsize=200_000)
def parse(text: str) -> OrganisationName | None:
    """The parts of a name as it stands in a text; None when nothing of it tells anything."""
    letters = acronym_letters(text)
    joined = re.sub(r"(?<=\w)['’ʼ](?=\w)|(?<=\b\w)\.(?=\w|$|\s)", "", plain(text.replace("&", " and ")))
    found = [_spelt(word) for word in re.findall(r"\w+", joined)]
    words = [word for word in found if word not in _SMALL] or found
    while len(words) > 1 and words[-1] in _LEGAL:
        words = words[:-1]
    country = next((code for word in words if len(words) > 1 and (code := country_of_demonym(word))), "")
    kept = [word for word in words if country_of_demonym(word) != country] if country else words
    return OrganisationName(tuple(kept or words), country if kept else "", letters) if words else None


def _spelt(word: str) -> str:
    word = _SPELT.get(word, word)
    for ours, theirs in _ENDINGS:
        word = word.removesuffix(ours) + theirs if word.endswith(ours) else word
    return word


def acronym_letters(text: str) -> str:
    """ "NDSA" of "NDSA" and "N.D.S.A."; "" of anything else."""
    bare = re.sub(r"[.\s]", "", text) if re.fullmatch(r"(?:\w\.\s?)+\w?", text) else text
    return bare if re.fullmatch(r"[A-Z][A-Z0-9&]{1,6}", bare) else ""


@functools.lru_cache(maxsize=200_000)
def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words).upper()


def fit(one: OrganisationName, other: OrganisationName) -> Fit | None:
    """How two names fit; None when they have nothing in common."""
    few, many = sorted((one, other), key=lambda name: (len(name.words), name))
    called, longer = " ".join(few.words), " ".join(many.words)
    if one.country and other.country and one.country != other.country:
        return None
    cost = 0.5 if one.country != other.country else 0.0
    if few.words == many.words:
        return Fit(2.0 - cost, f"both are called {called!r}" + (", one with its country" if cost else ""))
    if few.acronym and not many.acronym and len(few.acronym) > 2 and few.acronym in _acronyms(many):
        return Fit(1.25, f"{few.acronym!r} is made of the initials of {longer!r}")
    if sorted(few.words) == sorted(many.words):
        return Fit(1.5 - cost, f"{called!r} is {longer!r} in another order")
    if len(few.words) == len(many.words):
        return _spelling(few, many, cost)
    if many.words[: len(few.words)] == few.words and _tells(few):
        return Fit(1.0 - cost, f"{called!r} begins {longer!r}")
    return None


def _acronyms(name: OrganisationName) -> set[str]:
    nation = name.country[:1]
    return {_initials(name.words), nation + _initials(name.words)}


def _spelling(one: OrganisationName, other: OrganisationName, cost: float) -> Fit | None:
    """Word for word the same but for one that sounds like the other's."""
    apart = [(a, b) for a, b in zip(one.words, other.words, strict=True) if a != b]
    if len(apart) != 1 or set(apart[0]) & GENERIC:
        return None
    likeness = alike(*apart[0])
    known = len(one.words) > 1 and likeness and max(map(len, apart[0])) >= 5
    if likeness < 2 and not known:
        return None
    return Fit((1.5 if likeness == 2 else 1.0) - cost, f"{apart[0][0]!r} is spelt {apart[0][1]!r}")


def _tells(name: OrganisationName) -> bool:
    """A short name that may stand for a longer one: more than the name of a place or a common word."""
    telling = [word for word in name.words if word not in GENERIC]
    return bool(telling) and not (len(name.words) == 1 and (len(telling[0]) < 4 or places_called(telling[0])))
