"""A graph as JSON for Cytoscape, Cytoscape.js and networkx (.cyjs)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.export.flat import Row, edges, nodes
from kg.graph.network import KnowledgeGraph

__all__ = ["write_cytoscape"]


def write_cytoscape(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` as ``{"elements": {"nodes": [...], "edges": [...]}}``, an element at a time.

    ``value`` of a node and ``key`` of an edge are for ``networkx.cytoscape_graph``, which cannot do without.
    """
    stream.write(b'{"format_version": "1.0", "generated_by": "kg", "data": {"name": "kg"},\n')
    stream.write(b'"directed": true, "multigraph": true, "elements": {\n"nodes": [')
    _write(stream, ({**row, "id": id, "value": id, "name": row["label"]} for id, row in nodes(graph)))
    stream.write(b'],\n"edges": [')
    _write(stream, (_edge(f"e{number}", *edge) for number, edge in enumerate(edges(graph))))
    stream.write(b"]\n}}\n")


def _edge(id: str, source: str, target: str, row: Row) -> Row:
    return {**row, "id": id, "key": id, "source": source, "target": target, "interaction": row["kind"]}


def _write(stream: BinaryIO, items: Iterator[Row]) -> None:
    for number, data in enumerate(items):
        text = json.dumps({"data": data}, ensure_ascii=False, sort_keys=True, allow_nan=False)
        stream.write(f"{',' if number else ''}\n{text}".encode())
