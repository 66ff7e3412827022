"""Which place on earth a name means, judged by the other places and the nationalities in its document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.graph.gazetteer import Place, country, country_of_demonym, places_called
from kg.names import plain
from kg.records import Chain, Extraction, Mention

__all__ = ["Ground", "ground"]

_CAPITALISED: Final = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_CONTAINER: Final = re.compile(r"\s*,\s*(?:in\s+)?((?:[A-Z][\w.’'-]*\s?){1,3})")
_MOST_DEMONYMS: Final = 3
_FAR_LARGER: Final = 8
_LARGER: Final = 5
_NEAR_DEGREES: Final = 2.0
_LARGE: Final = 100_000
_VERY_LARGE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a document plays: the place of each chain that could be told, and the countries it speaks of most."""

    places: dict[Mention, Place]
    countries: frozenset[str]


def ground(extraction: Extraction) -> Ground:
    """The places of a document; a name that could be several stays without one."""
    text = extraction.document.text
    chains = [chain for chain in extraction.chains if chain.kind == "PLACE"]
    choices = {chain.name: found for chain in chains if (found := _choices(chain, text))}
    votes = _demonyms(text)
    places: dict[Mention, Place] = {}
    for chain in chains:
        found = choices.get(chain.name, ())
        if found and (sure := _stated(chain, found, text) or next((place for place in found if place.is_country), None)):
            places[chain.name] = sure
            votes[sure.country] += 2 * len(chain.mentions)
    stated = votes.copy()
    for chain in chains:
        if chain.name in choices and chain.name not in places and (likely := _likely(choices[chain.name], stated)):
            places[chain.name] = likely
            votes[likely.country] += len(chain.mentions)
    known = [place for place in places.values() if not place.is_country]
    for chain in chains:
        if chain.name in choices and chain.name not in places and (near := _near(choices[chain.name], known)):
            places[chain.name] = near
    most = max(votes.values(), default=0)
    return Ground(places, frozenset(code for code, count in votes.items() if 2 * count >= most and count))


def _choices(chain: Chain, text: str) -> tuple[Place, ...]:
    """What the name could mean; "the Guadiana" is a river or a region, and no town."""
    for mention in chain.mentions:
        if found := places_called(mention.text):
            behind_article = text[max(mention.start - 4, 0) : mention.start].lower() == "the "
            return tuple(place for place in found if place.is_country) if behind_article else found
    return ()


def _demonyms(text: str) -> Counter[str]:
    votes: Counter[str] = Counter()
    for words in _CAPITALISED.findall(text):
        code = country_of_demonym(words) or next((c for word in words.split() if (c := country_of_demonym(word))), None)
        if code:
            votes[code] = min(votes[code] + 1, _MOST_DEMONYMS)
    return votes


def _stated(chain: Chain, found: Sequence[Place], text: str) -> Place | None:
    """ "Springfield, Illinois": the text says in which country or region."""
    for mention in chain.mentions:
        if after := _CONTAINER.match(text, mention.end):
            stated = plain(after[1]).strip(" .")
            for place in found:
                holder = country(place.country)
                names = {plain(place.region), plain(holder.name) if holder else ""} - {""}
                if any(stated == name or stated.startswith(f"{name} ") for name in names) and not place.is_country:
                    return place
    return None


def _near(found: Sequence[Place], known: Sequence[Place]) -> Place | None:
    """The one place of that name not far from another that the document names."""
    close = [
        place
        for place in found
        if any(abs(place.latitude - k.latitude) + abs(place.longitude - k.longitude) < _NEAR_DEGREES for k in known)
    ]
    return close[0] if len(close) == 1 else None


def _likely(found: Sequence[Place], votes: Counter[str]) -> Place | None:
    """The place in a country that the document speaks of; otherwise one that nobody would need to explain."""
    at_home = [place for place in found if votes[place.country]]
    largest = found[0]
    if at_home:
        first = min(at_home, key=lambda place: (-votes[place.country], -place.population, place.id))
        rivals = [place for place in at_home if place is not first and place.population * _LARGER > first.population]
        famous = largest is not first and largest.population >= max(_VERY_LARGE, first.population * _FAR_LARGER)
        return None if famous or any(votes[place.country] * 2 > votes[first.country] for place in rivals) else first
    second = found[1].population if len(found) > 1 else 0
    return largest if largest.population >= max(_LARGE, second * _FAR_LARGER) else None
