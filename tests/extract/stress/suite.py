"""The rows of the stress suite: short texts by class, and the claims to be found in each; README.md explains their form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from kg.records import ClaimKind, Modality, Polarity

__all__ = ["PIECES", "Expected", "Row", "parse", "read_rows"]

PIECES: Final = " … "
_VALUES: Final = {
    **dict.fromkeys(get_args(ClaimKind), "kind"),
    **dict.fromkeys(get_args(Polarity), "polarity"),
    **dict.fromkeys(get_args(Modality), "modality"),
}
_NAMED: Final = frozenset(("role", "org", "place", "party", "status", "behalf", "type", "why"))
_NOTHING: Final = "> no claim"


@dataclass(frozen=True, slots=True)
class Expected:
    """A claim to be found: its speakers (none when unnamed), where its pieces stand, and what else must hold."""

    speakers: tuple[str, ...]
    content: tuple[tuple[int, int], ...]
    details: dict[str, str]
    optional: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A text of one class and all claims in it."""

    id: str
    group: str
    text: str
    claims: tuple[Expected, ...]
    always: bool


def read_rows(folder: Path = Path(__file__).parent / "rows") -> list[Row]:
    """All rows, class by class; ValueError says which row has another form."""
    return [row for path in sorted(folder.glob("*.txt")) for row in parse(path.read_text(encoding="utf-8"), path.stem)]


def parse(source: str, group: str) -> Iterator[Row]:
    """The rows of one file."""
    for part in f"\n{source}".split("\n=== ")[1:]:
        head, _, body = part.partition("\n")
        id, _, mark = head.partition(" ")
        try:
            if mark not in ("", "always"):
                raise ValueError(f"{mark!r} is not 'always'")
            yield _row(id, group, body.strip(), bool(mark))
        except ValueError as error:
            raise ValueError(f"{group}, {id}: {error}") from error


def _row(id: str, group: str, body: str, always: bool) -> Row:
    text, lines = [], []
    for line in body.split("\n"):
        (lines if line.startswith(("> ", "? ")) else text).append(line)
    whole = "\n".join(text).strip()
    if not whole or not lines:
        raise ValueError("a row has a text and lines that begin with '> '")
    claims = () if lines == [_NOTHING] else tuple(_expected(line, whole) for line in lines)
    return Row(id, group, whole, claims, always)


def _expected(line: str, text: str) -> Expected:
    speaker, *fields = (field.strip() for field in line[2:].split(" | "))
    if not fields:
        raise ValueError(f"no content in {line!r}")
    content, *details = fields
    speakers = () if speaker == "-" else tuple(speaker.split(" & "))
    return Expected(
        speakers, tuple(_place(piece, text) for piece in content.split(PIECES)), dict(map(_detail, details)), line[0] == "?"
    )


def _place(piece: str, text: str) -> tuple[int, int]:
    if text.count(piece) != 1:
        raise ValueError(f"{piece!r} stands in the text {text.count(piece)} times")
    start = text.index(piece)
    return start, start + len(piece)


def _detail(field: str) -> tuple[str, str]:
    name, sign, value = field.partition("=")
    if sign and name in _NAMED:
        return name, value
    if field in _VALUES:
        return _VALUES[field], field
    raise ValueError(f"{field!r} is nothing that a row can say")
