"""Weights back from a pipeline that was written: training can start from kg/model when no checkpoint is left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from kg.extract.anchors import QUESTIONS
from kg.train.network import Network

__all__ = ["load_shipped"]

_FILES: Final = {"attribution": "kg_attribution", "affiliation": "kg_affiliations", "reference": "kg_speakers"}
_EMBEDDINGS: Final = (
    "shape",
    "quote",
    "layout",
    "bert.embeddings.position_embeddings",
    "bert.embeddings.token_type_embeddings",
)
Arrays = Mapping[str, NDArray[Any]]


def load_shipped(network: Network, folder: Path) -> None:
    """Set the weights of ``network`` to those of the pipeline at ``folder``.

    The heads come back as they were; the encoder's matrices are read from 8 bits, so they are off by up to half a
    step of their scale, which further training mends.  The embeddings of pieces are never trained and stay.
    """
    _encoder(network, _arrays(folder / "kg_encoder" / "model.onnx"))
    heads = network.tokens
    words = _arrays(folder / "kg_entities" / "model.onnx")
    for index, head in enumerate((heads.names, heads.events, heads.roles)):
        _set(head, words, f"heads.{index}")
    _set(heads.cues, _arrays(folder / "kg_attribution" / "cues.onnx"), "heads.0")
    for question in QUESTIONS:
        _anchored(network.anchored[question], _arrays(folder / _FILES[question] / f"{question}.onnx"))


def _arrays(path: Path) -> Arrays:
    """The constants of a graph by name; what was stored in 8 bits is scaled back."""
    found = {item.name: numpy_helper.to_array(item) for item in onnx.load(str(path)).graph.initializer}
    for name in [name for name in found if name.endswith("_quantized")]:
        stem = name.removesuffix("_quantized")
        offset = found[f"{stem}_zero_point"].astype(np.float32)
        found[stem] = ((found[name].astype(np.float32) - offset) * found[f"{stem}_scale"]).astype(np.float32)
    return found


def _set(module: nn.Module, arrays: Arrays, prefix: str) -> None:
    for name, parameter in module.named_parameters():
        parameter.data.copy_(torch.tensor(arrays[f"{prefix}.{name}"]))


def _matrices(arrays: Arrays) -> list[Tensor]:
    """The matrices that the exporter transposed and numbered, in the order of their use."""
    names = [name for name in arrays if name.startswith("onnx::MatMul_") and name.rpartition("_")[2].isdigit()]
    return [torch.tensor(arrays[name]).T for name in sorted(names, key=lambda name: int(name.rpartition("_")[2]))]


def _anchored(head: nn.Module, arrays: Arrays) -> None:
    mix, tags = _matrices(arrays)
    transposed = {"mix.weight": mix, "tags.weight": tags}
    for name, parameter in head.named_parameters():
        parameter.data.copy_(transposed[name] if name in transposed else torch.tensor(arrays[f"head.{name}"]))


def _encoder(network: Network, arrays: Arrays) -> None:
    encoder, bert = network.encoder, network.encoder.bert
    for name in _EMBEDDINGS:
        encoder.get_submodule(name).get_parameter("weight").data.copy_(torch.tensor(arrays[f"encoder.{name}.weight"]))
    _set(bert.embeddings.LayerNorm, arrays, "encoder.bert.embeddings.LayerNorm")
    matrices = iter(_matrices(arrays))
    for index, layer in enumerate(bert.encoder.layer):
        attention = layer.attention.self
        weights = torch.tensor(arrays[f"Attention_{index}_qkv_weight"]).T.chunk(3)
        biases = torch.tensor(arrays[f"Attention_{index}_qkv_bias"]).chunk(3)
        for part, weight, bias in zip((attention.query, attention.key, attention.value), weights, biases, strict=True):
            part.weight.data.copy_(weight)
            part.bias.data.copy_(bias)
        stem = f"encoder.bert.encoder.layer.{index}"
        for name in ("attention.output", "intermediate", "output"):
            block = layer.get_submodule(name)
            block.dense.weight.data.copy_(next(matrices))
            block.dense.bias.data.copy_(torch.tensor(arrays[f"{stem}.{name}.dense.bias"]))
            if name != "intermediate":
                _set(block.LayerNorm, arrays, f"{stem}.{name}.LayerNorm")
