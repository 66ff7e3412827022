"""A source to the bytes of its files, in one order on every machine; what gives none has a named reason."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from pathlib import Path

from kg.records import Skipped

__all__ = ["MOST_BYTES", "REASONS", "Unreadable", "files_of", "load", "shown"]

REASONS = (
    "empty",
    "binary",
    "encoding",
    "too large",
    "no text",
    "duplicate",
    "unreadable",
    "outside",
    "unknown format",
    "bad row",
)

MOST_BYTES = 20_000_000
"""A document (a file, or a row of a file of rows) that is larger is skipped."""


class Unreadable(Exception):  # noqa: N818 (about a file, not a mistake of the program)
    """Raised by a reader for a whole file; ``reason`` is one of :data:`REASONS`, ``detail`` a sentence for people."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason if reason in REASONS else "unreadable"
        self.detail = detail if reason in REASONS else f"{reason}: {detail}"


def files_of(source: Path) -> Iterator[Path | Skipped]:
    """``source`` itself, or the files below it sorted by name; hidden files and README are no input."""
    if source.is_dir():
        yield from _below(source, Path(os.path.realpath(source)))
    else:
        yield _checked(source)


def shown(path: str | Path) -> str:
    """``path`` for people and for JSON: bytes of a name that are not UTF-8 are written as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _below(folder: Path, root: Path) -> Iterator[Path | Skipped]:
    try:
        names = sorted(os.listdir(folder), key=os.fsencode)
    except OSError as error:
        yield Skipped(str(folder), "unreadable", error.strerror or type(error).__name__)
        return
    for name in names:
        if name.startswith(".") or name.upper().startswith("README"):
            continue
        path = folder / name
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
            yield Skipped(str(path), "outside", "a link that leads out of the folder")
        elif path.is_dir():
            if not path.is_symlink():  # a link to a folder inside leads to what is read there anyway
                yield from _below(path, root)
        else:
            yield _checked(path)


def _checked(path: Path) -> Path | Skipped:
    """``path`` if it is a regular file: a pipe or a device could block for ever."""
    if path.is_file():
        return path
    return Skipped(str(path), "unreadable", "a broken link" if path.is_symlink() else "not a regular file")


def load(path: Path) -> bytes:
    """The bytes of ``path``, unless there are none or too many."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable("too large", f"more than {MOST_BYTES // 1_000_000} MB")
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise Unreadable("empty", "nothing but white space" if data else "no bytes")
    return data
