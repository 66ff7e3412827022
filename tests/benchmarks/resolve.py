"""Cost of resolution, as ratios in one run: ``python -m tests.benchmarks.resolve [MOST]`` (256,000 mentions unless told)."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations

from kg.graph.resolve import block, resolve
from kg.graph.resolve.compare import compare
from kg.graph.resolve.documents import profiles, reference
from kg.graph.resolve.placing import ground
from kg.graph.resolve.profile import Profile
from tests.benchmarks.mentions import invented

WORLDS = 5
SAMPLE = 20_000  # pairs by which the cost of comparing all is reckoned


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process, with the garbage collector at rest as in ``timeit``."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def growth(most: int) -> list[tuple[int, float]]:
    """Mentions and seconds, doubling from 1,000; below 64,000 the median of several invented worlds.

    Worlds differ: in one the two most named people share a name, in the next they do not.
    """
    sizes = [1000 * 2**step for step in range(20) if 1000 * 2**step <= most]
    return [(size, statistics.median(_cost(size, seed) for seed in range(WORLDS if size < 64_000 else 1))) for size in sizes]


def _cost(size: int, seed: int) -> float:
    extractions = list(invented(size, seed))
    return seconds(partial(resolve, extractions))


def by_kind(mentions: int) -> Iterator[list[Profile]]:
    """The profiles of so many mentions, people, organisations and places apart."""
    items = list(invented(mentions))
    grounds = [ground(item) for item in items]
    refs = {chain.name: reference(chain) for item in items for chain in item.chains}
    for kind in ("PERSON", "ORG", "PLACE"):
        yield [
            found
            for item, where in zip(items, grounds, strict=True)
            for found in profiles(item, kind, refs, where, frozenset())
        ]


def kept(mentions: int) -> tuple[int, int]:
    """How many pairs of different names an exhaustive comparison joins, and how many of them the blocking proposes."""
    joined = proposed = 0
    for found in by_kind(mentions):
        firsts: dict[object, Profile] = {}
        for profile in found:
            firsts.setdefault(frozenset(profile.names), profile)
        names = list(firsts.values())
        offered = set(block.pairs(names))
        for one, other in combinations(range(len(names)), 2):
            if compare(names[one], names[other]).same:
                joined += 1
                proposed += (one, other) in offered
    return joined, proposed


def all_pairs(mentions: int) -> float:
    """Seconds that comparing each two mentions of one kind would take, reckoned from a sample of pairs."""
    source, total = random.Random(3), 0.0
    for found in by_kind(mentions):
        sample = [(source.choice(found), source.choice(found)) for _ in range(SAMPLE)]
        cost = seconds(partial(_compare_each, sample)) / SAMPLE
        total += cost * len(found) * (len(found) - 1) / 2
    return total


def _compare_each(sample: list[tuple[Profile, Profile]]) -> None:
    for one, other in sample:
        compare(one, other)


def main(most: int) -> None:
    write = sys.stdout.write
    resolve(list(invented(100)))  # the table of places is read once
    before = 0.0
    for size, cost in growth(most):
        write(f"{size:>8,} mentions {cost:8.2f} s {f'x {cost / before:.2f}' if before else ''}\n")
        sys.stdout.flush()
        before = cost
    joined, proposed = kept(min(most, 10_000))
    write(f"blocking keeps {proposed} of {joined} pairs ({proposed / max(joined, 1):.1%}) at {min(most, 10_000):,} mentions\n")
    size = min(most, 100_000)
    extractions = list(invented(size))
    ours, all_of_them = seconds(partial(resolve, extractions)), all_pairs(size)
    write(f"{size:,} mentions: {ours:.1f} s, all pairs {all_of_them:.0f} s (reckoned): {all_of_them / ours:.0f} times faster\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 256_000)
