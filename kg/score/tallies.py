"""Counts behind the figures: each kind of tally adds up, so that parts can be scored apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["PRF", "Bin", "Ratio", "Reliability", "Tally"]

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class PRF:
    """How much of gold was found, and how much of the predicted was right (two counts that differ only in B-cubed)."""

    found: float = 0.0
    gold: float = 0.0
    right: float = 0.0
    predicted: float = 0.0

    @classmethod
    def matched(cls, hits: int, gold: int, predicted: int) -> PRF:
        """A one-to-one matching of ``hits`` pairs."""
        return cls(hits, gold, hits, predicted)

    @classmethod
    def of(cls, counts: Sequence[float]) -> PRF:
        return cls(*counts)

    @property
    def counts(self) -> tuple[float, ...]:
        return (self.found, self.gold, self.right, self.predicted)

    def __add__(self, other: PRF) -> PRF:
        return PRF(*_sums(self.counts, other.counts))

    @property
    def precision(self) -> float:
        return _share(self.right, self.predicted)

    @property
    def recall(self) -> float:
        return _share(self.found, self.gold)

    @property
    def f1(self) -> float:
        return _share(2 * self.precision * self.recall, self.precision + self.recall)

    def figures(self) -> dict[str, float]:
        return {".precision": self.precision, ".recall": self.recall, ".f1": self.f1}

    @property
    def main(self) -> float:
        return self.f1


@dataclass(frozen=True, slots=True)
class Ratio:
    """The share of right answers among those asked for."""

    right: float = 0
    asked: float = 0

    @classmethod
    def count(cls, answers: Iterable[bool]) -> Ratio:
        given = list(answers)
        return cls(sum(given), len(given))

    @classmethod
    def of(cls, counts: Sequence[float]) -> Ratio:
        return cls(*counts)

    @property
    def counts(self) -> tuple[float, ...]:
        return (self.right, self.asked)

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.right + other.right, self.asked + other.asked)

    @property
    def share(self) -> float:
        return _share(self.right, self.asked)

    def figures(self) -> dict[str, float]:
        return {"": self.share}

    @property
    def main(self) -> float:
        return self.share


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose score lies between ``low`` and ``high``: how many, how sure on average, and how many of them right."""

    low: float
    high: float
    count: float
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Scores against what was right, in ten bins of equal width: counts, sums of scores, and right answers."""

    counts: tuple[float, ...] = (0.0,) * (3 * BINS)

    @classmethod
    def count(cls, answers: Iterable[tuple[float, bool]]) -> Reliability:
        """From pairs of a score and whether the answer was right."""
        counts = [0.0] * (3 * BINS)
        for score, right in answers:
            bin = min(max(int(score * BINS), 0), BINS - 1)
            counts[bin] += 1
            counts[BINS + bin] += score
            counts[2 * BINS + bin] += right
        return cls(tuple(counts))

    @classmethod
    def of(cls, counts: Sequence[float]) -> Reliability:
        return cls(tuple(counts))

    def __add__(self, other: Reliability) -> Reliability:
        return Reliability(_sums(self.counts, other.counts))

    @property
    def bins(self) -> tuple[Bin, ...]:
        """For a reliability plot; an empty bin has confidence and accuracy 0."""
        columns = zip(self.counts[:BINS], self.counts[BINS : 2 * BINS], self.counts[2 * BINS :], strict=True)
        return tuple(
            Bin(i / BINS, (i + 1) / BINS, n, _share(total, n), _share(right, n)) for i, (n, total, right) in enumerate(columns)
        )

    @property
    def ece(self) -> float:
        """The expected calibration error: how far confidence lies from accuracy, on average over the answers."""
        return _share(sum(bin.count * abs(bin.confidence - bin.accuracy) for bin in self.bins), sum(self.counts[:BINS]))

    def figures(self) -> dict[str, float]:
        return {".ece": self.ece}

    @property
    def main(self) -> float:
        return self.ece


Tally = PRF | Ratio | Reliability


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _sums(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))
