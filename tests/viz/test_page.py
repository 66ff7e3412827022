"""The file itself: one, whole, the same each time, and with nothing in it that loads."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import kg.viz
from kg.graph.network import KnowledgeGraph
from kg.records import Claim, Entity
from kg.viz import write_html
from kg.viz.page import _SCRIPTS, escaped_json
from kg.viz.payload import page_data
from tests.viz.conftest import page_bytes
from tests.viz.invented import hostile_graph, invented_graph

VIZ = Path(kg.viz.__file__).parent


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return invented_graph(articles=8, claims=5)


def test_same_graph_same_bytes(graph: KnowledgeGraph) -> None:
    shuffled = KnowledgeGraph(reversed(list(graph.nodes())), reversed(list(graph.edges())))
    assert page_bytes(graph) == page_bytes(shuffled)


def test_nothing_is_loaded_and_the_policy_knows_every_script(graph: KnowledgeGraph) -> None:
    page = page_bytes(graph).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe-eval" not in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy[1]
    shell = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "http" not in shell.replace("http-equiv", "")
    assert not re.search(r"<(link|img|iframe|object|embed)\b(?![^>]*href=\"data:,\")", shell)
    assert not re.search(r"\b(src|action)=|@import|url\(", shell)
    assert "innerHTML" not in scripts[1]
    assert set(re.findall(r"https?:[^\s\"]*", scripts[1])) == {"http:", "https:", "http://www.w3.org/2000/svg"}


def test_data_cannot_end_its_element() -> None:
    hostile = {"a": "</script><!--", "b": "\u2028\u2029&", "c": "\ud83d"}
    text = escaped_json(hostile)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == hostile
    text.encode()


def test_title_is_escaped(graph: KnowledgeGraph) -> None:
    assert b"<title>&lt;b&gt;</title>" in page_bytes(graph, title="<b>")


def test_spans_count_as_browsers_do(graph: KnowledgeGraph) -> None:
    data = page_data(graph, "t")
    texts = dict(zip(data["documents"]["node"], data["documents"]["text"], strict=True))
    nodes, spans, claims = data["nodes"], data["spans"], data["claims"]
    assert claims["node"]
    for node, content in zip(claims["node"], claims["content"], strict=True):
        record = graph.node(nodes["id"][node]).record
        assert isinstance(record, Claim)
        for span, piece in zip(content, record.content, strict=True):
            units = texts[spans["document"][span]].encode("utf-16-le")
            assert units[2 * spans["start"][span] : 2 * spans["end"][span]].decode("utf-16-le") == piece.quote


def test_an_empty_graph_gives_a_page() -> None:
    assert b"<!DOCTYPE html>" in page_bytes(KnowledgeGraph([], []))


def test_unknown_options_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(TypeError, match="colour"):
        page_bytes(graph, colour="red")


def test_registered_as_an_exporter() -> None:
    found = [point for point in entry_points(group="kg.exporters") if point.name == "html"]
    assert found
    assert found[0].load().__name__ == write_html.__name__


def test_nothing_heavy_is_imported_at_import_time() -> None:
    code = "import sys, kg.viz.page; print([name for name in ('pyvis', 'scipy', 'IPython', 'jinja2') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted(VIZ.glob("*.js")) + sorted(VIZ.glob("*.css")), ids=lambda path: path.name)
def test_each_source_is_short_and_says_what_it_is_for(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert re.match(r"(// |/\* )[A-Z].{20,}", lines[0])
    assert len(lines) <= 300
    assert path.suffix == ".css" or path.stem in _SCRIPTS


def test_small_graphs_are_plain_and_large_ones_packed() -> None:
    assert b'<script type="application/json" id="payload">{' in page_bytes(invented_graph(articles=3))
    large = invented_graph(articles=200, claims=8)
    page = page_bytes(large).decode()
    packed = re.search(r'<script type="application/gzip" id="payload">([^<]*)</script>', page)
    assert packed
    data = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    assert len(data["nodes"]["id"]) == large.network.number_of_nodes()


def test_places_bring_a_map_of_their_surroundings(graph: KnowledgeGraph) -> None:
    data = page_data(graph, "t")
    located = [node for node in graph.nodes("PLACE") if isinstance(node.record, Entity) and node.record.location]
    assert len(data["places"]["node"]) == len(located) > 0
    assert data["map"]["land"]
    assert not page_data(hostile_graph(["A", "B"]), "t")["map"]["land"]
