"""Evidence as Web Annotation nodes: where in an article something stands, by offsets and by its words."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.export.rdf.terms import IRI, Term, decimal, integer, literal, local, name, replaced
from kg.graph.network import KnowledgeGraph
from kg.records import Document, Evidence

__all__ = ["CONTEXT", "Description", "Spans"]

log = logging.getLogger(__name__)

CONTEXT: Final = 32  # code points of the text before and after a quote

Description = tuple[IRI, Iterable[tuple[IRI, Term | None]]]
_Place = tuple[str, int, int]


@dataclass(slots=True)
class Spans:
    """The spans that the nodes of one export point to; they are described after everything else."""

    graph: KnowledgeGraph
    base: str
    wanted: set[_Place] = field(default_factory=set)
    denoted: dict[_Place, list[tuple[IRI, float]]] = field(default_factory=dict)

    def of(self, evidence: Evidence) -> IRI | None:
        """The node of ``evidence``; None, and a line in the log, when no article of the graph has such a stretch."""
        place = (evidence.document, evidence.start, evidence.end)
        if place not in self.wanted:
            document = self._document(evidence.document)
            if document is None or not 0 <= evidence.start < evidence.end <= len(document.text):
                log.warning("dropped the evidence %r: no such stretch of text in the graph", place)
                return None
            self.wanted.add(place)
        return self._iri(place)

    def all_of(self, evidence: Iterable[Evidence]) -> list[IRI]:
        """The nodes of all that is found, sorted."""
        return sorted({found for item in evidence if (found := self.of(item))})

    def denote(self, evidence: Evidence, entity: IRI) -> None:
        """Note that ``evidence`` is a mention of ``entity``."""
        if self.of(evidence):
            place = (evidence.document, evidence.start, evidence.end)
            self.denoted.setdefault(place, []).append((entity, evidence.score))

    def describe(self) -> Iterator[Description]:
        """Each span with its two selectors, in the order of the texts."""
        current, text = "", ""
        for place in sorted(self.wanted):
            document, start, end = place
            if document != current:
                current, text = document, replaced(self.graph.document(document).text)
            node = self._iri(place)
            position, quotation = IRI(f"{node.value}-pos"), IRI(f"{node.value}-quote")
            yield node, self._span(place, (position, quotation))
            yield position, _position(start, end)
            yield quotation, _quotation(text, start, end)

    def _span(self, place: _Place, selectors: tuple[IRI, IRI]) -> Iterator[tuple[IRI, Term | None]]:
        yield name("rdf:type"), name("oa:SpecificResource")
        denoted = self.denoted.get(place, [])
        for entity in sorted({entity for entity, _ in denoted}):
            yield name("kg:denotes"), entity
        if denoted:
            yield name("kg:confidence"), decimal(max(score for _, score in denoted))
        yield name("oa:hasSource"), IRI(f"{self.base}doc/{local(place[0])}")
        for selector in selectors:
            yield name("oa:hasSelector"), selector

    def _iri(self, place: _Place) -> IRI:
        document, start, end = place
        return IRI(f"{self.base}span/{local(document)}-{start}-{end}")

    def _document(self, id: str) -> Document | None:
        try:
            return self.graph.document(id)
        except KeyError:
            return None


def _position(start: int, end: int) -> Iterator[tuple[IRI, Term | None]]:
    yield name("rdf:type"), name("oa:TextPositionSelector")
    yield name("oa:start"), integer(start)
    yield name("oa:end"), integer(end)


def _quotation(text: str, start: int, end: int) -> Iterator[tuple[IRI, Term | None]]:
    yield name("rdf:type"), name("oa:TextQuoteSelector")
    yield name("oa:prefix"), literal(text[max(start - CONTEXT, 0) : start] or None)
    yield name("oa:exact"), literal(text[start:end])
    yield name("oa:suffix"), literal(text[end : end + CONTEXT] or None)
