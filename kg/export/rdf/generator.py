"""The one generator of triples: every RDF format is written from what it yields.

The model: flat triples; a node of its own for each claim, affiliation and stretch of evidence; no blank nodes, no clock.
What somebody said stands in the text of a claim and is never a triple about the world.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain

from kg.export.rdf import affiliations, said
from kg.export.rdf.affiliations import Held
from kg.export.rdf.scope import Scope, scope
from kg.export.rdf.spans import Description
from kg.export.rdf.terms import IRI, Term, Triple, clean, date, digest, iri, literal, local, minted, name, replaced
from kg.graph.network import KnowledgeGraph, Node
from kg.records import Document, Entity
from kg.vocab import BASE_IRI, KINDS, NAMESPACES

__all__ = ["triples"]

_SOFTWARE = IRI("https://w3id.org/newskg/software/kg")
_VOCABULARIES = ("schema", "org", "oa", "prov", "sem", "kg")


def triples(graph: KnowledgeGraph, *, base_iri: str = BASE_IRI, article_text: bool = True) -> Iterator[Triple]:
    """The whole graph.  The triples of a subject come together, none comes twice, and their order is always the same.

    ``article_text=False`` leaves out ``schema:articleBody``; quotes and the words around them remain.
    """
    start = scope(graph, base_iri, article_text)
    for node in start.entities():
        for item in node.evidence:
            start.spans.denote(item, start.iri(node))
    persons = affiliations.held(start)
    parts = chain(
        _dataset(start),
        _documents(start),
        _outlets(start),
        _entities(start, persons),
        affiliations.describe(start, persons),
        said.describe(start),
        start.spans.describe(),  # last, because the other parts say which spans are wanted
    )
    for subject, pairs in parts:
        for predicate, thing in dict.fromkeys(pairs):
            if thing is not None:
                yield subject, predicate, thing


def _dataset(scope: Scope) -> Iterator[Description]:
    """The export itself.  The run is named after what it found, so that the same graph gives the same bytes."""
    run = IRI(f"{scope.base}run/r{digest(*(node.id for node in scope.graph.nodes()))}")
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


# ------------------------------------------------------------------ articles and those who publish them
def _documents(scope: Scope) -> Iterator[Description]:
    for node in scope.graph.nodes("DOCUMENT"):
        if isinstance(node.record, Document):
            yield scope.iri(node), _document(scope, node, node.record)


def _document(scope: Scope, node: Node, document: Document) -> Iterator[tuple[IRI, Term | None]]:
    text = replaced(document.text)
    yield name("rdf:type"), name("schema:NewsArticle")
    yield name("schema:headline"), literal(document.title, document.language)
    yield name("schema:datePublished"), date(document.published)
    yield name("schema:inLanguage"), literal(document.language or None)
    yield name("schema:publisher"), _outlet(scope, document.publisher)
    yield name("schema:url"), iri(document.url, f"address of {document.id}") if document.url else None
    if scope.article_text:
        yield name("schema:articleBody"), literal(text, document.language)
    yield name("kg:textSha256"), literal(hashlib.sha256(text.encode("utf-8")).hexdigest())
    for entity in scope.targets(scope.graph.edges_from(node.id, "mentions")):
        yield name("schema:mentions"), entity


def _outlet(scope: Scope, publisher: str | None) -> IRI | None:
    """An outlet is a node apart from the organisations that articles mention, even when it has the name of one."""
    return IRI(f"{scope.base}{KINDS['ORG'].segment}/{minted(publisher, 'outlet')}") if publisher else None


def _outlets(scope: Scope) -> Iterator[Description]:
    records = (node.record for node in scope.graph.nodes("DOCUMENT"))
    names = {record.publisher for record in records if isinstance(record, Document) and record.publisher}
    for outlet, publisher in sorted((found, publisher) for publisher in names if (found := _outlet(scope, publisher))):
        label = literal(_label(publisher, outlet.value))
        types = (name("rdf:type"), name("schema:NewsMediaOrganization"))
        yield outlet, (types, (name("rdfs:label"), label), (name("schema:name"), label))


# ------------------------------------------------------------------ entities
def _entities(scope: Scope, persons: dict[str, list[Held]]) -> Iterator[Description]:
    kinds = list(KINDS)
    for node in sorted(scope.entities(), key=lambda node: (kinds.index(node.kind), scope.iri(node))):
        yield scope.iri(node), _entity(scope, node, persons.get(node.id, []))


def _entity(scope: Scope, node: Node, items: list[Held]) -> Iterator[tuple[IRI, Term | None]]:
    label = literal(_label(node.label, local(node.id)))
    record = node.record
    for class_ in KINDS[node.kind].classes:
        yield name("rdf:type"), name(class_)
    yield name("rdfs:label"), label
    yield name("schema:name"), label
    if isinstance(record, Entity):
        for alias in sorted(set(map(clean, record.aliases)) - {label.value if label else "", ""}):
            yield name("schema:alternateName"), literal(alias)
        for same in sorted({found for text in record.same_as if (found := iri(text, f"identity of {node.id}"))}):
            yield name("schema:sameAs"), same
    if items:
        yield from affiliations.shortcuts(scope, items)
    if node.kind == "EVENT":
        yield from _event(scope, node)


def _event(scope: Scope, node: Node) -> Iterator[tuple[IRI, Term | None]]:
    for place in scope.targets(scope.graph.edges_from(node.id, "located in")):
        yield name("schema:location"), place
    for actor in scope.targets(scope.graph.edges_from(node.id, "participant")):
        yield name("sem:hasActor"), actor
    times = [event.time for event in node.events if event.time and scope.spans.of(event.time)]
    for words in sorted({found for time in times if (found := clean(time.quote))}):
        yield name("kg:time"), literal(words)
    edges = scope.graph.edges_from(node.id, "participant", "located in")
    shown = chain((item for edge in edges for item in edge.evidence), (event.evidence for event in node.events), times)
    for span in scope.spans.all_of(shown):
        yield name("prov:wasDerivedFrom"), span


def _label(text: str, otherwise: str) -> str:
    """``text``, unless nothing of it is left to read."""
    return text if clean(text).strip() else otherwise
