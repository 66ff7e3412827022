"""Entities of seeds/ and of made-up documents: quality on gold, order, addition, reasons, decisions, places."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from kg.graph.resolve import Decisions, read_decisions, resolve
from kg.records import Entity, Extraction, from_json, to_json
from tests.graph.resolve import gold
from tests.graph.resolve.cases import read_cases


@pytest.fixture(scope="module")
def annotated() -> list[Extraction]:
    documents = gold.documents()
    return [gold.extraction(row, documents[row["text"]]) for row in gold.rows()]


@pytest.fixture(scope="module")
def entities(annotated: list[Extraction]) -> list[Entity]:
    return resolve(annotated)


def named(entities: list[Entity], kind: str, name: str) -> list[Entity]:
    return [entity for entity in entities if entity.kind == kind and name in (entity.name, *entity.aliases)]


def test_b_cubed_on_the_annotated_seeds(entities: list[Entity]) -> None:
    truth = gold.truth(gold.rows(), gold.documents())
    assert gold.b_cubed(truth, entities)[2] >= 0.95
    for kind in ("PERSON", "ORG", "PLACE"):
        assert gold.b_cubed({key: name for key, name in truth.items() if name.startswith(kind)}, entities)[2] >= 0.95


def test_b_cubed_counts_what_is_joined_wrongly_and_what_is_not_joined(annotated: list[Extraction]) -> None:
    truth = gold.truth(gold.rows(), gold.documents())
    alone = [entity for extraction in annotated for entity in resolve([extraction])]
    apart = [replace(entity, id=f"{entity.id} {entity.mentions[0].document}") for entity in alone]
    assert gold.b_cubed(truth, apart)[0] > 0.99
    assert gold.b_cubed(truth, apart)[1] < 0.6
    assert gold.b_cubed(truth, [replace(entity, id="all") for entity in alone])[0] < 0.1


def test_two_bearers_of_one_surname_stay_two(entities: list[Entity]) -> None:
    assert len({entity.id for entity in named(entities, "PERSON", "Sequeira")}) == 2
    (serpa,) = named(entities, "PLACE", "Serpa")
    assert serpa.kind == "PLACE"


def test_the_order_of_documents_does_not_matter(annotated: list[Extraction], entities: list[Entity]) -> None:
    for seed in range(3):
        assert resolve(random.Random(seed).sample(annotated, len(annotated))) == entities


def test_documents_that_share_nothing_change_nothing(annotated: list[Extraction], entities: list[Entity]) -> None:
    case = next(case for case in read_cases("same.txt") if case.title == "company and Co.")
    more = resolve([*annotated, *case.extractions])
    assert [entity for entity in more if not any(m.document.startswith("company-and") for m in entity.mentions)] == entities


def test_each_merge_has_its_reasons(entities: list[Entity]) -> None:
    for entity in entities:
        own = {mention.document for mention in entity.mentions}
        joined = [verdict for verdict in entity.verdicts if verdict.same]
        assert all(verdict.reasons and verdict.score >= 2 for verdict in joined)
        assert len(joined) >= len(own) - 1
    (engineer,) = named(entities, "PERSON", "Olena Kovaltchuk")
    assert any("is spelt" in reason for verdict in engineer.verdicts for reason in verdict.reasons)


def test_an_entity_with_verdicts_and_location_survives_json(entities: list[Entity]) -> None:
    for entity in entities:
        assert from_json(Entity, to_json(entity)) == entity


def test_places_lie_where_they_lie(entities: list[Entity]) -> None:
    (beja,) = named(entities, "PLACE", "Beja")
    assert beja.same_as == ("https://sws.geonames.org/2270985/",)
    assert beja.location is not None
    assert beja.location.country == "Portugal"
    assert abs(beja.location.latitude - 38.0) < 0.1
    for river in ("Guadiana", "Penha Rasa"):
        (place,) = named(entities, "PLACE", river)
        assert place.same_as == ()
        assert place.location is None


def test_a_country_its_capital_and_its_government_are_three(entities: list[Entity]) -> None:
    for name in ("Portugal", "Lisbon"):
        assert len(named(entities, "PLACE", name)) == 1
    assert named(entities, "ORG", "Portuguese government")
    assert named(entities, "ORG", "Spanish government")


# ------------------------------------------------------------------ decisions
def test_a_decision_parts_joins_and_renames(annotated: list[Extraction], tmp_path: Path) -> None:
    first, second = sorted({m.document for e in resolve(annotated) if e.name == "Yusuf Karadeniz" for m in e.mentions})[:2]
    path = tmp_path / "decisions.toml"
    path.write_text(
        f"""
different = [["Yusuf Karadeniz @ {first}", "Yusuf Karadeniz @ {second}"]]
same = [["Tomás Sequeira", "Leonor Sequeira"]]
[rename]
"Qasr Hydro" = "Qasr Hydro PJSC"
""",
        encoding="utf-8",
    )
    decided = resolve(annotated, read_decisions(path))
    owner = {mention.document: e.id for e in named(decided, "PERSON", "Yusuf Karadeniz") for mention in e.mentions}
    assert owner[first] != owner[second]
    (both,) = named(decided, "PERSON", "Leonor Sequeira")
    assert "Tomás Sequeira" in (both.name, *both.aliases)
    (builder,) = named(decided, "ORG", "Qasr Hydro PJSC")
    assert "Qasr Hydro" in builder.aliases
    assert resolve(annotated, Decisions()) == resolve(annotated)


@pytest.mark.parametrize(
    "text",
    ["same = 3", 'same = ["a", "b"]', 'same = [["a"]]', "different = [[1, 2]]", "[renamed]\na = 'b'", "same = [", "rename = 1"],
)
def test_a_file_of_decisions_of_another_form_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"decisions\.toml: "):
        read_decisions(path)


def test_what_is_both_same_and_different_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text('same = [["a", "b"]]\ndifferent = [["b", "a"]]', encoding="utf-8")
    with pytest.raises(ValueError, match="both same and different"):
        read_decisions(path)
