"""docs/rdf.md names every term that the files use, and nothing that is not declared."""

from __future__ import annotations

import re
from pathlib import Path

import rdflib

import kg.export.rdf
from kg.query import questions
from kg.vocab import NAMESPACES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "rdf.md").read_text(encoding="utf-8")


def test_the_table_names_every_term_of_ours_and_no_other() -> None:
    vocabulary = rdflib.Graph().parse(Path(kg.export.rdf.__file__).parent / "vocabulary.ttl")
    declared = {str(term) for term in vocabulary.subjects() if str(term).startswith(NAMESPACES["kg"])}
    named = {NAMESPACES["kg"] + name for name in re.findall(r"`kg:(\w+)`", PAGE)}
    assert named == declared


def test_the_other_terms_are_those_that_are_written() -> None:
    written = kg.read_json(ROOT / "graphs" / "news.json").to_rdf()
    used = {str(predicate) for predicate in written.predicates()} | {
        str(kind) for kind in written.objects(None, rdflib.RDF.type)
    }
    named = {NAMESPACES[prefix] + name for prefix, name in re.findall(r"`(\w+):(\w+)`", PAGE) if prefix in NAMESPACES}
    assert used - {str(rdflib.RDF.type)} <= named


def test_its_commands_name_questions_that_exist() -> None:
    assert set(re.findall(r"kg query graphs/news\.ttl ([\w-]+)(?=\s)", PAGE)) - {"mine"} <= set(questions())
