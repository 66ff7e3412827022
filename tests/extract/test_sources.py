"""Whom a source's own words name, without any model."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.extract.entities import role_span
from kg.extract.sources import fits, named_sources
from kg.extract.words import WordTokenizer

NLP = spacy.blank("en")


def read(text: str, *entities: tuple[str, str]) -> Doc:
    doc: Doc = WordTokenizer(NLP.vocab)(text)
    doc.set_ents(
        [span for name, label in entities if (span := doc.char_span(text.index(name), text.index(name) + len(name), label))]
    )
    assert len(doc.ents) == len(entities)
    return doc


@pytest.mark.parametrize(
    ("source", "entities", "speakers"),
    [
        ("Ilse Varga and Tomé Okoro", [("Ilse Varga", "PERSON"), ("Tomé Okoro", "PERSON")], ["Ilse Varga", "Tomé Okoro"]),
        ("Ilse Varga, a Tomé Okoro ally", [("Ilse Varga", "PERSON"), ("Tomé Okoro", "PERSON")], ["Ilse Varga"]),
        ("the government in Lisbon", [("Lisbon", "PLACE")], ["Lisbon"]),
        ("officials in Lisbon", [("Lisbon", "PLACE")], []),
        ("calculations by Ilse Varga", [("Ilse Varga", "PERSON")], ["Ilse Varga"]),
        ("a survey of farms around Porto by Lume Polling", [("Porto", "PLACE"), ("Lume Polling", "ORG")], ["Lume Polling"]),
        (
            "a study by Lume University professor Ilse Varga",
            [("Lume University", "ORG"), ("Ilse Varga", "PERSON")],
            ["Ilse Varga"],
        ),
        ("the Settlement Fund's", [("Settlement Fund", "ORG")], ["Settlement Fund"]),
        ("Settlement Fund officials", [("Settlement Fund", "ORG")], []),
    ],
)
def test_who_speaks(source: str, entities: list[tuple[str, str]], speakers: list[str]) -> None:
    doc = read(source, *entities)
    assert [span.text for span in named_sources(doc, doc[:])] == speakers


def test_who_means_a_person() -> None:
    who = read("who")[:]
    assert fits(who, "PERSON")
    assert not fits(who, "PLACE")


def test_several_people_are_not_one() -> None:
    assert fits(read("the judge")[:], "PERSON")
    assert not fits(read("the judges")[:], "PERSON")


def test_a_role_is_not_cut_in_a_compound() -> None:
    doc = read("a former water-company lawyer from Elvas")
    span: Span = role_span(doc, 2, 4)
    assert span.text == "water-company lawyer"
