"""The trained pipeline on small inputs of every shape: nothing raises, every offset holds."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kg.extract import extract
from kg.extract.pipeline import PIPELINE, blank, load
from kg.records import Document, Extraction, check, from_json, to_json


def read(text: str) -> Extraction:
    (extraction,) = extract([Document(id="d", text=text)])
    return extraction


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        ".",
        "“",
        '"""""',
        "said",
        "He said",
        "“Never closed, said the minister.",
        "''Two single marks,'' said Ana Ruiz. ``And these,'' she added.",
        "👩‍🚀 said 🚀 “to the moon 🌕,” Łukasz Żółć wrote.",
        "a" * 20_000,
        "said " * 3_000,
        "OKORO: We never agreed.\nLIND: You did.\nOKORO: No.",
        "Mr. Dr. Prof. Sir X. Y. Z. of the U.S. said.",
        "نعم قال الوزير",
        "部长说：“不”。",
        "<script>alert(1)</script> said <b>he</b>",
        "\u2028She\u2029said\u00a0“it”.",
    ],
)
def test_nothing_raises_and_every_offset_holds(text: str) -> None:
    check(read(text))


def test_plain_reported_speech() -> None:
    extraction = read(
        "Ana Ruiz, the director of the Harbour Institute in Lisbon, said the strike was illegal. “Nobody asked us,” she added."
    )
    first, second = extraction.claims
    assert (first.kind, second.kind) == ("indirect", "direct")
    assert [claim.speaker.text for claim in extraction.claims if claim.speaker] == ["Ana Ruiz", "Ana Ruiz"]
    assert first.affiliation is not None
    assert first.affiliation.role_name == "director"
    assert first.affiliation.organisation is not None
    assert first.affiliation.organisation.text == "Harbour Institute"
    assert second.form == "pronoun"
    assert second.trace


def test_transcript_turns_are_direct_speech_of_the_named() -> None:
    extraction = read(
        "Marta Okoro and Piet Lind met in the studio.\n\n"
        "OKORO: The bridge will open in May.\n\n"
        "LIND: It will not, and you know it."
    )
    said = {claim.text: claim for claim in extraction.claims}
    assert said["The bridge will open in May."].kind == "direct"
    assert {claim.speaker.text for claim in said.values() if claim.speaker} == {"Marta Okoro", "Piet Lind"}


def test_an_extraction_survives_json() -> None:
    extraction = read("“The talks failed,” said Khaled Al Rashidi, chairman of Qasr Hydro. Some observers disagreed.")
    assert from_json(Extraction, to_json(extraction)) == extraction


def test_the_pipeline_is_plain_spacy(tmp_path: Path) -> None:
    """It loads by spaCy's own means, says what each part needs and gives, and survives a round trip to disk."""
    nlp = load()
    assert tuple(nlp.pipe_names) == PIPELINE
    nlp.to_disk(tmp_path)
    text = "“We won,” said Ana Ruiz."
    again = spacy.load(tmp_path)
    assert [e.text for e in again(text).ents] == [e.text for e in nlp(text).ents]


def test_without_weights_the_answer_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="no trained weights"):
        blank()("Ana Ruiz said so.")
