"""Slugs are safe names, whatever the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syrian Troops Show Strength", "syrian-troops-show-strength"),
        ("Assad's arrogance", "assads-arrogance"),
        ("Łódź, Straße, Ærø!", "lodz-strasse-aero"),
        ("2013: A Year", "a-year"),
        ("Überraschung", "uberraschung"),
        ("İstanbul", "istanbul"),
        ("Правительство Сирии", ""),
        ("...", ""),
        ("", ""),
        ("--a--b--", "a-b"),
        ("one two three four five six seven eight nine", "one-two-three-four-five-six-seven-eight"),
        ("x" * 60, "x" * 40),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(), st.integers(min_value=0, max_value=60))
def test_a_slug_is_a_valid_name(text: str, most: int) -> None:
    name = slug(text, most)
    assert len(name) <= most
    assert re.fullmatch(r"(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?", name)
    assert slug(name, most) == name
