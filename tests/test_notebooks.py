"""The notebooks run from top to bottom and show what they say."""

from __future__ import annotations

import ast
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from tests.viz.conftest import chromium  # noqa: F401 (a fixture)

pytest.importorskip("ipykernel")
pytest.importorskip("matplotlib")
pytest.importorskip("nbclient")
nbconvert = pytest.importorskip("nbconvert")
nbformat = pytest.importorskip("nbformat")
inputs = pytest.importorskip("IPython.core.inputtransformer2")

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SPEAKERS = ("Helena Brandão", "Rui Vasconcelos")


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks, executed in a copy of their surroundings; all but the first use the graph that the first wrote."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("seeds", "notebooks", "tests/gold"):
        shutil.copytree(ROOT / name, folder / name)
    copies = sorted((folder / "notebooks").glob("*.ipynb"))
    command = [sys.executable, "-m", "tests.notebooks", *copies]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert answer.returncode == 0, answer.stderr
    assert (folder / "graphs" / "news.ttl").stat().st_size > 10_000
    assert {path.name for path in (folder / "notebooks").iterdir()} == {path.name for path in NOTEBOOKS}, "files left behind"
    return folder / "notebooks"


def outputs(notebook: Any) -> list[dict[str, str]]:
    """What the cells give, by type; nothing is printed and nothing warns."""
    found = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in found if output.output_type in ("error", "stream")]
    return [dict(output.data) for output in found]


def tables(notebook: Any) -> list[list[str]]:
    """The words of each table, cell by cell."""
    pages = [data.get("text/html", "") for data in outputs(notebook)]
    return [[html.unescape(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", page)] for page in pages if "<table" in page]


# ------------------------------------------------------------------ what each shows, whatever the model finds beside it
def check_build(notebook: Any) -> None:
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
    article, exact, triples = outputs(notebook)[-3:]
    assert ">she</mark><small" in article["text/html"]
    assert exact["text/plain"] == "True"
    assert int(triples["text/plain"]) > 1000


def check_explore(notebook: Any) -> None:
    assert sum("image/png" in data for data in outputs(notebook)) == 3
    claims, outlets, affiliations, centre, pairs, origins = tables(notebook)
    assert "Helena Brandão" in claims
    assert {"Guadiana Echo", "Iberia Ledger", "Lume 24", "Tagus Wire", "The Lisbon Register"} <= set(outlets)
    assert {"Qasr Hydro", "evidence"} <= set(affiliations)
    assert {"pagerank", "speaks of", "Helena Brandão"} <= set(centre)
    assert "repeats" in pairs
    assert {"1", "independent articles"} <= set(origins)


def check_query(notebook: Any) -> None:
    quoted, said, roles, denials, contradictions, own, rdflib, evidence = tables(notebook)
    assert "Helena Brandão" in quoted
    assert set(said) & {"Tagus Wire", "The Lisbon Register"}
    assert "Inês Falcato" in roles
    assert "denied" in denials
    assert {"speaker", "said", "other_speaker", "other_said"} <= set(contradictions)
    assert own == rdflib
    assert {"words", "start", "end", "confidence"} <= set(evidence)
    plain = [data["text/plain"] for data in outputs(notebook)]
    assert "True" in plain, "pyoxigraph answers the same"
    assert any("did you mean" in text and "Helena Brandão" in text for text in plain)


def check_your_own(notebook: Any) -> None:
    string, folder, skipped, columns, sums, names = tables(notebook)
    assert {"Marisa Teixeira", "she"} <= set(string)
    assert {"Faro Gazette", "2031-05-06", "Dockers vote on a strike"} <= set(folder)
    assert {"photo.jpg", "unknown format"} <= set(skipped)
    assert {"Olívia Prates", "2031-05-20"} <= set(columns)
    assert "40,000 euros" in sums
    assert {"Ruben Castanho", "Harbour Office"} <= set(names)
    assert any("she</mark><small" in data.get("text/html", "") for data in outputs(notebook))


def check_how_good(notebook: Any) -> None:
    layers, forms, missed, strangers = tables(notebook)
    assert {"precision", "recall", "f1", "claims.content+speaker"} <= set(layers)
    assert {"a name", "a pronoun"} <= set(forms)
    assert {"missed claim", "sentence"} <= set(missed)
    assert {"the program says", "sentence"} <= set(strangers)
    assert [data for data in outputs(notebook) if "ECE" in data.get("image/svg+xml", "")]


CHECKS: dict[str, Callable[[Any], None]] = {
    "01_build": check_build,
    "02_explore": check_explore,
    "03_query": check_query,
    "04_your_own": check_your_own,
    "05_how_good": check_how_good,
}
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


# ------------------------------------------------------------------ executed
@each
def test_it_runs_and_shows_what_it_says(path: Path, executed: Path) -> None:
    CHECKS[path.stem](nbformat.read(executed / path.name, as_version=4))


def test_the_same_graph_gives_the_same_notebook(executed: Path) -> None:
    """Of the quick ones: what they hold after a second run is what they hold after the first."""
    copies = [executed / "02_explore.ipynb", executed / "03_query.ipynb"]
    before = [path.read_bytes() for path in copies]
    subprocess.run([sys.executable, "-m", "tests.notebooks", *copies], cwd=ROOT, check=True, capture_output=True)
    assert [path.read_bytes() for path in copies] == before


def test_the_graph_shows_in_an_exported_notebook(executed: Path, tmp_path: Path, chromium: Any) -> None:  # noqa: F811
    """Exported, moved to a folder where nothing else is, and opened: the frame draws its graph."""
    page, _ = nbconvert.HTMLExporter().from_filename(executed / "01_build.ipynb")
    moved = tmp_path / "elsewhere" / "page.html"
    moved.parent.mkdir()
    moved.write_text(page, encoding="utf-8")
    chromium.get(moved.as_uri())
    chromium.switch_to.frame(chromium.find_element("css selector", "iframe[srcdoc]"))
    assert "14 articles" in chromium.find_element("css selector", "#totals").text
    drawn = """
    const canvas = document.querySelector('#canvas canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, place) => place % 4 === 3 && value > 200).length;
    """
    assert chromium.execute_script(drawn) > 1000
    chromium.switch_to.default_content()


# ------------------------------------------------------------------ as committed
@each
def test_it_is_committed_with_its_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), "run make notebooks"
    assert all(cell.outputs for cell in code), "run make notebooks"
    CHECKS[path.stem](notebook)


@each
def test_only_public_names_are_used(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        source = inputs.TransformerManager().transform_cell(cell.source)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("kg"), cell.source
            if isinstance(node, ast.Import):
                assert all(not alias.name.startswith("kg.") for alias in node.names), cell.source
            if isinstance(node, ast.Attribute):
                assert not node.attr.startswith("_"), cell.source
                if isinstance(node.value, ast.Name) and node.value.id == "kg":
                    assert node.attr in kg.__all__


@each
def test_nothing_of_the_machine_is_kept(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in (str(Path.home()), str(path.parents[1]), "iopub.execute_input", "/tmp/"):
        assert len(part) < 3 or part not in text
    assert not re.search(r" at 0x[0-9a-f]{6}", text)
