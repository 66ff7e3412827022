"""The named questions put to other SPARQL engines: ``python -m tests.engines jena|ENDPOINT [GRAPH.ttl]``.

``jena`` runs Apache Jena's ``arq`` on the file, from the jars of Debian's libapache-jena-java.  ENDPOINT is the address of a
SPARQL endpoint that has loaded the file: Virtuoso, Fuseki, GraphDB, QLever, ``kg serve``; it may end in a query string.
Each question is asked twice, free and with one thing bound, and must get the rows that ``kg query`` gets.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from pyoxigraph import QueryResultsFormat, parse_query_results

from kg.query import oxigraph, questions

GRAPH: Final = Path(__file__).parents[1] / "graphs" / "news.ttl"
JARS: Final = Path("/usr/share/java")
# What the commands of Jena 4.5 need beside its own jars.
LIBRARIES: Final = (
    "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3", "dexx.collection",
    "gson", "guava", "httpclient", "httpcore", "jackson-annotations", "jackson-core", "jackson-databind", "jakarta.json-api",
    "jsonld-java", "protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld",
)  # fmt: skip
LIMIT: Final = 300  # seconds a question may take

Rows = list[tuple[Any, ...]]
Engine = Callable[[str], bytes]  # SPARQL to results in SPARQL's JSON


@contextmanager
def jena(graph: Path) -> Iterator[Engine]:
    """Apache Jena's command line: a process a question.  FileNotFoundError when it is not installed."""
    if not shutil.which("java") or not (JARS / "jena-cmds.jar").exists():
        raise FileNotFoundError("Jena is not installed (Debian: default-jre-headless libapache-jena-java libthrift-java)")
    with tempfile.TemporaryDirectory() as folder:
        messages = unpacked_messages(Path(folder))
        jars = [*sorted(JARS.glob("jena-*.jar")), *(JARS / f"{name}.jar" for name in LIBRARIES)]
        java = ["java", "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, [messages, *jars]))]
        asked = Path(folder) / "asked.rq"

        def ask(sparql: str) -> bytes:
            asked.write_text(sparql, encoding="utf-8")
            command = [*java, "arq.arq", f"--data={graph}", f"--query={asked}", "--results=JSON"]
            return subprocess.run(command, capture_output=True, check=True, timeout=LIMIT).stdout

        yield ask


def unpacked_messages(folder: Path) -> Path:
    """The messages of Jena's XML parser, put where Debian's build of it looks for them."""
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        jar.extractall(folder, [name for name in jar.namelist() if name.startswith("org/apache/jena/ext/xerces/")])
    return folder / "org/apache/jena/ext"


@contextmanager
def endpoint(address: str) -> Iterator[Engine]:
    """A SPARQL 1.1 endpoint that holds the graph.  OSError when nothing answers there."""

    def ask(sparql: str) -> bytes:
        url = f"{address}{'&' if '?' in address else '?'}{urlencode({'query': sparql})}"
        request = urllib.request.Request(url, headers={"Accept": "application/sparql-results+json"})
        with urllib.request.urlopen(request, timeout=LIMIT) as reply:
            return bytes(reply.read())

    yield ask


def rows(found: Any) -> Rows:
    """The rows of a SELECT, numbers as numbers, in an order that does not depend on the engine."""
    return sorted((tuple(map(oxigraph.cell, row)) for row in found), key=repr)


def bound(sparql: str, thing: str) -> str:
    """``sparql`` about one thing, in words that every engine knows."""
    return sparql.replace("WHERE {", f"WHERE {{ VALUES ?about {{ <{thing}> }}", 1)


def compared(name: str, sparql: str, expected: Rows, ask: Engine) -> bool:
    """Whether ``ask`` finds the expected rows; prints so, and in how many seconds."""
    start = time.perf_counter()
    try:
        found = rows(parse_query_results(io.BytesIO(ask(sparql)), QueryResultsFormat.JSON))
    except (subprocess.SubprocessError, urllib.error.HTTPError, SyntaxError) as error:
        print(f"{name:32} {error}")
        return False
    seconds = time.perf_counter() - start
    print(f"{name:32} {len(found):5} rows {seconds:6.1f} s  {'the same' if found == expected else 'OTHERS'}", flush=True)
    for row in [*(Counter(expected) - Counter(found)), *(Counter(found) - Counter(expected))][:4]:
        print(f"    {'missing' if row in expected else 'too much'}: {row}")
    return found == expected


def compare(ask: Engine, graph: Path) -> bool:
    """Whether every question, free and bound to what its free answer tells most about, gets the same rows from ``ask``."""
    store = oxigraph.store_of(graph)
    same = []
    for name, question in questions().items():
        free = rows(oxigraph.query(store, question.sparql))
        same.append(compared(name, question.sparql, free, ask))
        for thing, _ in Counter(row[0] for row in free).most_common(1):
            about = rows(oxigraph.query(store, question.sparql, thing))
            same.append(compared(f"{name}, bound", bound(question.sparql, thing), about, ask))
    print(f"{sum(same)} of {len(same)} answers are the same")
    return all(same)


def main(arguments: list[str]) -> int:
    where, graph = arguments[0], Path(arguments[1]) if arguments[1:] else GRAPH
    try:
        with jena(graph) if where == "jena" else endpoint(where) as ask:
            return 0 if compare(ask, graph) else 1
    except OSError as error:
        print(f"skipped: {error}")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
