"""What a build found, in numbers: the facts that the command line prints at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.records import Affiliation, Claim, Skipped
from kg.vocab import ENTITIES

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["Speaker", "Summary", "summarise"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is quoted: the name, the role and organisation most often given, and the number of claims."""

    name: str
    role: str
    organisation: str
    claims: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a graph; each dictionary is sorted by its counts, largest first."""

    documents: int
    skipped: dict[str, int]
    entities: dict[str, int]
    affiliations: int
    claims: dict[str, int]
    without_speaker: int
    speakers: tuple[Speaker, ...]

    def with_skipped(self, skipped: Iterable[Skipped]) -> Summary:
        """The same counts, with the inputs that gave no document."""
        return replace(self, skipped=_counts(item.reason for item in skipped))


def summarise(graph: KnowledgeGraph, skipped: Iterable[Skipped] = (), most_speakers: int = 8) -> Summary:
    """The summary of ``graph``, with the inputs that gave no document."""
    kinds: Counter[str] = Counter()
    without_speaker = 0
    for claim in (node.record for node in graph.nodes("CLAIM")):
        if isinstance(claim, Claim):
            kinds[claim.kind] += 1
            without_speaker += claim.speaker is None
    return Summary(
        documents=sum(1 for _ in graph.nodes("DOCUMENT")),
        skipped=_counts(item.reason for item in skipped),
        entities=_counts(kind for kind in map(graph.kind, graph) if kind in ENTITIES),
        affiliations=sum(1 for _ in graph.edges("affiliation")),
        claims=_counts(kinds.elements()),
        without_speaker=without_speaker,
        speakers=tuple(_speakers(graph, most_speakers)),
    )


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))


def _speakers(graph: KnowledgeGraph, most: int) -> list[Speaker]:
    spoken = Counter(edge.source for edge in graph.edges("said"))
    ranked = sorted(spoken.items(), key=lambda item: (-item[1], graph.node(item[0]).label))[:most]
    return [Speaker(graph.node(id).label, *_introduction(graph, id), count) for id, count in ranked]


def _introduction(graph: KnowledgeGraph, id: str) -> tuple[str, str]:
    """The role and the organisation that the articles give most often, those with an organisation first."""
    found: Counter[tuple[str, str]] = Counter()
    for edge in graph.edges_from(id, "affiliation"):
        if isinstance(edge.record, Affiliation) and edge.record.role:
            organisation = graph.node(edge.target).label if edge.record.organisation else ""
            found[edge.record.role.quote, organisation] += 1
    return min(found, key=lambda item: (not item[1], -found[item], item), default=("", ""))
