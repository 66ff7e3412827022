"""The countries and towns of the world by name: GeoNames id, coordinates, country, region, population.

The table (places.tsv.gz) is made from GeoNames, CC BY 4.0; see the README beside it.
"""

from __future__ import annotations

import functools
import gzip
from pathlib import Path
from typing import Final, NamedTuple

from kg.names import plain

__all__ = ["TABLE", "Place", "country", "country_iri", "country_of_demonym", "places_called"]

TABLE: Final = Path(__file__).parent / "places.tsv.gz"


class Place(NamedTuple):
    """A row of the table: degrees are WGS 84, ``country`` is an ISO 3166-1 code of two letters, ``region`` is the first-level
    division, or "country" when the row is one.
    """

    id: str
    name: str
    latitude: float
    longitude: float
    country: str
    region: str
    population: int

    @property
    def is_country(self) -> bool:
        return self.region == "country"

    @property
    def iri(self) -> str:
        """The place in GeoNames."""
        return f"https://sws.geonames.org/{self.id}/"


def places_called(name: str) -> tuple[Place, ...]:
    """The places of that name, the largest first; letter case, accents and "the" do not matter."""
    return _named(name)


def country(code: str) -> Place | None:
    """The country of that ISO 3166-1 code."""
    line = _table()[1].get(code)
    return _place(line) if line else None


@functools.cache
def country_iri(name: str) -> str | None:
    """The IRI of the country of that name, None when there is no such country."""
    return next((place.iri for place in places_called(name) if place.is_country), None)


@functools.lru_cache(maxsize=100_000)
def country_of_demonym(word: str) -> str | None:
    """The code of the country whose people or things are called so ("Portuguese"), when there is one only."""
    return _table()[2].get(_key(word))


@functools.lru_cache(maxsize=10_000)
def _named(name: str) -> tuple[Place, ...]:
    return tuple(
        sorted((_place(line) for line in _table()[0].get(_key(name), ())), key=lambda place: (-place.population, place.id))
    )


@functools.cache
def _table() -> tuple[dict[str, list[str]], dict[str, str], dict[str, str]]:
    """Lines by name, lines of countries by code, and codes by demonym."""
    by_name: dict[str, list[str]] = {}
    by_code: dict[str, str] = {}
    by_demonym: dict[str, str] = {}
    for line in gzip.decompress(TABLE.read_bytes()).decode().splitlines():
        keys, _, _, _, _, code, region, _ = line.split("\t")
        if region == "country":
            by_code[code] = line
        for key in keys.split("|"):
            if key.startswith("~"):
                by_demonym[key[1:]] = code
            else:
                by_name.setdefault(key, []).append(line)
    return by_name, by_code, by_demonym


def _place(line: str) -> Place:
    _, id, name, latitude, longitude, code, region, population = line.split("\t")
    return Place(id, name, float(latitude), float(longitude), code, region, int(population))


def _key(name: str) -> str:
    words = " ".join(plain(name).replace(".", "").replace("-", " ").replace("’", "'").split())
    return words.removeprefix("the ")
