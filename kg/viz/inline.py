"""KnowledgeGraph to a frame inside a notebook: the page of its best connected nodes, which asks nothing of the notebook."""

from __future__ import annotations

import html
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from kg.graph.network import KnowledgeGraph, Node
from kg.graph.parts import part
from kg.records import Entity
from kg.viz.page import write_html

__all__ = ["best_connected", "inline_html"]

_MOST = 300  # nodes; a frame is kept in the notebook's file
_HEIGHT = 640
# Its own scripts run, cut off from the notebook around it; articles open in a tab of their own; exports are saved.
_SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
_STYLE = f"width:100%;height:{_HEIGHT}px;border:1px solid #ddd;border-radius:6px;box-sizing:border-box"


def inline_html(graph: KnowledgeGraph, most: int = _MOST) -> str:
    """The page of ``graph`` in a sandboxed frame that holds all it needs; at most ``most`` nodes, and a line on the rest."""
    shown = best_connected(graph, most)
    page = io.BytesIO()
    write_html(shown, page)
    frame = (
        f'<iframe title="Graph: who said what" sandbox="{_SANDBOX}" style="{_STYLE}"'
        f" srcdoc='{_attribute(page.getvalue().decode('utf-8'))}'></iframe>"
    )
    hidden = graph.network.number_of_nodes() - shown.network.number_of_nodes()
    return frame + (_note(shown.network.number_of_nodes(), hidden) if hidden else "")


def _attribute(text: str) -> str:
    """Text for an attribute between single quotation marks, of which a page holds few."""
    return html.escape(text, quote=False).replace("'", "&#x27;")


def _note(shown: int, hidden: int) -> str:
    return (
        f"<p>The {shown:,} best connected of {shown + hidden:,} names, claims and articles; {hidden:,} are hidden. "
        "<code>graph.show()</code> opens all of them in a browser.</p>"
    )


def best_connected(graph: KnowledgeGraph, most: int = _MOST) -> KnowledgeGraph:
    """The part of ``graph`` with at most ``most`` nodes, in which every node and edge still has evidence; all of it if it fits.

    Up to half are the names with the most connections, each with an article that mentions it; then come
    the claims that these names make, one of each in turn; then whatever has the most connections.
    """
    if graph.network.number_of_nodes() <= most:
        return graph
    ranked = sorted(graph.nodes(), key=lambda node: (-graph.network.degree(node.id), node.id))
    names = [node.id for node in ranked if isinstance(node.record, Entity)]
    chosen: set[str] = set()
    _add(graph, names, chosen, most // 2)
    _add(graph, list(_in_turn(graph, [name for name in names if name in chosen])), chosen, most)
    _add(graph, [node.id for node in ranked], chosen, most)
    return part(graph, chosen)


def _add(graph: KnowledgeGraph, ids: Iterable[str], chosen: set[str], most: int) -> None:
    """Add each of ``ids`` with the article that it needs, as long as both fit."""
    for id in ids:
        needed = {id, *_article(graph.node(id), chosen)} - chosen
        if len(chosen) + len(needed) <= most:
            chosen |= needed


def _article(node: Node, chosen: set[str]) -> set[str]:
    """The article in which ``node`` has most of its evidence, unless one that it stands in is chosen."""
    documents = Counter(item.document for item in node.evidence)
    if not documents or not chosen.isdisjoint(documents):
        return set()
    return {min(documents, key=lambda name: (-documents[name], name))}


def _in_turn(graph: KnowledgeGraph, names: list[str]) -> Iterator[str]:
    """What the names say: the surest claim of each, then the second of each, and so on."""
    said = [sorted(graph.edges_from(name, "said"), key=lambda edge: (-edge.score, edge.target)) for name in names]
    for turn in zip_longest(*said):
        yield from (edge.target for edge in turn if edge)
