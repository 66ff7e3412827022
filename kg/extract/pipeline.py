"""The spaCy pipeline of kg: which components run, in which order, and where the trained one lies."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

__all__ = ["MODEL", "PIPELINE", "blank", "load"]

MODEL: Final = Path(__file__).parents[1] / "model" / "pipeline"

PIPELINE: Final = (
    "kg_sentences",
    "kg_encoder",
    "kg_entities",
    "kg_chains",
    "kg_affiliations",
    "kg_attribution",
    "kg_speakers",
)


def blank() -> Language:
    """The pipeline without weights."""
    config: dict[str, Any] = {"nlp": {"tokenizer": {"@tokenizers": "kg.words.v1"}}}
    nlp = spacy.blank("en", config=config)
    for name in PIPELINE:
        nlp.add_pipe(name)
    nlp.meta["name"] = "kg"
    nlp.meta["description"] = "People, organisations, places, events, affiliations and reported speech in English news"
    return nlp


@cache
def load(path: Path = MODEL, nlp: str | None = None) -> Language:
    """The trained pipeline at ``path``, read once a process; OSError when it is not there.

    With ``nlp`` the names come from that installed spaCy pipeline, by the component kg_borrowed_entities.
    """
    pipeline = spacy.load(path)
    pipeline.max_length = 10_000_000
    if nlp is not None:
        pipeline.add_pipe("kg_borrowed_entities", after="kg_entities", config={"source": nlp})
    return pipeline
