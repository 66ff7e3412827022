"""The few weights behind the heads: what was planted is found again."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("torch", reason="training needs torch")

from kg.extract.calibration import chance, log_odds
from kg.extract.candidates import Candidate, probabilities
from kg.train.tune import fit_chance, fit_choice


def test_the_candidate_that_is_mostly_right_becomes_the_likeliest() -> None:
    draw = random.Random(5)
    asked = []
    for _ in range(300):
        found = [Candidate((), {"head": draw.uniform(-1, 1), "near": draw.random()}) for _ in range(4)]
        asked.append((found, max(range(4), key=lambda i: found[i].values["head"])))
    weights = fit_choice(asked)
    assert weights["head"] > 3 * abs(weights["near"])
    right = sum(max(range(4), key=probabilities(found, weights).__getitem__) == place for found, place in asked)
    assert right > 285


def test_chances_agree_with_what_happens() -> None:
    draw = random.Random(6)
    planted = {"bias": 0.5, "score": 2.0}
    signs = [{"bias": 1.0, "score": draw.uniform(-1, 1)} for _ in range(4000)]
    weights = fit_chance([(one, draw.random() < chance(planted, one)) for one in signs], decay=0.0)
    assert weights == pytest.approx(planted, abs=0.25)


def test_a_probability_has_its_odds() -> None:
    assert chance({"odds": 5.0}, {"odds": log_odds(0.8)}) == pytest.approx(0.8)
    assert chance({}, {"odds": 3.0}) == 0.5
    assert 0 < chance({"odds": 1e9}, {"odds": -1.0}) < 1e-9
