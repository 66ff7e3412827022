"""Extractions to one graph."""

from kg.graph.network import Edge, KnowledgeGraph, Node, build_graph
from kg.graph.resolve import resolve

__all__ = ["Edge", "KnowledgeGraph", "Node", "build_graph", "resolve"]
