"""Reads .txt and .md files, with or without front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.read.decode import decode, load
from kg.read.document import make_document, named_fields
from kg.read.frontmatter import split_front_matter
from kg.read.markdown import without_markup
from kg.read.sanitise import sanitise
from kg.records import Document

__all__ = ["read_markdown", "read_text"]


def read_text(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Document]:
    """The one document of a plain text file."""
    data, text = split_front_matter(sanitise(decode(load(path))))
    yield make_document(text, named_fields(data))


def read_markdown(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Document]:
    """The one document of a Markdown file, as plain text; its first heading is the title when no other is given."""
    data, text = split_front_matter(sanitise(decode(load(path))))
    text, heading = without_markup(text)
    fields = named_fields(data)
    if heading:
        fields.setdefault("title", heading)
    yield make_document(text, fields)
