"""Extractions to one graph."""

from kg.graph.build import build_graph, nodes_and_edges
from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.graph.resolve import Decisions, read_decisions, resolve
from kg.graph.stored import StoredGraph, stored_graph

__all__ = [
    "Decisions", "Edge", "KnowledgeGraph", "Node", "StoredGraph",
    "build_graph", "nodes_and_edges", "read_decisions", "resolve", "stored_graph",
]  # fmt: skip
