"""Why a source is unnamed: rows of text, and the sentence that it is looked for in."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from kg.extract.anonymity import find_reason, justification
from kg.extract.attribution import Attribution
from kg.extract.pipeline import blank

ROWS = [
    ("An aide, who spoke on condition of anonymity because she was not allowed to talk, said no.",
     "because she was not allowed to talk"),
    ("Two officials spoke on the condition of anonymity in order to discuss internal plans.",
     "in order to discuss internal plans"),
    ("A diplomat who asked not to be named to discuss private talks said the deal was dead.",
     "to discuss private talks said the deal was dead"),
    ("The banker declined to be identified, citing a pending lawsuit.", "citing a pending lawsuit"),
    ("A guard asked to remain anonymous for fear of losing his job.", "for fear of losing his job"),
    ("A clerk, who was not authorised to speak to the press, said the files were gone.",
     "not authorised to speak to the press"),
    ("An engineer who wasn't authorized to discuss the crash called it odd.",
     "wasn't authorized to discuss the crash called it odd"),
    ("The source was granted anonymity to speak freely.", "to speak freely"),
    ("He requested anonymity because of the sensitivity of the case.", "because of the sensitivity of the case"),
    ("She agreed to talk on condition that she not be named because she feared for her family.",
     "because she feared for her family"),
    ("An official, speaking anonymously as the plan is not public, said it was cheap.", "as the plan is not public"),
    ("They spoke on background because the talks go on, he added.", "because the talks go on"),
    ("A nurse, who asked not to be identified out of concern for her patients, wept.", "out of concern for her patients"),
    ("The aide declined to be named.", None),
    ("The minister said nothing was signed because everybody was tired.", None),
    ("She was not named captain because she was ill.", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), ROWS)
def test_rows(text: str, reason: str | None) -> None:
    found = find_reason(text)
    assert (text[slice(*found)] if found else None) == reason


TEXT = (
    "An aide who asked not to be named to discuss the talks said they failed. The mayor said he was sorry. "
    "The aide added that no date was set. A driver said the road was shut. "
    "The driver spoke on condition of anonymity because he feared his employer."
)


@pytest.fixture(scope="module")
def doc() -> Doc:
    nlp = blank()
    split = nlp.get_pipe("kg_sentences")
    doc: Doc = split(nlp.make_doc(TEXT))
    return doc


def said(doc: Doc, source: str, cue: str, content: str) -> Attribution:
    where = doc.text.index(content)
    at = doc.text.rindex(cue, 0, where)
    spans = [(doc.text.rindex(source, 0, at), source), (at, cue), (where, content)]
    first, second, third = [doc.char_span(start, start + len(words)) for start, words in spans]
    assert isinstance(first, Span)
    assert isinstance(second, Span)
    assert isinstance(third, Span)
    return Attribution(second, first, (third,), "affirmed", "asserted", 1.0)


def test_the_reason_is_found_beside_the_cue_before_it_and_behind_it(doc: Doc) -> None:
    first = said(doc, "An aide", "said", "they failed")
    second = said(doc, "The aide", "added", "no date was set")
    third = said(doc, "A driver", "said", "the road was shut")
    reasons = [justification(doc, first, []), justification(doc, second, [first]), justification(doc, third, [first, second])]
    assert [reason and reason.text for reason in reasons] == [
        "to discuss the talks",
        "to discuss the talks",
        "because he feared his employer",
    ]
    assert justification(doc, said(doc, "The mayor", "said", "he was sorry"), [first]) is None
