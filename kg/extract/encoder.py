"""spaCy component kg_encoder: one vector for each word, read in its context."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import SimpleFrozenList
from tokenizers import Tokenizer

from kg.extract.features import Features, Window, featurise, windows
from kg.extract.onnx import OnnxModel
from kg.extract.words import text_of

__all__ = ["Encoder", "create_encoder", "real_words", "word_offsets"]


def real_words(doc: Doc) -> NDArray[np.int64]:
    """Indices of the tokens that are words or marks, not white space."""
    return np.flatnonzero(doc.to_array("IS_SPACE") == 0)


def word_offsets(doc: Doc) -> list[tuple[int, int]]:
    """Where each of :func:`real_words` starts and ends in the text, in characters."""
    starts, lengths = doc.to_array(["IDX", "LENGTH"])[real_words(doc)].astype(np.int64).T
    return list(zip(starts.tolist(), (starts + lengths).tolist(), strict=True))


class Encoder:
    """Sets ``doc.tensor``: (tokens, width) float32, zero for white space.

    A document is read in windows of whole paragraphs, at most ``size`` pieces each.  A window is run by itself,
    so that no word depends on what else is in a batch.
    """

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self.model = OnnxModel()
        self.tokenizer: Tokenizer | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self.tokenizer is None:
            raise ValueError("this pipeline has no trained weights: load kg/model, or train it with python -m kg.train")
        words = real_words(doc)
        vectors = self._encode(featurise(text_of(doc), word_offsets(doc), self.tokenizer))
        doc.tensor = np.zeros((len(doc), vectors.shape[1]), dtype=np.float32)
        doc.tensor[words] = vectors
        return doc

    def _encode(self, features: Features) -> NDArray[np.float32]:
        parts = [self._window(features, window) for window in windows(features, self.size - 2)]
        return np.concatenate(parts) if parts else np.zeros((0, 1), dtype=np.float32)

    def _window(self, features: Features, window: Window) -> NDArray[np.float32]:
        assert self.tokenizer is not None
        seen = range(window.start, window.end)
        counts = [len(features.pieces[i]) for i in seen]
        pieces = [piece for i in seen for piece in features.pieces[i]]
        begin, end = self.tokenizer.token_to_id("[CLS]"), self.tokenizer.token_to_id("[SEP]")
        feed = {"pieces": np.array([[begin, *pieces, end]], dtype=np.int64)}
        for name in ("shape", "quote", "layout"):
            codes = np.repeat(getattr(features, name)[window.start : window.end], counts)
            feed[name] = np.pad(codes, 1)[None]
        hidden = self.model(**feed)[0][0]
        first = 1 + np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
        vectors: NDArray[np.float32] = hidden[first]
        return vectors

    def to_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        self.model.to_disk(path / "model.onnx")
        if self.tokenizer is not None:
            self.tokenizer.save(str(path / "pieces.json"))

    def from_disk(self, path: Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> Encoder:
        self.model.from_disk(path / "model.onnx")
        self.tokenizer = Tokenizer.from_file(str(path / "pieces.json"))
        return self


@Language.factory("kg_encoder", assigns=["doc.tensor"], default_config={"size": 256})
def create_encoder(nlp: Language, name: str, size: int) -> Encoder:
    return Encoder(name, size)
