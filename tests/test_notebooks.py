"""The notebooks run from top to bottom and show what they say."""

from __future__ import annotations

import ast
import html
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg

pytest.importorskip("ipykernel")
pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SPEAKERS = ("Helena Brandão", "Rui Vasconcelos")


@pytest.fixture(scope="module")
def built(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """01_build, executed in a copy of its surroundings."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(seeds, folder / "seeds")
    (folder / "notebooks").mkdir()
    (path,) = (path for path in NOTEBOOKS if path.stem == "01_build")
    copy = shutil.copy(path, folder / "notebooks")
    answer = subprocess.run([sys.executable, "-m", "tests.notebooks", copy], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert (folder / "graphs" / "news.ttl").stat().st_size > 10_000
    return nbformat.read(copy, as_version=4)


def outputs(notebook: Any) -> list[dict[str, str]]:
    """What the cells give, by type."""
    found = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in found if output.output_type in ("error", "stream")]
    return [dict(output.data) for output in found]


def tables(notebook: Any) -> list[list[str]]:
    """The words of each table, cell by cell."""
    pages = [data.get("text/html", "") for data in outputs(notebook)]
    return [[html.unescape(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", page)] for page in pages if "<table" in page]


def check(notebook: Any) -> None:
    """What 01_build shows, whatever the model finds beside it."""
    first, *_ = outputs(notebook)
    assert first["text/html"].startswith("<iframe ")
    assert 'id="payload"' in html.unescape(first["text/html"])
    assert re.fullmatch(r"<KnowledgeGraph: \d+ documents, \d+ entities, \d+ claims>", first["text/plain"])
    claims, heard, unnamed, affiliations, events = tables(notebook)
    assert {"speaker", "role", "organisation", "claim", "kind", "outlet", "date"} <= set(claims)
    assert "Helena Brandão" in claims
    assert {"Tagus Wire", "2031-03-03"} <= set(claims)
    assert set(SPEAKERS) <= set(heard)
    assert not set(SPEAKERS) & set(unnamed)
    assert "Helena Brandão" in affiliations
    assert {"name", "place", "participants"} <= set(events)
    marked, exact, triples = outputs(notebook)[-3:]
    assert "<mark " in marked["text/html"]
    assert exact["text/plain"] == "True"
    assert int(triples["text/plain"]) > 1000


def test_it_runs_and_shows_what_it_says(built: Any) -> None:
    check(built)


def test_it_is_committed_with_its_outputs() -> None:
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), "run make notebooks"
        assert all(cell.outputs for cell in code), "run make notebooks"
        if path.stem == "01_build":
            check(notebook)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_public_names_are_used(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("kg"), cell.source
            if isinstance(node, ast.Import):
                assert all(not alias.name.startswith("kg.") for alias in node.names), cell.source
            if isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_"), cell.source
                if isinstance(node.value, ast.Name) and node.value.id == "kg":
                    assert node.attr in kg.__all__


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_of_the_machine_is_kept(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in (str(Path.home()), str(path.parents[1]), "iopub.execute_input", "/tmp/"):
        assert len(part) < 3 or part not in text
