"""Extractions to one graph."""

from kg.graph.build import build_graph
from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.graph.resolve import Decisions, read_decisions, resolve

__all__ = ["Decisions", "Edge", "KnowledgeGraph", "Node", "build_graph", "read_decisions", "resolve"]
