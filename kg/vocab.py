"""The one table that says how each kind is written in RDF, labelled and drawn.

Terms: schema.org, W3C Organization Ontology (org), Web Annotation (oa), PROV-O (prov), Simple Event Model (sem).
Weeks are literals of the Extended Date/Time Format (edtf) of the Library of Congress.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["BASE_IRI", "ENTITIES", "KINDS", "NAMESPACES", "RELATIONS", "Kind", "Relation"]

BASE_IRI: Final = "https://w3id.org/newskg/id/"

NAMESPACES: Final[dict[str, str]] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "dcterms": "http://purl.org/dc/terms/",
    "void": "http://rdfs.org/ns/void#",
    "kg": "https://w3id.org/newskg/ns#",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: its RDF classes, the path segment of its IRIs, the words people read, and its colour."""

    name: str
    classes: tuple[str, ...]
    segment: str
    label: str
    plural: str
    colour: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of edge: what it joins, the words people read, and the RDF property of the plain edge, if it has one."""

    name: str
    source: str
    target: str
    label: str
    property: str | None
    style: Literal["solid", "dashed"]


KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("PERSON", ("schema:Person",), "person", "Person", "People", "#2f6fb5"),
        Kind("ORG", ("schema:Organization",), "org", "Organisation", "Organisations", "#b3541e"),
        Kind("PLACE", ("schema:Place",), "place", "Place", "Places", "#2e7d4f"),
        Kind("EVENT", ("schema:Event", "sem:Event"), "event", "Event", "Events", "#8a4bab"),
        Kind("CLAIM", ("schema:Claim",), "claim", "Claim", "Claims", "#c79a1b"),
        Kind("DOCUMENT", ("schema:NewsArticle",), "doc", "Article", "Articles", "#6b7280"),
    )
}

ENTITIES: Final = ("PERSON", "ORG", "PLACE", "EVENT")
"""The kinds that are neither documents nor claims."""

RELATIONS: Final[dict[str, Relation]] = {
    relation.name: relation
    for relation in (
        Relation("affiliation", "PERSON", "ORG", "holds a role at", "schema:affiliation", "solid"),
        Relation("said", "PERSON", "CLAIM", "said", None, "solid"),
        Relation("about", "CLAIM", "EVENT", "is about", "schema:about", "dashed"),
        Relation("appears in", "CLAIM", "DOCUMENT", "appears in", "schema:appearance", "dashed"),
        Relation("mentions", "DOCUMENT", "PERSON", "mentions", "schema:mentions", "dashed"),
        Relation("participant", "EVENT", "PERSON", "has participant", "sem:hasActor", "solid"),
        Relation("located in", "EVENT", "PLACE", "takes place in", "schema:location", "solid"),
        Relation("on behalf of", "CLAIM", "ORG", "is made on behalf of", None, "dashed"),
        Relation("repeats", "CLAIM", "CLAIM", "says the same as", "kg:repeats", "dashed"),
        Relation("contradicts", "CLAIM", "CLAIM", "contradicts", "kg:contradicts", "solid"),
        Relation("copy of", "DOCUMENT", "DOCUMENT", "copies", "kg:copyOf", "dashed"),
        Relation("within", "PLACE", "PLACE", "lies in", "schema:containedInPlace", "dashed"),
    )
}
