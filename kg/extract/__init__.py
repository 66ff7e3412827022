"""Documents to Extractions: what each article says, with the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.records import Document, Extraction, check

__all__ = ["extract"]


def extract(documents: Iterable[Document], *, nlp: str | None = None) -> Iterator[Extraction]:
    """One Extraction for each document, in order; no document depends on another.

    ``nlp`` names an installed spaCy pipeline that brings the people, organisations and places.  Raises ValueError when
    a piece of evidence does not match the text, OSError when there is no such pipeline.
    """
    from kg.extract.pipeline import load
    from kg.extract.records import to_extraction

    pipeline = load(nlp=nlp)
    for document in documents:
        extraction = to_extraction(document, pipeline(document.text))
        check(extraction)
        yield extraction
