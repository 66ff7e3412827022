"""What every part of the RDF export needs to know: the graph, the base IRI, and what is said rather than so."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from kg.export.rdf.terms import IRI, Term, base, local
from kg.graph.network import Edge, KnowledgeGraph
from kg.records import Claim, Document, Evidence, Mention
from kg.vocab import KINDS

__all__ = ["Pairs", "Scope", "Statement", "scope"]

log = logging.getLogger(__name__)

Pairs = Iterable[tuple[IRI, Term | None]]
Statement = tuple[str, Evidence]  # a claim's id and a piece of its content


@dataclass(frozen=True, slots=True)
class Scope:
    """One export under way.

    ``said(document)`` is everything that somebody says in that article.
    """

    graph: KnowledgeGraph
    base: str
    article_text: bool
    said: Callable[[str], tuple[Statement, ...]]

    def iri(self, id: str) -> IRI:
        """The IRI of the document, entity or claim of that id."""
        return IRI(f"{self.base}{KINDS[self.graph.kind(id)].segment}/{local(id)}")

    def span(self, evidence: Evidence | Mention) -> IRI | None:
        """The node of a stretch of text; None, and a line in the log, when no article of the graph has it."""
        document = self.document(evidence.document)
        if document is None or not 0 <= evidence.start < evidence.end <= len(document.text):
            log.warning("dropped the evidence %r: no such stretch of text in the graph", evidence)
            return None
        return IRI(f"{self.base}span/{local(evidence.document)}-{evidence.start}-{evidence.end}")

    def spans(self, evidence: Iterable[Evidence]) -> list[IRI]:
        """The nodes of all that is found, sorted, each once."""
        return sorted({found for item in evidence if (found := self.span(item))})

    def claims_around(self, document: str, start: int, end: int) -> list[IRI]:
        """The claims whose content holds the whole of a stretch: what stands there is said, not so."""
        around = {id for id, piece in self.said(document) if piece.start <= start and end <= piece.end}
        return sorted(map(self.iri, around))

    def is_said(self, words: Evidence | Mention) -> bool:
        """Whether ``words`` stand within what somebody says."""
        return bool(self.claims_around(words.document, words.start, words.end))

    def document(self, id: str) -> Document | None:
        record = self.graph.node(id).record if id in self.graph else None
        return record if isinstance(record, Document) else None

    def language(self, document: str) -> str:
        """The language of the article of that id."""
        found = self.document(document)
        return found.language if found else ""

    def targets(self, edges: Iterable[Edge], *kinds: str) -> list[IRI]:
        """The nodes that ``edges`` lead to, of ``kinds`` when any are given; sorted, each once."""
        ids = {edge.target for edge in edges}
        return sorted(self.iri(id) for id in ids if not kinds or self.graph.kind(id) in kinds)


def scope(graph: KnowledgeGraph, base_iri: str, article_text: bool) -> Scope:
    """A fresh start; ValueError when ``base_iri`` is no IRI."""
    return Scope(graph, base(base_iri), article_text, lru_cache(maxsize=256)(partial(_said, graph)))


def _said(graph: KnowledgeGraph, document: str) -> tuple[Statement, ...]:
    if document not in graph:
        return ()
    claims = (graph.node(edge.source) for edge in graph.edges_to(document, "appears in"))
    return tuple(
        (node.id, piece)
        for node in claims
        if isinstance(node.record, Claim)
        for piece in node.record.content
        if piece.document == document
    )
