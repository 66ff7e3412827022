"""A graph as JSON for Cytoscape and Cytoscape.js (.cyjs)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.export.flat import edges, nodes
from kg.graph.network import KnowledgeGraph

__all__ = ["write_cytoscape"]


def write_cytoscape(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` as ``{"elements": {"nodes": [...], "edges": [...]}}``, an element at a time."""
    stream.write(b'{"format_version": "1.0", "generated_by": "kg", "data": {"name": "kg"}, "elements": {\n"nodes": [')
    _write(stream, ({**row, "id": id, "name": row["label"]} for id, row in nodes(graph)))
    stream.write(b'],\n"edges": [')
    found = enumerate(edges(graph))
    _write(
        stream,
        (
            {**row, "id": f"e{number}", "source": source, "target": target, "interaction": row["kind"]}
            for number, (source, target, row) in found
        ),
    )
    stream.write(b"]\n}}\n")


def _write(stream: BinaryIO, items: Iterator[dict[str, Any]]) -> None:
    for number, data in enumerate(items):
        text = json.dumps({"data": data}, ensure_ascii=False, sort_keys=True, allow_nan=False)
        stream.write(f"{',' if number else ''}\n{text}".encode())
