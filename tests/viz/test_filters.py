"""Filters, focus, paths and permalinks: what they leave is what the graph says, and the address keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from kg.graph.network import KnowledgeGraph
from kg.records import Claim, Document
from tests.viz.conftest import text, wait_for
from tests.viz.invented import invented_graph

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

OpenPage = Callable[..., Any]
CLAIMED = "#?view=timeline"


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return invented_graph(articles=12, claims=6)


def claims(graph: KnowledgeGraph, passes: Callable[[Claim, Document], bool]) -> int:
    records = [node.record for node in graph.nodes("CLAIM") if isinstance(node.record, Claim)]
    return sum(passes(claim, graph.document(claim.content[0].document)) for claim in records)


def counted(page: Any) -> int:
    """The claims that pass, as the timeline says."""
    return int(text(page, ".sheet-head .small").split()[1])


def open_filters(page: Any) -> None:
    page.find_element(By.TAG_NAME, "body").send_keys("f")


def test_each_filter_leaves_what_it_says(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, CLAIMED)
    open_filters(page)
    for facet, value, passes in (
        ("kind", "indirect", lambda claim, _: claim.kind == "indirect"),
        ("polarity", "denied", lambda claim, _: claim.polarity == "denied"),
        ("modality", "predicted", lambda claim, _: claim.modality == "predicted"),
        ("outlet", "Tagus Wire", lambda _, document: document.publisher == "Tagus Wire"),
    ):
        button = page.find_element(By.CSS_SELECTOR, f'[data-facet={facet}] [data-value="{value}"]')
        promised = int(button.find_element(By.CLASS_NAME, "count").text)
        button.click()
        assert counted(page) == promised == claims(graph, passes), facet
        assert text(page, "#used") == "1"
        page.find_element(By.ID, "clear").click()
        assert counted(page) == 72


def test_dates_organisation_and_confidence(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=timeline&from=2031-03-03&to=2031-03-05")
    assert counted(page) == claims(graph, lambda _, document: "2031-03-03" <= (document.published or "") <= "2031-03-05")
    page = open_page(graph, CLAIMED)
    open_filters(page)
    slider = page.find_element(By.ID, "confidence")
    slider.send_keys(*[Keys.ARROW_RIGHT] * 17)
    assert counted(page) == claims(graph, lambda claim, _: claim.score >= 0.85) < 72
    page.find_element(By.ID, "clear").click()
    select = Select(page.find_element(By.ID, "organisation"))
    words = select.options[1].text
    select.select_by_index(1)
    assert counted(page) == int(words.rsplit("(", 1)[1].rstrip(")"))


def test_filters_narrow_the_picture_and_the_legend(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    before = set(page.execute_script("return newskg.shown()"))
    page = open_page(graph, "#?outlet=Tagus+Wire")
    after = set(page.execute_script("return newskg.shown()"))
    assert after < before
    articles = {node.id for node in graph.nodes("DOCUMENT") if node.record.publisher == "Tagus Wire"}  # type: ignore[union-attr]
    assert after <= {edge.target for edge in graph.edges("mentions") if edge.source in articles}
    assert " of " in text(page, "[data-kind=PERSON] .count")


def test_address_keeps_the_filters_and_what_is_open(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, CLAIMED)
    open_filters(page)
    page.find_element(By.CSS_SELECTOR, '[data-value="denied"]').click()
    page.find_element(By.CSS_SELECTOR, "[data-kind=ORG]").click()
    page.find_element(By.CSS_SELECTOR, "#list li").click()
    address, opened, left = page.execute_script("return location.hash"), text(page, "#body h2"), counted(page)
    page = open_page(graph, address)
    assert text(page, "#body h2") == opened
    assert counted(page) == left
    assert page.find_element(By.CSS_SELECTOR, "[data-kind=ORG]").get_attribute("aria-pressed") == "false"
    assert page.execute_script("return location.hash") == address


@pytest.mark.parametrize(
    "address", ["#?view=nothing&from=yesterday&kind=odd&steps=9&around=x", "#%E0%A4%A?x", "#@~", "#a~b~c~d?confidence=lots"]
)
def test_addresses_that_name_nothing_open_the_overview(address: str, graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, address)
    assert text(page, "#used") == ""
    assert page.find_element(By.ID, "graph").is_displayed()
    assert page.execute_script("return newskg.shown().length") > 10


def walk(page: Any) -> nx.Graph[str]:
    """The names and the lines among them, as the page drew them."""
    network: nx.Graph[str] = nx.Graph()
    network.add_edges_from(page.execute_script("return newskg.lines()"))
    return network


def test_steps_show_the_neighbourhood(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    network = walk(page)
    centre = max(sorted(network), key=network.degree)
    page = open_page(graph, f"#{centre}")
    for steps in (1, 2, 3):
        page.find_element(By.TAG_NAME, "body").send_keys("s")
        near = nx.single_source_shortest_path_length(network, centre, cutoff=steps)
        assert set(page.execute_script("return newskg.shown()")) == set(near)
        assert f"Within {steps} step" in text(page, "#strip")
    page.find_element(By.TAG_NAME, "body").send_keys("s")
    assert len(page.execute_script("return newskg.shown()")) > len(near)


def test_the_path_between_two_people_is_the_shortest(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    network = walk(page)
    far = dict(nx.all_pairs_shortest_path_length(network))
    people = sorted(node.id for node in graph.nodes("PERSON") if node.id in network)
    one, other = max(((a, b) for a in people for b in people if b in far[a]), key=lambda pair: far[pair[0]][pair[1]])
    page = open_page(graph, f"#{one}")
    page.find_element(By.TAG_NAME, "body").send_keys("p")
    assert "now choose another name" in text(page, "#strip")
    page.switch_to.active_element.send_keys(graph.node(other).label, Keys.ENTER)
    wait_for(page, lambda: text(page, "#kicker") == "Path")
    steps = page.find_elements(By.CSS_SELECTOR, ".way .row")
    assert len(steps) == far[one][other]
    address = page.execute_script("return location.hash")
    steps[0].click()
    assert text(page, "#kicker") == "Connection"
    page.back()
    wait_for(page, lambda: text(page, "#kicker") == "Path")
    assert page.execute_script("return location.hash") == address


def test_a_narrow_screen_opens_with_few_names_and_shows_all_when_asked(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, size=(390, 844))
    few = page.execute_script("return [newskg.shown().length, newskg.labels().length]")
    assert 10 <= few[0] <= 26
    assert few[1] >= 0.9 * few[0]
    page.find_element(By.ID, "hidden").click()
    assert page.execute_script("return newskg.shown().length") > few[0]
