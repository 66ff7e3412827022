"""The files of a source, in one order on every machine; what may not be opened is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kg.records import Skipped

__all__ = ["files_of", "shown"]


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
