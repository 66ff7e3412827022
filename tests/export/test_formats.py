"""Files for graph programs, Neo4j and spreadsheets: they open, hold everything, and no name breaks them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from math import isfinite
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

import kg
from kg.export.flat import printable
from kg.export.tables import safe_cell
from kg.graph import KnowledgeGraph
from tests import samples
from tests.export import torture

# What neo4j-admin takes for the head of a column: a name, a type, or both.
HEADERS = r"id:ID|:(?:LABEL|START_ID|END_ID|TYPE)|\w+(?::(?:int|double))?"


@pytest.fixture(scope="module", params=["samples", "torture"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    return samples.whole() if request.param == "samples" else torture.graph()


def opened(graph: KnowledgeGraph, folder: Path, suffix: str) -> Path:
    kg.write(graph, folder / f"news{suffix}")
    return folder / f"news{suffix}"


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_networkx_opens_the_files_for_gephi(graph: KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    path = opened(graph, tmp_path, suffix)
    read: Any = nx.read_graphml(path, force_multigraph=True) if suffix == ".graphml" else nx.read_gexf(path)
    assert read.number_of_nodes() == graph.network.number_of_nodes()
    assert read.number_of_edges() == graph.network.number_of_edges()
    for _, values in read.nodes(data=True):
        assert values["kind"] in kg.vocab.KINDS
        assert isinstance(values["score"], float)
    if any(node.id == "karsk-777777777777" for node in graph.nodes()):
        assert read.nodes["karsk-777777777777"]["latitude"] == pytest.approx(63.1)
        assert "latitude" not in read.nodes["orsin-bale-222222222222"]


def test_cytoscape_reads_its_elements(graph: KnowledgeGraph, tmp_path: Path) -> None:
    elements = json.loads(opened(graph, tmp_path, ".cyjs").read_text(encoding="utf-8"))["elements"]
    ids = {item["data"]["id"] for item in elements["nodes"]}
    assert len(elements["nodes"]) == graph.network.number_of_nodes() == len(ids)
    assert len(elements["edges"]) == graph.network.number_of_edges()
    assert {item["data"][end] for item in elements["edges"] for end in ("source", "target")} <= ids


def test_networkx_reads_what_cytoscape_does(graph: KnowledgeGraph, tmp_path: Path) -> None:
    read: Any = nx.cytoscape_graph(json.loads(opened(graph, tmp_path, ".cyjs").read_text(encoding="utf-8")))
    assert read.is_directed()
    assert set(read) == {printable(node.id) for node in graph.nodes()}
    assert read.number_of_edges() == graph.network.number_of_edges()
    assert all(values["name"] for _, values in read.nodes(data=True))


def test_the_archive_for_neo4j(graph: KnowledgeGraph, tmp_path: Path) -> None:
    tables = unpacked(opened(graph, tmp_path, ".neo4j.zip"))
    assert set(tables) == {"nodes.csv", "relationships.csv", "load.cypher"}
    nodes, edges = (rows(tables[name]) for name in ("nodes.csv", "relationships.csv"))
    assert len(nodes) == graph.network.number_of_nodes()
    assert len(edges) == graph.network.number_of_edges()
    assert {row[end] for row in edges for end in (":START_ID", ":END_ID")} <= {row["id:ID"] for row in nodes}
    assert all(row["label"] for row in nodes)
    assert {row["label"] for row in nodes} >= {printable(node.label) for node in graph.nodes("PERSON") if node.label.isalpha()}
    for row in (*nodes, *edges):
        assert all(re.fullmatch(HEADERS, column) for column in row)
        assert all(isfinite(float(row[column] or 0)) for column in row if column.endswith((":int", ":double")))
    load = tables["load.cypher"].decode()
    for column in nodes[0]:
        assert f"row.`{column}`" in load or column == ":LABEL"


def test_the_cypher_script_is_one_statement_a_line(graph: KnowledgeGraph, tmp_path: Path) -> None:
    head, *lines = opened(graph, tmp_path, ".cypher").read_bytes().decode("utf-8").removesuffix("\n").split("\n")
    assert head.startswith("CREATE CONSTRAINT")
    assert len(lines) == graph.network.number_of_nodes() + graph.network.number_of_edges()
    assert all(line.startswith(("CREATE (:Node:", "MATCH (a:Node {id: ")) and line.endswith(";") for line in lines)


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# ------------------------------------------------------------------ tables
TABLES = ("entities", "mentions", "affiliations", "events", "claims")


def test_csv_is_safe_in_a_spreadsheet(graph: KnowledgeGraph, tmp_path: Path) -> None:
    found = unpacked(opened(graph, tmp_path, ".csv.zip"))
    assert list(found) == [f"{name}.csv" for name in TABLES]
    for name in ("entities", "affiliations", "events", "claims"):
        assert len(rows(found[f"{name}.csv"])) == len(getattr(graph, name)())
    for data in found.values():
        assert data.startswith(b"\xef\xbb\xbf")
        for row in rows(data):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_parquet_holds_the_tables(graph: KnowledgeGraph, tmp_path: Path) -> None:
    found = unpacked(opened(graph, tmp_path, ".parquet.zip"))
    assert list(found) == [f"{name}.parquet" for name in TABLES]
    for name in TABLES:
        frame = pd.read_parquet(io.BytesIO(found[f"{name}.parquet"]))
        assert len(frame) == (len(getattr(graph, name)()) if name != "mentions" else mentions(graph))
    assert pd.read_parquet(io.BytesIO(found["claims.parquet"]))["score"].dtype == "float64"


def mentions(graph: KnowledgeGraph) -> int:
    return sum(len(node.evidence) for node in graph.nodes("PERSON", "ORG", "PLACE", "EVENT"))


def test_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r'pip install "newskg\[parquet\]"'):
        kg.write(samples.graph(), tmp_path / "news.parquet.zip")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        (" =1", "' =1"),
        ("-5", "'-5"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-5.5, -5.5),
        (None, ""),
        ("x\x00", "x"),
    ],
)
def test_safe_cell(cell: Any, expected: Any) -> None:
    assert safe_cell(cell) == expected


@pytest.mark.parametrize(
    "suffix", [".gexf", ".cyjs", ".cypher", ".neo4j.zip", ".csv.zip", ".parquet.zip", ".trig", ".nq", ".jsonld"]
)
def test_the_same_bytes_twice(tmp_path: Path, suffix: str) -> None:
    kg.write(samples.graph(), tmp_path / f"a{suffix}")
    kg.write(samples.graph(backwards=True), tmp_path / f"b{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes() != b""
    kg.write(KnowledgeGraph([], []), tmp_path / f"empty{suffix}")
