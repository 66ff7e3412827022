"""Positions for the nodes of a graph: each component by its distances, components side by side, the rest around them.

The same nodes and links give the same positions, in whatever order they come.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.viz.apart import apart
from kg.viz.pack import side_by_side
from kg.viz.stress import by_distance, settled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.intp]

__all__ = ["positions"]

_SPACE = 150.0  # the wished length of a link, in pixels at zoom 1
_LABEL = 110.0  # the width of a label, in pixels


def positions(
    sizes: Mapping[str, float],
    links: Sequence[tuple[str, str, float]],
    later: Sequence[tuple[str, str, float]] = (),
    labels: Mapping[str, float] | None = None,
    shape: float = 0.95,
) -> dict[str, tuple[float, float]]:
    """A place for every node of ``sizes`` (its radius), so that no two touch.

    ``links`` (source, target, weight) shape the picture.  Nodes that only ``later`` joins settle around the others.
    ``labels`` are the widths of the nodes' labels on the screen, for which components leave room; ``shape`` is the
    wished width to height of the whole.
    """
    import numpy as np

    names = sorted(sizes)
    radius = np.array([sizes[name] for name in names], dtype=float)
    wide = np.array([(labels or {}).get(name, _LABEL) for name in names])
    index = {name: place for place, name in enumerate(names)}
    first, weight = _links(links, index)
    core = np.unique(first)
    place = np.zeros((len(names), 2))
    if len(core):
        local = np.searchsorted(core, first)
        place[core] = _packed(local, weight, radius[core], wide[core], shape)
    second, light = _links([*links, *later], index)
    rest = np.setdiff1d(np.arange(len(names)), core)
    if len(rest):
        place[rest] = _beside(place, core, rest, second)
        movable = np.isin(np.arange(len(names)), rest)
        unit = float(np.median(np.linalg.norm(place[first[:, 0]] - place[first[:, 1]], axis=1))) if len(core) else _SPACE
        if len(second):
            place = settled(place / unit, second, light, movable, steps=12) * unit
        place = apart(place, radius, movable)
    return {name: (round(float(x), 1), round(float(y), 1)) for name, (x, y) in zip(names, place, strict=True)}


def _links(links: Sequence[tuple[str, str, float]], index: Mapping[str, int]) -> tuple[Indices, Points]:
    """Every joined pair once, in order, with the sum of its weights."""
    import numpy as np

    total: dict[tuple[int, int], float] = {}
    for source, target, weight in sorted(links):
        pair = (min(index[source], index[target]), max(index[source], index[target]))
        if pair[0] != pair[1]:
            total[pair] = total.get(pair, 0.0) + weight
    pairs = np.array(sorted(total), dtype=np.intp).reshape(-1, 2)
    return pairs, np.array([total[pair] for pair in sorted(total)])


# ------------------------------------------------------------------ each component, then all side by side
def _packed(links: Indices, weight: Points, radius: Points, wide: Points, shape: float) -> Points:
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    count = len(radius)
    matrix = coo_matrix((weight, (links[:, 0], links[:, 1])), shape=(count, count))
    _, label = connected_components(matrix, directed=False)
    place = np.zeros((count, 2))
    parts: list[Indices] = []
    for part in range(int(label.max()) + 1):
        members = np.flatnonzero(label == part)
        inside = label[links[:, 0]] == part
        spots = _component(np.searchsorted(members, links[inside]), weight[inside], radius[members])
        spots = spots[:, ::-1] if shape < 0.9 and len(members) > 4 else spots
        place[members] = spots - spots.min(axis=0)
        parts.append(members)
    return side_by_side(place, parts, links, radius, wide, shape)


def _component(links: Indices, weight: Points, radius: Points) -> Points:
    import numpy as np

    count = len(radius)
    if count == 2:  # most of the small ones
        return np.array([[0.0, 0.0], [0.6, 0.8]]) * max(0.7 * _SPACE, float(radius.sum()) + 30)
    place = by_distance(links, weight, count)
    place *= _unit(place, radius)
    place = _level(place) if count > 4 else _level(place)[:, ::-1].copy()  # few stand upright: a label to a row
    return apart(place, radius, np.ones(count, dtype=bool))


def _unit(place: Points, radius: Points) -> float:
    """The length of a link in pixels: more than usual where nodes are many; the fewer, the more air for their labels."""
    import numpy as np

    area = float(np.prod(np.maximum(np.ptp(place, axis=0), 1.0)))
    cover = max(0.05, 0.006 * len(place) ** 0.5)
    taken = float(((2 * radius + 14) ** 2).sum())
    return max(_SPACE, math.sqrt(taken / cover / area))


def _level(place: Points) -> Points:
    """Turned so that it lies along its longest axis, as screens do."""
    import numpy as np

    if len(place) < 3:
        return place
    centred = place - place.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned: Points = centred @ axes[:, ::-1]
    facing: Points = turned * np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return facing


def _beside(place: Points, core: Indices, rest: Indices, links: Indices) -> Points:
    """A start for nodes outside the picture's core: amid the placed nodes they are joined to, or beneath all."""
    import numpy as np

    count = len(place)
    placed = np.isin(np.arange(count), core)
    both = np.vstack([links, links[:, ::-1]])
    spots = place.copy()
    for _ in range(4):
        use = both[placed[both[:, 1]] & ~placed[both[:, 0]]]
        seen = np.bincount(use[:, 0], minlength=count)
        found = seen > 0
        for axis in (0, 1):
            mean = np.bincount(use[:, 0], spots[use[:, 1], axis], count) / np.maximum(seen, 1)
            spots[found, axis] = mean[found]
        turn = np.flatnonzero(found) * 2.399963
        spots[found] += np.stack([np.cos(turn), np.sin(turn)], axis=1) * _SPACE * 0.5
        placed |= found
    left = np.flatnonzero(~placed)
    columns = max(1, int((len(left) * 4) ** 0.5))
    low = spots[placed].max(axis=0)[1] if placed.any() else 0.0
    order = np.arange(len(left))
    spots[left] = np.stack([(order % columns - columns / 2) * 60, low + 120 + order // columns * 60], axis=1)
    return spots[rest]
