"""A real browser for the viewer's tests: Debian's Chromium, driven by clicks and keys."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.graph.network import KnowledgeGraph
from kg.viz import write_html

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-ipc-flooding-protection",  # the tests click faster than people
    "--window-size=1440,900",
]


def page_bytes(graph: KnowledgeGraph, **options: Any) -> bytes:
    stream = io.BytesIO()
    write_html(graph, stream, **options)
    return stream.getvalue()


def text(page: Any, css: str) -> str:
    found: str = page.execute_script("return document.querySelector(arguments[0]).textContent", css)
    return found


def wait_for(page: Any, condition: Callable[[], Any]) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(page, 20).until(lambda _: condition())


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all tests; it records the console and every request."""
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in [*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    yield opened
    opened.quit()


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a graph's page from a file; whatever the test does, the console must stay silent."""

    def opened(graph: KnowledgeGraph, fragment: str = "", *, dark: bool = False, size: tuple[int, int] = (1440, 900)) -> Any:
        path = tmp_path / "graph.html"
        path.write_bytes(page_bytes(graph))
        for log in ("browser", "performance"):
            chromium.get_log(log)
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 600}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        chromium.get("about:blank")
        chromium.get(path.as_uri() + fragment)
        wait_for(chromium, lambda: chromium.execute_script("return Boolean(window.newskg)"))
        return chromium

    yield opened
    assert [entry for entry in chromium.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")] == []
