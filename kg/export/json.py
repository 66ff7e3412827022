"""A graph as JSON and back: every record with its evidence, nothing lost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from kg.graph.network import Edge, KnowledgeGraph, read_node
from kg.records import from_json, to_json
from kg.vocab import ENTITIES

__all__ = ["read_json", "write_json"]

_FORMAT: Final = "newskg 1"


def write_json(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` to ``stream``, a record at a time; lone surrogates are written as JSON escapes."""
    parts: dict[str, Iterator[Any]] = {
        "claims": _nodes(graph, "CLAIM"),
        "documents": _nodes(graph, "DOCUMENT"),
        "edges": (to_json(edge) for edge in graph.edges()),
        "entities": _nodes(graph, *ENTITIES),
    }
    stream.write(b"{")
    for key, items in parts.items():
        stream.write(f'\n "{key}": ['.encode())
        _write_list(items, stream)
        stream.write(b"],")
    stream.write(f'\n "format": "{_FORMAT}"\n}}\n'.encode())


def _nodes(graph: KnowledgeGraph, *kinds: str) -> Iterator[Any]:
    for node in graph.nodes(*kinds):
        item = to_json(node)
        if not node.events:
            del item["events"]
        yield item


def _write_list(items: Iterable[Any], stream: BinaryIO) -> None:
    empty = True
    for item in items:
        text = json.dumps(item, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False).replace("\n", "\n  ")
        stream.write(f"{'' if empty else ','}\n  {text}".encode("utf-8", "backslashreplace"))
        empty = False
    stream.write(b"" if empty else b"\n ")


def read_json(path: str | os.PathLike[str]) -> KnowledgeGraph:
    """The graph that :func:`write_json` wrote; ValueError when the file is something else.

    >>> kg.read_json("graphs/news.json")
    <KnowledgeGraph: ... documents, ... entities, ... claims>
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            raise ValueError(f"its format is {data['format']!r}, not {_FORMAT!r}")
        nodes = [read_node(item) for key in ("claims", "documents", "entities") for item in data[key]]
        edges = [from_json(Edge, item) for item in data["edges"]]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"{os.fspath(path)} is not a graph that kg wrote: {error}") from error
    return KnowledgeGraph(nodes, edges)
