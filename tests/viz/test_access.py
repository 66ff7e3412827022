"""For everybody: axe-core finds nothing serious, and keys reach all that a pointer reaches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.graph.network import KnowledgeGraph
from tests.viz.conftest import text, wait_for
from tests.viz.invented import invented_graph

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return invented_graph(articles=12, claims=6)


@pytest.fixture(scope="module")
def axe() -> Callable[[Any], list[str]]:
    """Serious and critical findings of axe-core (MPL 2.0, as the package axe-core-python carries it)."""
    base = pytest.importorskip("axe_core_python.base")

    def findings(page: Any) -> list[str]:
        page.execute_script(base.AXE_SCRIPT)
        found = page.execute_async_script(
            "const done = arguments[0]; axe.run().then(done, (error) => done({ error: String(error) }));"
        )
        assert "violations" in found, found
        serious = [item for item in found["violations"] if item["impact"] in ("serious", "critical")]
        return [f"{item['id']}: {node['html'][:160]}" for item in serious for node in item["nodes"]]

    return findings


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_serious(
    dark: bool, size: tuple[int, int], graph: KnowledgeGraph, open_page: OpenPage, axe: Any
) -> None:
    claim, person = next(graph.nodes("CLAIM")).id, next(edge.source for edge in graph.edges("said"))
    for address in (
        "",
        f"#{claim}",
        f"#{person}?polarity=denied",
        "#?view=timeline",
        "#?view=map",
        "#?view=speakers",
        "#?view=contradictions",
    ):
        page = open_page(graph, address, dark=dark, size=size)
        page.execute_script("document.getElementById('filters').open = true")
        assert axe(page) == [], address


def test_axe_finds_nothing_serious_in_the_list_of_keys(graph: KnowledgeGraph, open_page: OpenPage, axe: Any) -> None:
    page = open_page(graph)
    page.find_element(By.TAG_NAME, "body").send_keys("?")
    assert axe(page) == []
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not page.find_element(By.ID, "help").is_displayed()


def test_keys_are_listed_and_switch_the_theme(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    body = page.find_element(By.TAG_NAME, "body")
    body.send_keys("?")
    assert "search names and claims" in text(page, "#help")
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    paper = "return getComputedStyle(document.body).backgroundColor"
    before = page.execute_script(paper)
    body.send_keys("d")
    assert page.execute_script(paper) != before
    body.send_keys("e")
    assert page.switch_to.active_element.get_attribute("data-save") == "png"
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert page.find_element(By.ID, "export").get_attribute("open") is None


def test_tab_reaches_every_part(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    page.find_element(By.ID, "theme").click()
    seen = set()
    for _ in range(60):
        page.switch_to.active_element.send_keys(Keys.TAB)
        active = page.switch_to.active_element
        seen.add(active.get_attribute("id") or active.get_attribute("class"))
    assert {"search", "canvas", "tab-graph", "zoom-in", "rank", "card"} <= seen


def test_the_list_holds_all_that_the_picture_shows(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    wait_for(page, lambda: page.find_elements(By.CSS_SELECTOR, "#list li"))
    page.execute_script("document.querySelector('#more').click()")
    listed = {item.get_property("textContent") for item in page.find_elements(By.CSS_SELECTOR, "#list .name")}
    assert {graph.node(id).label for id in page.execute_script("return newskg.shown()")} <= listed


def test_paper_leaves_out_the_controls(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, f"#{next(graph.nodes('CLAIM')).id}")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not page.find_element(By.ID, "search").is_displayed()
    assert not page.find_element(By.ID, "export").is_displayed()
    assert page.find_element(By.CSS_SELECTOR, "#body h2").is_displayed()
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
