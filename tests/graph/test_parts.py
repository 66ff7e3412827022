"""Parts of a graph: one speaker, one subject; each is a graph with its evidence, ready for every later stage."""

from __future__ import annotations

import pytest

from kg.graph.network import KnowledgeGraph
from kg.records import Claim, Document, Entity
from tests import samples


def people(graph: KnowledgeGraph) -> list[str]:
    return sorted({name for edge in graph.edges("said") for name in [graph.node(edge.source).label]})


def speaker(graph: KnowledgeGraph) -> Entity:
    """The first person who speaks alone."""
    for edge in graph.edges("said"):
        record = graph.node(edge.source).record
        if isinstance(record, Entity) and sum(1 for _ in graph.edges_to(edge.target, "said")) == 1:
            return record
    raise AssertionError


def test_what_one_speaker_said() -> None:
    graph = samples.graph()
    one = speaker(graph)
    part = graph.of(one.name)
    wanted = {edge.target for edge in graph.edges_from(one.id, "said")}
    assert {node.id for node in part.nodes("CLAIM")} == wanted
    assert {node.id for node in graph.of(one.id).nodes()} == {node.id for node in part.nodes()}
    assert part.claims()["speaker"].str.contains(one.name, regex=False).all()


def test_what_is_said_of_one_thing() -> None:
    graph = samples.graph()
    part = graph.about("port talks")
    found = [node.record for node in part.nodes("CLAIM") if isinstance(node.record, Claim)]
    assert found
    assert all("port talks" in claim.text.lower() or claim.about for claim in found)


@pytest.mark.parametrize("name", ["port talks", "talks"])
def test_a_part_keeps_its_evidence_and_exports(name: str) -> None:
    part = samples.graph().about(name)
    for node in part.nodes():
        assert node.evidence or isinstance(node.record, Document)
        assert all(item.document in part for item in node.evidence)
    assert len(part.to_rdf()) > 0
    assert part.entities()["name"].all()


def test_an_unknown_name_is_an_error_that_offers_the_nearest() -> None:
    graph = samples.graph()
    name = speaker(graph).name
    with pytest.raises(ValueError, match="near it"):
        graph.of(name[:-1] + "x")
    with pytest.raises(ValueError, match="no claim is about"):
        graph.about("zzzz")


def test_entities_and_claims_show_themselves_with_their_text_escaped() -> None:
    entity = Entity("e", "PERSON", "<b>Ann</b>", ("A & B",), ())
    assert "&lt;b&gt;Ann" in entity._repr_html_()
    assert "A &amp; B" in entity._repr_html_()
    claims = [node.record for node in samples.graph().nodes("CLAIM") if isinstance(node.record, Claim)]
    assert all("score" in claim._repr_html_() and "<script" not in claim._repr_html_() for claim in claims)
