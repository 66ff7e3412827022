"""ONNX models as spaCy components keep them: loaded on first use, one thread, the same answer every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["OnnxModel"]

# The fused operator reads one number at a time; an addition and a normalisation take a quarter of its time.
_SLOWER_ON_CPU: Final = ["SkipLayerNormFusion"]


class _Session(Protocol):
    def run(self, names: list[str] | None, feed: dict[str, NDArray[Any]]) -> list[NDArray[np.float32]]: ...


class OnnxModel:
    """The bytes of one ONNX graph; parallelism belongs to processes, so a session has one thread."""

    def __init__(self, data: bytes = b"") -> None:
        self.data = data
        self._session: _Session | None = None

    def __call__(self, **inputs: NDArray[Any]) -> list[NDArray[np.float32]]:
        if self._session is None:
            self._session = _open(self.data)
        return self._session.run(None, inputs)

    def to_disk(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.data)

    def from_disk(self, path: Path) -> None:
        self.data = path.read_bytes()
        self._session = None


def _open(data: bytes) -> _Session:
    if not data:
        raise ValueError("this pipeline has no trained weights: load kg/model, or train it with python -m kg.train")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: _Session = onnxruntime.InferenceSession(
        data, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER_ON_CPU
    )
    return session
