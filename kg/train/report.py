"""Token scores on the attribution corpus that training leaves out: python -m kg.train.report [--data PATH] [--pipeline PATH].

Source, cue and content are compared word by word, as taggers of PolNeAR (Newell et al. 2018) are: once as the words are
tagged by themselves, once as they stand in attributions, whether or not these are claims.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.attribution import AttributionFinder
from kg.extract.pipeline import MODEL, load
from kg.train.corpora import rows

__all__ = ["token_scores"]

PARTS: Final = ("source", "cue", "content")
Row = dict[str, Any]
Words = dict[str, set[int]]


def token_scores(nlp: Language, articles: Iterable[Row]) -> dict[str, dict[str, float]]:
    """F1 over words of each part, for "tagged" and "attributed" words; ``articles`` have "text" and "attributions"."""
    finder = nlp.get_pipe("kg_attribution")
    least, finder.least = finder.least, 0.0
    counts: dict[str, Counter[tuple[str, str]]] = {"tagged": Counter(), "attributed": Counter()}
    for article in articles:
        doc = nlp(article["text"])
        gold = _gold(doc, article["attributions"])
        for way, found in (("tagged", _tagged(finder, doc)), ("attributed", _attributed(doc))):
            for part in PARTS:
                counts[way][part, "both"] += len(gold[part] & found[part])
                counts[way][part, "each"] += len(gold[part]) + len(found[part])
    finder.least = least
    return {
        way: {part: 2 * counted[part, "both"] / max(counted[part, "each"], 1) for part in PARTS}
        for way, counted in counts.items()
    }


def _gold(doc: Doc, attributions: Iterable[Row]) -> Words:
    spans = {part: [span for item in attributions for span in item[part]] for part in PARTS}
    taken = {part: {place for start, end in found for place in range(start, end)} for part, found in spans.items()}
    return {part: {token.i for token in doc if not token.is_space and token.idx in taken[part]} for part in PARTS}


def _tagged(finder: AttributionFinder, doc: Doc) -> Words:
    tags = finder.tags(doc)
    scores = {"source": tags.sources, "cue": tags.cues, "content": tags.contents}
    return {part: set(tags.words[np.flatnonzero(found.argmax(axis=1))].tolist()) for part, found in scores.items()}


def _attributed(doc: Doc) -> Words:
    found = doc._.attributions
    spans = {
        "source": [item.source for item in found if item.source is not None],
        "cue": [item.cue for item in found],
        "content": [piece for item in found for piece in item.content],
    }
    return {part: {i for span in spans[part] for i in range(span.start, span.end) if not doc[i].is_space} for part in PARTS}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.train.report", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the public corpora")
    parser.add_argument("--pipeline", type=Path, default=MODEL)
    options = parser.parse_args()
    articles = rows(options.data / "attribution/polnear-dev.jsonl.gz")
    for way, scores in token_scores(load(options.pipeline), articles).items():
        sys.stdout.write(f"{way:12}" + "".join(f"{part:>9} {scores[part]:.3f}" for part in PARTS) + "\n")


if __name__ == "__main__":
    main()
