"""spaCy component kg_speakers: the person or body behind each source, with the reasons for the link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList

from kg.extract.anchors import QUESTIONS, Answer, ask
from kg.extract.attribution import Attribution
from kg.extract.chains import DocChain
from kg.extract.onnx import OnnxModel
from kg.names import name_words

__all__ = ["Speaker", "SpeakerResolver", "create_speakers"]

_PERSONAL: Final = frozenset(("he", "she", "him", "her", "i", "who"))
_IMPERSONAL: Final = frozenset(("it", "which"))
_PRONOUNS: Final = (
    _PERSONAL | _IMPERSONAL | frozenset(("they", "them", "we", "his", "their", "its", "you", "those", "some", "many", "others"))
)
_PREPOSITIONS: Final = frozenset("of at with from for in on to by within inside near close familiar who that which".split())
_DOCUMENTS: Final = frozenset(
    """
    report study survey poll memo memorandum letter statement document documents filing lawsuit complaint article
    email emails editorial ruling opinion order brief review analysis paper book transcript tweet post ad
    advertisement headline
    """.split()
)
_PEOPLE: Final = frozenset(
    """
    official officials aide aides source sources person people observer observers analyst analysts expert experts
    critic critics diplomat diplomats lawmaker lawmakers resident residents witness witnesses lawyer lawyers
    spokesman spokeswoman spokesperson supporter supporters opponent opponents republican republicans democrat
    democrats voter voters adviser advisers senator man woman worker workers researcher researchers scientist
    scientists economist economists judge minister ministers leader leaders
    """.split()
)
_PLURAL_PRONOUNS: Final = frozenset(("they", "them", "we", "those", "some", "many", "others"))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a source: the chains (none when unnamed or unclear), how sure that is, and why."""

    form: str
    mention: Span | None
    chains: tuple[DocChain, ...]
    unresolved: str | None
    source_type: str
    score: float
    trace: tuple[str, ...]


class SpeakerResolver:
    """Sets ``doc._.speakers``, one :class:`Speaker` for each of ``doc._.attributions``.

    ``least`` is the least score with which a nominal or pronoun is linked; when the second best comes within
    ``margin`` of the best, the speaker stays open as ambiguous.
    """

    def __init__(self, name: str, least: float, margin: float) -> None:
        self.name = name
        self.least = least
        self.margin = margin
        self.reference = OnnxModel()
        if not Doc.has_extension("speakers"):
            Doc.set_extension("speakers", default=())

    def __call__(self, doc: Doc) -> Doc:
        chain_of = {(span.start, span.end): chain for chain in doc._.chains for span in chain.mentions}
        found: list[Speaker] = []
        for attribution in doc._.attributions:
            found.append(self._resolve(doc, attribution, chain_of, found))
        doc._.speakers = tuple(found)
        return doc

    def _resolve(
        self, doc: Doc, attribution: Attribution, chain_of: dict[tuple[int, int], DocChain], before: Sequence[Speaker]
    ) -> Speaker:
        source = attribution.source
        if source is None:
            return Speaker("none", None, (), "no source", "none", 0.5, ("no source stands beside the words",))
        named = _named(doc, source)
        if named:
            chains = tuple(chain_of[span.start, span.end] for span in named)
            full = named[0].text == chains[0].best.text or len(name_words(named[0].text, named[0].label_)) > 1
            kind = "named person" if named[0].label_ == "PERSON" else "named organisation"
            trace = (f"the source names {named[0].text!r}", f"in this document that is {chains[0].best.text!r}")
            score = float(named[0]._.score)
            return Speaker("name" if full else "surname", named[0], chains, None, kind, score, trace)
        form = "pronoun" if _is_pronoun(source) else "nominal"
        return self._refer(doc, source, form, before)

    def _refer(self, doc: Doc, source: Span, form: str, before: Sequence[Speaker]) -> Speaker:
        """The chain that a pronoun or nominal means: by the trained head, then by who spoke last."""
        (answer,) = ask(self.reference, QUESTIONS["reference"], doc, [_anchor(source)])
        ranked = _rank(doc, source, answer)
        last = _last_speaker(before) if source.text.lower() in ("he", "she") else None
        trace = [f"the source {source.text!r} is a {form}"]
        trace += [f"it may mean {chain.best.text!r} ({score:.2f})" for score, chain in ranked[:2]]
        mention = Span(doc, source.start, source.end, label=form.upper())
        if last is not None:
            trace.append(f"the last speaker before was {last.best.text!r}")
            ranked = _favour(ranked, last)
        top = ranked[0] if ranked else None
        if top is None or top[0] < self.least:
            kind = _unnamed_type(source)
            reason = "no antecedent" if form == "pronoun" else "unnamed"
            named = answer.classes["named"]["no"]
            return Speaker(form, mention, (), reason, kind, max(named, 0.3), (*trace, "no name is sure enough"))
        if len(ranked) > 1 and top[0] - ranked[1][0] < self.margin:
            return Speaker(form, mention, (), "ambiguous", _unnamed_type(source), 0.5, (*trace, "two names fit"))
        kind = "named person" if top[1].kind == "PERSON" else "named organisation"
        return Speaker(form, mention, (top[1],), None, kind, min(top[0], 1.0), (*trace, f"taken: {top[1].best.text!r}"))

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        self.reference.to_disk(path / "reference.onnx")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> SpeakerResolver:
        self.reference.from_disk(path / "reference.onnx")
        return self


# ------------------------------------------------------------------ the source itself
def _named(doc: Doc, source: Span) -> list[Span]:
    """The entities that the source itself names as speaking; several when they are joined."""
    inside = [e for e in doc.ents if source.start <= e.start and e.end <= source.end and e.label_ != "EVENT"]
    people = [e for e in inside if e.label_ == "PERSON" and not _possessive(doc, e) and not _within_phrase(source, e)]
    if people:
        return [people[0], *(e for e in people[1:] if _joined(doc, people[0], e))]
    bodies = [e for e in inside if e.label_ != "PERSON" and _heads(doc, source, e)]
    return bodies[:1]


def _possessive(doc: Doc, entity: Span) -> bool:
    after = doc[entity.end : entity.end + 1].text
    return after in ("'", "’") and doc[entity.end - 1].whitespace_ == "" if after else False


def _within_phrase(source: Span, entity: Span) -> bool:
    """Behind a preposition whose own noun is the speaker: "an aide to Oduya"."""
    for token in source.doc[source.start : entity.start]:
        if token.text == ",":
            return False
        if token.lower_ in ("to", "for", "of", "by", "with", "near", "against", "from", "in"):
            return _common_noun_before(source, token.i)
    return False


def _common_noun_before(source: Span, index: int) -> bool:
    before = source.doc[source.start : index]
    return bool(len(before)) and before[-1].lower_ in _PEOPLE | _DOCUMENTS | frozenset(
        ("group", "team", "office", "lawyer", "friend", "ally", "allies")
    )


def _joined(doc: Doc, first: Span, other: Span) -> bool:
    between = doc[first.end : other.start].text.strip().lower()
    return between in ("and", ",", ", and", "&") or between.endswith(" and")


def _heads(doc: Doc, source: Span, entity: Span) -> bool:
    """The organisation or country is what speaks, not what stands beside a noun: not "Pentagon officials", "aides at Y"."""
    before = [token.lower_ for token in doc[source.start : entity.start] if not token.is_punct]
    if any(word in _PREPOSITIONS or word in _PEOPLE for word in before) or _possessive(doc, entity):
        return False
    after = doc[entity.end : source.end]
    return not len(after) or not after[0].is_alpha or after[0].lower_ in _PREPOSITIONS | {"and"}


def _is_pronoun(source: Span) -> bool:
    words = [token.lower_ for token in source if token.is_alpha]
    return (len(words) == 1 and words[0] in _PRONOUNS) or (
        len(words) == 2 and words[0] in _PRONOUNS and words[1] in ("himself", "herself", "both", "all")
    )


def _anchor(source: Span) -> tuple[int, int]:
    """The first stretch of the source: what follows a comma only describes it further."""
    for token in source:
        if token.text in (",", "(") and token.i > source.start:
            return source.start, token.i
    return source.start, source.end


def _unnamed_type(source: Span) -> str:
    words = [token.lower_ for token in source]
    if any(word in _DOCUMENTS for word in words):
        return "document"
    plural = words[0] in _PLURAL_PRONOUNS or any(word in _PEOPLE and word.endswith(("s", "people")) for word in words)
    return "unnamed group" if plural else "unnamed person"


# ------------------------------------------------------------------ whom it means
def _rank(doc: Doc, source: Span, answer: Answer) -> list[tuple[float, DocChain]]:
    """Chains with the head's best score for any of their mentions, those of a fitting kind only."""
    position = {int(token): row for row, token in enumerate(answer.words)}
    pronoun = source.text.lower()
    ranked = []
    for chain in doc._.chains:
        if chain.kind == "EVENT" or ((pronoun in _PERSONAL) != (chain.kind == "PERSON") and pronoun in _PERSONAL | _IMPERSONAL):
            continue
        scores = [
            float(np.mean([1 - answer.scores[position[i], 0] for i in range(span.start, span.end) if i in position]))
            for span in chain.mentions
            if span.start in position and not (source.start <= span.start < source.end)
        ]
        if scores:
            ranked.append((max(scores), chain))
    return sorted(ranked, key=lambda item: (-item[0], item[1].mentions[0].start))


def _last_speaker(before: Sequence[Speaker]) -> DocChain | None:
    for speaker in reversed(before):
        if speaker.chains and speaker.chains[0].kind == "PERSON":
            return speaker.chains[0]
    return None


def _favour(ranked: list[tuple[float, DocChain]], last: DocChain) -> list[tuple[float, DocChain]]:
    """The last speaker gains: "he" is the last speaker nine times in ten in news."""
    scores = [(score + 0.35 if chain is last else score, chain) for score, chain in ranked]
    if not any(chain is last for _, chain in ranked):
        scores.append((0.35, last))
    return sorted(scores, key=lambda item: (-item[0], item[1].mentions[0].start))


@Language.factory(
    "kg_speakers",
    requires=["doc.tensor", "doc._.chains", "doc._.attributions"],
    assigns=["doc._.speakers"],
    default_config={"least": 0.3, "margin": 0.03},
)
def create_speakers(nlp: Language, name: str, least: float, margin: float) -> SpeakerResolver:
    return SpeakerResolver(name, least, margin)
