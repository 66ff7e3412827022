"""Outlines for the map, made once from Natural Earth: ``python -m kg.viz.outline countries-10m.json``.

The file comes from the npm package world-atlas (Natural Earth 4.1, public domain).  What is written is
``vendor/outlines.json.gz``: rings of land and lines of borders, each a list of longitudes and latitudes in hundredths
of a degree, the first as it is and the others as steps from the one before.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kg.viz.coast import Line, simpler

__all__ = ["write_outlines"]

_KEPT = 0.01  # degrees: what a line may stray from its original
_LEAST = 5  # points of a ring


def write_outlines(source: Path, target: Path) -> None:
    """Read TopoJSON with the objects "land" and "countries" and write the outlines; the same input gives the same bytes."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [_points(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [
        simpler(_unrolled(_ring(ring, arcs)), _KEPT)
        for land in topology["objects"]["land"]["geometries"]
        for polygon in _polygons(land)
        for ring in polygon
    ]
    sides = Counter(
        index if index >= 0 else ~index
        for country in topology["objects"]["countries"]["geometries"]
        for polygon in _polygons(country)
        for ring in polygon
        for index in ring
    )
    borders = [simpler(arcs[index], _KEPT) for index, count in sorted(sides.items()) if count > 1]
    data = {"land": [_steps(ring) for ring in rings if len(ring) >= _LEAST], "borders": [_steps(line) for line in borders]}
    packed = json.dumps(data, separators=(",", ":")).encode()
    target.write_bytes(gzip.compress(packed, 9, mtime=0))


def _points(arc: list[list[int]], transform: dict[str, Any]) -> Line:
    """TopoJSON's steps as degrees."""
    (wide, tall), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for step_x, step_y, *_ in arc:
        x, y = x + step_x, y + step_y
        found.append((x * wide + left, y * tall + low))
    return found


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    found: list[list[list[int]]] = geometry.get("arcs", [])
    return found


def _ring(indices: list[int], arcs: list[Line]) -> Line:
    """Arcs end to end; one that is numbered ~n is arc n backwards."""
    found: Line = []
    for index in indices:
        found += (arcs[index] if index >= 0 else arcs[~index][::-1])[1 if found else 0 :]
    return found


def _unrolled(ring: Line) -> Line:
    """A ring that crosses the 180th meridian goes on beyond it; one around a pole is closed along that pole."""
    found = ring[:1]
    for x, y in ring[1:]:
        last = found[-1][0]
        found.append((x + round((last - x) / 360) * 360, y))
    if abs(found[-1][0] - found[0][0]) > 180:
        pole = 90.0 if found[0][1] > 0 else -90.0
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


def _steps(line: Line) -> list[int]:
    whole = [(round(x * 100), round(y * 100)) for x, y in line]
    steps = [
        (x - last_x, y - last_y)
        for (x, y), (last_x, last_y) in zip(whole[1:], whole[:-1], strict=True)
        if (x, y) != (last_x, last_y)
    ]
    return [number for point in [whole[0], *steps] for number in point]


if __name__ == "__main__":
    write_outlines(Path(sys.argv[1]), Path(__file__).parent / "vendor" / "outlines.json.gz")
