"""Prints how many rows of each class are right, and for the classes that are named what is wrong with the others."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.extract.stress.judge import ALL, Result, run, table
from tests.extract.stress.suite import read_rows

FLOORS = Path(__file__).parents[2] / "floors.json"


def report(results: list[Result], named: set[str]) -> str:
    """The table, and before it the wrong rows of the named classes."""
    wrong = [result for result in results if result.faults and named & {ALL, result.row.group}]
    parts = [f"{one.row.group}, {one.row.id}\n" + "".join(f"  {fault}\n" for fault in one.faults) for one in wrong]
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("stress", {})
    return "\n".join((*parts, table(results, floors)))


if __name__ == "__main__":
    sys.stdout.write(report(run(read_rows()), set(sys.argv[1:])))
