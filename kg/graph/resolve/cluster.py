"""Profiles that mean the same become one: names first, spellings next, the surest pairs before the doubtful ones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kg.graph.resolve.block import pairs
from kg.graph.resolve.compare import compare
from kg.graph.resolve.judgement import Judgement
from kg.graph.resolve.profile import Profile
from kg.records import Verdict

__all__ = ["Cluster", "cluster"]

MOST_LEADERS: Final = 20  # people of one name that a further one is compared with
_MARGIN: Final = 0.5  # by how much the better of two different bearers must fit a name
_ROUNDS: Final = 3
_MOST_APART: Final = 5


@dataclass(slots=True, eq=False)
class Cluster:
    """All chains of one thing, the verdicts that joined them, and some that kept others of its name apart."""

    profile: Profile
    verdicts: list[Verdict] = field(default_factory=list)
    apart: list[Verdict] = field(default_factory=list)

    def take(self, other: Cluster, judgement: Judgement) -> None:
        verdict = _verdict(self.profile, other.profile, judgement, same=True)
        self.profile.absorb(other.profile)
        self.verdicts += [*other.verdicts, verdict]
        self.apart += other.apart

    def refuse(self, other: Cluster, judgement: Judgement) -> None:
        """Remember why ``other``, which bears one of these names, is something else."""
        if self.profile.kind != "EVENT" and self.profile.names & other.profile.names:
            verdict = _verdict(self.profile, other.profile, judgement, same=False)
            for side in (self, other):
                known = {(said.one, said.other) for said in side.apart}
                if len(known) < _MOST_APART and (verdict.one, verdict.other) not in known:
                    side.apart.append(verdict)


def cluster(profiles: Iterable[Profile], same: Sequence[Sequence[Profile]] = ()) -> list[Cluster]:
    """The clusters of profiles of one kind, whatever order they come in; ``same`` holds those that were decided to be one."""
    clusters = [Cluster(profile) for profile in sorted(profiles, key=lambda profile: (-profile.richness, profile.order))]
    clusters = _decided(clusters, same)
    by_name: dict[Any, list[Cluster]] = defaultdict(list)
    for item in clusters:
        by_name[_exact(item.profile)].append(item)
    found = [leader for group in by_name.values() for leader in _leaders(group)]
    for _ in range(_ROUNDS):
        found.sort(key=lambda item: item.profile.order)
        before = len(found)
        found = _join(found)
        if len(found) == before:
            break
    return found


def _decided(clusters: list[Cluster], same: Sequence[Sequence[Profile]]) -> list[Cluster]:
    """Those that a decision joins are joined, whatever else speaks against it."""
    holder = {id(item.profile): item for item in clusters}
    owner = {id(item): item for item in clusters}
    for group in same:
        members = sorted({id(m): m for m in (_find(holder, owner, p) for p in group)}.values(), key=lambda m: m.profile.order)
        for other in members[1:]:
            members[0].take(other, Judgement(10.0, ("a decision says that they are the same",)))
            owner[id(other)] = members[0]
    return [item for item in clusters if owner[id(item)] is item]


def _find(holder: dict[int, Cluster], owner: dict[int, Cluster], profile: Profile) -> Cluster:
    found = holder[id(profile)]
    while owner[id(found)] is not found:
        found = owner[id(found)]
    return found


def _exact(profile: Profile) -> Any:
    """What the profiles of one name have in common: for a place that was found on the map its number there."""
    if profile.kind == "PLACE" and profile.places:
        return min(profile.places).key
    if profile.kind in ("PERSON", "ORG"):
        return max((name.words for name in profile.names), key=lambda words: (len(words), words), default=profile.order)
    return max(profile.names, default=profile.order)


def _leaders(group: Sequence[Cluster]) -> list[Cluster]:
    """Those of one name, the best described first: each joins the one that it fits clearly better than all others, or leads."""
    leaders: list[Cluster] = []
    for item in group:
        judged = [(compare(item.profile, leader.profile), leader) for leader in leaders[:MOST_LEADERS]]
        fitting = sorted(((j, leader) for j, leader in judged if j.same), key=lambda pair: -pair[0].score)
        if fitting and (len(fitting) == 1 or fitting[0][0].score - fitting[1][0].score >= _MARGIN):
            fitting[0][1].take(item, fitting[0][0])
        else:
            for judgement, leader in judged:
                leader.refuse(item, judgement)
            leaders.append(item)
    return leaders


def _join(clusters: list[Cluster]) -> list[Cluster]:
    """One round over the blocks: the surest pair first, judged anew when either side has grown."""
    owner = list(range(len(clusters)))
    partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
    heap: list[tuple[float, int, int]] = []
    for one, other in pairs([item.profile for item in clusters]):
        judgement = compare(clusters[one].profile, clusters[other].profile)
        if judgement.same:
            heap.append((-judgement.score, one, other))
            partners[one].append((judgement.score, other))
            partners[other].append((judgement.score, one))
        else:
            clusters[one].refuse(clusters[other], judgement)
    heapq.heapify(heap)
    while heap:
        score, one, other = heapq.heappop(heap)
        first, second = _root(owner, one), _root(owner, other)
        if first == second or _torn(clusters, owner, partners, (one, other), -score):
            continue
        judgement = compare(clusters[first].profile, clusters[second].profile)
        if judgement.same:
            lead, rest = sorted((first, second))
            clusters[lead].take(clusters[rest], judgement)
            owner[rest] = lead
        else:
            clusters[first].refuse(clusters[second], judgement)
    return [item for index, item in enumerate(clusters) if owner[index] == index]


def _torn(
    clusters: list[Cluster], owner: list[int], partners: dict[int, list[tuple[float, int]]], pair: tuple[int, int], score: float
) -> bool:
    """One of the pair fits somebody else nearly as well, who cannot be the other."""
    for one, other in (pair, pair[::-1]):
        mine, theirs = _root(owner, one), _root(owner, other)
        for rival_score, rival in partners[one]:
            third = _root(owner, rival)
            close = rival_score > score - _MARGIN and third not in (mine, theirs)
            if close and not compare(clusters[theirs].profile, clusters[third].profile).same:
                return True
    return False


def _root(owner: list[int], index: int) -> int:
    while owner[index] != index:
        owner[index] = owner[owner[index]]
        index = owner[index]
    return index


def _verdict(one: Profile, other: Profile, judgement: Judgement, *, same: bool) -> Verdict:
    first, second = sorted((one.lead, other.lead))
    reasons = (*judgement.reasons, *([judgement.clash] if judgement.clash else []))
    return Verdict(first, second, same, reasons, judgement.score)
