"""A graph as GraphML for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.export.flat import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.graph.network import KnowledgeGraph

__all__ = ["write_graphml"]

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""


def write_graphml(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` to ``stream``, a node or an edge at a time."""
    stream.writelines(f"{line}\n".encode() for line in _lines(graph))


def _lines(graph: KnowledgeGraph) -> Iterator[str]:
    yield _HEAD
    for owner, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for field, kind in fields.items():
            yield f'<key id="{owner}-{field}" for="{owner}" attr.name="{field}" attr.type="{kind}"/>'
    yield '<graph edgedefault="directed">'
    for id, row in nodes(graph):
        yield f"<node id={quoteattr(id)}>{_data('node', NODE_FIELDS, row)}</node>"
    for number, (source, target, row) in enumerate(edges(graph)):
        ends = f"source={quoteattr(source)} target={quoteattr(target)}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", EDGE_FIELDS, row)}</edge>'
    yield "</graph>\n</graphml>"


def _data(owner: str, fields: Mapping[str, str], row: Row) -> str:
    return "".join(f'<data key="{owner}-{field}">{_content(row[field])}</data>' for field in fields if field in row)


def _content(value: str | float) -> str:
    if isinstance(value, str):
        return escape(value, {"\r": "&#13;"})
    return f"{value:.5g}" if isinstance(value, float) else str(value)
