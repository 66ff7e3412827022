"""Speed and memory of builds, as ratios in one run: ``python -m tests.benchmarks.scale [NAME ...]`` prints a table.

Names: extraction (against a spaCy CNN), ledger, again (an unchanged build), workers (one and two), memory.
Each figure is the median of several rounds in which what is compared takes turns.  Extraction and ledger count the time
of the processor, so that other programs matter little; for the rest leave the machine alone.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.read import read
from kg.records import Document, to_json
from tests.standin import write_articles

ROOT = Path(__file__).parents[2]
ROUNDS = 5
Rows = Iterator[tuple[str, str]]


def timed(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    action()
    return clock() - start


def in_turns(
    actions: dict[str, Callable[[], object]], rounds: int = ROUNDS, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """The median seconds of each action."""
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            seconds[name].append(timed(action, clock))
    return {name: statistics.median(values) for name, values in seconds.items()}


def seeds(copies: int = 1) -> list[Document]:
    """The articles of seeds/, each with another last sentence in every copy."""
    documents = list(read(ROOT / "seeds"))
    return [
        replace(document, id=f"{document.id}-{copy}", text=f"{document.text}\nThis is copy {copy}.")
        for copy in range(copies)
        for document in documents
    ]


def write_jsonl(path: Path, documents: list[Document]) -> None:
    rows = (json.dumps({"text": item.text, "title": item.title, "date": item.published}) for item in documents)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


# ------------------------------------------------------------------ extraction
def spacy_cnn() -> object:
    """An untrained pipeline of en_core_web_sm's parts and widths, for its speed alone."""
    import spacy
    from spacy.training import Example

    embed = {"pretrained_vectors": None, "width": 96, "depth": 4, "embed_size": 2000, "window_size": 1}
    cnn = {"@architectures": "spacy.HashEmbedCNN.v2", "maxout_pieces": 3, "subword_features": True, **embed}
    heard = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "hidden_width": 64, "maxout_pieces": 2, "use_upper": True}
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": cnn})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": heard}})
    nlp.add_pipe("parser", config={"model": {**parser, "state_type": "parser", "extra_state_tokens": False, "tok2vec": heard}})
    nlp.add_pipe("ner", config={"model": {**parser, "state_type": "ner", "extra_state_tokens": False, "tok2vec": cnn}})
    words = [f"w{number}" for number in range(45)]
    doc = nlp.make_doc(" ".join(words))
    entities = [f"U-E{number % 18}" for number in range(45)]
    facts = {
        "tags": [f"T{number}" for number in range(45)],
        "heads": [0] * 45,
        "deps": ["ROOT", *(f"d{number}" for number in range(44))],
        "entities": entities,
    }
    nlp.initialize(lambda: [Example.from_dict(doc, facts)])
    return nlp


def extraction() -> Rows:
    from kg.extract import extract

    documents = seeds()
    words = sum(len(document.text.split()) for document in documents)
    nlp = spacy_cnn()
    texts = [document.text for document in documents]
    actions = {
        "kg": lambda: list(extract(documents)),
        "spaCy": lambda: list(nlp.pipe(texts)),  # type: ignore[attr-defined]
    }
    in_turns(actions, rounds=1)
    seconds = in_turns(actions, clock=time.process_time)
    yield "kg: people, roles, events, claims, speakers", f"{words / seconds['kg']:,.0f} words/s"
    yield "spaCy CNN of en_core_web_sm's size (tags, parse, names)", f"{words / seconds['spaCy']:,.0f} words/s"
    yield "time of kg / time of spaCy", f"{seconds['kg'] / seconds['spaCy']:.1f}"


# ------------------------------------------------------------------ ledger
def ledger() -> Rows:
    from kg.extract import extract
    from kg.store import open_ledger
    from kg.workers.work import encode

    documents = seeds(copies=20)
    extracting: list[float] = []
    results = []
    for document in documents[:14]:
        extracting.append(timed(lambda document=document: results.append(encode(next(extract([document])))), time.process_time))  # type: ignore[misc]
    folder = Path(tempfile.mkdtemp())

    def record() -> None:
        with open_ledger(folder / "ledger") as store:
            store.take_in(documents, "a")
            for number, (key, _, _) in enumerate(store.waiting()):
                store.finish(key, "done", results[number % len(results)])

    def look_up() -> None:
        with open_ledger(folder / "ledger") as store:
            store.take_in(documents, "a")

    def load() -> None:
        with open_ledger(folder / "ledger") as store:
            assert sum(1 for _ in store.extractions()) == len(documents)

    rounds: dict[str, list[float]] = {"record": [], "look up": [], "load": []}
    for _ in range(ROUNDS):
        (folder / "ledger").unlink(missing_ok=True)
        for name, action in (("record", record), ("look up", look_up), ("load", load)):
            rounds[name].append(timed(action, time.process_time) / len(documents))
    each = {name: statistics.median(values) for name, values in rounds.items()}
    size = (folder / "ledger").stat().st_size / len(documents)
    shutil.rmtree(folder)
    yield "taking in and recording a document", f"{each['record'] * 1e3:.2f} ms ({1 / each['record']:,.0f}/s)"
    yield "finding that a document is done", f"{each['look up'] * 1e3:.3f} ms"
    yield "reading a result back", f"{each['load'] * 1e3:.2f} ms"
    yield "size of a result, compressed", f"{size / 1e3:.1f} kB"
    yield "recording / extracting", f"1/{statistics.median(extracting) / each['record']:,.0f}"


# ------------------------------------------------------------------ whole builds
def kg(*arguments: str | Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *arguments, "-q"]
    subprocess.run(command, cwd=ROOT, check=True)


def again() -> Rows:
    folder = Path(tempfile.mkdtemp())
    documents = seeds(copies=6)

    def build() -> None:
        kg("build", folder / "news.jsonl", "-o", folder / "out")

    write_jsonl(folder / "news.jsonl", documents)
    first = timed(build)
    unchanged = statistics.median(timed(build) for _ in range(ROUNDS))
    write_jsonl(folder / "news.jsonl", [*documents, replace(documents[0], text="Rui Costa said: “No.”")])
    added = timed(build)
    shutil.rmtree(folder)
    yield f"first build of {len(documents)} articles", f"{first:.1f} s"
    yield "the same again", f"{unchanged:.2f} s"
    yield "first / again", f"{first / unchanged:.0f}"
    yield "with one article more", f"{added:.1f} s"


def workers() -> Rows:
    from kg.workers import Task, run_tasks
    from kg.workers.work import perform, prepare

    folder = Path(tempfile.mkdtemp())
    documents = seeds(copies=4)
    write_jsonl(folder / "news.jsonl", documents)
    tasks = [Task(str(number), json.dumps(to_json(document))) for number, document in enumerate(documents)]
    prepare()
    processor = time.process_time()
    for task in tasks[:14]:
        perform(task)
    worker = (time.process_time() - processor) / 14

    def build(number: int) -> None:
        kg("build", folder / "news.jsonl", "-o", folder / "out", "--workers", str(number))
        shutil.rmtree(folder / "out")

    def extracting(number: int) -> float:
        """Articles a second from the first results on, so that loading the model does not count."""
        outcomes = run_tasks(tasks, workers=number)
        for _ in range(number):
            next(outcomes)
        return (len(tasks) - number) / timed(lambda: list(outcomes))

    rates: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):
        for number, values in rates.items():
            values.append(extracting(number))
    one, two = (statistics.median(rates[number]) for number in (1, 2))
    seconds = in_turns({"1": lambda: build(1), "2": lambda: build(2)}, rounds=3)
    shutil.rmtree(folder)
    yield "extracting, one worker", f"{one:.2f} articles/s"
    yield "extracting, two workers", f"{two:.2f} articles/s"
    yield "two / one", f"{two / one:.2f}"
    for number in ("1", "2"):
        yield f"end to end (start to four files), --workers {number}", f"{len(documents) / seconds[number]:.2f} articles/s"
    yield "time of a processor for an article, in a worker", f"{worker * 1e3:.0f} ms"
    yield "cores, and how busy they were", f"{os.cpu_count()}, load {os.getloadavg()[1]:.1f}"


# ------------------------------------------------------------------ memory
_EXTRACTION = """
import os, resource, sys
from pathlib import Path
from tests.standin import build
def on_progress(done, total, title):
    if done == total:
        os.write(1, f"extraction {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}".encode())
        os._exit(0)
build(Path(sys.argv[1]), Path(sys.argv[2]), on_progress=on_progress)
"""
_EXPORT = """
import gc, sys
from pathlib import Path
from kg.export import write
from kg.graph import nodes_and_edges, resolve, stored_graph
from kg.store import open_ledger
from tests.benchmarks.scale import memory_now, peak_from_now
folder = Path(sys.argv[1])
def measured(name, action):
    gc.collect()
    before, peak = memory_now(), peak_from_now()
    result = action()
    print(name, peak() - before)
    return result
with open_ledger(folder / ".kg" / "news.ledger") as store:
    entities = measured("resolving", lambda: resolve(store.extractions()))
    with stored_graph(nodes_and_edges(store.extractions(), entities), folder / "news.graph") as graph:
        entities = None
        for suffix in (".nt", ".ttl", ".json", ".graphml"):
            write(graph, folder / f"news{suffix}")  # what the first one loads stays
            measured(suffix, lambda: write(graph, folder / f"news{suffix}"))
        print("edges", sum(1 for _ in graph.edges()))
        loaded = measured("graph", graph.in_memory)
"""


def memory_now() -> int:
    """Bytes of this process that are in memory (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def peak_from_now() -> Callable[[], int]:
    """Forget the peak so far; what comes back says the peak since then."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")

    def peak() -> int:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    return peak


def memory(sizes: tuple[int, int] = (1_000, 10_000)) -> Rows:
    folder = Path(tempfile.mkdtemp())
    small, large = sizes
    for size in sizes:
        write_articles(folder / str(size), range(size))
    one, other = (measured(_EXTRACTION, folder / str(size), folder / f"out{size}")["extraction"] for size in sizes)
    yield (
        f"peak of extraction, {small:,} and {large:,} documents",
        f"{one / 1e6:.0f} and {other / 1e6:.0f} MB ({other / one:.2f})",
    )
    before, after = (measured(_EXPORT, folder / f"out{size}") for size in sizes)
    shutil.rmtree(folder)
    for suffix in (".nt", ".ttl", ".json", ".graphml"):
        one, other = before[suffix], after[suffix]
        yield f"what writing {suffix} adds, {small:,} and {large:,} documents", f"{one / 1e6:.1f} and {other / 1e6:.1f} MB"
    yield f"what resolving {large:,} documents adds", f"{after['resolving'] / 1e6:.0f} MB"
    graph, edges = after["graph"], after["edges"]
    yield "their graph in memory, if asked for", f"{graph / 1e6:.0f} MB, {edges:,} edges ({graph / edges / 1e3:.2f} kB an edge)"


def measured(code: str, *arguments: Path) -> dict[str, int]:
    """The numbers that ``code`` prints, by name."""
    answer = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return {line.split()[0]: int(line.split()[1]) for line in answer.stdout.splitlines()}


BENCHMARKS: dict[str, Callable[[], Rows]] = {
    "extraction": extraction,
    "ledger": ledger,
    "again": again,
    "workers": workers,
    "memory": memory,
}


if __name__ == "__main__":
    for chosen in sys.argv[1:] or list(BENCHMARKS):
        print(f"\n| {chosen} | |\n|---|---|")
        for what, figure in BENCHMARKS[chosen]():
            print(f"| {what} | {figure} |", flush=True)
