"""Which chains are worth comparing: those that share a key, so that cost grows with the text, not with its square."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.names import name_words, plain
from kg.records import Chain

__all__ = ["Candidate", "names_of", "pairs"]

MOST_IN_BLOCK: Final = 2000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chain of one document, its names as words, and the other things that the document names."""

    chain: Chain
    names: frozenset[tuple[str, ...]]
    fullest: tuple[str, ...]
    context: frozenset[tuple[str, ...]]
    roles: frozenset[str]

    @property
    def kind(self) -> str:
        return self.chain.kind


def pairs(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Pairs of positions in ``candidates``, each once; a block larger than ``MOST_IN_BLOCK`` is compared in a line."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        for key in sorted(_keys(candidate)):
            blocks[candidate.kind, key].append(index)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for pair in _within(block):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _within(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(block) > MOST_IN_BLOCK:
        yield from pairwise(block)
        return
    for i, first in enumerate(block):
        for second in block[i + 1 :]:
            yield first, second


def _keys(candidate: Candidate) -> set[str]:
    """A person by surname, an event by its whole name, anything else by whole names and acronyms."""
    if candidate.kind == "PERSON":
        return {name[-1] for name in candidate.names if name}
    keys = {" ".join(name) for name in candidate.names}
    if candidate.kind == "ORG":
        keys |= {plain(mention.text) for mention in candidate.chain.mentions if mention.text.isupper()}
    return keys


def names_of(chain: Chain) -> frozenset[tuple[str, ...]]:
    """The names of a chain as words; empty ones are left out."""
    found = (name_words(mention.text, chain.kind) for mention in chain.mentions)
    return frozenset(name for name in found if name)
