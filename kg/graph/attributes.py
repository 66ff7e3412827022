"""A graph with plain attributes in place of records, for NetworkX and what reads its graphs."""

from __future__ import annotations

import networkx as nx

from kg.graph.network import KnowledgeGraph

__all__ = ["plain_network"]


def plain_network(graph: KnowledgeGraph) -> nx.MultiDiGraph[str]:
    """A copy of ``graph.network`` whose nodes and edges carry strings and numbers."""
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in graph.nodes():
        plain.add_node(node.id, kind=node.kind, label=node.label, evidence=len(node.evidence))
    for edge in graph.edges():
        quote = edge.evidence[0].quote if edge.evidence else ""
        plain.add_edge(edge.source, edge.target, relation=edge.relation, note=edge.note, score=edge.score, quote=quote)
    return plain
