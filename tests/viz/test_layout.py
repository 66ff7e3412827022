"""Places: the same for the same graph, finite, and no two nodes on one spot."""

from __future__ import annotations

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest
from scipy.spatial.distance import pdist

from kg.viz.apart import apart
from kg.viz.layout import positions

Links = list[tuple[str, str, float]]


def invented(count: int, links: int, seed: int = 5) -> tuple[dict[str, float], Links]:
    chance = random.Random(seed)
    sizes = {f"n{number}": 5.0 + number % 20 for number in range(count)}
    return sizes, [
        (f"n{chance.randrange(count)}", f"n{chance.randrange(count)}", 1.0 + chance.randrange(3)) for _ in range(links)
    ]


def test_same_places_whatever_the_order() -> None:
    sizes, links = invented(150, 220)
    later = [("n3", "n140", 1.0), ("n9", "n149", 1.0)]
    first = positions(sizes, links, later)
    shuffled = list(sizes.items())
    random.Random(1).shuffle(shuffled)
    again = positions(dict(shuffled), links[::-1], later[::-1])
    assert first == again


@pytest.mark.parametrize(("count", "links"), [(0, 0), (1, 0), (2, 1), (3, 0), (40, 20), (300, 500)])
def test_every_node_has_a_finite_place_of_its_own(count: int, links: int) -> None:
    sizes, joined = invented(count, links) if count else ({}, [])
    places = positions(sizes, joined)
    assert set(places) == set(sizes)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    for (one, a), (other, b) in itertools.combinations(places.items(), 2):
        assert math.dist(a, b) > sizes[one] + sizes[other], (one, other)


def test_nodes_joined_by_nothing_but_each_other_and_self_links() -> None:
    places = positions({"a": 9.0, "b": 9.0, "c": 9.0}, [("a", "a", 1.0)], [("b", "c", 1.0)])
    assert len(set(places.values())) == 3


def test_a_crowd_on_one_spot_finds_room_around_what_stands() -> None:
    place = np.zeros((400, 2))
    radius = np.full(400, 6.0)
    radius[0] = 30.0
    movable = np.arange(400) > 0
    found = apart(place, radius, movable)
    assert found[0].tolist() == [0.0, 0.0]
    assert min(pdist(found[1:])) > 12
    assert np.linalg.norm(found[1:], axis=1).min() > 36


def test_a_grid_is_drawn_as_a_grid() -> None:
    network = nx.grid_2d_graph(12, 18)
    names = {node: f"{node[0]:02d}-{node[1]:02d}" for node in network}
    places = positions(dict.fromkeys(names.values(), 5.0), [(names[a], names[b], 1.0) for a, b in network.edges])
    sides = [math.dist(places[names[a]], places[names[b]]) for a, b in network.edges]
    assert max(sides) < 2 * min(sides)
    assert math.dist(places["00-00"], places["11-17"]) > 14 * min(sides)


def test_communities_stand_apart() -> None:
    network = nx.planted_partition_graph(6, 30, 0.25, 0.002, seed=4)
    places = positions({str(node): 6.0 for node in network}, [(str(a), str(b), 1.0) for a, b in network.edges])
    spots = np.array([places[str(node)] for node in network]).reshape(6, 30, 2)
    inside = np.linalg.norm(spots - spots.mean(axis=1, keepdims=True), axis=2).mean()
    assert min(pdist(spots.mean(axis=1))) > 1.5 * inside


def test_a_star_keeps_its_hub_in_the_middle() -> None:
    sizes = {"hub": 30.0} | {f"n{number}": 6.0 for number in range(30)}
    places = positions(sizes, [("hub", name, 1.0) for name in sizes if name != "hub"])
    away = [math.dist(places["hub"], place) for name, place in places.items() if name != "hub"]
    assert min(away) > 36
    assert max(away) < 500


@pytest.mark.parametrize("pairs", [1, 6, 40, 300])
def test_components_stand_apart_with_room_for_labels(pairs: int) -> None:
    sizes, joined = invented(60, 90)
    sizes |= {f"{end}{number}": 8.0 for number in range(pairs) for end in ("left", "right")}
    joined += [(f"left{number}", f"right{number}", 1.0) for number in range(pairs)]
    places = positions(sizes, joined)
    middles = [
        ((places[f"left{n}"][0] + places[f"right{n}"][0]) / 2, (places[f"left{n}"][1] + places[f"right{n}"][1]) / 2)
        for n in range(pairs)
    ]
    for (x, y), (other_x, other_y) in itertools.combinations(middles, 2):
        assert abs(x - other_x) > 110 or abs(y - other_y) > 44
    wide, tall = (max(axis) - min(axis) for axis in zip(*places.values(), strict=True))
    assert 0.6 < wide / tall < 1.6
