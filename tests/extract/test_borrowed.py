"""Names from another spaCy pipeline: mapped, trimmed, carried over by characters, chosen by config."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from kg.cli import app
from kg.extract import extract
from kg.extract.borrowed import BorrowedEntities
from kg.extract.pipeline import blank, load
from kg.records import Document

TEXT = (
    "Ana Ruiz, the director of the Quay Nine in Lisbon, told the Danes that the summit in Geneva was over. "
    "“Nobody asked Zeta’s board,” she added."
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline of rules, written to disk."""
    nlp = spacy.blank("en")
    rules = nlp.add_pipe("entity_ruler")
    rules.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": "PERSON", "pattern": "Ana Ruiz"},
            {"label": "FAC", "pattern": "the Quay Nine"},
            {"label": "GPE", "pattern": "Lisbon"},
            {"label": "NORP", "pattern": "Danes"},
            {"label": "ORG", "pattern": "Zeta’s"},
            {"label": "DATE", "pattern": "Nobody"},
        ]
    )
    path = tmp_path_factory.mktemp("installed") / "rules"
    nlp.to_disk(path)
    return str(path)


def test_labels_are_mapped_and_our_events_stay(installed: str) -> None:
    doc = blank().make_doc(TEXT)
    start = TEXT.index("summit")
    lisbon = TEXT.index("Lisbon")
    doc.set_ents(
        [
            doc.char_span(start, start + 6, label="EVENT"),
            doc.char_span(lisbon, lisbon + 6, label="ORG"),
            doc.char_span(TEXT.index("Geneva"), TEXT.index("Geneva") + 6, label="PLACE"),
        ]
    )
    doc = BorrowedEntities("kg_borrowed_entities", installed)(doc)
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("Ana Ruiz", "PERSON"),
        ("Quay Nine", "PLACE"),
        ("Lisbon", "PLACE"),
        ("summit", "EVENT"),
        ("Zeta", "ORG"),
    ]


def test_the_rest_of_the_pipeline_works_with_the_borrowed_names(installed: str) -> None:
    (extraction,) = extract([Document(id="d", text=TEXT)], nlp=installed)
    names = {(mention.text, mention.label) for mention in extraction.mentions if mention.label != "EVENT"}
    assert names == {("Ana Ruiz", "PERSON"), ("Quay Nine", "PLACE"), ("Lisbon", "PLACE"), ("Zeta", "ORG")}
    assert {claim.speaker.text for claim in extraction.claims if claim.speaker} == {"Ana Ruiz"}
    config = load(nlp=installed).config
    assert config["components"]["kg_borrowed_entities"]["source"] == installed
    assert "kg_borrowed_entities" not in load().pipe_names


def test_a_pipeline_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    answer = CliRunner().invoke(app, ["build", str(tmp_path), "--nlp", "en_no_such_web", "--out", str(tmp_path), "-q"])
    assert isinstance(answer.exception, OSError)
    assert str(answer.exception).endswith("python -m spacy download en_no_such_web")
