"""A graph in a file is the same graph: every question, every format, and a whole build."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

import kg
from kg.export import suffixes
from kg.graph import KnowledgeGraph, StoredGraph, stored_graph
from kg.run import update
from tests import samples, standin
from tests.export import torture
from tests.standin import files_in, write_articles


@pytest.fixture(scope="module", params=["samples", "torture", "seeds"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    if request.param == "seeds":
        return kg.read_json(Path(__file__).parents[2] / "graphs" / "news.json")
    return samples.whole() if request.param == "samples" else torture.graph()


@pytest.fixture(scope="module")
def other(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoredGraph]:
    backwards = chain(reversed(list(graph.edges())), reversed(list(graph.nodes())))
    with stored_graph(backwards, tmp_path_factory.mktemp("stored") / "news.graph") as found:
        yield found


def test_every_question_has_the_same_answer(graph: KnowledgeGraph, other: StoredGraph) -> None:
    assert list(other) == list(graph)
    assert repr(other) == repr(graph)
    assert list(other.nodes()) == list(graph.nodes())
    assert list(other.nodes("CLAIM", "PERSON")) == list(graph.nodes("CLAIM", "PERSON"))
    assert list(other.edges()) == list(graph.edges())
    assert list(other.edges("said", "about")) == list(graph.edges("said", "about"))
    for id in graph:
        assert (other.node(id), other.kind(id)) == (graph.node(id), graph.kind(id))
        assert list(other.edges_from(id)) == list(graph.edges_from(id))
        assert list(other.edges_to(id)) == list(graph.edges_to(id))
        assert list(other.edges_to(id, "said")) == list(graph.edges_to(id, "said"))
        assert list(other.affiliations_in(id)) == list(graph.affiliations_in(id))
        assert list(other.events_in(id)) == list(graph.events_in(id))
    assert "nobody" not in other
    with pytest.raises(KeyError):
        other.node("nobody")
    with pytest.raises(KeyError):
        other.kind("nobody")


@pytest.mark.parametrize("suffix", suffixes())
def test_every_format_has_the_same_bytes(graph: KnowledgeGraph, other: StoredGraph, tmp_path: Path, suffix: str) -> None:
    for folder, source in (("memory", graph), ("file", other)):
        (tmp_path / folder).mkdir()
        kg.write(source, tmp_path / folder / f"news{suffix}")
    assert files_in(tmp_path / "file") == files_in(tmp_path / "memory")


def test_a_build_of_many_documents_writes_what_a_build_of_few_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "news", range(12))
    expected = standin.build(tmp_path / "news", tmp_path / "few")
    monkeypatch.setattr(kg.run, "MOST_IN_MEMORY", 3)
    assert standin.build(tmp_path / "news", tmp_path / "many").summary == expected.summary
    assert files_in(tmp_path / "many") == files_in(tmp_path / "few")
    assert not list((tmp_path / "many").rglob("*.graph"))


def test_a_real_build_is_the_same_from_a_file(
    seeds: Path, graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = tmp_path / "ledger"
    files = [tmp_path / "few" / "news.ttl", tmp_path / "few" / "news.json"]
    few = update(seeds, files, ledger=ledger)
    monkeypatch.setattr(kg.run, "MOST_IN_MEMORY", 3)
    many = update(seeds, [tmp_path / "many" / file.name for file in files], ledger=ledger)
    assert many.extracted == 0
    assert many.summary == few.summary
    assert files_in(tmp_path / "many") == files_in(tmp_path / "few")


def test_the_file_goes_when_the_work_fails(tmp_path: Path) -> None:
    path = tmp_path / "news.graph"
    with pytest.raises(RuntimeError, match="in the middle"), stored_graph(samples.whole().nodes(), path):
        raise RuntimeError("in the middle")
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fails_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "news.graph").mkdir()
    with pytest.raises(OSError, match="news"), stored_graph((), tmp_path / "news.graph"):
        pass
