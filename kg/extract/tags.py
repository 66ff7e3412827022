"""Tag scores to spans: the best valid BIO sequence, with the score of each span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LabelSpan", "bio_tags", "decode", "softmax"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LabelSpan:
    """Words ``start`` to ``end`` (end exclusive) carry ``label`` with ``score`` (0 to 1)."""

    start: int
    end: int
    label: str
    score: float


def bio_tags(labels: Sequence[str]) -> list[str]:
    """``["O", "B-X", "I-X", "B-Y", ...]`` for the labels X, Y ..."""
    return ["O", *(f"{prefix}-{label}" for label in labels for prefix in "BI")]


def softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def decode(scores: Floats, labels: Sequence[str]) -> list[LabelSpan]:
    """Spans of the best sequence in which I-X follows B-X or I-X only.

    ``scores`` are the head's outputs, one row a word, one column a tag of :func:`bio_tags`; the score
    of a span is the geometric mean of its words' probabilities.
    """
    if not len(scores):
        return []
    logs = np.log(softmax(scores) + 1e-9)
    path = _viterbi(logs, len(labels))
    spans: list[LabelSpan] = []
    start = 0
    while start < len(path):
        tag = path[start]
        end = start + 1
        if tag:
            while end < len(path) and path[end] == tag + 1:
                end += 1
            score = float(np.exp(np.mean([logs[i, path[i]] for i in range(start, end)])))
            spans.append(LabelSpan(start, end, labels[(tag - 1) // 2], min(score, 1.0)))
        start = end
    return spans


def _viterbi(logs: Floats, label_count: int) -> list[int]:
    """Best path; I tags are the even columns above 0, and follow their own B or I only."""
    inside = np.arange(2, 2 * label_count + 1, 2)
    best = logs[0].astype(np.float64)
    best[inside] = -np.inf
    back = np.zeros(logs.shape, dtype=np.int64)
    for row in range(1, len(logs)):
        top = int(best.argmax())
        back[row] = top
        values = np.full(logs.shape[1], best[top])
        from_begin = best[inside - 1] >= best[inside]
        back[row, inside] = np.where(from_begin, inside - 1, inside)
        values[inside] = np.maximum(best[inside - 1], best[inside])
        best = values + logs[row]
    path = [int(best.argmax())]
    for row in range(len(logs) - 1, 0, -1):
        path.append(int(back[row, path[-1]]))
    return path[::-1]
