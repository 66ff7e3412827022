"""Extraction in other processes: some on this machine, or those of a Dask cluster; the same results from any number.

A task is a key and the JSON of a :class:`kg.records.Document`; an outcome names the key, the state in which the
document ended (``done``, ``failed``, ``quarantined``), and the JSON of its Extraction or the reason why there is none.
Both are plain text, so that nothing is unpickled and nothing depends on where it was made.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable

from kg.workers.work import EXTRACTOR, Outcome, Task

__all__ = ["EXTRACTOR", "Outcome", "Task", "run_tasks"]


def run_tasks(
    tasks: Iterable[Task], *, workers: int = 1, cluster: str | None = None, extractor: str = EXTRACTOR
) -> Generator[Outcome]:
    """The outcome of each task, in the order in which they end; ``tasks`` is read as workers become free.

    ``workers`` processes on this machine do them, or those of the Dask scheduler at the address ``cluster``.
    ``extractor`` names a function such as :func:`kg.extract.extract`, as ``package.module:function``.  Raises OSError
    when no worker can be started or the cluster is lost, ImportError without the extra ``cluster``.
    """
    if cluster:
        from kg.workers.cluster import run_on_cluster

        return run_on_cluster(tasks, cluster, extractor)
    from kg.workers.pool import run_in_processes

    return run_in_processes(tasks, workers, extractor)
