"""Transcripts: a line that begins with a name and a colon is what that person said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Span

from kg.extract.words import text_of

__all__ = ["turns"]

_TURN: Final = re.compile(r"(?m)^[“\"]?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})(?: \([^)\n]{1,40}\))?(:) (?=\S)")
_MARKS: Final = '“"'
_NEXT: Final = re.compile(r"\n+[“\"](?!\()")
_LEAST_TURNS: Final = 2


def turns(doc: Doc) -> Iterator[tuple[Span, Span, tuple[Span, ...]]]:
    """Source, cue and content of each turn: "OKORO: We never ...", up to the end of its paragraph.

    A text is a transcript when it has several turns whose names are written in capitals or recur; a single
    "Name: words" is left to the trained heads, since it may be a headline or a list.  Where a turn opens with a quotation
    mark, the paragraphs behind it that open with one and name nobody go on with it.
    """
    text = text_of(doc)
    found = [match for match in _TURN.finditer(text) if _is_speaker(doc, match)]
    if len(found) < _LEAST_TURNS:
        return
    for match in found:
        source = doc.char_span(*match.span(1), label="SOURCE")
        cue = doc.char_span(*match.span(2), label="CUE")
        pieces = [doc.char_span(*lines, label="CONTENT", alignment_mode="contract") for lines in _spoken(text, match)]
        content = tuple(piece for piece in pieces if piece is not None)
        if content and source is not None and cue is not None:
            yield source, cue, content


def _spoken(text: str, turn: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The line of the turn, and those that go on with it."""
    start, end = turn.end(), _line_end(text, turn.end())
    yield start, end
    while text[turn.start()] in _MARKS and (following := _NEXT.match(text, end)) and not _TURN.match(text, following.end() - 1):
        start, end = following.end() - 1, _line_end(text, following.end())
        yield start, end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _is_speaker(doc: Doc, match: re.Match[str]) -> bool:
    """Written in capitals, or the name of a person found in the text."""
    name = match[1]
    letters = [letter for letter in name if letter.isalpha()]
    if len(letters) > 2 and all(letter.isupper() for letter in letters):
        return True
    return any(e.label_ == "PERSON" and e.start_char <= match.start(1) and e.end_char >= match.end(1) for e in doc.ents)
