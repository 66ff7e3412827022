"""Components of a graph side by side, with room for their labels, in about the shape of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.intp]

__all__ = ["side_by_side"]

_CANVAS = 700.0  # the side of that canvas, in pixels


def side_by_side(place: Points, parts: list[Indices], links: Indices, radius: Points, wide: Points, shape: float) -> Points:
    """The largest component first, each other one where the whole grows least, never within another's lines.

    ``shape`` is the wished width to height of the whole.
    """
    import numpy as np

    parts.sort(key=lambda part: (-len(part), int(part[0])))
    extent = np.array([np.ptp(place[part], axis=0) for part in parts])
    area = float(np.prod(extent + np.array([130.0, 50.0]), axis=1).sum())
    zoom = float(np.clip(_CANVAS / (1.3 * area) ** 0.5, 0.4, 1.2))
    cell = max(12.0 / zoom, area**0.5 / 64)
    room = np.stack([np.maximum(radius, wide / 2 / zoom) + 8 / zoom, radius + 22 / zoom], axis=1)
    owner = np.zeros(len(place), dtype=np.intp)
    for number, part in enumerate(parts):
        owner[part] = number
    taken = np.zeros((0, 0), dtype=bool)
    corner = np.zeros(2)  # what the first cell of ``taken`` is in the plane, in cells
    for number, part in enumerate(parts):
        stamp, origin = _stamp(place, part, links[owner[links[:, 0]] == number], room, cell)
        if not number:
            taken, corner = stamp.copy(), origin / cell
            low, high = np.zeros(2), np.array(stamp.shape, dtype=float)[::-1]
            continue
        spot, taken, grown = _spot(taken, stamp, low, high, shape)
        corner, low, high = corner - grown, low + grown, high + grown
        place[part] += (corner + spot) * cell - origin
        size = np.array(stamp.shape)[::-1]
        taken[int(spot[1]) : int(spot[1] + size[1]), int(spot[0]) : int(spot[0] + size[0])] |= stamp
        low, high = np.minimum(low, spot), np.maximum(high, spot + size)
    centred: Points = place - (place.max(axis=0) + place.min(axis=0)) / 2
    return centred


def _stamp(place: Points, part: Indices, links: Indices, room: Points, cell: float) -> tuple[NDArray[np.bool_], Points]:
    """The cells that a component takes, with its labels, its lines and what they enclose; and the first cell's place."""
    import numpy as np
    from scipy.ndimage import binary_fill_holes

    origin: Points = (place[part] - room[part]).min(axis=0)
    columns, rows = np.ceil(((place[part] + room[part]).max(axis=0) - origin) / cell).astype(int)
    cells = np.zeros((rows, columns), dtype=bool)
    start = ((place[part] - room[part] - origin) / cell).astype(int)
    stop = np.ceil((place[part] + room[part] - origin) / cell).astype(int)
    for (left, top), (right, bottom) in zip(start.tolist(), stop.tolist(), strict=True):
        cells[top:bottom, left:right] = True
    ends = (place[links] - origin) / cell
    dots = 2 + (2 * np.abs(ends[:, 1] - ends[:, 0]).max(axis=1)).astype(int)
    line = np.repeat(np.arange(len(links)), dots)
    along = ((np.arange(len(line)) - np.repeat(dots.cumsum() - dots, dots)) / (dots[line] - 1))[:, None]
    x, y = ((1 - along) * ends[line, 0] + along * ends[line, 1]).astype(int).T
    cells[y, x] = True
    return np.asarray(binary_fill_holes(cells), dtype=bool), origin


def _spot(
    taken: NDArray[np.bool_], stamp: NDArray[np.bool_], low: Points, high: Points, shape: float
) -> tuple[Points, NDArray[np.bool_], int]:
    """Where ``stamp`` is free to lie so that the box from ``low`` to ``high`` grows least, nearest its corners.

    ``taken`` comes back with a margin, as wide as the last number says, in which every stamp finds a place.
    """
    import numpy as np

    grown = max(0, *(max(stamp.shape) - int(margin) for margin in (*low, *(np.array(taken.shape)[::-1] - high))))
    taken = np.pad(taken, grown)
    low, high = low + grown, high + grown
    rows, columns = taken.shape[0] - stamp.shape[0] + 1, taken.shape[1] - stamp.shape[1] + 1
    blocked = np.zeros((rows, columns), dtype=bool)
    for y, x in np.argwhere(stamp).tolist():
        blocked |= taken[y : y + rows, x : x + columns]
    left, top = np.arange(columns)[None, :], np.arange(rows)[:, None]
    wide = np.maximum(high[0], left + stamp.shape[1]) - np.minimum(low[0], left)
    tall = np.maximum(high[1], top + stamp.shape[0]) - np.minimum(low[1], top)
    middle = (low + high) / 2
    off = np.hypot(left + stamp.shape[1] / 2 - middle[0], top + stamp.shape[0] / 2 - middle[1])
    cost = np.maximum(wide / shape, tall) + 0.2 * np.minimum(wide / shape, tall) - 1e-3 * off
    best = int(np.where(blocked, np.inf, cost).argmin())
    return np.array([best % columns, best // columns], dtype=float), taken, grown
