"""A graph as GEXF for Gephi, with the colour of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final
from xml.sax.saxutils import quoteattr

from kg.export.flat import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.graph.network import KnowledgeGraph
from kg.vocab import KINDS

__all__ = ["write_gexf"]

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<graph mode="static" defaultedgetype="directed">"""
_TYPES: Final = {"int": "integer"}


def write_gexf(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` as GEXF 1.2, a node or an edge at a time."""
    stream.writelines(f"{line}\n".encode() for line in _lines(graph))


def _lines(graph: KnowledgeGraph) -> Iterator[str]:
    yield _HEAD
    for owner, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        yield f'<attributes class="{owner}">'
        for field, kind in fields.items():
            yield f'<attribute id="{owner}-{field}" title="{field}" type="{_TYPES.get(kind, kind)}"/>'
        yield "</attributes>"
    yield "<nodes>"
    for id, row in nodes(graph):
        red, green, blue = bytes.fromhex(KINDS[str(row["kind"])].colour[1:])
        colour = f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        yield f"<node id={quoteattr(id)} label={_attribute(row['label'])}>{_values('node', NODE_FIELDS, row)}{colour}</node>"
    yield "</nodes>\n<edges>"
    for number, (source, target, row) in enumerate(edges(graph)):
        ends = (
            f'source={quoteattr(source)} target={quoteattr(target)} weight="{row["weight"]}" label={_attribute(row["label"])}'
        )
        yield f'<edge id="e{number}" {ends}>{_values("edge", EDGE_FIELDS, row)}</edge>'
    yield "</edges>\n</graph>\n</gexf>"


def _values(owner: str, fields: Mapping[str, str], row: Row) -> str:
    found = "".join(f'<attvalue for="{owner}-{field}" value={_attribute(row[field])}/>' for field in fields if field in row)
    return f"<attvalues>{found}</attvalues>"


def _attribute(value: str | float) -> str:
    return quoteattr(f"{value:.5g}" if isinstance(value, float) else str(value))
