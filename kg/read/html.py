"""Reads .html files: the article by trafilatura, with its title, date, site and address; nothing is fetched."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.read.decode import decode, sanitise
from kg.read.document import make_document
from kg.read.files import Unreadable, load
from kg.records import Document

__all__ = ["read_html"]

# Dates come from the page's own marks: no guess from its text, and no clock that decides what is in the future.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1500-01-01", "max_date": "2999-12-31"}
_DECLARATION = re.compile(r"\s{0,99}<\?xml[^<>]{0,200}\?>")  # the page is decoded already
_MOST_ELEMENTS = 50_000
_QUIET = logging.NullHandler()


def read_html(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Document]:
    """The one article of a web page."""
    from trafilatura import bare_extraction, load_html

    page = sanitise(decode(load(path), markup=True))
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(_QUIET)  # else their errors land on the terminal
    tree = load_html(_DECLARATION.sub("", page, count=1) if page.lstrip().startswith("<?xml") else page)
    if tree is None:
        raise Unreadable("no text", "not a web page, or one that no parser can follow")
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise Unreadable("too large", f"more than {_MOST_ELEMENTS:,} elements")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found = bare_extraction(tree, fast=True, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES))
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise Unreadable("no text", "no article on the page")
    fields = {
        "title": found.title,
        "published": found.date,
        "publisher": found.sitename,
        "url": found.url,
        "language": language,
    }
    text = str(found.text).replace("\n", "\n\n")  # a line is a paragraph here
    yield make_document(text, {name: value for name, value in fields.items() if value})
