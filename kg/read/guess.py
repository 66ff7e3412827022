"""The encoding of bytes that are not UTF-8 and do not say what they are, if there is one sure answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

__all__ = ["guess_encoding"]

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
