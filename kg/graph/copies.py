"""Articles that are copies of one another: a wire story in several papers is one origin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.names import plain
from kg.records import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Copy", "copies"]

_SHINGLE: Final = 4  # words
_LEAST: Final = 20  # shingles: shorter texts are alike by chance
_CONTAINED: Final = 0.7
_PERMUTATIONS: Final = 128
_CANDIDATES: Final = 0.4  # estimated Jaccard similarity from which two texts are compared exactly


class Copy(NamedTuple):
    """``copy`` and ``original`` are ids of documents; ``score`` is the share of the shorter text that the other holds."""

    copy: str
    original: str
    score: float


def copies(documents: Iterable[Document]) -> list[Copy]:
    """Each copy with its original: the first to be published, of one day the outlet that the others name in their text.

    Candidates by MinHash over shingles of four words (Broder 1997), with a fixed seed; decided by exact containment.
    ``documents`` is gone through twice, so that only the texts of candidates are in memory.
    """
    pairs = _candidates(documents)
    wanted = {id for pair in pairs for id in pair}
    known = {item.id: item for item in documents if item.id in wanted}
    shingles = {id: _shingles(item.text) for id, item in known.items()}
    leader = {id: id for id in wanted}
    for one, other in pairs:
        if _contained(shingles[one], shingles[other]) >= _CONTAINED:
            first, second = sorted((_root(leader, one), _root(leader, other)))
            leader[second] = first
    groups: dict[str, list[Document]] = defaultdict(list)
    for id in sorted(wanted):
        groups[_root(leader, id)].append(known[id])
    found: list[Copy] = []
    for group in groups.values():
        original = _original(group)
        shared = ((item.id, _contained(shingles[item.id], shingles[original.id])) for item in group if item is not original)
        found += [Copy(id, original.id, round(score, 3)) for id, score in shared]
    return sorted(found)


def _candidates(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Pairs of documents that are alike in all rows of some band of their sketches (locality-sensitive hashing)."""
    import numpy as np
    from datasketch import MinHash, MinHashLSH

    sketches: dict[str, NDArray[np.uint32]] = {}
    for item in documents:
        if len(shingles := _shingles(item.text)) >= _LEAST:
            sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
            sketch.update_batch([shingle.encode() for shingle in sorted(shingles)])
            sketches[item.id] = sketch.hashvalues.astype(np.uint32)  # the hash has 32 bits
    plan = MinHashLSH(threshold=_CANDIDATES, num_perm=_PERMUTATIONS)
    pairs: set[tuple[str, str]] = set()
    for start in range(0, plan.b * plan.r, plan.r):
        band: dict[bytes, list[str]] = defaultdict(list)
        for id in sorted(sketches):
            band[sketches[id][start : start + plan.r].tobytes()].append(id)
        pairs.update(pair for group in band.values() for pair in combinations(group, 2))
    return sorted(pairs)


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", plain(text))
    return frozenset(" ".join(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def _root(leader: dict[str, str], id: str) -> str:
    while leader[id] != id:
        id = leader[id]
    return id


def _original(group: Sequence[Document]) -> Document:
    def named(item: Document) -> int:
        """How many of the texts name the outlet of this one, as in "(Tagus Wire) -"."""
        return sum(bool(item.publisher) and str(item.publisher) in other.text for other in group)

    return min(group, key=lambda item: (item.published or "~", -named(item), item.id))
