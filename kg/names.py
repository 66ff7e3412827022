"""Names as words to compare: what of a name tells its bearer apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["acronym_of", "name_words", "plain"]

_DROPPED: Final = frozenset(("the", "al", "el", "ul", "bin", "ibn", "abu"))
_LEGAL: Final = frozenset("inc corp co ltd llc plc ag sa gmbh nv bv spa ab oy company corporation limited group".split())
_HONORIFICS: Final = frozenset("mr mrs ms miss dr sir dame lord lady sen rep gov gen judge justice president jr sr".split())
# Names of states that news writes in several ways; the long form names the chain.
_SAME_PLACE: Final = {
    "us": "united states",
    "u s": "united states",
    "usa": "united states",
    "u s a": "united states",
    "america": "united states",
    "united states of america": "united states",
    "uk": "united kingdom",
    "u k": "united kingdom",
    "britain": "united kingdom",
    "great britain": "united kingdom",
    "uae": "united arab emirates",
    "u n": "united nations",
    "un": "united nations",
    "eu": "european union",
    "e u": "european union",
}


# Letters that Unicode does not take apart into a plain one and a mark.
_FOLDED: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def plain(text: str) -> str:
    """Lower case without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)  # each name is compared with all others of its text
def name_words(name: str, kind: str) -> tuple[str, ...]:
    """The words of a name that tell it apart: no case, marks, accents, articles, particles, titles, or legal forms."""
    words = re.findall(r"\w+", plain(name))
    dropped = _DROPPED | (_LEGAL if kind == "ORG" else _HONORIFICS if kind == "PERSON" else frozenset())
    kept = tuple(word for word in words if word not in dropped) or tuple(words)
    if kind in ("PLACE", "ORG"):
        kept = tuple(_SAME_PLACE.get(" ".join(kept), " ".join(kept)).split())
    return kept


def acronym_of(short: str, long: str) -> bool:
    """ "IAEA" for "International Atomic Energy Agency": the initials of the capitalised words."""
    letters = re.sub(r"\W", "", short)
    capitals = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return len(letters) > 1 and letters.isupper() and letters == capitals
