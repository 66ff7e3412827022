"""A paragraph that is one quotation goes on from the report before it, or in the next, and from nothing else."""

from __future__ import annotations

from kg.extract import extract
from kg.records import Claim, Document, check

TOLD = "Mayor Ilse Varga told residents on Tuesday that the dam would be rebuilt."
ALONE = "“We lost homes, we lost a school, and we lost neighbours. We will not lose this town.”"


def claims(*paragraphs: str) -> list[Claim]:
    (extraction,) = extract([Document(id="d", text="\n\n".join(paragraphs))])
    check(extraction)
    return list(extraction.claims)


def test_a_quotation_without_a_cue_is_the_last_speakers() -> None:
    (said,) = (claim for claim in claims(TOLD, ALONE) if ALONE in [piece.quote for piece in claim.content])
    assert said.speaker is not None
    assert said.speaker.text == "Ilse Varga"
    assert said.cue is not None
    assert said.cue.quote == "told"


def test_a_quotation_after_a_paragraph_in_which_nobody_speaks_is_nobodys() -> None:
    assert len(claims(TOLD, "The council votes next week.", ALONE)) == 1


def test_a_short_quotation_is_no_speech() -> None:
    assert len(claims(TOLD, "“The Drowned Valley”")) == 1


def test_a_quotation_left_open_goes_on_in_the_next_paragraph() -> None:
    opened = "“A mayor answers for what lies on her desk as well as for what lies under it."
    closed = "“Nobody below the dam should have to wait for a vote,” Ilse Varga went on."
    found = claims("Mayor Ilse Varga wrote to the council that she never saw the letter.", opened, closed)
    (said,) = (claim for claim in found if opened in [piece.quote for piece in claim.content])
    assert [piece.quote for piece in said.content][-1] == "“Nobody below the dam should have to wait for a vote,”"
