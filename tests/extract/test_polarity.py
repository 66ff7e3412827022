"""Cues that deny, without any model."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.polarity import denies
from kg.extract.words import WordTokenizer

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("cue", "denied"),
    [("denied", True), ("has repeatedly denied", True), ("disputed the claim", True), ("did not deny", False), ("said", False)],
)
def test_denials(cue: str, denied: bool) -> None:
    doc: Doc = WordTokenizer(NLP.vocab)(cue)
    assert denies(doc[:]) is denied
