"""What every part of the RDF export needs to know: the graph, the base IRI and who a mention belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.export.rdf.spans import Spans
from kg.export.rdf.terms import IRI, base, local
from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.records import Document, Mention
from kg.vocab import KINDS

__all__ = ["Scope", "scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """One export under way."""

    graph: KnowledgeGraph
    base: str
    article_text: bool
    spans: Spans
    owner: dict[tuple[str, int, int], Node]

    def iri(self, node: Node) -> IRI:
        """The IRI of a document, an entity or a claim."""
        return IRI(f"{self.base}{KINDS[node.kind].segment}/{local(node.id)}")

    def entity(self, mention: Mention | None, *kinds: str) -> Node | None:
        """The entity of ``mention``, if it is of one of ``kinds``."""
        if mention is None:
            return None
        node = self.owner.get((mention.document, mention.start, mention.end))
        return node if node and node.kind in kinds else None

    def document(self, id: str) -> Document | None:
        return self.graph.document(id) if id in self.graph else None

    def language(self, document: str) -> str:
        """The language of the article of that id."""
        found = self.document(document)
        return found.language if found else ""

    def targets(self, edges: Iterable[Edge], *kinds: str) -> list[IRI]:
        """The nodes that ``edges`` lead to, of ``kinds`` when any are given; sorted, each once."""
        nodes = {edge.target: self.graph.node(edge.target) for edge in edges}
        return sorted(self.iri(node) for node in nodes.values() if not kinds or node.kind in kinds)

    def entities(self) -> Iterable[Node]:
        """Every node that is neither a document nor a claim."""
        return self.graph.nodes(*(kind for kind in KINDS if kind not in ("DOCUMENT", "CLAIM")))


def scope(graph: KnowledgeGraph, base_iri: str, article_text: bool) -> Scope:
    """A fresh start; ValueError when ``base_iri`` is no IRI."""
    begin = base(base_iri)
    found = Scope(graph, begin, article_text, Spans(graph, begin), {})
    for node in found.entities():
        for item in node.evidence:
            found.owner[item.document, item.start, item.end] = node
    return found
