"""The whole run: read, extract, resolve, and build one graph; in memory, or with a ledger that knows what is done."""

from __future__ import annotations

import filecmp
import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.records import Document, Extraction, Skipped

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.store import Ledger
    from kg.summary import Summary

__all__ = ["MOST_IN_MEMORY", "Built", "Progress", "build", "build_from", "ledger_of", "update"]

Progress = Callable[[int, int, str], None]
OnSkip = Callable[[Skipped], None]

MOST_IN_MEMORY = 2_000
"""Documents; the graph of more is written from a file, which takes longer and does not fill the memory."""

_log = logging.getLogger(__name__)


def build(
    source: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    decisions: str | os.PathLike[str] | None = None,
    nlp: str | None = None,
    on_skip: OnSkip | None = None,
    on_progress: Progress | None = None,
) -> KnowledgeGraph:
    """The knowledge graph of a file or a folder of news.

    ``columns`` maps the fields of a document to the keys of .jsonl rows; ``decisions`` is a file that says which names
    are the same (:func:`kg.graph.read_decisions`); ``nlp`` names an installed spaCy pipeline that brings the people,
    organisations and places.  ``on_skip`` hears of every input that gave no document; ``on_progress`` gets the number of
    documents read, of all, and the title.  Raises FileNotFoundError
    when there is no such source.

    >>> kg.build("seeds/2031-03-03-tagus-wire-filling-date.md")
    <KnowledgeGraph: 1 documents, ... entities, ... claims>
    """
    from kg.read import read

    documents = list(read(source, on_skip=on_skip, columns=columns))
    return build_from(documents, decisions=decisions, nlp=nlp, on_progress=on_progress)


def build_from(
    documents: Iterable[Document],
    *,
    decisions: str | os.PathLike[str] | None = None,
    nlp: str | None = None,
    on_progress: Progress | None = None,
) -> KnowledgeGraph:
    """The knowledge graph of documents at hand; their order does not matter."""
    from kg.extract import extract

    ordered = sorted(documents, key=lambda document: document.id)
    extractions = []
    for extraction in extract(ordered, nlp=nlp):
        extractions.append(extraction)
        if on_progress:
            on_progress(len(extractions), len(ordered), extraction.document.title or extraction.document.id)
    return _join(extractions, decisions)


def _join(extractions: Sequence[Extraction], decisions: str | os.PathLike[str] | None) -> KnowledgeGraph:
    from kg.graph import build_graph, read_decisions, resolve

    return build_graph(extractions, resolve(extractions, read_decisions(decisions) if decisions else None))


# ------------------------------------------------------------------ with a ledger
@dataclass(frozen=True, slots=True)
class Built:
    """What :func:`update` did: how many documents it extracted, which files it wrote anew, and what all of it holds."""

    extracted: int
    written: tuple[Path, ...]
    summary: Summary


def ledger_of(folder: str | os.PathLike[str], name: str = "news") -> Path:
    """Where the ledger of the files ``name.*`` in ``folder`` lies when nobody says otherwise."""
    return Path(folder) / ".kg" / f"{name}.ledger"


def update(
    source: str | os.PathLike[str],
    files: Sequence[Path],
    *,
    ledger: Path,
    columns: Mapping[str, str] | None = None,
    workers: int = 1,
    cluster: str | None = None,
    retry: bool = False,
    decisions: Path | None = None,
    nlp: str | None = None,
    extractor: str = "kg.extract:extract",
    on_skip: OnSkip | None = None,
    on_progress: Progress | None = None,
) -> Built:
    """Bring ``files`` up to date with ``source``: extract what ``ledger`` lacks, and write what would be different.

    The files are those of a build from nothing, byte for byte, whatever was added, changed, removed or interrupted
    before; ``decisions`` and ``nlp`` are as for :func:`build`. Documents are extracted by ``workers`` processes, or by the Dask
    cluster at that address; those that fail or kill workers go to ``on_skip`` and wait in the ledger until ``retry``.
    Raises FileNotFoundError when there is no source, BlockingIOError while another build uses the ledger, OSError when
    workers or the disk fail.
    """
    from kg.read import read
    from kg.software import extraction_digest
    from kg.store import open_ledger

    unread: list[Skipped] = []
    extractor = f"{extractor} {nlp}" if nlp else extractor
    documents = read(source, on_skip=unread.append, columns=columns)
    with open_ledger(ledger) as store:
        store.take_in(documents, f"{extraction_digest()} {extractor}")
        store.note_skipped(unread)
        if retry:
            store.retry()
        extracted = _extract(store, workers, cluster, extractor, on_progress)
        skipped = [*unread, *(Skipped(row.id, row.state, row.reason) for row in store.troubled())]
        for item in skipped:
            _log.info("skipped %s: %s (%s)", item.source, item.reason, item.detail)
            if on_skip:
                on_skip(item)
        written, summary = _write(store, files, decisions)
        return Built(extracted, written, summary.with_skipped(skipped))


def _extract(store: Ledger, workers: int, cluster: str | None, extractor: str, on_progress: Progress | None) -> int:
    """Give every new document of the ledger to workers, and keep each result as it comes; how many there were."""
    from kg.workers import Task, run_tasks

    total = store.count("new")
    titles: dict[str, str] = {}  # of the documents that workers have in hand

    def tasks() -> Iterator[Task]:
        for key, title, document in store.waiting():
            titles[key] = title
            yield Task(key, document)

    if not total:
        return 0
    if on_progress:
        on_progress(0, total, "")
    with closing(run_tasks(tasks(), workers=workers, cluster=cluster, extractor=extractor)) as outcomes:
        for done, outcome in enumerate(outcomes, 1):
            store.finish(*outcome)
            title = titles.pop(outcome.key)
            _log.info("%s %s (%d of %d)", outcome.state, title, done, total)
            if on_progress:
                on_progress(done, total, title)
    return total


def _write(store: Ledger, files: Sequence[Path], decisions: Path | None) -> tuple[tuple[Path, ...], Summary]:
    """Write those of ``files`` that are not what the results in the ledger give; they, and the summary of all."""
    from kg.records import from_json, to_json
    from kg.software import graph_digest
    from kg.summary import Summary, summarise

    decided = hashlib.sha256(decisions.read_bytes()).hexdigest() if decisions else ""
    stamp = f"{store.digest()} {graph_digest()} {decided}"
    stale = [file for file in files if not store.is_current(file, stamp)]
    facts = store.summary(stamp)
    if facts and not stale:
        return (), from_json(Summary, facts)
    with _graph_of(store, decisions) as graph:
        written = _publish(graph, stale)
        for file in stale:
            store.wrote(file, stamp)
        summary = summarise(graph)
        store.keep_summary(stamp, to_json(summary))
        return written, summary


@contextmanager
def _graph_of(store: Ledger, decisions: Path | None) -> Iterator[KnowledgeGraph]:
    """The graph of the results in the ledger: in memory, or, when there are many, in a file beside it."""
    from kg.graph import nodes_and_edges, read_decisions, resolve, stored_graph

    if store.count("done") <= MOST_IN_MEMORY:
        yield _join(list(store.extractions()), decisions)
        return
    extractions = store.extractions()
    entities = resolve(extractions, read_decisions(decisions) if decisions else None)
    with stored_graph(nodes_and_edges(extractions, entities), store.path.with_suffix(".graph")) as graph:
        del entities
        yield graph


def _publish(graph: KnowledgeGraph, files: Sequence[Path]) -> tuple[Path, ...]:
    """Write ``files`` aside, then put in place, one right after the other, those that are different; which these are."""
    from kg.export import write

    targets = [Path(os.path.realpath(file)) for file in files]
    drafts = [target.parent / ".kg" / f"{target.stem}.drafts" / target.name for target in targets]
    folders = {draft.parent for draft in drafts}
    try:
        for draft in drafts:
            draft.parent.mkdir(parents=True, exist_ok=True)
            write(graph, draft)
        places = list(zip(files, targets, drafts, strict=True))
        changed = [place for place in places if not _same(*place[1:])]
        for _, target, draft in changed:
            os.replace(draft, target)
        return tuple(file for file, _, _ in changed)
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and filecmp.cmp(one, other, shallow=False)
