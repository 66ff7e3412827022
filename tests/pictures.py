"""The pictures of README and docs, made anew from ``graphs/news.json`` and ``seeds/``: ``python -m tests.pictures``.

Needs chromium and chromedriver.  What is shown is chosen by what the graph holds, so that the pictures follow it.
"""

from __future__ import annotations

import contextlib
import io
import math
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rich.console import Console

from kg.export.json import read_json
from kg.graph.network import KnowledgeGraph
from kg.report import report
from kg.run import update
from kg.viz import write_html
from tests.viz.conftest import FLAGS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DESKTOP, PHONE = (1440, 900), (390, 844)  # width and height in CSS pixels
SUFFIXES = ("ttl", "json", "graphml", "html")


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in [*FLAGS, "--hide-scrollbars"]:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or ""))
    try:
        yield driver
    finally:
        driver.quit()


def picture(driver: Any, address: str, name: str, size: tuple[int, int] = DESKTOP, dark: bool = False) -> None:
    """Write ``docs/NAME.png`` of the page at ``address``."""
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 2 if size == PHONE else 1, "mobile": size == PHONE}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    driver.get("about:blank")
    driver.get(address)
    driver.execute_async_script("setTimeout(arguments[0], 900)")
    driver.save_screenshot(str(DOCS / f"{name}.png"))
    sys.stdout.write(f"docs/{name}.png\n")


def most_quoted(graph: KnowledgeGraph) -> str:
    """The person with the most claims."""
    people = {node.id for node in graph.nodes("PERSON")}
    counts = Counter(edge.source for edge in graph.edges("said") if edge.source in people)
    return min(counts, key=lambda one: (-counts[one], one))


def telling_claim(graph: KnowledgeGraph, person: str) -> str:
    """A claim of that person whose role is known, the surest speaker first and then the longest words."""
    said = [(edge, graph.node(edge.target)) for edge in graph.edges_from(person, "said")]
    edge, _ = max(said, key=lambda pair: (bool(pair[0].note), round(pair[0].score, 1), len(pair[1].label), pair[1].id))
    return edge.target


def pages(driver: Any, folder: Path) -> None:
    graph = read_json(ROOT / "graphs" / "news.json")
    path = folder / "news.html"
    with path.open("wb") as stream:
        write_html(graph, stream)
    person = most_quoted(graph)
    claim = quote(telling_claim(graph, person))
    address = path.as_uri()
    picture(driver, f"{address}#{claim}", "page")
    picture(driver, address, "page-first")
    picture(driver, f"{address}#{quote(person)}", "page-person")
    picture(driver, f"{address}#{claim}", "page-dark", dark=True)
    picture(driver, f"{address}#{quote(person)}", "page-phone", PHONE)
    for view in ("timeline", "map", "speakers", "contradictions"):
        picture(driver, f"{address}#?view={view}", f"page-{view}")


def terminal(driver: Any, folder: Path) -> None:
    """What ``kg build seeds`` prints in a terminal."""
    console = Console(record=True, force_terminal=True, width=92, file=io.StringIO(), highlight=False)
    console.print("[green]$[/] kg build seeds")
    files = [Path("graphs", f"news.{suffix}") for suffix in SUFFIXES]
    with contextlib.chdir(folder):
        built = update(ROOT / "seeds", files, ledger=folder / "news.ledger")
        report(console, built, [], files)
    drawing = console.export_svg(title="kg build seeds")
    (folder / "terminal.html").write_text(f"<meta charset=utf-8><style>body{{margin:0}}</style>{drawing}", encoding="utf-8")
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)[0])
    picture(driver, (folder / "terminal.html").as_uri(), "terminal", (math.ceil(width), math.ceil(height)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, chromium() as opened:
        pages(opened, Path(made))
        terminal(opened, Path(made))
