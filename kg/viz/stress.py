"""Places whose distances follow those in the graph: pivots give the whole its form, near neighbours the room.

A start by pivot MDS (Brandes and Pich 2006), then steps of sparse stress majorisation (after Ortmann, Klimenta and Brandes
2016).  The unit is one link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.intp]
    Complex = NDArray[np.complex128]

__all__ = ["by_distance", "settled"]

_PIVOTS = 100
_CELLS = 2_000_000  # about as many distances from pivots as are worth their time
_HOLD = 3.0  # by how much a pivot holds more than a link does
_ROOM = 0.06  # by how much less a near neighbour pushes than all links pull
_REACH = 2.0  # who is not linked is two links away at least
_CROWD = 10  # about as many near neighbours of a node as are worth their time


def by_distance(links: Indices, weight: Points, count: int) -> Points:
    """Places of a connected graph's nodes, so that far apart in the graph is far apart in the plane."""
    import numpy as np

    pivots, hops = _hops(links, count)
    rank = np.arange(count)
    turn = rank * 2.399963
    twist = np.sqrt(rank / count)[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)  # twins start on one spot
    start = _spread(pivots, hops) + 0.05 * twist
    movable = np.ones(count, dtype=bool)
    steps = 12 + 20_000 // (count + 100)
    return settled(start, links, weight, movable, steps, (pivots, hops))


def _hops(links: Indices, count: int) -> tuple[Indices, Points]:
    """Nodes far from each other, the best connected first, and every node's distance from each: pivots by nodes."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import dijkstra

    matrix = coo_matrix((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(count, count)).tocsr()
    pivots = [int(np.bincount(links.ravel(), minlength=count).argmax())]
    hops = [dijkstra(matrix, directed=False, indices=pivots[0], unweighted=True)]
    nearest = hops[0]
    while len(pivots) < min(_PIVOTS, count, max(20, _CELLS // count)):
        pivots.append(int(nearest.argmax()))
        hops.append(dijkstra(matrix, directed=False, indices=pivots[-1], unweighted=True))
        nearest = np.minimum(nearest, hops[-1])
    return np.array(pivots), np.array(hops)


def _spread(pivots: Indices, hops: Points) -> Points:
    """Pivot MDS, at the scale at which distances from the pivots fit best."""
    import numpy as np

    square = hops.T**2
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    _, axes = np.linalg.eigh(centred.T @ centred)
    place = centred @ axes[:, :-3:-1]
    place /= np.abs(place).max()
    drawn = np.linalg.norm(place[None, :, :] - place[pivots][:, None, :], axis=2)
    scaled: Points = (place * (drawn * hops).sum() / (drawn**2).sum()).round(3)
    return scaled


def settled(
    place: Points,
    links: Indices,
    weight: Points,
    movable: NDArray[np.bool_],
    steps: int,
    held: tuple[Indices, Points] | None = None,
) -> Points:
    """So many steps in which linked nodes come to a distance of one and near ones make room.

    ``held`` are pivots and every node's distance from each.
    """
    import numpy as np

    count = len(place)
    spot = place[:, 0] + 1j * place[:, 1]
    a, b = links.T.copy()
    stiff = np.log2(1 + weight)
    pivots, hops = held or (np.zeros(0, dtype=np.intp), np.ones((0, count)))
    grip = np.where(hops > 0, _HOLD / np.maximum(hops, 1) ** 2, 0.0)
    firm = np.bincount(links.ravel(), np.repeat(stiff, 2), count)
    room = _ROOM * float(firm[movable].mean())
    firm = firm + grip.sum(axis=0)
    for step in range(steps):
        if step % 4 == 0:
            c, d, reach = _near(spot)
            total = firm + room * np.bincount(np.concatenate([c, d]), minlength=count) + 1e-9
        move = _moves(a, b, stiff, _missing(spot[a] - spot[b], 1.0), count)
        gap = spot[c] - spot[d]
        move += _moves(c, d, room, _missing(gap, np.maximum(reach, np.abs(gap))), count)
        move += np.einsum("pn,pn->n", grip, _missing(spot - spot[pivots][:, None], hops))
        spot = spot + move / total * movable
    return np.stack([spot.real, spot.imag], axis=1)


def _missing(gap: Complex, wished: float | Points) -> Complex:
    """What each gap lacks of its wished length, along it."""
    import numpy as np

    return gap * (wished / np.maximum(np.abs(gap), 1e-6) - 1)


def _moves(first: Indices, second: Indices, weight: float | Points, move: Complex, count: int) -> Complex:
    """Each weighted move of its first end, and the opposite of its second, summed by node."""
    import numpy as np

    move = move * weight
    ends = [np.bincount(end, part, count) for end in (first, second) for part in (move.real, move.imag)]
    return ends[0] - ends[2] + 1j * (ends[1] - ends[3])


def _near(spot: Complex) -> tuple[Indices, Indices, float]:
    """Every node with each of its nearest neighbours, and the distance that these are to keep at least."""
    import numpy as np
    from scipy.spatial import cKDTree

    count = len(spot)
    points = np.stack([spot.real, spot.imag], axis=1)
    away, others = cKDTree(points).query(points, range(2, min(_CROWD + 1, count) + 1))  # the first is the node itself
    return np.repeat(np.arange(count), others.shape[1]), others.ravel(), min(_REACH, float(away[:, -1].mean()))
