"""Characters that no text should hold, taken out; all others stay as they are (no normalisation)."""

from __future__ import annotations

import re

__all__ = ["one_line", "sanitise"]

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
