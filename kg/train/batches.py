"""Examples to batches: windows of words with their labels, padded to one shape."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from kg.extract.anchors import QUESTIONS
from kg.extract.entities import NAME_LABELS
from kg.extract.features import Features, Window, featurise, windows
from kg.extract.words import word_spans
from kg.train.corpora import Example, Labelled
from kg.train.network import Inputs

__all__ = ["IGNORE", "OTHER", "Anchor", "Batch", "Prepared", "batches", "inputs", "plan", "prepare"]

IGNORE = -100
OTHER = -2  # outside the names of interest, but perhaps a nationality or a work
Ints = NDArray[np.int64]
WordSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of words that a question is asked about: the tags of the answer, and a number for each class or IGNORE."""

    question: str
    first: int
    last: int
    tags: Ints
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example in words and numbers; ``tags`` holds one array a layer, IGNORE where the layer is not annotated.

    ``passes`` is how often an epoch reads it; 0.25 is once in four epochs, by lot.
    """

    features: Features
    tags: dict[str, Ints]
    anchors: list[Anchor]
    reported: bool
    passes: float = 1.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded inputs, tags (batch, words) a layer, and for each window its anchors and number of words."""

    inputs: Inputs
    tags: dict[str, Tensor]
    anchors: list[list[Anchor]]
    lengths: list[int]
    reported: list[bool]


class _Words:
    """Characters to words for one text."""

    def __init__(self, text: str) -> None:
        self.spans = word_spans(text)
        self.starts = np.array([start for start, _ in self.spans])
        self.ends = np.array([end for _, end in self.spans])

    def cover(self, start: int, end: int) -> WordSpan:
        """The words that overlap the characters from start to end."""
        return int(np.searchsorted(self.ends, start, side="right")), int(np.searchsorted(self.starts, end, side="left"))

    def tag(self, labelled: Iterable[Labelled], labels: Sequence[str], outside: int = 0) -> Ints:
        """BIO tags (columns of ``bio_tags(labels)``) over all words."""
        tags = np.full(len(self.spans), outside, dtype=np.int64)
        for start, end, label in labelled:
            first, stop = self.cover(start, end)
            begin = 1 + 2 * labels.index(label)
            tags[first:stop] = begin + 1
            tags[first : first + 1] = begin
        return tags


def prepare(example: Example, tokenizer: Tokenizer, passes: float = 1.0) -> Prepared:
    words = _Words(example.text)
    cues = None if example.reported is None else [(s, e, "CUE") for item in example.reported for s, e in item.cue]
    layers = (("events", example.events, ("EVENT",)), ("roles", example.roles, ("ROLE",)), ("cues", cues, ("CUE",)))
    tags = {name: words.tag(labelled or (), labels, IGNORE if labelled is None else 0) for name, labelled, labels in layers}
    tags["names"] = _name_tags(example, words)
    for start, end in example.discard:
        for layer in tags.values():
            layer[slice(*words.cover(start, end))] = IGNORE
    return Prepared(
        features=featurise(example.text, words.spans, tokenizer),
        tags=tags,
        anchors=list(_anchors(example, words)),
        reported=example.reported is not None,
        passes=passes,
    )


def _name_tags(example: Example, words: _Words) -> Ints:
    if example.names is None:
        return words.tag((), NAME_LABELS, IGNORE)
    tags = words.tag(example.names, NAME_LABELS, 0 if example.all_names else OTHER)
    for start, end, _ in example.events or ():
        tags[slice(*words.cover(start, end))] = IGNORE
    return tags


def _anchors(example: Example, words: _Words) -> Iterator[Anchor]:
    for item in example.reported or ():
        parts = [(*span, "CONTENT") for span in item.content] + [(*span, "SOURCE") for span in item.source]
        yield _anchor("attribution", max(item.cue, key=lambda span: span[1] - span[0]), parts, item.classes, words)
    for person in example.affiliated:
        yield _anchor("affiliation", person.person, person.parts, {"status": person.status}, words)
    for mention in example.referring:
        names = [
            (*span, "ANTECEDENT") for span in mention.names if span[1] <= mention.mention[0] or span[0] >= mention.mention[1]
        ]
        known = {"named": "yes" if mention.names else "no"}
        if names or not mention.names:
            yield _anchor("reference", mention.mention, names, known, words)


def _anchor(question: str, span: WordSpan, parts: Iterable[Labelled], classes: dict[str, str], words: _Words) -> Anchor:
    asked = QUESTIONS[question]
    first, stop = words.cover(*span)
    numbers = tuple(options.index(classes[name]) if name in classes else IGNORE for name, options in asked.classes.items())
    return Anchor(question, first, max(stop - 1, first), words.tag(parts, asked.labels), numbers)


def plan(
    examples: Sequence[Prepared], pieces: int, seed: int, sizes: tuple[int, int] = (180, 382)
) -> Iterator[list[tuple[int, Window]]]:
    """One epoch in random order: for each batch its windows, as (example, window), cut at a random size.

    Windows of random size and like length share a batch of about ``pieces`` pieces with padding; the order
    depends on ``seed`` alone.
    """
    draw = random.Random(seed)
    found: list[tuple[int, int, Window]] = []
    for index, example in enumerate(examples):
        copies = int(example.passes) + (draw.random() < example.passes % 1)
        for window in (w for _ in range(copies) for w in windows(example.features, draw.randint(*sizes))):
            size = sum(len(word) for word in example.features.pieces[window.start : window.end])
            found.append((size, index, window))
    draw.shuffle(found)
    groups: list[list[tuple[int, Window]]] = []
    for offset in range(0, len(found), 512):
        group: list[tuple[int, Window]] = []
        for size, index, window in sorted(found[offset : offset + 512], key=lambda item: item[0]):
            if group and (size + 2) * (len(group) + 1) > pieces:
                groups.append(group)
                group = []
            group.append((index, window))
        groups.append(group)
    draw.shuffle(groups)
    yield from groups


def batches(examples: Sequence[Prepared], tokenizer: Tokenizer, pieces: int, seed: int) -> Iterator[Batch]:
    """The batches of :func:`plan`, one at a time."""
    for group in plan(examples, pieces, seed):
        yield _batch([(examples[index], window) for index, window in group], tokenizer)


def inputs(parts: Sequence[tuple[Features, Window]], tokenizer: Tokenizer) -> Inputs:
    """Windows as padded tensors; every window is framed by [CLS] and [SEP]."""
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    rows: list[tuple[list[int], list[int], list[int]]] = []
    for features, window in parts:
        row, word, first = [begin], [-1], []
        for index in range(window.start, window.end):
            first.append(len(row))
            row.extend(features.pieces[index])
            word.extend([index] * len(features.pieces[index]))
        rows.append(([*row, end], [*word, -1], first))
    width = max(len(row) for row, _, _ in rows)
    most = max(len(first) for _, _, first in rows)

    def padded(values: list[list[int]], size: int) -> Tensor:
        return torch.tensor([row + [0] * (size - len(row)) for row in values])

    def coded(name: str) -> Tensor:
        return padded(
            [
                [0 if index < 0 else int(getattr(features, name)[index]) for index in word]
                for (features, _), (_, word, _) in zip(parts, rows, strict=True)
            ],
            width,
        )

    return Inputs(
        pieces=padded([row for row, _, _ in rows], width),
        shape=coded("shape"),
        quote=coded("quote"),
        layout=coded("layout"),
        mask=padded([[1] * len(row) for row, _, _ in rows], width),
        first=padded([first for _, _, first in rows], most),
    )


def _batch(parts: Sequence[tuple[Prepared, Window]], tokenizer: Tokenizer) -> Batch:
    lengths = [window.end - window.start for _, window in parts]
    tags = {}
    for layer in parts[0][0].tags:
        padded = torch.full((len(parts), max(lengths)), IGNORE)
        for row, (example, window) in enumerate(parts):
            padded[row, : lengths[row]] = torch.from_numpy(example.tags[layer][window.start : window.end])
        tags[layer] = padded
    return Batch(
        inputs=inputs([(example.features, window) for example, window in parts], tokenizer),
        tags=tags,
        anchors=[list(_cut(example.anchors, window)) for example, window in parts],
        lengths=lengths,
        reported=[example.reported for example, _ in parts],
    )


def _cut(anchors: Iterable[Anchor], window: Window) -> Iterator[Anchor]:
    """The anchors that lie in the window, in its own word numbers; one whose whole answer lies elsewhere is left out."""
    for anchor in anchors:
        tags = anchor.tags[window.start : window.end]
        inside = window.start <= anchor.first and anchor.last < window.end
        if inside and (tags.any() or not anchor.tags.any()):
            yield Anchor(anchor.question, anchor.first - window.start, anchor.last - window.start, tags, anchor.classes)
