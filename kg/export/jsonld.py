"""A graph as JSON-LD 1.1 with the context of context.jsonld inside, so that nothing has to be fetched to read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from typing import Any, BinaryIO, Final

from kg.export.rdf import triples
from kg.export.rdf.terms import IRI, Term
from kg.export.rdf_files import prefixes, short
from kg.graph.network import KnowledgeGraph
from kg.vocab import BASE_IRI, NAMESPACES

__all__ = ["write_jsonld"]

_TYPE: Final = NAMESPACES["rdf"] + "type"
_STRING: Final = NAMESPACES["xsd"] + "string"


def write_jsonld(graph: KnowledgeGraph, stream: BinaryIO, *, base_iri: str = BASE_IRI, article_text: bool = True) -> None:
    """Write ``graph`` as one JSON-LD document, a node object at a time."""
    terms = json.loads(files("kg.export").joinpath("context.jsonld").read_text(encoding="utf-8"))["@context"]
    names = prefixes(base_iri)
    namespaces = {namespace: prefix for prefix, namespace in names.items()}
    known = {rule["@id"] if isinstance(rule, dict) else rule: (term, rule) for term, rule in terms.items() if term[0] != "@"}
    found = groupby(triples(graph, base_iri=base_iri, article_text=article_text), attrgetter("subject"))
    stream.write(f'{{"@context": {json.dumps({**names, **terms}, indent=1)},\n"@graph": ['.encode())
    for number, (subject, group) in enumerate(found):
        node = _node(short(subject, namespaces), group, known, namespaces)
        stream.write(f"{',' if number else ''}\n{json.dumps(node, ensure_ascii=False)}".encode())
    stream.write(b"\n]}\n")


def _node(id: str, group: Iterable[Any], known: Mapping[str, Any], namespaces: Mapping[str, str]) -> dict[str, Any]:
    """The node object of one subject; what comes more than once is a list."""
    node: dict[str, Any] = {"id": id}
    for triple in group:
        predicate = short(triple.predicate, namespaces)
        term, rule = ("type", "@id") if triple.predicate.value == _TYPE else known.get(predicate, (predicate, None))
        coerced = "@id" if term == "type" else rule["@type"] if isinstance(rule, dict) else ""
        value = _value(triple.object, coerced, namespaces)
        there = node.get(term)
        node[term] = value if there is None else [*there, value] if isinstance(there, list) else [there, value]
    return node


def _value(term: Term, coerced: str, namespaces: Mapping[str, str]) -> str | dict[str, str]:
    """A string where the context says how to read it; a value object elsewhere."""
    if isinstance(term, IRI):
        iri = short(term, namespaces)
        return iri if coerced == "@id" else {"@id": iri}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = short(term.datatype, namespaces)
    if datatype == (coerced or "xsd:string"):
        return term.value
    return {"@value": term.value} if term.datatype.value == _STRING else {"@value": term.value, "@type": datatype}
