"""kg explain: the reasons in words, and no answer for what nothing is called."""

from __future__ import annotations

import pytest

import kg
from kg.graph.explain import explain


def test_every_merge_is_explained(graph: kg.KnowledgeGraph) -> None:
    text = explain(graph, "olena kovaltchuk")
    assert text.startswith("Olena Kovalchuk (person, ")
    assert "'kovalchuk' is spelt 'kovaltchuk'" in text
    assert "Olena Kovaltchuk @ the-cracks-that-matter-to-bondholders" in text


def test_a_surname_of_two_gives_two_answers(graph: kg.KnowledgeGraph) -> None:
    text = explain(graph, "Sequeira")
    assert "Leonor Sequeira (person" in text
    assert "Tomás Sequeira (person" in text


def test_a_place_says_where_it_lies(graph: kg.KnowledgeGraph) -> None:
    assert "37.643, -7.661 in Portugal (https://sws.geonames.org/2266442/)" in explain(graph, "Mértola")


def test_nobody_of_that_name(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(KeyError, match="nothing is called 'Zenobia'"):
        explain(graph, "Zenobia")


def test_a_word_of_the_name_is_enough(graph: kg.KnowledgeGraph) -> None:
    assert "Olena Kovalchuk (person, " in explain(graph, "kovalchuk")
    with pytest.raises(KeyError):
        explain(graph, "valchuk")
