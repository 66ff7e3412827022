"""Chains of single documents to entities: the only stage that looks across documents.

Names are taken apart (``person_names``, ``organisation_names``, ``event_names``, ``placing``), what a document says around them
becomes a profile (``documents``), and profiles are blocked, compared and clustered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.graph.resolve.cluster import Cluster, cluster
from kg.graph.resolve.decisions import Decisions, means, read_decisions
from kg.graph.resolve.documents import commonplaces, profiles, reference
from kg.graph.resolve.entities import to_entities
from kg.graph.resolve.kinds import settled
from kg.graph.resolve.placing import Ground, ground
from kg.graph.resolve.profile import Profile, Ref
from kg.records import Entity, Extraction, Mention

__all__ = ["Decisions", "read_decisions", "resolve"]

_ORDER: Final = ("PLACE", "ORG", "PERSON", "EVENT")
"""Each kind is judged by those before it: a person by organisations and places, an event by all."""


def resolve(extractions: Iterable[Extraction], decisions: Decisions | None = None) -> list[Entity]:
    """The entities of all documents, sorted by id; each chain of each document belongs to exactly one.

    The order of the documents does not matter.
    """
    lean = (replace(extraction, mentions=(), claims=()) for extraction in extractions)  # the rest decides nothing
    items = settled(sorted(lean, key=lambda extraction: extraction.document.id))
    grounds = [ground(extraction) for extraction in items]
    on_map = {place.iri: place for each in grounds for place in each.places.values()}
    refs = {chain.name: reference(chain) for extraction in items for chain in extraction.chains}
    clusters: list[Cluster] = []
    for kind in _ORDER:
        own = list(_profiles(items, kind, refs, grounds))
        same = _decide(own, decisions or Decisions())
        joined = cluster(own, same)
        for item in joined:
            refs.update(_refs(item))
        clusters += joined
    return to_entities(clusters, on_map, decisions or Decisions())


def _profiles(
    items: Sequence[Extraction], kind: str, refs: Mapping[Mention, Ref], grounds: Sequence[Ground]
) -> Iterable[Profile]:
    common = commonplaces(items, refs)
    for extraction, where in zip(items, grounds, strict=True):
        for profile in profiles(extraction, kind, refs, where, common):
            if kind == "PLACE" and (place := where.places.get(profile.lead)):
                profile = replace(profile, places={Ref(place.name, "PLACE", place.iri)})
            yield profile


def _refs(item: Cluster) -> Iterable[tuple[Mention, Ref]]:
    """What the chains of a cluster mean from now on."""
    lead = min((chain.name for chain in item.profile.chains), key=lambda mention: (-len(mention.text), mention))
    document, start = item.profile.order
    ref = Ref(" ".join(lead.text.split()), item.profile.kind, f"{document}:{start}")
    if item.profile.kind == "PLACE" and item.profile.places:
        ref = min(item.profile.places)
    return [(chain.name, ref) for chain in item.profile.chains]


def _decide(items: Sequence[Profile], decisions: Decisions) -> list[list[Profile]]:
    """Groups that are to be one; profiles that are to stay apart are marked with the decision and their side of it."""
    for number, sides in enumerate(decisions.different):
        for side, name in enumerate(sides):
            for profile in items:
                if means(name, profile.chains[0]):
                    profile.decided.add((number, side))
    return [[p for p in items if any(means(name, p.chains[0]) for name in pair)] for pair in decisions.same]
