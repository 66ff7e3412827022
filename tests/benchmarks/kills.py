"""Builds killed at random points, each then built again: ``python -m tests.benchmarks.kills [200]`` counts differences.

The points spread over reading, extracting, resolving and writing; the articles and the extractor are stand-ins.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from kg.run import ledger_of
from kg.store import read_status
from tests.standin import article, build, files_in

ROOT = Path(__file__).parents[2]


def main(points: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        news, fresh = Path(folder) / "news", Path(folder) / "fresh"
        news.mkdir()
        for number in range(40):
            (news / f"{number:03}.txt").write_text(article(number, words="SLOW" if number % 20 == 0 else ""), encoding="utf-8")
        command = [sys.executable, "-m", "tests.standin", news]
        start = time.perf_counter()
        subprocess.run([*command, fresh, "2"], cwd=ROOT, check=True)
        whole = time.perf_counter() - start
        expected = files_in(fresh)
        chance, wrong = random.Random(0), 0
        reached: Counter[str] = Counter()
        for point in range(points):
            out = Path(folder) / f"out{point}"
            process = subprocess.Popen([*command, out, "2"], cwd=ROOT, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.1, whole))
            process.send_signal(signal.SIGKILL)
            process.wait()
            reached[_stage(out, len(list(news.iterdir())))] += 1
            build(news, out)
            wrong += files_in(out) != expected
            shutil.rmtree(out)
        print(f"{points} builds killed ({dict(sorted(reached.items()))}), {wrong} of them ended in other bytes")


def _stage(out: Path, documents: int) -> str:
    """How far a build had come when it was killed."""
    try:
        states = read_status(ledger_of(out)).states
    except (FileNotFoundError, ValueError):
        return "starting"
    if not sum(states.values()):
        return "reading"
    if states["done"] < documents:
        return "extracting"
    return "written" if files_in(out) else "joining or writing"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
