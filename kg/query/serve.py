"""A read-only SPARQL 1.1 endpoint on the loopback address, with a page to ask on.

Nothing but this machine can reach it: it listens on 127.0.0.1, answers only to that name or localhost (so that no web page
can reach it by a name of its own), and allows no other origin.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

from kg.query.answers import things
from kg.query.oxigraph import query
from kg.query.questions import check, questions
from kg.vocab import NAMESPACES

__all__ = ["server"]

_MOST: Final = 1_000_000  # bytes of a query
_RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_TRIPLES: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


def server(store: Store, port: int) -> ThreadingHTTPServer:
    """A server that is ready to ``serve_forever``; OSError when the port is taken."""

    class Handler(_Handler):
        data = store

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


class _Refused(Exception):  # noqa: N818  # an answer to the client, not a mistake of the program
    """A request that gets no answer: the status and a sentence why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    """One request; the standard library's way of saying what to do with it."""

    data: Store
    server_version = "kg"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _answer(self, respond: Any) -> None:
        try:
            self._check_host()
            kind, body = respond()
            self._send(200, kind, body)
        except _Refused as refused:
            self._send(refused.status, "text/plain; charset=utf-8", f"{refused}\n".encode())
        except (ValueError, OSError) as error:
            self._send(400, "text/plain; charset=utf-8", f"{' '.join(str(error).split())}\n".encode())

    def _check_host(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in ("127.0.0.1", "localhost"):
            raise _Refused(403, "this endpoint answers only to 127.0.0.1 and localhost")

    def _get(self) -> tuple[str, bytes]:
        url = urlsplit(self.path)
        if url.path == "/":
            return "text/html; charset=utf-8", _page()
        if url.path != "/sparql":
            raise _Refused(404, "there is a page at / and SPARQL at /sparql")
        return self._sparql(parse_qs(url.query, keep_blank_values=True))

    def _post(self) -> tuple[str, bytes]:
        url = urlsplit(self.path)
        if url.path != "/sparql":
            raise _Refused(404, "SPARQL is at /sparql")
        size = self.headers.get("Content-Length", "")
        if not size.isascii() or not size.isdigit() or int(size) > _MOST:
            raise _Refused(413, f"a query has a Content-Length of at most {_MOST} bytes")
        text = self.rfile.read(int(size)).decode("utf-8")
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-query":
            return self._sparql({**parse_qs(url.query), "query": [text]})
        if kind == "application/x-www-form-urlencoded":
            return self._sparql(parse_qs(text, keep_blank_values=True))
        if kind == "application/sparql-update":
            raise _Refused(403, "this endpoint is read-only: updates are refused")
        raise _Refused(415, "a query comes as application/sparql-query or application/x-www-form-urlencoded")

    def _sparql(self, fields: dict[str, list[str]]) -> tuple[str, bytes]:
        if "update" in fields:
            raise _Refused(403, "this endpoint is read-only: updates are refused")
        if len(fields.get("query", [])) != 1:
            raise _Refused(400, "one query is needed, in the field query")
        if "default-graph-uri" in fields or "named-graph-uri" in fields:
            raise _Refused(400, "graphs are chosen within the query, by FROM and GRAPH")
        check(fields["query"][0])
        found = query(self.data, fields["query"][0], self._about(fields))
        accepted = self.headers.get("Accept", "*/*")
        if isinstance(found, QueryTriples):
            kind = _chosen(accepted, _TRIPLES)
            return kind, serialize(found, format=_TRIPLES[kind], prefixes=NAMESPACES) or b""
        kind = _chosen(
            accepted, _RESULTS, without=("text/csv", "text/tab-separated-values") if isinstance(found, QueryBoolean) else ()
        )
        return kind, found.serialize(format=_RESULTS[kind])

    def _about(self, fields: dict[str, list[str]]) -> str | None:
        """Our own addition to the protocol: the one thing, by its name, to bind to ?about."""
        named = things(self.data, fields["query"][0], fields.get("about", []))
        if len(named) > 1:
            raise _Refused(400, f"{len(named)} things have that name; write more of it")
        return next(iter(named), None)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing: the library never prints."""


def _chosen(accepted: str, offered: dict[str, Any], without: tuple[str, ...] = ()) -> str:
    """The media type that the client likes best (RFC 9110), of those that are offered; the first one if it likes any."""
    kinds = [kind for kind in offered if kind not in without]
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.lower().split(",")):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
        wanted.append((-_number(quality), place, kind))
    for weight, _, kind in sorted(wanted):
        match = next((offer for offer in kinds if kind in (offer, "*/*", offer.partition("/")[0] + "/*")), None)
        if match and weight < 0:
            return match
    raise _Refused(406, f"there is {', '.join(kinds)}")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _page() -> bytes:
    data = json.dumps([asdict(item) for item in questions().values()]).replace("<", "\\u003c")
    return files("kg.query").joinpath("page.html").read_text(encoding="utf-8").replace("QUESTIONS", data).encode()
