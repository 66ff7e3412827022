"""A graph for Neo4j: a Cypher script, or a .zip of CSV files with the script that loads them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from kg.export.archive import add, csv_text
from kg.export.flat import EDGE_FIELDS, NODE_FIELDS, Row, edges, nodes
from kg.graph.network import KnowledgeGraph
from kg.vocab import KINDS, RELATIONS

__all__ = ["write_cypher", "write_neo4j"]

_LABELS: Final = {kind.name: kind.label for kind in KINDS.values()}
_TYPES: Final = {relation: relation.upper().replace(" ", "_") for relation in RELATIONS}
_LOAD: Final = """// Put nodes.csv and relationships.csv into Neo4j's import folder; run this script once, in an empty database.
// Quotes are doubled as in RFC 4180: set dbms.import.csv.legacy_quote_escaping=false, or LOAD CSV takes \\ for an escape.
// Large graphs load faster without it:
// neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true
CREATE CONSTRAINT kg_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;
"""


def write_cypher(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` as Cypher statements, one a line, for ``cypher-shell`` and openCypher stores."""
    stream.write(b"CREATE CONSTRAINT kg_id IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;\n")
    stream.writelines(f"{line};\n".encode() for line in _statements(graph))


def _statements(graph: KnowledgeGraph) -> Iterator[str]:
    for id, row in nodes(graph):
        yield f"CREATE (:Node:{_label(row)} {_map({'id': id, **row})})"
    for source, target, row in edges(graph):
        ends = f"MATCH (a:Node {_map({'id': source})}), (b:Node {_map({'id': target})})"
        yield f"{ends} CREATE (a)-[:{_type(row)} {_map(row)}]->(b)"


def _label(row: Row) -> str:
    return _LABELS[str(row["kind"])]


def _type(row: Row) -> str:
    return _TYPES[str(row["kind"])]


def _map(row: Row) -> str:
    """A map of Cypher; its strings know the escapes of JSON."""
    return "{" + ", ".join(f"{field}: {_value(value)}" for field, value in row.items()) + "}"


def _value(value: str | float) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def write_neo4j(graph: KnowledgeGraph, stream: BinaryIO) -> None:
    """Write ``graph`` as a .zip: nodes.csv and relationships.csv as ``neo4j-admin import`` reads them, and load.cypher."""
    head = ["id:ID", ":LABEL", *(_typed(field, kind) for field, kind in NODE_FIELDS.items())]
    ends = [":START_ID", ":END_ID", ":TYPE", *(_typed(field, kind) for field, kind in EDGE_FIELDS.items())]
    things = ([id, f"Node;{_label(row)}", *map(row.get, NODE_FIELDS)] for id, row in nodes(graph))
    joined = ([source, target, _type(row), *map(row.get, EDGE_FIELDS)] for source, target, row in edges(graph))
    with zipfile.ZipFile(stream, "w") as archive:
        add(archive, "nodes.csv", csv_text(head, things).encode())
        add(archive, "relationships.csv", csv_text(ends, joined).encode())
        add(archive, "load.cypher", _load().encode())


def _typed(field: str, kind: str) -> str:
    return field if kind == "string" else f"{field}:{kind}"


def _load() -> str:
    """One statement a kind and a relation, because Cypher takes neither from a column."""
    lines = [_LOAD]
    for kind, label in _LABELS.items():
        lines.append(f"LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row WITH row WHERE row.kind = '{kind}'")
        lines.append(f"CREATE (n:Node:{label}) SET n.id = row.`id:ID`, {_columns('n', NODE_FIELDS)};")
    for relation, type_ in _TYPES.items():
        lines.append(f"LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row WITH row WHERE row.kind = '{relation}'")
        lines.append("MATCH (a:Node {id: row.`:START_ID`}), (b:Node {id: row.`:END_ID`})")
        lines.append(f"CREATE (a)-[r:{type_}]->(b) SET {_columns('r', EDGE_FIELDS)};")
    return "\n".join(lines) + "\n"


def _columns(name: str, fields: dict[str, str]) -> str:
    functions = {"double": "toFloat", "int": "toInteger"}
    parts = []
    for field, kind in fields.items():
        cell = f"row.`{_typed(field, kind)}`"
        parts.append(f"{name}.{field} = {functions[kind]}({cell})" if kind in functions else f"{name}.{field} = {cell}")
    return ", ".join(parts)
