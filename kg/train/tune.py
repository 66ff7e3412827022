"""Fits the few weights behind the heads, on articles that the heads have not seen: python -m kg.train.tune GOLD."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from spacy.language import Language
from spacy.tokens import Doc, Span
from torch.nn.functional import binary_cross_entropy_with_logits

from kg.extract.attribution import Attribution
from kg.extract.candidates import FEATURES, Candidate
from kg.extract.pipeline import MODEL, load
from kg.extract.speakers import Speaker, case_of

__all__ = ["fit_chance", "fit_choice", "save", "tune"]

Row = dict[str, Any]
Choice = tuple[Sequence[Candidate], int]
Case = tuple[dict[str, float], bool]
LEAST_CASES = 15
_log = logging.getLogger("kg.train")


def tune(nlp: Language, articles: Sequence[Row], candidates: bool = True) -> None:
    """Fit, in this order: the weights of candidates for speakers, the chance of a claim, the chance of a speaker.

    ``candidates`` is false to keep the first as they are.
    """
    resolver, finder = nlp.get_pipe("kg_speakers"), nlp.get_pipe("kg_attribution")
    least, finder.least = finder.least, 0.0
    resolver.calibration = {}
    docs = [nlp(article["text"]) for article in articles]
    if candidates:
        asked: dict[str, list[Choice]] = {"pronoun": [], "nominal": []}
        for doc, article in zip(docs, articles, strict=True):
            for form, found, right in _questions(doc, article):
                asked[form].append((found, right))
        resolver.weights = {form: fit_choice(questions) for form, questions in asked.items()}
        docs = [resolver(doc) for doc in docs]
    claims = [item for doc, article in zip(docs, articles, strict=True) for item in _claims(doc, article)]
    finder.weights = fit_chance(claims)
    finder.least = least
    speakers: dict[str, list[Case]] = {}
    for doc, article in zip(docs, articles, strict=True):
        for case, signs, right_one in _speakers(doc, article):
            speakers.setdefault(case, []).append((signs, right_one))
    resolver.calibration = {case: fit_chance(cases) for case, cases in sorted(speakers.items()) if len(cases) >= LEAST_CASES}
    _log.info("%d claims; speakers: %s", len(claims), {case: len(cases) for case, cases in speakers.items()})


def save(nlp: Language, folder: Path) -> None:
    """Write what was fitted into the pipeline at ``folder``, and nothing of the articles that were read for it."""
    for name in ("kg_attribution", "kg_speakers"):
        nlp.get_pipe(name).to_disk(folder / name)


def _claims(doc: Doc, article: Row) -> Iterator[Case]:
    """What tells of each claim found, and whether gold has one with nearly the same content."""
    gold = [_characters(claim["content"]) for claim in article["claims"]]
    for item in doc._.attributions:
        if item.signs:
            yield item.signs, any(_alike(_content(item), content) for content in gold)


def _speakers(doc: Doc, article: Row) -> Iterator[tuple[str, dict[str, float], bool]]:
    """Kind of answer, its signs, and whether it is right, for the claims that gold has too."""
    mentions = {entity["id"]: [tuple(span) for span in entity["mentions"]] for entity in article["entities"]}
    for item, speaker in zip(doc._.attributions, doc._.speakers, strict=True):
        claim = next((c for c in article["claims"] if _alike(_content(item), _characters(c["content"]))), None)
        if claim is None:
            continue
        names = [span for id in (claim["speaker"], *claim.get("co_speakers", ())) if id for span in mentions[id]]
        right = _means(Candidate(speaker.chains, {}), names) if speaker.chains else not names
        yield case_of(speaker), speaker.signs, right


def _content(item: Attribution) -> set[int]:
    return _characters([(piece.start_char, piece.end_char) for piece in item.content])


def _characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _alike(found: set[int], gold: set[int]) -> bool:
    return 2 * len(found & gold) >= len(found | gold)


def _questions(doc: Doc, article: Row) -> Iterator[tuple[str, Sequence[Candidate], int]]:
    """Each source that was looked up, its candidates, and which of them is right."""
    mentions = {entity["id"]: [tuple(span) for span in entity["mentions"]] for entity in article["entities"]}
    for speaker in doc._.speakers:
        claim = _claim(speaker, article["claims"])
        if claim is None or not speaker.candidates:
            continue
        names = [span for id in (claim["speaker"], *claim.get("co_speakers", ())) if id for span in mentions[id]]
        right = [index for index, candidate in enumerate(speaker.candidates) if _means(candidate, names)]
        if right or not names:
            yield speaker.form, speaker.candidates, right[0] if right else len(speaker.candidates) - 1


def _claim(speaker: Speaker, claims: Sequence[Row]) -> Row | None:
    """The gold claim whose speaker expression is this source."""
    if speaker.mention is None:
        return None
    start, end = speaker.mention.start_char, speaker.mention.end_char
    return next((c for c in claims if c["speaker_span"] and c["speaker_span"][0] < end and c["speaker_span"][1] > start), None)


def _means(candidate: Candidate, names: Sequence[tuple[int, int]]) -> bool:
    """At least half of the chain's mentions are mentions of the gold speaker."""
    spans = [span for chain in candidate.chains for span in chain.mentions]
    return bool(spans) and 2 * sum(_meets(span, names) for span in spans) >= len(spans)


def _meets(span: Span, names: Sequence[tuple[int, int]]) -> bool:
    return any(start < span.end_char and end > span.start_char for start, end in names)


def fit_choice(asked: Sequence[Choice], decay: float = 0.02) -> dict[str, float]:
    """Conditional logit over :data:`FEATURES`; ``decay`` keeps weights small where little is known."""
    tables = [torch.tensor([[c.values.get(name, 0.0) for name in FEATURES] for c in found]) for found, _ in asked]
    weights = torch.zeros(len(FEATURES), requires_grad=True)

    def loss() -> torch.Tensor:
        logs = [-(table @ weights).log_softmax(0)[right] for table, (_, right) in zip(tables, asked, strict=True)]
        return torch.stack(logs).mean() + decay * weights.square().mean()

    _minimise(loss, weights)
    return {name: round(float(value), 3) for name, value in zip(FEATURES, weights.detach(), strict=True)}


def fit_chance(cases: Sequence[Case], decay: float = 0.02) -> dict[str, float]:
    """Logistic regression over the signs of an answer."""
    names = list(cases[0][0])
    table = torch.tensor([[signs[name] for name in names] for signs, _ in cases])
    right = torch.tensor([float(good) for _, good in cases])
    weights = torch.zeros(len(names), requires_grad=True)

    def loss() -> torch.Tensor:
        return binary_cross_entropy_with_logits(table @ weights, right) + decay * weights.square().mean()

    _minimise(loss, weights)
    return {name: round(float(value), 3) for name, value in zip(names, weights.detach(), strict=True)}


def _minimise(loss: Callable[[], torch.Tensor], weights: torch.Tensor) -> None:
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimiser.zero_grad()
        value = loss()
        value.backward()
        return value

    optimiser.step(step)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.train.tune", description=__doc__)
    parser.add_argument("gold", type=Path, help="annotated articles, such as kg.train.held_out writes")
    parser.add_argument("--pipeline", type=Path, default=MODEL, help="the pipeline to tune in place")
    parser.add_argument("--keep-candidates", action="store_true", help="calibrate only")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    nlp = load(options.pipeline)
    tune(nlp, [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()], not options.keep_candidates)
    save(nlp, options.pipeline)


if __name__ == "__main__":
    main()
