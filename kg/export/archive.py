"""Several files in one: a .zip whose bytes depend on what is in it and on nothing else."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Final

__all__ = ["add", "csv_text"]

_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows: no clock in the data


def add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file to ``archive``."""
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def csv_text(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as RFC 4180 has it; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
