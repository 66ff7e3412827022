"""What tells whether a claim is right: the signs that its score is reckoned from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Span

from kg.extract.anchors import Answer
from kg.extract.calibration import log_odds
from kg.extract.tags import LabelSpan

__all__ = ["agreement", "signs"]


def signs(
    cue: LabelSpan, source: Span | None, content: Sequence[Span], answer: Answer, quotations: Iterable[tuple[int, int]]
) -> dict[str, float]:
    """What tells whether a claim with this content is reported: values of 0 to 1 or -1 to 1, named for the fitted weights."""
    said = dict(zip(map(int, answer.words), answer.scores[:, 3:5].sum(axis=1), strict=True))
    inside = [float(said[i]) for piece in content for i in range(piece.start, piece.end) if i in said]
    edges = [float(said.get(i, 0.0)) for piece in content for i in (piece.start - 2, piece.start - 1, piece.end, piece.end + 1)]
    words = sum(len(piece) for piece in content)
    return {
        "bias": 1.0,
        "claim": log_odds(answer.classes["claim"]["yes"]),
        "cue": log_odds(cue.score),
        "content": log_odds(sum(inside) / max(len(inside), 1)),
        "weakest": min(inside, default=0.0),
        "edges": max(edges, default=0.0),
        "source": float(source is not None),
        "pieces": float(len(content) > 1),
        "short": 1 / (1 + words / 4),
        "quoted": float(any(start < piece.end and piece.start < end for piece in content for start, end in quotations)),
    }


def agreement(content: Sequence[Span], said: Mapping[int, float]) -> dict[str, float]:
    """What the words say by themselves: is all of the content reported speech, and does it end where that ends?"""
    inside = [float(said.get(i, 0.0)) for piece in content for i in range(piece.start, piece.end)]
    beside = [float(said.get(i, 0.0)) for piece in content for i in (piece.start - 1, piece.end)]
    return {"reported": log_odds(sum(inside) / max(len(inside), 1)), "beside": max(beside, default=0.0)}
