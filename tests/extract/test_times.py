"""Which time expression belongs to a saying, and for whom the speaker speaks: rows with the spans given."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from kg.extract.attribution import Attribution
from kg.extract.pipeline import blank
from kg.extract.representation import representations, represented
from kg.extract.times import said_at

NLP = blank()

# Source in <>, cue in {}, content in [], further names in ().
SAID = [
    ("<The mayor> {said} Monday that [the port is closed].", "Monday", "2026-11-16"),
    ("<The mayor> {said} on 3 June that [the port is closed].", "3 June", "2026-06-03"),
    ("[The port is closed], <the mayor> {said} in a statement Tuesday.", "Tuesday", "2026-11-17"),
    ("<The mayor> on Thursday {told} the council [the port is closed].", "Thursday", "2026-11-12"),
    ("On Sunday, <the mayor> {said} [the port is closed].", "Sunday", "2026-11-15"),
    ("[The port is closed], {said} <the mayor> last week.", "last week", "2026-W46"),
    ("<The mayor> {told} reporters in Karsk on Monday that [the port will close Friday].", "Monday", "2026-11-16"),
    ("<The mayor> {said} [the port closed on Monday].", None, None),
    ("<The mayor>, who was elected in 2014, {said} [the port is closed].", None, None),
    ("<The 2014 report> {said} [the port is closed].", None, None),
    ("<The mayor> {said} after Monday's vote that [the port is closed].", None, None),
    ("The ship sank on Monday and <the mayor> {said} [the port is closed].", None, None),
]
BEHALF = [
    ("<(Dana Whitlock)>, a lawyer for (Kern Energy), {said} [it was over].", "Kern Energy"),
    ("<(Dana Whitlock)>, speaking on behalf of the (Lowen Institute), {said} [it was over].", "Lowen Institute"),
    ("<(Dana Whitlock)> {said}, speaking for President (Orsin Bale), that [it was over].", "Orsin Bale"),
    ("(Orsin Bale)'s lawyer, <(Dana Whitlock)>, {said} [it was over].", "Orsin Bale"),
    ("(Kern Energy) spokeswoman <(Dana Whitlock)> {said} [it was over].", "Kern Energy"),
    ("<A lawyer for (Orsin Bale)> {said} [it was over].", "Orsin Bale"),
    ("<(Dana Whitlock)> {said} [a lawyer for (Orsin Bale) had called].", None),
    ("<(Dana Whitlock)> {said} [it was over]. A lawyer for (Orsin Bale) was there.", None),
]


def marked(text: str) -> tuple[Doc, Attribution]:
    """The processed text without its marks, and the attribution that they stand for."""
    plain, opened, found = "", [], {}
    for letter in text:
        if letter in "<{[(":
            opened.append(len(plain))
        elif letter in ">}])":
            found.setdefault(letter, []).append((opened.pop(), len(plain)))
        else:
            plain += letter
    doc = NLP.get_pipe("kg_sentences")(NLP.make_doc(plain))
    spans: dict[str, list[Span]] = {kind: [doc.char_span(*place) for place in places] for kind, places in found.items()}
    doc.set_ents([Span(doc, span.start, span.end, label="PERSON") for span in spans.get(")", ())])
    return doc, Attribution(spans["}"][0], spans[">"][0], tuple(spans["]"]), "affirmed", "asserted", 1.0)


@pytest.mark.parametrize(("text", "words", "value"), SAID)
def test_when_it_was_said(text: str, words: str | None, value: str | None) -> None:
    _, attribution = marked(text)
    found = said_at(attribution, "2026-11-18")
    assert (found and found.span.text, found and found.value) == (words, value)


@pytest.mark.parametrize(("text", "client"), BEHALF)
def test_on_whose_behalf(text: str, client: str | None) -> None:
    doc, attribution = marked(text)
    assert attribution.source is not None
    found = represented(doc, attribution, [attribution.source], representations(doc))
    assert (found and found.text) == client
