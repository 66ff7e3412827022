"""One kind for one name: what most documents take for a person is no place in one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.graph.resolve.letters import COMMON_PLACES
from kg.names import plain
from kg.records import Chain, EntityKind, Extraction

__all__ = ["settled"]

_LEAST: Final = 3  # documents that must agree
_SHARE: Final = 2 / 3


def settled(extractions: Sequence[Extraction]) -> list[Extraction]:
    """The extractions with chains of names of several words put into the kind that most documents give the name.

    Events stay events, and whoever holds a role stays a person.
    """
    counts: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for chain in (chain for extraction in extractions for chain in extraction.chains if chain.kind != "EVENT"):
        counts[_called(chain)][chain.kind] += 1
    usual = {
        name: kind
        for name, kinds in counts.items()
        if len(kinds) > 1 and " " in name
        for kind, count in kinds.most_common(1)
        if count >= _LEAST and count >= _SHARE * kinds.total()
    }
    return [_settle(extraction, usual) for extraction in extractions]


def _settle(extraction: Extraction, usual: dict[str, EntityKind]) -> Extraction:
    if not any(_called(chain) in usual for chain in extraction.chains):
        return extraction
    fixed = {mention for item in extraction.affiliations for mention in (item.person, item.organisation, item.place)}
    chains = tuple(
        chain if chain.name in fixed or chain.kind == "EVENT" else _as(chain, usual.get(_called(chain), chain.kind))
        for chain in extraction.chains
    )
    return replace(extraction, chains=chains)


def _called(chain: Chain) -> str:
    """The name without "dam" or "river": a dam goes by its name alone as well."""
    return " ".join(word for word in plain(chain.name.text).split() if word not in COMMON_PLACES)


def _as(chain: Chain, kind: EntityKind) -> Chain:
    return chain if chain.kind == kind else replace(chain, kind=kind)
