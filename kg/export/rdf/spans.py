"""Evidence as Web Annotation nodes: where in an article something stands, by offsets and by its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.export.rdf.scope import Pairs, Scope
from kg.export.rdf.terms import IRI, Term, decimal, integer, literal, name, replaced
from kg.records import Document, Evidence, Mention

__all__ = ["CONTEXT", "Spans"]

CONTEXT: Final = 32  # code points of the text before and after a quote

_Place = tuple[int, int]


@dataclass(slots=True)
class Spans:
    """The stretches of one article that the nodes of an export point to; they are described after everything else."""

    scope: Scope
    article: IRI
    document: Document
    wanted: dict[_Place, IRI] = field(default_factory=dict)
    denoted: dict[_Place, list[tuple[str, float]]] = field(default_factory=dict)

    def add(self, evidence: Evidence | None) -> IRI | None:
        """The node of ``evidence``, to be described; None when the article has no such stretch."""
        found = self.scope.span(evidence) if evidence and evidence.document == self.document.id else None
        if evidence and found:
            self.wanted[evidence.start, evidence.end] = found
        return found

    def denote(self, evidence: Evidence, entity: str) -> None:
        """Note that ``evidence`` is a mention of the entity of that id."""
        if self.add(evidence):
            self.denoted.setdefault((evidence.start, evidence.end), []).append((entity, evidence.score))

    def entity(self, mention: Mention | None, *kinds: str) -> str | None:
        """The id of the entity of ``mention``, if it is of one of ``kinds``."""
        denoted = self.denoted.get((mention.start, mention.end), []) if mention else []
        return next((id for id, _ in denoted if self.scope.graph.kind(id) in kinds), None)

    def describe(self) -> Iterator[tuple[IRI, Pairs]]:
        """Each span with its two selectors, in the order of the text."""
        text = replaced(self.document.text)
        for (start, end), node in sorted(self.wanted.items()):
            position, quotation = IRI(f"{node.value}-pos"), IRI(f"{node.value}-quote")
            yield node, self._span((start, end), (position, quotation))
            yield position, _position(start, end)
            yield quotation, _quotation(text, start, end)

    def _span(self, place: _Place, selectors: tuple[IRI, IRI]) -> Iterator[tuple[IRI, Term | None]]:
        yield name("rdf:type"), name("oa:SpecificResource")
        denoted = self.denoted.get(place, [])
        for entity in sorted({self.scope.iri(id) for id, _ in denoted}):
            yield name("kg:denotes"), entity
        if denoted:
            for claim in self.scope.claims_around(self.document.id, *place):
                yield name("kg:statedIn"), claim
            yield name("kg:confidence"), decimal(max(score for _, score in denoted))
        yield name("oa:hasSource"), self.article
        for selector in selectors:
            yield name("oa:hasSelector"), selector


def _position(start: int, end: int) -> Pairs:
    return (
        (name("rdf:type"), name("oa:TextPositionSelector")),
        (name("oa:start"), integer(start)),
        (name("oa:end"), integer(end)),
    )


def _quotation(text: str, start: int, end: int) -> Pairs:
    return (
        (name("rdf:type"), name("oa:TextQuoteSelector")),
        (name("oa:prefix"), literal(text[max(start - CONTEXT, 0) : start])),
        (name("oa:exact"), literal(text[start:end])),
        (name("oa:suffix"), literal(text[end : end + CONTEXT])),
    )
