"""How fast a Turtle file is written, and how much memory that takes: ``python -m tests.benchmarks.rdf [TRIPLES ...]``.

In one run, on the same triples (those of seeds/, copied under other names): our file against pyoxigraph's own serializer
and rdflib's; then the peak memory of a process that streams them, and the whole way from a graph in memory to a file.
"""

from __future__ import annotations

import io
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Triple

import kg
from kg.export import rdflib_graph
from kg.export.rdf import triples
from kg.export.rdf_files import prefixes, write_readable, write_turtle
from kg.graph import KnowledgeGraph
from kg.vocab import BASE_IRI, NAMESPACES

GRAPH = Path(__file__).parents[2] / "graphs" / "news.json"
RUNS = 5


def copied(count: int) -> Iterator[Triple]:
    """``count`` triples: those of seeds/ again and again, each time about other things."""
    first = list(triples(kg.read_json(GRAPH)))
    for number in range(count):
        triple = first[number % len(first)]
        yield Triple(*(renamed(term, number // len(first)) for term in triple))


def renamed(term: object, number: int) -> object:
    ours = isinstance(term, NamedNode) and term.value.startswith(BASE_IRI) and number
    return NamedNode(f"{term.value}-{number}") if ours else term  # type: ignore[union-attr]


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median of several runs, in seconds of processor time, so that what else runs on the machine counts little."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return statistics.median(found)


def speed(count: int) -> None:
    there = list(copied(count))
    names = prefixes(BASE_IRI)
    ours = seconds(lambda: write_readable(iter(there), io.BytesIO(), RdfFormat.TURTLE, names))
    theirs = seconds(lambda: pyoxigraph.serialize(there, io.BytesIO(), RdfFormat.TURTLE, prefixes=NAMESPACES))
    store = rdflib_graph.filled(there)
    slow = seconds(lambda: store.serialize(format="turtle"), 1)
    print(f"{count:9,} triples: ours {ours:.3f} s, pyoxigraph {theirs:.3f} s, rdflib {slow:.1f} s", end="; ")
    print(f"{slow / ours:.0f} times as fast as rdflib, {ours / theirs:.2f} times the time of pyoxigraph")


def memory(count: int) -> float:
    """The peak of a process of its own that streams ``count`` triples to a file, in MiB."""
    command = [sys.executable, "-m", "tests.benchmarks.rdf", "--stream", str(count)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) / 1024


def stream(count: int) -> None:
    with open("/dev/null", "wb") as nothing:
        write_readable(copied(count), nothing, RdfFormat.TURTLE, prefixes(BASE_IRI))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(re.findall(r"VmHWM:\s+(\d+) kB", status)[0])


def whole(count: int) -> None:
    """From a graph in memory to a file, generating the triples on the way."""
    with tempfile.TemporaryDirectory() as folder:
        graph = many(kg.read_json(GRAPH), count, folder)
    written = sum(1 for _ in triples(graph))
    ours = seconds(lambda: write_turtle(graph, io.BytesIO()), 3)
    print(f"{written:9,} triples from a graph in memory: {ours:.2f} s, {written / ours:,.0f} triples a second")


def many(graph: KnowledgeGraph, count: int, folder: str) -> KnowledgeGraph:
    """Copies of ``graph`` side by side, until they have at least ``count`` triples."""
    text = GRAPH.read_text(encoding="utf-8")
    ids = re.compile("|".join(re.escape(json.dumps(node.id)) for node in graph.nodes()))
    copies = count // sum(1 for _ in triples(graph)) + 1
    nodes, edges = list(graph.nodes()), list(graph.edges())
    for number in range(1, copies):
        path = Path(folder) / "copy.json"
        path.write_text(ids.sub(lambda found, end=f'-{number}"': found[0][:-1] + end, text), encoding="utf-8")
        copy = kg.read_json(path)
        nodes += copy.nodes()
        edges += copy.edges()
    return KnowledgeGraph(nodes, edges)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--stream"]:
        stream(int(arguments[1]))
        return
    sizes = [int(size) for size in arguments] or [100_000, 1_000_000]
    for size in sizes:
        speed(size)
    peaks = {size: memory(size) for size in sizes}
    print("; ".join(f"{size:,} triples streamed: peak {peak:.0f} MiB" for size, peak in peaks.items()), end="; ")
    print(f"ratio {max(peaks.values()) / min(peaks.values()):.2f}")
    whole(sizes[0])


if __name__ == "__main__":
    main(sys.argv[1:])
