"""A trained network to kg/model: ONNX graphs inside a spaCy pipeline, the encoder in 8 bits (python -m kg.train.export)."""

from __future__ import annotations

import argparse
import io
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from spacy.language import Language
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.extract.anchors import QUESTIONS
from kg.extract.pipeline import MODEL, blank
from kg.train.fit import mean, weights
from kg.train.network import AnchorHead, Encoder, Network, initial

__all__ = ["export", "plain_norms"]

OPSET = 17


class _EncoderGraph(nn.Module):
    """The encoder for one window without padding."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, shape: Tensor, quote: Tensor, layout: Tensor) -> Tensor:
        result: Tensor = self.encoder(pieces, shape, quote, layout, torch.ones_like(pieces))
        return result


class _TokenGraph(nn.Module):
    """Some of the token heads: words (words, width) -> one output of tag scores each."""

    def __init__(self, heads: list[nn.Linear]) -> None:
        super().__init__()
        self.heads = nn.ModuleList(heads)

    def forward(self, words: Tensor) -> tuple[Tensor, ...]:
        return tuple(head(words) for head in self.heads)


def export(network: Network, tokenizer: Tokenizer, folder: Path, quantise: bool = True) -> Language:
    """Write the pipeline with the weights of ``network`` to ``folder`` and return it."""
    network.eval()
    nlp = blank()
    encoder = nlp.get_pipe("kg_encoder")
    encoder.tokenizer = tokenizer
    encoder.model.data = _encoder(network.encoder, quantise)
    heads = network.tokens
    words = {"words": torch.zeros(5, heads.names.in_features)}
    nlp.get_pipe("kg_entities").model.data = _graph(
        _TokenGraph([heads.names, heads.events, heads.roles]), words, {"words": {0: "words"}}, 3
    )
    nlp.get_pipe("kg_attribution").cues.data = _graph(_TokenGraph([heads.cues]), words, {"words": {0: "words"}}, 1)
    for question, component in (
        ("attribution", "kg_attribution"),
        ("affiliation", "kg_affiliations"),
        ("reference", "kg_speakers"),
    ):
        getattr(nlp.get_pipe(component), question).data = _anchor_graph(network, question)
    nlp.to_disk(folder)
    return nlp


class _AnchorGraph(nn.Module):
    """An anchored head over the words of one text: ``index`` (anchors, reach) picks for each anchor the words it sees."""

    def __init__(self, head: AnchorHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, words: Tensor, index: Tensor, first: Tensor, last: Tensor, distance: Tensor) -> tuple[Tensor, ...]:
        ends = torch.cat([words[first], words[last]], dim=-1)
        return self.head.answer(self.head.word(words)[index], ends, distance)


def _anchor_graph(network: Network, question: str) -> bytes:
    example = {
        "words": torch.zeros(7, network.tokens.names.in_features),
        "index": torch.zeros((2, 5), dtype=torch.long),
        "first": torch.tensor([1, 2]),
        "last": torch.tensor([1, 3]),
        "distance": torch.ones((2, 5), dtype=torch.long),
    }
    axes = {
        "words": {0: "words"},
        "index": {0: "anchors", 1: "reach"},
        "first": {0: "anchors"},
        "last": {0: "anchors"},
        "distance": {0: "anchors", 1: "reach"},
    }
    return _graph(_AnchorGraph(network.anchored[question]), example, axes, 1 + len(QUESTIONS[question].classes))


def _encoder(encoder: Encoder, quantise: bool) -> bytes:
    encoder.bert.set_attn_implementation("eager")  # the form of attention that the optimiser knows
    names = ("pieces", "shape", "quote", "layout")
    example = {name: torch.ones((1, 16), dtype=torch.long) for name in names}
    data = _graph(_EncoderGraph(encoder), example, {name: {1: "length"} for name in names}, 1)
    return _fused(data, encoder.bert.config, quantise)


def _fused(data: bytes, config: Any, quantise: bool) -> bytes:
    """Attention, normalisation and GELU as single operators, then 8-bit weights (see also :func:`plain_norms`).

    ``per_channel`` and ``reduce_range`` matter: with one scale a tensor the vectors lose their direction.
    """
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    with TemporaryDirectory() as scratch:
        plain, fused, small = (Path(scratch) / name for name in ("plain.onnx", "fused.onnx", "small.onnx"))
        plain.write_bytes(data)
        optimised = optimize_model(
            str(plain), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size, opt_level=0
        )

        optimised.save_model_to_file(str(fused))
        if not quantise:
            return plain_norms(fused.read_bytes())
        quantize_dynamic(
            str(fused),
            str(small),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        return plain_norms(small.read_bytes())


def plain_norms(data: bytes) -> bytes:
    """The graph ``data`` with each fused skip normalisation as two additions and a normalisation; weights keep their names.

    The fused operator reads one number at a time on a CPU; a plain normalisation takes a seventh of its time.
    """
    import onnx

    model = onnx.load_from_string(data)
    nodes = [part for node in model.graph.node for part in _unfused(node)]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return bytes(model.SerializeToString())


def _unfused(node: Any) -> list[Any]:
    from onnx import helper

    if node.op_type != "SkipLayerNormalization":
        return [node]
    values, skipped, weight, shift, bias = node.input
    (out,) = node.output
    epsilon = helper.get_node_attr_value(node, "epsilon")
    return [
        helper.make_node("Add", [values, bias], [f"{out}_biased"]),
        helper.make_node("Add", [f"{out}_biased", skipped], [f"{out}_sum"]),
        helper.make_node("LayerNormalization", [f"{out}_sum", weight, shift], [out], axis=-1, epsilon=epsilon),
    ]


def _graph(module: nn.Module, example: dict[str, Tensor], axes: dict[str, dict[int, str]], outputs: int) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(example.values()),
            stream,
            input_names=list(example),
            output_names=[f"output_{i}" for i in range(outputs)],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    return stream.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m kg.train.export", description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+", help="what training wrote; of several, the mean of their weights")
    parser.add_argument("--out", type=Path, default=MODEL, help="the folder of the pipeline")
    parser.add_argument("--full", action="store_true", help="keep the encoder in 32 bits")
    options = parser.parse_args()
    base, tokenizer = initial()
    network = Network(Encoder.pretrained(base))
    network.load_state_dict(mean([weights(path) for path in options.checkpoints]))
    export(network, tokenizer, options.out, quantise=not options.full)


if __name__ == "__main__":
    main()
