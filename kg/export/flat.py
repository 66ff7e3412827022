"""Nodes and edges as flat rows of text and numbers: what every format of graph programs is written from.

A value that is not known is left out, so no writer meets an empty value, a list or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.records import Claim, Document, Entity, Event
from kg.vocab import RELATIONS

__all__ = ["EDGE_FIELDS", "NODE_FIELDS", "Row", "edges", "nodes", "printable"]

Row = dict[str, str | float]

NODE_FIELDS: Final = {
    "label": "string", "kind": "string", "score": "double", "note": "string", "quote": "string", "date": "string",
    "latitude": "double", "longitude": "double", "mentions": "int",
}  # fmt: skip
EDGE_FIELDS: Final = {
    "label": "string",
    "kind": "string",
    "score": "double",
    "note": "string",
    "quote": "string",
    "weight": "int",
}

# XML 1.0 has no place for these, and neither have most programs.
_BAD: Final = re.compile("[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """``text`` without control characters and lone surrogates."""
    return _BAD.sub("", text)


def nodes(graph: KnowledgeGraph) -> Iterator[tuple[str, Row]]:
    """Every node: its id and its fields."""
    for node in graph.nodes():
        yield printable(node.id), _known(_node(node))


def edges(graph: KnowledgeGraph) -> Iterator[tuple[str, str, Row]]:
    """Every edge: the ids of its ends and its fields; ``weight`` is the number of passages that show it."""
    for edge in graph.edges():
        yield printable(edge.source), printable(edge.target), _known(_edge(edge))


def _known(row: dict[str, str | float | None]) -> Row:
    return {
        field: printable(value) if isinstance(value, str) else value
        for field, value in row.items()
        if value is not None and value == value and value != ""
    }


def _node(node: Node) -> dict[str, str | float | None]:
    row: dict[str, str | float | None] = {"label": _label(node), "kind": node.kind, "mentions": len(node.evidence)}
    record = node.record
    row["score"] = max((item.score for item in node.evidence), default=1.0)
    row["quote"] = node.evidence[0].quote if node.evidence else ""
    if isinstance(record, Document):
        words = ", ".join(word for word in (record.publisher, record.published) if word)
        return row | {"note": words, "quote": record.title, "date": record.published}
    if isinstance(record, Claim):
        words = f"{record.kind}, {record.polarity}, {record.modality}"
        return row | {"score": record.score, "note": words, "quote": record.text, "date": record.said_on}
    if isinstance(record, Entity):
        row |= {"note": "; ".join(record.aliases), "date": _date(node.events)}
        if record.location:
            row |= {"latitude": record.location.latitude, "longitude": record.location.longitude}
    return row


def _label(node: Node) -> str:
    return node.label if printable(node.label).strip() else node.id


def _date(events: Iterable[Event]) -> str | None:
    return min((event.date for event in events if event.date), default=None)


def _edge(edge: Edge) -> dict[str, str | float | None]:
    return {
        "label": RELATIONS[edge.relation].label if edge.relation in RELATIONS else edge.relation,
        "kind": edge.relation,
        "score": edge.score,
        "note": edge.note,
        "quote": edge.evidence[0].quote if edge.evidence else "",
        "weight": max(len(edge.evidence), 1),
    }
