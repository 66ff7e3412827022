"""Positions for the nodes of a graph: communities first, then springs whose repulsion is cut off at a distance.

The same nodes and links give the same positions, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.viz.pack import side_by_side

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.intp]

__all__ = ["positions"]

_SPACE = 90.0  # the wished length of a link, in pixels at zoom 1
_PAIRS = 220_000  # about as many repelling pairs a step as are worth their time
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
        place[rest] = _beside(place, core, rest, second, radius)
        movable = np.isin(np.arange(len(names)), rest)
        place = _springs(place, second, light, movable, steps=30 if len(names) < 3000 else 12, heat=0.1)
        place = _apart(place, radius, movable, final=True)
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
        return np.array([[0.0, 0.0], [0.6, 0.8]]) * max(1.1 * _SPACE, float(radius.sum()) + 30)
    start = _seed(count, links, weight)
    steps = 400 if count < 600 else 160 if count < 2000 else 70
    place = _springs(start, links, weight, np.ones(count, dtype=bool), steps, heat=1.0)
    place = _level(place) if count > 4 else _level(place)[:, ::-1].copy()  # few stand upright: a label to a row
    return _apart(place, radius, np.ones(count, dtype=bool), final=True)


def _seed(count: int, links: Indices, weight: Points) -> Points:
    """Louvain's communities on a sunflower, the members of each on a smaller one."""
    import networkx as nx
    import numpy as np

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((int(a), int(b), float(w)) for (a, b), w in zip(links, weight, strict=True))
    groups = [sorted(group) for group in nx.community.louvain_communities(graph, seed=7)]
    groups.sort(key=lambda group: (-len(group), group[0]))
    label = np.zeros(count, dtype=np.intp)
    for number, group in enumerate(groups):
        label[group] = number
    centres = _between(len(groups), label[links], weight) * _SPACE * max(1.0, (count / len(groups)) ** 0.5) * 1.2
    place = np.zeros((count, 2))
    for number, group in enumerate(groups):
        place[group] = centres[number] + _sunflower(len(group)) * _SPACE * 0.6
    return place


def _between(count: int, links: Indices, weight: Points) -> Points:
    """Rough places for whole communities, those that speak to each other side by side."""
    import numpy as np

    place = _sunflower(count)
    across = links[:, 0] != links[:, 1]
    pairs, pull = links[across], np.log1p(weight[across])
    for step in range(60 if count > 2 else 0):
        move = np.zeros_like(place)
        delta = place[pairs[:, 0]] - place[pairs[:, 1]]
        np.add.at(move, pairs[:, 0], -delta * pull[:, None])
        np.add.at(move, pairs[:, 1], delta * pull[:, None])
        apart = place[:, None] - place[None, :]
        square = (apart**2).sum(axis=2) + 0.05
        move += (apart / square[:, :, None]).sum(axis=1)
        length = np.linalg.norm(move, axis=1, keepdims=True) + 1e-9
        place = place + move / length * np.minimum(length, 0.3 * (1 - step / 60))
    return place


def _sunflower(count: int) -> Points:
    import numpy as np

    rank = np.arange(count)
    turn = rank * 2.399963
    spots: Points = np.sqrt(rank + 0.3)[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return spots


# ------------------------------------------------------------------ forces
def _springs(place: Points, links: Indices, weight: Points, movable: NDArray[np.bool_], steps: int, heat: float) -> Points:
    """Fruchterman and Reingold's springs; who is farther than the cut-off does not repel."""
    import numpy as np

    count = len(place)
    mass = 1.0 + np.minimum(np.bincount(links.ravel(), minlength=count), 12) / 4
    pull = np.log1p(weight) / _SPACE
    a, b = links[:, 0].copy(), links[:, 1].copy()
    x: Points = place[:, 0].copy()
    y: Points = place[:, 1].copy()
    reach = _SPACE * float(np.clip(1.6 * np.sqrt(_PAIRS / max(count, 1) / 3.0), 1.5, 12.0))
    for step in range(steps):
        if step % 5 == 0:
            c, d, reach = _neighbours(x, y, reach)
            charge = _SPACE**2 * mass[c] * mass[d]
        dx, dy = x[c] - x[d], y[c] - y[d]
        push = charge / np.maximum(dx * dx + dy * dy, 1.0)
        ex, ey = x[b] - x[a], y[b] - y[a]
        drag = np.sqrt(ex * ex + ey * ey) * pull
        home = mass * 0.7
        fx = _sum(c, d, dx * push, count) + _sum(a, b, ex * drag, count) - (x - x[movable].mean()) * home
        fy = _sum(c, d, dy * push, count) + _sum(a, b, ey * drag, count) - (y - y[movable].mean()) * home
        length = np.sqrt(fx * fx + fy * fy) + 1e-9
        stride = np.minimum(length * 0.1, heat * _SPACE * (1 - step / steps) * 0.9) / length * movable
        x, y = x + fx * stride, y + fy * stride
    return np.stack([x, y], axis=1)


def _sum(first: Indices, second: Indices, force: Points, count: int) -> Points:
    """Each force upon its first end, and its opposite upon its second."""
    import numpy as np

    return np.asarray(np.bincount(first, force, count) - np.bincount(second, force, count), dtype=np.float64)


def _neighbours(x: Points, y: Points, reach: float) -> tuple[Indices, Indices, float]:
    """All pairs within ``reach``, which shrinks while they are more than a step has time for."""
    import numpy as np
    from scipy.spatial import cKDTree

    tree = cKDTree(np.stack([x, y], axis=1))
    while tree.count_neighbors(tree, reach) > 3 * _PAIRS:
        reach *= 0.8
    first, second = tree.query_pairs(reach, output_type="ndarray").T.copy()
    return first, second, reach


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


def _apart(place: Points, radius: Points, movable: NDArray[np.bool_], final: bool) -> Points:
    """Neighbours that touch are pushed apart until none does, or for so many rounds."""
    import numpy as np
    from scipy.spatial import cKDTree

    room = radius + 7.0
    count = len(place)
    for _ in range(80 if final else 10):
        pairs = cKDTree(place).query_pairs(float(2 * room.max()), output_type="ndarray")
        delta = place[pairs[:, 0]] - place[pairs[:, 1]]
        gap = np.linalg.norm(delta, axis=1)
        missing = room[pairs[:, 0]] + room[pairs[:, 1]] - gap
        close = (missing > 0.01) & (movable[pairs[:, 0]] | movable[pairs[:, 1]])
        if not close.any():
            break
        a, b = pairs[close, 0], pairs[close, 1]
        turn = (a * 2.399963)[:, None]
        away = np.where(gap[close][:, None] > 1e-6, delta[close], np.hstack([np.cos(turn), np.sin(turn)]))
        away = away / np.linalg.norm(away, axis=1, keepdims=True) * missing[close][:, None]
        share = movable[a].astype(float) / (movable[a].astype(float) + movable[b].astype(float))
        for axis in (0, 1):
            place[:, axis] += np.bincount(a, away[:, axis] * share, count) * 0.6
            place[:, axis] -= np.bincount(b, away[:, axis] * (1 - share), count) * 0.6
    return place


def _beside(place: Points, core: Indices, rest: Indices, links: Indices, radius: Points) -> Points:
    """A start for nodes outside the picture's core: amid the placed nodes they are joined to, or beneath all."""
    import numpy as np

    count = len(radius)
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
