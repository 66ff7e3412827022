"""A graph as Turtle for people and programs: prefixed, sorted, one paragraph a subject, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO, Final

from kg.export.rdf import triples
from kg.export.rdf.terms import IRI, Literal, Term, Triple, base, escape
from kg.graph.network import KnowledgeGraph
from kg.vocab import BASE_IRI, KINDS, NAMESPACES

__all__ = ["write_turtle"]

_WIDTH: Final = 110
_TYPE: Final = NAMESPACES["rdf"] + "type"
_SEGMENTS: Final = {
    **{"orgn" if kind.name == "ORG" else kind.segment: kind.segment for kind in KINDS.values()},
    "role": "role",
    "mship": "membership",
    "span": "span",
    "run": "run",
}
# Datatypes whose values stand without quotation marks, because the gate writes them in one form only.
_BARE: Final = {NAMESPACES["xsd"] + short for short in ("boolean", "integer", "decimal")}


def write_turtle(graph: KnowledgeGraph, stream: BinaryIO, *, base_iri: str = BASE_IRI, article_text: bool = True) -> None:
    """Write ``graph`` to ``stream``, a subject at a time."""
    begin = base(base_iri)
    prefixes = {**NAMESPACES, **{prefix: f"{begin}{segment}/" for prefix, segment in _SEGMENTS.items()}}
    short = {namespace: prefix for prefix, namespace in prefixes.items()}
    stream.writelines(f"@prefix {prefix}: <{namespace}> .\n".encode() for prefix, namespace in prefixes.items())
    groups = groupby(triples(graph, base_iri=begin, article_text=article_text), itemgetter(0))
    stream.writelines("".join(_paragraph(subject, group, short)).encode() for subject, group in groups)


def _paragraph(subject: IRI, group: Iterator[Triple], short: dict[str, str]) -> Iterator[str]:
    objects: dict[IRI, list[str]] = {}
    for _, predicate, thing in group:
        objects.setdefault(predicate, []).append(_term(thing, short))
    yield f"\n{_iri(subject, short)} "
    for number, (predicate, things) in enumerate(objects.items()):
        yield " ;\n    " if number else ""
        yield "a " if predicate.value == _TYPE else f"{_iri(predicate, short)} "
        narrow = sum(map(len, things)) + 2 * len(things) <= _WIDTH
        yield (", " if narrow else ",\n        ").join(things)
    yield " .\n"


def _term(term: Term, short: dict[str, str]) -> str:
    if isinstance(term, IRI):
        return _iri(term, short)
    if term.datatype in _BARE:
        return term.value
    return _literal(term, short)


def _literal(term: Literal, short: dict[str, str]) -> str:
    quoted = f'"{escape(term.value)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^{_iri(IRI(term.datatype), short)}" if term.datatype else quoted


def _iri(term: IRI, short: dict[str, str]) -> str:
    """A prefixed name where the rest is letters, digits and hyphens; the whole IRI elsewhere."""
    cut = max(term.value.rfind("/"), term.value.rfind("#")) + 1
    prefix, rest = short.get(term.value[:cut]), term.value[cut:]
    if prefix and rest[:1].isalpha() and rest.isascii() and rest.replace("-", "").isalnum():
        return f"{prefix}:{rest}"
    return f"<{term.value}>"
