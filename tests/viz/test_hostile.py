"""Names, titles, quotations and addresses that try to run a script: none does, wherever the page shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.viz.invented import hostile_graph

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

VIEWS = ("timeline", "speakers", "graph")

# The five ways in which pyvis's own template runs a name: label, title, group, heading and id.
HOSTILE = [
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"onmouseover='window.hacked=1'",
    "' onclick=window.hacked=1 '",
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1//",
    "data:text/html,<script>window.hacked=1</script>",
    "<svg onload=window.hacked=1>",
    "--><script>window.hacked=1</script>",
    "<!--<script>window.hacked=1",
    "]]><script>window.hacked=1</script>",
    "{{ window.hacked=1 }}",
    "{% include 'page.css' %}",
    "${window.hacked=1}",
    "`;window.hacked=1;`",
    '";window.hacked=1;//',
    "';window.hacked=1;//",
    '\\";window.hacked=1;//',
    "\u2028window.hacked=1;\u2029",
    "</title><script>window.hacked=1</script>",
    "</style><script>window.hacked=1</script>",
    "<iframe srcdoc='<script>top.hacked=1</script>'>",
    "<a href=javascript:window.hacked=1>x</a>",
    "<math><mtext><script>window.hacked=1</script>",
    "&lt;script&gt;window.hacked=1",
    "\x00<script>window.hacked=1</script>",
    "%3Cscript%3Ewindow.hacked=1",
    "\ud83d<script>window.hacked=1</script>",
    "🧨<script>window.hacked=1</script>",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "~",
    "#",
    "a~b",
    "%",
    "%E0%A4%A",
    "\u202eevil",
]

# Each of the forty as it is, and in ten wrappings, and so on to five hundred.
WRAPPINGS = [
    "{}",
    "{}{}",
    "<b>{}</b>",
    "<!--{}-->",
    '"{}"',
    "'{}'",
    "`{}`",
    '<p title="{}">',
    "]]>{}",
    "{}\u2029//",
    "\\{}",
    "/*{}*/",
    "//{}",
]
NAMES = list(dict.fromkeys(wrapping.format(name, name) for wrapping in WRAPPINGS for name in HOSTILE))[:500]

VISIT = """
const rows = [...document.querySelectorAll('#list li')];
rows.slice(arguments[0], arguments[0] + 25).forEach((row) => {
  row.click();
  document.querySelectorAll('#body summary').forEach((summary) => summary.click());
  document.querySelector('#body .card')?.click();
});
return rows.length;
"""


def test_five_hundred_hostile_names_run_no_script(open_page: Callable[..., Any]) -> None:
    assert len(HOSTILE) == 40
    assert len(set(NAMES)) == 500
    graph = hostile_graph(NAMES)
    page = open_page(graph)
    page.find_element(By.CSS_SELECTOR, "[data-kind=CLAIM]").click()
    page.find_element(By.CSS_SELECTOR, "[data-kind=DOCUMENT]").click()
    assert page.execute_script("return newskg.shown().length") == graph.network.number_of_nodes()
    for _ in range(3):
        page.execute_script("document.querySelector('#more').click()")
    for first in range(0, 500, 25):
        assert page.execute_script(VISIT, first) >= 500
    for view in VIEWS:
        page.execute_script(f"document.querySelector('#tab-{view}')?.click()")
        assert page.execute_script("return document.body.textContent.includes('hacked')")
    links = page.execute_script("return [...document.querySelectorAll('a[href]')].map((link) => link.protocol)")
    assert set(links) <= {"http:", "https:"}
    assert page.execute_script("return window.hacked") is None
