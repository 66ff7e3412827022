"""What the tests share: where the data lies, and one build of seeds/ for all."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def graph(seeds: Path) -> kg.KnowledgeGraph:
    """The graph of seeds/."""
    return kg.build(seeds)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpora beside the project; tests that need them are skipped where they are absent."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("the corpora (../shared) are not here")
    return path
