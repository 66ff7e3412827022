"""A graph that lies in a file, for news of which the graph is more than memory holds."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.graph.network import Edge, KnowledgeGraph, Node, edge_order, read_node
from kg.records import Event, from_json, to_json

__all__ = ["StoredGraph", "stored_graph"]

_MANY_EDGES: Final = 2_000_000
_SCHEMA: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE nodes (id BLOB PRIMARY KEY, kind TEXT, body TEXT);
CREATE TABLE edges (source BLOB, target BLOB, relation TEXT, stated BLOB, body TEXT);
CREATE TABLE events (document BLOB, node BLOB, number INTEGER, body TEXT);
"""
_INDEXES: Final = """
CREATE INDEX nodes_by_kind ON nodes (kind, id);
CREATE INDEX edges_by_source ON edges (source, target, relation);
CREATE INDEX edges_by_target ON edges (target, source, relation);
CREATE INDEX edges_by_article ON edges (stated, source, target) WHERE stated IS NOT NULL;
CREATE INDEX events_by_article ON events (document, node, number);
"""

_NODE: Final = "SELECT body FROM nodes WHERE id = ?"
_NODES: Final = "SELECT body FROM nodes ORDER BY id"
_NODES_OF_KINDS: Final = "SELECT body FROM nodes WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY id"
_COLUMNS: Final = "SELECT source, target, relation, body FROM edges"
_ORDER: Final = "ORDER BY source, target, relation"
_EDGES: Final = f"{_COLUMNS} {_ORDER}"
_EDGES_FROM: Final = f"{_COLUMNS} WHERE source = ? {_ORDER}"
_EDGES_TO: Final = f"{_COLUMNS} WHERE target = ? {_ORDER}"
_STATED_IN: Final = f"{_COLUMNS} WHERE stated = ? {_ORDER}"

_log = logging.getLogger(__name__)


class StoredGraph(KnowledgeGraph):
    """A :class:`KnowledgeGraph` whose nodes and edges are read from SQLite when they are asked for, in the same order.

    Made by :func:`stored_graph`.  What needs all at once, such as the page, takes :meth:`in_memory`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known = lru_cache(maxsize=200)(self._found)
        self._kind = lru_cache(maxsize=20_000)(self._kind_of)

    @property
    def network(self) -> nx.MultiDiGraph[str]:
        return self.in_memory().network

    def in_memory(self) -> KnowledgeGraph:
        (count,) = self._connection.execute("SELECT count(*) FROM edges").fetchone()
        if count > _MANY_EDGES:
            _log.warning("%d edges: a graph in memory takes about 0.7 kB for each", count)
        return KnowledgeGraph(self.nodes(), self.edges())

    def __contains__(self, node: object) -> bool:
        return (
            isinstance(node, str)
            and self._connection.execute("SELECT 1 FROM nodes WHERE id = ?", (_key(node),)).fetchone() is not None
        )

    def __iter__(self) -> Iterator[str]:
        return (_id(key) for (key,) in self._connection.execute("SELECT id FROM nodes ORDER BY id"))

    def node(self, id: str) -> Node:
        return self._known(id)

    def kind(self, id: str) -> str:
        return self._kind(id)

    def nodes(self, *kinds: str) -> Iterator[Node]:
        if not kinds:
            return map(_node, self._connection.execute(_NODES))
        return map(_node, self._connection.execute(_NODES_OF_KINDS, (json.dumps(kinds),)))

    def edges(self, *relations: str) -> Iterator[Edge]:
        return self._edges(_EDGES, relations)

    def edges_from(self, id: str, *relations: str) -> Iterator[Edge]:
        return self._edges(_EDGES_FROM, relations, _key(id))

    def edges_to(self, id: str, *relations: str) -> Iterator[Edge]:
        return self._edges(_EDGES_TO, relations, _key(id))

    def affiliations_in(self, document: str) -> Iterator[Edge]:
        return self._edges(_STATED_IN, (), _key(document))

    def events_in(self, document: str) -> Iterator[Event]:
        rows = self._connection.execute("SELECT body FROM events WHERE document = ? ORDER BY node, number", (_key(document),))
        return (from_json(Event, json.loads(body)) for (body,) in rows)

    def _edges(self, query: str, relations: tuple[str, ...], *values: bytes) -> Iterator[Edge]:
        """The edges that ``query`` finds; those that SQLite takes for equal are sorted by what only the record knows."""
        rows = (row for row in self._connection.execute(query, values) if not relations or row[2] in relations)
        for _, group in groupby(rows, key=lambda row: row[:3]):
            yield from sorted((from_json(Edge, json.loads(body)) for *_, body in group), key=edge_order)

    def _found(self, id: str) -> Node:
        row = self._connection.execute(_NODE, (_key(id),)).fetchone()
        if row is None:
            raise KeyError(id)
        return _node(row)

    def _kind_of(self, id: str) -> str:
        row = self._connection.execute("SELECT kind FROM nodes WHERE id = ?", (_key(id),)).fetchone()
        if row is None:
            raise KeyError(id)
        return str(row[0])


@contextmanager
def stored_graph(parts: Iterable[Node | Edge], path: Path) -> Iterator[StoredGraph]:
    """The graph of ``parts`` in a file at ``path``, which is removed at the end; OSError when the disk fails or is full."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        rest = iter(parts)
        while some := list(islice(rest, 1000)):
            _add(connection, some)
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
        yield StoredGraph(connection)
    except sqlite3.OperationalError as error:
        raise OSError(f"{path}: {error}") from error
    finally:
        connection.close()
        path.unlink(missing_ok=True)


def _add(connection: sqlite3.Connection, parts: Iterable[Node | Edge]) -> None:
    nodes, edges, events = [], [], []
    for part in parts:
        if isinstance(part, Edge):
            stated = _key(part.record.evidence.document) if part.record else None
            edges.append((_key(part.source), _key(part.target), part.relation, stated, _dump(part)))
            continue
        nodes.append((_key(part.id), part.kind, _dump(part)))
        for number, event in enumerate(part.events):
            events.append((_key(event.evidence.document), _key(part.id), number, _dump(event)))
    connection.executemany("INSERT INTO nodes VALUES (?, ?, ?)", nodes)
    connection.executemany("INSERT INTO edges VALUES (?, ?, ?, ?, ?)", edges)
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", events)


def _node(row: tuple[str]) -> Node:
    return read_node(json.loads(row[0]))


def _key(id: str) -> bytes:
    """An id as SQLite sorts it like Python, whatever it holds."""
    return id.encode("utf-8", "surrogatepass")


def _id(key: bytes) -> str:
    return key.decode("utf-8", "surrogatepass")


def _dump(record: Any) -> str:
    return json.dumps(to_json(record))
