"""Annotated articles through the pipeline and into the scorer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from kg.records import Document

if TYPE_CHECKING:
    from kg.score import Scores

__all__ = ["evaluate"]


def evaluate(gold: Path, predictions: Path | None = None) -> Scores:
    """Scores of fresh extractions of the articles in ``gold``; the neutral predictions go to ``predictions``, one file each."""
    from kg.extract import extract
    from kg.score import neutral, read_gold, score

    articles = read_gold(gold)
    documents = [Document(id=article.id, text=article.text) for article in articles]
    found = {extraction.document.id: extraction for extraction in extract(documents)}
    if predictions:
        predictions.mkdir(parents=True, exist_ok=True)
        for id, extraction in found.items():
            (predictions / f"{id}.json").write_text(json.dumps(neutral(extraction)), encoding="utf-8")
    return score(articles, found)
