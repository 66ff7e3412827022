"""Text to words: the units that every component of the pipeline counts in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

__all__ = ["DETERMINERS", "WordTokenizer", "compound_end", "create_tokenizer", "text_of", "word_spans"]

DETERMINERS = frozenset(("the", "a", "an", "its", "his", "her", "their", "our"))
_HYPHENS = frozenset("-‐‑")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_GAP = re.compile(r"\s+")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Character offsets of the words of ``text``: runs of letters and digits, and single punctuation marks.

    Words are cut finer than in spaCy's English tokenizer ("U.S." is four words), so that each is one or
    several whole pieces of the encoder's vocabulary and every span has exact borders.
    """
    return [match.span() for match in _TOKEN.finditer(text)]


def text_of(doc: Doc) -> str:
    """``doc.text``, kept: spaCy puts it together from the tokens whenever it is asked for."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text


class WordTokenizer:
    """A spaCy tokenizer over :func:`word_spans`; white space beyond one blank becomes a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for start, end in word_spans(text):
            _add_gap(text[position:start], words, spaces)
            words.append(text[start:end])
            spaces.append(False)
            position = end
        _add_gap(text[position:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> WordTokenizer:
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing to write: the tokenizer has no state."""

    def from_disk(self, _path: Any, **_: Any) -> WordTokenizer:
        return self


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    if not gap:
        return
    if words and gap[0] == " ":
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


@registry.tokenizers("kg.words.v1")  # type: ignore[untyped-decorator]  # catalogue is untyped
def create_tokenizer() -> Callable[[Language], WordTokenizer]:
    def create(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab)

    return create


def compound_end(doc: Doc, end: int) -> int:
    """The end of a word with hyphens that token ``end`` stands in or behind: "EB-5" is not cut in two."""
    while end < len(doc) and not doc[end - 1].whitespace_ and (doc[end].text in _HYPHENS or doc[end - 1].text in _HYPHENS):
        end += 1
    return end
