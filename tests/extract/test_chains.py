"""Names of one document that mean the same thing."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.extract.chains import create_chains, link_names
from kg.extract.words import WordTokenizer

NLP = spacy.blank("en")
create_chains(NLP, "kg_chains")


def chains(text: str, *entities: tuple[str, str]) -> list[list[str]]:
    """The chains of ``text`` with each entity at its next occurrence, in the order given."""
    doc: Doc = WordTokenizer(NLP.vocab)(text)
    spans, position = [], 0
    for name, label in entities:
        position = text.index(name, position)
        span = doc.char_span(position, position + len(name), label=label)
        assert isinstance(span, Span)
        spans.append(span)
        position += len(name)
    doc.set_ents(spans)
    return [[span.text for span in chain.mentions] for chain in link_names(doc)._.chains]


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        (
            "Oraib Al-Rantawi spoke. Al-Rantawi left.",
            [("Oraib Al-Rantawi", "PERSON"), ("Al-Rantawi", "PERSON")],
            [["Oraib Al-Rantawi", "Al-Rantawi"]],
        ),
        (
            "Khaled Al Falahat, the spokesman, spoke. A dentist named Khaled Falahat listened. Falahat left.",
            [("Khaled Al Falahat", "PERSON"), ("Khaled Falahat", "PERSON"), ("Falahat", "PERSON")],
            [["Khaled Al Falahat"], ["Khaled Falahat", "Falahat"]],
        ),
        (
            "A dentist named Khaled Falahat spoke. Khaled Al Falahat went on.",
            [("Khaled Falahat", "PERSON"), ("Khaled Al Falahat", "PERSON")],
            [["Khaled Falahat", "Khaled Al Falahat"]],
        ),
        (
            "Donald Varga spoke. Donald Jr. listened.",
            [("Donald Varga", "PERSON"), ("Donald Jr", "PERSON")],
            [["Donald Varga"], ["Donald Jr"]],
        ),
        (
            "Tomás Sequeira met Leonor Sequeira. Sequeira smiled.",
            [("Tomás Sequeira", "PERSON"), ("Leonor Sequeira", "PERSON"), ("Sequeira", "PERSON")],
            [["Tomás Sequeira"], ["Leonor Sequeira", "Sequeira"]],
        ),
        (
            "The Guadiana River Authority met. The GRA voted.",
            [("Guadiana River Authority", "ORG"), ("GRA", "ORG")],
            [["Guadiana River Authority", "GRA"]],
        ),
        ("U.S. troops left the United States.", [("U.S", "PLACE"), ("United States", "PLACE")], [["U.S", "United States"]]),
        ("Peace talks open. The talks end.", [("Peace talks", "EVENT"), ("talks", "EVENT")], [["Peace talks", "talks"]]),
        ("Paris and East Paris", [("Paris", "PLACE"), ("East Paris", "PLACE")], [["Paris"], ["East Paris"]]),
        ("Washington met Washington.", [("Washington", "PERSON"), ("Washington", "PLACE")], [["Washington"], ["Washington"]]),
    ],
)
def test_chains(text: str, entities: list[tuple[str, str]], expected: list[list[str]]) -> None:
    assert chains(text, *entities) == expected
