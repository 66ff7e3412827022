"""Transcripts: turns of speakers, over one paragraph or several."""

from __future__ import annotations

from kg.extract import extract
from kg.records import Document, check

PLAIN = """OKORO: We never agreed to close the ferry.

LIND: The minutes say that you did.

The hearing went on for two hours."""

QUOTED = """“OKORO: We never agreed to close the ferry.

“The harbour council asked us twice, and twice we said no.

“(LAUGHTER.)

“LIND: The minutes say that you did.

The hearing went on for two hours."""


def spoken(text: str) -> dict[str, list[str]]:
    (extraction,) = extract([Document(id="d", text=text)])
    check(extraction)
    return {claim.source.quote: [piece.quote for piece in claim.content] for claim in extraction.claims if claim.source}


def test_a_turn_is_its_line() -> None:
    said = spoken(PLAIN)
    assert said["OKORO"] == ["We never agreed to close the ferry."]
    assert said["LIND"] == ["The minutes say that you did."]


def test_a_quoted_turn_goes_on_in_paragraphs_that_open_with_a_mark() -> None:
    said = spoken(QUOTED)
    assert said["OKORO"] == [
        "We never agreed to close the ferry.",
        "“The harbour council asked us twice, and twice we said no.",
    ]
    assert said["LIND"] == ["The minutes say that you did."]
