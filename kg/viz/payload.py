"""KnowledgeGraph to the plain data of a page: columns of strings and numbers, places included.

Offsets are turned from Unicode code points, as Python counts, to UTF-16 units, as browsers count.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.records import Affiliation, Claim, Document, Entity, Evidence, Mention

if TYPE_CHECKING:
    from kg.graph.network import KnowledgeGraph, Node

__all__ = ["SAID_ABOUT", "page_data"]

SAID_ABOUT = "said about"  # drawn from a speaker to what a claim is about, while claims themselves are not drawn
_CORE = ("affiliation", "participant", "located in", SAID_ABOUT)
_MOST = 3000  # nodes at first sight; the less connected wait behind a switch
Column = list[Any]
Table = dict[str, Column]


def page_data(graph: KnowledgeGraph, title: str) -> dict[str, Any]:
    """All that the page shows, as JSON can hold it; the same graph gives the same data."""
    nodes = list(graph.nodes())
    index = {node.id: place for place, node in enumerate(nodes)}
    spans = _Spans({node.id: node.record for node in nodes if isinstance(node.record, Document)}, index)
    owner = {
        (mention.document, mention.start, mention.end): index[node.id]
        for node in nodes
        if isinstance(node.record, Entity)
        for mention in node.record.mentions
    }
    affiliations = _Affiliations(spans, owner)
    edges = _edges(graph, index, spans, affiliations)
    claims = _claims(nodes, spans, affiliations)
    lines = _lines(edges)
    return {
        "title": title,
        "kinds": [
            {"name": kind.name, "label": kind.label, "plural": kind.plural, "colour": kind.colour}
            for kind in vocab.KINDS.values()
        ],
        "relations": [*({"name": item.name, "label": item.label} for item in vocab.RELATIONS.values()), _said_about()],
        "nodes": _nodes(nodes, lines, spans),
        "edges": edges,
        "lines": lines,
        "documents": _documents(nodes),
        "entities": _entities(nodes),
        "claims": claims,
        "affiliations": affiliations.columns,
        "spans": spans.columns,
    }


def _said_about() -> dict[str, str]:
    return {"name": SAID_ABOUT, "label": "speaks about"}


def _table(*names: str) -> Table:
    return {name: [] for name in names}


def _add(table: Table, *values: Any) -> int:
    """Append one row; its number."""
    for column, value in zip(table.values(), values, strict=True):
        column.append(value)
    return len(next(iter(table.values()))) - 1


# ------------------------------------------------------------------ evidence
def _units(text: str) -> Callable[[int], int]:
    """From code points to UTF-16 units within ``text``."""
    wide = [place for place, letter in enumerate(text) if letter > "\uffff"] if text and max(text) > "\uffff" else []
    return lambda offset: offset + bisect_left(wide, offset)


class _Spans:
    """Each stretch of text once, by number."""

    def __init__(self, documents: dict[str, Document], index: dict[str, int]) -> None:
        self.columns = _table("document", "start", "end", "score")
        self._index = index
        self._units = {id: _units(document.text) for id, document in documents.items()}
        self._seen: dict[tuple[str, int, int, float], int] = {}

    def add(self, item: Evidence | Mention) -> int:
        key = (item.document, item.start, item.end, item.score)
        if key not in self._seen:
            units = self._units[item.document]
            row = (self._index[item.document], units(item.start), units(item.end), round(item.score, 3))
            self._seen[key] = _add(self.columns, *row)
        return self._seen[key]

    def all(self, items: Iterable[Evidence | Mention]) -> list[int]:
        return [self.add(item) for item in items]

    def maybe(self, item: Evidence | Mention | None) -> int:
        return -1 if item is None else self.add(item)


class _Affiliations:
    """Each affiliation once, by number."""

    def __init__(self, spans: _Spans, owner: dict[tuple[str, int, int], int]) -> None:
        names = ("person", "role", "name", "organisation", "place", "party", "status", "span", "score")
        self.columns = _table(*names)
        self._spans = spans
        self._owner = owner
        self._seen: dict[Affiliation, int] = {}

    def maybe(self, item: Affiliation | None) -> int:
        if item is None:
            return -1
        if item not in self._seen:
            people = [self._node(item.person), self._spans.maybe(item.role), item.role_name or ""]
            rooms = [self._node(item.organisation), self._node(item.place), item.party or "", item.status]
            row = (*people, *rooms, self._spans.add(item.evidence), round(item.score, 3))
            self._seen[item] = _add(self.columns, *row)
        return self._seen[item]

    def _node(self, mention: Mention | None) -> int:
        return -1 if mention is None else self._owner.get((mention.document, mention.start, mention.end), -1)


# ------------------------------------------------------------------ tables
def _documents(nodes: list[Node]) -> Table:
    table = _table("node", "text", "title", "url", "published", "publisher")
    for place, node in enumerate(nodes):
        item = node.record
        if isinstance(item, Document):
            words = (item.text, item.title or node.label, item.url or "", item.published or "", item.publisher or "")
            _add(table, place, *words)
    return table


def _entities(nodes: list[Node]) -> Table:
    table = _table("node", "aliases", "same_as")
    for place, node in enumerate(nodes):
        if isinstance(node.record, Entity):
            aliases = [alias for alias in node.record.aliases if alias != node.label]
            _add(table, place, aliases, list(node.record.same_as))
    return table


def _claims(nodes: list[Node], spans: _Spans, affiliations: _Affiliations) -> Table:
    names = ("node", "kind", "content", "cue", "lemma", "source", "form", "unresolved", "source_type", "justification")
    table = _table(*names, "affiliation", "polarity", "modality", "score", "speaker_score", "trace")
    for place, node in enumerate(nodes):
        item = node.record
        if isinstance(item, Claim):
            words = [place, item.kind, spans.all(item.content), spans.maybe(item.cue), item.cue_lemma or ""]
            speaker = [spans.maybe(item.source), item.form, item.unresolved or "", item.source_type]
            reasons = [spans.maybe(item.justification), affiliations.maybe(item.affiliation), item.polarity, item.modality]
            scores = [round(item.score, 3), round(item.speaker_score, 3), list(item.trace)]
            _add(table, *words, *speaker, *reasons, *scores)
    return table


def _edges(graph: KnowledgeGraph, index: dict[str, int], spans: _Spans, affiliations: _Affiliations) -> Table:
    table = _table("source", "target", "relation", "note", "score", "spans", "affiliation")
    relations = {name: place for place, name in enumerate(vocab.RELATIONS)}
    for edge in graph.edges():
        ends = (index[edge.source], index[edge.target], relations[edge.relation])
        rest = (edge.note, round(edge.score, 3), spans.all(edge.evidence), affiliations.maybe(edge.record))
        _add(table, *ends, *rest)
    return table


def _lines(edges: Table) -> Table:
    """What is drawn: one line for all edges of one relation between two nodes, and for all that one says about another.

    ``members`` are rows of the edges, or, for "said about", the nodes of the claims.
    """
    names = [*vocab.RELATIONS, SAID_ABOUT]
    groups: dict[tuple[int, int, int], list[int]] = {}
    speakers: dict[int, list[int]] = {}
    topics: dict[int, list[int]] = {}
    for row, (source, target, relation) in enumerate(zip(edges["source"], edges["target"], edges["relation"], strict=True)):
        if source != target:
            groups.setdefault((source, target, relation), []).append(row)
        if names[relation] == "said":
            speakers.setdefault(target, []).append(source)
        elif names[relation] == "about":
            topics.setdefault(source, []).append(target)
    about = names.index(SAID_ABOUT)
    for claim in sorted(topics):
        for speaker in speakers.get(claim, []):
            for topic in topics[claim]:
                if speaker != topic:
                    groups.setdefault((speaker, topic, about), []).append(claim)
    table = _table("source", "target", "relation", "members")
    for key in sorted(groups):
        _add(table, *key, groups[key])
    return table


def _nodes(nodes: list[Node], lines: Table, spans: _Spans) -> Table:
    from kg.viz.layout import positions

    names = [*vocab.RELATIONS, SAID_ABOUT]
    core = {names.index(name) for name in _CORE}
    joined = list(zip(lines["source"], lines["target"], lines["relation"], map(len, lines["members"]), strict=True))
    degree = [0] * len(nodes)
    for source, target, relation, count in joined:
        if relation in core:
            degree[source] += count
            degree[target] += count
    for source, _, relation, count in joined:
        if names[relation] == "said":
            degree[source] += count if degree[source] else 0
    sizes = [_size(node, weight) for node, weight in zip(nodes, degree, strict=True)]
    ids = [node.id for node in nodes]
    links = [(ids[a], ids[b], float(count)) for a, b, relation, count in joined if relation in core]
    later = [(ids[a], ids[b], 1.0) for a, b, relation, _ in joined if relation not in core]
    widths = {node.id: 12.0 + 5.8 * min(28, len(node.label)) for node in nodes}
    place = positions(dict(zip(ids, sizes, strict=True)), links, later, widths)
    kinds = list(vocab.KINDS)
    minor = _minor(nodes, degree)
    table = _table("id", "kind", "label", "x", "y", "size", "degree", "minor", "spans")
    for number, node in enumerate(nodes):
        x, y = place[node.id]
        evidence = spans.all(node.evidence) if isinstance(node.record, Entity) else []
        row = (node.id, kinds.index(node.kind), node.label, x, y, sizes[number], degree[number], minor[number])
        _add(table, *row, evidence)
    return table


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
