"""Scores of many articles: figures, confidence intervals, floors, and a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any, Final

import numpy as np

from kg.records import Extraction
from kg.score.articles import NOTHING, Gold, predicted_side
from kg.score.measures import MEASURES, measure
from kg.score.tallies import PRF, Ratio, Reliability, Tally

__all__ = ["ArticleScores", "Missed", "Scores", "floors", "score", "table"]

RESAMPLES: Final = 1000
_COLUMNS: Final = "{:<24}{:>5}  {:>5}  {:>5}  95%            asked  predicted"
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ArticleScores:
    """The tally of each measure for one article; ``missing`` when nothing was predicted for it."""

    id: str
    missing: bool
    tallies: dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of some articles; the scores of more are their sum."""

    articles: tuple[ArticleScores, ...] = ()

    def __add__(self, other: Scores) -> Scores:
        return Scores(self.articles + other.articles)

    def __getitem__(self, name: str) -> Tally:
        """The sum of one of MEASURES over all articles."""
        tallies: Iterator[Any] = (article.tallies[name] for article in self.articles)
        total: Tally = reduce(add, tallies, MEASURES[name])
        return total

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of the articles without prediction: all that gold has there counts as missed."""
        return tuple(article.id for article in self.articles if article.missing)

    def figures(self) -> dict[str, float]:
        """Each figure by its name: ``"names.exact.f1"``, ``"claims.speaker"``, ``"calibration.content.ece"``."""
        return {name + figure: value for name in MEASURES for figure, value in self[name].figures().items()}

    def intervals(self, resamples: int = RESAMPLES, seed: int = 0, level: float = 0.95) -> dict[str, Interval]:
        """Bootstrap confidence intervals of the figures, over articles; (0, 0) for what was never asked.

        Where few articles hold a kind of claim, a resample without any is left out.
        """
        articles = sorted(self.articles, key=lambda article: article.id)
        count = max(len(articles), 1)
        weights = np.random.default_rng(seed).multinomial(len(articles), np.full(count, 1 / count), resamples)[
            :, : len(articles)
        ]
        cuts = (50 - 50 * level, 50 + 50 * level)
        found: dict[str, Interval] = {}
        for name, empty in MEASURES.items():
            counts = np.array([article.tallies[name].counts for article in articles]).reshape(len(articles), len(empty.counts))
            drawn = [type(empty).of(row.tolist()).figures() for row in weights @ counts if row.any()]
            for figure in empty.figures():
                low, high = np.percentile([figures[figure] for figures in drawn], cuts) if drawn else (0.0, 0.0)
                found[name + figure] = float(low), float(high)
        return found


def score(gold: Iterable[Gold], extractions: Mapping[str, Extraction]) -> Scores:
    """Compare each article of gold with the extraction under its id.

    A missing extraction counts as an empty one; ValueError when an extraction is of another text than gold.
    """
    articles = []
    for article in gold:
        extraction = extractions.get(article.id)
        if extraction is not None and extraction.document.text != article.text:
            raise ValueError(f"the text of {article.id} is not the one that was annotated")
        side = NOTHING if extraction is None else predicted_side(extraction)
        articles.append(ArticleScores(article.id, extraction is None, measure(article, side)))
    return Scores(tuple(articles))


# ------------------------------------------------------------------ floors
@dataclass(frozen=True, slots=True)
class Missed:
    """A figure that is worse than its pinned floor; for calibration errors the floor is a ceiling."""

    name: str
    floor: float
    value: float

    def __str__(self) -> str:
        return f"{self.name} is {self.value:.4f}, {'above' if self.value > self.floor else 'below'} {self.floor:.4f}"


def floors(scores: Scores, path: str | Path, group: str | None = None) -> list[Missed]:
    """The floors of a JSON file (figure name to number) that ``scores`` miss; ValueError for a figure that does not exist.

    ``group`` names a part of a file that holds the floors of several gold sets; KeyError when there is none.
    """
    figures = scores.figures()
    pinned = json.loads(Path(path).read_text(encoding="utf-8"))
    missed = []
    for name, floor in (pinned if group is None else pinned[group]).items():
        if name not in figures:
            raise ValueError(f"{path}: no such figure: {name}")
        worse = figures[name] - floor if name.endswith(".ece") else floor - figures[name]
        if worse > 1e-9:
            missed.append(Missed(name, floor, figures[name]))
    return missed


# ------------------------------------------------------------------ table
def table(scores: Scores, resamples: int = RESAMPLES, seed: int = 0) -> str:
    """The scores as text, one line a measure, under the name of its layer."""
    intervals = scores.intervals(resamples, seed)
    lines = [
        f"{len(scores.articles)} articles, {len(scores.missing)} without prediction",
        "F1, or the share of right answers, or the calibration error, with its 95% interval (bootstrap over articles)",
    ]
    layer = ""
    for name in MEASURES:
        if name.split(".")[0] != layer:
            layer = name.split(".")[0]
            lines += ["", _COLUMNS.format(layer, *(("P", "R", "F1") if layer != "calibration" else ("", "", "ECE")))]
        lines.append(_line(name.removeprefix(f"{layer}."), scores[name], intervals, name))
    for name in MEASURES:
        lines += _bins(name, scores[name])
    return "\n".join(lines) + "\n"


def _line(label: str, tally: Tally, intervals: Mapping[str, Interval], name: str) -> str:
    """One row; the last of a tally's figures is its main one."""
    figure = list(tally.figures())[-1]
    low, high = intervals[name + figure]
    match tally:
        case PRF():
            start, end = f"{tally.precision:.3f}  {tally.recall:.3f}", f"{tally.gold:>5.0f}  {tally.predicted:>9.0f}"
        case Ratio():
            start, end = "", f"{tally.asked:>5.0f}"
        case Reliability():
            start, end = "", f"{'':>5}  {sum(bin.count for bin in tally.bins):>9.0f}"
    if not any(tally.counts):
        return f"  {label:<22}{'':>12}      -  {'':>11}  {end}"
    return f"  {label:<22}{start:>12}  {tally.main:.3f}  {low:.3f}-{high:.3f}  {end}"


def _bins(name: str, tally: Tally) -> Iterable[str]:
    """The reliability table of a calibration measure; nothing for another."""
    if isinstance(tally, Reliability) and any(tally.counts):
        yield f"\n{name:<24}  score  right  answers"
        for bin in tally.bins:
            if bin.count:
                yield f"  {bin.low:.1f} to {bin.high:.1f}{'':<14}{bin.confidence:.3f}  {bin.accuracy:.3f}  {bin.count:>7.0f}"
