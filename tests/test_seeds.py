"""How well the annotated articles are read: no figure may fall below its floor in tests/floors.json."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.evaluate import evaluate
from kg.read import read
from kg.score import Scores, floors, read_gold
from tests.test_score import agree

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"


@pytest.fixture(scope="module")
def predictions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("predictions")


@pytest.fixture(scope="module")
def on_seeds() -> Scores:
    """Scores on seeds/, whose gold was written with them."""
    return evaluate(HERE / "gold" / "seeds.jsonl")


@pytest.fixture(scope="module")
def on_dev(shared: Path, predictions: Path) -> Scores:
    """Scores on real articles from other outlets, none of them trained on."""
    path = shared / "data" / "gold" / "kg-dev.jsonl.gz"
    if not path.exists():
        pytest.skip("the annotated articles (kg-dev.jsonl.gz) are not here")
    return evaluate(path, predictions)


@pytest.mark.parametrize("group", ["seeds", "kg-dev"])
def test_no_figure_is_below_its_floor(group: str, request: pytest.FixtureRequest) -> None:
    scores: Scores = request.getfixturevalue({"seeds": "on_seeds", "kg-dev": "on_dev"}[group])
    assert not scores.missing
    if not FLOORS.exists():
        pytest.skip("tests/floors.json is not there")
    missed = floors(scores, FLOORS, group)
    assert not missed, "\n".join(map(str, missed))


def test_the_gold_of_the_seeds_is_of_the_seeds(seeds: Path) -> None:
    """Every annotated article is one that a reader gives, letter for letter."""
    texts = {document.text for document in read(seeds)}
    gold = read_gold(HERE / "gold" / "seeds.jsonl")
    assert gold
    for article in gold:
        assert article.text in texts, article.id


def test_an_independent_scorer_finds_the_same_on_real_predictions(on_dev: Scores, predictions: Path, shared: Path) -> None:
    gold = shared / "data" / "gold" / "kg-dev.jsonl.gz"
    command = [sys.executable, str(shared / "score" / "score.py"), str(gold), str(predictions), "--json"]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    agree(on_dev, answer)
