"""What is wrong with the claims found in a row, and how many rows of each class are right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.extract import extract
from kg.records import Claim, Document, Evidence, Extraction, Mention
from kg.score.names import normal, normal_role, roles_agree
from tests.extract.stress.suite import Expected, Row

__all__ = ["ALL", "Result", "faults", "run", "shares", "table"]

ALL: Final = "all"
_LEAST: Final = 0.5


@dataclass(frozen=True, slots=True)
class Result:
    """A row and what is wrong with what was found in it; nothing when it is right."""

    row: Row
    faults: tuple[str, ...]


def run(rows: Iterable[Row]) -> list[Result]:
    """Every row through the shipped pipeline."""
    known = list(rows)
    found = extract(Document(id=row.id, text=row.text) for row in known)
    return [Result(row, tuple(faults(row, extraction))) for row, extraction in zip(known, found, strict=True)]


# ------------------------------------------------------------------ one row
def faults(row: Row, extraction: Extraction) -> Iterator[str]:
    """Claims that are missing, wrong or too many, in words."""
    pairs = _match(row, extraction.claims)
    taken = {id(claim) for _, claim in pairs}
    for expected in row.claims:
        claim = next((claim for one, claim in pairs if one is expected), None)
        if expected.optional:
            continue
        if claim is None:
            yield f"not found: {_quote(row, expected)}"
        else:
            yield from _differences(row, expected, claim)
    yield from (f"too many: {claim.text}" for claim in extraction.claims if id(claim) not in taken)


def _match(row: Row, claims: Iterable[Claim]) -> list[tuple[Expected, Claim]]:
    """One to one, those with the most words in common first."""
    scored = [
        (_overlap(row.text, expected.content, [(piece.start, piece.end) for piece in claim.content]), expected, claim)
        for expected in row.claims
        for claim in claims
    ]
    pairs: list[tuple[Expected, Claim]] = []
    for share, expected, claim in sorted(scored, key=lambda item: -item[0]):
        if share >= _LEAST and not any(one is expected or other is claim for one, other in pairs):
            pairs.append((expected, claim))
    return pairs


def _overlap(text: str, one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> float:
    """Words of ``text`` in both over words in either."""
    first, second = (
        {
            word.start()
            for start, end in spans
            for word in re.finditer(r"\w+", text)
            if start < word.end() and word.start() < end
        }
        for spans in (one, other)
    )
    return len(first & second) / max(len(first | second), 1)


def _differences(row: Row, expected: Expected, claim: Claim) -> Iterator[str]:
    speakers = [mention.text for mention in (claim.speaker, *claim.co_speakers) if mention is not None]
    if sorted(normal(name, person=True) for name in speakers) != sorted(normal(n, person=True) for n in expected.speakers):
        yield f"speaker is {' & '.join(speakers) or 'open'}, not {' & '.join(expected.speakers) or 'open'}: {claim.text}"
    found = _details(claim)
    for name, wanted in expected.details.items():
        if not _agree(name, found[name], wanted):
            yield f"{name} is {found[name]}, not {wanted}: {claim.text}"


def _details(claim: Claim) -> dict[str, str | None]:
    """What a row may say besides speaker and content, as the claim has it."""
    held = claim.affiliation
    return {
        "kind": claim.kind,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "role": _words(held.role) if held else None,
        "org": _words(held.organisation) if held else None,
        "place": _words(held.place) if held else None,
        "party": held.party if held else None,
        "status": held.status if held else None,
        "behalf": _words(claim.on_behalf_of),
        "type": claim.source_type,
        "why": _words(claim.justification),
    }


def _words(part: Mention | Evidence | None) -> str | None:
    return part.text if isinstance(part, Mention) else part.quote if part else None


def _agree(name: str, found: str | None, wanted: str) -> bool:
    if found is None:
        return False
    if name == "role":
        return roles_agree(normal_role(found), normal_role(wanted))
    if name == "why":
        one, other = ({*normal(words).split()} for words in (found, wanted))
        return len(one & other) >= _LEAST * len(one | other)
    return normal(found) == normal(wanted)


def _quote(row: Row, expected: Expected) -> str:
    return " … ".join(row.text[start:end] for start, end in expected.content)


# ------------------------------------------------------------------ all rows
def shares(results: Iterable[Result]) -> dict[str, tuple[int, int]]:
    """Rows right and rows asked, for each class and for all."""
    counts: dict[str, tuple[int, int]] = {}
    for result in results:
        for name in (result.row.group, ALL):
            right, asked = counts.get(name, (0, 0))
            counts[name] = right + (not result.faults), asked + 1
    return {name: counts[name] for name in sorted(counts, key=lambda name: (name == ALL, name))}


def table(results: Iterable[Result], floors: Mapping[str, float]) -> str:
    """One line a class; a class below its floor is marked."""
    lines = [f"{'class':<22}{'right':>7}{'of':>5}{'share':>8}{'floor':>8}"]
    for name, (right, asked) in shares(results).items():
        floor = floors.get(name, 0.0)
        lines.append(
            f"{name:<22}{right:>7}{asked:>5}{right / asked:>8.2f}{floor:>8.2f}{'  below' if right / asked < floor else ''}"
        )
    return "\n".join(lines) + "\n"
