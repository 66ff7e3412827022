"""A graph as N-Triples: one statement a line, for pipes and for loading into a store."""

from __future__ import annotations

from typing import BinaryIO

from kg.export.rdf import triples
from kg.export.rdf.terms import IRI, Term, escape
from kg.graph.network import KnowledgeGraph
from kg.vocab import BASE_IRI

__all__ = ["write_ntriples"]


def write_ntriples(graph: KnowledgeGraph, stream: BinaryIO, *, base_iri: str = BASE_IRI, article_text: bool = True) -> None:
    """Write ``graph`` to ``stream``, a line at a time."""
    found = triples(graph, base_iri=base_iri, article_text=article_text)
    stream.writelines(f"{_term(subject)} {_term(predicate)} {_term(thing)} .\n".encode() for subject, predicate, thing in found)


def _term(term: Term) -> str:
    if isinstance(term, IRI):
        return f"<{term.value}>"
    quoted = f'"{escape(term.value)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^<{term.datatype}>" if term.datatype else quoted
