"""A real Dask scheduler and real workers on this machine: the same bytes, whoever dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.run import Built
from kg.workers import Outcome, run_tasks
from kg.workers.work import perform
from tests import standin
from tests.standin import EXTRACTOR, article, files_in, write_articles
from tests.workers.test_pool import task

pytest.importorskip("distributed", reason="the extra newskg[cluster] is not installed")

ROOT = Path(__file__).parents[2]


@dataclass
class Cluster:
    """A scheduler and its workers, each a process."""

    folder: Path
    ending: ExitStack
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return str(json.loads((self.folder / "scheduler.json").read_text(encoding="utf-8"))["address"])

    def start(self) -> subprocess.Popen[bytes]:
        scheduler = self._run("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        while not (self.folder / "scheduler.json").exists():
            time.sleep(0.05)
        return scheduler

    def add_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """One process; without a nanny (the default here) nobody starts it again."""
        more = options or ("--no-nanny",)
        worker = self._run("worker", "--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder), *more)
        self.workers.append(worker)
        return worker

    def _run(self, role: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", role, "--scheduler-file", self.folder / "scheduler.json", *options]
        variables = {"PYTHONPATH": str(ROOT), "KG_TEST_ONCE": str(self.folder / "once")}
        variables["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "1"  # deaths that Dask puts down to chance; usually 3
        process = subprocess.Popen(command, env=os.environ | variables, stderr=subprocess.DEVNULL, cwd=ROOT)
        self.ending.callback(process.wait)
        self.ending.callback(process.terminate)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as ending:
        cluster = Cluster(tmp_path, ending)
        cluster.start()
        yield cluster


def test_a_worker_killed_in_mid_run_loses_nothing_and_the_bytes_are_the_same(cluster: Cluster, tmp_path: Path) -> None:
    write_articles(tmp_path / "news", range(20))
    for number in range(20, 30):
        (tmp_path / "news" / f"{number}.txt").write_text(article(number, words="SLOW"), encoding="utf-8")
    standin.build(tmp_path / "news", tmp_path / "here")
    first, _ = cluster.add_worker(), cluster.add_worker()

    def on_progress(done: int, _total: int, _title: str) -> None:
        if done == 8:
            first.kill()

    built = standin.build(tmp_path / "news", tmp_path / "there", cluster=cluster.address, on_progress=on_progress)
    assert isinstance(built, Built)
    assert (built.extracted, built.summary.skipped) == (30, {})
    assert first.poll() is not None
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")
    again = standin.build(tmp_path / "news", tmp_path / "there", cluster="tcp://127.0.0.1:9")
    assert isinstance(again, Built)
    assert again.extracted == 0, "with nothing to do, no cluster is asked for"


def test_what_kills_workers_again_and_again_is_quarantined_and_its_neighbours_are_not(cluster: Cluster) -> None:
    cluster.add_worker("--nanny")
    tasks = [task(1), task(2, "KILL"), task(3), task(4, "FAIL"), task(5, "KILL-ONCE")]
    outcomes = {outcome.key: outcome for outcome in run_tasks(tasks, cluster=cluster.address, extractor=EXTRACTOR)}
    assert len(outcomes) == 5
    assert outcomes["key-2"].state == "quarantined"
    assert outcomes["key-4"] == Outcome("key-4", "failed", "RuntimeError: as asked")
    for number in (1, 3):
        assert outcomes[f"key-{number}"] == perform(task(number), EXTRACTOR)
    assert outcomes["key-5"].state == "done"


def test_a_scheduler_that_dies_stops_the_run(tmp_path: Path) -> None:
    with ExitStack() as ending:
        cluster = Cluster(tmp_path, ending)
        scheduler = cluster.start()
        cluster.add_worker()
        outcomes = run_tasks([task(n, "SLOW") for n in range(20)], cluster=cluster.address, extractor=EXTRACTOR)
        next(outcomes)
        scheduler.kill()
        with pytest.raises(OSError, match="connection to the cluster was lost"):
            list(outcomes)


def test_workers_with_other_code_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.add_worker()
    monkeypatch.setattr("kg.workers.cluster.extraction_digest", lambda: "other")
    with pytest.raises(OSError, match="not those of the machine that builds"):
        list(run_tasks([task(1)], cluster=cluster.address, extractor=EXTRACTOR))


def test_what_is_wrong_with_the_cluster_is_one_sentence(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.workers.cluster._PATIENCE", 1)
    with pytest.raises(OSError, match="has no workers"):
        list(run_tasks([task(1)], cluster=cluster.address, extractor=EXTRACTOR))
    with pytest.raises(OSError, match="no Dask scheduler answers"):
        list(run_tasks([task(1)], cluster="tcp://127.0.0.1:9", extractor=EXTRACTOR))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r'pip install "newskg\[cluster\]"'):
        list(run_tasks([task(1)], cluster=cluster.address, extractor=EXTRACTOR))
