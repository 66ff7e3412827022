"""One article as HTML: all of its text and nothing but it, what is marked, and that hostile text stays text."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.graph.network import KnowledgeGraph
from tests.samples import DOCUMENTS, HARBOUR, TALKS
from tests.samples import graph as made_graph
from tests.viz.invented import hostile_graph

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</mark></div><b>",
    "&lt;b&gt;",
]


@pytest.fixture(scope="module")
def sample() -> KnowledgeGraph:
    return made_graph()


def marks(page: str) -> list[tuple[str, str, str]]:
    """Style, title and words of each mark in the text, behind the key."""
    text = page.split('<div style="', 5)[-1]
    found = re.findall(r'<mark style="([^"]*)" title="([^"]*)">(.*?)</mark>', text)
    return [(style, html.unescape(title), html.unescape(words)) for style, title, words in found]


def words(page: str) -> str:
    """The text of the article as a reader sees it, without the labels."""
    body = page[page.rindex("<div>") + len("<div>") : -len("</div></div>")]
    without = re.sub(r"<small[^>]*>.*?</small>", "", body, flags=re.DOTALL).replace("<br>", "\n")
    return html.unescape(re.sub(r"<[^>]*>", "", without))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_the_text_is_all_there(document: kg.Document, sample: KnowledgeGraph) -> None:
    assert words(kg.render(sample, document.id)) == document.text


def test_every_seed_is_all_there(graph: KnowledgeGraph) -> None:
    for node in graph.nodes("DOCUMENT"):
        assert words(kg.render(graph, node.id)) == graph.document(node.id).text


def test_claims_cues_speakers_roles_and_names_are_marked(sample: KnowledgeGraph) -> None:
    found = {text: (style, title) for style, title, text in marks(kg.render(sample, TALKS.id))}
    assert "#c9dcf2" in found["said"][0]
    assert "#d3ead7" in found["Mirela Dantov"][0]
    assert "border-bottom" in found["Mirela Dantov"][0]
    assert "Person: Mirela Dantov" in found["Mirela Dantov"][1]
    assert "#ead9f2" in found["director"][0]
    assert found["director"][1] == "Role of Mirela Dantov, Lowen Institute"
    assert "#fbe9a6" in found["they could fail"][0]
    assert "unnamed: indirect, possible, affirmed" in found["they could fail"][1]


def test_a_speaker_in_other_words_has_the_name_behind(sample: KnowledgeGraph) -> None:
    labels = re.findall(r"<small[^>]*>(.*?)</small>", kg.render(sample, HARBOUR.id), re.DOTALL)
    assert any("Ida Voss" in label for label in labels), "two speakers, named by one of them"
    assert "Mirela Dantov" not in labels
    assert "<small" not in kg.render(sample, TALKS.id), "all are called by their names, or have none"


def test_an_unknown_article_is_a_key_error(sample: KnowledgeGraph) -> None:
    with pytest.raises(KeyError):
        kg.render(sample, "no-such-article")


def test_the_same_graph_gives_the_same_page(sample: KnowledgeGraph) -> None:
    assert kg.render(sample, TALKS.id) == kg.render(made_graph(), TALKS.id)


def test_hostile_names_and_titles_stay_text() -> None:
    hostile = hostile_graph(HOSTILE)
    for node in hostile.nodes("DOCUMENT"):
        page = kg.render(hostile, node.id)
        assert set(re.findall(r"</?(\w+)", page)) <= {"div", "mark", "span", "small", "br"}
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', page))
        page.encode("utf-8")


def test_no_script_runs_in_a_browser(tmp_path: Path, chromium: Any) -> None:
    hostile = hostile_graph(HOSTILE)
    pages = "".join(kg.render(hostile, node.id) for node in hostile.nodes("DOCUMENT"))
    path = tmp_path / "page.html"
    watch = "<!doctype html><meta charset=utf-8><script>alert = () => document.ran = true</script>"
    path.write_text(watch + pages, encoding="utf-8")
    chromium.get(path.as_uri())
    assert chromium.execute_script("return document.ran === undefined && !document.querySelector('img, b')")
