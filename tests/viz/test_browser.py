"""The page in a real browser, by real clicks and keys."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from kg.graph.network import KnowledgeGraph
from kg.records import Claim, Document
from tests.viz.conftest import text, wait_for
from tests.viz.invented import invented_graph

pytest.importorskip("selenium")
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return invented_graph(articles=12, claims=6)


def a_speaker(graph: KnowledgeGraph) -> str:
    return next(edge.source for edge in graph.edges("said"))


def click_at(page: Any, x: float, y: float) -> None:
    chain = ActionChains(page, duration=0)
    chain.w3c_actions.pointer_action.move_to_location(round(x), round(y))
    chain.w3c_actions.pointer_action.click()
    chain.perform()


def pixels(page: Any) -> list[int]:
    """The canvas's pixels that are neither clear nor alike, summed by channel."""
    script = """
    const canvas = document.querySelector('#canvas canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const sum = [0, 0, 0, 0];
    for (let place = 0; place < data.length; place += 4) {
      if (data[place + 3] < 200) continue;
      for (let channel = 0; channel < 3; channel += 1) sum[channel] += data[place + channel];
      sum[3] += 1;
    }
    return sum.slice(0, 3).map((total) => Math.round(total / Math.max(1, sum[3]))).concat(sum[3]);
    """
    found: list[int] = page.execute_script(script)
    return found


def requests_of_the_page(page: Any) -> list[Any]:
    """What the opened file asked for; the browser's own start page is logged too, and is not ours."""
    messages = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    sent = [item["params"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    return [request for request in sent if not request["documentURL"].startswith("chrome:")]


def test_opens_from_a_file_and_asks_nothing_of_a_network(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    assert "12 articles" in text(page, "#totals")
    assert pixels(page)[3] > 1000
    asked = [request["request"]["url"] for request in requests_of_the_page(page)]
    assert asked
    assert {url.split(":")[0] for url in asked} <= {"file", "data", "about"}


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
@pytest.mark.parametrize("articles", [2, 12, 60])
def test_first_view_holds_every_node_and_label(articles: int, size: tuple[int, int], open_page: OpenPage) -> None:
    page = open_page(invented_graph(articles=articles, claims=6), size=size)
    script = """
    const box = document.querySelector('#canvas').getBoundingClientRect();
    return [newskg.shown().map(newskg.place), newskg.labels(), [box.left, box.top, box.right, box.bottom]];
    """
    places, labels, (left, top, right, bottom) = page.execute_script(script)
    assert places
    assert [spot for spot in places if not (left + 4 < spot["x"] < right - 4 and top + 4 < spot["y"] < bottom - 4)] == []
    assert labels
    assert [box for box in labels if min(box[:2]) < 0 or box[2] > right - left or box[3] > bottom - top] == []
    crossing = [
        (a, b) for a, b in itertools.combinations(labels, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert crossing == []


def test_the_whole_stays_in_view_when_the_canvas_shrinks(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    smaller = {"width": 1000, "height": 560, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", smaller)
    outside = """
    const box = document.querySelector('#canvas').getBoundingClientRect();
    const gone = ({ x, y }) => x < box.left || x > box.right || y < box.top || y > box.bottom;
    return innerWidth === 1000 && !newskg.shown().map(newskg.place).some(gone);
    """
    wait_for(page, lambda: page.execute_script(outside))


def test_search_and_enter_show_the_sentence(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    speaker = graph.node(a_speaker(graph))
    page.find_element(By.TAG_NAME, "body").send_keys("/")
    search = page.switch_to.active_element
    assert search.get_attribute("id") == "search"
    search.send_keys(speaker.label.upper(), Keys.ENTER)
    assert text(page, "#body h2") == speaker.label
    assert page.switch_to.active_element.get_attribute("id") == "panel"
    page.find_element(By.CSS_SELECTOR, "#body .card").click()
    assert text(page, "mark.content") in {quoted(graph, edge.target) for edge in graph.edges("said")}
    assert text(page, "mark.source") == speaker.label
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert text(page, "#kicker") == "Overview"


def quoted(graph: KnowledgeGraph, claim: str) -> str:
    record = graph.node(claim).record
    assert isinstance(record, Claim)
    return record.text


def test_marks_stand_right_after_astral_letters(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    """Every text opens with a letter beyond the basic plane, so wrong units would shift each mark."""
    for node in list(graph.nodes("CLAIM"))[:8]:
        page = open_page(graph, f"#{quote(node.id)}")
        assert text(page, "mark.content") == quoted(graph, node.id)
        record = node.record
        assert isinstance(record, Claim)
        assert record.cue
        assert text(page, "mark.cue") == record.cue.quote


def test_arrow_keys_choose_from_the_list(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    search = page.find_element(By.ID, "search")
    search.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    wanted = text(page, "#list [aria-selected=true] .name")
    search.send_keys(Keys.ENTER)
    assert text(page, "#body h2") == wanted


def test_click_on_the_canvas_chooses_a_node_and_arrows_move_on(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    node = a_speaker(graph)
    place = page.execute_script("return newskg.place(arguments[0])", node)
    click_at(page, place["x"], place["y"])
    wait_for(page, lambda: text(page, "#body h2") == graph.node(node).label)
    page.find_element(By.ID, "canvas").send_keys(Keys.ARROW_RIGHT)
    assert text(page, "#body h2") != graph.node(node).label


def test_click_on_a_line_shows_its_evidence(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    edge = next(iter(graph.edges("affiliation")))
    page = open_page(graph, f"#{quote(edge.source)}~{quote(edge.target)}~affiliation")
    assert text(page, "#kicker") == "Connection"
    page.find_element(By.CSS_SELECTOR, "#body summary").click()
    wait_for(page, lambda: page.find_elements(By.CSS_SELECTOR, "#body mark.content"))
    assert text(page, "#body mark.content") == edge.evidence[0].quote
    page.find_element(By.ID, "close").click()
    chosen = page.execute_script("return newskg.between(arguments[0], arguments[1])", edge.source, edge.target)
    click_at(page, chosen["x"], chosen["y"])
    wait_for(page, lambda: text(page, "#kicker") != "Overview")


def test_legend_hides_and_shows_a_kind(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    shown = set(page.execute_script("return newskg.shown()"))
    people = {node.id for node in graph.nodes("PERSON")}
    assert shown & people
    assert not shown & {node.id for node in graph.nodes("CLAIM", "DOCUMENT")}
    page.find_element(By.CSS_SELECTOR, "[data-kind=PERSON]").click()
    assert not set(page.execute_script("return newskg.shown()")) & people
    page.find_element(By.CSS_SELECTOR, "[data-kind=CLAIM]").click()
    assert {node.id for node in graph.nodes("CLAIM")} <= set(page.execute_script("return newskg.shown()"))


def test_permalink_opens_a_claim_and_back_returns(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    claim = next(graph.nodes("CLAIM"))
    page = open_page(graph, f"#{quote(claim.id)}")
    assert text(page, "#body h2") == quoted(graph, claim.id)
    assert claim.id in page.execute_script("return newskg.shown()")
    page.find_element(By.CSS_SELECTOR, ".headline .link").click()
    document = graph.node(claim.record.content[0].document).record  # type: ignore[union-attr]
    assert isinstance(document, Document)
    wait_for(page, lambda: text(page, "#body h2") == document.title)
    page.back()
    wait_for(page, lambda: text(page, "#body h2") == quoted(graph, claim.id))


def test_dark_recolours_the_canvas_with_its_labels(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    light = pixels(page)
    page.find_element(By.ID, "theme").click()
    wait_for(page, lambda: pixels(page) != light)
    page_colour = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert page_colour == "rgb(23, 24, 27)"
    dark = pixels(open_page(graph, dark=True))
    assert max(abs(one - other) for one, other in zip(light[:3], dark[:3], strict=True)) > 15


def test_paper_is_light_and_the_dark_returns(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    scheme = "return getComputedStyle(document.documentElement).getPropertyValue('--scheme').trim()"
    page = open_page(graph, dark=True)
    page.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert page.execute_script(scheme) == "light"
    printed = pixels(page)
    page.execute_script("dispatchEvent(new Event('afterprint'))")
    assert page.execute_script(scheme) == "dark"
    assert printed == pixels(open_page(graph))


def test_the_list_is_in_order_of_connections(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph)
    counts = page.execute_script("return [...document.querySelectorAll('#list .count')].map((one) => Number(one.textContent))")
    assert counts == sorted(counts, reverse=True)


def test_phone_shows_the_whole_tab_that_is_chosen(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, "#?view=contradictions", size=(390, 844))
    ends = page.execute_script(
        "return [...document.querySelectorAll('#tabs button')].map((tab) => tab.getBoundingClientRect().right)"
    )
    assert max(ends) <= 390


def test_phone_puts_the_panel_below(graph: KnowledgeGraph, open_page: OpenPage) -> None:
    page = open_page(graph, size=(390, 844))
    box = "const b = document.querySelector(arguments[0]).getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]"
    canvas, panel = page.execute_script(box, "#canvas"), page.execute_script(box, "#panel")
    assert panel[1] >= canvas[3] - 1
    assert canvas[3] - canvas[1] > 300
    assert page.execute_script("return document.documentElement.scrollWidth") <= 390
    assert pixels(page)[3] > 300
    page.find_element(By.ID, "list-toggle").click()
    page.find_element(By.CSS_SELECTOR, "#list li").click()
    assert text(page, "#kicker") != "Overview"
