"""A graph as an ``rdflib.Graph``, for notebooks and SPARQL; files are written without it, which is much faster."""

from __future__ import annotations

import rdflib

from kg.export.rdf import triples
from kg.export.rdf.terms import IRI, Term
from kg.graph.network import KnowledgeGraph
from kg.vocab import BASE_IRI, NAMESPACES

__all__ = ["to_rdf"]


def to_rdf(graph: KnowledgeGraph, *, base_iri: str = BASE_IRI, article_text: bool = True) -> rdflib.Graph:
    """The same triples that the Turtle file has."""
    store = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in NAMESPACES.items():
        store.bind(prefix, namespace)
    for subject, predicate, thing in triples(graph, base_iri=base_iri, article_text=article_text):
        store.add((rdflib.URIRef(subject.value), rdflib.URIRef(predicate.value), _term(thing)))
    return store


def _term(term: Term) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    datatype = rdflib.URIRef(term.datatype) if term.datatype else None
    return rdflib.Literal(term.value, lang=term.language or None, datatype=datatype)
