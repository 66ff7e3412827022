"""What people decided about identity, in a file that every build obeys: same, different, rename."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from kg.names import plain
from kg.records import Chain

__all__ = ["Decisions", "read_decisions"]

_KEYS = ("different", "rename", "same")


@dataclass(frozen=True, slots=True)
class Decisions:
    """``same`` and ``different`` hold pairs of names, ``rename`` a name and what to call its bearer.

    A name may end in `` @ `` and the id of a document, and then means its bearer there alone.
    """

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    rename: tuple[tuple[str, str], ...] = ()


def read_decisions(path: str | os.PathLike[str]) -> Decisions:
    """The decisions in a TOML file; ValueError when it is not of this form, or says of two names both same and different.

    ::

        same = [["Olena Kovalchuk", "O. Kovaltchuk"]]
        different = [["Pedro Almada @ fair-in-beja-0123", "Pedro Almada @ cup-final-4567"]]

        [rename]
        "Qasr Hydro" = "Qasr Hydro PJSC"
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        if unknown := sorted(data.keys() - set(_KEYS)):
            raise ValueError(f"{unknown[0]!r} is none of {', '.join(_KEYS)}")
        decisions = Decisions(
            same=tuple(_pairs(data.get("same", []), "same")),
            different=tuple(_pairs(data.get("different", []), "different")),
            rename=tuple(sorted((_name(old), _name(new)) for old, new in dict(data.get("rename", {})).items())),
        )
    except (ValueError, TypeError) as error:
        raise ValueError(f"{os.fspath(path)}: {error}") from error
    if both := {frozenset(pair) for pair in decisions.same} & {frozenset(pair) for pair in decisions.different}:
        raise ValueError(f"{os.fspath(path)}: {' and '.join(sorted(min(both, key=sorted)))} are both same and different")
    return decisions


def means(name: str, chain: Chain) -> bool:
    """The name of a decision is one of this chain's."""
    called, _, document = name.partition(" @ ")
    if document and document.strip() != chain.name.document:
        return False
    wanted = " ".join(plain(called).split())
    return any(" ".join(plain(mention.text).split()) == wanted for mention in chain.mentions)


def _pairs(lists: Any, key: str) -> Iterable[tuple[str, str]]:
    """Every two names of each list: what is the same is the same with all."""
    for names in lists:
        if not isinstance(names, Sequence) or isinstance(names, str) or len(names) < 2:
            raise ValueError(f"{key} is a list of lists of two names or more, not {names!r}")
        yield from combinations([_name(name) for name in names], 2)


def _name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"a name is some text, not {name!r}")
    return name.strip()
