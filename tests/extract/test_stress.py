"""The stress suite: no class of difficulty may fall below its floor, some rows must never break, and the judge sees errors."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import kg.train
from kg.train.markup import read_passages
from tests.extract.stress.judge import ALL, Result, faults, run, shares, table
from tests.extract.stress.suite import Row, parse, read_rows
from tests.samples import TALKS, extractions

FLOORS: dict[str, float] = json.loads((Path(__file__).parents[1] / "floors.json").read_text(encoding="utf-8"))["stress"]
ROWS = read_rows()
PASSAGES = sorted((Path(kg.train.__file__).parent / "passages").glob("*.txt"))


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """What the shipped pipeline finds in each row."""
    return {result.row.id: result for result in run(ROWS)}


# ------------------------------------------------------------------ the pipeline
def test_no_class_is_below_its_floor(results: dict[str, Result]) -> None:
    found = shares(results.values())
    assert found.keys() == FLOORS.keys()
    below = [name for name, (right, asked) in found.items() if right / asked < FLOORS[name]]
    assert not below, f"below the floor: {', '.join(below)}\n\n{table(results.values(), FLOORS)}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.always], ids=lambda row: row.id)
def test_this_row_never_breaks(row: Row, results: dict[str, Result]) -> None:
    assert not results[row.id].faults, "\n".join((row.text, "", *results[row.id].faults))


# ------------------------------------------------------------------ the rows
def test_there_are_rows_enough_of_each_class() -> None:
    assert len(ROWS) >= 200
    assert all(8 <= count <= 15 for count in Counter(row.group for row in ROWS).values())
    assert len({row.id for row in ROWS}) == len({row.text for row in ROWS}) == len(ROWS)
    assert ALL not in {row.group for row in ROWS}


def test_speakers_bear_their_names_in_the_text() -> None:
    for row in ROWS:
        for name in (name for claim in row.claims for name in claim.speakers):
            assert name.casefold() in row.text.casefold(), f"{row.id}: {name}"


def test_nothing_here_is_trained_on() -> None:
    """Not a row, and no ten words of one, stand in the passages."""
    trained = " | ".join(_words(example.text) for path in PASSAGES for example in read_passages(path))
    assert trained
    shared = [stretch for row in ROWS for stretch in _stretches(_words(row.text)) if f" {stretch} " in f" {trained} "]
    assert not shared


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _stretches(words: str, length: int = 10) -> list[str]:
    """All runs of ``length`` words, or the whole when it is shorter."""
    one = words.split()
    return [" ".join(one[start : start + length]) for start in range(max(1, len(one) - length + 1))]


# ------------------------------------------------------------------ the judge
TALK = f"""=== talks
{TALKS.text}

> Mirela Dantov | “The port talks,” … “have begun.” | direct | role=director | org=Lowen Institute | place=Karsk
> Orsin Bale | that the talks had begun | denied | role=minister | status=former
> - | they could fail | possible | type=unnamed person | why=feared for his job
> - | “Nobody asked us.”
"""


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("", "", None),
        ("> Mirela Dantov", "> Orsin Bale", "speaker is Mirela Dantov, not Orsin Bale"),
        ("> Mirela Dantov", "> -", "speaker is Mirela Dantov, not open"),
        ("> Mirela Dantov", "> Mirela Dantov & Orsin Bale", "not Mirela Dantov & Orsin Bale"),
        ("> - | they", "> Orsin Bale | they", "speaker is open, not Orsin Bale"),
        ("| direct", "| mixed", "kind is direct, not mixed"),
        ("org=Lowen", "org=Harbour", "org is Lowen Institute, not Harbour Institute"),
        ("role=director", "role=governor", "role is director, not governor"),
        ("denied |", "affirmed |", "polarity is denied, not affirmed"),
        ("possible", "demanded", "modality is possible, not demanded"),
        ("why=feared for his job", "why=not allowed to talk", "why is who feared for his job"),
        (
            "> Orsin Bale | that the talks had begun",
            "> - | Former minister Orsin Bale",
            "not found: Former minister Orsin Bale",
        ),
        ("> Orsin Bale | that the talks had begun", "> - | Former minister Orsin Bale", "too many: the talks had begun"),
        ("> - | “Nobody asked us.”", "", "too many: “Nobody asked us.”"),
        ("> - | “Nobody", "? Orsin Bale | “Nobody", None),
    ],
)
def test_the_judge_sees_each_error(right: str, wrong: str, fault: str | None) -> None:
    (row,) = parse(TALK.replace(right, wrong, 1), "talks")
    found = list(faults(row, extractions()[0]))
    assert not found if fault is None else any(fault in one for one in found)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("=== a\nShe left.\n", "lines that begin with"),
        ("=== a\nShe left.\n\n> - | He left.", "stands in the text 0 times"),
        ("=== a\nNo, no and no.\n\n> - | no", "stands in the text 2 times"),
        ("=== a\nShe left.\n\n> -", "no content"),
        ("=== a\nShe left.\n\n> - | left | loudly", "'loudly' is nothing that a row can say"),
        ("=== a never\nShe left.\n\n> no claim", "'never' is not 'always'"),
    ],
)
def test_a_row_of_another_form_is_refused(row: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        list(parse(row, "odd"))
