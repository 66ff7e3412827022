"""Words, sentences, quotation state and windows: the parts of extraction that need no weights."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.anchors import DISTANCES, QUESTIONS, distance_codes
from kg.extract.features import QUOTES, quotation
from kg.extract.sentences import split_sentences
from kg.extract.tags import bio_tags, decode
from kg.extract.words import WordTokenizer, word_spans

TOKENIZER = WordTokenizer(spacy.blank("en").vocab)


@given(st.text(max_size=200))
def test_a_doc_gives_its_text_back(text: str) -> None:
    assert TOKENIZER(text).text == text


@given(st.text(max_size=200))
def test_words_are_the_tokens_that_are_not_blank(text: str) -> None:
    doc = TOKENIZER(text)
    assert [(t.idx, t.idx + len(t)) for t in doc if not t.text.isspace()] == word_spans(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Oduya spoke. Dr. Lind did not.", ["Mr. Oduya spoke.", "Dr. Lind did not."]),
        ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
        ("“We won.” They left.", ["“We won.”", "They left."]),
        ("“Why?” he asked. Nobody knew.", ["“Why?” he asked.", "Nobody knew."]),
        ("Headline without a stop\n\nThe text begins.", ["Headline without a stop", "The text begins."]),
        ("It cost $3.5 million. Too much!", ["It cost $3.5 million.", "Too much!"]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    doc = split_sentences(TOKENIZER(text))
    assert [sentence.text.strip() for sentence in doc.sents] == sentences


def quoted(text: str) -> str:
    """The words that stand in a quotation, marks included."""
    spans = word_spans(text)
    codes = quotation(text, spans)
    return " ".join(text[s:e] for (s, e), code in zip(spans, codes, strict=True) if code != QUOTES.index("outside"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"Yes," he said. "No."', '" Yes , " " No . "'),
        ("“Yes,” he said.", "“ Yes , ”"),
        ("‘Don’t go,’ she said", "‘ Don ’ t go , ’"),
        ("the workers’ union", ""),
        ("“He said ‘no’ twice,” she said", "“ He said ‘ no ’ twice , ”"),
        ("“One paragraph.\n\n“Another.” End", "“ One paragraph . “ Another . ”"),
        ('"Never closed.\n\nOutside again', '" Never closed .'),
    ],
)
def test_quotation(text: str, words: str) -> None:
    assert quoted(text) == words


@given(st.integers(1, 600), st.data())
def test_distance_codes_tell_sides_apart_and_leave_zero_for_what_is_out_of_reach(count: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, count - 1))
    question = QUESTIONS["attribution"]
    codes = distance_codes(question, np.arange(count), np.array(first), np.array(last))
    reached = codes[max(0, first - question.before) : first + question.after + 1]
    assert np.count_nonzero(codes) == len(reached) == np.count_nonzero(reached)
    assert codes.max() < DISTANCES
    assert (codes[first : min(last, first + question.after) + 1] == codes[first]).all()
    assert (np.diff(reached) >= 0).all()


@settings(max_examples=60)
@given(st.integers(0, 30), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_decoded_spans_never_overlap_and_carry_probabilities(count: int, label_count: int, seed: int) -> None:
    labels = [f"L{i}" for i in range(label_count)]
    scores = np.random.default_rng(seed).normal(size=(count, len(bio_tags(labels)))).astype(np.float32) * 3
    spans = decode(scores, labels)
    assert all(0 <= span.score <= 1 and span.label in labels for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_decoding_takes_the_best_valid_sequence() -> None:
    # I-X is likeliest for the second word, but may only follow B-X: the pair B-X I-X wins over O I-X.
    scores = np.log(np.array([[0.5, 0.4, 0.1], [0.2, 0.1, 0.7]], dtype=np.float32))
    (span,) = decode(scores, ["X"])
    assert (span.start, span.end) == (0, 2)
