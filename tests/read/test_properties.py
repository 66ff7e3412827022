"""What holds for every text: the sanitiser, the cleaner, the dates and the ids."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.read.clean import clean
from kg.read.decode import one_line, sanitise
from kg.read.document import document_id, iso_date
from kg.read.text import split_front_matter, without_markup

ANY = st.text(alphabet=st.characters(exclude_categories=()))
NASTY = st.text(alphabet="\r\n\t \x00\x0b\x0c\x85\u2028\ufeff\ud800\u00a0aB.*_[]()`#->:", max_size=60)
PLAIN = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")))


@given(ANY | NASTY)
def test_the_sanitiser_is_idempotent_and_leaves_nothing_bad(text: str) -> None:
    once = sanitise(text)
    assert sanitise(once) == once
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufeff]|\n\n\n|[ \t]\n", once)
    assert "\n" not in one_line(text)
    once.encode("utf-8")


@given(st.text(alphabet="abcXYZ é“”—\u00a0ﬁ", max_size=40))
def test_the_sanitiser_keeps_every_other_character(text: str) -> None:
    assert sanitise(text) == text.rstrip(" \t")


@given(ANY | NASTY, st.none() | st.text(max_size=20))
def test_cleaning_only_takes_whole_lines_away(text: str, title: str | None) -> None:
    body, _ = clean(sanitise(text), title)
    lines = iter(sanitise(text).split("\n"))
    assert all(line in lines for line in body.split("\n") if line)


@given(ANY | NASTY)
def test_no_text_breaks_markdown_or_front_matter(text: str) -> None:
    without_markup(sanitise(text))
    split_front_matter("---\n" + sanitise(text) + "\n---\nbody")


@given(ANY | st.text(alphabet="0123456789-/.: TZamp", max_size=30))
def test_a_date_is_a_day_or_nothing(value: str) -> None:
    found = iso_date(value)
    assert found is None or (re.fullmatch(r"\d{4}-\d\d-\d\d", found) and iso_date(found) == found)


@given(PLAIN, PLAIN)
def test_ids_are_stable_valid_and_differ_with_the_text(title: str, text: str) -> None:
    one = document_id(None, "VOA", None, title, text)
    assert one == document_id("", "VOA", "", title, text)
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,39}-[0-9a-f]{12}", one)
    assert one != document_id(None, "VOA", None, title, text + "x")
