"""Reads .jsonl files: one article a line, under the usual names or those of a column map; memory stays flat."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.read.decode import bom_encoding, decode
from kg.read.document import NAMES, make_document, named_fields, plain
from kg.read.files import MOST_BYTES, Unreadable, load
from kg.records import Document, Skipped

__all__ = ["read_jsonl"]

_ALIASES = {alias: field for field, names in NAMES.items() for alias in names}
_HEAD = 8192


def read_jsonl(path: Path, columns: Mapping[str, str] | None = None) -> Iterator[Document | Skipped]:
    """A Document for each good line of ``path``, and a Skipped with the line number for each bad one."""
    names = _names(columns or {})
    some = False
    for number, line in _rows(path):
        some = True
        try:
            yield _document(line, names)
        except Unreadable as why:
            yield Skipped(f"{path}:{number}", why.reason, why.detail)
    if not some:
        raise Unreadable("empty", "no rows")


def _names(columns: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The usual names of each field, but the column that ``columns`` gives to a field alone."""
    unknown = sorted(set(columns) - set(_ALIASES))
    if unknown:
        raise Unreadable("unreadable", f"the column map names {unknown[0]!r}, which is none of {', '.join(NAMES)}")
    return {**NAMES, **{_ALIASES[field]: (column,) for field, column in columns.items()}}


def _rows(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of ``path`` that are not blank, in UTF-8, each with its number; a line too large is cut after the limit."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    encoding = bom_encoding(head)
    stream: io.BufferedIOBase
    if encoding in ("utf-16", "utf-32"):
        stream = io.BytesIO(decode(load(path)).encode("utf-8", "replace"))
    elif b"\0" in head:
        raise Unreadable("binary", "zero bytes")
    else:
        stream = path.open("rb")
    with stream as lines:
        number = 0
        while line := lines.readline(MOST_BYTES + 1):
            number += 1
            rest = line
            while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
                rest = lines.readline(MOST_BYTES + 1)
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield number, line


def _document(line: bytes, names: Mapping[str, tuple[str, ...]]) -> Document:
    if len(line) > MOST_BYTES:
        raise Unreadable("too large", f"a row of more than {MOST_BYTES // 1_000_000} MB")
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", f"not UTF-8: {error.reason}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable("bad row", f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise Unreadable("bad row", f"a JSON object is expected, not {type(row).__name__}")
    fields = named_fields(row, names)
    if "text" in fields:
        return make_document(fields["text"], fields)
    present = {key.strip().casefold() for key in row} | set(row)
    column = next((name for name in names["text"] if name in present), None)
    if column is not None and (plain(row.get(column)) is not None or row.get(column) is None):
        raise Unreadable("no text", f"column {column!r} is empty")
    raise Unreadable("bad row", f"no text in column {' or '.join(map(repr, names['text']))}")
