"""Documents to Extractions: what each article says, with the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.records import Document, Extraction, check

__all__ = ["extract"]


def extract(documents: Iterable[Document]) -> Iterator[Extraction]:
    """One Extraction for each document, in order; no document depends on another.

    Raises ValueError when a piece of evidence does not match the text.
    """
    from kg.extract.pipeline import load
    from kg.extract.records import to_extraction

    nlp = load()
    for document in documents:
        extraction = to_extraction(document, nlp(document.text))
        check(extraction)
        yield extraction
