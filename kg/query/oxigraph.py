"""SPARQL by pyoxigraph: load a graph or a file, and ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryTriples, RdfFormat, Store, Variable

from kg.vocab import NAMESPACES

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

__all__ = ["FORMATS", "cell", "query", "select", "store_of"]

FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
}
_XSD: Final = NAMESPACES["xsd"]
_NUMBERS: Final = {f"{_XSD}integer": int, f"{_XSD}decimal": float, f"{_XSD}double": float, f"{_XSD}float": float}


def store_of(source: KnowledgeGraph | Path) -> Store:
    """A store with the triples of ``source``; ValueError when the file is not in the format of its suffix."""
    store = Store()
    if not isinstance(source, Path):
        from kg.export.rdf import quads

        store.bulk_extend(quads(source))
        return store
    if source.suffix.lower() not in FORMATS:
        raise ValueError(f"{source}: no RDF file; its suffix is none of {', '.join(FORMATS)}")
    try:
        with open(source, "rb") as stream:
            store.bulk_load(stream, FORMATS[source.suffix.lower()])
    except SyntaxError as error:
        raise ValueError(f"{source} is broken: {error}") from error
    return store


def query(store: Store, sparql: str, about: str | None = None) -> Any:
    """What pyoxigraph answers, over all graphs of ``store`` together; ValueError when ``sparql`` is no SPARQL 1.1 query."""
    bound: dict[Variable, Any] | None = {Variable("about"): NamedNode(about)} if about else None
    try:
        return store.query(sparql, substitutions=bound, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise ValueError(f"the query is no SPARQL 1.1: {' '.join(str(error).split())}") from error
    except RuntimeError as error:
        raise ValueError(f"the query could not be answered: {' '.join(str(error).split())}") from error


def select(store: Store, sparql: str, about: str | None) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """The columns and rows of the answer; ASK gives one cell, CONSTRUCT and DESCRIBE give triples."""
    found = query(store, sparql, about)
    if isinstance(found, QueryBoolean):
        return ("answer",), ((bool(found),),)
    if isinstance(found, QueryTriples):
        return ("subject", "predicate", "object"), tuple(tuple(cell(term) for term in triple) for triple in found)
    names = tuple(variable.value for variable in found.variables)
    return names, tuple(tuple(cell(term) for term in row) for row in found)


def cell(term: Any) -> Any:
    """A term as Python has it: a number, a truth value, a string, or None."""
    if term is None:
        return None
    if isinstance(term, Literal):
        datatype = term.datatype.value
        if datatype == f"{_XSD}boolean":
            return term.value in ("true", "1")
        return _NUMBERS[datatype](term.value) if datatype in _NUMBERS else term.value
    return term.value if isinstance(term, NamedNode) else str(term)
