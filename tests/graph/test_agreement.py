"""Claims that say the same or the opposite, and the many that do neither."""

from __future__ import annotations

import pytest

import kg
from kg.graph.agreement import Link, links
from kg.records import Claim, Evidence, Mention
from tests.samples import said


def claim(number: int, text: str, speaker: str = "Ada Moll", about: tuple[str, ...] = (), **more: object) -> tuple[Claim, str]:
    document = f"d{number}"
    name = Mention(document, 0, len(speaker), speaker, "PERSON")
    mentions = tuple(Mention(document, 1000 + text.index(word), 0, word, "PERSON") for word in about)
    content = (Evidence(document, 1000, 1000 + len(text), text),)
    return said(f"c{number}", content, name.evidence, name, about=mentions, **more), f"2031-05-{number:02}"


def link(*claims: tuple[Claim, str]) -> list[Link]:
    return links(claims, lambda mention: mention.text)


SAME = [
    ("no such meeting took place", "That meeting did not take place"),
    ("the wreck will be lifted before the herring come", "before the herring come, the wreck would be lifted"),
    ("We stand by every cubic metre", "we stand by every cubic metre."),
]
OPPOSITE = [
    ("the council had approved the harbour plan in March", "the council had not approved the harbour plan in March"),
    ("the old bridge over the Karsk is safe for lorries", "the old bridge over the Karsk is unsafe for lorries"),
    ("the strike cost the harbour 4 million euros", "the strike cost the harbour 9 million euros"),
    ("the harbour never closed during the strike", "the harbour closed during the strike"),
]
NEITHER = [
    ("the bridge is safe", "the ferry is dangerous"),
    ("the council approved the harbour plan", "the harbour master did not approve of gravel"),
    ("the strike cost the harbour 4 million euros", "the fair cost the council 9 million euros"),
    ("the strike began in 2030", "the strike ended in 2031"),
    ("forty ships lay in the harbour", "forty gulls sat on the quay"),
    ("there was no meeting", "there was no money"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_claims_that_say_the_same_are_linked(one: str, other: str) -> None:
    (found,) = link(claim(1, one), claim(2, other))
    assert (found.source, found.target, found.relation) == ("c2", "c1", "repeats")
    assert found.note.startswith("both say ")


@pytest.mark.parametrize(("one", "other"), OPPOSITE)
def test_claims_that_say_the_opposite_are_linked_with_the_reason(one: str, other: str) -> None:
    (found,) = link(claim(1, one), claim(2, other, "Orsin Bale"))
    assert found.relation == "contradicts"
    assert found.note
    assert link(claim(2, other, "Orsin Bale"), claim(1, one)) == [found]


@pytest.mark.parametrize(("one", "other"), NEITHER)
def test_what_merely_shares_words_is_not_linked(one: str, other: str) -> None:
    assert link(claim(1, one), claim(2, other)) == []


def test_who_is_spoken_of_denies_it() -> None:
    accused = claim(1, "that an engineer had handed her a memo on the cracks", "Ada Moll", polarity="denied")
    accuser = claim(2, "she had handed the memo to Ada Moll herself", "Ines Roth", ("Ada Moll",))
    (found,) = link(accused, accuser)
    assert found.relation == "contradicts"
    stranger = claim(3, "she had handed the memo to Carl Swift herself", "Ines Roth", ("Carl Swift",))
    assert link(accused, stranger) == []


def test_a_figure_that_both_give_counts_as_a_word() -> None:
    said_so = claim(1, "40 people had died in the bombing of the harbour", "Ada Moll")
    denied = claim(2, "that 40 people had died in the bombing", "Ines Roth", polarity="denied")
    (found,) = link(said_so, denied)
    assert found.relation == "contradicts"
    other = claim(3, "that 7 people had died in the bombing", "Ines Roth", polarity="denied")
    assert not [one for one in link(said_so, other) if one.note.startswith("one denies")]


@pytest.mark.parametrize("modality", ["demanded", "possible", "conditional"])
def test_what_is_not_asserted_contradicts_nothing(modality: str) -> None:
    one, other = OPPOSITE[0]
    assert link(claim(1, one), claim(2, other, modality=modality)) == []


def test_a_claim_within_a_claim_is_not_its_repetition() -> None:
    outer, day = claim(1, "the wreck will be lifted before the herring come")
    inner = said("c9", (Evidence("d1", 1004, 1048, outer.text[4:]),), None, None)
    assert link((outer, day), (inner, day)) == []


def test_the_contradiction_of_seeds_is_found_and_nothing_else(graph: kg.KnowledgeGraph) -> None:
    """Read by hand: the minister denies the memo that the engineer says she handed over, in the wire story and its copy."""
    found = list(graph.edges("contradicts"))
    assert len(found) == 2
    for edge in found:
        assert "memo" in edge.note
        assert all(graph.document(e.document).text[e.start : e.end] == e.quote for e in edge.evidence)
        speakers = {graph.node(one.source).label for id in (edge.source, edge.target) for one in graph.edges_to(id, "said")}
        assert speakers == {"Helena Brandão", "Inês Falcato"}
