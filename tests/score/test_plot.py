"""The reliability plot: each bin stands where its figures say, the same scores give the same bytes, the command writes it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.score import MEASURES, Reliability, Scores, reliability_plot
from kg.score.report import ArticleScores

SVG = "{http://www.w3.org/2000/svg}"
CONTENT = [(0.95, True)] * 30 + [(0.95, False)] * 10 + [(0.25, True)] * 4
SPEAKER = [(0.65, True)] * 3 + [(0.65, False)] * 3


def scores(content: list[tuple[float, bool]], speaker: list[tuple[float, bool]]) -> Scores:
    tallies = {"calibration.content": Reliability.count(content), "calibration.speaker": Reliability.count(speaker)}
    return Scores((ArticleScores("a", False, MEASURES | tallies),))


def panels(svg: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(f"{SVG}g")


def said(panel: ElementTree.Element) -> str:
    return "\n".join(text for text in panel.itertext() if text.strip())


def test_each_panel_says_its_error_and_its_counts() -> None:
    content, speaker = panels(reliability_plot(scores(CONTENT, SPEAKER)))
    assert "ECE 0.250, 44 answers" in said(content)
    assert "0.9 to 1.0: 40 answers, mean score 0.950, right 0.750" in said(content)
    assert "ECE 0.150, 6 answers" in said(speaker)
    assert [bar.text for bar in speaker.findall(f"{SVG}text")][-1] == "6"


def test_dots_lie_at_score_and_share_and_larger_bins_have_larger_ones() -> None:
    content, _ = panels(reliability_plot(scores(CONTENT, SPEAKER)))
    few, many = content.findall(f"{SVG}circle")
    assert float(few.attrib["cx"]) == pytest.approx(0.25 * 270, abs=0.1)
    assert float(many.attrib["cx"]) == pytest.approx(0.95 * 270, abs=0.1)
    assert float(few.attrib["cy"]) == pytest.approx(74, abs=0.1), "all right: at the top"
    assert float(many.attrib["cy"]) == pytest.approx(74 + 0.25 * 270, abs=0.1)
    assert float(many.attrib["r"]) > float(few.attrib["r"])


def test_without_answers_there_are_no_dots() -> None:
    for panel in panels(reliability_plot(Scores())):
        assert "0 answers" in said(panel)
        assert not panel.findall(f"{SVG}circle")


def test_the_same_scores_give_the_same_bytes() -> None:
    one, other = reliability_plot(scores(CONTENT, SPEAKER)), reliability_plot(scores(CONTENT[::-1], SPEAKER[::-1]))
    assert one == other
    assert "prefers-color-scheme: dark" in one
    assert "http" not in one.replace("http://www.w3.org/2000/svg", ""), "nothing is loaded"


def test_the_command_writes_it(tmp_path: Path) -> None:
    text = '"The talks have begun," Mirela Dantov said.'
    article = {"id": "a", "text": text, "entities": [], "affiliations": [], "claims": []}
    gold, plot = tmp_path / "gold.jsonl", tmp_path / "plot.svg"
    gold.write_text(json.dumps(article), encoding="utf-8")
    root = Path(__file__).parents[2]
    code = "import sys; from kg.cli import main; sys.argv[0] = 'kg'; main()"
    command = [sys.executable, "-c", code, "score", gold, "--json", "--plot"]
    wrong = subprocess.run([*command, tmp_path / "plot.png"], cwd=root, capture_output=True, encoding="utf-8")
    assert wrong.returncode == 2
    assert "plot.png" in wrong.stderr
    done = subprocess.run([*command, plot], cwd=root, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["names.exact.f1"] == 0
    assert "answers" in said(panels(plot.read_text(encoding="utf-8"))[0])
