"""Clusters to entities, with names and ids that do not depend on the order of reading."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from kg.graph.gazetteer import Place, country
from kg.graph.resolve.cluster import Cluster
from kg.graph.resolve.decisions import Decisions, means
from kg.names import name_words
from kg.records import Entity, EntityKind, Location, Mention, Verdict
from kg.slugs import slug

__all__ = ["to_entities"]


def to_entities(clusters: Sequence[Cluster], places: Mapping[str, Place], decisions: Decisions) -> list[Entity]:
    """One entity a cluster, sorted by id; ``places`` are those on the map by their IRI.

    The id comes from the kind and the fullest name, for a place on the map from its number there; of several
    things of one name each has its first mention in it as well.
    """
    keys = [_key(item) for item in clusters]
    twice = Counter(keys)
    entities = []
    for item, key in zip(clusters, keys, strict=True):
        mentions = sorted({mention for chain in item.profile.chains for mention in chain.mentions})
        apart = (mentions[0].document, str(mentions[0].start)) if twice[key] > 1 else ()
        entities.append(_entity(item, (*key, *apart), mentions, places, decisions))
    return sorted(entities, key=lambda entity: entity.id)


def _key(item: Cluster) -> tuple[str, ...]:
    kind = item.profile.kind
    if kind == "PLACE" and item.profile.places:
        return (kind, min(item.profile.places).key)
    texts = {mention.text for chain in item.profile.chains for mention in chain.mentions}
    names = [name_words(text, kind) for text in texts]
    most = max(map(len, names))
    return (kind, " ".join(max(words for words in names if len(words) == most)))


def _entity(
    item: Cluster, key: tuple[str, ...], mentions: Sequence[Mention], places: Mapping[str, Place], decisions: Decisions
) -> Entity:
    kind = item.profile.kind
    digest = hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:12]
    place = places[min(item.profile.places).key] if kind == "PLACE" and item.profile.places else None
    name = _decided_name(item, decisions) or _best_name(mentions, kind)
    if place and name.isupper() and name.isalpha() and len(name) > 3:
        name = place.name  # known from the capitals of a dateline alone
    return Entity(
        id=f"{slug(name) or 'x'}-{digest}",
        kind=cast(EntityKind, kind),
        name=name,
        aliases=tuple(sorted({mention.text for mention in mentions} - {name})),
        mentions=tuple(mentions),
        same_as=(place.iri,) if place else (),
        location=_location(place) if place else None,
        verdicts=tuple(sorted([*item.verdicts, *_apart(item, mentions)])),
    )


def _apart(item: Cluster, mentions: Sequence[Mention]) -> list[Verdict]:
    """What kept others out, but for those that were let in later."""
    own = set(mentions)
    return [verdict for verdict in item.apart if not (verdict.one in own and verdict.other in own)]


def _location(place: Place) -> Location:
    holder = None if place.is_country else country(place.country)
    return Location(place.latitude, place.longitude, holder.name if holder else None)


def _decided_name(item: Cluster, decisions: Decisions) -> str | None:
    return next((new for old, new in decisions.rename if any(means(old, chain) for chain in item.profile.chains)), None)


def _best_name(mentions: Sequence[Mention], kind: str) -> str:
    """The fullest name; of those the most frequent, then the first in the alphabet."""
    counts = Counter(" ".join(mention.text.split()) for mention in mentions)
    return min(counts, key=lambda text: (-len(name_words(text, kind)), text.isupper(), -counts[text], text))
