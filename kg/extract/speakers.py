"""spaCy component kg_speakers: the person or body behind each source, with the reasons for the link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList

from kg.extract.affiliations import role_name
from kg.extract.anchors import QUESTIONS, Answer, ask
from kg.extract.attribution import Attribution
from kg.extract.chains import DocChain
from kg.extract.onnx import OnnxModel
from kg.extract.sources import (
    RELATIVE,
    fits,
    form_of,
    gender_of,
    head_of,
    is_document,
    is_indefinite,
    is_plural,
    named_sources,
    unnamed_type,
)
from kg.names import name_words

__all__ = ["Speaker", "SpeakerResolver", "create_speakers"]


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
        named = named_sources(doc, source)
        if named:
            return _named(source, named, [chain_of[span.start, span.end] for span in named])
        mention = Span(doc, source.start, source.end, label=form_of(source).upper())
        trace = [f"the source {source.text!r} is a {form_of(source)} without a name"]
        given = _by_structure(doc, mention, before)
        if given is not None:
            chains, reason, score = given
            return _referring(mention, chains, score, [*trace, reason])
        return self._refer(doc, mention, before, trace)

    def _refer(self, doc: Doc, mention: Span, before: Sequence[Speaker], trace: list[str]) -> Speaker:
        """The chain that a pronoun or nominal means: by the trained head, and by who spoke last."""
        (answer,) = ask(self.reference, QUESTIONS["reference"], doc, [_anchor(mention)])
        ranked = _rank(doc, mention, answer)
        trace += [f"by the trained head it may mean {' or '.join(repr(c.best.text) for _, c in ranked[:2])}"] if ranked else []
        last = _last_speaker(before, mention)
        if last is not None:
            trace.append(f"the last speaker before that fits was {last.best.text!r}")
            ranked = _favour(ranked, last)
        if not ranked or ranked[0][0] < self.least:
            unsure = max(answer.classes["named"]["no"], 0.3)
            return _open(
                mention,
                "unnamed" if form_of(mention) == "nominal" else "no antecedent",
                unsure,
                [*trace, "no name is sure enough"],
            )
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < self.margin:
            return _open(mention, "ambiguous", 0.5, [*trace, "two names fit"])
        return _referring(mention, (ranked[0][1],), min(ranked[0][0], 1.0), [*trace, f"taken: {ranked[0][1].best.text!r}"])

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        self.reference.to_disk(path / "reference.onnx")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> SpeakerResolver:
        self.reference.from_disk(path / "reference.onnx")
        return self


# ------------------------------------------------------------------ the answers
def _named(source: Span, named: Sequence[Span], chains: Sequence[DocChain]) -> Speaker:
    first, best = named[0], chains[0].best
    full = first.text == best.text or len(name_words(first.text, first.label_)) > 1
    trace = (f"the source names {first.text!r}", f"in this document that is {best.text!r}")
    mention = Span(source.doc, source.start, source.end, label="NOMINAL") if is_document(source) else first
    form = "nominal" if is_document(source) else "name" if full else "surname"
    kind = "document" if is_document(source) else _kind_of(chains[0])
    return Speaker(form, mention, tuple(dict.fromkeys(chains)), None, kind, float(first._.score), trace)


def _referring(mention: Span, chains: tuple[DocChain, ...], score: float, trace: Sequence[str]) -> Speaker:
    if not chains:
        return _open(mention, "unnamed", score, trace)
    kind = "document" if is_document(mention) else _kind_of(chains[0])
    return Speaker(form_of(mention), mention, chains, None, kind, score, tuple(trace))


def _open(mention: Span, reason: str, score: float, trace: Sequence[str]) -> Speaker:
    return Speaker(form_of(mention), mention, (), reason, unnamed_type(mention), score, tuple(trace))


def _kind_of(chain: DocChain) -> str:
    return "named person" if chain.kind == "PERSON" else "named organisation"


def _anchor(source: Span) -> tuple[int, int]:
    """The first stretch of the source: what follows a comma only describes it further."""
    for token in source:
        if token.text in (",", "(") and token.i > source.start:
            return source.start, token.i
    return source.start, source.end


# ------------------------------------------------------------------ whom it means
_Given = tuple[tuple[DocChain, ...], str, float]


def _by_structure(doc: Doc, mention: Span, before: Sequence[Speaker]) -> _Given | None:
    """Links that the sentence or the order of speakers settles; None leaves the question to the trained head."""
    if mention.text.lower() in RELATIVE:
        chain = _antecedent(doc, mention)
        return ((chain,), f"{mention.text!r} stands behind {chain.best.text!r}", 0.9) if chain else None
    if form_of(mention) == "nominal":
        return _nominal_by_structure(doc, mention, before)
    last = before[-1] if before else None
    if last and mention.text.lower() in ("they", "them") and last.form != "none" and not _one_person(last):
        return last.chains, "the last speaker before was a group", 0.7
    return None


def _nominal_by_structure(doc: Doc, mention: Span, before: Sequence[Speaker]) -> _Given | None:
    if is_indefinite(mention):
        return (), "nobody spoken of before", 0.8
    last = before[-1] if before else None
    if last and is_plural(mention) and len(last.chains) > 1:
        return last.chains, "the last speakers before were several", 0.8
    bearers = _bearers(doc, mention)
    if len(bearers) == 1:
        return tuple(bearers), f"the only one introduced as {head_of(mention)!r}", 0.85
    for speaker in reversed(before):
        if speaker.mention is not None and speaker.form == "nominal" and head_of(speaker.mention) == head_of(mention):
            return speaker.chains, f"as {speaker.mention.text!r} before", 0.7
    if is_document(mention):
        known = next((s for s in reversed(before) if s.source_type == "document" and s.chains), None)
        return (known.chains, "the document named before", 0.7) if known else None
    return None


def _one_person(speaker: Speaker) -> bool:
    return len(speaker.chains) == 1 and speaker.chains[0].kind == "PERSON"


def _bearers(doc: Doc, mention: Span) -> list[DocChain]:
    """The people to whom the text gives the role that the nominal names: "the minister", "the centre's director"."""
    head = head_of(mention)
    words = {token.lower_ for token in mention if token.is_alpha}
    found: dict[int, tuple[DocChain, int]] = {}
    owners = {(span.start, span.end): chain for chain in doc._.chains for span in chain.mentions}
    for item in doc._.affiliations:
        role = {*role_name(item.role.text).split(), *item.role.text.lower().split()} if item.role is not None else set()
        if head and head in role:
            chain = owners[item.person.start, item.person.end]
            shared = len(words & role) - 2 * (item.status == "former")
            found[id(chain)] = (chain, max(shared, found.get(id(chain), (chain, shared))[1]))
    most = max((shared for _, shared in found.values()), default=0)
    return [chain for chain, shared in found.values() if shared == most]


def _antecedent(doc: Doc, mention: Span) -> DocChain | None:
    """The name that a relative pronoun follows, within a few words."""
    for chain in doc._.chains:
        for span in chain.mentions:
            if 0 <= mention.start - span.end <= 2 and fits(mention, chain.kind):
                return cast(DocChain, chain)
    return None


def _rank(doc: Doc, mention: Span, answer: Answer) -> list[tuple[float, DocChain]]:
    """Chains that fit, with the head's best score for any of their mentions."""
    position = {int(token): row for row, token in enumerate(answer.words)}
    ranked = []
    for chain in doc._.chains:
        if chain.kind == "EVENT" or not fits(mention, chain.kind) or _clashes(mention, chain):
            continue
        scores = [
            float(np.mean([1 - answer.scores[position[i], 0] for i in range(span.start, span.end) if i in position]))
            for span in chain.mentions
            if span.start in position and not (mention.start <= span.start < mention.end)
        ]
        if scores:
            ranked.append((max(scores), chain))
    return sorted(ranked, key=lambda item: (-item[0], item[1].mentions[0].start))


def _clashes(mention: Span, chain: DocChain) -> bool:
    """ "she" for a man, "he" for a woman, as far as the names tell."""
    wanted = {"he": "m", "him": "m", "she": "f", "her": "f"}.get(mention.text.lower())
    if wanted is None:
        return False
    genders = [gender for span in chain.mentions if (gender := gender_of(span)) is not None]
    return bool(genders) and wanted not in genders


def _last_speaker(before: Sequence[Speaker], mention: Span) -> DocChain | None:
    """The last speaker before, for "he" and "she", that the pronoun can mean."""
    if mention.text.lower() not in ("he", "she"):
        return None
    for speaker in reversed(before):
        if speaker.chains and speaker.chains[0].kind == "PERSON" and not _clashes(mention, speaker.chains[0]):
            return speaker.chains[0]
    return None


def _favour(ranked: list[tuple[float, DocChain]], last: DocChain) -> list[tuple[float, DocChain]]:
    """The last speaker gains: in news "he" is the last speaker nine times in ten."""
    scores = [(score + 0.35 if chain is last else score, chain) for score, chain in ranked]
    if not any(chain is last for _, chain in ranked):
        scores.append((0.35, last))
    return sorted(scores, key=lambda item: (-item[0], item[1].mentions[0].start))


@Language.factory(
    "kg_speakers",
    requires=["doc.tensor", "doc._.chains", "doc._.affiliations", "doc._.attributions"],
    assigns=["doc._.speakers"],
    default_config={"least": 0.3, "margin": 0.03},
)
def create_speakers(nlp: Language, name: str, least: float, margin: float) -> SpeakerResolver:
    return SpeakerResolver(name, least, margin)
