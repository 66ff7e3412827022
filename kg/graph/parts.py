"""Parts of a graph that are graphs themselves: some nodes, what one person said, what is said about one thing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.names import plain
from kg.records import Claim, Document, Entity, Evidence, Mention

__all__ = ["about", "named", "of", "part"]


def about(graph: KnowledgeGraph, words: str) -> KnowledgeGraph:
    """The claims about things of that name, or that hold the words, with their speakers and articles; see :func:`of`."""
    things = {entity.id for entity in named(graph, words)}
    topics = {edge.source for thing in things for edge in graph.edges_to(thing, "about")}
    wanted = _words(words)
    holding = {node.id for node in graph.nodes("CLAIM") if isinstance(node.record, Claim) and _holds(node.record.text, wanted)}
    if not things and not holding:
        raise ValueError(f"no claim is about {words!r}{_hint(graph, words)}")
    return part(graph, _around(graph, topics | holding) | {id for thing in things for id in _with_article(graph, thing)})


def of(graph: KnowledgeGraph, name: str) -> KnowledgeGraph:
    """What the bearers of that name (or id) said, with what it is about, their affiliations and the articles.

    ValueError with the nearest names when nobody is called so.
    """
    bearers = {entity.id for entity in named(graph, name)}
    if not bearers:
        raise ValueError(f"nobody is called {name!r}{_hint(graph, name)}")
    claims = {edge.target for bearer in bearers for edge in graph.edges_from(bearer, "said")}
    held = [edge for bearer in bearers for edge in graph.edges_from(bearer, "affiliation")]
    houses = {id for edge in held for id in (edge.target, *(item.document for item in edge.evidence))}
    own = {id for bearer in bearers for id in _with_article(graph, bearer)}
    return part(graph, _around(graph, claims) | houses | own)


def part(graph: KnowledgeGraph, chosen: set[str]) -> KnowledgeGraph:
    """The nodes of those ids and the edges between them, each with the evidence that the chosen articles hold."""
    nodes = [_node(graph.node(id), chosen) for id in sorted(chosen)]
    edges = (edge for edge in graph.edges() if edge.source in chosen and edge.target in chosen)
    return KnowledgeGraph(nodes, (edge for edge in (_edge(edge, chosen) for edge in edges) if edge.evidence))


def _node(node: Node, chosen: set[str]) -> Node:
    if isinstance(node.record, Document):
        return node
    record = node.record
    if isinstance(record, Entity):
        record = replace(record, mentions=tuple(item for item in record.mentions if item.document in chosen))
    events = tuple(event for event in node.events if event.trigger.document in chosen)
    return replace(node, record=record, evidence=_seen(node.evidence, chosen), events=events)


def _edge(edge: Edge, chosen: set[str]) -> Edge:
    return replace(edge, evidence=_seen(edge.evidence, chosen))


def _seen(evidence: tuple[Evidence, ...], chosen: set[str]) -> tuple[Evidence, ...]:
    return tuple(item for item in evidence if item.document in chosen)


# ------------------------------------------------------------------ names
def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))


def _holds(text: str, wanted: list[str]) -> bool:
    """Whether the words stand in the text, one after the other."""
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(_words(text))} "


def named(graph: KnowledgeGraph, name: str) -> Iterator[Entity]:
    """The entities of that id or name; failing that, those of whose names the words are a part."""
    entities = [node.record for node in graph.nodes() if isinstance(node.record, Entity)]
    wanted = _words(name)
    for test in (_is_called, _is_partly_called):
        if found := [entity for entity in entities if entity.id == name or test(entity, wanted)]:
            yield from found
            return


def _is_called(entity: Entity, wanted: list[str]) -> bool:
    return any(_words(name) == wanted for name in (entity.name, *entity.aliases))


def _is_partly_called(entity: Entity, wanted: list[str]) -> bool:
    return any(_holds(name, wanted) for name in (entity.name, *entity.aliases))


def _hint(graph: KnowledgeGraph, name: str) -> str:
    names = sorted({node.record.name for node in graph.nodes() if isinstance(node.record, Entity)})
    near = difflib.get_close_matches(name, names, 3, 0.6)
    return f"; near it: {', '.join(near)}" if near else ""


# ------------------------------------------------------------------ what belongs to a claim
def _around(graph: KnowledgeGraph, claims: Iterable[str]) -> set[str]:
    """The claims, their articles, and every entity that their records point to."""
    chosen = set(claims)
    documents = {edge.target for claim in chosen for edge in graph.edges_from(claim, "appears in")}
    pointed = {mention for claim in chosen for mention in _mentions(graph.node(claim).record)}
    owners = {edge.target for document in documents for edge in graph.edges_from(document, "mentions")}
    entities = (record for record in (graph.node(id).record for id in owners) if isinstance(record, Entity))
    return chosen | documents | {entity.id for entity in entities if not pointed.isdisjoint(entity.mentions)}


def _mentions(record: object) -> Iterator[Mention]:
    if isinstance(record, Claim):
        held = record.affiliation
        houses = (held.person, held.organisation, held.place) if held else ()
        everybody = (record.speaker, *record.co_speakers, record.on_behalf_of, *record.about, *houses)
        yield from (mention for mention in everybody if mention)


def _with_article(graph: KnowledgeGraph, id: str) -> set[str]:
    """An entity and the article that names it first, so that it keeps evidence."""
    return {id, graph.node(id).evidence[0].document}
