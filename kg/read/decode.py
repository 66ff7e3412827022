"""A file to its bytes, and bytes to characters, or a named reason why not."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg.read.guess import guess_encoding
from kg.read.skips import MOST_BYTES, Unreadable

__all__ = ["bom_encoding", "decode", "load"]

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"BZh", b"7z\xbc\xaf")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b\x08"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


def load(path: Path) -> bytes:
    """The bytes of ``path``, unless there are none or too many."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable("too large", f"more than {MOST_BYTES // 1_000_000} MB")
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise Unreadable("empty", "nothing but white space" if data else "no bytes")
    return data


def bom_encoding(data: bytes) -> str | None:
    """The encoding that the first bytes of ``data`` declare by a byte order mark."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, markup: bool = False) -> str:
    """``data`` as text: by its byte order mark, as UTF-8, by its own ``<meta charset>`` (``markup``), or by a sure guess."""
    if (marked := bom_encoding(data)) is not None:
        return _strict(data, marked)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise Unreadable("encoding", "the last character is cut off") from None
    declared = _META.search(data[:4096]) if markup else None
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            pass
    guessed = guess_encoding(data)
    if guessed is None:
        raise Unreadable("encoding", "not UTF-8, and no other encoding fits for sure")
    return _strict(data, guessed)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise Unreadable("encoding", f"neither UTF-8 nor {encoding}: {error}") from None


def _refuse_binary(data: bytes) -> None:
    if data.startswith(_SIGNATURES):
        raise Unreadable("binary", "the first bytes are those of another format")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls * 10 > len(data):
        raise Unreadable("binary", "too many control characters for a text")
    if b"\0" in data:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            raise Unreadable("binary", "zero bytes, and not UTF-8") from None
