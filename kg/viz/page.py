"""Exporter: KnowledgeGraph to one HTML file that holds all it needs and asks nothing of any network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.viz.payload import page_data

if TYPE_CHECKING:
    from pyvis.network import Network

    from kg.graph.network import KnowledgeGraph

__all__ = ["write_html"]

_SCRIPTS = (  # one program, in the order of reading
    *("data", "state", "filters", "paths", "link"),
    *("canvas", "lines", "labels", "movement"),
    *("evidence", "claims", "people", "panel"),
    *("timeline", "map", "speakers", "contradictions", "views", "download"),
    *("facets", "list", "keys", "page"),
)
_STYLES = ("page", "side", "sheets", "media")
_VENDOR = "vendor/vis-network.min.js"
_PLAIN = 1_000_000  # letters of data
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "selectable": False, "keyboard": False, "selectConnectedEdges": False},
}


def write_html(graph: KnowledgeGraph, stream: BinaryIO, *, title: str = "Who said what", **options: Any) -> None:
    """Write ``graph`` as one page, UTF-8; the same graph gives the same bytes.  There are no other ``options``."""
    if options:
        raise TypeError(f"write_html() got an unexpected option {next(iter(options))!r}")
    data = page_data(graph.in_memory(), title)
    net = _network(data)
    scripts = {"library": _source(_VENDOR), "program": _program()}
    with as_file(files("kg.viz")) as folder:
        net.set_template_dir(str(folder), "template.html")
        environment = net.templateEnv
        environment.autoescape = True
        environment.globals.update(_parts(data, title, scripts))
        page = net.generate_html()
    stream.write(page.encode("utf-8", "replace"))


def _network(data: dict[str, Any]) -> Network:
    """pyvis's network under opaque numbers; what it made of the nodes goes back to ``data``, column by column."""
    from pyvis.network import Network
    from pyvis.node import Node

    net = Network(directed=True, cdn_resources="in_line")
    net.set_options(json.dumps(_OPTIONS))
    nodes = data["nodes"]
    for number, (x, y, size) in enumerate(zip(nodes["x"], nodes["y"], nodes["size"], strict=True)):
        # what add_node does, which looks through all nodes each time
        node = Node(number, "custom", label=" ", x=x, y=y, size=size)
        net.nodes.append(node.options)
        net.node_ids.append(number)
        net.node_map[number] = node.options
    nodes.update({name: [node[name] for node in net.nodes] for name in ("x", "y", "size")})
    data["options"] = net.options
    return net


def _parts(data: dict[str, Any], title: str, scripts: dict[str, str]) -> dict[str, Any]:
    """What the template puts in its places, all but the title as it is: our own sources, and data that is escaped already."""
    for name, script in scripts.items():
        if re.search(r"</script|<!--", script, re.IGNORECASE):
            raise ValueError(f"the {name} script would end its own element")
    kind, payload = _payload(data)
    own = {"style": "".join(_source(f"{name}.css") for name in _STYLES), "kind": kind, "payload": payload, **scripts}
    return {"title": title, "policy": _policy(list(scripts.values())), **own}


def _payload(data: dict[str, Any]) -> tuple[str, str]:
    """The media type and the text of the data: plain as long as it is small, else as gzip in base 64."""
    text = escaped_json(data)
    if len(text) <= _PLAIN:
        return "application/json", text
    packed = gzip.compress(text.encode("utf-8", "replace"), 6, mtime=0)
    return "application/gzip", base64.b64encode(packed).decode()


def escaped_json(data: Any) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element or break a line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _policy(scripts: list[str]) -> str:
    """Nothing loads but the page's own scripts, known by their hashes."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    rules = [f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:"]
    return "; ".join([*rules, "connect-src 'none'; base-uri 'none'; form-action 'none'"])


def _source(name: str) -> str:
    return (files("kg.viz") / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _program() -> str:
    """The page's own files as one script, whose names stay its own."""
    return '"use strict";\n(async () => {\n' + "\n".join(_source(f"{name}.js") for name in _SCRIPTS) + "})();\n"
