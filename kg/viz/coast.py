"""Land and borders around some places, from Natural Earth: cut to a frame and as fine as a screen shows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["Frame", "Line", "frame_around", "outlines", "simpler"]

Point = tuple[float, float]  # longitude and latitude, WGS 84 degrees
Line = list[Point]
Frame = tuple[float, float, float, float]  # west, south, east, north

_FINE = 1000  # the frame's width over what a line may stray from its original
_FINER = 8  # times as fine about the places, where readers zoom in
_LEAST = 7.0  # degrees: the narrowest frame, so that a single town has a country around it
_CELL = 2.0  # degrees: the side of the squares about places
_CELLS = 400  # squares, beyond which all is drawn alike


def frame_around(places: Sequence[Point]) -> Frame:
    """A frame that holds all ``places`` with room around them; the map may be moved within it."""
    wide, high = zip(*places, strict=True)
    middle = ((min(wide) + max(wide)) / 2, (min(high) + max(high)) / 2)
    half_x = max(max(wide) - min(wide), _LEAST) * 0.9
    half_y = max(max(high) - min(high), _LEAST) * 0.9
    half_x, half_y = max(half_x, half_y * 1.2), max(half_y, half_x * 0.6)
    west, east = max(-180.0, middle[0] - half_x), min(180.0, middle[0] + half_x)
    south, north = max(-85.0, middle[1] - half_y), min(85.0, middle[1] + half_y)
    return west, south, east, north


def outlines(places: Sequence[Point]) -> dict[str, list[list[float]]]:
    """Rings of land and lines of borders around ``places``: flat lists of longitude, latitude, longitude ..."""
    frame = frame_around(places)
    stray = (frame[2] - frame[0]) / _FINE
    near = {(cell[0] + x, cell[1] + y) for cell in map(_cell, places) for x in (-1, 0, 1) for y in (-1, 0, 1)}
    finer = _FINER if len(near) <= _CELLS else 1
    cut = {"land": _clipped_rings, "borders": _clipped_lines}
    found = {}
    for name, lines in _all().items():
        seen = (line for line in lines if _size(line) > 2 * stray or _cell(line[0]) in near)
        parts = (part for line in seen for turned in _turns(line) for part in cut[name](turned, frame))
        kept = (simpler(part, stray, [finer if _cell(point) in near else 1 for point in part]) for part in parts)
        found[name] = [[round(value, 2) for point in line for value in point] for line in kept]
    return found


def _cell(point: Point) -> tuple[int, int]:
    return int(point[0] // _CELL), int(point[1] // _CELL)


def _turns(line: Line) -> list[Line]:
    """A line that goes on beyond the 180th meridian lies on both sides of the map."""
    wide = [x for x, _ in line]
    turns = [0.0, *([-360.0] if max(wide) > 180 else []), *([360.0] if min(wide) < -180 else [])]
    return [[(x + turn, y) for x, y in line] for turn in turns]


@cache
def _all() -> dict[str, list[Line]]:
    packed = (files("kg.viz") / "vendor" / "outlines.json.gz").read_bytes()
    data: dict[str, Any] = json.loads(gzip.decompress(packed))
    return {name: [_degrees(line) for line in data[name]] for name in ("land", "borders")}


def _degrees(steps: list[int]) -> Line:
    wide, high = accumulate(steps[::2]), accumulate(steps[1::2])
    return [(x / 100, y / 100) for x, y in zip(wide, high, strict=True)]


def _size(line: Line) -> float:
    wide, high = zip(*line, strict=True)
    return float(max(max(wide) - min(wide), max(high) - min(high)))


# ------------------------------------------------------------------ cutting and thinning
def _clipped_rings(ring: Line, frame: Frame) -> Iterable[Line]:
    """Sutherland and Hodgman: what of a ring lies within ``frame``, closed along its sides."""
    if _apart(ring, frame):
        return []
    for axis, limit, sign in ((0, frame[0], 1), (0, frame[2], -1), (1, frame[1], 1), (1, frame[3], -1)):
        ring = _cut(ring, lambda point, a=axis, s=sign, at=limit: (point[a] - at) * s, axis, limit)  # type: ignore[misc]
    return [ring] if len(ring) > 2 else []


def _apart(line: Line, frame: Frame) -> bool:
    wide, high = zip(*line, strict=True)
    return bool(max(wide) < frame[0] or min(wide) > frame[2] or max(high) < frame[1] or min(high) > frame[3])


def _cut(ring: Line, inside: Callable[[Point], float], axis: int, limit: float) -> Line:
    found: Line = []
    for last, point in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
        if (inside(last) >= 0) != (inside(point) >= 0):
            share = inside(last) / (inside(last) - inside(point))
            other = last[1 - axis] + share * (point[1 - axis] - last[1 - axis])
            found.append((limit, other) if axis == 0 else (other, limit))
        if inside(point) >= 0:
            found.append(point)
    return found


def _clipped_lines(line: Line, frame: Frame) -> Iterable[Line]:
    """The pieces of a line that touch ``frame``; they may end a step beyond it."""
    west, south, east, north = frame
    parts: list[Line] = []
    open_part = False
    for one, other in pairwise(line):
        near = max(one[0], other[0]) >= west and min(one[0], other[0]) <= east
        near = near and max(one[1], other[1]) >= south and min(one[1], other[1]) <= north
        if near and not open_part:
            parts.append([one])
        if near:
            parts[-1].append(other)
        open_part = near
    return parts


def simpler(line: Line, stray: float, weights: Sequence[int] = ()) -> Line:
    """Douglas and Peucker: the points without which the line would stray farther than ``stray`` from itself.

    A point of weight n counts as n times as far away.
    """
    import numpy as np

    points = np.array(line)
    weight = np.array(weights, dtype=float) if weights else np.ones(len(line))
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        away = _away(points[first + 1 : last], points[first], points[last]) * weight[first + 1 : last]
        far = int(away.argmax())
        if away[far] > stray:
            keep[first + 1 + far] = True
            waiting += [(first, first + 1 + far), (first + 1 + far, last)]
    return [line[place] for place in np.flatnonzero(keep)]


def _away(points: Points, one: Points, other: Points) -> Points:
    """How far ``points`` lie from the stretch between ``one`` and ``other``."""
    import numpy as np

    way = other - one
    square = float(way @ way)
    share = np.clip((points - one) @ way / square, 0.0, 1.0) if square else np.zeros(len(points))
    distance: Points = np.hypot(*(points - one - share[:, None] * way).T)
    return distance
