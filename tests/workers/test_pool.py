"""The pool of processes: every task ends in one outcome, whatever happens to the processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kg.records import Document, to_json
from kg.workers import Outcome, Task, run_tasks
from kg.workers.work import perform
from tests.standin import EXTRACTOR, article

ROOT = Path(__file__).parents[2]


def task(number: int, words: str = "") -> Task:
    document = Document(id=f"article-{number}", text=article(number, sentences=3, words=words))
    return Task(f"key-{number}", json.dumps(to_json(document)))


def children() -> list[psutil.Process]:
    """The workers of this process."""
    return [child for child in psutil.Process().children() if "kg.workers" in _command(child)]


def _command(process: psutil.Process) -> str:
    """Empty for one that has just ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def run(tasks: list[Task], workers: int) -> dict[str, Outcome]:
    outcomes = list(run_tasks(tasks, workers=workers, extractor=EXTRACTOR))
    assert len(outcomes) == len(tasks)
    return {outcome.key: outcome for outcome in outcomes}


def test_any_number_of_workers_gives_what_this_process_gives() -> None:
    tasks = [task(number) for number in range(12)]
    expected = {task.key: perform(task, EXTRACTOR) for task in tasks}
    assert {outcome.state for outcome in expected.values()} == {"done"}
    for workers in (1, 2, 5):
        assert run(tasks, workers) == expected
    assert not children(), "none is left behind"


def test_an_error_is_an_outcome_with_its_words() -> None:
    outcomes = run([task(1), task(2, "FAIL"), task(3)], workers=1)
    assert outcomes["key-2"] == Outcome("key-2", "failed", "RuntimeError: as asked")
    assert [outcome.state for outcome in outcomes.values()] == ["done", "failed", "done"]


def test_a_document_that_kills_a_worker_twice_is_quarantined_and_the_others_are_done() -> None:
    outcomes = run([task(1), task(2, "KILL"), task(3), task(4, "KILL"), task(5)], workers=2)
    states = [outcomes[f"key-{number}"].state for number in range(1, 6)]
    assert states == ["done", "quarantined", "done", "quarantined", "done"]
    assert outcomes["key-2"].result == "killed 2 workers"


def test_a_document_that_kills_a_worker_once_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TEST_ONCE", str(tmp_path / "once"))
    assert run([task(1, "KILL-ONCE")], workers=1)["key-1"].state == "done"


def test_workers_killed_from_outside_lose_nothing() -> None:
    tasks = [task(number, "SLOW") for number in range(12)]
    expected = {task.key: perform(task, EXTRACTOR) for task in tasks[:1]}
    seen: dict[str, Outcome] = {}
    for outcome in run_tasks(tasks, workers=2, extractor=EXTRACTOR):
        seen[outcome.key] = outcome
        if len(seen) in (2, 6):
            children()[0].send_signal(signal.SIGKILL)
    assert {outcome.state for outcome in seen.values()} == {"done"}
    assert seen.keys() == {task.key for task in tasks}
    assert seen["key-0"] == expected["key-0"]


def test_tasks_are_read_only_as_workers_become_free() -> None:
    given: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(50):
            given.append(number)
            yield task(number)

    outcomes = run_tasks(tasks(), workers=2, extractor=EXTRACTOR)
    for _ in range(5):
        next(outcomes)
    assert len(given) <= 5 + 2 * 2
    outcomes.close()
    assert not children()


def test_fresh_processes_take_over_so_that_memory_does_not_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.workers.pool._DOCUMENTS", 2)
    seen = set()
    for _ in run_tasks([task(number) for number in range(6)], workers=1, extractor=EXTRACTOR):
        seen |= {child.pid for child in children()}
    assert len(seen) >= 3


def test_a_model_that_cannot_be_loaded_stops_the_run() -> None:
    with pytest.raises(OSError, match=r"a worker cannot start: .*no_such_module"):
        list(run_tasks([task(1)], extractor="tests.no_such_module:extract"))
    assert not children()


def test_what_the_extractor_prints_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["import os", "def extract(documents):", "    print('hello')", "    os.write(1, b'hello')", "    return documents"]
    (tmp_path / "chatty_extractor.py").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    (outcome,) = run_tasks([task(1)], extractor="chatty_extractor:extract")
    assert (outcome.state, json.loads(outcome.result)["id"]) == ("done", "article-1")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_workers_end_when_the_build_is_killed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "slow.txt").write_text(article(1, words="SLOW"), encoding="utf-8")
    for number in range(30):
        (tmp_path / "in" / f"{number}.txt").write_text(article(number, words="SLOW"), encoding="utf-8")
    build = subprocess.Popen([sys.executable, "-m", "tests.standin", tmp_path / "in", tmp_path / "out", "2"], cwd=ROOT)
    workers: list[psutil.Process] = []
    while len(workers) < 2 and build.poll() is None:
        workers = psutil.Process(build.pid).children()
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(build.pid, signal.SIGKILL)
    build.wait()
    gone, alive = psutil.wait_procs(workers, timeout=30)
    assert (len(gone), alive) == (2, [])


def test_threads_end_with_the_run() -> None:
    run([task(1)], workers=3)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("kg-worker")]
