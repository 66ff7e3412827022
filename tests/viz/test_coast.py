"""Outlines of the map: land where there is land, within the frame, as fine as it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.viz.coast import Point, frame_around, outlines, simpler

LISBON, CAIRO, LIMA, SUVA = (-9.14, 38.72), (31.24, 30.04), (-77.04, -12.05), (178.44, -18.14)


def points(flat: list[float]) -> list[Point]:
    return list(zip(flat[::2], flat[1::2], strict=True))


def on_land(point: Point, rings: list[list[float]]) -> bool:
    """Even and odd crossings of a ray to the east."""
    x, y = point
    crossed = 0
    for ring in map(points, rings):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossed % 2 == 1


@pytest.mark.parametrize("places", [[LISBON], [LISBON, CAIRO], [LISBON, LIMA, SUVA]])
def test_land_is_land_and_sea_is_sea(places: list[Point]) -> None:
    land = outlines(places)["land"]
    assert on_land((-7.0, 39.0), land), "inland Portugal"
    assert not on_land((-11.5, 38.0), land), "the Atlantic"


def test_the_far_east_of_siberia_lies_on_both_sides_of_the_map() -> None:
    land = outlines([LISBON, LIMA, (-170.0, 60.0), (175.0, 60.0)])["land"]
    assert on_land((178.0, 66.5), land)
    assert on_land((-173.0, 66.6), land)
    assert not on_land((0.0, 70.0), land), "the Norwegian Sea, between the two"


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=6))
def test_the_frame_holds_every_place(places: list[Point]) -> None:
    west, south, east, north = frame_around(places)
    assert all(west <= x <= east and south <= y <= north for x, y in places)


def test_outlines_stay_within_the_frame_and_are_small() -> None:
    west, south, east, north = frame_around([LISBON])
    land = outlines([LISBON])["land"]
    assert all(west - 0.01 <= x <= east + 0.01 and south - 0.01 <= y <= north + 0.01 for ring in land for x, y in points(ring))
    assert sum(map(len, land)) < 4000
    assert sum(map(len, outlines([LISBON, LIMA, SUVA, CAIRO])["land"])) < 30_000


def test_a_thinned_line_keeps_its_ends_and_strays_no_farther() -> None:
    line = [(0.0, 0.0), (1.0, 0.05), (2.0, 1.0), (3.0, 0.02), (4.0, 0.0)]
    assert simpler(line, 0.3) == [(0.0, 0.0), (1.0, 0.05), (2.0, 1.0), (3.0, 0.02), (4.0, 0.0)]
    assert simpler(line, 2.0) == [(0.0, 0.0), (4.0, 0.0)]
