"""The graphs of seeds/: those in graphs/ are what a build gives, and every build gives the same bytes."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

import kg
from kg.export.json import write_json
from kg.export.rdf_files import write_turtle
from kg.extract import extract
from kg.read import read
from kg.records import to_json

GRAPHS = Path(__file__).parents[1] / "graphs"
FORMATS = ("ttl", "json", "graphml", "html")
SCORES = ("score", "speaker_score")
NEAR = 0.02  # between kinds of processor
DECIMAL = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def committed(name: str) -> Path:
    path = GRAPHS / name
    if not path.exists():
        pytest.skip(f"graphs/{name} is not there: run make graph")
    return path


# ------------------------------------------------------------------ what is in graphs/
def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Where two JSON values differ, but for scores that are near."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from differences(one.get(key), other.get(key), f"{place}/{key}")
    elif isinstance(one, list) and isinstance(other, list):
        for number, (a, b) in enumerate(zip_longest(one, other)):
            yield from differences(a, b, f"{place}/{number}")
    elif place.rpartition("/")[2] in SCORES and isinstance(one, float | int) and isinstance(other, float | int):
        if abs(one - other) > NEAR:
            yield f"{place}: {one} and {other}"
    elif one != other:
        yield f"{place}: {one!r} and {other!r}"


def test_differences_are_found() -> None:
    one = {"a": [{"quote": "x", "score": 0.5, "start": 1}]}
    assert not list(differences(one, {"a": [{"quote": "x", "score": 0.51, "start": 1}]}))
    for other in ({"quote": "x", "score": 0.53, "start": 1}, {"quote": "x", "score": 0.5, "start": 2}, {"quote": "x"}):
        assert list(differences(one, {"a": [other]}))
    assert list(differences(one, {"a": []}))


def test_building_the_seeds_gives_the_committed_statements(graph: kg.KnowledgeGraph) -> None:
    """The same nodes, edges, offsets and quotes; scores may differ a little between kinds of processor."""
    stream = io.BytesIO()
    write_json(graph, stream)
    found = list(differences(json.loads(committed("news.json").read_text(encoding="utf-8")), json.loads(stream.getvalue())))
    assert not found, "\n".join(found[:10])


def statements(turtle: bytes) -> set[str]:
    """The triples but for those with a decimal number, which are the scores."""
    parsed = pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)
    return {str(q.triple) for q in parsed if not (isinstance(q.object, pyoxigraph.Literal) and q.object.datatype == DECIMAL)}


def test_building_the_seeds_gives_the_committed_triples(graph: kg.KnowledgeGraph) -> None:
    stream = io.BytesIO()
    write_turtle(graph, stream)
    fresh = statements(stream.getvalue())
    assert len(fresh) > 1000
    assert fresh == statements(committed("news.ttl").read_bytes())


@pytest.mark.parametrize("suffix", ["ttl", "json", "graphml"])
def test_the_committed_files_hold_one_graph(suffix: str, tmp_path: Path) -> None:
    kg.write(kg.read_json(committed("news.json")), tmp_path / f"again.{suffix}")
    assert (tmp_path / f"again.{suffix}").read_bytes() == committed(f"news.{suffix}").read_bytes()


def test_the_committed_page_holds_the_same_graph(tmp_path: Path) -> None:
    """Apart from where the nodes lie, which is sums of small numbers that processors round in their own ways."""
    kg.write(kg.read_json(committed("news.json")), tmp_path / "again.html")
    again, there = payload(tmp_path / "again.html"), payload(committed("news.html"))
    for data in (again, there):
        for table in ("nodes", "few"):
            del data[table]["x"], data[table]["y"]
    assert again == there


def payload(page: Path) -> dict[str, Any]:
    found = re.search(r'id="payload">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


# ------------------------------------------------------------------ same input, same bytes
ELSEWHERE = """
import json, sys
from pathlib import Path
import kg
from kg.extract import extract
from kg.read import read
from kg.records import to_json
from kg.run import build_from

seeds, out = Path(sys.argv[1]), Path(sys.argv[2])
documents = list(read(seeds))[::-1]
(alone,) = extract([next(document for document in documents if document.id == sys.argv[3])])
(out / "alone.json").write_text(json.dumps(to_json(alone)), encoding="utf-8")
graph = build_from(documents)
for suffix in sys.argv[4:]:
    kg.write(graph, out / f"news.{suffix}")
"""


@pytest.fixture(scope="module")
def elsewhere(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What another process made, with other hashes, from the documents in the opposite order, after one of them alone."""
    out = tmp_path_factory.mktemp("elsewhere")
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    command = [sys.executable, "-c", ELSEWHERE, str(seeds), str(out), some_document(seeds).id, *FORMATS]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
    return out


def some_document(seeds: Path) -> kg.Document:
    return list(read(seeds))[2]


@pytest.mark.parametrize("suffix", FORMATS)
def test_another_process_and_another_order_give_the_same_bytes(
    graph: kg.KnowledgeGraph, elsewhere: Path, tmp_path: Path, suffix: str
) -> None:
    kg.write(graph, tmp_path / f"news.{suffix}")
    assert (tmp_path / f"news.{suffix}").read_bytes() == (elsewhere / f"news.{suffix}").read_bytes()


def test_a_document_alone_says_what_it_says_among_others(seeds: Path, elsewhere: Path) -> None:
    among = {found.document.id: found for found in extract(list(read(seeds))[:4])}
    alone = json.loads((elsewhere / "alone.json").read_text(encoding="utf-8"))
    assert alone["claims"]
    assert json.loads(json.dumps(to_json(among[some_document(seeds).id]))) == alone
