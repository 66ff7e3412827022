"""Eight questions that people ask, answered alike by rdflib and pyoxigraph."""

from __future__ import annotations

import io

import pyoxigraph
import pytest
import rdflib

from kg.export.rdf_files import write_turtle
from kg.vocab import NAMESPACES
from tests import samples

PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in NAMESPACES.items())

QUESTIONS = {
    "who said what about it": (
        """SELECT ?who ?said ?date { ?topic schema:name|schema:alternateName ?name FILTER(LCASE(STR(?name)) = "the talks")
        ?claim schema:about ?topic ; schema:text ?said ; schema:datePublished ?date ; schema:spokenByCharacter/rdfs:label ?who }
        ORDER BY DESC(?date) ?who""",
        [
            ("Karsk Harbour Authority", "“the port talks” must end", "2031-05-03"),
            ("Mirela Dantov", "“The port talks,” … “have begun.”", "2031-05-01"),
            ("Orsin Bale", "the talks had begun", "2031-05-01"),
        ],
    ),
    "claims by people with a role in a place": (
        """SELECT DISTINCT ?who ?role ?said { ?m schema:location/schema:name "Karsk" ; org:member ?person .
        ?m org:role/rdfs:label ?role . ?claim schema:spokenByCharacter ?person ; schema:text ?said . ?person rdfs:label ?who }
        ORDER BY STR(?said)""",
        [("Mirela Dantov", "director", "rain"), ("Mirela Dantov", "director", "“The port talks,” … “have begun.”")],
    ),
    "who contradicts whom": (
        """SELECT DISTINCT ?a ?b { ?one schema:about ?topic ; kg:polarity kg:Affirmed ; schema:spokenByCharacter/rdfs:label ?a .
        ?two schema:about ?topic ; kg:polarity kg:Denied ; schema:spokenByCharacter/rdfs:label ?b FILTER(?a != ?b) }
        ORDER BY ?a""",
        [("Karsk Harbour Authority", "Orsin Bale"), ("Mirela Dantov", "Orsin Bale")],
    ),
    "claims and quotations of each organisation": (
        """SELECT ?name (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?quote) AS ?quotes) {
        ?person schema:affiliation/rdfs:label ?name . ?claim a schema:Claim ; schema:spokenByCharacter ?person
        OPTIONAL { ?claim a schema:Quotation BIND(?claim AS ?quote) } } GROUP BY ?name""",
        [("Lowen Institute", "2", "1")],
    ),
    "people in the articles of an event": (
        """SELECT ?who { ?event a schema:Event . ?article schema:mentions ?event, ?person .
        ?person a schema:Person ; rdfs:label ?who FILTER(STRLEN(?who) < 15) } ORDER BY ?who""",
        [("Ida Voss",), ("Mirela Dantov",), ("Orsin Bale",), ("رنا سليم",)],
    ),
    "the evidence of each claim": (
        """SELECT ?start ?cut { ?claim a schema:Claim ; prov:wasDerivedFrom ?span ; kg:confidence ?score FILTER(?score >= 0.9)
        ?span oa:hasSource/schema:articleBody ?body ; oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end
        BIND(SUBSTR(STR(?body), ?start + 1, ?end - ?start) AS ?cut) FILTER(STRSTARTS(?cut, "“")) } ORDER BY ?start""",
        [
            ("0", "“The port talks,”"),
            ("42", "“the port talks” must end"),
            ("84", "“have begun.”"),
            ("225", "“Nobody asked us.”"),
        ],
    ),
    "roles in time": (
        """SELECT ?who ?role ?where ?on ?score { ?m a org:Membership ; org:member/rdfs:label ?who ; kg:attestedOn ?on ;
        org:organization/rdfs:label ?where ; kg:confidence ?score ; org:role/rdfs:label ?role }""",
        [("Mirela Dantov", "director", "Lowen Institute", "2031-05-01", "0.970")],
    ),
    "the network of speakers and topics": (
        """SELECT DISTINCT ?who ?topic { ?claim schema:spokenByCharacter/rdfs:label ?who ; schema:about/rdfs:label ?topic }
        ORDER BY ?who""",
        [("Karsk Harbour Authority", "port talks"), ("Mirela Dantov", "port talks"), ("Orsin Bale", "port talks")],
    ),
}


@pytest.fixture(scope="module")
def stores() -> tuple[rdflib.Graph, pyoxigraph.Store]:
    stream = io.BytesIO()
    write_turtle(samples.graph(), stream)
    store = pyoxigraph.Store()
    store.load(stream.getvalue(), pyoxigraph.RdfFormat.TURTLE)
    return samples.graph().to_rdf(), store


@pytest.mark.parametrize("question", QUESTIONS)
def test_question(stores: tuple[rdflib.Graph, pyoxigraph.Store], question: str) -> None:
    rdf, store = stores
    query, expected = QUESTIONS[question]
    assert [tuple(str(cell) for cell in row) for row in rdf.query(PREFIXES + query)] == expected  # type: ignore[union-attr]
    found = [tuple(cell.value for cell in row) for row in store.query(PREFIXES + query)]  # type: ignore[union-attr]
    assert [tuple(map(_short, row)) for row in found] == [tuple(map(_short, row)) for row in expected]


def _short(value: str) -> str:
    """Stores may write 0.970 as 0.97."""
    return value.rstrip("0") if value.startswith("0.") else value
