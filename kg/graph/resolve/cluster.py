"""Chains that mean the same become one entity, with a name and an id that do not depend on the order of reading."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.graph.resolve.block import Candidate, names_of, pairs
from kg.graph.resolve.compare import compare
from kg.names import name_words
from kg.records import Chain, Entity, Extraction, Mention
from kg.slugs import slug

__all__ = ["resolve"]


def resolve(extractions: Iterable[Extraction]) -> list[Entity]:
    """The entities of all documents, sorted by id; each chain of each document belongs to exactly one."""
    candidates = [item for extraction in extractions for item in _candidates(extraction)]
    candidates.sort(key=lambda item: (item.kind, item.chain.name.document, item.chain.name.start))
    leaders = list(range(len(candidates)))

    def leader(index: int) -> int:
        while leaders[index] != index:
            leaders[index] = leaders[leaders[index]]
            index = leaders[index]
        return index

    for one, other in pairs(candidates):
        first, second = sorted((leader(one), leader(other)))
        if first != second and compare(candidates[one], candidates[other]).same:
            leaders[second] = first
    groups: dict[int, list[Candidate]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        groups[leader(index)].append(candidate)
    return _entities(_with_surnames(list(groups.values())))


def _candidates(extraction: Extraction) -> list[Candidate]:
    names = [names_of(chain) for chain in extraction.chains]
    roles: dict[Mention, set[str]] = defaultdict(set)
    for item in extraction.affiliations:
        if item.role_name:
            roles[item.person].add(item.role_name)
    return [
        Candidate(
            chain=chain,
            names=own,
            fullest=max(own, key=lambda words: (len(words), words), default=()),
            context=frozenset(name for other in extraction.chains if other is not chain for name in _company(other)),
            roles=frozenset(roles[chain.name]),
        )
        for chain, own in zip(extraction.chains, names, strict=True)
    ]


def _company(chain: Chain) -> frozenset[tuple[str, ...]]:
    """The names by which a chain tells that two articles are about one affair: places, and names of several words."""
    if chain.kind == "EVENT":
        return frozenset()
    return frozenset(name for name in names_of(chain) if len(name) > 1 or chain.kind == "PLACE")


def _with_surnames(groups: list[list[Candidate]]) -> list[list[Candidate]]:
    """A person known in an article by surname alone joins the one person of that surname, if the articles share company."""
    full: dict[str, list[list[Candidate]]] = defaultdict(list)
    rest: list[list[Candidate]] = []
    for group in groups:
        known = [item for item in group if item.kind == "PERSON" and len(item.fullest) > 1]
        if known:
            full[known[0].fullest[-1]].append(group)
    for group in groups:
        first = group[0]
        if first.kind == "PERSON" and all(len(item.fullest) == 1 for item in group):
            bearers = full.get(first.fullest[-1], [])
            if len(bearers) == 1 and any(item.context & first.context for item in bearers[0]):
                bearers[0].extend(group)
                continue
        rest.append(group)
    return rest


def _entities(groups: Sequence[Sequence[Candidate]]) -> list[Entity]:
    keys = [(group[0].kind, " ".join(_fullest(group))) for group in groups]
    twice = Counter(keys)
    entities = []
    for group, key in zip(groups, keys, strict=True):
        first = min((item.chain.name for item in group), key=lambda mention: (mention.document, mention.start))
        apart = (first.document, str(first.start)) if twice[key] > 1 else ()
        entities.append(_entity([item.chain for item in group], (*key, *apart)))
    return sorted(entities, key=lambda entity: entity.id)


def _fullest(group: Sequence[Candidate]) -> tuple[str, ...]:
    return max((item.fullest for item in group), key=lambda words: (len(words), words))


def _entity(chains: Sequence[Chain], key: tuple[str, ...]) -> Entity:
    mentions = sorted({mention for chain in chains for mention in chain.mentions})
    kind = chains[0].kind
    name = _best_name(mentions, kind)
    digest = hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:12]
    start = slug(name) or "x"
    return Entity(
        id=f"{start}-{digest}",
        kind=kind,
        name=name,
        aliases=tuple(sorted({mention.text for mention in mentions} - {name})),
        mentions=tuple(mentions),
    )


def _best_name(mentions: Sequence[Mention], kind: str) -> str:
    """The fullest name; of those the most frequent, then the first in the alphabet."""
    counts = Counter(" ".join(mention.text.split()) for mention in mentions)
    return min(counts, key=lambda text: (-len(name_words(text, kind)), text.isupper(), -counts[text], text))
