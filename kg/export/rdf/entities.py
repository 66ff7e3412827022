"""Entities in RDF: names, identities, places on the map, and what articles state of them in their own voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from kg.export.rdf.scope import Pairs, Scope
from kg.export.rdf.terms import IRI, Literal, Term, clean, degrees, iri, literal, local, moment, name, property_of, quotation
from kg.graph.network import Node
from kg.records import Affiliation, Entity, Event, Evidence, Location
from kg.vocab import ENTITIES, KINDS

__all__ = ["describe", "readable"]

EVENT_STATUS: Final = {"past": "Past", "ongoing": "Ongoing", "planned": "Planned", "hypothetical": "Hypothetical"}
_IN_OFFICE: Final = ("current", "acting")


def describe(scope: Scope) -> Iterator[tuple[IRI, Pairs]]:
    """Every entity, by kind and id."""
    for kind in ENTITIES:
        for node in scope.graph.nodes(kind):
            yield scope.iri(node.id), _entity(scope, node)


def readable(text: str, otherwise: str) -> str:
    """``text``, unless nothing of it is left to read."""
    return text if clean(text).strip() else otherwise


def _entity(scope: Scope, node: Node) -> Iterator[tuple[IRI, Term | None]]:
    label = literal(readable(node.record.name if isinstance(node.record, Entity) else node.label, local(node.id)))
    for class_ in KINDS[node.kind].classes:
        yield name("rdf:type"), name(class_)
    yield name("rdfs:label"), label
    yield name("schema:name"), label
    if isinstance(node.record, Entity):
        yield from _identity(node.record, label.value if label else "")
    if node.kind == "PERSON":
        yield from _person(scope, node)
    elif node.kind == "PLACE":
        for larger in scope.targets(scope.graph.edges_from(node.id, "within")):
            yield property_of("within"), larger
    elif node.kind == "EVENT":
        yield from _event(scope, node)


def _identity(entity: Entity, label: str) -> Iterator[tuple[IRI, Term | None]]:
    for alias in sorted(set(map(clean, entity.aliases)) - {label, ""}):
        yield name("schema:alternateName"), literal(alias)
    for same in sorted({found for text in entity.same_as if (found := iri(text, f"identity of {entity.id}"))}):
        yield name("schema:sameAs"), same
    if entity.location:
        yield from _location(entity.location)


def _location(location: Location) -> Pairs:
    latitude, longitude = degrees(location.latitude, 90), degrees(location.longitude, 180)
    if latitude and longitude:
        yield name("schema:latitude"), latitude
        yield name("schema:longitude"), longitude
    yield name("kg:country"), literal(location.country)


# ------------------------------------------------------------------ people
def _person(scope: Scope, node: Node) -> Iterator[tuple[IRI, Term | None]]:
    """Employers, titles and parties, unless somebody merely says so; and evidence where no membership holds it."""
    edges = [edge for edge in scope.graph.edges_from(node.id, "affiliation") if edge.record]
    stated = [(edge, edge.record) for edge in edges if edge.record and not scope.is_said(edge.record.evidence)]
    employed = (edge for edge, record in stated if record.organisation and record.status in _IN_OFFICE)
    for employer in scope.targets(employed, "ORG"):
        yield name("schema:affiliation"), employer
    for title in _sorted(_title(scope, record) for _, record in stated):
        yield name("schema:jobTitle"), title
    for party in _sorted(literal(record.party) for _, record in stated):
        yield name("kg:party"), party
    for span in scope.spans(record.evidence for edge, record in stated if scope.graph.kind(edge.target) != "ORG"):
        yield name("prov:wasDerivedFrom"), span


def _sorted(values: Iterable[Literal | None]) -> list[Literal]:
    return sorted({value for value in values if value}, key=lambda value: (value.value, value.language or ""))


def _title(scope: Scope, record: Affiliation) -> Literal | None:
    """The role as the text has it; who no longer or not yet holds it is called so."""
    title = clean(record.role.quote if record.role else record.role_name or "")
    if title and record.status != "current" and record.status not in title.lower():
        title = f"{record.status} {title}"
    return literal(title, scope.language(record.evidence.document))


# ------------------------------------------------------------------ events
def _event(scope: Scope, node: Node) -> Iterator[tuple[IRI, Term | None]]:
    """Where, when and with whom, unless somebody merely says so."""
    stated = [event for event in node.events if not scope.is_said(event.trigger)]
    passages = {event.evidence for event in stated}
    for relation in ("located in", "participant"):
        edges = scope.graph.edges_from(node.id, relation)
        for thing in scope.targets(edge for edge in edges if not passages.isdisjoint(edge.evidence)):
            yield property_of(relation), thing
    for status in sorted({EVENT_STATUS[event.status] for event in stated}):
        yield name("kg:eventStatus"), name(f"kg:{status}")
    for moment_ in _sorted(moment(event.date) for event in stated):
        yield name("sem:hasTimeStamp"), moment_
    for words in _sorted(quotation(event.time.quote) for event in stated if event.time):
        yield name("kg:time"), words
    for span in scope.spans(_shown(stated)):
        yield name("prov:wasDerivedFrom"), span


def _shown(events: Iterable[Event]) -> Iterator[Evidence]:
    return chain.from_iterable((event.evidence, *((event.time,) if event.time else ())) for event in events)
