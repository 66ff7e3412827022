"""The picture: where nodes lie, how large they are, and which of them are seen first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from kg import vocab
from kg.records import Claim, Entity
from kg.viz.columns import Table, add, table
from kg.viz.layout import positions

if TYPE_CHECKING:
    from kg.graph.network import Node

__all__ = ["SAID_ABOUT", "few", "picture"]

SAID_ABOUT = "said about"  # drawn from a speaker to what a claim is about, while claims themselves are not drawn
_CORE = ("affiliation", "participant", "located in", SAID_ABOUT)
_LOOSE = "repeats"  # drawn without force: words that every outlet prints would draw all their claims to one spot
_MOST = 3000  # names at first sight; the less connected wait behind a switch
_FEW = 26  # names at first sight on a narrow screen
_NARROW = 0.8  # width to height of that screen's picture
_LETTER = 5.8  # the width of a letter, in pixels
Joined = list[tuple[int, int, int, int]]  # source, target, relation, how many


def picture(nodes: list[Node], lines: Table) -> Table:
    """A row for every node, with its place, its radius, and 1 as ``minor`` when it waits behind a switch."""
    names = [*vocab.RELATIONS, SAID_ABOUT]
    core = {names.index(name) for name in _CORE}
    joined: Joined = list(zip(lines["source"], lines["target"], lines["relation"], map(len, lines["members"]), strict=True))
    degree = _degrees(len(nodes), joined, core, names.index("said"))
    sizes = [_size(node, weight) for node, weight in zip(nodes, degree, strict=True)]
    ids = [node.id for node in nodes]
    links = [(ids[a], ids[b], float(count)) for a, b, relation, count in joined if relation in core]
    free = {*core, names.index(_LOOSE)}
    later = [(ids[a], ids[b], 1.0) for a, b, relation, _ in joined if relation not in free]
    widths = {node.id: _width(node.label) for node in nodes}
    place = positions(dict(zip(ids, sizes, strict=True)), links, later, widths)
    kinds = list(vocab.KINDS)
    minor = _minor(nodes, degree)
    rows = table("id", "kind", "label", "x", "y", "size", "degree", "minor")
    for number, node in enumerate(nodes):
        x, y = place[node.id]
        add(rows, node.id, kinds.index(node.kind), node.label, x, y, sizes[number], degree[number], minor[number])
    return rows


def few(nodes: Table, lines: Table) -> Table:
    """The best connected names with places of their own, for screens that are too narrow for all of them."""
    names = [*vocab.RELATIONS, SAID_ABOUT]
    core = {names.index(name) for name in _CORE}
    speaking = {place for place, kind in enumerate(nodes["kind"]) if list(vocab.KINDS)[kind] not in ("CLAIM", "DOCUMENT")}
    best = sorted(speaking, key=lambda place: (-nodes["degree"][place], nodes["id"][place]))[:_FEW]
    chosen = set(best)
    joined = zip(lines["source"], lines["target"], lines["relation"], map(len, lines["members"]), strict=True)
    links = [(str(a), str(b), float(count)) for a, b, relation, count in joined if relation in core and {a, b} <= chosen]
    chosen = {int(end) for a, b, _ in links for end in (a, b)}
    sizes = {str(place): nodes["size"][place] for place in chosen}
    widths = {str(place): 1.6 * _width(nodes["label"][place]) for place in chosen}
    found = positions(sizes, links, labels=widths, shape=_NARROW)
    rows = table("node", "x", "y")
    for place in sorted(chosen):
        add(rows, place, *found[str(place)])
    return rows


def _width(label: str) -> float:
    return 12.0 + _LETTER * min(28, len(label))


def _degrees(count: int, joined: Joined, core: set[int], said: int) -> list[int]:
    """By how much each node is joined to others; what people say counts when they are joined to anything."""
    degree = [0] * count
    for source, target, relation, weight in joined:
        if relation in core:
            degree[source] += weight
            degree[target] += weight
    for source, _, relation, weight in joined:
        if relation == said:
            degree[source] += weight if degree[source] else 0
    return degree


def _size(node: Node, degree: int) -> float:
    """The radius: by what it is joined to, so that who matters is seen first."""
    if isinstance(node.record, Entity):
        return round(min(32.0, 5.5 + 2.9 * math.sqrt(degree)), 1)
    return 6.5 if isinstance(node.record, Claim) else 8.0


def _minor(nodes: list[Node], degree: list[int]) -> list[int]:
    """1 for entities that wait behind a switch: joined to nothing, or beyond the number that a reader can take in."""
    entities = [place for place, node in enumerate(nodes) if isinstance(node.record, Entity)]
    best = sorted(entities, key=lambda place: (-degree[place], nodes[place].id))[:_MOST]
    seen = {place for place in best if degree[place]} or set(best)
    return [int(isinstance(node.record, Entity) and place not in seen) for place, node in enumerate(nodes)]
