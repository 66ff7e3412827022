"""Every named question on seeds/: the rows that must be there, the same from both engines, and names bound, not pasted."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import kg
from kg.export import write
from kg.graph.network import Edge, KnowledgeGraph
from kg.query import answer, questions, rdflib_engine, store_of
from kg.query.questions import check
from kg.query.results import as_csv, as_json, print_table
from kg.records import Claim, Location
from tests import samples

# For each question: what it is asked about, and rows (some of their cells) that the articles of seeds/ give.
EXPECTED: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "who-said-what": ("Seville summit", [{"outlet": "Iberia Ledger", "date": "2031-04-04"}]),
    "said-by": (
        "ines falcato",
        [
            {
                "speaker": "Inês Falcato",
                "said": "“Twenty-three reasons, and I have photographs,”",
                "outlet": "The Lisbon Register",
            }
        ],
    ),
    "said-for": (
        "Qasr Hydro",
        [{"speaker": "Khalid al-Rashidi", "date": "2031-03-03"}],
    ),
    "said-in-place": ("Abu Dhabi", [{"organisation": "Qasr Hydro", "speaker": "Khalid al-Rashidi", "date": "2031-03-03"}]),
    "contradictions": (
        "Penha Rasa dam",
        [{"why": "cannot both be true", "speaker": "Helena Brandão", "other_speaker": "Inês Falcato"}],
    ),
    "denials": (
        "Brandão",
        [
            {
                "denied": "that an engineer had handed her a memo describing cracks in the Penha Rasa dam",
                "outlet": "Guadiana Echo",
            }
        ],
    ),
    "predictions": (
        "Ibarrondo",
        [{"modality": "conditional", "said": '"If there is no date, there may be no summit,"', "date": "2031-03-27"}],
    ),
    "demands": ("Ibarrondo", [{"demanded": "Lisbon to publish a filling schedule before the talks", "outlet": "Tagus Wire"}]),
    "quotes-per-organisation": ("Qasr Hydro", [{"organisation": "Qasr Hydro"}]),
    "most-quoted": ("Helena Brandão", [{"speaker": "Helena Brandão"}]),
    "introduced-as": (
        "Aino Hakala",
        [{"role": "vice-president", "organisation": "European Rivers Fund", "outlet": "Iberia Ledger"}],
    ),
    "roles-over-time": (
        "Beatriz Quaresma",
        [{"status": "current", "organisation": "Environment Ministry"}],
    ),
    "people-of-organisation": ("Ayamonte Fishermen's Guild", [{"role": "head", "status": "current"}]),
    "source-diversity": ("Lume 24", [{"outlet": "Lume 24"}]),
    "unnamed-sources": (
        "Guadiana Echo",
        [{"source": "a hand-painted sign", "said": '"Water is work"', "date": "2031-03-06", "outlet": "Guadiana Echo"}],
    ),
    "sides-of-event": ("May 8 summit", [{"side": "Spanish government", "polarity": "affirmed"}]),
    "first-to-say": ("Beja", [{"topic": "Beja", "date": "2031-04-02", "speaker": "Sondar"}]),
    "several-outlets": ("meeting", [{"outlet": "Guadiana Echo", "other_outlet": "Lume 24"}]),
    "repeated": ("Elif Yılmaz-Prata", [{"date": "2031-03-20", "repeated_on": "2031-03-27", "repeated_by": "Rui Vasconcelos"}]),
    "copies": ("Tagus Wire", [{"outlet": "Tagus Wire", "original_outlet": "Tagus Wire"}]),
    "events": ("dispute", [{"event": "dispute"}]),
    "mentioned-with": ("River Alive", [{"person": "Duarte Mestre"}]),
    "outlets-on": ("Qasr Hydro", [{"outlet": "Tagus Wire", "first": "2031-03-03"}]),
    "fewest-sources": ("Iberia Ledger", [{"headline": "The cracks that matter to bondholders", "date": "2031-03-14"}]),
    "evidence": (
        "Aino Hakala",
        [
            {
                "words": 'that the bank had relied on "a certificate rather than a core sample"',
                "headline": "Who pays for an empty dam?",
            }
        ],
    ),
    "names-of": ("antonio valadares", [{"name": "António Valadares", "other_name": "Valadares"}]),
    "places": ("Abu Dhabi", [{"latitude": 24.45, "longitude": 54.377, "within": "Portugal", "country": "Nowhere"}]),
    "speaks-about": ("Brandão", [{"topic": "meeting"}]),
}


@pytest.fixture(scope="module")
def seeds_graph() -> KnowledgeGraph:
    """The committed graph of seeds/, with relations of every kind between what is in it."""
    found = kg.read_json(Path(__file__).parents[2] / "graphs" / "news.json")
    return KnowledgeGraph(map(placed, found.nodes()), [*found.edges(), *relations(found)])


def placed(node: Any) -> Any:
    if node.label != "Abu Dhabi" or not isinstance(node.record, kg.Entity):
        return node
    return dataclasses.replace(node, record=dataclasses.replace(node.record, location=Location(24.45, 54.377, "Nowhere")))


def relations(graph: KnowledgeGraph) -> Iterator[Edge]:
    def claim(words: str) -> str:
        return next(node.id for node in graph.nodes("CLAIM") if isinstance(node.record, Claim) and words in node.record.text)

    def labelled(label: str, kind: str) -> str:
        return next(node.id for node in graph.nodes(kind) if node.label == label)

    suspend, reason = claim("suspend the filling on his first day"), claim("I asked for a reason")
    wire = labelled("Court in Évora halts filling of Penha Rasa; Spain protests", "DOCUMENT")
    original = labelled("Portuguese minister denies being handed dam crack memo", "DOCUMENT")
    yield Edge(suspend, reason, "contradicts", (), 0.8)
    yield Edge(reason, suspend, "repeats", (), 0.8)
    yield Edge(wire, original, "copy of", (), 0.9)
    yield Edge(labelled("Abu Dhabi", "PLACE"), labelled("Portugal", "PLACE"), "within", (), 1.0)


@pytest.fixture(scope="module")
def store(seeds_graph: KnowledgeGraph) -> Any:
    return store_of(seeds_graph)


@pytest.fixture(scope="module")
def slow_store(seeds_graph: KnowledgeGraph) -> Any:
    return rdflib_engine.store_of(seeds_graph)


def rows(found: kg.query.Answer) -> list[dict[str, Any]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_there_are_expected_rows_for_every_question() -> None:
    assert set(EXPECTED) == set(questions())
    assert len(EXPECTED) >= 20
    for item in questions().values():
        assert len(item.words.split()) > 4
        assert item.words.endswith("?")
        assert len(item.words) <= 75, "the list fits 100 columns"
        assert item.about


@pytest.mark.parametrize("name", EXPECTED)
def test_a_question_has_its_rows(store: Any, name: str) -> None:
    about, expected = EXPECTED[name]
    bound, free = rows(answer(store, name, [about])), rows(answer(store, name))
    for cells in expected:
        assert any(cells.items() <= row.items() for row in bound), bound
    assert all(row in free for row in bound)
    assert len(bound) < len(free) or name in ("several-outlets", "repeated", "copies", "contradictions"), "bound to one thing"
    assert "about" not in answer(store, name).columns


@pytest.mark.parametrize("name", EXPECTED)
def test_rdflib_answers_the_same(store: Any, slow_store: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    about, _ = EXPECTED[name]
    quick = answer(store, name, [about])
    monkeypatch.setitem(__import__("sys").modules, "kg.query.oxigraph", None)
    slow = answer(slow_store, name, [about])
    assert slow.columns == quick.columns
    assert sorted(map(str, slow.rows)) == sorted(map(str, quick.rows))


# ------------------------------------------------------------------ names
def test_a_name_is_any_of_its_names_and_several_are_joined(store: Any) -> None:
    both = answer(store, "said-by", ["Brandao", "IBARRONDO"])
    assert {row["speaker"] for row in rows(both)} == {"Helena Brandão", "Carmen Ibarrondo"}
    assert {row["speaker"] for row in rows(answer(store, "said-by", ["Sequeira"]))} >= {"Tomás Sequeira"}


def test_a_name_that_nothing_has_is_refused_with_those_that_come_near(store: Any) -> None:
    with pytest.raises(ValueError, match=r"nothing in the graph is called 'Helena Brandau'; did you mean Helena Brandão"):
        answer(store, "said-by", ["Helena Brandau"])
    with pytest.raises(ValueError, match="nothing in the graph is called"):
        answer(store, "said-by", ['x" } DROP ALL #'])


def test_a_hostile_name_is_bound_not_pasted() -> None:
    store = store_of(samples.whole())
    (row,) = answer(store, f"SELECT ?about ?n {{ ?about <{LABEL}> ?n }}", [samples.HOSTILE]).rows
    assert row == (samples.HOSTILE,)


LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


# ------------------------------------------------------------------ SPARQL of one's own
def test_every_form_of_query(store: Any) -> None:
    assert answer(store, "ASK { ?s a <https://schema.org/Claim> }").rows == ((True,),)
    assert answer(store, "SELECT ?about { ?about a <https://schema.org/Claim> } LIMIT 1").columns == ("about",)
    found = answer(store, "CONSTRUCT { ?s a <urn:x> } WHERE { ?s a <https://schema.org/Person> }")
    assert found.columns == ("subject", "predicate", "object")
    assert found.rows[0][2] == "urn:x"


@pytest.mark.parametrize(
    ("asked", "about", "sentence"),
    [
        ("SELECT ?x { ?x ", [], "the query is no SPARQL 1.1"),
        ("DELETE WHERE { ?s ?p ?o }", [], "the query is no SPARQL 1.1"),
        ("SELECT ?x { ?x ?y ?z }", ["Brandão"], "selects no [?]about"),
        ("who-said-wat", [], "there is no question 'who-said-wat'; did you mean who-said-what"),
        ("nonsense", [], "kg query --list"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", [], "SERVICE is refused"),
    ],
)
def test_what_goes_wrong_is_one_sentence(store: Any, asked: str, about: list[str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as error:
        answer(store, asked, about)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { service silent ?x { ?a ?b ?c } }",
        'SELECT * { ?a ?b "#" . SERVICE <urn:x> {} }',
        "SELECT * { ?a <urn:#> ?c . SERVICE#\n<urn:x> {} }",
        '# """\nSELECT * { SERVICE <urn:x> {} } # """',
        "SELECT * { SERV\\u0049CE <urn:x> {} }",
        "SELECT * { ?a ?b '''x''' SERVICE<urn:x> {} }",
    ],
)
def test_service_is_refused_however_it_is_written(text: str) -> None:
    with pytest.raises(ValueError, match="SERVICE"):
        check(text)


@pytest.mark.parametrize(
    "text", ['SELECT ?service { ?x ?y "secret SERVICE <x>" }', "SELECT * { ?x <urn:service> :service } # SERVICE <x>"]
)
def test_the_word_service_is_free_elsewhere(text: str) -> None:
    check(text)


# ------------------------------------------------------------------ sources and results
@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".trig", ".nq", ".jsonld"])
def test_every_rdf_file_answers_alike(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"news{suffix}"
    write(samples.whole(), path)
    expected = answer(store_of(samples.whole()), "said-by")
    assert expected.rows
    assert answer(store_of(path), "said-by") == expected


@pytest.mark.parametrize(("name", "text", "sentence"), [("a.ttl", "<broken", "is broken"), ("a.txt", "", "no RDF file")])
def test_a_file_that_is_no_rdf(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=sentence):
        store_of(tmp_path / name)


def test_csv_and_json_hold_every_cell(store: Any) -> None:
    found = answer(store, "places")
    table = list(csv.reader(io.StringIO(as_csv(found))))
    assert tuple(table[0]) == found.columns
    assert len(table) == len(found.rows) + 1
    assert json.loads(as_json(found)) == rows(found)
    assert as_csv(kg.query.Answer(("a", "b"), (("=1", None),))) == "a,b\n'=1,\n"


def printed(found: kg.query.Answer, width: int) -> list[str]:
    console = Console(width=width, file=io.StringIO())
    print_table(console, found)
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_fits_the_terminal(store: Any, name: str) -> None:
    assert max(map(len, printed(answer(store, name), 100))) <= 100


def test_names_make_room_for_sentences_and_counts_stand_to_the_right() -> None:
    found = kg.query.Answer(("who_speaks", "said", "times"), (("The Harbour Authority of Karsk", "no ship sails " * 4, 2),))
    head, *lines, count = printed(found, 60)
    assert head.split() == ["who", "speaks", "said", "times"]
    assert head.index("said") == 16
    assert lines[0].rstrip().endswith("    2")
    assert len(lines) == 3
    assert count == "1 row"


def test_the_graph_itself_can_be_asked() -> None:
    frame = samples.whole().query("said-by", "Ida Voss")
    assert list(frame.columns) == ["speaker", "date", "said", "outlet"]
    assert "“The port talks have begun,”" in set(frame["said"])
