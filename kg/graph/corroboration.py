"""How many independent articles say what a claim says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph.network import KnowledgeGraph

__all__ = ["corroboration"]


def corroboration(graph: KnowledgeGraph) -> dict[str, int]:
    """The number of origins of each claim by its id: its own article and those of the claims that it repeats or that repeat it.

    A copy counts as its original, so that a wire story in ten papers is one origin.
    """
    original = {edge.source: edge.target for edge in graph.edges("copy of")}
    origin = {edge.source: original.get(edge.target, edge.target) for edge in graph.edges("appears in")}
    said = {claim: {document} for claim, document in origin.items()}
    for edge in graph.edges("repeats"):
        said[edge.source].add(origin[edge.target])
        said[edge.target].add(origin[edge.source])
    return {claim: len(documents) for claim, documents in said.items()}
