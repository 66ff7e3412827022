"""Tags to spans: the best valid sequence, whatever the scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.extract.tags import bio_tags, decode, decode_all, softmax

LABELS = ("A", "B")
SCORES = arrays(np.float32, st.tuples(st.integers(1, 5), st.just(5)), elements=st.floats(-6, 6, width=16))


def valid(path: tuple[int, ...]) -> bool:
    return all(tag % 2 or not tag or before in (tag, tag - 1) for before, tag in zip((0, *path), path, strict=False))


def best_by_trying_all(scores: np.ndarray) -> float:
    logs = np.log(softmax(scores) + 1e-9)
    paths = itertools.product(range(scores.shape[1]), repeat=len(scores))
    return max(float(sum(row[tag] for row, tag in zip(logs, path, strict=True))) for path in paths if valid(path))


@settings(max_examples=60, deadline=None)
@given(SCORES)
def test_the_spans_make_the_likeliest_valid_sequence(scores: np.ndarray) -> None:
    path = [0] * len(scores)
    for span in decode(scores, LABELS):
        begin = 1 + 2 * LABELS.index(span.label)
        path[span.start : span.end] = [begin, *[begin + 1] * (span.end - span.start - 1)]
    logs = np.log(softmax(scores) + 1e-9)
    reached = sum(float(row[tag]) for row, tag in zip(logs, path, strict=True))
    assert reached == pytest.approx(best_by_trying_all(scores), abs=0.01)


@settings(max_examples=40, deadline=None)
@given(st.lists(SCORES, min_size=1, max_size=4))
def test_texts_side_by_side_change_nothing(texts: list[np.ndarray]) -> None:
    width = max(map(len, texts))
    outside = np.array([30, 0, 0, 0, 0], dtype=np.float32)
    padded = np.stack([np.concatenate([text, np.tile(outside, (width - len(text), 1))]) for text in texts])
    together = decode_all(padded, LABELS)
    assert [[(s.start, s.end, s.label) for s in spans] for spans in together] == [
        [(s.start, s.end, s.label) for s in decode(text, LABELS)] for text in texts
    ]


def test_nothing_gives_nothing() -> None:
    assert decode(np.zeros((0, 5), dtype=np.float32), LABELS) == []
    assert bio_tags(LABELS) == ["O", "B-A", "I-A", "B-B", "I-B"]
