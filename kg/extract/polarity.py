"""Cues that deny: whoever disputes a statement does not make it."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Span

__all__ = ["denies"]

_DENYING: Final = tuple(
    f"{stem}{ending}"
    for stem, endings in {
        "den": ("y", "ies", "ied", "ying"),
        "disput": ("e", "es", "ed", "ing"),
        "reject": ("", "s", "ed", "ing"),
        "dismiss": ("", "es", "ed", "ing"),
        "refut": ("e", "es", "ed", "ing"),
        "rebut": ("", "s", "ted", "ting"),
    }.items()
    for ending in endings
)
_NEGATIONS: Final = frozenset(("not", "never", "t", "without", "no"))


def denies(cue: Span) -> bool:
    """ "disputed", "has denied"; not "did not deny"."""
    words = {token.lower_ for token in cue}
    return bool(words.intersection(_DENYING)) and not words & _NEGATIONS
