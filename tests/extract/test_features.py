"""Windows for the encoder: every word once, no window too long, cut between paragraphs where that can be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.features import LAYOUTS, Features, quotation, windows
from kg.extract.words import word_spans


def features(lengths: list[int], paragraphs: list[int]) -> Features:
    layout = np.zeros(len(lengths), dtype=np.int64)
    layout[[place for place in paragraphs if place < len(lengths)]] = LAYOUTS.index("paragraph")
    nothing = np.zeros(len(lengths), dtype=np.int64)
    return Features([[7] * length for length in lengths], nothing, nothing, layout)


@given(st.lists(st.integers(1, 16), max_size=80), st.lists(st.integers(0, 79), max_size=10), st.integers(16, 60))
def test_windows_hold_every_word_once_and_are_not_too_long(lengths: list[int], paragraphs: list[int], size: int) -> None:
    found = list(windows(features(lengths, paragraphs), size))
    assert [word for window in found for word in range(window.start, window.end)] == list(range(len(lengths)))
    assert all(sum(lengths[window.start : window.end]) <= size for window in found)


def test_a_window_ends_with_a_paragraph() -> None:
    found = list(windows(features([1] * 30, [0, 8, 15, 22]), size=20))
    assert [(window.start, window.end) for window in found] == [(0, 15), (15, 30)]


def test_a_long_paragraph_is_cut_where_the_window_is_full() -> None:
    found = list(windows(features([1] * 30, [0, 3]), size=20))
    assert [(window.start, window.end) for window in found] == [(0, 20), (20, 30)]


@pytest.mark.parametrize(
    "text",
    [
        "[“It is cold,”] she said.",
        "['' It is cold,''] she said. It's late.",
        "[``It is cold,''] she said.",
        "['It's the town's clock,'] she said of the mayor's watch.",
        "[»It is cold,«] she said, [«really cold»].",
        "[„It is cold,”] she said.",
        "The workers' clock stopped in the '90s, she said.",
        '["It is cold,"] she said. ["Very."]',
    ],
)
def test_words_in_quotation_marks(text: str) -> None:
    """The words between square brackets stand in quotation marks, the others do not."""
    plain = text.replace("[", "").replace("]", "")
    words = word_spans(plain)
    quoted, inside = [], False
    for start, end in word_spans(text):
        if text[start:end] in "[]":
            inside = text[start] == "["
        else:
            quoted.append(inside)
    assert [bool(code) for code in quotation(plain, words)] == quoted


@given(st.text(alphabet="ab '`\"“”‘’«»„.,\n", max_size=60))
def test_any_marks_give_a_code_for_each_word(text: str) -> None:
    assert len(quotation(text, word_spans(text))) == len(word_spans(text))
