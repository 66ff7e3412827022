"""Text to a short ASCII name that is safe in file names, URLs and RDF local names."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["slug"]

# Latin letters that NFKD leaves whole, and apostrophes, which join ("Assad's" is one word).
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d",
        "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n",
        "'": "", "’": "", "‘": "", "ʼ": "",
    }
)  # fmt: skip
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, most: int = 40) -> str:
    """``text`` as letters a-z, digits and single hyphens, beginning with a letter; "" when nothing is left.

    At most ``most`` characters; what is longer is cut between words where there is a place to cut.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode("ascii").lower()
    name = _OTHER.sub("-", plain.translate(_LETTERS)).strip("-").lstrip("0123456789-")
    if len(name) <= most:
        return name
    whole, hyphen, _ = name[: max(most, 0) + 1].rpartition("-")
    return (whole if hyphen else name[: max(most, 0)]).strip("-")
