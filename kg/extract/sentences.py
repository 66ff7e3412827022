"""spaCy component kg_sentences: where sentences begin, by marks, capitals, abbreviations and line breaks."""

from __future__ import annotations

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

__all__ = ["create_sentences", "split_sentences"]

_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sen sens rep reps gov govs gen col lt capt sgt maj adm st mt jr sr vs inc corp co ltd no nos
    vol fig jan feb mar apr jun jul aug sep sept oct nov dec rev hon pres supt cmdr dept univ assn bros messrs
    dist
    """.split()
)


def split_sentences(doc: Doc) -> Doc:
    """Sets ``token.is_sent_start``; a sentence never crosses a line break, and closing quotes stay with it."""
    starts = [index == 0 or _begins(doc, index) for index in range(len(doc))]
    codes = np.where(starts, 1, -1).astype(np.uint64)
    doc.from_array(["SENT_START"], codes)  # type: ignore[arg-type]  # the stub asks for what spaCy warns of
    return doc


def sentence_at(doc: Doc, index: int) -> Span:
    """The sentence of the token at ``index``."""
    start, end = index, index + 1
    while start > 0 and not doc[start].is_sent_start:
        start -= 1
    while end < len(doc) and not doc[end].is_sent_start:
        end += 1
    return doc[start:end]


def _begins(doc: Doc, index: int) -> bool:
    if doc[index].is_space:
        return False
    before = index - 1
    line_break = False
    while before >= 0 and doc[before].is_space:
        line_break = line_break or "\n" in doc[before].text
        before -= 1
    if line_break or before < 0:
        return True
    if not (doc[before].whitespace_ or before < index - 1):
        return False
    while before > 0 and doc[before].text in _CLOSERS and not doc[before].is_space:
        before -= 1
    if doc[before].text not in _STOPS or not _may_start(doc[index].text):
        return False
    return doc[before].text != "." or not _abbreviated(doc, before)


def _may_start(word: str) -> bool:
    return not word[0].islower() and word not in _CLOSERS - {'"', "'"} and word not in ",;:"


def _abbreviated(doc: Doc, stop: int) -> bool:
    """The full stop at ``stop`` belongs to an abbreviation: a title, a month, or initials such as "U.S."."""
    if stop == 0 or doc[stop - 1].whitespace_:
        return False
    word = doc[stop - 1]
    if word.lower_ in _ABBREVIATIONS:
        return True
    return len(word) == 1 and word.is_alpha and word.is_upper


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
def create_sentences(nlp: Language, name: str) -> object:
    return split_sentences
