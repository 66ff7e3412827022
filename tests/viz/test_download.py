"""Exports: the files that a reader saves hold what is shown."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.graph.network import KnowledgeGraph
from tests.viz.conftest import wait_for
from tests.viz.invented import hostile_graph, invented_graph

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

Save = Callable[[str], bytes]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return invented_graph(articles=12, claims=6)


@pytest.fixture
def save(chromium: Any, tmp_path: Path) -> Save:
    """Clicks one of the exports of the open page; the bytes of the file."""
    folder = tmp_path / "saved"
    folder.mkdir()
    chromium.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})

    def saved(kind: str) -> bytes:
        chromium.find_element(By.CSS_SELECTOR, "#export > summary").click()
        chromium.find_element(By.CSS_SELECTOR, f"[data-save={kind}]").click()
        wait_for(chromium, lambda: list(folder.glob(f"*.{kind}")))
        (path,) = folder.glob(f"*.{kind}")
        found = path.read_bytes()
        path.unlink()
        return found

    return saved


def records(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("view", ["graph", "timeline", "map"])
def test_drawings_as_svg_and_png(view: str, graph: KnowledgeGraph, open_page: Callable[..., Any], save: Save) -> None:
    open_page(graph, f"#?view={view}")
    drawing = ET.fromstring(save("svg"))
    words = {"".join(item.itertext()) for item in drawing.iter("{http://www.w3.org/2000/svg}text")}
    names = {node.label for node in graph.nodes("PERSON", "ORG", "PLACE", "EVENT")}
    assert len(words & names) >= 5
    picture = save("png")
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 15_000, "more than an empty sheet"


def test_csv_holds_the_claims_that_pass(graph: KnowledgeGraph, open_page: Callable[..., Any], save: Save) -> None:
    open_page(graph, "#?polarity=denied")
    rows = records(save("csv"))
    denied = {node.id: node.record.text for node in graph.nodes("CLAIM") if node.record.polarity == "denied"}  # type: ignore[union-attr]
    assert {row["id"]: row["claim"] for row in rows} == denied
    assert {row["outlet"] for row in rows} <= {node.record.publisher for node in graph.nodes("DOCUMENT")}  # type: ignore[union-attr]


def test_json_holds_nodes_edges_and_claims(graph: KnowledgeGraph, open_page: Callable[..., Any], save: Save) -> None:
    page = open_page(graph)
    data = json.loads(save("json"))
    assert [node["id"] for node in data["nodes"]] == page.execute_script("return newskg.shown()")
    assert len(data["claims"]) == 72
    ends = {edge[end] for edge in data["edges"] for end in ("source", "target")}
    assert ends <= {node["id"] for node in data["nodes"]}


def test_table_of_speakers_as_csv(graph: KnowledgeGraph, open_page: Callable[..., Any], save: Save) -> None:
    page = open_page(graph, "#?view=speakers")
    page.find_element(By.CSS_SELECTOR, "[data-by=outlet]").click()
    rows = records(save("csv"))
    assert sum(int(row["claims"]) for row in rows) == 72
    assert {row["outlet"] for row in rows} == {node.record.publisher for node in graph.nodes("DOCUMENT")}  # type: ignore[union-attr]


def test_no_cell_is_a_formula(open_page: Callable[..., Any], save: Save) -> None:
    open_page(hostile_graph(["=1+1", "+A1", "-2", "@SUM(A1)", 'quote " and, comma']))
    rows = records(save("csv"))
    assert rows
    assert not [value for row in rows for name, value in row.items() if value.startswith(("=", "+", "-", "@"))]
    assert any('quote " and, comma' in row["claim"] for row in rows)
