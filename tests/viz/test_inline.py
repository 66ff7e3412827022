"""The graph inside a notebook: what is chosen, what the frame may do, and that it works in a real browser."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph.network import KnowledgeGraph
from kg.records import Claim, Document, Entity
from kg.viz.inline import best_connected, inline_html
from tests.viz.conftest import page_bytes
from tests.viz.invented import hostile_graph, invented_graph


@pytest.fixture(scope="module")
def large() -> KnowledgeGraph:
    return invented_graph(articles=80, claims=8)


def size(graph: KnowledgeGraph) -> int:
    return sum(1 for _ in graph.nodes())


def srcdoc(frame: str) -> str:
    found = re.search(r" srcdoc='([^']*)'", frame)
    assert found
    return html.unescape(found[1])


# ------------------------------------------------------------------ what is chosen
def test_a_small_graph_is_shown_whole() -> None:
    graph = invented_graph(articles=3)
    assert best_connected(graph) is graph
    frame = inline_html(graph)
    assert srcdoc(frame).encode() == page_bytes(graph)
    assert "hidden" not in frame.rpartition("</iframe>")[2]


def test_a_large_graph_shows_300_nodes_and_says_how_many_are_hidden(large: KnowledgeGraph) -> None:
    part = best_connected(large)
    assert 290 <= size(part) <= 300
    note = inline_html(large).rpartition("</iframe>")[2]
    assert f"{size(large) - size(part):,} are hidden" in note
    assert "graph.show()" in note


@pytest.mark.parametrize("most", [0, 1, 2, 10, 299, 500])
def test_every_choice_keeps_its_evidence(large: KnowledgeGraph, most: int) -> None:
    part = best_connected(large, most)
    assert size(part) <= most
    for node in part.nodes():
        assert all(item.document in part for item in node.evidence)
        assert node.evidence or isinstance(node.record, Document)
        if isinstance(node.record, Claim):
            assert node.record.content[0].document in part
    for edge in part.edges():
        assert edge.evidence
        assert all(item.document in part for item in edge.evidence)


def test_names_come_best_connected_first_and_with_what_they_say(large: KnowledgeGraph) -> None:
    part = best_connected(large, 100)
    degree = {node.id: large.network.degree(node.id) for node in large.nodes() if isinstance(node.record, Entity)}
    best = sorted(degree, key=lambda name: (-degree[name], name))[:15]
    assert all(name in part for name in best)
    assert sum(1 for _ in part.nodes("CLAIM")) >= 20
    assert any(True for _ in part.edges("said"))


def test_the_same_graph_gives_the_same_frame(large: KnowledgeGraph) -> None:
    assert inline_html(large) == inline_html(invented_graph(articles=80, claims=8))


def test_hostile_names_stay_inside_the_attribute() -> None:
    names = ["' onload='alert(1)", "</iframe><script>alert(1)</script>", "&#39; x='", '" y="']
    frame = inline_html(hostile_graph(names))
    assert frame.count("<") == 2, "one frame, opened and closed"
    assert srcdoc(frame).encode() == page_bytes(hostile_graph(names))


def test_the_frame_is_cut_off_from_the_notebook() -> None:
    found = re.search(r'sandbox="([^"]*)"', inline_html(invented_graph(articles=1)))
    assert found
    assert "allow-scripts" in found[1].split()
    assert not {"allow-same-origin", "allow-top-navigation", "allow-forms", "allow-modals"} & set(found[1].split())


# ------------------------------------------------------------------ the doors of the graph
def test_a_notebook_shows_the_frame() -> None:
    graph = invented_graph(articles=2)
    assert graph._repr_html_() == inline_html(graph)


def test_show_writes_the_page_and_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    graph = invented_graph(articles=2)
    path = graph.show(tmp_path / "page.html")
    assert opened == [path.as_uri()]
    assert path.read_bytes() == page_bytes(graph)
    assert graph.show().read_bytes() == page_bytes(graph)


# ------------------------------------------------------------------ in a browser
OpenFrame = Callable[[KnowledgeGraph], Any]


@pytest.fixture
def open_frame(chromium: Any, tmp_path: Path) -> Iterator[OpenFrame]:
    """Opens a notebook's output from a file and goes into its frame; the console must stay silent."""

    def opened(graph: KnowledgeGraph) -> Any:
        path = tmp_path / "exported.html"
        text = f"<!DOCTYPE html><meta charset='utf-8'><title>Notebook</title><h1>Cell</h1>{inline_html(graph)}"
        path.write_text(text, encoding="utf-8")
        chromium.get_log("browser")
        chromium.get("about:blank")
        chromium.get(path.as_uri())
        chromium.switch_to.frame(0)
        return chromium

    yield opened
    chromium.switch_to.default_content()
    assert [entry for entry in chromium.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []


def test_the_frame_draws_and_search_shows_a_sentence(open_frame: OpenFrame) -> None:
    from selenium.webdriver.common.keys import Keys

    graph = invented_graph(articles=12)
    page = open_frame(graph)
    find = "css selector"
    assert "12 articles" in page.find_element(find, "#totals").text
    drawn = """
    const canvas = document.querySelector('#canvas canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, place) => place % 4 === 3 && value > 200).length;
    """
    assert page.execute_script(drawn) > 1000
    speaker = graph.node(next(edge.source for edge in graph.edges("said")))
    before = page.execute_script("return history.length")
    page.find_element(find, "#search").send_keys(speaker.label, Keys.ENTER)
    assert page.find_element(find, "#body h2").text == speaker.label
    page.find_element(find, "#body .card").click()
    said = {node.record.text for node in graph.nodes("CLAIM") if isinstance(node.record, Claim)}
    assert page.find_element(find, "mark.content").get_property("textContent") in said
    page.find_element(find, "#close").click()
    assert page.find_element(find, "#kicker").get_property("textContent") == "Overview"
    assert page.execute_script("return history.length") == before, "the reader's Back button is the notebook's"
    assert page.execute_script("try { return parent.document.title } catch (error) { return error.name }") == "SecurityError"
