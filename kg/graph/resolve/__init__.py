"""Chains of single documents to entities: the only stage that looks across documents."""

from kg.graph.resolve.cluster import resolve

__all__ = ["resolve"]
