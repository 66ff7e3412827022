"""Attributions that hold the same words: which of them keeps what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Span

if TYPE_CHECKING:
    from kg.extract.attribution import Attribution

__all__ = ["distinct", "in_order"]

_NEARLY_ALL = 0.7
_HALF = 0.5


def distinct(found: Iterable[Attribution]) -> list[Attribution]:
    """Of attributions that report nearly the same words, the turn of a transcript, else the surest; in order of the text."""
    kept: list[tuple[Attribution, set[int]]] = []
    for item in sorted(_apart(list(found)), key=lambda item: (not item.verbatim, -item.score, item.cue.start)):
        words = _words(item.content)
        if not any(len(words & other) > _NEARLY_ALL * len(words | other) for _, other in kept):
            kept.append((item, words))
    return in_order(item for item, _ in kept)


def in_order(found: Iterable[Attribution]) -> list[Attribution]:
    return sorted(found, key=lambda item: (item.content[0].start, item.cue.start))


def _apart(found: Sequence[Attribution]) -> list[Attribution]:
    """A piece that two cues claim goes to the one that has no other, or else to the nearer one."""
    return [_without(item, [other for other in found if other is not item]) for item in found]


def _without(item: Attribution, others: Sequence[Attribution]) -> Attribution:
    if len(item.content) == 1:
        return item
    own = tuple(piece for piece in item.content if not any(_belongs(piece, item, other) for other in others))
    return replace(item, content=own) if own else item


def _belongs(piece: Span, item: Attribution, other: Attribution) -> bool:
    """Whether ``piece`` of ``item`` is rather the other's."""
    words = _words((piece,))
    shared = next((mine for mine in other.content if len(words & _words((mine,))) > _HALF * min(len(piece), len(mine))), None)
    if shared is None:
        return False
    return len(other.content) == 1 or _gap(other.cue, shared) < _gap(item.cue, piece)


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _words(pieces: Iterable[Span]) -> set[int]:
    return {i for piece in pieces for i in range(piece.start, piece.end)}
