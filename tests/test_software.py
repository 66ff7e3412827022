"""The digests of code and weights: whatever decides an extraction is part of its key."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

import kg
from kg import software

PACKAGE = Path(kg.__file__).parent


def imported(path: Path) -> set[str]:
    """The files and folders of kg that a file imports."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg."):
            names.append(node.module.split(".")[1])
    return {name if (PACKAGE / name).is_dir() else f"{name}.py" for name in names}


def test_the_digest_covers_all_that_extraction_imports() -> None:
    files = [path for part in software.EXTRACTION for path in sorted((PACKAGE / part).rglob("*.py")) or [PACKAGE / part]]
    used = {name for path in files if path.suffix == ".py" for name in imported(path)}
    assert "extract" in software.EXTRACTION
    assert "model" in software.EXTRACTION
    assert used <= set(software.EXTRACTION)


@pytest.mark.parametrize("change", ["extract/pipeline.py", "model/pipeline/config.cfg", "records.py", "numpy"])
def test_one_byte_more_or_another_library_is_another_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    copy = tmp_path / "kg"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.onnx", "train", "viz"))
    monkeypatch.setattr(software, "_PACKAGE", copy)
    before = software.extraction_digest.__wrapped__()
    (copy / "extract" / "__pycache__").mkdir()
    (copy / "extract" / "__pycache__" / "x.pyc").write_bytes(b"x")
    (copy / "viz.py").write_bytes(b"x")
    assert software.extraction_digest.__wrapped__() == before, "neither caches nor later stages count"
    if change == "numpy":
        monkeypatch.setattr(software, "_version", lambda library: "9" if library == "numpy" else "1")
    else:
        with (copy / change).open("ab") as stream:
            stream.write(b" ")
    assert software.extraction_digest.__wrapped__() != before
