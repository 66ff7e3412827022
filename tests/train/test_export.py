"""What export makes of a graph: the same numbers from operators that are fast on a CPU."""

from __future__ import annotations

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="training needs onnx")
pytest.importorskip("torch", reason="training needs torch")

from kg.extract.onnx import OnnxModel  # noqa: E402
from kg.train.export import plain_norms  # noqa: E402

WIDTH = 8


def graph() -> bytes:
    """A skip normalisation with a bias, as the optimiser writes it."""
    helper, real = onnx.helper, onnx.TensorProto.FLOAT
    chance = np.random.default_rng(3)
    weights = {name: chance.normal(size=WIDTH).astype(np.float32) for name in ("weight", "shift", "bias")}
    node = helper.make_node(
        "SkipLayerNormalization", ["values", "skipped", *weights], ["out"], domain="com.microsoft", epsilon=1e-5
    )
    ends = {name: helper.make_tensor_value_info(name, real, [None, None, WIDTH]) for name in ("values", "skipped", "out")}
    kept = [onnx.numpy_helper.from_array(value, name) for name, value in weights.items()]
    body = helper.make_graph([node], "norm", [ends["values"], ends["skipped"]], [ends["out"]], kept)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return bytes(helper.make_model(body, opset_imports=versions, ir_version=8).SerializeToString())


def test_skip_normalisation_is_unfused_with_the_same_numbers_and_weights() -> None:
    before, after = graph(), plain_norms(graph())
    feed = {name: np.random.default_rng(5).normal(size=(1, 3, WIDTH)).astype(np.float32) for name in ("values", "skipped")}
    np.testing.assert_allclose(OnnxModel(after)(**feed)[0], OnnxModel(before)(**feed)[0], atol=1e-5)
    old, new = onnx.load_from_string(before).graph, onnx.load_from_string(after).graph
    assert list(new.initializer) == list(old.initializer)
    assert [node.op_type for node in new.node] == ["Add", "Add", "LayerNormalization"]
    assert plain_norms(after) == after
