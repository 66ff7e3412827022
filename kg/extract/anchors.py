"""Questions about one span of the text: what does this cue report, what is this person's role, whom does this mean?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract.encoder import real_words
from kg.extract.onnx import OnnxModel
from kg.extract.tags import LabelSpan, decode, softmax

__all__ = ["DISTANCES", "QUESTIONS", "Answer", "Question", "ask", "distance_codes"]

Ints = NDArray[np.int64]
DISTANCES: Final = 42
REACH: Final = 260


@dataclass(frozen=True, slots=True)
class Question:
    """What a head looks for among the words, and how it classifies the anchor itself."""

    labels: tuple[str, ...]
    classes: Mapping[str, tuple[str, ...]]


QUESTIONS: Final[dict[str, Question]] = {
    "attribution": Question(
        ("SOURCE", "CONTENT"),
        {
            "claim": ("no", "yes"),
            "polarity": ("affirmed", "denied"),
            "modality": ("asserted", "predicted", "possible", "demanded", "conditional"),
        },
    ),
    "affiliation": Question(
        ("ROLE", "ORG", "PLACE"), {"status": ("none", "current", "former", "acting", "elect", "candidate")}
    ),
    "reference": Question(("ANTECEDENT",), {"named": ("no", "yes")}),
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


def distance_codes(count: int, first: int, last: int) -> Ints:
    """How far each of ``count`` words is from the anchor at words ``first`` to ``last``: 1 to 41; 0 is padding.

    Signed; exact to 8 words, then in steps that grow with the distance.
    """
    positions = np.arange(count)
    signed = np.where(positions < first, positions - first, np.maximum(positions - last, 0))
    size = np.abs(signed)
    far = 8 + np.floor(np.log2(np.maximum(size, 8) / 8) * 2.4).astype(np.int64)
    steps = np.minimum(np.where(size <= 8, size, far), 20)
    codes: Ints = 21 + np.sign(signed) * steps
    return codes


def ask(model: OnnxModel, question: Question, doc: Doc, anchors: Sequence[tuple[int, int]]) -> list[Answer]:
    """One answer for each anchor, a range of tokens of ``doc`` (end exclusive)."""
    words = real_words(doc)
    return [_ask(model, question, doc, words, start, end) for start, end in anchors]


def _ask(model: OnnxModel, question: Question, doc: Doc, words: Ints, start: int, end: int) -> Answer:
    first = int(np.searchsorted(words, start))
    last = max(int(np.searchsorted(words, end)) - 1, first)
    seen = words[max(0, first - REACH) : last + REACH + 1]
    offset = max(0, first - REACH)
    first, last = first - offset, last - offset
    tags, *classes = model(
        words=doc.tensor[seen][None],
        first=np.array([first]),
        last=np.array([last]),
        distance=distance_codes(len(seen), first, last)[None],
    )
    spans = [
        LabelSpan(int(seen[span.start]), int(seen[span.end - 1]) + 1, span.label, span.score)
        for span in decode(tags[0], question.labels)
    ]
    named = {
        name: dict(zip(options, (float(p) for p in softmax(scores[0])), strict=True))
        for (name, options), scores in zip(question.classes.items(), classes, strict=True)
    }
    return Answer(spans, seen, softmax(tags[0]), named)
