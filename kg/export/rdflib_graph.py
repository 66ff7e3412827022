"""A graph as an ``rdflib.Graph``, for notebooks and SPARQL; files are written without it, which is much faster."""

from __future__ import annotations

from collections.abc import Iterable

import rdflib
from pyoxigraph import Triple

from kg.export.rdf import triples
from kg.export.rdf.terms import IRI, Literal
from kg.graph.network import KnowledgeGraph
from kg.vocab import BASE_IRI, NAMESPACES

__all__ = ["filled", "to_rdf"]


def to_rdf(graph: KnowledgeGraph, *, base_iri: str = BASE_IRI, article_text: bool = True) -> rdflib.Graph:
    """The same triples that the Turtle file has."""
    return filled(triples(graph, base_iri=base_iri, article_text=article_text))


def filled(found: Iterable[Triple]) -> rdflib.Graph:
    """Triples of pyoxigraph as an ``rdflib.Graph`` with our prefixes."""
    store = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in NAMESPACES.items():
        store.bind(prefix, namespace)
    for triple in found:
        store.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return store


def _term(term: object) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if not isinstance(term, Literal):
        raise TypeError(f"neither an IRI nor a literal: {term!r}")
    datatype = None if term.language else rdflib.URIRef(term.datatype.value)
    plain = datatype == rdflib.XSD.string
    return rdflib.Literal(term.value, lang=term.language, datatype=None if plain else datatype)
