"""The page against pyvis 0.3.2 in one headless Chromium: ``python -m tests.benchmarks.page [NODES ...]``.

Two rivals hold the same graph: plain pyvis, whose physics place the nodes in the browser, and pyvis with positions computed
first and physics off.  Each has the names and the relations, ours the articles and all evidence as well.  Ours opens on the
names and draws claims and articles when asked to; "all" is the page that is asked to draw every node, as the rivals do.

A first frame is stable when the canvas has been drawn and two frames in a row are alike; a page that has none after LIMIT
seconds counts as infinite.  Frames are counted over two seconds of dragging.  A click lasts from the release of the button
to the frame after the evidence is in the panel.  Every figure is the median of three, that of clicks of five.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import math
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from kg.graph.network import KnowledgeGraph
from kg.viz import write_html
from kg.viz.layout import positions
from kg.vocab import KINDS
from tests.viz.conftest import FLAGS
from tests.viz.invented import World, default_world, invented_graph

LIMIT = 1800  # seconds: plain pyvis needs many minutes on a busy machine
TIMES = 3
EVERY = "#?show=" + "+".join(KINDS) + "&all=1"
STABLE = """
const [done, limit] = [arguments[1], performance.now() + arguments[0] * 1000];
let [before, alike] = ['', 0];
function look() {
  const canvas = document.querySelector('canvas');
  const text = canvas && canvas.width ? canvas.toDataURL('image/png').length : 0;
  alike = text && text === before && text > 8000 ? alike + 1 : 0;
  before = text;
  if (alike >= 1) done(performance.now());
  else if (performance.now() > limit) done(-1);
  else requestAnimationFrame(look);
}
look();
"""
COUNT = """
const [done, start] = [arguments[0], performance.now()];
let frames = 0;
requestAnimationFrame(function step() {
  frames += 1;
  const gone = performance.now() - start;
  if (gone < 2000) requestAnimationFrame(step);
  else window.rate = frames / (gone / 1000);
});
done();
"""
WATCH = """
window.taken = null;
let start = 0;
addEventListener('pointerup', () => { start = performance.now(); }, { capture: true, once: true });
const end = () => setTimeout(() => { window.taken = performance.now() - start; });
const watcher = new MutationObserver(() => { watcher.disconnect(); requestAnimationFrame(end); });
watcher.observe(document.getElementById('body'), { childList: true });
const box = document.querySelector('canvas').getBoundingClientRect();
const inside = (spot) => spot.x > box.left + 9 && spot.x < box.right - 9 && spot.y > box.top + 9 && spot.y < box.bottom - 60;
const spots = newskg.shown().map(newskg.place).filter(inside);
return spots[Math.floor(arguments[0] * (spots.length - 1))];
"""


def graph_of(count: int) -> KnowledgeGraph:
    """An invented graph of about ``count`` nodes: half of them names, the others claims and articles."""
    base = default_world(390)
    people, events = numbered(base.people, count // 2), numbered(base.events, count)
    return invented_graph(articles=count * 10 // 63, claims=3, world=World(people, base.orgs, base.places, events))


def numbered(names: Sequence[str], count: int) -> tuple[str, ...]:
    """So many different names."""
    rounds = (f"{name} {turn}" if turn else name for turn in itertools.count() for name in names)
    return tuple(itertools.islice(rounds, count))


def rival(graph: KnowledgeGraph, placed: bool) -> bytes:
    """The graph through pyvis's own template, as its documentation shows, with the scripts in the file."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="850px")
    spots = nx.random_layout(graph.network, seed=1) if placed else {}
    if placed:
        sizes = dict.fromkeys(graph.network, 8.0)
        spots = positions(sizes, sorted({(edge.source, edge.target, 1.0) for edge in graph.edges()}))
        net.toggle_physics(False)
    for node in graph.nodes():
        place = {"x": spots[node.id][0], "y": spots[node.id][1]} if placed else {}
        net.add_node(node.id, label=node.label, title=node.label, group=node.kind, **place)
    for edge in graph.edges():
        net.add_edge(edge.source, edge.target, title=edge.relation)
    return bytes(net.generate_html().encode())


def page_of(graph: KnowledgeGraph) -> bytes:
    stream = io.BytesIO()
    write_html(graph, stream)
    return stream.getvalue()


class Browser:
    """One Chromium for all pages."""

    def __init__(self) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.timeouts = {"script": (LIMIT + 60) * 1000, "pageLoad": (LIMIT + 60) * 1000}
        options.binary_location = shutil.which("chromium") or ""
        options.page_load_strategy = "none"
        self.folder = Path(tempfile.mkdtemp())
        for flag in [*FLAGS, f"--user-data-dir={self.folder / 'profile'}"]:
            options.add_argument(flag)
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or ""))
        self.driver.command_executor.client_config.timeout = LIMIT + 120

    def first_frame(self, page: bytes, fragment: str = "") -> float:
        """Seconds from opening the file to its first stable frame; infinite when there is none within LIMIT.

        A page that computes without a pause answers nothing at all, and that is no frame either.
        """
        from urllib3.exceptions import ReadTimeoutError

        try:
            return self._first_frame(page, fragment)
        except ReadTimeoutError:
            return math.inf

    def _first_frame(self, page: bytes, fragment: str) -> float:
        path = self.folder / "page.html"
        path.write_bytes(page)
        self.driver.get("about:blank")
        time.sleep(0.3)
        self.driver.get(path.as_uri() + fragment)
        while self.driver.execute_script("return location.protocol + document.readyState.length") != "file:8":
            time.sleep(0.02)
        found = self.driver.execute_async_script(STABLE, LIMIT)
        return found / 1000 if found > 0 else math.inf

    def mouse(self, kind: str, x: float, y: float, held: bool = True) -> None:
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": int(held), "clickCount": 1}
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def wait(self, name: str) -> float:
        while (found := self.driver.execute_script(f"return window.{name} || null")) is None:
            time.sleep(0.05)
        return float(found)

    def panning(self) -> float:
        """Frames a second while the picture is dragged about."""
        script = "const b = document.querySelector('canvas').getBoundingClientRect(); return [b.x + b.width / 2, b.y + 12]"
        x, y = self.driver.execute_script(script)
        self.driver.execute_script("window.rate = null")
        self.mouse("mousePressed", x, y)
        self.driver.execute_async_script(COUNT)
        end = time.perf_counter() + 2
        while time.perf_counter() < end:
            turn = time.perf_counter() * 5
            self.mouse("mouseMoved", x + 120 * math.sin(turn), y + 60 + 60 * math.cos(turn))
        rate = self.wait("rate")
        self.mouse("mouseReleased", x, y)
        return rate

    def click(self, place: float) -> float:
        """Milliseconds from the click on a node to the frame after its evidence is in the panel.

        ``place`` says which of the nodes that lie on the screen, from 0 to 1.
        """
        spot = self.driver.execute_script(WATCH, place)
        self.mouse("mousePressed", spot["x"], spot["y"])
        self.mouse("mouseReleased", spot["x"], spot["y"], held=False)
        return self.wait("taken")

    def close(self) -> None:
        from urllib3.exceptions import ReadTimeoutError

        with contextlib.suppress(ReadTimeoutError):
            self.driver.quit()
        shutil.rmtree(self.folder, ignore_errors=True)


def compare(count: int, plain: bool) -> None:
    """Print one line a page: its size, its first stable frame, its frames a second, and how long a click takes."""
    graph = graph_of(count)
    own = page_of(graph)
    pages = {"page": own, "all": own, "placed": rival(graph, True), **({"plain": rival(graph, False)} if plain else {})}
    size = {"nodes": graph.network.number_of_nodes(), "edges": graph.network.number_of_edges()}
    for name, page in pages.items():
        browser = Browser()
        try:
            tell({"page": name, **size, **measured(browser, page, name, page is own)})
        finally:
            browser.close()


def tell(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def measured(browser: Browser, page: bytes, name: str, own: bool) -> dict[str, Any]:
    fragment = EVERY if name == "all" else ""
    times = TIMES if name != "plain" else 1
    found: dict[str, Any] = {"MB": round(len(page) / 1e6, 2)}
    found["first frame s"] = round(statistics.median(browser.first_frame(page, fragment) for _ in range(times)), 2)
    if name != "plain":
        found["frames/s"] = round(statistics.median(browser.panning() for _ in range(TIMES)), 1)
    if own:
        found["drawn"] = browser.driver.execute_script("return newskg.shown().length")
        browser.first_frame(page, fragment)
        found["click ms"] = round(statistics.median(browser.click(place) for place in (0, 0.1, 0.4, 0.7, 1)), 1)
    return found


# ------------------------------------------------------------------ layout
def stress(place: np.ndarray[Any, Any], network: nx.Graph[int], sources: int = 40) -> float:
    """Normalised stress on a sample of nodes: how far drawn distances stray from those in the graph, at the best scale."""
    pairs = [
        (a, b, d)
        for a in range(0, len(network), max(1, len(network) // sources))
        for b, d in nx.single_source_shortest_path_length(network, a).items()
        if d
    ]
    a, b, wished = (np.array(column) for column in zip(*pairs, strict=True))
    drawn = np.linalg.norm(place[a] - place[b], axis=1)
    scale = (drawn * wished / wished**2).sum() / (drawn**2 / wished**2).sum()
    return float((((drawn * scale - wished) / wished) ** 2).mean())


def layout(count: int) -> dict[str, Any]:
    """Our layout and ``nx.spring_layout`` on a connected graph of communities."""
    network = nx.connected_watts_strogatz_graph(count, 4, 0.08, seed=3)
    names = {node: f"{node:06d}" for node in network}
    links = [(names[a], names[b], 1.0) for a, b in network.edges]
    start = time.perf_counter()
    ours = positions(dict.fromkeys(names.values(), 6.0), links)
    between = time.perf_counter()
    theirs = nx.spring_layout(network, seed=1)
    end = time.perf_counter()
    arrays = [np.array([ours[names[node]] for node in network]), np.array([theirs[node] for node in network])]
    quality = [round(stress(place, network), 3) for place in arrays]
    seconds = [round(between - start, 2), round(end - between, 2)]
    return {
        "layout nodes": count,
        "seconds": seconds,
        "ratio": round(seconds[1] / seconds[0], 1),
        "stress (less is better)": quality,
    }


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]] or [2000, 5000, 20000]
    for wanted in sizes:
        compare(wanted, plain=wanted <= 5000)
    tell(layout(5000))
