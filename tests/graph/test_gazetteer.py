"""The table of places: names, demonyms, coordinates, and the credit that its licence asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.gazetteer import TABLE, country, country_iri, country_of_demonym, places_called


@pytest.mark.parametrize("name", ["Lisbon", "lisboa", "LISBON", "Lissabon"])
def test_a_capital_has_many_names(name: str) -> None:
    place = places_called(name)[0]
    assert (place.name, place.country, place.iri) == ("Lisbon", "PT", "https://sws.geonames.org/2267057/")
    assert abs(place.latitude - 38.72) < 0.05
    assert abs(place.longitude + 9.14) < 0.05


def test_a_name_may_mean_several_places_the_largest_first() -> None:
    found = places_called("Springfield")
    assert len(found) > 3
    assert [place.population for place in found] == sorted((place.population for place in found), reverse=True)
    assert places_called("Penha Rasa") == ()


def test_countries_and_their_people() -> None:
    assert {name: country_of_demonym(name) for name in ("Portuguese", "Dutch", "Congolese")} == {
        "Portuguese": "PT",
        "Dutch": "NL",
        "Congolese": None,
    }
    spain = country("ES")
    assert spain is not None
    assert spain.is_country
    assert spain.iri == country_iri("Spain")
    assert country("XX") is None
    assert country_iri("Madrid") is None


def test_the_table_is_credited() -> None:
    text = (Path(TABLE).parent / "README.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in text
    assert "GeoNames" in text
