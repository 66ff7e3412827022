"""Scores that mean what they say: what is known of an answer to the probability that it is right."""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = ["chance", "log_odds"]


def chance(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The probability of a logistic regression; 0.5 without weights."""
    score = sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-min(max(score, -30.0), 30.0)))


def log_odds(probability: float) -> float:
    """Log odds, cut off at 5 (1 to 150) and scaled to -1 and 1."""
    clipped = min(max(probability, 0.0067), 0.9933)
    return math.log(clipped / (1 - clipped)) / 5
