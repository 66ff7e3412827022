"""Compares gold and predicted records as sets; imports no model.

    >>> from kg.score import read_gold, score, table
    >>> gold = read_gold("gold.jsonl.gz")
    >>> scores = score(gold, {article.id: extraction for article, extraction in zip(gold, extractions)})
    >>> text = table(scores)

A measure counts what was missed as well as what was found, and counts add up: ``score(a, x) + score(b, x)``
equals ``score(a + b, x)``.
"""

from __future__ import annotations

from kg.score.articles import Gold, Side, neutral, read_gold
from kg.score.measures import MEASURES
from kg.score.plot import reliability_plot
from kg.score.report import ArticleScores, Missed, Scores, floors, score, table
from kg.score.tallies import PRF, Bin, Ratio, Reliability

__all__ = [
    "MEASURES",
    "PRF",
    "ArticleScores",
    "Bin",
    "Gold",
    "Missed",
    "Ratio",
    "Reliability",
    "Scores",
    "Side",
    "floors",
    "neutral",
    "read_gold",
    "reliability_plot",
    "score",
    "table",
]
