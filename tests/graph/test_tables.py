"""The tables of the hand-made graph."""

from __future__ import annotations

import pytest

from kg.graph import tables
from kg.graph.network import KnowledgeGraph
from tests import samples

EMPTY = KnowledgeGraph([], [])


@pytest.mark.parametrize("table", ["claims", "entities", "affiliations", "events"])
def test_an_empty_graph_has_the_columns(table: str) -> None:
    empty, full = getattr(tables, table)(EMPTY), getattr(tables, table)(samples.graph())
    assert len(empty) == 0
    assert len(full) > 0
    assert list(empty.columns) == list(full.columns)
    assert list(empty.dtypes) == list(full.dtypes)
    assert not full.isna().to_numpy().any()


@pytest.mark.parametrize("table", ["claims", "entities", "affiliations", "events"])
def test_the_order_of_the_input_does_not_matter(table: str) -> None:
    assert getattr(tables, table)(samples.graph()).equals(getattr(tables, table)(samples.graph(backwards=True)))


def test_claims() -> None:
    frame = samples.graph().claims()
    assert list(frame.columns) == list(tables.CLAIMS)
    assert list(frame["id"]) == [f"c00000000000{number}" for number in (7, 1, 2, 3, 4, 5, 6)]
    split = frame.set_index("id").to_dict("index")["c000000000001"]
    assert split["speaker"] == "Mirela Dantov"
    assert (split["role"], split["organisation"], split["cue"]) == ("director", "Lowen Institute", "said")
    assert split["claim"] == "“The port talks,” … “have begun.”"
    assert samples.TALKS.text[split["start"] : split["end"]].endswith("“have begun.”")
    assert (split["about"], split["outlet"], split["title"]) == ("port talks", "Lowen Institute", "Talks at the port")
    official = frame.set_index("id").loc["c000000000003"]
    assert (official["speaker"], official["source"]) == ("", "A senior official")


def test_entities() -> None:
    frame = samples.graph().entities().set_index("name")
    assert list(frame.loc["Mirela Dantov", ["kind", "mentions", "documents", "claims"]]) == ["PERSON", 2, 2, 2]
    assert frame.loc["port talks", "claims_about"] == 3


def test_affiliations() -> None:
    frame = samples.graph().affiliations()
    assert list(frame["person"]) == ["Mirela Dantov", "Orsin Bale", "Orsin Bale", "Ida Voss"]
    assert list(frame["status"]) == ["current", "former", "former", "current"]
    assert list(frame["place"]) == ["Karsk", "", "", "Karsk"]


def test_events() -> None:
    (row,) = samples.graph().events().to_dict("records")
    assert (row["name"], row["place"], row["participants"]) == ("port talks", "Karsk", "Lowen Institute; Mirela Dantov")
    assert (row["published"], row["time"], row["evidence"]) == ("2031-05-01", "on Monday", "port talks")


def test_an_event_keeps_what_every_document_says_of_it() -> None:
    (talks,) = samples.graph().nodes("EVENT")
    assert talks.events == samples.graph(backwards=True).node(talks.id).events == (samples.RESUMPTION, samples.NEGOTIATION)
    assert not any(node.events for node in samples.graph().nodes() if node.kind != "EVENT")
