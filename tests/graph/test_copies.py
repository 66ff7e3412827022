"""Wire copies: found whatever their headline and last line, and never counted twice."""

from __future__ import annotations

from dataclasses import replace

import kg
from kg.graph.copies import copies
from kg.graph.corroboration import corroboration
from kg.records import Document
from tests.samples import graph as sample

STORY = (
    "KARSK, May 3 (Karsk Wire) - The harbour of Karsk will close for three weeks from Monday, the harbour master said, "
    "because a ship laden with gravel has gone down in the fairway. No one was hurt. Divers will lift the wreck before the "
    "herring come in, he added, and fishermen are to be paid for every day that they cannot sail. The council meets on Friday."
)


def paper(id: str, text: str, day: str | None = "2031-05-03", outlet: str | None = None) -> Document:
    return Document(id, text, published=day, publisher=outlet)


def test_the_original_is_the_first_and_of_one_day_the_outlet_that_is_credited() -> None:
    wire = paper("z-wire", STORY, outlet="Karsk Wire")
    echo = paper("a-echo", STORY + " The Echo will follow the story.", outlet="Harbour Echo")
    late = paper("b-late", "Harbour shut! " + STORY[:-40], "2031-05-04", "Daily Gull")
    found = copies([late, echo, wire])
    assert [(item.copy, item.original) for item in found] == [("a-echo", "z-wire"), ("b-late", "z-wire")]
    assert all(item.score > 0.9 for item in found)
    assert copies([wire, echo, late]) == found
    early = replace(echo, published="2031-05-02")
    assert {item.original for item in copies([wire, early, late])} == {"a-echo"}


def test_two_stories_of_one_event_are_no_copies() -> None:
    other = (
        "The wreck in the fairway keeps Karsk shut until the end of the month. Fishermen who lie idle want more than the "
        "council offers; the harbour master, who had warned of gravel ships for years, would not say who is to blame."
    )
    assert copies([paper("a", STORY), paper("b", other), paper("c", "Short."), paper("d", "Short.")]) == []


def test_the_copy_in_seeds_is_found_and_counts_once(graph: kg.KnowledgeGraph) -> None:
    (edge,) = graph.edges("copy of")
    assert graph.document(edge.source).publisher == "Guadiana Echo"
    assert graph.document(edge.target).publisher == "Tagus Wire"
    for evidence in edge.evidence:
        assert graph.document(evidence.document).text[evidence.start : evidence.end] == evidence.quote
    counts = corroboration(graph)
    copied = {one.source for one in graph.edges("appears in") if one.target == edge.source}
    assert copied
    partners = [link for link in graph.edges("repeats") if link.source in copied or link.target in copied]
    assert len(partners) > 5
    assert min(counts[link.source] for link in partners) == 1
    assert set(counts.values()) <= {1, 2}


def test_a_claim_alone_has_one_origin() -> None:
    assert set(corroboration(sample()).values()) == {1}
