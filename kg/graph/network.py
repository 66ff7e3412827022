"""One graph, in which every node and edge keeps its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from kg.records import Affiliation, Claim, Document, Entity, Event, Evidence, from_json

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import rdflib

__all__ = ["Edge", "KnowledgeGraph", "Node", "edge_order", "read_node"]

NodeRecord = Document | Entity | Claim
_RECORDS: Final[dict[str, type[NodeRecord]]] = {"CLAIM": Claim, "DOCUMENT": Document}  # all others are entities


@dataclass(frozen=True, slots=True)
class Node:
    """A document, an entity (of which events are one kind) or a claim.

    ``events`` is what the documents say of an event, one record a passage; other kinds of node have none.
    """

    id: str
    kind: str
    label: str
    record: NodeRecord
    evidence: tuple[Evidence, ...]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation of ``vocab.RELATIONS`` between two nodes.

    ``record`` is the affiliation behind an "affiliation" edge; ``note`` is what people read beside it, such as the role.
    """

    source: str
    target: str
    relation: str
    evidence: tuple[Evidence, ...]
    score: float
    note: str = ""
    record: Affiliation | None = None


class KnowledgeGraph:
    """Who said what, on whose behalf, about what, and where it is written.

    ``network`` is a ``networkx.MultiDiGraph``; each node carries a :class:`Node` as ``data``, each edge an :class:`Edge`.
    Nodes and edges come in sorted order, whatever order the documents came in.
    """

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        self._network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in sorted(nodes, key=lambda node: node.id):
            self._network.add_node(node.id, data=node)
        for edge in sorted(edges, key=edge_order):
            self._network.add_edge(edge.source, edge.target, data=edge)

    @property
    def network(self) -> nx.MultiDiGraph[str]:
        return self._network

    def __repr__(self) -> str:
        counts = Counter(self.kind(id) for id in self)
        entities = counts.total() - counts["DOCUMENT"] - counts["CLAIM"]
        return f"<KnowledgeGraph: {counts['DOCUMENT']} documents, {entities} entities, {counts['CLAIM']} claims>"

    def __contains__(self, node: object) -> bool:
        return node in self._network

    def __iter__(self) -> Iterator[str]:
        """The ids of all nodes, sorted."""
        return iter(self._network)

    def node(self, id: str) -> Node:
        """The node of that id; KeyError when there is none."""
        found: Node = self._network.nodes[id]["data"]
        return found

    def kind(self, id: str) -> str:
        """The kind of the node of that id (a key of ``vocab.KINDS``); KeyError when there is none."""
        return self.node(id).kind

    def nodes(self, *kinds: str) -> Iterator[Node]:
        """All nodes, or those of the given kinds (keys of ``vocab.KINDS``)."""
        for _, node in self._network.nodes(data="data"):
            if not kinds or node.kind in kinds:
                yield node

    def edges(self, *relations: str) -> Iterator[Edge]:
        """All edges, or those of the given relations (keys of ``vocab.RELATIONS``)."""
        for _, _, edge in self._network.edges(data="data"):
            if not relations or edge.relation in relations:
                yield edge

    def edges_from(self, id: str, *relations: str) -> Iterator[Edge]:
        for _, _, edge in self._network.out_edges(id, data="data"):
            if not relations or edge.relation in relations:
                yield edge

    def edges_to(self, id: str, *relations: str) -> Iterator[Edge]:
        for _, _, edge in self._network.in_edges(id, data="data"):
            if not relations or edge.relation in relations:
                yield edge

    def affiliations_in(self, document: str) -> Iterator[Edge]:
        """The affiliations that the article of that id states."""
        yield from self._stated.get(document, ())

    def events_in(self, document: str) -> Iterator[Event]:
        """The events that the article of that id speaks of, one record a passage."""
        yield from self._told.get(document, ())

    @cached_property
    def _stated(self) -> dict[str, list[Edge]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges("affiliation"):
            if edge.record:
                found.setdefault(edge.record.evidence.document, []).append(edge)
        return found

    @cached_property
    def _told(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in (event for node in self.nodes("EVENT") for event in node.events):
            found.setdefault(event.evidence.document, []).append(event)
        return found

    def in_memory(self) -> KnowledgeGraph:
        """The graph itself; one that lies in a file (:class:`kg.graph.stored.StoredGraph`) is loaded."""
        return self

    def document(self, id: str) -> Document:
        """The article of that id; KeyError when there is none."""
        record = self.node(id).record
        if not isinstance(record, Document):
            raise KeyError(id)
        return record

    # What follows opens doors to later stages; each is one line over a public function.

    def claims(self) -> pd.DataFrame:
        """One row a claim: speaker, role, organisation, what was said, and where it is written."""
        from kg.graph.tables import claims

        return claims(self)

    def entities(self) -> pd.DataFrame:
        """One row an entity: name, kind, other names, and how often it is mentioned, quoted and spoken about."""
        from kg.graph.tables import entities

        return entities(self)

    def affiliations(self) -> pd.DataFrame:
        """One row an affiliation: person, role, organisation, place, and the words that state it."""
        from kg.graph.tables import affiliations

        return affiliations(self)

    def events(self) -> pd.DataFrame:
        """One row an event: name, where, when, who took part, and the words that name it."""
        from kg.graph.tables import events

        return events(self)

    def about(self, words: str) -> KnowledgeGraph:
        """The part of the graph that speaks about a name, or in whose claims the words stand; ValueError when nothing does.

        >>> graph.about("memo")
        <KnowledgeGraph: ... documents, ... entities, ... claims>
        """
        from kg.graph.parts import about

        return about(self, words)

    def of(self, name: str) -> KnowledgeGraph:
        """What the bearers of a name (or id) said, with topics, affiliations and articles; ValueError when nobody has it.

        >>> graph.of("Helena Brandão")
        <KnowledgeGraph: ... documents, ... entities, ... claims>
        """
        from kg.graph.parts import of

        return of(self, name)

    def query(self, asked: str, *about: str) -> pd.DataFrame:
        """The answer to a named question (``kg query --list``) or to SPARQL, with the names ``about`` bound to ``?about``."""
        from kg.query import frame

        return frame(self, asked, about)

    def show(self, path: str | Path | None = None) -> Path:
        """Open the page of the graph in a browser; it is written to ``path``, or to a temporary file, which is returned."""
        from kg.viz import show

        return show(self, path)

    def _repr_html_(self) -> str:
        """The page inside a notebook."""
        from kg.viz.inline import inline_html

        return inline_html(self)

    def to_rdf(self) -> rdflib.Graph:
        """The graph as triples in an ``rdflib.Graph``, for SPARQL."""
        from kg.export.rdflib_graph import to_rdf

        return to_rdf(self)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """A copy of ``network`` with plain attributes (strings, numbers) in place of records."""
        from kg.graph.attributes import plain_network

        return plain_network(self)


def read_node(data: dict[str, Any]) -> Node:
    """The node that ``to_json`` made ``data`` of; KeyError or TypeError on anything else."""
    record = from_json(_RECORDS.get(data["kind"], Entity), data["record"])
    evidence = tuple(from_json(Evidence, item) for item in data["evidence"])
    events = tuple(from_json(Event, item) for item in data.get("events", ()))
    return Node(data["id"], data["kind"], data["label"], record, evidence, events)


def edge_order(edge: Edge) -> tuple[Any, ...]:
    return (edge.source, edge.target, edge.relation, edge.evidence, edge.note, edge.score)
