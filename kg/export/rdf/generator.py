"""The one generator of triples: every RDF format is written from what it yields.

The model: flat triples; a node of its own for each claim, affiliation and stretch of evidence; no blank nodes, no clock.
What somebody said stands in the text of a claim and is never a triple about the world.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain

from pyoxigraph import Quad, Triple

from kg.export.rdf import affiliations, entities, said
from kg.export.rdf.scope import Pairs, Scope, scope
from kg.export.rdf.spans import Spans
from kg.export.rdf.terms import IRI, Term, date, digest_of, iri, literal, minted, name, property_of, replaced
from kg.graph.network import KnowledgeGraph, Node
from kg.records import Document
from kg.vocab import BASE_IRI, KINDS, NAMESPACES

__all__ = ["quads", "triples"]

_SOFTWARE = IRI("https://w3id.org/newskg/software/kg")
_VOCABULARIES = ("schema", "org", "oa", "prov", "sem", "kg")
_Subject = tuple[IRI, Pairs]


def triples(graph: KnowledgeGraph, *, base_iri: str = BASE_IRI, article_text: bool = True) -> Iterator[Triple]:
    """The whole graph.  The triples of a subject come together, none comes twice, and their order is always the same.

    ``article_text=False`` leaves out ``schema:articleBody``; quotes and the words around them remain.
    """
    for _, (subject, pairs) in _subjects(scope(graph, base_iri, article_text)):
        for predicate, thing in dict.fromkeys(pairs):
            if thing is not None:
                yield Triple(subject, predicate, thing)


def quads(graph: KnowledgeGraph, *, base_iri: str = BASE_IRI, article_text: bool = True) -> Iterator[Quad]:
    """The same, with what one article says in a graph named after the article, and the rest in the default graph."""
    for home, (subject, pairs) in _subjects(scope(graph, base_iri, article_text)):
        for predicate, thing in dict.fromkeys(pairs):
            if thing is not None:
                yield Quad(subject, predicate, thing, home)


def _subjects(scope: Scope) -> Iterator[tuple[IRI | None, _Subject]]:
    """Every subject with what is said of it, and the article that says so: first what all share, then by article."""
    for subject in chain(_dataset(scope), _outlets(scope), entities.describe(scope), affiliations.roles(scope)):
        yield None, subject
    for node in scope.graph.nodes("DOCUMENT"):
        if isinstance(node.record, Document):
            home = scope.iri(node.id)
            for subject in _article(scope, node, Spans(scope, home, node.record)):
                yield home, subject


def _dataset(scope: Scope) -> Iterator[_Subject]:
    """The export itself.  The run is named after what it found, so that the same graph gives the same bytes."""
    run = IRI(f"{scope.base}run/r{digest_of(scope.graph)}")
    vocabularies = [(name("void:vocabulary"), IRI(NAMESPACES[prefix])) for prefix in _VOCABULARIES]
    about = (
        (name("rdf:type"), name("void:Dataset")),
        (name("dcterms:title"), literal("A knowledge graph of who said what in the news", "en")),
        (name("void:uriSpace"), literal(scope.base)),
        *vocabularies,
        (name("prov:wasGeneratedBy"), run),
    )
    yield IRI(scope.base), about
    yield run, ((name("rdf:type"), name("prov:Activity")), (name("prov:wasAssociatedWith"), _SOFTWARE))
    yield _SOFTWARE, ((name("rdf:type"), name("prov:SoftwareAgent")), (name("rdfs:label"), literal("kg")))


def _outlet(scope: Scope, publisher: str | None) -> IRI | None:
    """An outlet is a node apart from the organisations that articles mention, even when it has the name of one."""
    return IRI(f"{scope.base}{KINDS['ORG'].segment}/{minted(publisher, 'outlet')}") if publisher else None


def _outlets(scope: Scope) -> Iterator[_Subject]:
    records = (node.record for node in scope.graph.nodes("DOCUMENT"))
    names = {record.publisher for record in records if isinstance(record, Document) and record.publisher}
    for outlet, publisher in sorted((found, publisher) for publisher in names if (found := _outlet(scope, publisher))):
        label = literal(entities.readable(publisher, outlet.value))
        types = (name("rdf:type"), name("schema:NewsMediaOrganization"))
        yield outlet, (types, (name("rdfs:label"), label), (name("schema:name"), label))


# ------------------------------------------------------------------ one article
def _article(scope: Scope, node: Node, spans: Spans) -> Iterator[_Subject]:
    """The article, what it says of people, what people say in it, and where all that stands."""
    for edge in scope.graph.edges_from(node.id, "mentions"):
        for item in edge.evidence:
            spans.denote(item, edge.target)
    for edge in scope.graph.affiliations_in(node.id):
        spans.add(edge.record.evidence if edge.record else None)
    for event in scope.graph.events_in(node.id):
        spans.add(event.evidence)
        spans.add(event.time)
    known = affiliations.memberships(scope, node.id)
    yield spans.article, _document(scope, node, spans.document)
    yield from affiliations.describe(spans, known)
    yield from said.describe(spans, known)
    yield from spans.describe()  # last, because the other parts say which spans are wanted


def _document(scope: Scope, node: Node, document: Document) -> Iterator[tuple[IRI, Term | None]]:
    text = replaced(document.text)
    yield name("rdf:type"), name("schema:NewsArticle")
    yield name("schema:headline"), literal(document.title, document.language)
    yield name("schema:datePublished"), date(document.published)
    yield name("schema:inLanguage"), literal(document.language)
    yield name("schema:publisher"), _outlet(scope, document.publisher)
    yield name("schema:url"), iri(document.url, f"address of {document.id}") if document.url else None
    if scope.article_text:
        yield name("schema:articleBody"), literal(text, document.language)
    yield name("kg:textSha256"), literal(hashlib.sha256(text.encode("utf-8")).hexdigest())
    for original in scope.targets(scope.graph.edges_from(node.id, "copy of")):
        yield property_of("copy of"), original
    for entity in scope.targets(scope.graph.edges_from(node.id, "mentions")):
        yield name("schema:mentions"), entity
