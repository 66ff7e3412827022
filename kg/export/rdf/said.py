"""Claims in RDF: who is reported to have said what, and where; none of it is asserted as a fact."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from kg.export.rdf.affiliations import Memberships
from kg.export.rdf.scope import Pairs, Scope
from kg.export.rdf.spans import Spans
from kg.export.rdf.terms import IRI, Term, boolean, date, decimal, literal, moment, name, property_of, quotation
from kg.graph.network import Node
from kg.records import Claim

__all__ = ["describe"]

log = logging.getLogger(__name__)

SOURCE_TYPES: Final = {
    "named person": "NamedPerson",
    "unnamed person": "UnnamedPerson",
    "named organisation": "NamedOrganization",
    "unnamed group": "UnnamedGroup",
    "document": "Document",
}
_AGENTS: Final = ("PERSON", "ORG", "PLACE")


def describe(spans: Spans, known: Memberships) -> Iterator[tuple[IRI, Pairs]]:
    """Every claim that appears in the article of ``spans``."""
    graph = spans.scope.graph
    for id in sorted({edge.source for edge in graph.edges_to(spans.document.id, "appears in")}):
        node = graph.node(id)
        claim = node.record
        if isinstance(claim, Claim) and any(spans.add(piece) for piece in claim.content):
            yield spans.scope.iri(id), _claim(spans, node, claim, known)
        else:
            log.warning("dropped the claim %r: its words do not stand in %r", id, spans.document.id)


def _claim(spans: Spans, node: Node, claim: Claim, known: Memberships) -> Iterator[tuple[IRI, Term | None]]:
    scope, language = spans.scope, spans.document.language
    yield name("rdf:type"), name("schema:Claim")
    if claim.kind == "direct":
        yield name("rdf:type"), name("schema:Quotation")
    yield name("schema:text"), quotation(claim.text, language)
    yield from _source(spans, node, claim, known)
    for topic in scope.targets(scope.graph.edges_from(node.id, "about")):
        yield name("schema:about"), topic
    yield name("schema:appearance"), spans.article
    yield name("schema:datePublished"), date(spans.document.published)
    yield name("kg:time"), quotation(claim.time.quote) if claim.time else None
    yield name("kg:saidOn"), moment(claim.said_on)
    yield name("kg:speechMode"), name(f"kg:{claim.kind.capitalize()}")
    yield name("kg:cue"), quotation(claim.cue.quote, language) if claim.cue else None
    yield name("kg:polarity"), name(f"kg:{claim.polarity.capitalize()}")
    yield name("kg:modality"), name(f"kg:{claim.modality.capitalize()}")
    yield name("kg:hedged"), boolean(claim.modality != "asserted")
    yield name("kg:confidence"), decimal(claim.score)
    for relation in ("repeats", "contradicts"):
        for other in _related(scope, node, relation):
            yield property_of(relation), other
    if claim.kind in ("direct", "mixed"):
        yield name("prov:wasQuotedFrom"), spans.article
    yield from _evidence(spans, claim)


def _related(scope: Scope, node: Node, relation: str) -> list[IRI]:
    """The claims that this one repeats or contradicts; of both sides of a contradiction each points to the other."""
    there = {edge.target for edge in scope.graph.edges_from(node.id, relation)}
    back = {edge.source for edge in scope.graph.edges_to(node.id, relation)} if relation == "contradicts" else set()
    return sorted(map(scope.iri, there | back))


def _source(spans: Spans, node: Node, claim: Claim, known: Memberships) -> Iterator[tuple[IRI, Term | None]]:
    """The speakers; else the words that name the source; else, openly, that the article names none."""
    scope = spans.scope
    speakers = {edge.source for edge in scope.graph.edges_to(node.id, "said")}
    agents = sorted(scope.iri(speaker) for speaker in speakers if scope.graph.kind(speaker) in _AGENTS)
    words = quotation(claim.source.quote if claim.source else claim.speaker.text if claim.speaker else "")
    for agent in agents:
        yield name("schema:spokenByCharacter"), agent
    if not agents and words:
        yield name("kg:sourceText"), words
    if agents or words:
        kind = SOURCE_TYPES.get(claim.source_type)
        yield name("kg:sourceType"), name(f"kg:{kind}") if kind else None
    else:
        yield name("kg:sourceType"), name("kg:NoSource")
    if not agents:
        yield name("kg:unresolved"), literal(claim.unresolved)
    if claim.affiliation in known:
        yield name("kg:speakerMembership"), known[claim.affiliation][0]
    for agent in scope.targets(scope.graph.edges_from(node.id, "on behalf of")):
        yield name("kg:onBehalfOf"), agent
    if agents:
        yield name("kg:speakerConfidence"), decimal(claim.speaker_score)


def _evidence(spans: Spans, claim: Claim) -> Iterator[tuple[IRI, Term | None]]:
    for span in sorted({found for piece in claim.content if (found := spans.add(piece))}):
        yield name("prov:wasDerivedFrom"), span
    yield name("kg:cueSpan"), spans.add(claim.cue)
    yield name("kg:speakerSpan"), spans.add(claim.source or (claim.speaker.evidence if claim.speaker else None))
    yield name("kg:justificationSpan"), spans.add(claim.justification)
    yield name("kg:timeSpan"), spans.add(claim.time)
