"""The whole run: read, extract, resolve, and build one graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from kg.graph import KnowledgeGraph, build_graph, resolve
from kg.records import Document, Skipped

__all__ = ["Progress", "build", "build_from"]

Progress = Callable[[int, int, str], None]


def build(
    source: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    on_skip: Callable[[Skipped], None] | None = None,
    on_progress: Progress | None = None,
    nlp: str | None = None,
) -> KnowledgeGraph:
    """The knowledge graph of a file or a folder of news.

    ``columns`` maps the fields of a document to the keys of .jsonl rows.  ``on_skip`` hears of every input that
    gave no document; ``on_progress`` gets the number of documents read, of all, and the title.
    ``nlp`` names an installed spaCy pipeline that brings the people, organisations and places.  Raises FileNotFoundError
    when there is no such source.

    >>> import kg
    >>> graph = kg.build("seeds/")  # doctest: +SKIP
    """
    from kg.read import read

    documents = list(read(source, on_skip=on_skip, columns=columns))
    return build_from(documents, on_progress=on_progress, nlp=nlp)


def build_from(documents: Iterable[Document], *, on_progress: Progress | None = None, nlp: str | None = None) -> KnowledgeGraph:
    """The knowledge graph of documents at hand; their order does not matter."""
    from kg.extract import extract

    ordered = sorted(documents, key=lambda document: document.id)
    extractions = []
    for extraction in extract(ordered, nlp=nlp):
        extractions.append(extraction)
        if on_progress:
            on_progress(len(extractions), len(ordered), extraction.document.title or extraction.document.id)
    return build_graph(extractions, resolve(extractions))
