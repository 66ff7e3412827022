"""Extractions and entities to one graph, in which every node and edge keeps its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.graph.agreement import links
from kg.graph.copies import copies
from kg.graph.event_labels import event_labels
from kg.graph.gazetteer import country_iri
from kg.records import Affiliation, Claim, Document, Entity, Event, Evidence, Extraction, Mention

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    import rdflib

__all__ = ["Edge", "KnowledgeGraph", "Node", "build_graph"]

NodeRecord = Document | Entity | Claim
_Key = tuple[str, int, int]


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
        self.network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in sorted(nodes, key=lambda node: node.id):
            self.network.add_node(node.id, data=node)
        for edge in sorted(edges, key=_edge_order):
            self.network.add_edge(edge.source, edge.target, data=edge)

    def __repr__(self) -> str:
        counts = {kind: sum(1 for _ in self.nodes(kind)) for kind in ("DOCUMENT", "CLAIM")}
        entities = self.network.number_of_nodes() - sum(counts.values())
        return f"<KnowledgeGraph: {counts['DOCUMENT']} documents, {entities} entities, {counts['CLAIM']} claims>"

    def __contains__(self, node: object) -> bool:
        return node in self.network

    def node(self, id: str) -> Node:
        """The node of that id; KeyError when there is none."""
        found: Node = self.network.nodes[id]["data"]
        return found

    def nodes(self, *kinds: str) -> Iterator[Node]:
        """All nodes, or those of the given kinds (keys of ``vocab.KINDS``)."""
        for _, node in self.network.nodes(data="data"):
            if not kinds or node.kind in kinds:
                yield node

    def edges(self, *relations: str) -> Iterator[Edge]:
        """All edges, or those of the given relations (keys of ``vocab.RELATIONS``)."""
        for _, _, edge in self.network.edges(data="data"):
            if not relations or edge.relation in relations:
                yield edge

    def edges_from(self, id: str, *relations: str) -> Iterator[Edge]:
        for _, _, edge in self.network.out_edges(id, data="data"):
            if not relations or edge.relation in relations:
                yield edge

    def edges_to(self, id: str, *relations: str) -> Iterator[Edge]:
        for _, _, edge in self.network.in_edges(id, data="data"):
            if not relations or edge.relation in relations:
                yield edge

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


def _edge_order(edge: Edge) -> tuple[Any, ...]:
    return (edge.source, edge.target, edge.relation, edge.evidence, edge.note, edge.score)


# ------------------------------------------------------------------ building
def build_graph(extractions: Sequence[Extraction], entities: Sequence[Entity]) -> KnowledgeGraph:
    """Join what each document says over the entities that its mentions belong to.

    Raises KeyError when an extraction points to a mention that no entity holds.
    """
    owner = {_key(mention): entity.id for entity in entities for mention in entity.mentions}
    events: dict[str, list[Event]] = {}
    for event in (item for extraction in extractions for item in extraction.events):
        events.setdefault(owner[_key(event.trigger)], []).append(event)
    labels = event_labels(entities, events, {extraction.document.id: extraction.document for extraction in extractions})
    nodes = [_entity_node(entity, labels.get(entity.id, entity.name), events.get(entity.id, [])) for entity in entities]
    edges: list[Edge] = []
    for extraction in extractions:
        document = extraction.document
        nodes.append(Node(document.id, "DOCUMENT", document.title or _short(document.text), document, ()))
        edges += _mention_edges(extraction, owner)
        edges += [edge for item in extraction.affiliations for edge in _affiliation_edges(item, owner)]
        edges += [edge for item in extraction.events for edge in _event_edges(item, owner)]
        for claim in extraction.claims:
            nodes.append(_claim_node(claim))
            edges += _claim_edges(claim, owner, document.id)
    edges += [*_copy_edges(extractions), *_agreement_edges(extractions, owner), *_within_edges(entities)]
    return KnowledgeGraph(nodes, edges)


def _key(mention: Mention) -> _Key:
    return (mention.document, mention.start, mention.end)


def _short(text: str, most: int = 60) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _entity_node(entity: Entity, label: str, events: list[Event]) -> Node:
    evidence = tuple(mention.evidence for mention in entity.mentions)
    return Node(entity.id, entity.kind, label, entity, evidence, tuple(sorted(events, key=_event_order)))


def _event_order(event: Event) -> tuple[Mention, Evidence, str]:
    return (event.trigger, event.evidence, repr(event))


def _claim_node(claim: Claim) -> Node:
    spans = [*claim.content, *(span for span in (claim.cue, claim.source) if span)]
    return Node(claim.id, "CLAIM", _short(claim.text), claim, tuple(sorted(set(spans))))


def _mention_edges(extraction: Extraction, owner: dict[_Key, str]) -> Iterator[Edge]:
    found: dict[str, list[Evidence]] = {}
    for mention in extraction.mentions:
        if _key(mention) in owner:
            found.setdefault(owner[_key(mention)], []).append(mention.evidence)
    for entity, evidence in found.items():
        score = max(item.score for item in evidence)
        yield Edge(extraction.document.id, entity, "mentions", tuple(sorted(evidence)), score)


def _affiliation_edges(item: Affiliation, owner: dict[_Key, str]) -> Iterator[Edge]:
    """One edge to the organisation; to the place when no organisation is named; to the person itself when neither is."""
    target = item.organisation or item.place or item.person
    status = "" if item.status == "current" else item.status
    note = " ".join(word for word in (status, item.role.quote if item.role else "") if word)
    yield Edge(owner[_key(item.person)], owner[_key(target)], "affiliation", (item.evidence,), item.score, note, item)


def _event_edges(item: Event, owner: dict[_Key, str]) -> Iterator[Edge]:
    event = owner[_key(item.trigger)]
    for participant in item.participants:
        yield Edge(event, owner[_key(participant)], "participant", (item.evidence,), item.score)
    if item.place:
        yield Edge(event, owner[_key(item.place)], "located in", (item.evidence,), item.score)


def _claim_edges(claim: Claim, owner: dict[_Key, str], document: str) -> Iterator[Edge]:
    spoken = tuple(span for span in (claim.source, claim.cue) if span) or claim.content
    role = claim.affiliation.role.quote if claim.affiliation and claim.affiliation.role else ""
    for speaker in (claim.speaker, *claim.co_speakers):
        if speaker:
            yield Edge(owner[_key(speaker)], claim.id, "said", spoken, claim.speaker_score, role)
    topics: dict[str, list[Evidence]] = {}
    for mention in claim.about:
        topics.setdefault(owner[_key(mention)], []).append(mention.evidence)
    for topic, evidence in topics.items():
        yield Edge(claim.id, topic, "about", tuple(sorted(evidence)), claim.score)
    if claim.on_behalf_of:
        yield Edge(claim.id, owner[_key(claim.on_behalf_of)], "on behalf of", spoken, claim.speaker_score)
    yield Edge(claim.id, document, "appears in", claim.content, claim.score)


def _copy_edges(extractions: Sequence[Extraction]) -> Iterator[Edge]:
    """From each copy of an article to its original; the evidence is the beginning of both."""
    texts = {extraction.document.id: extraction.document for extraction in extractions}
    for found in copies(texts.values()):
        evidence = tuple(_beginning(texts[id]) for id in (found.copy, found.original))
        yield Edge(found.copy, found.original, "copy of", evidence, found.score)


def _beginning(document: Document) -> Evidence:
    """The first line of an article."""
    start = len(document.text) - len(document.text.lstrip())
    line = document.text[start:].partition("\n")[0]
    return Evidence(document.id, start, start + len(line), line)


def _agreement_edges(extractions: Sequence[Extraction], owner: dict[_Key, str]) -> Iterator[Edge]:
    """Between claims that repeat or contradict one another; the evidence is what both say."""
    dated = [(claim, extraction.document.published or "") for extraction in extractions for claim in extraction.claims]
    known = {claim.id: claim for claim, _ in dated}
    for found in links(dated, lambda mention: owner[_key(mention)]):
        evidence = tuple(sorted((*known[found.source].content, *known[found.target].content)))
        yield Edge(found.source, found.target, found.relation, evidence, found.score, found.note)


def _within_edges(entities: Sequence[Entity]) -> Iterator[Edge]:
    """From a town to its country, where the articles name both."""
    places = [entity for entity in entities if entity.location]
    countries = {iri: entity for entity in places for iri in entity.same_as}
    for entity in places:
        iri = country_iri(entity.location.country) if entity.location and entity.location.country else None
        if iri and (holder := countries.get(iri)):
            evidence = (entity.mentions[0].evidence, holder.mentions[0].evidence)
            yield Edge(entity.id, holder.id, "within", tuple(sorted(evidence)), 1.0, "GeoNames")
