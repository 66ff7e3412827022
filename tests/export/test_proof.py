"""Proof that every RDF file is what it should be: read by five independent parsers, conforming, and cut from the articles."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyld.jsonld
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat

import kg
from kg.export.jsonld import write_jsonld
from kg.export.rdf import quads, triples
from kg.export.rdf.terms import name
from kg.export.rdf_files import write_nquads, write_ntriples, write_trig, write_turtle
from kg.graph import KnowledgeGraph
from kg.vocab import NAMESPACES
from tests import samples
from tests.export import torture
from tests.export.test_rdf import SHACL_WARNS, asserted, conforms

FORMATS: dict[str, tuple[Callable[..., None], RdfFormat, str]] = {
    "turtle": (write_turtle, RdfFormat.TURTLE, "turtle"),
    "ntriples": (write_ntriples, RdfFormat.N_TRIPLES, "ntriples"),
    "trig": (write_trig, RdfFormat.TRIG, "trig"),
    "nquads": (write_nquads, RdfFormat.N_QUADS, "nquads"),
}
GRAPHS = ("samples", "seeds", "torture", "dev")


@pytest.fixture(scope="module", params=GRAPHS)
def proven(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """The graph of every kind of record, of seeds/, of 500 hostile names, and of the annotated articles beside the project."""
    match request.param:
        case "samples":
            return samples.whole()
        case "seeds":
            return kg.read_json(Path(__file__).parents[2] / "graphs" / "news.json")
        case "torture":
            return torture.graph()
    return dev(request.getfixturevalue("shared"))


def dev(shared: Path) -> KnowledgeGraph:
    from kg.run import build_from

    with gzip.open(shared / "data" / "gold" / "kg-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return build_from(kg.Document(row["id"], row["text"]) for row in rows)


def written(write: Callable[..., None], graph: KnowledgeGraph) -> bytes:
    stream = io.BytesIO()
    write(graph, stream)
    return stream.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_independent_parsers_count_the_same(proven: KnowledgeGraph, form: str, tmp_path: Path) -> None:
    write, oxigraph, parser = FORMATS[form]
    expected = set(quads(proven)) if form in ("trig", "nquads") else {pyoxigraph.Quad(*triple) for triple in triples(proven)}
    data = written(write, proven)
    assert set(pyoxigraph.parse(data, oxigraph)) == expected
    path = tmp_path / f"news.{form}"
    path.write_bytes(data)
    if shutil.which("serdi") is None or shutil.which("rapper") is None:
        pytest.skip("rapper and serdi are not installed (Debian: raptor2-utils, serdi)")
    assert rapper(path, parser) == serdi(path, parser) == len(expected)


def rapper(path: Path, form: str) -> int:
    answer = subprocess.run(["rapper", "-c", "-i", form, path], capture_output=True, text=True, errors="replace")
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert "rror" not in answer.stderr, answer.stderr[-2000:]
    return int(re.findall(r"returned (\d+) triples", answer.stderr)[0])


def serdi(path: Path, form: str) -> int:
    answer = subprocess.run(["serdi", "-i", form, "-o", "nquads", path], capture_output=True)
    assert (answer.returncode, answer.stderr) == (0, b"")
    return answer.stdout.count(b"\n")


def test_rdflib_reads_the_same(proven: KnowledgeGraph) -> None:
    expected = list(triples(proven))
    read = rdflib.Graph().parse(data=written(write_turtle, proven), format="turtle")
    assert len(read) == len(set(expected)) == len(expected) == len(proven.to_rdf())
    assert not any(isinstance(term, rdflib.BNode) for triple in read for term in triple)


def test_json_ld_is_the_turtle(proven: KnowledgeGraph) -> None:
    data = written(write_jsonld, proven)
    expected = {pyoxigraph.Quad(*triple) for triple in triples(proven)}
    found = pyld.jsonld.to_rdf(json.loads(data), {"format": "application/n-quads"})
    assert set(pyoxigraph.parse(found.encode("utf-8"), RdfFormat.N_QUADS)) == expected
    assert set(pyoxigraph.parse(data, RdfFormat.JSON_LD)) == expected


def test_a_graph_for_each_article(proven: KnowledgeGraph) -> None:
    """What an article's graph says of spans, claims and memberships it says with its own evidence."""
    store = pyoxigraph.Store()
    store.extend(quads(proven))
    articles = {node.id for node in proven.nodes("DOCUMENT")}
    assert len(set(store.named_graphs())) == len(articles)
    strangers = "ASK { GRAPH ?a { ?span oa:hasSource ?article } FILTER(?a != ?article) }"
    assert not store.query(strangers, prefixes=NAMESPACES)
    outside = "ASK { ?x a schema:Claim }"
    assert not store.query(outside, prefixes=NAMESPACES)


def test_no_literal_is_empty_and_a_claim_has_the_words_of_its_evidence(proven: KnowledgeGraph) -> None:
    found = list(triples(proven))
    assert all(triple.object.value for triple in found)
    texts = {triple.object.value for triple in found if triple.predicate == name("schema:text")}
    exact = {triple.object.value for triple in found if triple.predicate == name("oa:exact")}
    assert len(texts) > 5
    assert {piece for text in texts for piece in text.split(" … ")} <= exact


def test_every_selector_cuts_its_quote(proven: KnowledgeGraph) -> None:
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*triple) for triple in triples(proven))
    rows: Any = store.query(
        """SELECT ?body ?start ?end ?exact ?prefix ?suffix { ?span a oa:SpecificResource ;
        oa:hasSource/schema:articleBody ?body ;
        oa:hasSelector ?at, ?words . ?at oa:start ?start ; oa:end ?end . ?words oa:exact ?exact
        OPTIONAL { ?words oa:prefix ?prefix } OPTIONAL { ?words oa:suffix ?suffix } }""",
        prefixes=NAMESPACES,
    )
    count = 0
    for body, start, end, exact, prefix, suffix in rows:
        low, high = int(start.value), int(end.value)
        assert body.value[low:high] == exact.value
        assert body.value[max(low - 32, 0) : low] == (prefix.value if prefix else "")
        assert body.value[high : high + 32] == (suffix.value if suffix else "")
        count += 1
    assert count == sum(1 for _ in store.quads_for_pattern(None, pyoxigraph.NamedNode(f"{NAMESPACES['oa']}hasSource"), None))
    assert count > 10


@SHACL_WARNS
def test_the_shapes_hold_and_nothing_said_is_asserted(proven: KnowledgeGraph) -> None:
    assert not asserted(written(write_turtle, proven))
    found, report = conforms(proven.to_rdf())
    assert found, report[:3000]


def test_its_own_json_comes_back_equal(proven: KnowledgeGraph, tmp_path: Path) -> None:
    kg.write(proven, tmp_path / "news.json")
    again = kg.read_json(tmp_path / "news.json")
    assert list(again.nodes()) == list(proven.nodes())
    assert list(again.edges()) == list(proven.edges())
    assert written(write_turtle, again) == written(write_turtle, proven)
