"""KnowledgeGraph to the plain data of a page: columns of strings and numbers, places in the picture included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.records import Claim, Document, Entity
from kg.viz.coast import frame_around, outlines
from kg.viz.columns import Affiliations, Happenings, Spans, Table, add, table
from kg.viz.picture import SAID_ABOUT, few, picture

if TYPE_CHECKING:
    from kg.graph.network import KnowledgeGraph, Node

__all__ = ["page_data"]


def page_data(graph: KnowledgeGraph, title: str) -> dict[str, Any]:
    """All that the page shows, as JSON can hold it; the same graph gives the same data."""
    nodes = list(graph.nodes())
    index = {node.id: place for place, node in enumerate(nodes)}
    spans = Spans({node.id: node.record for node in nodes if isinstance(node.record, Document)}, index)
    owner = {
        (mention.document, mention.start, mention.end): index[node.id]
        for node in nodes
        if isinstance(node.record, Entity)
        for mention in node.record.mentions
    }
    affiliations = Affiliations(spans, owner)
    happenings = Happenings(spans)
    for place, node in enumerate(nodes):
        happenings.add(place, node.events)
    edges = _edges(graph, index, spans, affiliations)
    claims = _claims(nodes, spans, affiliations)
    lines = _lines(edges)
    drawn = picture(nodes, lines) | {"spans": _mentions(nodes, spans)}
    places = _places(nodes)
    return {
        "title": title,
        "kinds": [
            {"name": kind.name, "label": kind.label, "plural": kind.plural, "colour": kind.colour}
            for kind in vocab.KINDS.values()
        ],
        "relations": [*({"name": item.name, "label": item.label} for item in vocab.RELATIONS.values()), _said_about()],
        "nodes": drawn,
        "few": few(drawn, lines),
        "edges": edges,
        "lines": lines,
        "documents": _documents(nodes),
        "entities": _entities(nodes),
        "places": places,
        "map": _map(places),
        "events": happenings.columns,
        "claims": claims,
        "affiliations": affiliations.columns,
        "spans": spans.columns,
    }


def _said_about() -> dict[str, str]:
    return {"name": SAID_ABOUT, "label": "speaks about"}


# ------------------------------------------------------------------ tables
def _documents(nodes: list[Node]) -> Table:
    rows = table("node", "text", "title", "url", "published", "publisher")
    for place, node in enumerate(nodes):
        item = node.record
        if isinstance(item, Document):
            words = (item.text, item.title or node.label, item.url or "", item.published or "", item.publisher or "")
            add(rows, place, *words)
    return rows


def _entities(nodes: list[Node]) -> Table:
    rows = table("node", "aliases", "same_as")
    for place, node in enumerate(nodes):
        if isinstance(node.record, Entity):
            aliases = [alias for alias in node.record.aliases if alias not in (node.label, node.record.name)]
            add(rows, place, aliases, list(node.record.same_as))
    return rows


def _places(nodes: list[Node]) -> Table:
    """Where places lie, in WGS 84 degrees."""
    rows = table("node", "latitude", "longitude", "country")
    for place, node in enumerate(nodes):
        if isinstance(node.record, Entity) and node.record.location:
            where = node.record.location
            add(rows, place, round(where.latitude, 3), round(where.longitude, 3), where.country or "")
    return rows


def _map(places: Table) -> dict[str, Any]:
    if not places["node"]:
        return {"frame": [], "land": [], "borders": []}
    points = list(zip(places["longitude"], places["latitude"], strict=True))
    return {"frame": [round(side, 2) for side in frame_around(points)], **outlines(points)}


def _mentions(nodes: list[Node], spans: Spans) -> list[list[int]]:
    return [spans.all(node.evidence) if isinstance(node.record, Entity) else [] for node in nodes]


def _claims(nodes: list[Node], spans: Spans, affiliations: Affiliations) -> Table:
    names = ("node", "kind", "content", "cue", "lemma", "source", "form", "unresolved", "source_type", "justification")
    rows = table(*names, "affiliation", "polarity", "modality", "score", "speaker_score", "trace", "time", "said_on")
    for place, node in enumerate(nodes):
        item = node.record
        if isinstance(item, Claim):
            words = [place, item.kind, spans.all(item.content), spans.maybe(item.cue), item.cue_lemma or ""]
            speaker = [spans.maybe(item.source), item.form, item.unresolved or "", item.source_type]
            reasons = [spans.maybe(item.justification), affiliations.maybe(item.affiliation), item.polarity, item.modality]
            scores = [round(item.score, 3), round(item.speaker_score, 3), list(item.trace)]
            add(rows, *words, *speaker, *reasons, *scores, spans.maybe(item.time), item.said_on or "")
    return rows


def _edges(graph: KnowledgeGraph, index: dict[str, int], spans: Spans, affiliations: Affiliations) -> Table:
    rows = table("source", "target", "relation", "note", "score", "spans", "affiliation")
    relations = {name: place for place, name in enumerate(vocab.RELATIONS)}
    for edge in graph.edges():
        ends = (index[edge.source], index[edge.target], relations[edge.relation])
        rest = (edge.note, round(edge.score, 3), spans.all(edge.evidence), affiliations.maybe(edge.record))
        add(rows, *ends, *rest)
    return rows


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
    rows = table("source", "target", "relation", "members")
    for key in sorted(groups):
        add(rows, *key, groups[key])
    return rows
