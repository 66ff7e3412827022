"""Words to the encoder's input: pieces, letter case, quotation and layout of each word, cut into windows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

__all__ = ["LAYOUTS", "QUOTES", "SHAPES", "Features", "Window", "featurise", "quotation", "windows"]

Span = tuple[int, int]
Ints = NDArray[np.int64]

SHAPES = ("none", "lower", "title", "upper", "mixed", "digit", "mark")
QUOTES = ("outside", "double", "single")
LAYOUTS = ("inside", "line", "paragraph")

_OPENING = {"“": "”", "„": "”", "«": "»", "»": "«", "‘": "’", '"': '"', "``": '"', "`": "'"}
_PAIRS = {"''": '"', "``": "``"}  # two marks that are printed for one
_SINGLE = frozenset("’'")
_LONGEST_QUOTE = 2000  # in characters, between straight single marks
_IN_FRONT = frozenset("‘»`'")  # open only in front of a word: elsewhere they are apostrophes or close
_QUOTED = re.compile(r"'(?=[A-Za-z])[^\n']*(?:'\w[^\n']*)*[,.?!]'(?!\w)")  # to a mark behind a comma or a stop


@dataclass(frozen=True, slots=True)
class Features:
    """What the encoder knows of a text: one list of pieces and three small codes for each word."""

    pieces: list[list[int]]
    shape: Ints
    quote: Ints
    layout: Ints


class Window(NamedTuple):
    """Words ``start`` to ``end``, read together."""

    start: int
    end: int


def featurise(text: str, spans: Sequence[Span], tokenizer: Tokenizer) -> Features:
    """Encoder input for the words at ``spans`` of ``text``."""
    words = [text[start:end] for start, end in spans]
    pieces: list[list[int]] = [[] for _ in words]
    if words:
        encoded = tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
            if word is not None:
                pieces[word].append(piece)
    unknown = tokenizer.token_to_id("[UNK]") or 0
    return Features(
        pieces=[found[:16] or [unknown] for found in pieces],
        shape=np.array([_shape(word) for word in words], dtype=np.int64),
        quote=quotation(text, spans),
        layout=_layout(text, spans),
    )


def _shape(word: str) -> int:
    if word.isdigit():
        name = "digit"
    elif not word[0].isalnum():
        name = "mark"
    elif word.islower():
        name = "lower"
    elif word.isupper() and len(word) > 1:
        name = "upper"
    elif word[0].isupper() and not any(letter.isupper() for letter in word[1:]):
        name = "title"
    else:
        name = "mixed"
    return SHAPES.index(name)


def _layout(text: str, spans: Sequence[Span]) -> Ints:
    codes = np.zeros(len(spans), dtype=np.int64)
    previous = 0
    for index, (start, end) in enumerate(spans):
        breaks = text.count("\n", previous, start)
        if index == 0 or breaks > 1:
            codes[index] = LAYOUTS.index("paragraph")
        elif breaks:
            codes[index] = LAYOUTS.index("line")
        previous = end
    return codes


def quotation(text: str, spans: Sequence[Span]) -> Ints:
    """For each word whether it stands in a quotation, marks included (codes of :data:`QUOTES`).

    Every paragraph starts outside, so that a forgotten mark spoils one paragraph at most. Apostrophes are told from
    closing single quotes by the opening one; straight marks open and close in turn, and two single ones are a double one.
    """
    codes = np.zeros(len(spans), dtype=np.int64)
    open_marks: list[str] = []
    previous = 0
    for index, (start, end) in enumerate(spans):
        if "\n" in text[previous:start]:
            open_marks.clear()
        second = start == previous and text[start - 1 : end] in _PAIRS
        previous = end
        mark = _PAIRS.get(text[start : end + 1], text[start:end])
        opened = None if second else _opens(text, start, mark, open_marks)
        if opened:
            open_marks.append(opened)
        closes = not opened and not second and mark in open_marks and _closes(text, start, mark)
        if open_marks:
            kind = "single" if all(closer in _SINGLE for closer in open_marks) else "double"
            codes[index] = QUOTES.index(kind)
        elif second:
            codes[index] = codes[index - 1]
        if closes:
            del open_marks[open_marks.index(mark) :]
    return codes


def _opens(text: str, start: int, mark: str, open_marks: Sequence[str]) -> str | None:
    """The mark that will close the quotation that ``mark`` opens, or None."""
    if mark in open_marks or (mark in _IN_FRONT and start and not text[start - 1].isspace() and text[start - 1] not in "([—"):
        return None
    if mark == "'":
        return mark if _QUOTED.match(text, start, start + _LONGEST_QUOTE) else None
    return _OPENING.get(mark)


def _closes(text: str, start: int, mark: str) -> bool:
    """Not an apostrophe."""
    return mark not in _SINGLE or not text[start + 1 : start + 2].isalnum()


def windows(features: Features, size: int) -> Iterator[Window]:
    """Cut a text into windows of at most ``size`` pieces, where a paragraph ends if that leaves no window half empty."""
    total = np.concatenate([[0], np.cumsum([len(pieces) for pieces in features.pieces])])
    breaks = np.flatnonzero(features.layout)
    start, count = 0, len(features.pieces)
    while start < count:
        end = max(int(np.searchsorted(total, total[start] + size, side="right")) - 1, start + 1)
        if end < count:
            late = breaks[(total[breaks] - total[start] >= size // 2) & (breaks <= end)]
            end = int(late[-1]) if len(late) else end
        yield Window(start, end)
        start = end
