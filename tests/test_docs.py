"""What the docs say is so: docstrings of public names and the blocks of the pages run, links lead somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from tests.reference import PATH, reference

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LESSONS = [ROOT / "docs" / name for name in ("quickstart.md", "tutorial.md", "concepts.md", "howto.md")]
KG = Path(sys.executable).with_name("kg")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples are written for the root of the project, and open no browser here."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(webbrowser, "open", lambda address: True)


def examples() -> Iterator[doctest.DocTest]:
    finder = doctest.DocTestFinder(recurse=True)
    for name in kg.__all__:
        yield from (found for found in finder.find(getattr(kg, name), name, globs={}) if found.examples)


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.name)
@pytest.mark.usefixtures("at_root")
def test_docstrings(example: doctest.DocTest, tmp_path: Path) -> None:
    example.globs = {"kg": kg, "graph": kg.read_json("graphs/news.json"), "folder": tmp_path}
    printed: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(example, out=printed.append)
    assert not runner.failures, "".join(printed)


def test_every_public_name_has_an_example() -> None:
    assert {name.split(".")[0] for name in (example.name for example in examples())} == set(kg.__all__)


# ------------------------------------------------------------------ the pages
def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds seeds/ and graphs/ as the project does; the ledger of one page's build serves the next."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("seeds", "graphs"):
        (folder / name).symlink_to(ROOT / name)
    return folder


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.name)
def test_the_blocks_of_a_page_run(page: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands first, then Python."""
    monkeypatch.chdir(desk)
    monkeypatch.setattr(webbrowser, "open", lambda address: True)
    for line in (line for block in blocks(page, "sh") for line in block.splitlines() if line.startswith("kg ")):
        words = [KG, *shlex.split(line, comments=True)[1:]]
        answer = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=300)
        assert answer.returncode == 0, f"{line}\n{answer.stderr}"
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, page.name, "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_are_there(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    missing = [link for link in links if link and "://" not in link and not (page.parent / link).exists()]
    assert not missing


def test_the_reference_is_of_this_version() -> None:
    assert PATH.read_text(encoding="utf-8") == reference(), "python -m tests.reference writes it anew"
