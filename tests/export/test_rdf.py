"""The RDF of the hand-made graph: the same in every reader, conforming, and true to the articles."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib import RDF, Namespace

import kg.export.rdf
from kg.export.json import read_json
from kg.export.rdf import triples
from kg.export.rdf_files import write_ntriples, write_turtle
from kg.graph.network import KnowledgeGraph, Node
from kg.records import Claim
from kg.vocab import NAMESPACES
from tests import samples

KG = Namespace(NAMESPACES["kg"])
OA = Namespace(NAMESPACES["oa"])
ORG = Namespace(NAMESPACES["org"])
PROV = Namespace(NAMESPACES["prov"])
SEM = Namespace(NAMESPACES["sem"])
SCHEMA = Namespace(NAMESPACES["schema"])
ID = Namespace("https://w3id.org/newskg/id/")
SHACL_WARNS = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pyshacl uses old names of rdflib
FOLDER = Path(kg.export.rdf.__file__).parent


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return samples.graph()


@pytest.fixture(scope="module")
def whole() -> rdflib.Graph:
    return samples.whole().to_rdf()


@pytest.fixture(scope="module")
def rdf(graph: KnowledgeGraph) -> rdflib.Graph:
    return graph.to_rdf()


@pytest.fixture(scope="module")
def seeds_graph() -> KnowledgeGraph:
    """The committed graph of seeds/."""
    return read_json(Path(__file__).parents[2] / "graphs" / "news.json")


def turtle(graph: KnowledgeGraph, **options: object) -> bytes:
    stream = io.BytesIO()
    write_turtle(graph, stream, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def ntriples(graph: KnowledgeGraph) -> bytes:
    stream = io.BytesIO()
    write_ntriples(graph, stream)
    return stream.getvalue()


def test_every_reader_finds_the_same(graph: KnowledgeGraph, rdf: rdflib.Graph) -> None:
    found = list(triples(graph))
    assert len(found) == len(set(found)) == len(rdf)
    for data, name, form in (
        (turtle(graph), "turtle", pyoxigraph.RdfFormat.TURTLE),
        (ntriples(graph), "nt", pyoxigraph.RdfFormat.N_TRIPLES),
    ):
        read = rdflib.Graph().parse(data=data, format=name)
        assert set(read) == set(rdf)
        assert len(list(pyoxigraph.parse(data, form))) == len(found)
    oxigraph = {str(item) for item in pyoxigraph.parse(turtle(graph), pyoxigraph.RdfFormat.TURTLE)}
    assert oxigraph == {str(item) for item in pyoxigraph.parse(ntriples(graph), pyoxigraph.RdfFormat.N_TRIPLES)}


def test_the_bytes_do_not_depend_on_the_order_of_the_input(graph: KnowledgeGraph) -> None:
    other = samples.graph(backwards=True)
    assert turtle(other) == turtle(graph) == turtle(graph)
    assert ntriples(other) == ntriples(graph)


def test_no_blank_nodes_and_no_clock(rdf: rdflib.Graph) -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in rdf for term in triple)
    assert not list(rdf.subject_objects(PROV.endedAtTime))


def test_another_base_and_no_article_text(graph: KnowledgeGraph) -> None:
    data = turtle(graph, base_iri="https://data.example/x", article_text=False)
    read = rdflib.Graph().parse(data=data, format="turtle")
    assert len(read) == len(list(triples(graph))) - 3
    assert not list(read.subject_objects(SCHEMA.articleBody))
    assert b"newskg/id" not in data
    assert (rdflib.URIRef("https://data.example/x/claim/c000000000001"), RDF.type, SCHEMA.Claim) in read


def test_turtle_is_readable(graph: KnowledgeGraph) -> None:
    text = turtle(graph).decode()
    assert (
        '\n\nclaim:c000000000001 a schema:Claim , schema:Quotation ;\n\tschema:text "“The port talks,” … “have begun.”"@en ;\n'
        in text
    )
    assert "\tkg:confidence 0.910 ;\n" in text
    assert "\n\toa:start 1 ;\n" in text
    head = text[: text.index("\n\n")].splitlines()
    assert head == sorted(head)
    assert all(line.startswith("@prefix ") for line in head)


def test_every_selector_cuts_its_quote(rdf: rdflib.Graph) -> None:
    spans = list(rdf.subjects(RDF.type, OA.SpecificResource))
    assert spans
    for span in spans:
        text = str(rdf.value(rdf.value(span, OA.hasSource), SCHEMA.articleBody))
        position, quote = sorted(rdf.objects(span, OA.hasSelector), key=str)
        start, end = int(str(rdf.value(position, OA.start))), int(str(rdf.value(position, OA.end)))
        assert text[start:end] == str(rdf.value(quote, OA.exact))
        assert text[max(0, start - 32) : start] == str(rdf.value(quote, OA.prefix) or "")
        assert text[end : end + 32] == str(rdf.value(quote, OA.suffix) or "")


def test_every_node_points_to_evidence(rdf: rdflib.Graph) -> None:
    for kind in (SCHEMA.Claim, ORG.Membership):
        for node in rdf.subjects(RDF.type, kind):
            assert list(rdf.objects(node, PROV.wasDerivedFrom)), node
    for kind in (SCHEMA.Person, SCHEMA.Organization, SCHEMA.Place, SCHEMA.Event):
        for node in rdf.subjects(RDF.type, kind):
            assert list(rdf.subjects(KG.denotes, node)), node


def test_every_term_is_declared(whole: rdflib.Graph) -> None:
    vocabulary = rdflib.Graph().parse(FOLDER / "vocabulary.ttl")
    others = tuple(NAMESPACES[prefix] for prefix in ("rdf", "rdfs", "dcterms", "void"))
    predicates = {predicate for predicate in whole.predicates() if not str(predicate).startswith(others)}
    assert predicates <= set(vocabulary.subjects(RDF.type))
    used = {term for triple in whole for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(str(KG))}
    assert used - {rdflib.URIRef(str(KG))} <= set(vocabulary.subjects(RDF.type))


# ------------------------------------------------------------------ shapes
def conforms(rdf: rdflib.Graph) -> tuple[bool, str]:
    found, _, report = pyshacl.validate(rdf, shacl_graph=str(FOLDER / "shapes.ttl"))
    return bool(found), str(report)


@SHACL_WARNS
def test_the_shapes_hold(whole: rdflib.Graph) -> None:
    found, report = conforms(whole)
    assert found, report


@SHACL_WARNS
@pytest.mark.parametrize(
    ("subject", "predicate", "message"),
    [
        (ID["claim/c000000000001"], SCHEMA.spokenByCharacter, "OrConstraint"),
        (ID["claim/c000000000004"], KG.sourceType, "OrConstraint"),
        (ID["claim/c000000000002"], PROV.wasDerivedFrom, "MinCount"),
        (ID["person/mirela-dantov-111111111111"], SCHEMA.affiliation, "membership without schema:affiliation shortcut"),
        (ID["place/karsk-777777777777"], rdflib.RDFS.label, "MinCount"),
    ],
)
def test_a_planted_error_is_found(rdf: rdflib.Graph, subject: rdflib.URIRef, predicate: rdflib.URIRef, message: str) -> None:
    broken = rdflib.Graph()
    broken += rdf
    broken.remove((subject, predicate, None))
    found, report = conforms(broken)
    assert not found
    assert message in report


@SHACL_WARNS
def test_a_membership_of_the_past_needs_no_shortcut(rdf: rdflib.Graph) -> None:
    present = rdflib.Graph()
    present += rdf
    (past,) = rdf.subjects(KG.status, KG.Former)
    present.set((past, KG.status, KG.Current))
    assert "shortcut" in conforms(present)[1]


# ------------------------------------------------------------------ what it says
def test_sources(rdf: rdflib.Graph) -> None:
    def claim(number: int) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for predicate, thing in sorted(rdf.predicate_objects(ID[f"claim/c00000000000{number}"])):
            found.setdefault(str(predicate).split("#")[-1].split("/")[-1], []).append(str(thing).split("#")[-1].split("/")[-1])
        return found

    assert claim(1)["spokenByCharacter"] == ["mirela-dantov-111111111111"]
    assert claim(1)["sourceType"] == ["NamedPerson"]
    assert "sourceText" not in claim(1)
    assert len(claim(1)["wasDerivedFrom"]) == 2
    assert len(claim(1)["speakerMembership"]) == 1
    assert claim(3)["sourceText"] == ["A senior official"]
    assert claim(3)["sourceType"] == ["UnnamedPerson"]
    assert claim(3)["hedged"] == ["true"]
    assert len(claim(3)["justificationSpan"]) == 1
    assert claim(4)["sourceType"] == ["NoSource"]
    assert claim(4)["unresolved"] == ["no cue"]
    assert "sourceText" not in claim(4)
    assert "spokenByCharacter" not in claim(4)
    assert "speakerSpan" not in claim(4)
    assert claim(5)["speechMode"] == ["Mixed"]
    assert claim(5)["type"] == ["Claim"]
    assert "wasQuotedFrom" in claim(5)
    assert len(claim(6)["spokenByCharacter"]) == 2
    assert claim(6)["onBehalfOf"] == ["lowen-institute-555555555555"]


def test_affiliations(rdf: rdflib.Graph) -> None:
    bale, institute = ID["person/orsin-bale-222222222222"], ID["org/lowen-institute-555555555555"]
    assert not list(rdf.objects(bale, SCHEMA.affiliation))
    assert [str(title) for title in rdf.objects(bale, SCHEMA.jobTitle)] == ["former minister"]
    assert len(list(rdf.objects(bale, PROV.wasDerivedFrom))) == 1
    statuses = Counter(str(status).split("#")[-1] for status in rdf.objects(None, KG.status))
    assert statuses == {"Current": 1, "Former": 1}
    assert set(rdf.objects(None, ORG.organization)) == {institute}
    assert len(list(rdf.subjects(RDF.type, ORG.Role))) == 1


def test_events(rdf: rdflib.Graph, whole: rdflib.Graph) -> None:
    talks = ID["event/port-talks-888888888888"]
    assert list(rdf.objects(talks, KG.time)) == [rdflib.Literal("on Monday")]
    selectors = [selector for span in rdf.objects(talks, PROV.wasDerivedFrom) for selector in rdf.objects(span, OA.hasSelector)]
    quotes = {str(quote) for selector in selectors for quote in rdf.objects(selector, OA.exact)}
    assert quotes == {"The talks resume on Monday", "on Monday"}
    strike = ID["event/strike-aaaaaaaaaaaa"]
    assert list(whole.objects(strike, KG.eventStatus)) == [KG.Planned]
    assert list(whole.objects(strike, SEM.hasTimeStamp)) == [rdflib.Literal("2031-05-06", datatype=rdflib.XSD.date)]


def test_places(whole: rdflib.Graph) -> None:
    karsk = ID["place/karsk-777777777777"]
    assert str(whole.value(karsk, SCHEMA.latitude)) == "63.10000"
    assert str(whole.value(karsk, SCHEMA.longitude)) == "-7.25000"
    assert str(whole.value(karsk, KG.country)) == "Ostmark"
    assert whole.value(karsk, SCHEMA.containedInPlace) == ID["place/ostmark-999999999999"]


def test_relations(whole: rdflib.Graph) -> None:
    begun, split, denied = (ID[f"claim/c00000000000{number}"] for number in (9, 1, 2))
    assert list(whole.subject_objects(KG.repeats)) == [(begun, split)]
    assert set(whole.subject_objects(KG.contradicts)) == {(begun, denied), (denied, begun)}
    assert list(whole.subject_objects(KG.copyOf)) == [(ID["doc/plain-123456789abc"], ID["doc/harbour-f0e1d2c3b4a5"])]


def test_times(whole: rdflib.Graph) -> None:
    blocked = ID["claim/c000000000008"]
    assert str(whole.value(blocked, KG.time)) == "on Friday"
    assert str(whole.value(blocked, KG.saidOn)) == "2031-05-02"
    assert whole.value(blocked, KG.timeSpan)
    (ran,) = whole.subjects(SCHEMA.startDate)
    assert (whole.value(ran, SCHEMA.startDate), whole.value(ran, SCHEMA.endDate)) == (
        rdflib.Literal("2024", datatype=rdflib.XSD.gYear),
        rdflib.Literal("2030-03", datatype=rdflib.XSD.gYearMonth),
    )


def weekly(graph: KnowledgeGraph) -> KnowledgeGraph:
    """``graph`` with a week wherever a record has a date."""

    def dated(node: Node) -> Node:
        events = tuple(replace(event, date="2031-W14") for event in node.events)
        record = replace(node.record, said_on="2031-W14") if isinstance(node.record, Claim) else node.record
        return replace(node, events=events, record=record)

    edges = (
        replace(edge, record=replace(edge.record, since="2030-W01", until="2031-W14")) if edge.record else edge
        for edge in graph.edges()
    )
    return KnowledgeGraph(map(dated, graph.nodes()), edges)


@SHACL_WARNS
def test_a_week_is_an_interval_of_days() -> None:
    rdf = weekly(samples.whole()).to_rdf()
    week = rdflib.Literal("2031-03-31/2031-04-06", datatype=rdflib.URIRef("http://id.loc.gov/datatypes/edtf/EDTF"))
    for predicate in (KG.saidOn, SEM.hasTimeStamp, SCHEMA.endDate):
        assert set(rdf.objects(None, predicate)) == {week}
    first = "SELECT ?event { ?event sem:hasTimeStamp ?date FILTER(STR(?date) >= '2031-03-31') FILTER(STR(?date) < '2031-04') }"
    assert set(rdf.query(first)) == {(event,) for event in rdf.subjects(SEM.hasTimeStamp)}
    assert conforms(rdf)[0]
    rdf.set((next(rdf.subjects(KG.saidOn)), KG.saidOn, rdflib.Literal("last week", datatype=week.datatype)))
    assert not conforms(rdf)[0]


def test_an_outlet_is_no_organisation_of_the_articles(rdf: rdflib.Graph) -> None:
    outlet = rdf.value(ID["doc/port-talks-0a1b2c3d4e5f"], SCHEMA.publisher)
    assert (outlet, RDF.type, SCHEMA.NewsMediaOrganization) in rdf
    assert outlet != ID["org/lowen-institute-555555555555"]


# ------------------------------------------------------------------ said is not so
ASSERTED = """
ASK {
  { # an affiliation, and every membership that says so stands within a claim
    ?person schema:affiliation ?organisation FILTER NOT EXISTS {
      ?membership org:member ?person ; org:organization ?organisation FILTER NOT EXISTS { ?membership kg:statedIn ?claim } }
  } UNION { # a fact about an event, and every mention of the event stands within a claim
    ?event a schema:Event ; sem:hasActor|schema:location|sem:hasTimeStamp|kg:eventStatus|kg:time ?fact FILTER NOT EXISTS {
      ?words kg:denotes ?event FILTER NOT EXISTS { ?words kg:statedIn ?claim } }
  } UNION { # a relation between things of the world beyond the four that articles state
    ?thing ?relation ?other . ?thing a ?one . ?other a ?two
    FILTER(?one IN (schema:Person, schema:Organization, schema:Place, schema:Event))
    FILTER(?two IN (schema:Person, schema:Organization, schema:Place, schema:Event))
    FILTER(?relation NOT IN (schema:affiliation, schema:location, schema:containedInPlace, sem:hasActor))
  }
}"""


def test_what_stands_within_a_claim_is_marked_so(whole: rdflib.Graph) -> None:
    def place(span: Any) -> tuple[Any, int, int]:
        position = next(at for at in whole.objects(span, OA.hasSelector) if (at, RDF.type, OA.TextPositionSelector) in whole)
        start, end = (int(str(whole.value(position, key))) for key in (OA.start, OA.end))
        return whole.value(span, OA.hasSource), start, end

    pieces = [
        (claim, *place(piece))
        for claim in whole.subjects(RDF.type, SCHEMA.Claim)
        for piece in whole.objects(claim, PROV.wasDerivedFrom)
    ]
    nodes = {(span, span) for span in whole.subjects(KG.denotes)}
    nodes |= {
        (node, words) for node in whole.subjects(RDF.type, ORG.Membership) for words in whole.objects(node, PROV.wasDerivedFrom)
    }
    expected = set()
    for node, words in nodes:
        document, start, end = place(words)
        expected |= {
            (node, claim) for claim, article, low, high in pieces if article == document and low <= start and end <= high
        }
    assert set(whole.subject_objects(KG.statedIn)) == expected
    assert len(expected) > 5


def asserted(data: bytes) -> bool:
    """Whether anything that only a claim says is a triple about the world."""
    store = pyoxigraph.Store()
    store.load(data, pyoxigraph.RdfFormat.TURTLE)
    return bool(store.query(ASSERTED, prefixes=NAMESPACES))


def test_what_is_said_is_never_asserted(whole: rdflib.Graph, seeds_graph: KnowledgeGraph) -> None:
    bale, talks = ID["person/orsin-bale-222222222222"], ID["event/port-talks-888888888888"]
    said = whole.value(predicate=ORG.organization, object=ID["org/karsk-harbour-authority-666666666666"])
    assert (said, KG.statedIn, ID["claim/c000000000008"]) in whole
    assert not list(whole.objects(bale, SCHEMA.affiliation))
    assert bale not in set(whole.objects(talks, SEM.hasActor))
    assert not list(whole.objects(talks, SEM.hasTimeStamp))
    assert not asserted(turtle(samples.whole()))
    assert not asserted(turtle(seeds_graph))


@pytest.mark.parametrize(
    ("subject", "predicate", "thing", "message"),
    [
        ("person/orsin-bale-222222222222", SCHEMA.affiliation, "org/karsk-harbour-authority-666666666666", "own voice"),
        ("person/orsin-bale-222222222222", SCHEMA.knows, "person/ida-voss-444444444444", "does not assert"),
    ],
)
@SHACL_WARNS
def test_a_planted_assertion_is_found(whole: rdflib.Graph, subject: str, predicate: Any, thing: str, message: str) -> None:
    broken = rdflib.Graph()
    broken += whole
    broken.add((ID[subject], predicate, ID[thing]))
    found, report = conforms(broken)
    assert not found
    assert message in report
    assert asserted(broken.serialize(format="turtle", encoding="utf-8"))


def test_only_claims_articles_and_selectors_hold_the_words_of_a_claim(rdf: rdflib.Graph) -> None:
    allowed = {SCHEMA.text, SCHEMA.articleBody, OA.exact, OA.prefix, OA.suffix}
    holders = {predicate for _, predicate, thing in rdf if "have begun" in str(thing) or "would go" in str(thing)}
    assert holders <= allowed
