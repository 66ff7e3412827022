"""The id of a document, from nothing but its content."""

from __future__ import annotations

import hashlib

from kg.slugs import slug

__all__ = ["document_id"]


def document_id(url: str | None, publisher: str | None, published: str | None, title: str | None, text: str) -> str:
    """A readable beginning and 12 hexadecimal digits: the same for the same content, wherever and whenever it is read."""
    parts = (url or "", publisher or "", published or "", title or "", text)
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug(title or text.lstrip()[:200]) or 'x'}-{digest[:12]}"
