"""Extractions and entities to one graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.graph.agreement import links
from kg.graph.copies import copies
from kg.graph.event_labels import event_labels
from kg.graph.gazetteer import country_iri
from kg.graph.network import Edge, KnowledgeGraph, Node
from kg.records import Affiliation, Claim, Document, Entity, Event, Evidence, Extraction, Mention

__all__ = ["build_graph", "nodes_and_edges"]

_Key = tuple[str, int, int]


def build_graph(extractions: Iterable[Extraction], entities: Sequence[Entity]) -> KnowledgeGraph:
    """Join what each document says over the entities that its mentions belong to.

    Raises KeyError when an extraction points to a mention that no entity holds.
    """
    found = list(nodes_and_edges(extractions, entities))
    return KnowledgeGraph(
        (part for part in found if isinstance(part, Node)), (part for part in found if isinstance(part, Edge))
    )


def nodes_and_edges(extractions: Iterable[Extraction], entities: Sequence[Entity]) -> Iterator[Node | Edge]:
    """Every node and edge of :func:`build_graph`, an article at a time; ``extractions`` is gone through several times."""
    owner = {_key(mention): entity.id for entity in entities for mention in entity.mentions}
    events: dict[str, list[Event]] = {}
    articles: dict[str, Document] = {}
    for extraction in extractions:
        articles[extraction.document.id] = replace(extraction.document, text="")
        for event in extraction.events:
            events.setdefault(owner[_key(event.trigger)], []).append(event)
        yield from _article(extraction, owner)
    labels = event_labels(entities, events, articles)
    for entity in entities:
        yield _entity_node(entity, labels.get(entity.id, entity.name), events.get(entity.id, []))
    yield from _copy_edges(extractions)
    yield from _agreement_edges(extractions, owner)
    yield from _within_edges(entities)


def _article(extraction: Extraction, owner: dict[_Key, str]) -> Iterator[Node | Edge]:
    document = extraction.document
    yield Node(document.id, "DOCUMENT", document.title or _short(document.text), document, ())
    yield from _mention_edges(extraction, owner)
    for affiliation in extraction.affiliations:
        yield from _affiliation_edges(affiliation, owner)
    for event in extraction.events:
        yield from _event_edges(event, owner)
    for claim in extraction.claims:
        yield _claim_node(claim)
        yield from _claim_edges(claim, owner, document.id)


def _key(mention: Mention) -> _Key:
    return (mention.document, mention.start, mention.end)


def _short(text: str, most: int = 60) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _entity_node(entity: Entity, label: str, events: list[Event]) -> Node:
    evidence = tuple(mention.evidence for mention in entity.mentions)
    return Node(entity.id, entity.kind, label, entity, evidence, tuple(sorted(events, key=_event_order)))


def _event_order(event: Event) -> tuple[Mention, Evidence, str]:
    return (event.trigger, event.evidence, repr(event))


def _claim_node(claim: Claim) -> Node:
    spans = [*claim.content, *(span for span in (claim.cue, claim.source) if span)]
    return Node(claim.id, "CLAIM", _short(claim.text), claim, tuple(sorted(set(spans))))


def _mention_edges(extraction: Extraction, owner: dict[_Key, str]) -> Iterator[Edge]:
    found: dict[str, list[Evidence]] = {}
    for mention in extraction.mentions:
        if _key(mention) in owner:
            found.setdefault(owner[_key(mention)], []).append(mention.evidence)
    for entity, evidence in found.items():
        score = max(item.score for item in evidence)
        yield Edge(extraction.document.id, entity, "mentions", tuple(sorted(evidence)), score)


def _affiliation_edges(item: Affiliation, owner: dict[_Key, str]) -> Iterator[Edge]:
    """One edge to the organisation; to the place when no organisation is named; to the person itself when neither is."""
    target = item.organisation or item.place or item.person
    status = "" if item.status == "current" else item.status
    note = " ".join(word for word in (status, item.role.quote if item.role else "") if word)
    yield Edge(owner[_key(item.person)], owner[_key(target)], "affiliation", (item.evidence,), item.score, note, item)


def _event_edges(item: Event, owner: dict[_Key, str]) -> Iterator[Edge]:
    event = owner[_key(item.trigger)]
    for participant in item.participants:
        yield Edge(event, owner[_key(participant)], "participant", (item.evidence,), item.score)
    if item.place:
        yield Edge(event, owner[_key(item.place)], "located in", (item.evidence,), item.score)


def _claim_edges(claim: Claim, owner: dict[_Key, str], document: str) -> Iterator[Edge]:
    spoken = tuple(span for span in (claim.source, claim.cue) if span) or claim.content
    role = claim.affiliation.role.quote if claim.affiliation and claim.affiliation.role else ""
    for speaker in (claim.speaker, *claim.co_speakers):
        if speaker:
            yield Edge(owner[_key(speaker)], claim.id, "said", spoken, claim.speaker_score, role)
    topics: dict[str, list[Evidence]] = {}
    for mention in claim.about:
        topics.setdefault(owner[_key(mention)], []).append(mention.evidence)
    for topic, evidence in topics.items():
        yield Edge(claim.id, topic, "about", tuple(sorted(evidence)), claim.score)
    if claim.on_behalf_of:
        yield Edge(claim.id, owner[_key(claim.on_behalf_of)], "on behalf of", spoken, claim.speaker_score)
    yield Edge(claim.id, document, "appears in", claim.content, claim.score)


def _copy_edges(extractions: Iterable[Extraction]) -> Iterator[Edge]:
    """From each copy of an article to its original; the evidence is the beginning of both."""
    found = copies(_Documents(extractions))
    wanted = {id for item in found for id in (item.copy, item.original)}
    begins = {document.id: _beginning(document) for document in _Documents(extractions) if document.id in wanted}
    for item in found:
        yield Edge(item.copy, item.original, "copy of", (begins[item.copy], begins[item.original]), item.score)


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents of extractions, as often as they are asked for."""

    extractions: Iterable[Extraction]

    def __iter__(self) -> Iterator[Document]:
        return (extraction.document for extraction in self.extractions)


def _beginning(document: Document) -> Evidence:
    """The first line of an article."""
    start = len(document.text) - len(document.text.lstrip())
    line = document.text[start:].partition("\n")[0]
    return Evidence(document.id, start, start + len(line), line)


def _agreement_edges(extractions: Iterable[Extraction], owner: dict[_Key, str]) -> Iterator[Edge]:
    """Between claims that repeat or contradict one another; the evidence is what both say."""
    dated = ((claim, extraction.document.published or "") for extraction in extractions for claim in extraction.claims)
    found = links(dated, lambda mention: owner[_key(mention)])
    wanted = {id for link in found for id in (link.source, link.target)}
    said = {claim.id: claim.content for extraction in extractions for claim in extraction.claims if claim.id in wanted}
    for link in found:
        evidence = tuple(sorted((*said[link.source], *said[link.target])))
        yield Edge(link.source, link.target, link.relation, evidence, link.score, link.note)


def _within_edges(entities: Sequence[Entity]) -> Iterator[Edge]:
    """From a town to its country, where the articles name both."""
    places = [entity for entity in entities if entity.location]
    countries = {iri: entity for entity in places for iri in entity.same_as}
    for entity in places:
        iri = country_iri(entity.location.country) if entity.location and entity.location.country else None
        if iri and (holder := countries.get(iri)):
            evidence = (entity.mentions[0].evidence, holder.mentions[0].evidence)
            yield Edge(entity.id, holder.id, "within", tuple(sorted(evidence)), 1.0, "GeoNames")
