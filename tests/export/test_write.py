"""Files: chosen by suffix, whole or not at all, and read back as they were."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx
import pytest

from kg.export import graphml, suffixes, write
from kg.export.json import read_json
from kg.graph.network import KnowledgeGraph
from tests import samples


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return samples.graph()


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".json", ".graphml", ".TTL"])
def test_every_format_writes_the_same_bytes_twice(graph: KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    write(graph, tmp_path / f"a{suffix}")
    write(samples.graph(backwards=True), str(tmp_path / f"b{suffix}"))
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes() != b""
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]
    write(KnowledgeGraph([], []), tmp_path / f"empty{suffix}")


def test_suffixes() -> None:
    assert {".graphml", ".json", ".nt", ".ttl"} <= set(suffixes())


@pytest.mark.parametrize("name", ["news.docx", "news"])
def test_an_unknown_suffix_names_the_known_ones(graph: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"no exporter for the suffix '.*'; there are .*\.graphml, .*\.ttl"):
        write(graph, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_options(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write(graph, tmp_path / "a.ttl", article_text=False, base_iri="https://data.example/")
    with pytest.raises(TypeError, match=r"\.json has no option 'base_iri'; it has none"):
        write(graph, tmp_path / "a.json", base_iri="https://data.example/")
    with pytest.raises(TypeError, match=r"\.ttl has no option 'colour'; it has base_iri, article_text"):
        write(graph, tmp_path / "a.ttl", colour="red")
    with pytest.raises(ValueError, match="base IRI"):
        write(graph, tmp_path / "a.ttl", base_iri="<x>")


def test_a_failing_write_leaves_the_old_file_whole(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(graph: KnowledgeGraph, stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError("disk full")

    target = tmp_path / "news.graphml"
    target.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(graphml, "write_graphml", half)
        with pytest.raises(OSError, match="disk full"):
            write(graph, target)
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", lambda _: half(graph, io.BytesIO()))
        with pytest.raises(OSError, match="disk full"):
            write(graph, target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


# ------------------------------------------------------------------ JSON
def test_json_comes_back_equal(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    write(graph, path)
    again = read_json(path)
    assert list(again.nodes()) == list(graph.nodes())
    assert list(again.edges()) == list(graph.edges())
    write(again, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_json_is_plain(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    write(graph, path)
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    assert [*data] == ["claims", "documents", "edges", "entities", "format"]
    assert "رنا سليم" in text
    names = {item["record"]["name"] for item in data["entities"]}
    assert samples.HOSTILE in names


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "other"}', "<html>", '{"format": "newskg 1", "claims": [1]}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"other\.json is not a graph that kg wrote"):
        read_json(path)


# ------------------------------------------------------------------ GraphML
def test_graphml_opens_in_networkx(graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "news.graphml"
    write(graph, path)
    read: Any = nx.read_graphml(path, force_multigraph=True)
    assert read.number_of_nodes() == graph.network.number_of_nodes()
    assert read.number_of_edges() == graph.network.number_of_edges()
    fields = {"label": str, "kind": str, "score": float, "note": str, "quote": str}
    for values in [*dict(read.nodes(data=True)).values(), *(values for _, _, values in read.edges(data=True))]:
        for field, kind in fields.items():
            assert isinstance(values.get(field, kind()), kind)
    assert {id: values["label"] for id, values in read.nodes(data=True)} == {node.id: node.label for node in graph.nodes()}
