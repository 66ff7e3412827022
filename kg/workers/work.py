"""What a worker does: reads tasks line by line, extracts, and answers; an error becomes an answer too."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import cache, partial
from pkgutil import resolve_name
from typing import Any, Final, NamedTuple

from kg.records import Document, Extraction, from_json, to_json

__all__ = ["EXTRACTOR", "Outcome", "Task", "perform", "serve"]

EXTRACTOR: Final = "kg.extract:extract"


class Task(NamedTuple):
    """A document to extract."""

    key: str
    document: str


class Outcome(NamedTuple):
    """How it ended: ``result`` is the JSON of the extraction when ``state`` is ``done``, else the reason."""

    key: str
    state: str
    result: str


def perform(task: Task, extractor: str = EXTRACTOR) -> Outcome:
    """Extract one document; whatever goes wrong with it is its outcome, not an error."""
    try:
        (extraction,) = _function(extractor)([from_json(Document, json.loads(task.document))])
        return Outcome(task.key, "done", encode(extraction))
    except Exception as error:
        words = " ".join(str(error).split())[:200]
        return Outcome(task.key, "failed", f"{type(error).__name__}: {words}".removesuffix(": "))


def encode(extraction: Extraction) -> str:
    """``extraction`` as one line of ASCII, the same everywhere."""
    return json.dumps(to_json(extraction), sort_keys=True, separators=(",", ":"), allow_nan=False)


@cache
def prepare(extractor: str = EXTRACTOR) -> None:
    """Load the model, so that what is wrong with it is not taken for a fault of the first document."""
    list(_function(extractor)([]))


def _function(extractor: str) -> Callable[[list[Document]], Iterable[Extraction]]:
    """What ``extractor`` names: "module:function", and after a blank the spaCy pipeline that it is to use."""
    name, _, nlp = extractor.partition(" ")
    return partial(resolve_name(name), nlp=nlp) if nlp else resolve_name(name)


def serve(extractor: str) -> None:
    """Answer tasks on standard input until it ends; only answers go to standard output, whatever a library prints."""
    with os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n") as answers:
        os.dup2(2, 1)

        def answer(words: list[Any]) -> None:
            answers.write(json.dumps(words) + "\n")
            answers.flush()

        try:
            prepare(extractor)
        except Exception as error:
            answer(["broken", f"{type(error).__name__}: {error}"])
            return
        answer(["ready"])
        for line in sys.stdin.buffer:
            answer(list(perform(Task(*json.loads(line)), extractor)))
