"""Extractions to one graph."""

from kg.graph.build import build_graph, parts
from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.graph.resolve import Decisions, read_decisions, resolve
from kg.graph.stored import StoredGraph, stored

__all__ = [
    "Decisions", "Edge", "KnowledgeGraph", "Node", "StoredGraph",
    "build_graph", "parts", "read_decisions", "resolve", "stored",
]  # fmt: skip
