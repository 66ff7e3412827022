"""The README's table of speed, from one run: ``python -m tests.benchmarks.table`` prints it as markdown (7 minutes or so)."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from itertools import pairwise

from kg.graph.resolve import resolve
from tests.benchmarks import scale
from tests.benchmarks.mentions import invented
from tests.benchmarks.resolve import all_pairs, growth, kept

MOST = 64_000  # mentions
COMPARED = 32_000  # mentions at which resolving is set against comparing all pairs


def resolving() -> scale.Rows:
    resolve(list(invented(100)))  # the table of places is read once
    costs = growth(MOST)
    steps = [after / before for (_, before), (_, after) in pairwise(costs)]
    joined, proposed = kept(10_000)
    ours = dict(costs)[COMPARED]
    yield "names across articles", f"{MOST / costs[-1][1]:,.0f} mentions/s"
    yield f"time(2n) / time(n), 1,000 to {MOST:,} mentions", f"{statistics.median(steps):.2f}, at most {max(steps):.2f}"
    yield "pairs that blocking keeps, 10,000 mentions", f"{proposed} of {joined}"
    yield f"against comparing all pairs, {COMPARED:,} mentions", f"{all_pairs(COMPARED) / ours:,.0f} times faster"


def parts() -> Iterator[tuple[str, scale.Rows]]:
    yield "extraction, one core", scale.extraction()
    yield "resolving, one core", resolving()
    yield "ledger", scale.ledger()
    yield "whole builds", scale.again()
    yield "workers", scale.workers()


def main() -> None:
    write = sys.stdout.write
    write("| Part | What | Figure |\n|---|---|---|\n")
    for part, rows in parts():
        for what, figure in rows:
            write(f"| {part} | {what} | {figure} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
