"""Do two chains mean the same thing?  The answer and the reason for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.graph.resolve.block import Candidate

__all__ = ["Verdict", "compare"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``same`` with the reason in words."""

    same: bool
    reason: str


def compare(one: Candidate, other: Candidate) -> Verdict:
    """Only the safe cases join; whatever is doubtful stays apart."""
    if one.kind == "PERSON":
        return _people(one, other)
    shared = one.names & other.names
    if one.kind == "EVENT":
        return _events(one, other)
    named = sorted(" ".join(name) for name in shared if len(name) > 1 or one.kind == "PLACE" or one.fullest == other.fullest)
    if named:
        return Verdict(True, f"both are called {named[0]!r}")
    short = {m.text for m in one.chain.mentions if m.text.isupper()} & {
        m.text for m in other.chain.mentions if m.text.isupper()
    }
    if short:
        return Verdict(True, f"both are called {min(short)!r}")
    return Verdict(False, "no name is the same")


def _people(one: Candidate, other: Candidate) -> Verdict:
    few, many = sorted((one.fullest, other.fullest), key=len)
    context = sorted(" ".join(name) for name in one.context & other.context)
    if few == many and len(few) > 1:
        return Verdict(True, f"the same full name {' '.join(few)!r}")
    if len(few) > 1 and few[-1] == many[-1] and _sounds(few[0]) == _sounds(many[0]) and context:
        return Verdict(True, f"{' '.join(few)!r} and {' '.join(many)!r} sound alike, and both articles name {context[0]!r}")
    if len(few) > 1 and few[0] == many[0] and few[-1] == many[-1] and context:
        return Verdict(True, f"{' '.join(few)!r} shortens {' '.join(many)!r}, and both articles name {context[0]!r}")
    return Verdict(False, "no full name is the same")


def _events(one: Candidate, other: Candidate) -> Verdict:
    context = sorted(" ".join(name) for name in one.context & other.context)
    if one.fullest == other.fullest and len(one.fullest) > 1 and context:
        return Verdict(True, f"both are called {' '.join(one.fullest)!r}, and both articles name {context[0]!r}")
    return Verdict(False, "an event needs its full name and its company")


def _sounds(name: str) -> str:
    """The first letter and the consonants, so that Khaled and Khalid are alike."""
    return name[:1] + re.sub(r"[aeiouyh]", "", name[1:]) if len(name) > 3 else name
