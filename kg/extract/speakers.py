"""spaCy component kg_speakers: the person or body behind each source, with the reasons for the link."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, cast

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList

from kg.extract.anchors import QUESTIONS, Answer, ask
from kg.extract.calibration import chance, log_odds
from kg.extract.candidates import Candidate, Spoken, candidates, probabilities
from kg.extract.chains import DocChain
from kg.extract.onnx import OnnxModel
from kg.extract.sources import (
    RELATIVE,
    fits,
    form_of,
    is_document,
    is_indefinite,
    is_known,
    is_plural,
    named_sources,
    unnamed_type,
)
from kg.names import name_words

__all__ = ["Speaker", "SpeakerResolver", "case_of", "create_speakers"]

_REACH: Final = 10
_PASSED: Final = frozenset(("of", "the", "from", "in", "r", "d", "jr", "sr", "and"))
# Before any are fitted: the head decides, and the last speaker counts.
_FIRST_WEIGHTS: Final = {"head": 5.0, "last speaker": 1.5, "nobody by head": 5.0, "other gender": -6.0}


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
    candidates: tuple[Candidate, ...] = ()
    signs: dict[str, float] = field(default_factory=dict)


class SpeakerResolver:
    """Sets ``doc._.speakers``, one :class:`Speaker` for each of ``doc._.attributions``.

    ``least`` is the least probability with which a nominal or pronoun is linked; when the second best comes within
    ``margin`` of the best, the speaker stays open as ambiguous.
    """

    def __init__(self, name: str, least: float, margin: float) -> None:
        self.name = name
        self.least = least
        self.margin = margin
        self.reference = OnnxModel()
        self.weights: dict[str, dict[str, float]] = {form: dict(_FIRST_WEIGHTS) for form in ("pronoun", "nominal")}
        self.calibration: dict[str, dict[str, float]] = {}
        if not Doc.has_extension("speakers"):
            Doc.set_extension("speakers", default=())

    def __call__(self, doc: Doc) -> Doc:
        chain_of = {(span.start, span.end): chain for chain in doc._.chains for span in chain.mentions}
        sources = [attribution.source for attribution in doc._.attributions]
        named = [named_sources(doc, source) if source is not None else [] for source in sources]
        nameless = {_anchor(source) for source, names in zip(sources, named, strict=True) if source is not None and not names}
        anchors = sorted(nameless)
        answers = dict(zip(anchors, ask(self.reference, QUESTIONS["reference"], doc, anchors), strict=True))
        found: list[Speaker] = []
        known: dict[Span, Speaker] = {}
        for source, names in zip(sources, named, strict=True):
            if source is not None and source in known:
                speaker = known[source]
            elif source is not None and names:
                speaker = self._calibrated(_named(source, names, [chain_of[span.start, span.end] for span in names]))
            else:
                speaker = self._calibrated(self._resolve(doc, source, answers, found))
            found.append(speaker)
            if source is not None:
                known[source] = speaker
        doc._.speakers = tuple(found)
        return doc

    def _calibrated(self, speaker: Speaker) -> Speaker:
        signs = {"bias": 1.0, "score": log_odds(speaker.score), "joint": float(len(speaker.chains) > 1)}
        weights = self.calibration.get(case_of(speaker))
        return (
            replace(speaker, signs=signs, score=round(chance(weights, signs), 4)) if weights else replace(speaker, signs=signs)
        )

    def _resolve(
        self, doc: Doc, source: Span | None, answers: Mapping[tuple[int, int], Answer], before: Sequence[Speaker]
    ) -> Speaker:
        """The speaker behind a source that names nobody."""
        if source is None:
            return Speaker("none", None, (), "no source", "none", 0.5, ("no source stands beside the words",))
        mention = Span(doc, source.start, source.end, label=form_of(source).upper())
        trace = [f"the source {source.text!r} is a {form_of(source)} without a name"]
        given = _by_structure(doc, mention, before)
        if given is not None:
            chains, reason, score = given
            return _referring(mention, chains, score, [*trace, reason])
        return self._refer(mention, answers[_anchor(mention)], before, trace)

    def _refer(self, mention: Span, answer: Answer, before: Sequence[Speaker], trace: list[str]) -> Speaker:
        """The chain that a pronoun or nominal means, of all that fit; nobody when none is likely or two are alike."""
        found = candidates(mention.doc, mention, answer, [Spoken(speaker.mention, speaker.chains) for speaker in before])
        chances = probabilities(found, self.weights[form_of(mention)])
        ranked = sorted(zip(chances, found, strict=True), key=lambda item: -item[0])
        trace += [_told(chance, candidate) for chance, candidate in ranked[:3] if chance >= 0.05]
        (best, first), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
        if not first.chains:
            reason = "unnamed" if form_of(mention) == "nominal" else "no antecedent"
            return replace(_open(mention, reason, best, trace), candidates=tuple(found))
        if best < self.least or best - second < self.margin:
            return replace(_open(mention, "ambiguous", 1 - best, [*trace, "no name is sure enough"]), candidates=tuple(found))
        return replace(_referring(mention, first.chains, best, trace), candidates=tuple(found))

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        self.reference.to_disk(path / "reference.onnx")
        fitted = {"candidates": self.weights, "calibration": self.calibration}
        (path / "weights.json").write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> SpeakerResolver:
        self.reference.from_disk(path / "reference.onnx")
        fitted = json.loads((path / "weights.json").read_text(encoding="utf-8"))
        self.weights, self.calibration = fitted["candidates"], fitted["calibration"]
        return self


# ------------------------------------------------------------------ the answers
def case_of(speaker: Speaker) -> str:
    """The kind of answer, as far as its reliability goes: "name", "surname", "pronoun", "nominal", or one of them "open"."""
    return speaker.form if speaker.chains else f"{speaker.form} open"


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
    if namesakes := _namesakes(doc, mention):
        return ((namesakes[0],), f"the surname of {namesakes[0].best.text!r}", 0.9) if len(namesakes) == 1 else None
    if mention.text.lower() in RELATIVE:
        chain = _antecedent(doc, mention)
        return ((chain,), f"{mention.text!r} stands behind {chain.best.text!r}", 0.9) if chain else None
    if (only := _only_one(doc, mention)) is not None:
        return (only,), f"{only.best.text!r} is the only one that {mention.text!r} can mean", 0.7
    last = before[-1] if before else None
    if last and is_plural(mention) and not is_indefinite(mention) and len(last.chains) > 1:
        return last.chains, "the last speakers before were several", 0.8
    if last and mention.text.lower() in ("they", "them") and last.form != "none" and not _one_person(last):
        return last.chains, "the last speaker before was a group", 0.7
    return None


def _only_one(doc: Doc, mention: Span) -> DocChain | None:
    """The one chain of its kind, named before, that "the kingdom" or "the cartographer" may mean."""
    if mention[0].lower_ != "the" or is_plural(mention) or is_document(mention) or not is_known(mention):
        return None
    fitting = [chain for chain in doc._.chains if fits(mention, chain.kind)]
    return fitting[0] if len(fitting) == 1 and fitting[0].mentions[0].start < mention.start else None


def _namesakes(doc: Doc, mention: Span) -> list[DocChain]:
    """The people whose surname alone is the source, though it was not tagged as a name: "PENCE: ..."."""
    words = name_words(mention.text, "PERSON")
    if not words or not mention.text[:1].isupper() or form_of(mention) == "pronoun":
        return []
    return [c for c in doc._.chains if c.kind == "PERSON" and name_words(c.best.text, "PERSON")[-len(words) :] == words]


def _one_person(speaker: Speaker) -> bool:
    return len(speaker.chains) == 1 and speaker.chains[0].kind == "PERSON"


def _antecedent(doc: Doc, mention: Span) -> DocChain | None:
    """The last name before a relative pronoun, with nothing between but brackets, commas and where the bearer comes from."""
    named = [(span, chain) for chain in doc._.chains if fits(mention, chain.kind) for span in chain.mentions]
    before = [item for item in named if 0 <= mention.start - item[0].end <= _REACH]
    if not before:
        return None
    span, chain = max(before, key=lambda item: item[0].end)
    places = {i for e in doc.ents if e.label_ in ("PLACE", "ORG") for i in range(e.start, e.end)}
    passed = (token for token in doc[span.end : mention.start] if token.i not in places and token.is_alpha)
    return cast(DocChain, chain) if all(token.lower_ in _PASSED for token in passed) else None


def _told(chance: float, candidate: Candidate) -> str:
    """A line of the trace: a candidate, how likely it is, and what speaks for it."""
    name = repr(candidate.chains[0].best.text) if candidate.chains else "nobody who is named"
    reasons = candidate.reasons()
    return f"{chance:.0%}: {name}" + (f" ({reasons})" if reasons else "")


@Language.factory(
    "kg_speakers",
    requires=["doc.tensor", "doc._.chains", "doc._.affiliations", "doc._.attributions"],
    assigns=["doc._.speakers"],
    default_config={"least": 0.3, "margin": 0.03},
)
def create_speakers(nlp: Language, name: str, least: float, margin: float) -> SpeakerResolver:
    return SpeakerResolver(name, least, margin)
