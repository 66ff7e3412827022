"""Tag scores to spans: the best valid BIO sequence, with the score of each span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["LabelSpan", "bio_tags", "decode", "decode_all", "decode_probable", "softmax"]

Floats = NDArray[np.float32]

# Where a word is this likely outside, no span is sought: what lies between such words is decoded by itself.
_SURELY_OUTSIDE: Final = float(np.log(0.9995))
_OUTSIDE: Final = np.array([0.0, *[-20.0] * 14])


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

    ``scores`` (words, tags) are the head's outputs for the tags of :func:`bio_tags`; the score of a span is
    the geometric mean of its words' probabilities.
    """
    return decode_all(scores[None], labels)[0]


def decode_all(scores: Floats, labels: Sequence[str]) -> list[list[LabelSpan]]:
    """:func:`decode` for several texts of one length: ``scores`` is (texts, words, tags)."""
    return decode_probable(softmax(scores), labels)


def decode_probable(probabilities: Floats, labels: Sequence[str]) -> list[list[LabelSpan]]:
    """:func:`decode_all` for what :func:`softmax` made of the scores."""
    logs = np.log(probabilities + 1e-9)
    paths = np.zeros(logs.shape[:2], dtype=np.int64)
    unsure = np.pad(logs[..., 0] < _SURELY_OUTSIDE, ((0, 0), (1, 1)))
    texts, starts = np.nonzero(unsure[:, 1:] & ~unsure[:, :-1])
    _, ends = np.nonzero(unsure[:, :-1] & ~unsure[:, 1:])
    if len(starts):
        words = starts[:, None] + np.arange((ends - starts).max())
        stretches = logs[texts[:, None], words.clip(max=logs.shape[1] - 1)]
        stretches[words >= ends[:, None]] = _OUTSIDE[: logs.shape[-1]]
        for text, start, end, path in zip(texts, starts, ends, _best_paths(stretches), strict=True):
            paths[text, start:end] = path[: end - start]
    return [_spans(path, row, labels) for path, row in zip(paths, logs, strict=True)]


def _spans(path: NDArray[np.int64], logs: Floats, labels: Sequence[str]) -> list[LabelSpan]:
    spans: list[LabelSpan] = []
    tagged = np.flatnonzero(path)
    position = 0
    while position < len(tagged):
        start = int(tagged[position])
        tag = int(path[start])
        end = start + 1
        while end < len(path) and path[end] == tag + 1:
            end += 1
        score = float(np.exp(np.mean(logs[np.arange(start, end), path[start:end]])))
        spans.append(LabelSpan(start, end, labels[(tag - 1) // 2], min(score, 1.0)))
        position += end - start
    return spans


def _best_paths(logs: Floats) -> NDArray[np.int64]:
    """Viterbi for all texts at once; I tags are the even columns above 0, and follow their own B or I only."""
    texts, words, tags = logs.shape
    inside = np.arange(2, tags, 2)
    steps = logs.astype(np.float64)
    best = steps[:, 0].copy()
    best[:, 2::2] = -np.inf
    back = np.zeros(logs.shape, dtype=np.int64)
    for word in range(1, words):
        begun, within = best[:, 1::2], best[:, 2::2]
        back[:, word] = best.argmax(axis=1)[:, None]
        back[:, word, 2::2] = inside - (begun >= within)
        following = steps[:, word] + best.max(axis=1)[:, None]
        following[:, 2::2] = steps[:, word, 2::2] + np.maximum(begun, within)
        best = following
    paths = np.zeros((texts, words), dtype=np.int64)
    paths[:, -1] = best.argmax(axis=1)
    rows = np.arange(texts)
    for word in range(words - 1, 0, -1):
        paths[:, word - 1] = back[rows, word, paths[:, word]]
    return paths
