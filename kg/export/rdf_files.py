"""A graph as Turtle, N-Triples, TriG and N-Quads: the same bytes each time, a statement at a time.

Turtle is for people and programs: prefixed, one paragraph a subject.  TriG and N-Quads keep what each article says in a
graph that is named after the article.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Final, cast

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from kg.export.rdf import quads, triples
from kg.export.rdf.terms import IRI, base, local
from kg.graph.network import KnowledgeGraph
from kg.vocab import BASE_IRI, KINDS, NAMESPACES

__all__ = ["prefixes", "short", "write_nquads", "write_ntriples", "write_readable", "write_trig", "write_turtle"]

_SEGMENTS: Final = {
    **{"orgn" if kind.name == "ORG" else kind.segment: kind.segment for kind in KINDS.values()},
    "role": "role",
    "mship": "membership",
    "span": "span",
    "run": "run",
}


def prefixes(base_iri: str) -> dict[str, str]:
    """The prefixes that our files use, with those of the data under ``base_iri``; ValueError when that is no IRI."""
    return {**NAMESPACES, **{prefix: f"{base(base_iri)}{segment}/" for prefix, segment in _SEGMENTS.items()}}


def short(iri: IRI, namespaces: Mapping[str, str]) -> str:
    """``iri`` as a prefixed name where one of ``namespaces`` (to prefixes) fits and the rest is letters, digits, hyphens."""
    cut = max(iri.value.rfind("/"), iri.value.rfind("#")) + 1
    prefix, rest = namespaces.get(iri.value[:cut]), iri.value[cut:]
    return f"{prefix}:{rest}" if prefix and local(rest) == rest else iri.value


def write_turtle(graph: KnowledgeGraph, stream: BinaryIO, *, base_iri: str = BASE_IRI, article_text: bool = True) -> None:
    """Write ``graph`` as RDF 1.1 Turtle."""
    found = triples(graph, base_iri=base_iri, article_text=article_text)
    write_readable(found, stream, RdfFormat.TURTLE, prefixes(base_iri))


def write_ntriples(graph: KnowledgeGraph, stream: BinaryIO, *, base_iri: str = BASE_IRI, article_text: bool = True) -> None:
    """Write ``graph`` as RDF 1.1 N-Triples, one statement a line."""
    pyoxigraph.serialize(triples(graph, base_iri=base_iri, article_text=article_text), stream, RdfFormat.N_TRIPLES)


def write_trig(graph: KnowledgeGraph, stream: BinaryIO, *, base_iri: str = BASE_IRI, article_text: bool = True) -> None:
    """Write ``graph`` as RDF 1.1 TriG; what articles share is in the default graph."""
    found = quads(graph, base_iri=base_iri, article_text=article_text)
    write_readable(found, stream, RdfFormat.TRIG, prefixes(base_iri))


def write_nquads(graph: KnowledgeGraph, stream: BinaryIO, *, base_iri: str = BASE_IRI, article_text: bool = True) -> None:
    """Write ``graph`` as RDF 1.1 N-Quads; what articles share is in the default graph."""
    pyoxigraph.serialize(quads(graph, base_iri=base_iri, article_text=article_text), stream, RdfFormat.N_QUADS)


def write_readable(found: Iterable[Triple] | Iterable[Quad], stream: BinaryIO, form: RdfFormat, names: dict[str, str]) -> None:
    """Write triples as Turtle, or quads as TriG, with the prefixes ``names``."""
    with _Paragraphs(stream, len(names)) as tidy:
        pyoxigraph.serialize(found, cast(BinaryIO, tidy), form, prefixes=names)


class _Paragraphs(io.RawIOBase):
    """A stream that sorts the lines of prefixes, which pyoxigraph shuffles, and sets a blank line after each subject.

    No literal has a line break, because pyoxigraph writes it as an escape; so a line that ends in a full stop is the last
    one of a subject.
    """

    def __init__(self, stream: BinaryIO, prefixes: int) -> None:
        self.stream, self.prefixes, self.rest = stream, prefixes, b""

    def write(self, data: Any) -> int:
        lines = self.rest + bytes(data)
        if lines.count(b"\n") < self.prefixes:
            self.rest = lines
            return len(data)
        if self.prefixes:
            *head, lines = lines.split(b"\n", self.prefixes)
            self.stream.write(b"\n".join(sorted(head)) + b"\n\n")
            self.prefixes = 0
        whole = lines.rfind(b"\n") + 1
        self.stream.write(lines[:whole].replace(b" .\n", b" .\n\n"))
        self.rest = lines[whole:]
        return len(data)
