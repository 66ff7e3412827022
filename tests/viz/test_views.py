"""The sheets beside the graph: timeline, map, speakers, contradictions; by clicks and by keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from kg.graph.network import KnowledgeGraph
from kg.records import Claim, Entity
from tests.viz.conftest import text
from tests.viz.invented import LOCATIONS, invented_graph

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return invented_graph(articles=12, claims=6)


def all_of(page: Any, css: str) -> list[Any]:
    found: list[Any] = page.find_elements(By.CSS_SELECTOR, css)
    return found


def labels(page: Any, css: str) -> list[str]:
    return [item.get_attribute("aria-label") for item in all_of(page, css)]


def press(page: Any, *keys: str) -> None:
    page.find_element(By.TAG_NAME, "body").send_keys(*keys)


def test_number_keys_open_the_views(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    for key, name in zip("2345", ("timeline", "map", "speakers", "contradictions"), strict=True):
        press(page, key)
        assert page.find_element(By.ID, f"tab-{name}").get_attribute("aria-selected") == "true"
        assert not page.find_element(By.ID, "graph").is_displayed()
        assert page.execute_script("return location.hash") == f"#?view={name}"
    press(page, "1")
    assert page.find_element(By.ID, "graph").is_displayed()
    assert page.execute_script("return location.hash") == ""


def test_timeline_counts_every_claim_and_opens_a_day(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=timeline")
    bars = labels(page, ".timeline .bin")
    assert sum(int(label.rsplit(": ", 1)[1].split()[0]) for label in bars) == 72
    assert bars[0].startswith("1 March 2031: 6")
    all_of(page, ".timeline .bin")[0].click()
    assert text(page, "#body h2") == "1 March 2031"
    assert text(page, "#body h3") == "Claims 6"
    assert page.execute_script("return location.hash").startswith("#@2031-03-01~2031-03-01")


def test_timeline_by_keys(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=timeline")
    page.execute_script("document.querySelector('.timeline .spot').focus()")
    before = page.switch_to.active_element.get_attribute("aria-label")
    page.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    after = page.switch_to.active_element.get_attribute("aria-label")
    assert before != after
    page.switch_to.active_element.send_keys(Keys.ENTER)
    assert text(page, "#body h2") == after.rsplit(": ", 1)[0]


def test_map_shows_places_in_order_from_west_to_east(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=map")
    spots = {
        label.split(":")[0]: item for label, item in zip(labels(page, ".map .spot"), all_of(page, ".map .spot"), strict=True)
    }
    there = {node.label for node in graph.nodes("PLACE") if isinstance(node.record, Entity) and node.record.location}
    assert set(spots) == there
    boxes = {name: spots[name].find_element(By.TAG_NAME, "circle").rect for name in there}
    assert sorted(there, key=lambda name: boxes[name]["x"]) == sorted(there, key=lambda name: LOCATIONS[name][1])
    assert sorted(there, key=lambda name: boxes[name]["y"]) == sorted(there, key=lambda name: -LOCATIONS[name][0])
    assert page.execute_script("return document.querySelector('.land').getTotalLength()") > 5
    name = min(there)
    spots[name].find_element(By.TAG_NAME, "circle").click()
    assert text(page, "#body h2") == name
    assert "Portugal" in text(page, "#body")


def test_map_zooms(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=map")
    scale = "return document.querySelector('.scale-text').textContent"
    before = page.execute_script(scale)
    for _ in range(3):
        page.find_element(By.CSS_SELECTOR, "#sheet .zoom button").click()
    assert page.execute_script(scale) != before


def test_no_map_without_places(open_page: OpenPage) -> None:
    graph = invented_graph(articles=2)
    bare = KnowledgeGraph((node for node in graph.nodes() if node.kind in ("PERSON", "DOCUMENT")), [])
    page = open_page(bare)
    assert [tab.text for tab in all_of(page, "[role=tab]")] == ["Graph"]


def test_speakers_are_counted_and_sorted(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=speakers")
    said = Counter(graph.node(edge.source).label for edge in graph.edges("said"))
    rows = [
        (row.find_element(By.TAG_NAME, "th").text, row.find_element(By.CLASS_NAME, "claims").text)
        for row in all_of(page, ".speakers tbody tr")
    ]
    named = {name: int(count) for name, count in rows if name in said}
    assert named == dict(said)
    counts = [int(count) for _, count in rows]
    assert counts == sorted(counts, reverse=True)
    page.find_element(By.CSS_SELECTOR, "[data-column=name] button").click()
    names = [row.text for row in all_of(page, ".speakers tbody th button")]
    assert names == sorted(names, key=str.casefold)
    page.find_element(By.CSS_SELECTOR, "[data-by=outlet]").click()
    assert {row.text for row in all_of(page, ".speakers tbody th")} == {
        node.record.publisher for node in graph.nodes("DOCUMENT")
    }  # type: ignore[union-attr]


def test_contradictions_stand_side_by_side(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=contradictions")
    edges = list(graph.edges("contradicts"))
    disputes = all_of(page, ".dispute:not(.alike)")
    assert len(disputes) == len(edges) > 0
    first, second = disputes[0].find_elements(By.CLASS_NAME, "side-claim")
    assert abs(first.rect["y"] - second.rect["y"]) < 2
    assert first.rect["x"] + first.rect["width"] < second.rect["x"]
    shown = {side.find_element(By.CLASS_NAME, "said").text for side in (first, second)}
    records = {edge: {graph.node(end).record for end in (edge.source, edge.target)} for edge in edges}
    assert any(shown == {claim.text for claim in pair if isinstance(claim, Claim)} for pair in records.values())
    first.find_element(By.CLASS_NAME, "said").click()
    assert "Contradicted by" in text(page, "#body")
    press(page, "1")
    assert text(page, "#kicker") == "Claim"


def test_views_follow_the_width(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    for view in ("timeline", "map", "speakers", "contradictions"):
        page = open_page(graph, f"#?view={view}", size=(390, 844))
        assert all_of(page, "#sheet > *")
        assert page.execute_script("return document.documentElement.scrollWidth") <= 390, view


def test_person_shows_roles_over_time(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    edge = next(edge for edge in graph.edges("affiliation") if edge.record and edge.record.since and edge.record.until is None)
    page = open_page(graph, f"#{edge.source}")
    roles = text(page, ".items.roles")
    assert "since 15 Jan 2030" in roles
    assert edge.record
    assert edge.record.role
    assert edge.record.role.quote in roles
