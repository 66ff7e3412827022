"""Bytes to Documents; knows nothing of language.

A reader is a function ``(path, columns)`` that yields Documents (and a Skipped for each bad row), or raises
:class:`Unreadable` for the whole file.  It registers under the suffix it reads in the entry-point group ``kg.readers``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.read.files import REASONS, Unreadable, files_of, shown
from kg.records import Document, Skipped

__all__ = ["REASONS", "Reader", "Unreadable", "read"]

Reader = Callable[[Path, Mapping[str, str] | None], Iterator[Document | Skipped]]

_GROUP = "kg.readers"


def read(
    source: str | os.PathLike[str],
    on_skip: Callable[[Skipped], None] | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Document]:
    """The documents of ``source``, a file or a folder, in the order of the names.

    ``on_skip`` is called once for each input that gives no document.  ``columns`` says under which names a file of
    rows holds the fields: ``{"text": "body", "title": "headline"}``.  FileNotFoundError if there is no ``source``.
    """
    path = Path(source)
    if not os.path.lexists(path):
        raise FileNotFoundError(f"There is no file or folder {shown(path)!r} to read.")
    return _documents(path, on_skip, columns)


def _documents(
    source: Path, on_skip: Callable[[Skipped], None] | None, columns: Mapping[str, str] | None
) -> Iterator[Document]:
    readers = {entry.name: entry for entry in sorted(entry_points(group=_GROUP), key=lambda entry: entry.value)}
    seen: set[str] = set()
    for path in files_of(source):
        for item in [path] if isinstance(path, Skipped) else _read_file(path, readers, columns):
            if isinstance(item, Document):
                if item.id not in seen:
                    seen.add(item.id)
                    yield item
                    continue
                item = Skipped(str(path), "duplicate", f"the same content as {item.id}")
            if on_skip is not None:
                on_skip(Skipped(shown(item.source), item.reason, _brief(item.detail)))


def _read_file(
    path: Path, readers: Mapping[str, EntryPoint], columns: Mapping[str, str] | None
) -> Iterator[Document | Skipped]:
    """What the reader for the suffix of ``path`` finds; whatever goes wrong ends in a named reason."""
    suffix = path.suffix.lower().removeprefix(".")
    entry = readers.get(suffix)
    if entry is None:
        yield Skipped(str(path), "unknown format", f"no reader for {'.' + suffix if suffix else 'a name without suffix'}")
        return
    try:
        reader: Reader = entry.load()
        yield from reader(path, columns)
    except Unreadable as why:
        yield Skipped(str(path), why.reason, why.detail)
    except OSError as error:
        yield Skipped(str(path), "unreadable", error.strerror or type(error).__name__)
    except Exception as error:  # a bad document never stops a run
        yield Skipped(str(path), "unreadable", f"{type(error).__name__}: {error}")


def _brief(detail: str) -> str:
    words = " ".join(detail.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    return words if len(words) <= 200 else words[:199] + "…"
