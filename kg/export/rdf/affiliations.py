"""Affiliations in RDF: the roles, and a membership node for each time that an article states one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.export.rdf.scope import Pairs, Scope
from kg.export.rdf.spans import Spans
from kg.export.rdf.terms import IRI, Literal, Term, date, decimal, digest, literal, minted, moment, name
from kg.graph.network import Edge
from kg.records import Affiliation, Evidence, Mention

__all__ = ["Memberships", "describe", "memberships", "roles"]

STATUS: Final = {"current": "Current", "former": "Former", "acting": "Acting", "elect": "Elect", "candidate": "Candidate"}

Memberships = dict[Affiliation, tuple[IRI, Edge]]


def roles(scope: Scope) -> Iterator[tuple[IRI, Pairs]]:
    """The roles that people hold in organisations, each once."""
    records = (record for node in scope.graph.nodes("DOCUMENT") for record in memberships(scope, node.id))
    found = dict(role for record in records if (role := _role(scope, record)))
    for node in sorted(found):
        yield node, ((name("rdf:type"), name("org:Role")), (name("rdfs:label"), found[node]))


def _role(scope: Scope, record: Affiliation) -> tuple[IRI, Literal] | None:
    label = literal(record.role_name or (record.role.quote if record.role else ""), scope.language(record.evidence.document))
    if not label:
        return None
    return IRI(f"{scope.base}role/{minted(label.value, 'role', label.language or '')}"), label


def memberships(scope: Scope, document: str) -> Memberships:
    """The affiliations between a person and an organisation that an article states, each with its node.

    A node is named after what the article says, so it stays when the person or the organisation gets a better name.
    """
    found: Memberships = {}
    for edge in scope.graph.affiliations_in(document):
        if edge.record and _kinds(scope, edge) == ("PERSON", "ORG"):
            record = edge.record
            spans: list[Evidence | Mention | None] = [record.evidence, record.person, record.organisation, record.role]
            offsets = [f"{span.start}-{span.end}" if span else "" for span in spans]
            found[record] = IRI(f"{scope.base}membership/m{digest(document, *offsets, record.status)}"), edge
    return found


def _kinds(scope: Scope, edge: Edge) -> tuple[str, str]:
    return scope.graph.kind(edge.source), scope.graph.kind(edge.target)


def describe(spans: Spans, items: Memberships) -> Iterator[tuple[IRI, Pairs]]:
    """Each membership once; of two readings of the same words the one with the higher score."""
    best: dict[IRI, tuple[Affiliation, Edge]] = {}
    for record, (node, edge) in sorted(items.items(), key=lambda item: (-item[0].score, repr(item[0]))):
        best.setdefault(node, (record, edge))
    for node in sorted(best):
        yield node, _membership(spans, *best[node])


def _membership(spans: Spans, record: Affiliation, edge: Edge) -> Iterator[tuple[IRI, Term | None]]:
    scope = spans.scope
    role = _role(scope, record)
    place = spans.entity(record.place, "PLACE")
    yield name("rdf:type"), name("org:Membership")
    yield name("org:member"), scope.iri(edge.source)
    yield name("org:organization"), scope.iri(edge.target)
    yield name("org:role"), role[0] if role else None
    yield name("schema:location"), scope.iri(place) if place else None
    yield name("schema:startDate"), moment(record.since)
    yield name("schema:endDate"), moment(record.until)
    yield name("kg:status"), name(f"kg:{STATUS[record.status]}")
    yield name("kg:attestedOn"), date(spans.document.published)
    for claim in scope.claims_around(spans.document.id, record.evidence.start, record.evidence.end):
        yield name("kg:statedIn"), claim
    yield name("kg:confidence"), decimal(record.score)
    yield name("prov:wasDerivedFrom"), spans.add(record.evidence)
