"""Affiliations in RDF: a membership node for each, its role, and the shortcuts on the person."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Final

from kg.export.rdf.scope import Scope
from kg.export.rdf.spans import Description
from kg.export.rdf.terms import IRI, Literal, Term, date, decimal, digest, literal, minted, name
from kg.graph.network import Node
from kg.records import Affiliation, Claim, Evidence, Mention

__all__ = ["Held", "describe", "held", "membership", "shortcuts"]

log = logging.getLogger(__name__)

STATUS: Final = {"current": "Current", "former": "Former", "acting": "Acting", "elect": "Elect", "candidate": "Candidate"}
_IN_OFFICE: Final = ("current", "acting")


@dataclass(frozen=True, slots=True)
class Held:
    """An affiliation whose person is known, with its organisation and place as far as they are."""

    record: Affiliation
    person: Node
    organisation: Node | None
    place: Node | None


def held(scope: Scope) -> dict[str, list[Held]]:
    """The affiliations of each person, by the person's id, each in a fixed order."""
    records = {edge.record for edge in scope.graph.edges("affiliation") if edge.record}
    for node in scope.graph.nodes("CLAIM"):
        if isinstance(node.record, Claim) and node.record.affiliation:
            records.add(node.record.affiliation)
    found: dict[str, list[Held]] = {}
    for record in sorted(records, key=_order):
        person = scope.entity(record.person, "PERSON")
        if person is None:
            log.warning("dropped the affiliation %r: it is not a person's", record.evidence)
            continue
        organisation = scope.entity(record.organisation, "ORG")
        place = scope.entity(record.place, "PLACE") or scope.entity(record.organisation, "PLACE")
        found.setdefault(person.id, []).append(Held(record, person, organisation, place))
    return found


def _order(record: Affiliation) -> tuple[str, int, int, str]:
    evidence = record.evidence
    return (evidence.document, evidence.start, evidence.end, repr(astuple(record)))


def membership(scope: Scope, record: Affiliation) -> IRI | None:
    """The node of an affiliation; None when it has no person or no organisation.

    It is named after what the article says, so it stays when the person or the organisation gets a better name.
    """
    if not scope.entity(record.person, "PERSON") or not scope.entity(record.organisation, "ORG"):
        return None
    spans: list[Evidence | Mention | None] = [record.evidence, record.person, record.organisation, record.role]
    offsets = [f"{span.start}-{span.end}" if span else "" for span in spans]
    return IRI(f"{scope.base}membership/m{digest(record.evidence.document, *offsets, record.status)}")


def shortcuts(scope: Scope, items: list[Held]) -> Iterator[tuple[IRI, Term | None]]:
    """What stands on the person: employers and titles; parties, and evidence where no membership holds it."""
    employers = {scope.iri(item.organisation) for item in items if item.organisation and item.record.status in _IN_OFFICE}
    for employer in sorted(employers):
        yield name("schema:affiliation"), employer
    for title in _sorted(_title(scope, item.record) for item in items):
        yield name("schema:jobTitle"), title
    for party in _sorted(literal(item.record.party) for item in items if item.record.party):
        yield name("kg:party"), party
    for span in scope.spans.all_of(item.record.evidence for item in items if not item.organisation):
        yield name("prov:wasDerivedFrom"), span


def _sorted(values: Iterator[Literal | None]) -> list[Literal]:
    return sorted({value for value in values if value and value.value})


def _title(scope: Scope, record: Affiliation) -> Literal | None:
    """The role as the text has it; who no longer or not yet holds it is called so."""
    title = record.role.quote if record.role else record.role_name
    if title and record.status != "current" and record.status not in title.lower():
        title = f"{record.status} {title}"
    return literal(title, scope.language(record.evidence.document))


def _role(scope: Scope, record: Affiliation) -> tuple[IRI, Literal] | None:
    label = literal(record.role_name or (record.role.quote if record.role else ""), scope.language(record.evidence.document))
    if not label or not label.value:
        return None
    return IRI(f"{scope.base}role/{minted(label.value, 'role', label.language)}"), label


def describe(scope: Scope, persons: dict[str, list[Held]]) -> Iterator[Description]:
    """The roles, then the memberships."""
    items = [item for person in sorted(persons) for item in persons[person] if item.organisation]
    for role, label in sorted({pair for item in items if (pair := _role(scope, item.record))}):
        yield role, ((name("rdf:type"), name("org:Role")), (name("rdfs:label"), label))
    found: dict[IRI, Held] = {}
    for item in items:
        node = membership(scope, item.record)
        if node and (node not in found or found[node].record.score < item.record.score):
            found[node] = item
    for node in sorted(found):
        yield node, _membership(scope, found[node])


def _membership(scope: Scope, item: Held) -> Iterator[tuple[IRI, Term | None]]:
    record = item.record
    document = scope.document(record.evidence.document)
    role = _role(scope, record)
    yield name("rdf:type"), name("org:Membership")
    yield name("org:member"), scope.iri(item.person)
    yield name("org:organization"), scope.iri(item.organisation) if item.organisation else None
    yield name("org:role"), role[0] if role else None
    yield name("schema:location"), scope.iri(item.place) if item.place else None
    yield name("kg:status"), name(f"kg:{STATUS[record.status]}")
    yield name("kg:attestedOn"), date(document.published) if document else None
    yield name("kg:confidence"), decimal(record.score)
    yield name("prov:wasDerivedFrom"), scope.spans.of(record.evidence)
