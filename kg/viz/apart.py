"""Room for every node: those that touch are pushed apart, and who finds no room there moves to the nearest free spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.intp]
    Flags = NDArray[np.bool_]

__all__ = ["apart"]

_AIR = 14.0  # pixels between two nodes, where there is room for it
_LEAST = 2.0  # and where there is none
_ROUNDS = 40
_CHOICES = 100  # free spots that a node looks at in one go


def apart(place: Points, radius: Points, movable: Flags) -> Points:
    """The same places, changed as little as it takes for no two nodes to touch, unless neither is ``movable``."""
    import numpy as np

    place, count = place.copy(), len(place)
    for turn in range(_ROUNDS):
        if turn % 4 == 0:
            near = _pairs(place, radius, movable, 2 * _AIR)
        a, b = near
        delta = place[a] - place[b]
        gap = np.linalg.norm(delta, axis=1)
        missing = radius[a] + radius[b] + _AIR - gap
        close = missing > 0.01
        if not close.any():
            break
        a, b, delta, gap, missing = a[close], b[close], delta[close], gap[close], missing[close]
        turned = np.stack([np.cos(a * 2.399963), np.sin(a * 2.399963)], axis=1)  # for two on one spot
        away = np.where(gap[:, None] > 1e-6, delta / np.maximum(gap, 1e-6)[:, None], turned) * missing[:, None]
        share = (movable[a] / (movable[a].astype(float) + movable[b]))[:, None]
        for axis in (0, 1):
            place[:, axis] += 0.6 * np.bincount(a, (away * share)[:, axis], count)
            place[:, axis] -= 0.6 * np.bincount(b, (away * (1 - share))[:, axis], count)
    return _freed(place, radius, movable)


def _pairs(place: Points, radius: Points, movable: Flags, air: float) -> tuple[Indices, Indices]:
    """Who has less than so much air between them, the movable ones of each pair among the second."""
    import numpy as np
    from scipy.spatial import cKDTree

    a, b = cKDTree(place).query_pairs(2 * float(radius.max()) + air, output_type="ndarray").T
    near = np.linalg.norm(place[a] - place[b], axis=1) < radius[a] + radius[b] + air
    near &= movable[a] | movable[b]
    return a[near], b[near]


def _freed(place: Points, radius: Points, movable: Flags) -> Points:
    """Nodes that still touch, each on the free spot of a lattice that is nearest to it."""
    import numpy as np
    from scipy.spatial import cKDTree

    a, b = _pairs(place, radius, movable, _LEAST)
    stuck = np.unique(np.where(movable[a] & ((radius[a] <= radius[b]) | ~movable[b]), a, b))
    if not len(stuck):
        return place
    others = np.setdiff1d(np.arange(len(place)), stuck)
    pitch = 2 * float(radius[stuck].max()) + 2 * _LEAST
    margin = pitch * (len(stuck) ** 0.5 + 1)
    x, y = (
        np.arange(low - margin, high + margin, pitch) for low, high in zip(place.min(axis=0), place.max(axis=0), strict=True)
    )
    spots = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    taken = cKDTree(spots).query_ball_point(place[others], radius[others] + pitch / 2)
    spots = np.delete(spots, np.unique(np.concatenate([*taken, np.zeros(0)])).astype(int), axis=0)
    while len(stuck):
        ranked = cKDTree(spots).query(place[stuck], range(1, min(_CHOICES, len(spots)) + 1))[1]
        used: dict[int, int] = {}  # spot to node
        for node, choices in zip(stuck.tolist(), ranked.tolist(), strict=True):
            free = next((spot for spot in choices if spot not in used), None)
            if free is not None:
                used[free] = node
        settled = list(used.values())
        place[settled] = spots[list(used)]
        spots, stuck = np.delete(spots, list(used), axis=0), np.setdiff1d(stuck, settled)
    return place
