"""spaCy component kg_attribution: cues, and for each its source and content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList

from kg.extract.anchors import QUESTIONS, Answer, ask
from kg.extract.calibration import chance, log_odds
from kg.extract.encoder import real_words, word_offsets
from kg.extract.features import quotation
from kg.extract.onnx import OnnxModel
from kg.extract.orphans import continued, reopened
from kg.extract.overlaps import distinct, in_order
from kg.extract.polarity import denies
from kg.extract.sentences import sentence_at
from kg.extract.tags import LabelSpan, decode
from kg.extract.transcripts import turns
from kg.extract.words import DETERMINERS, compound_end, text_of

__all__ = ["Attribution", "AttributionFinder", "create_attribution"]

_TURN_SCORE = 0.95
_LEAST_SOURCE = 0.2
_SURE_SOURCE = 0.35
_SOURCE_GAP = 3
_LONGEST_SOURCE = 40
_MOST_OF_A_QUOTATION = 0.4
_SMALL_GAP = 3
_BESIDE = 2  # words between a quotation and its cue or source: a comma and a mark
_OPENING_CLAUSES = frozenset(
    "but and still however meanwhile on in at last yesterday earlier later when while after before as".split()
)
_FIRST_WEIGHTS = {"claim": 5.0}  # before any are fitted: what the head says
_OPENERS = frozenset("“‘\"«„'")
_CLOSERS = frozenset("”’\"»'")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reported statement as it stands in the text; ``source`` is None when nobody is named beside the cue.

    ``verbatim`` marks the turn of a transcript, which is direct speech without quotation marks; ``signs`` is what
    the score was reckoned from.
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    polarity: str
    modality: str
    score: float
    verbatim: bool = False
    signs: dict[str, float] = field(default_factory=dict)


class AttributionFinder:
    """Sets ``doc._.attributions`` and, for display, ``doc.spans["cues"]``, ``["sources"]`` and ``["contents"]``.

    ``cue_bias`` is added to the score of "no cue" (negative: more cues are tried); ``least`` is the least
    probability of being right with which an attribution is kept.
    """

    def __init__(self, name: str, cue_bias: float, least: float) -> None:
        self.name = name
        self.cue_bias = cue_bias
        self.least = least
        self.cues = OnnxModel()
        self.attribution = OnnxModel()
        self.weights: dict[str, float] = dict(_FIRST_WEIGHTS)
        if not Doc.has_extension("attributions"):
            Doc.set_extension("attributions", default=())

    def __call__(self, doc: Doc) -> Doc:
        spoken = [
            Attribution(cue, source, content, "affirmed", "asserted", _TURN_SCORE, verbatim=True)
            for source, cue, content in turns(doc)
        ]
        colons = {item.cue.start for item in spoken}
        cues = [cue for cue in self._find_cues(doc) if cue.start not in colons]
        answers = ask(self.attribution, QUESTIONS["attribution"], doc, [(cue.start, cue.end) for cue in cues])
        quotations = _quotations(doc)
        found = [self._attribution(doc, cue, answer, quotations) for cue, answer in zip(cues, answers, strict=True)]
        sure = (item for item in found if item is not None and item.score >= self.least)
        reported = reopened(doc, distinct([*spoken, *sure]))
        kept = in_order([*reported, *continued(doc, reported, quotations)])
        doc._.attributions = tuple(kept)
        doc.spans["cues"] = [item.cue for item in kept]
        doc.spans["sources"] = [item.source for item in kept if item.source]
        doc.spans["contents"] = [piece for item in kept for piece in item.content]
        return doc

    def _find_cues(self, doc: Doc) -> Iterator[LabelSpan]:
        words = real_words(doc)
        if not len(words):
            return
        (scores,) = self.cues(words=doc.tensor[words])
        biased = scores + np.array([self.cue_bias, 0, 0], dtype=np.float32)
        for item in decode(biased, ("CUE",)):
            yield LabelSpan(int(words[item.start]), int(words[item.end - 1]) + 1, "CUE", item.score)

    def _attribution(self, doc: Doc, cue: LabelSpan, answer: Answer, quotations: list[tuple[int, int]]) -> Attribution | None:
        cue_span = Span(doc, cue.start, cue.end, label="CUE")
        source = _source(doc, cue_span, answer)
        whole = _with_first_part(cue_span, source, _contents(doc, cue_span, source, answer, quotations))
        content = tuple(_until_next_sentence(whole, cue_span))
        if not content:
            return None
        values = _signs(cue, source, content, answer, quotations)
        return Attribution(
            cue=cue_span,
            source=source,
            content=content,
            polarity="denied" if denies(cue_span) else _likeliest(answer.classes["polarity"]),
            modality=_likeliest(answer.classes["modality"]),
            score=round(chance(self.weights, values), 4),
            signs=values,
        )

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        self.cues.to_disk(path / "cues.onnx")
        self.attribution.to_disk(path / "attribution.onnx")
        (path / "weights.json").write_text(json.dumps(self.weights, indent=1) + "\n", encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> AttributionFinder:
        self.cues.from_disk(path / "cues.onnx")
        self.attribution.from_disk(path / "attribution.onnx")
        self.weights = json.loads((path / "weights.json").read_text(encoding="utf-8"))
        return self


def _signs(
    cue: LabelSpan, source: Span | None, content: Sequence[Span], answer: Answer, quotations: Iterable[tuple[int, int]]
) -> dict[str, float]:
    """What tells whether a claim with this content is reported: values of 0 to 1 or -1 to 1, named for the fitted weights."""
    said = dict(zip(answer.words.tolist(), answer.scores[:, 3:5].sum(axis=1).tolist(), strict=True))
    inside = [said[i] for piece in content for i in range(piece.start, piece.end) if i in said]
    edges = [said.get(i, 0.0) for piece in content for i in (piece.start - 2, piece.start - 1, piece.end, piece.end + 1)]
    words = sum(len(piece) for piece in content)
    return {
        "bias": 1.0,
        "claim": log_odds(answer.classes["claim"]["yes"]),
        "cue": log_odds(cue.score),
        "content": log_odds(sum(inside) / max(len(inside), 1)),
        "weakest": min(inside, default=0.0),
        "edges": max(edges, default=0.0),
        "source": float(source is not None),
        "pieces": float(len(content) > 1),
        "short": 1 / (1 + words / 4),
        "quoted": float(any(start < piece.end and piece.start < end for piece in content for start, end in quotations)),
    }


def _likeliest(options: dict[str, float]) -> str:
    return max(options, key=lambda name: options[name])


def _source(doc: Doc, cue: Span, answer: Answer) -> Span | None:
    """The stretch that is likeliest the source, whole names and brackets included; a weak one must touch the cue."""
    likely = answer.scores[:, 1:3].sum(axis=1)
    runs: list[tuple[float, int, int]] = []
    for row in np.flatnonzero(likely >= _LEAST_SOURCE):
        start, mass = int(answer.words[row]), float(likely[row])
        end = start + 1
        if cue.start <= start < cue.end:
            continue
        if (
            runs
            and start - runs[-1][2] <= _SOURCE_GAP
            and not any(doc[i].is_sent_start for i in range(runs[-1][2], end))
            and not _parts(cue, runs[-1][2], start)
        ):
            mass, start = mass + runs[-1][0], runs.pop()[1]
        runs.append((mass, start, end))
    sure = [run for run in runs if likely[np.searchsorted(answer.words, run[1]) :][: run[2] - run[1]].max() >= _SURE_SOURCE]
    near = [run for run in runs if 0 <= cue.start - run[2] <= 3 or 0 <= run[1] - cue.end <= 3]
    best = max(sure or near, key=lambda run: run[0] / (run[2] - run[1]) ** 0.5, default=None)
    if best is None or best[2] - best[1] > _LONGEST_SOURCE:
        return None
    start, end = best[1], best[2]
    for entity in doc.ents:
        if (
            entity.start < end
            and entity.end > start
            and entity.label_ != "EVENT"
            and not (entity.start < cue.end and entity.end > cue.start)
        ):
            start, end = min(start, entity.start), max(end, entity.end)
    if start > 0 and doc[start - 1].lower_ in DETERMINERS and not cue.start < start <= cue.end:
        start -= 1
    return Span(doc, start, end, label="SOURCE")


def _parts(cue: Span, start: int, end: int) -> bool:
    """The cue stands between."""
    return start <= cue.start < end


def _with_first_part(cue: Span, source: Span | None, content: list[Span]) -> list[Span]:
    """The content, completed by the start of a sentence that its cue interrupts: "The talks, he said, are over"."""
    if source is None or not content or content[0].start < cue.start:
        return content
    start, end = min(cue.start, source.start), max(cue.end, source.end)
    doc = cue.doc
    sentence = sentence_at(doc, start)
    interrupted = (
        start - sentence.start > 1
        and doc[start - 1].text == ","
        and end < len(doc)
        and doc[end].text == ","
        and content[0].start - end <= 2
        and sentence.start <= content[0].start < sentence.end
        and not doc[sentence.start].is_lower
        and doc[sentence.start].lower_ not in _OPENING_CLAUSES
    )
    return [Span(doc, sentence.start, start - 1, label="CONTENT"), *content] if interrupted else content


def _until_next_sentence(content: list[Span], cue: Span) -> list[Span]:
    """Without what follows in another sentence and opens no quotation, where the words before the cue are the content."""
    if not content or content[0].start > cue.start:
        return content
    end = sentence_at(cue.doc, cue.start).end
    return [piece for piece in content if piece.start < end or piece.text[0] in _OPENERS]


def _contents(doc: Doc, cue: Span, source: Span | None, answer: Answer, quotations: list[tuple[int, int]]) -> list[Span]:
    """The content pieces: whole quotations, small gaps closed, quotation marks in, cue and source out."""
    taken = {i for span in (cue, source) if span is not None for i in range(span.start, span.end)}
    found = [item for item in answer.spans if item.label == "CONTENT"]
    words = {i for item in found for i in range(item.start, compound_end(doc, item.end))} - taken
    for start, end in quotations:
        inside = set(range(start, end))
        beside = doc[end - 1].text in _CLOSERS and taken.intersection(range(start - _BESIDE, end + _BESIDE))
        least = 0 if beside else _MOST_OF_A_QUOTATION * len(inside)
        if len(inside & words) > least and not inside & taken:
            words |= inside
    pieces: list[list[int]] = []
    for index in sorted(words):
        gap = range(pieces[-1][1], index) if pieces else range(0)
        if pieces and len(gap) <= _SMALL_GAP and not any(i in taken or "\n" in doc[i].text for i in gap):
            pieces[-1][1] = index + 1
        else:
            pieces.append([index, index + 1])
    return [piece for start, end in pieces if (piece := _trimmed(doc, start, end)) is not None]


def _quotations(doc: Doc) -> list[tuple[int, int]]:
    """The stretches of the text that stand in quotation marks, as token ranges; none crosses a paragraph."""
    codes = quotation(text_of(doc), word_offsets(doc))
    runs: list[tuple[int, int]] = []
    for i in real_words(doc)[codes > 0].tolist():
        fresh = not runs or (i - runs[-1][1] > 0 and ("\n" in doc[runs[-1][1] : i].text or not doc[runs[-1][1]].is_space))
        runs.append((i, i + 1) if fresh else (runs.pop()[0], i + 1))
    return runs


def _trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """A piece without blanks and commas at its borders, but with the marks that belong to it; a lone mark is no piece."""
    while start < end and (doc[start].is_space or doc[start].text in ",;"):
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if start == end or not any(token.is_alpha or token.is_digit for token in doc[start:end]):
        return None
    if start > 0 and doc[start - 1].text in _OPENERS and doc[start - 1].whitespace_ == "":
        start -= 1
    if end < len(doc) and doc[end].text in _CLOSERS and doc[end - 1].whitespace_ == "" and not _is_apostrophe(doc, end):
        end += 1
    return Span(doc, start, end, label="CONTENT")


def _is_apostrophe(doc: Doc, index: int) -> bool:
    return doc[index].text in "'’" and doc[index].whitespace_ == "" and index + 1 < len(doc) and doc[index + 1].is_alpha


@Language.factory(
    "kg_attribution",
    requires=["doc.tensor", "doc.ents"],
    assigns=["doc._.attributions"],
    default_config={"cue_bias": -1.0, "least": 0.4},
)
def create_attribution(nlp: Language, name: str, cue_bias: float, least: float) -> AttributionFinder:
    return AttributionFinder(name, cue_bias, least)
