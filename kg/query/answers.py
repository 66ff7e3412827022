"""From a graph and a question to rows: names are looked up, and what they stand for is bound to ?about, never pasted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.names import plain
from kg.query.questions import check, question, takes_about
from kg.vocab import NAMESPACES

if TYPE_CHECKING:
    import pandas as pd

    from kg.graph import KnowledgeGraph

__all__ = ["Answer", "answer", "frame", "store_of", "things"]

_NAMES: Final = f"""PREFIX schema: <{NAMESPACES["schema"]}>
SELECT DISTINCT ?thing ?name WHERE {{ ?thing schema:name|schema:alternateName ?name }} ORDER BY ?thing ?name"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A table: cells are strings, numbers, truth values, or None where the graph says nothing; no row comes twice."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def store_of(source: KnowledgeGraph | Path) -> Any:
    """A store to ask: of a graph in memory, or of a file in an RDF format (pyoxigraph's, else rdflib's where that is missing).

    ValueError when the file is none that can be read.
    """
    return _engine().store_of(source)


def answer(store: Any, asked: str, about: Sequence[str] = ()) -> Answer:
    """The answer to a named question or to SPARQL; with ``about``, only what concerns the things of those names.

    The column ``about``, in which the IRIs of those things stand, is left out unless it is the only one.
    ValueError when there is no such question, no SPARQL in it, or nothing of such a name.
    """
    sparql = asked if "{" in asked else question(asked).sparql
    check(sparql)
    answers = [_engine().select(store, sparql, thing) for thing in things(store, sparql, about) or (None,)]
    columns = answers[0][0]
    shown = [number for number, column in enumerate(columns) if column != "about"] or range(len(columns))
    rows = dict.fromkeys(tuple(row[number] for number in shown) for _, found in answers for row in found)
    return Answer(tuple(columns[number] for number in shown), tuple(rows))


def things(store: Any, sparql: str, about: Sequence[str]) -> list[str]:
    """The IRIs of what the names ``about`` stand for, each once; ValueError when there is none, or no ?about in ``sparql``."""
    if about and not takes_about(sparql):
        raise ValueError("the query selects no ?about that a name could be bound to")
    return list(dict.fromkeys(thing for name in about for thing in _things(store, name)))


def frame(graph: KnowledgeGraph, asked: str, about: Sequence[str] = ()) -> pd.DataFrame:
    """The same as a pandas table."""
    import pandas as pd

    found = answer(store_of(graph), asked, about)
    return pd.DataFrame(found.rows, columns=list(found.columns))


def _engine() -> Any:
    """pyoxigraph where it is installed; rdflib, which answers the same more slowly, elsewhere."""
    try:
        return import_module("kg.query.oxigraph")
    except ImportError:
        return import_module("kg.query.rdflib_engine")


def _things(store: Any, name: str) -> list[str]:
    """The IRIs of what is called ``name``; if nothing is, of what has all its words in one of its names."""
    _, found = _engine().select(store, _NAMES, None)
    names = [(str(thing), _words(str(known))) for thing, known in found]
    wanted = _words(name)
    same = dict.fromkeys(thing for thing, words in names if words == wanted)
    things = same or dict.fromkeys(thing for thing, words in names if wanted and set(wanted) <= set(words))
    if not things:
        raise ValueError(f"nothing in the graph is called {name!r}{_hint(wanted, (str(known) for _, known in found))}")
    return list(things)


def _words(name: str) -> tuple[str, ...]:
    return tuple(plain(name).replace("-", " ").split())


def _hint(wanted: Iterable[str], names: Iterator[str]) -> str:
    known = {" ".join(_words(name)): name for name in names}
    near = difflib.get_close_matches(" ".join(wanted), known, 3, 0.6)
    return f"; did you mean {', '.join(known[name] for name in near)}?" if near else ""
