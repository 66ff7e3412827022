"""SPARQL by rdflib, for machines that pyoxigraph has no wheel for: the same answers, more slowly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import rdflib
from rdflib.plugins import sparql as rdflib_sparql

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["select", "store_of"]

_FORMATS: Final = {".ttl": "turtle", ".nt": "nt", ".trig": "trig", ".nq": "nquads", ".jsonld": "json-ld"}


def store_of(source: KnowledgeGraph | Path) -> rdflib.Graph:
    """A store with the triples of ``source``; ValueError when the file is not in the format of its suffix."""
    if not isinstance(source, Path):
        return source.to_rdf()
    if source.suffix.lower() not in _FORMATS:
        raise ValueError(f"{source}: no RDF file; its suffix is none of {', '.join(_FORMATS)}")
    store = rdflib.Dataset(default_union=True)
    try:
        with open(source, "rb") as stream:
            store.parse(stream, format=_FORMATS[source.suffix.lower()])
    except (SyntaxError, ValueError, rdflib.exceptions.Error) as error:
        raise ValueError(f"{source} is broken: {' '.join(str(error).split())}") from error
    return store


def select(store: rdflib.Graph, sparql: str, about: str | None) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The columns and rows of the answer; ASK gives one cell, CONSTRUCT and DESCRIBE give triples."""
    rdflib_sparql.SPARQL_LOAD_GRAPHS = False  # FROM reads what is loaded, nothing from the network
    bound = {"about": rdflib.URIRef(about)} if about else {}
    try:
        found: Any = store.query(sparql, initBindings=bound)
        rows = tuple(tuple(_cell(term) for term in row) for row in found) if found.type != "ASK" else ()
    except Exception as error:  # rdflib's parser and evaluator raise many kinds
        raise ValueError(f"the query is no SPARQL 1.1: {' '.join(str(error).split())}") from error
    if found.type == "ASK":
        return ("answer",), ((bool(found.askAnswer),),)
    if found.type == "SELECT":
        return tuple(str(name) for name in found.vars), rows
    return ("subject", "predicate", "object"), rows


def _cell(term: Any) -> Any:
    if term is None:
        return None
    if isinstance(term, rdflib.Literal) and term.datatype in (rdflib.XSD.integer, rdflib.XSD.decimal, rdflib.XSD.double):
        return int(term) if term.datatype == rdflib.XSD.integer else float(term)
    return term.toPython() if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.boolean else str(term)
