"""How words sound: spellings of one name in Latin letters, whatever script or language they come from."""

from __future__ import annotations

import functools
import re
from typing import Final

from rapidfuzz.distance import OSA

__all__ = ["COMMON_PLACES", "Likeness", "alike", "skeleton", "sound"]

# In this order; capitals stand for sounds that take two letters: C as in "church", X as in "ship".
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsch|tch|tsh|cz", "C"),
        (r"sch|sh|sz", "X"),
        (r"ch", "C"),
        (r"dj", "d"),
        (r"kh|ck|q", "k"),
        (r"(?<=[gdtrb])h", ""),
        (r"ph|ff", "f"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"t[sz]|z", "s"),
        (r"w", "v"),
        (r"h(?![aeiouy])", ""),
        (r"ai|ay|ei|ey", "i"),
        (r"ae", "a"),
        (r"ou|oo|ue|u|oe|o", "u"),
        (r"ee|ie|iy|e|y|j", "i"),
        (r"(.)\1+", r"\1"),
    )
)

COMMON_PLACES: Final = frozenset(
    "dam river reservoir lake valley mountain mount bay gulf strait island province region district".split()
)
"""Words that a place may carry before or after its name, or do without."""

Likeness = int
"""3 the same letters, 2 the same sound, 1 the same consonants or one letter of many astray, 0 nothing of this."""


@functools.lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A word of :func:`kg.names.plain` letters as it sounds: "kovaltchuk" and "kovalchuk" are one."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


@functools.lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The first sound and the consonants after it; every vowel in front is "a", and "ch" is "sh" as in French, "f" is "v"."""
    heard = sound(word).replace("C", "X").replace("f", "v")
    first = "a" if heard[:1] in "aiu" else heard[:1]
    return first + re.sub(r"[aiuh]", "", heard[1:])


@functools.lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> Likeness:
    """How near two words are."""
    if one == other:
        return 3
    if min(len(one), len(other)) < 3:
        return 0
    if sound(one) == sound(other):
        return 2
    if min(len(one), len(other)) >= 5 and skeleton(one) == skeleton(other) and len(skeleton(one)) > 2:
        return 1
    return int(min(len(one), len(other)) >= 7 and OSA.distance(one, other, score_cutoff=1) == 1)
