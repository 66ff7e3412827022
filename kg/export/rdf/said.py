"""Claims in RDF: who is reported to have said what, and where; none of it is asserted as a fact."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from kg.export.rdf.affiliations import membership
from kg.export.rdf.scope import Scope
from kg.export.rdf.spans import Description
from kg.export.rdf.terms import IRI, Term, boolean, date, decimal, literal, name
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


def describe(scope: Scope) -> Iterator[Description]:
    """Every claim of the graph."""
    for node in scope.graph.nodes("CLAIM"):
        claim = node.record
        if not isinstance(claim, Claim) or not scope.spans.all_of(claim.content):
            log.warning("dropped the claim %r: its words stand in no article of the graph", node.id)
            continue
        yield scope.iri(node), _claim(scope, node, claim)


def _claim(scope: Scope, node: Node, claim: Claim) -> Iterator[tuple[IRI, Term | None]]:
    home = claim.content[0].document
    document = scope.document(home)
    appearances = scope.targets(scope.graph.edges_from(node.id, "appears in"), "DOCUMENT")
    yield name("rdf:type"), name("schema:Claim")
    if claim.kind == "direct":
        yield name("rdf:type"), name("schema:Quotation")
    yield name("schema:text"), literal(claim.text, scope.language(home))
    yield from _source(scope, node, claim)
    for topic in scope.targets(scope.graph.edges_from(node.id, "about")):
        yield name("schema:about"), topic
    for article in appearances:
        yield name("schema:appearance"), article
    yield name("schema:datePublished"), date(document.published) if document else None
    yield name("kg:speechMode"), name(f"kg:{claim.kind.capitalize()}")
    yield name("kg:cue"), literal(claim.cue.quote, scope.language(home)) if claim.cue else None
    yield name("kg:polarity"), name(f"kg:{claim.polarity.capitalize()}")
    yield name("kg:modality"), name(f"kg:{claim.modality.capitalize()}")
    yield name("kg:hedged"), boolean(claim.modality != "asserted")
    yield name("kg:confidence"), decimal(claim.score)
    if claim.kind in ("direct", "mixed"):
        for article in appearances:
            yield name("prov:wasQuotedFrom"), article
    yield from _evidence(scope, claim)


def _source(scope: Scope, node: Node, claim: Claim) -> Iterator[tuple[IRI, Term | None]]:
    """The speakers; else the words that name the source; else, openly, that the article names none."""
    edges = list(scope.graph.edges_to(node.id, "said"))
    speakers = {edge.source: scope.graph.node(edge.source) for edge in edges}
    agents = sorted(scope.iri(speaker) for speaker in speakers.values() if speaker.kind in _AGENTS)
    words = literal(claim.source.quote if claim.source else claim.speaker.text if claim.speaker else "")
    for agent in agents:
        yield name("schema:spokenByCharacter"), agent
    if not agents and words and words.value:
        yield name("kg:sourceText"), words
    if agents or (words and words.value):
        kind = SOURCE_TYPES.get(claim.source_type)
        yield name("kg:sourceType"), name(f"kg:{kind}") if kind else None
    else:
        yield name("kg:sourceType"), name("kg:NoSource")
    if not agents:
        yield name("kg:unresolved"), literal(claim.unresolved)
    yield name("kg:speakerMembership"), membership(scope, claim.affiliation) if claim.affiliation else None
    for agent in scope.targets(scope.graph.edges_from(node.id, "on behalf of")):
        yield name("kg:onBehalfOf"), agent
    if agents:
        yield name("kg:speakerConfidence"), decimal(claim.speaker_score)


def _evidence(scope: Scope, claim: Claim) -> Iterator[tuple[IRI, Term | None]]:
    for span in scope.spans.all_of(claim.content):
        yield name("prov:wasDerivedFrom"), span
    if claim.cue:
        yield name("kg:cueSpan"), scope.spans.of(claim.cue)
    source = claim.source or (claim.speaker.evidence if claim.speaker else None)
    if source:
        yield name("kg:speakerSpan"), scope.spans.of(source)
    if claim.justification:
        yield name("kg:justificationSpan"), scope.spans.of(claim.justification)
