"""Token scores on the attribution corpus that training leaves out: python -m kg.train.report [--data PATH] [--pipeline PATH].

Source, cue and content are compared word by word, as taggers of PolNeAR (Newell et al. 2018) are; every attribution
that the pipeline finds counts here, whether or not it is a claim.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Span

from kg.extract.pipeline import MODEL, load
from kg.extract.words import word_spans
from kg.train.corpora import rows

__all__ = ["token_scores"]

PARTS: Final = ("source", "cue", "content")
Row = dict[str, Any]


def token_scores(nlp: Language, articles: Iterable[Row]) -> dict[str, float]:
    """F1 over words for each part of an attribution; ``articles`` have "text" and "attributions"."""
    finder = nlp.get_pipe("kg_attribution")
    least, finder.least = finder.least, 0.0
    counts = {part: [0, 0, 0] for part in PARTS}
    for article in articles:
        words = word_spans(article["text"])
        found = _found(nlp(article["text"])._.attributions)
        for part in PARTS:
            gold = _covered(words, [span for item in article["attributions"] for span in item[part]])
            predicted = _covered(words, found[part])
            for place, some in enumerate((gold & predicted, gold, predicted)):
                counts[part][place] += len(some)
    finder.least = least
    return {part: 2 * both / max(gold + predicted, 1) for part, (both, gold, predicted) in counts.items()}


def _found(attributions: Iterable[Any]) -> dict[str, list[Sequence[int]]]:
    def spans(parts: Iterable[Span | None]) -> list[Sequence[int]]:
        return [(part.start_char, part.end_char) for part in parts if part is not None]

    items = list(attributions)
    return {
        "source": spans(item.source for item in items),
        "cue": spans(item.cue for item in items),
        "content": spans(piece for item in items for piece in item.content),
    }


def _covered(words: Sequence[tuple[int, int]], spans: Sequence[Sequence[int]]) -> set[int]:
    taken = {place for start, end in spans for place in range(start, end)}
    return {index for index, (start, _) in enumerate(words) if start in taken}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.train.report", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the public corpora")
    parser.add_argument("--pipeline", type=Path, default=MODEL)
    options = parser.parse_args()
    articles = rows(options.data / "attribution/polnear-dev.jsonl.gz")
    for part, score in token_scores(load(options.pipeline), articles).items():
        sys.stdout.write(f"{part:8} {score:.3f}\n")


if __name__ == "__main__":
    main()
