"""A pool of worker processes on this machine that outlives any of them.

Every worker is a fresh interpreter, never a fork, and has one document at a time; so it is known which document a dead
worker held.  That document is given to a new worker once more; if it kills this one too, it is quarantined.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from itertools import islice
from queue import SimpleQueue
from typing import Any, Final

from kg.workers.work import Outcome, Task

__all__ = ["run_in_processes"]

_LIVES: Final = 2  # workers that one document may kill
_STARTS: Final = 3  # times that a worker may die before it is ready
_DOCUMENTS: Final = 2000  # that a worker does before a fresh one takes over, so that what libraries hoard is freed
_BOOT: Final = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import kg.workers.work as w; w.serve(sys.argv[2])"
_ENVIRONMENT: Final = {  # one thread a process: the processes are the parallelism
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONIOENCODING": "utf-8",
}


def run_in_processes(tasks: Iterable[Task], workers: int, extractor: str) -> Generator[Outcome]:
    """The outcomes of ``tasks`` from ``workers`` processes; no more tasks are read than workers can have at once.

    OSError when workers die before they are ready, or cannot load the model.  When the caller stops early, they are killed.
    """
    team = [_Worker(extractor) for _ in range(workers)]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in team:
        idle.put(worker)
    with ExitStack() as ending:  # the last of these comes first: kill, await the threads, tidy up
        for worker in team:
            ending.callback(worker.stop)
        threads = ending.enter_context(ThreadPoolExecutor(workers, thread_name_prefix="kg-worker"))
        for worker in team:
            ending.callback(worker.kill)
        rest = iter(tasks)
        running = {threads.submit(_perform, idle, task) for task in islice(rest, workers)}
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            outcomes = [future.result() for future in ended]
            running |= {threads.submit(_perform, idle, task) for task in islice(rest, len(ended))}
            yield from outcomes


def _perform(idle: SimpleQueue[_Worker], task: Task) -> Outcome:
    worker = idle.get()
    try:
        for _ in range(_LIVES):
            if outcome := worker.perform(task):
                return outcome
        return Outcome(task.key, "quarantined", f"killed {_LIVES} workers")
    finally:
        idle.put(worker)


class _Worker:
    """One process at a time, started when it is first needed and again after its death."""

    def __init__(self, extractor: str) -> None:
        self.extractor = extractor
        self.process: subprocess.Popen[bytes] | None = None
        self.done = 0
        self.closed = False

    def perform(self, task: Task) -> Outcome | None:
        """The outcome of ``task``, or None if the process died of it."""
        if self.process is None or self.done >= _DOCUMENTS:
            self._start()
        answer = self._ask(list(task))
        self.done += 1
        if answer is None:
            self.stop()
            return None
        return Outcome(*answer)

    def kill(self) -> None:
        """End the process, whatever a thread does with it, and start no other."""
        self.closed = True
        if (process := self.process) is not None:
            process.kill()

    def stop(self) -> None:
        """End the process and close what led to it."""
        if self.process is not None:
            with suppress(OSError), self.process as process:
                process.kill()
            self.process = None

    def _start(self) -> None:
        for _ in range(_STARTS):
            self.stop()
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path), self.extractor],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | _ENVIRONMENT,
                start_new_session=True,  # Ctrl-C is for the build, which ends its workers itself
            )
            if self.closed:
                self.kill()
            match self._answer():
                case ["ready"]:
                    self.done = 0
                    return
                case ["broken", str(reason)]:
                    raise OSError(f"a worker cannot start: {reason}")
            if self.closed:
                break
        raise OSError("the workers die before they are ready")

    def _ask(self, words: list[str]) -> list[Any] | None:
        assert self.process is not None
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(words).encode() + b"\n")
            self.process.stdin.flush()
        except OSError:  # it died in between
            return None
        return self._answer()

    def _answer(self) -> list[Any] | None:
        """The next line of the process; None if it died before the end of the line."""
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return list(json.loads(line)) if line.endswith(b"\n") else None
