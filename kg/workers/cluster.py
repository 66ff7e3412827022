"""The workers of a Dask cluster: Dask carries tasks and outlives machines; what is done stays known to the ledger alone."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from kg.software import extraction_digest
from kg.workers.work import Outcome, Task, perform, prepare

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["run_on_cluster"]

_PATIENCE: Final = 60  # seconds to wait for a scheduler and its first worker
_AHEAD: Final = 2  # tasks sent for each thread of the cluster, so that none waits for the next one
_LOST: Final = "the connection to the cluster was lost; the next build goes on from here"
_ONE = threading.Lock()  # a worker with several threads still extracts one document at a time


def run_on_cluster(tasks: Iterable[Task], address: str, extractor: str) -> Generator[Outcome]:
    """The outcomes of ``tasks`` from the workers of the Dask scheduler at ``address``.

    When a worker dies, Dask gives its tasks to others.  It cannot know which of them was the cause, so a task that it
    gives up after several deaths is tried once more by itself; what then kills again is quarantined.  ImportError
    without the extra; OSError when there is no cluster, it is lost, or a worker has other code or weights than this process.
    """
    with _client(address) as client:
        suspects: list[Task] = []
        for task, outcome in _outcomes(client, tasks, extractor):
            if outcome:
                yield outcome
            else:
                suspects.append(task)
        for suspect in suspects:
            for task, outcome in _outcomes(client, [suspect], extractor):
                yield outcome or Outcome(task.key, "quarantined", "killed workers of the cluster, the last time by itself")


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError:
        raise ImportError('A cluster needs Dask: pip install "newskg[cluster]"') from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False, name="kg")
    except (OSError, ValueError) as error:
        raise OSError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise OSError(f"the Dask scheduler at {address} has no workers") from None
        yield client


def _outcomes(client: Client, tasks: Iterable[Task], extractor: str) -> Iterator[tuple[Task, Outcome | None]]:
    """Each task with its outcome, or with None if workers died of it or beside it."""
    from distributed import as_completed

    digest = extraction_digest()
    ended = as_completed(loop=client.loop)
    rest = iter(tasks)
    running: dict[str, Task] = {}
    while True:
        room = _AHEAD * _threads(client) - len(running)
        for task in islice(rest, max(room, 0 if running else 1)):
            future = client.submit(_perform, *task, extractor, digest, pure=False)
            running[str(future.key)] = task
            ended.add(future)
        if not running:
            return
        for future in ended.next_batch():
            yield running.pop(str(future.key)), _outcome(future)


def _threads(client: Client) -> int:
    try:
        return sum(client.nthreads().values())
    except OSError as error:
        raise OSError(_LOST) from error


def _outcome(future: Future[Any]) -> Outcome | None:
    from distributed import CancelledError, KilledWorker

    try:
        return Outcome(*future.result())
    except KilledWorker:
        return None
    except CancelledError as error:
        raise OSError(_LOST) from error
    except Exception as error:
        raise OSError(f"a worker of the cluster cannot work: {error}") from error


def _perform(key: str, document: str, extractor: str, digest: str) -> tuple[str, str, str]:
    """Runs on the cluster."""
    if extraction_digest() != digest:
        raise RuntimeError("its kg, model or libraries are not those of the machine that builds")
    with _ONE:
        prepare(extractor)
        return tuple(perform(Task(key, document), extractor))  # type: ignore[return-value]
