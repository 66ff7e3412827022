"""The endpoint as tools meet it: the SPARQL 1.1 protocol over HTTP, read-only, on this machine alone."""

from __future__ import annotations

import csv
import http.client
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

import kg
from kg.query import store_of
from kg.query.serve import server
from tests import engines, samples

PEOPLE = "SELECT ?who { ?x a <https://schema.org/Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?who } ORDER BY ?who"
CONSTRUCT = "CONSTRUCT { ?x a <urn:x> } WHERE { ?x a <https://schema.org/Person> }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with server(store_of(samples.whole()), 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        assert running.server_address[0] == "127.0.0.1"
        yield running.server_port
        running.shutdown()


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    found = reply.status, reply.headers.get_content_type(), reply.read().decode("utf-8")
    connection.close()
    return found


def test_get_and_both_ways_to_post_answer_alike(port: int) -> None:
    replies = [
        ask(port, "GET", f"/sparql?{urlencode({'query': PEOPLE})}"),
        ask(port, "POST", "/sparql", urlencode({"query": PEOPLE}), **FORM),
        ask(port, "POST", "/sparql", PEOPLE, **QUERY),
    ]
    assert replies[0][:2] == (200, "application/sparql-results+json")
    assert replies[0] == replies[1] == replies[2]
    names = [row["who"]["value"] for row in json.loads(replies[0][2])["results"]["bindings"]]
    assert "Mirela Dantov" in names
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("accepted", "kind", "begins"),
    [
        ("text/csv", "text/csv", "who"),
        ("text/tab-separated-values", "text/tab-separated-values", "?who"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("application/xml;q=0.5, text/csv;q=0.9", "text/csv", "who"),
        ("text/html, text/*;q=0.4", "text/csv", "who"),
        ("*/*", "application/sparql-results+json", "{"),
    ],
)
def test_the_format_is_what_is_accepted(port: int, accepted: str, kind: str, begins: str) -> None:
    status, found, text = ask(port, "POST", "/sparql", PEOPLE, Accept=accepted, **QUERY)
    assert (status, found) == (200, kind)
    assert text.startswith(begins)
    if kind == "text/csv":
        assert ["Mirela Dantov"] in list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("kind", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_construct_gives_rdf(port: int, kind: str) -> None:
    status, found, text = ask(port, "POST", "/sparql", CONSTRUCT, Accept=kind, **QUERY)
    assert (status, found) == (200, kind)
    assert "mirela-dantov" in text


def test_ask(port: int) -> None:
    _, _, text = ask(port, "POST", "/sparql", "ASK { ?s ?p ?o }", **QUERY)
    assert json.loads(text)["boolean"] is True


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "sentence"),
    [
        ("POST", "/sparql", "SELECT {", QUERY, 400, "the query is no SPARQL 1.1"),
        ("POST", "/sparql", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", QUERY, 400, "SERVICE is refused"),
        ("GET", "/sparql", None, {}, 400, "one query is needed"),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=urn:x", None, {}, 400, "FROM and GRAPH"),
        ("POST", "/sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", QUERY, 400, "the query is no SPARQL 1.1"),
        ("POST", "/sparql", "update=CLEAR+ALL", FORM, 403, "updates are refused"),
        ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403, "updates are refused"),
        ("POST", "/sparql", "x", {"Content-Type": "text/plain"}, 415, "application/sparql-query"),
        ("POST", "/sparql", PEOPLE, {**QUERY, "Accept": "image/png"}, 406, "application/sparql-results+json"),
        ("POST", "/sparql", "x", {**QUERY, "Content-Length": "9999999999"}, 413, "at most"),
        ("GET", "/else", None, {}, 404, "SPARQL at /sparql"),
        ("GET", "/", None, {"Host": "evil.example"}, 403, "answers only to 127.0.0.1"),
    ],
)
def test_what_is_refused_says_why_in_one_sentence(
    port: int, method: str, path: str, body: str | None, headers: dict[str, str], status: int, sentence: str
) -> None:
    found, kind, text = ask(port, method, path, body, **headers)
    assert (found, kind) == (status, "text/plain")
    assert sentence in text
    assert text.count("\n") == 1
    assert ask(port, "POST", "/sparql", PEOPLE, **QUERY)[0] == 200, "it goes on"


def test_the_named_questions_get_the_same_rows_over_http(tmp_path: Path, port: int) -> None:
    path = tmp_path / "news.ttl"
    kg.write(samples.whole(), path)
    with engines.endpoint(f"http://127.0.0.1:{port}/sparql") as ask:
        assert engines.compare(ask, path)
    assert not engines.compare(lambda sparql: b'{"head": {"vars": []}, "results": {"bindings": []}}', path)


def test_a_name_is_looked_up_and_bound(port: int) -> None:
    asked = "SELECT ?about ?who { ?about a <https://schema.org/Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?who }"
    _, _, text = ask(port, "POST", "/sparql?about=mirela+dantov", asked, Accept="text/csv", **QUERY)
    assert [row["who"] for row in csv.DictReader(io.StringIO(text))] == ["Mirela Dantov"]
    assert ask(port, "POST", "/sparql?about=Nobody+Atall", asked, **QUERY)[::2] == (
        400,
        "nothing in the graph is called 'Nobody Atall'\n",
    )
    status, _, text = ask(port, "POST", "/sparql?about=Mirela+Dantov", PEOPLE, **QUERY)
    assert status == 400
    assert "selects no ?about" in text


def test_the_page_holds_the_questions_and_fetches_nothing_from_elsewhere(port: int) -> None:
    status, kind, text = ask(port, "GET", "/")
    assert (status, kind) == (200, "text/html")
    assert '"name": "who-said-what"' in text
    assert "http" not in text.split('<script type="application/json"')[0]
