"""Questions about one span of the text: what does this cue report, what is this person's role, whom does this mean?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract.encoder import real_words
from kg.extract.onnx import OnnxModel
from kg.extract.tags import LabelSpan, decode_probable, softmax

__all__ = ["DISTANCES", "QUESTIONS", "Answer", "Question", "ask", "distance_codes"]

Ints = NDArray[np.int64]
DISTANCES: Final = 42
_TOGETHER: Final = 16
_OUTSIDE: Final = np.array([0.0, *[-1e4] * 8], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Question:
    """What a head looks for among the words, how it classifies the anchor itself, and how many words off it looks."""

    labels: tuple[str, ...]
    classes: Mapping[str, tuple[str, ...]]
    before: int
    after: int


QUESTIONS: Final[dict[str, Question]] = {
    "attribution": Question(
        ("SOURCE", "CONTENT"),
        {
            "claim": ("no", "yes"),
            "polarity": ("affirmed", "denied"),
            "modality": ("asserted", "predicted", "possible", "demanded", "conditional"),
        },
        before=120,
        after=140,
    ),
    "affiliation": Question(
        ("ROLE", "ORG", "PLACE"),
        {"status": ("none", "current", "former", "acting", "elect", "candidate")},
        before=60,
        after=64,
    ),
    "reference": Question(("ANTECEDENT",), {"named": ("no", "yes")}, before=260, after=60),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a head says of one anchor.

    ``spans`` are in tokens of the Doc; ``words`` are the tokens within reach, ``scores`` their tag probabilities
    (words, tags); ``classes`` holds a probability for each option.
    """

    spans: list[LabelSpan]
    words: Ints
    scores: NDArray[np.float32]
    classes: dict[str, dict[str, float]]


def distance_codes(question: Question, words: Ints, first: Ints, last: Ints) -> Ints:
    """How far ``words`` are from the anchor at words ``first`` to ``last``: 1 to 41, and 0 out of the question's reach.

    The arrays broadcast against one another. Signed; exact to 8 words, then in steps that grow with the distance.
    """
    signed = np.where(words < first, words - first, np.maximum(words - last, 0))
    size = np.abs(signed)
    far = 8 + np.floor(np.log2(np.maximum(size, 8) / 8) * 2.4).astype(np.int64)
    steps = np.minimum(np.where(size <= 8, size, far), 20)
    reached = (words >= first - question.before) & (words <= first + question.after)
    codes: Ints = np.where(reached, 21 + np.sign(signed) * steps, 0)
    return codes


def ask(model: OnnxModel, question: Question, doc: Doc, anchors: Sequence[tuple[int, int]]) -> list[Answer]:
    """One answer for each anchor, a range of tokens of ``doc`` (end exclusive)."""
    words = real_words(doc)
    answers: list[Answer] = []
    for place in range(0, len(anchors), _TOGETHER):
        start, end = np.array(anchors[place : place + _TOGETHER]).T
        first = np.searchsorted(words, start)
        last = np.maximum(np.searchsorted(words, end) - 1, first)
        answers += _ask(model, question, doc, words, first, last)
    return answers


def _ask(model: OnnxModel, question: Question, doc: Doc, words: Ints, first: Ints, last: Ints) -> Iterator[Answer]:
    """Anchors that stand near each other, in one call: ``index`` picks for each the words in its reach."""
    index = first[:, None] + np.arange(-question.before, question.after + 1)
    distance = distance_codes(question, index, first[:, None], last[:, None])
    distance[(index < 0) | (index >= len(words))] = 0
    index = index.clip(0, len(words) - 1)
    low, high = int(index.min()), int(index.max()) + 1
    near = {"words": doc.tensor[words[low:high]], "index": index - low, "first": first - low, "last": last - low}
    tags, *classes = model(**near, distance=distance)
    tags = np.where((distance > 0)[..., None], tags, _OUTSIDE[: tags.shape[-1]])
    probabilities = softmax(tags)
    decoded = decode_probable(probabilities, question.labels)
    options = {name: softmax(scores) for name, scores in zip(question.classes, classes, strict=True)}
    for row, spans in enumerate(decoded):
        real = distance[row] > 0
        seen = words[index[row]]
        yield Answer(
            spans=[LabelSpan(int(seen[s.start]), int(seen[s.end - 1]) + 1, s.label, s.score) for s in spans],
            words=seen[real],
            scores=probabilities[row, real],
            classes={
                name: dict(zip(question.classes[name], map(float, values[row]), strict=True))
                for name, values in options.items()
            },
        )
