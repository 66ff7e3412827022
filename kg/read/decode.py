"""Bytes to clean text: decoded or refused with a named reason, and without the characters that no text should hold."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from kg.read.files import Unreadable

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

__all__ = ["bom_encoding", "decode", "guess_encoding", "one_line", "sanitise"]

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


def bom_encoding(data: bytes) -> str | None:
    """The encoding that the first bytes of ``data`` declare by a byte order mark."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, markup: bool = False) -> str:
    """``data`` as text: by its byte order mark, as UTF-8, by its own ``<meta charset>`` (``markup``), or by a sure guess."""
    if (marked := bom_encoding(data)) is not None:
        return _strict(data, marked)
    if data.startswith(_SIGNATURES):
        raise Unreadable("binary", "the first bytes are those of another format")
    if 10 * (len(data) - len(data.translate(None, _CONTROLS))) > len(data):
        raise Unreadable("binary", "too many control characters for a text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise Unreadable("binary", "zero bytes, and not UTF-8") from None
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


# ------------------------------------------------------------------ bytes that do not say what they are
_SAMPLE = 1 << 18
_MOST_CHAOS = 0.1
_LEAST_COHERENCE = 0.2
_NEAR = 0.05
_MANY_BYTES = frozenset(
    {"big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "shift_jis"}
)
# Signs within words, letters of Icelandic alone, pairs of letters that no language has: other encodings read as this one.
_ODD = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷]+[^\W\d_]|(?<!\w)[¡-©¬-´¶-¹¼-¾×÷]+[^\W\d_]|[ðþýÐÞÝ\x80-\x9f]|õ(?!e)")
_MIXED = (frozenset("øØ"), frozenset("ìèù"))


def guess_encoding(data: bytes) -> str | None:
    """Windows-1252 where it reads as well as anything else, else the only encoding that fits, else None."""
    from charset_normalizer import from_bytes

    cut = max(data.rfind(b"\n", 0, _SAMPLE), data.rfind(b" ", 0, _SAMPLE)) if len(data) > _SAMPLE else len(data)
    sample = data[: cut if cut > 0 else _SAMPLE]
    fitting = [match for match in from_bytes(sample) if match.chaos <= _MOST_CHAOS and _coherent(match)]
    western = next((match for match in fitting if "cp1252" in (match.encoding, *match.could_be_from_charset)), None)
    best = max((match.coherence for match in fitting), default=0.0)
    if western and western.coherence >= best - _NEAR and _is_western(sample.decode("cp1252", "replace")):
        return "cp1252"
    others = [match.encoding for match in fitting if match is not western]
    return others[0] if len(others) == 1 else None


def _is_western(text: str) -> bool:
    letters = set(text)
    return not _ODD.search(text) and not all(letters & some for some in _MIXED)


def _coherent(match: CharsetMatch) -> bool:
    """Whether the letters are those of some language; bytes that pair up without a fault need no other proof."""
    if match.encoding in _MANY_BYTES:
        return match.chaos == 0
    return match.coherence >= _LEAST_COHERENCE and not match.encoding.startswith(("utf_16", "utf_32"))


# ------------------------------------------------------------------ characters
# C0 controls but tab and the line ends; lone surrogates; the byte order mark; two code points XML cannot hold.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_GAP = re.compile("\n{3,}")
_BLANKS = re.compile("[ \t\n]+")


def sanitise(text: str) -> str:
    """``text`` with plain line ends, no unwanted characters, no trailing blanks and at most one empty line in a row."""
    text = _LINE_END.sub("\n", _UNWANTED.sub("", text))
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return _GAP.sub("\n\n", text).strip("\n")


def one_line(text: str) -> str:
    """``text`` sanitised, on one line, with single blanks."""
    return _BLANKS.sub(" ", sanitise(text)).strip(" ")
