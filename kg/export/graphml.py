"""A graph as GraphML for Gephi, yEd and networkx: strings and numbers only, and never an empty value of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.records import Claim, Document, Entity
from kg.vocab import RELATIONS

__all__ = ["write_graphml"]

_BAD: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIELDS: Final = {"label": "string", "kind": "string", "score": "double", "note": "string", "quote": "string"}
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""


def write_graphml(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` to ``stream``, a node or an edge at a time."""
    stream.writelines(f"{line}\n".encode() for line in _lines(graph))


def _lines(graph: KnowledgeGraph) -> Iterator[str]:
    yield _HEAD
    for owner in ("node", "edge"):
        for field, kind in _FIELDS.items():
            yield f'<key id="{owner}-{field}" for="{owner}" attr.name="{field}" attr.type="{kind}"/>'
    yield '<graph edgedefault="directed">'
    for node in graph.nodes():
        yield f"<node id={_attribute(node.id)}>{_data('node', _node(node))}</node>"
    for number, edge in enumerate(graph.edges()):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", _edge(edge))}</edge>'
    yield "</graph>\n</graphml>"


def _node(node: Node) -> dict[str, str | float]:
    record = node.record
    best = max((item.score for item in node.evidence), default=1.0)
    quote = node.evidence[0].quote if node.evidence else ""
    if isinstance(record, Document):
        note = ", ".join(word for word in (record.publisher, record.published) if word)
        return {"label": node.label, "kind": node.kind, "score": best, "note": note, "quote": record.title or ""}
    if isinstance(record, Claim):
        note = f"{record.kind}, {record.polarity}, {record.modality}"
        return {"label": node.label, "kind": node.kind, "score": record.score, "note": note, "quote": record.text}
    aliases = "; ".join(record.aliases) if isinstance(record, Entity) else ""
    return {"label": node.label, "kind": node.kind, "score": best, "note": aliases, "quote": quote}


def _edge(edge: Edge) -> dict[str, str | float]:
    label = RELATIONS[edge.relation].label if edge.relation in RELATIONS else edge.relation
    quote = edge.evidence[0].quote if edge.evidence else ""
    return {"label": label, "kind": edge.relation, "score": edge.score, "note": edge.note, "quote": quote}


def _data(owner: str, values: Mapping[str, str | float]) -> str:
    return "".join(f'<data key="{owner}-{field}">{_content(values[field])}</data>' for field in _FIELDS)


def _content(value: str | float) -> str:
    if isinstance(value, str):
        return escape(_BAD.sub("", value), {"\r": "&#13;"})
    return f"{value:.3f}"


def _attribute(text: str) -> str:
    return quoteattr(_BAD.sub("", text))
