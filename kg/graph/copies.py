"""Articles that are copies of one another: a wire story in several papers is one origin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kg.names import plain
from kg.records import Document

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
    """
    from datasketch import MinHash, MinHashLSH

    known = {item.id: item for item in documents}
    shingles = {id: words for id, item in known.items() if len(words := _shingles(item.text)) >= _LEAST}
    index = MinHashLSH(threshold=_CANDIDATES, num_perm=_PERMUTATIONS)
    leader = {id: id for id in shingles}
    for id in sorted(shingles):
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
        sketch.update_batch([shingle.encode() for shingle in sorted(shingles[id])])
        for other in sorted(index.query(sketch)):
            if _contained(shingles[id], shingles[other]) >= _CONTAINED:
                first, second = sorted((_root(leader, id), _root(leader, other)))
                leader[second] = first
        index.insert(id, sketch)
    groups: dict[str, list[Document]] = defaultdict(list)
    for id in sorted(shingles):
        groups[_root(leader, id)].append(known[id])
    found: list[Copy] = []
    for group in groups.values():
        original = _original(group)
        shared = ((item.id, _contained(shingles[item.id], shingles[original.id])) for item in group if item is not original)
        found += [Copy(id, original.id, round(score, 3)) for id, score in shared]
    return sorted(found)


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
