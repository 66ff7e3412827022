"""The suite of names: what is one thing is joined, and two things are never one."""

from __future__ import annotations

import pytest

from kg.graph.resolve import resolve
from kg.records import Entity, Extraction
from tests.graph.resolve.cases import Case, read_cases

SAME, DIFFERENT = read_cases("same.txt"), read_cases("different.txt")


def owners(case: Case, entities: list[Entity]) -> list[str]:
    """The id of the entity of each mention that the case is about."""
    found = {mention: entity.id for entity in entities for mention in entity.mentions}
    return [found[mention] for mention in case.subjects]


@pytest.fixture(scope="module")
def together() -> list[Entity]:
    """All documents of all cases at once."""
    documents: list[Extraction] = [found for case in SAME + DIFFERENT for found in case.extractions]
    return resolve(documents)


def test_the_suite_is_large_enough_and_each_case_can_fail() -> None:
    assert len(SAME) >= 120
    assert len(DIFFERENT) >= 60
    assert all(len(case.subjects) > 1 for case in SAME + DIFFERENT)
    assert len({case.title for case in SAME + DIFFERENT}) == len(SAME + DIFFERENT)


@pytest.mark.parametrize("case", DIFFERENT, ids=str)
def test_two_things_stay_two(case: Case, together: list[Entity]) -> None:
    for entities in (resolve(case.extractions), resolve(case.extractions[::-1]), together):
        found = owners(case, entities)
        assert len(set(found)) == len(found), [mention.text for mention in case.subjects]


def test_one_thing_is_one_in_nineteen_of_twenty_cases(together: list[Entity]) -> None:
    alone = [case.title for case in SAME if len(set(owners(case, resolve(case.extractions)))) > 1]
    among_others = [case.title for case in SAME if len(set(owners(case, together))) > 1]
    for missed in (alone, among_others):
        assert len(missed) <= 0.05 * len(SAME), missed


def test_nothing_of_one_case_is_joined_to_a_person_of_another(together: list[Entity]) -> None:
    case_of = {found.document.id: case.title for case in SAME + DIFFERENT for found in case.extractions}
    mixed = [e.name for e in together if e.kind in ("PERSON", "ORG") and len({case_of[m.document] for m in e.mentions}) > 1]
    assert not [name for name in mixed if name not in SHARED], mixed


SHARED = ("Spanish government", "Portuguese government")
"""What several cases name on purpose."""
