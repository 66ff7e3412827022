"""Invented news in any amount, for measuring resolution: the larger, the more people, and the more of one name."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.records import Affiliation, Chain, Document, Extraction, Mention

_ONSETS = "b br ch d dr f g gr h j k kh kr l m n p pr r s sh st t tr v w y z".split()
_NUCLEI = "a e i o u ai ei ou".split()
_CODAS = "l m n r s t k nd rt sk".split()
_ROLES = ("minister", "mayor", "lawyer", "striker", "economist", "surgeon", "editor", "farmer", "general", "chief executive")
_SPELT = (("ch", "tch"), ("kh", "k"), ("ei", "ai"), ("ou", "u"), ("sh", "sch"), ("w", "v"))
_TOWNS = "Lisbon Porto Madrid Seville Paris Lyon Berlin Hamburg Rome Milan Vienna Warsaw Oslo Athens Dublin Nairobi".split()
PER_DOCUMENT = 8  # chains, one mention each


def word(source: random.Random, syllables: int) -> str:
    """A name that nobody has."""
    parts = [source.choice(_ONSETS) + source.choice(_NUCLEI) for _ in range(syllables)]
    return ("".join(parts) + source.choice(_CODAS)).capitalize()


def invented(mentions: int, seed: int = 7) -> Iterator[Extraction]:
    """Documents with ``mentions`` names in all, half of them of people; one person to every eight mentions.

    Who is named is skewed as in news (the r-th person about 1/r as often), given names come from a stock that grows with the
    square root, a tenth of the names is spelt another way, initialled or has a title, and some firms have a legal form.
    """
    source = random.Random(seed)
    given = [word(source, 2) for _ in range(max(20, int(mentions**0.5)))]
    surnames = [word(source, 2) for _ in range(max(20, mentions // 12))]
    firms = [f"{word(source, 2)} {word(source, 1)}" for _ in range(max(10, mentions // 20))]
    people = [
        (source.choice(given), source.choice(surnames), source.choice(_ROLES), source.choice(firms), source.choice(_TOWNS))
        for _ in range(max(10, mentions // 8))
    ]
    for number in range(mentions // PER_DOCUMENT):
        yield _document(number, source, people, firms)


def _document(number: int, source: random.Random, people: list[tuple[str, ...]], firms: list[str]) -> Extraction:
    first = _skewed(source, len(people))
    who = [people[(first + step) % len(people)] for step in range(PER_DOCUMENT // 2)]
    parts = [(_spelt(person, source), "PERSON") for person in who]
    parts += [(_incorporated(who[0][3], source), "ORG"), (source.choice(firms), "ORG")]
    parts += [(who[0][4], "PLACE"), (source.choice(_TOWNS), "PLACE")]
    parts = list(dict.fromkeys(parts))
    text, found = "", []
    for name, kind in parts:
        found.append(Mention(f"d{number:07}", len(text), len(text) + len(name), name, kind))
        text += f"{name}, "
    by_kind = {kind: [mention for mention in found if mention.label == kind] for kind in ("PERSON", "ORG")}
    affiliation = Affiliation(
        by_kind["PERSON"][0], None, who[0][2], by_kind["ORG"][0], None, None, "current", by_kind["PERSON"][0].evidence, 1.0
    )
    document = Document(f"d{number:07}", text, published="2031-01-01")
    chains = tuple(Chain(mention.label, (mention,)) for mention in found)  # type: ignore[arg-type]
    return Extraction(document, tuple(found), chains, (affiliation,), (), ())


def _skewed(source: random.Random, count: int) -> int:
    """A position in a list, the front ones much more often (Zipf)."""
    return int(count ** source.random()) - 1


def _spelt(person: tuple[str, ...], source: random.Random) -> str:
    """The name of a person, once in ten times in another way."""
    given, surname = person[0], person[1]
    chance = source.random()
    if chance > 0.1:
        return f"{given} {surname}"
    if chance > 0.06:
        return f"{given[0]}. {surname}"
    for one, other in _SPELT:
        if one in surname.lower():
            return f"{given} {surname.lower().replace(one, other).capitalize()}"
    return f"Dr. {given} {surname}"


def _incorporated(firm: str, source: random.Random) -> str:
    return f"{firm} {source.choice(('Ltd', 'Inc.', 'AG'))}" if source.random() < 0.2 else firm
