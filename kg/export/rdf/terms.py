"""The one gate for IRIs and literals: what passes here is safe in every RDF format.

An IRI that cannot be mended is dropped, and the log says why; it never stops an export.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable
from datetime import date as calendar_date
from functools import lru_cache
from math import isfinite
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.slugs import slug
from kg.vocab import NAMESPACES, RELATIONS

__all__ = [
    "IRI",
    "Literal",
    "Term",
    "base",
    "boolean",
    "clean",
    "date",
    "decimal",
    "degrees",
    "digest",
    "digest_of",
    "integer",
    "iri",
    "literal",
    "local",
    "minted",
    "moment",
    "name",
    "property_of",
    "quotation",
    "replaced",
]

log = logging.getLogger(__name__)


IRI = NamedNode
Term = IRI | Literal

_BAD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_MONTH: Final = re.compile(r"(?!0000)[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?\Z")
_WEEK: Final = re.compile(r"[0-9]{4}-W[0-9]{2}\Z")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?\Z")

# RFC 3987 without its rarities.  Possessive repeats (*+) never step back, so matching takes linear time.
_UNICODE: Final = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
_CHARACTER: Final = rf"[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{{2}}|[{_UNICODE}]"
_HOST: Final = rf"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{{2}}|[{_UNICODE}])"
_AUTHORITY: Final = rf"//(?:{_HOST}*+@)?{_HOST}++(?::[0-9]{{1,5}})?(?=[/?#]|\Z)"
_REST: Final = rf"(?:{_CHARACTER})*+(?:\?(?:{_CHARACTER}|\?)*+)?(?:#(?:{_CHARACTER}|\?)*+)?\Z"
_WEB: Final = re.compile(rf"https?:{_AUTHORITY}{_REST}", re.IGNORECASE)
_NAMED: Final = re.compile(rf"(?:urn|doi|info|tag):(?!//)(?:{_CHARACTER}){_REST}", re.IGNORECASE)
_KEPT: Final = "._~!$&'()*+,;=:@/?%-"
_HEX: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


# ------------------------------------------------------------------ IRIs
def iri(text: str, what: str = "IRI") -> IRI | None:
    """``text`` as an IRI, with bad characters percent-encoded; None, and a line in the log, when it cannot be one."""
    if _valid(text):
        return IRI(text)
    mended = _mend(text)
    if _valid(mended):
        return IRI(mended)
    log.warning("dropped the %s %.200r: not an absolute http, https, urn, doi, info or tag IRI", what, text)
    return None


def _valid(text: str) -> bool:
    return text.isprintable() and bool(_WEB.match(text) or _NAMED.match(text))


def _mend(text: str) -> str:
    body, hash_, fragment = clean(text).strip().partition("#")
    return _encode(body) + hash_ + _encode(fragment)


def _encode(text: str) -> str:
    pieces = (char if char in _KEPT or _plain(char) else quote(char, safe="") for char in text)
    return _HEX.sub("%25", "".join(pieces))


def _plain(char: str) -> bool:
    return char.isalnum() if char.isascii() else char.isprintable() and bool(re.match(f"[{_UNICODE}]", char))


@lru_cache(maxsize=1024)
def name(short: str) -> IRI:
    """The IRI of a prefixed name such as ``schema:text``; KeyError for an unknown prefix."""
    prefix, _, rest = short.partition(":")
    return IRI(NAMESPACES[prefix] + rest)


def property_of(relation: str) -> IRI:
    """The property of a relation of ``vocab.RELATIONS``; KeyError for one that is no plain edge in RDF."""
    return name(RELATIONS[relation].property or "")


@lru_cache(maxsize=64)
def base(text: str) -> str:
    """``text`` as the beginning of our own IRIs, ending in "/" or "#"; ValueError when it is no IRI."""
    whole = text if text.endswith(("/", "#")) else text + "/"
    if not _valid(whole):
        raise ValueError(f"the base IRI {text!r} is not an absolute http, https, urn, doi, info or tag IRI")
    return whole


def local(id: str) -> str:
    """``id`` itself when it is letters, digits and hyphens with a letter first; otherwise a safe name made from it."""
    return id if _LOCAL.match(id) else minted(id)


def minted(label: str, *more: str) -> str:
    """A local name: the slug of ``label`` and the digest of everything."""
    return f"{slug(label) or 'x'}-{digest(label, *more)}"


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for ``parts``."""
    return digest_of(parts)


def digest_of(parts: Iterable[str]) -> str:
    """The same for any number of ``parts``, one at a time."""
    total = hashlib.sha256()
    for number, part in enumerate(parts):
        total.update(f"{chr(0) if number else ''}{part}".encode("utf-8", "surrogatepass"))
    return total.hexdigest()[:12]


# ------------------------------------------------------------------ literals
def clean(text: str) -> str:
    """``text`` without C0 controls (but with tab, line feed and carriage return), lone surrogates, U+FFFE and U+FFFF."""
    return _BAD.sub("", text)


def replaced(text: str) -> str:
    """``text`` with U+FFFD for what :func:`clean` takes out, so that offsets still count."""
    return _BAD.sub("\ufffd", text)


def literal(text: str | None, language: str | None = None) -> Literal | None:
    """``text``, cleaned, as a literal, with ``language`` when that is a language tag; None when nothing of it is left."""
    words, tag = clean(text or ""), _tag(language or "")
    if not words:
        return None
    return Literal(words, language=tag) if tag else Literal(words)


def quotation(text: str, language: str | None = None) -> Literal | None:
    """Words cut from an article as a literal: the same that ``schema:articleBody`` has there, even of control characters."""
    return literal(replaced(text), language)


@lru_cache(maxsize=256)
def _tag(language: str) -> str:
    whole = language.replace("_", "-").lower()
    for tag in (whole, whole.partition("-")[0]):
        if _LANGUAGE.match(tag):
            return tag
    return ""


def decimal(score: float) -> Literal | None:
    """A score between 0 and 1 as ``xsd:decimal`` with three digits; None for what is no number."""
    if not isfinite(score):
        log.warning("dropped the score %r: not a number", score)
        return None
    return Literal(f"{min(max(score, 0.0), 1.0):.3f}", datatype=name("xsd:decimal"))


def degrees(number: float, most: int) -> Literal | None:
    """A latitude (``most`` is 90) or longitude (180) as ``xsd:decimal`` with five digits, which is about a metre."""
    if not abs(number) <= most:
        log.warning("dropped the coordinate %r: not between -%d and %d", number, most, most)
        return None
    return Literal(f"{number:.5f}", datatype=name("xsd:decimal"))


def integer(number: int) -> Literal:
    return Literal(str(number), datatype=name("xsd:integer"))


def boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=name("xsd:boolean"))


def date(text: str | None) -> Literal | None:
    """The day of an ISO 8601 date as ``xsd:date``; None, and a line in the log, for anything else."""
    if not text:
        return None
    day, rest = text[:10], text[10:]
    try:
        if len(day) == 10 and day.isascii() and rest[:1] in ("", "T", " "):
            return Literal(calendar_date.fromisoformat(day).isoformat(), datatype=name("xsd:date"))
    except ValueError:
        pass
    log.warning("dropped the date %.40r: not an ISO 8601 date", text)
    return None


def moment(text: str | None) -> Literal | None:
    """An ISO 8601 year, month, week or day as a literal; None, and a line in the log, for anything else.

    Years, months and days are ``xsd:gYear``, ``xsd:gYearMonth`` and ``xsd:date``.  XML Schema has no type for a week:
    "2031-W14" is "2031-03-31/2031-04-06", its Monday and Sunday, an interval of ``edtf:EDTF`` (Library of Congress, level 0).
    """
    if text and _MONTH.match(text):
        return Literal(text, datatype=name("xsd:gYearMonth" if "-" in text else "xsd:gYear"))
    if text and _WEEK.match(text):
        return _week(text)
    return date(text)


def _week(text: str) -> Literal | None:
    try:
        monday, sunday = (calendar_date.fromisoformat(f"{text}-{day}") for day in (1, 7))
    except ValueError:
        log.warning("dropped the date %r: no such week", text)
        return None
    return Literal(f"{monday}/{sunday}", datatype=name("edtf:EDTF"))
