"""Training in small: a tiny random network learns, goes on where it was stopped, and becomes a pipeline that reads."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from kg.extract.pipeline import MODEL, load
from kg.extract.records import to_extraction
from kg.records import Document, check

torch = pytest.importorskip("torch", reason="training needs torch")
transformers = pytest.importorskip("transformers", reason="training needs transformers")
PIECES = MODEL / "kg_encoder" / "pieces.json"
if not PIECES.exists():
    pytest.skip("there is no trained pipeline whose vocabulary to take", allow_module_level=True)

from tokenizers import Tokenizer  # noqa: E402

import kg.train  # noqa: E402
from kg.train import __main__ as entry  # noqa: E402
from kg.train.batches import batches, plan, prepare  # noqa: E402
from kg.train.fit import Recipe, batch_losses, fit  # noqa: E402
from kg.train.markup import read_passages  # noqa: E402
from kg.train.network import Encoder, Network  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
RECIPE = Recipe(epochs=2, pieces=100, seed=3, save_every=2, most_anchors=6)
SENTENCE = "“The dam will hold,” Helena Brandão, the minister of water, said in Lisbon on Monday."


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """So small a network is slower with more."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    found = Tokenizer.from_file(str(PIECES))
    found.no_truncation()
    found.no_padding()
    return found


@pytest.fixture(scope="module")
def examples(tokenizer: Any) -> Any:
    """Three passages, each a batch of its own."""
    passages = read_passages(Path(kg.train.__file__).parent / "passages" / "quotes-01.txt")
    found = [prepare(example, tokenizer) for example in islice(passages, 3)]
    assert sum(1 for _ in plan(found, RECIPE.pieces, seed=1)) == 3
    return found


def tiny(tokenizer: Any, seed: int = 0) -> Network:
    """Two layers, 32 wide, with random weights."""
    torch.manual_seed(seed)
    config = transformers.BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return Network(Encoder(transformers.BertModel(config, add_pooling_layer=False)))


@pytest.fixture(scope="module")
def trained(examples: Any, tokenizer: Any) -> Network:
    """A run that nothing broke."""
    network = tiny(tokenizer)
    fit(network, examples, tokenizer, RECIPE)
    return network


def test_every_head_has_a_finite_loss(examples: Any, tokenizer: Any) -> None:
    network = tiny(tokenizer)
    names: set[str] = set()
    for batch in batches(examples, tokenizer, RECIPE.pieces, seed=1):
        losses = batch_losses(network, batch, RECIPE.most_anchors)
        names |= set(losses)
        assert all(math.isfinite(loss.item()) and loss.item() > 0 for loss in losses.values())
    assert names >= {"names", "events", "roles", "cues", "attribution", "affiliation", "reference", "claim", "status", "named"}


def test_training_lowers_the_loss(examples: Any, tokenizer: Any) -> None:
    network = tiny(tokenizer)
    before = loss(network, examples, tokenizer)
    fit(network, examples, tokenizer, replace(RECIPE, epochs=3, encoder_rate=1e-3, head_rate=1e-2))
    after = loss(network, examples, tokenizer)
    assert math.isfinite(after)
    assert after < before


def loss(network: Network, examples: Any, tokenizer: Any) -> float:
    network.eval()
    torch.manual_seed(0)
    with torch.no_grad():
        found = [
            batch_losses(network, batch, RECIPE.most_anchors) for batch in batches(examples, tokenizer, RECIPE.pieces, seed=1)
        ]
    return sum(value.item() for losses in found for value in losses.values())


def test_a_run_that_was_stopped_ends_like_one_that_was_not(
    trained: Network, examples: Any, tokenizer: Any, tmp_path: Path
) -> None:
    """Stopped after three steps, one beyond the checkpoint; the next process begins with other weights and draws."""
    checkpoint = tmp_path / "checkpoint.pt"

    def stop(epoch: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(tiny(tokenizer), examples, tokenizer, RECIPE, checkpoint, on_epoch=stop)
    assert torch.load(checkpoint, weights_only=True)["step"] == 2
    resumed = tiny(tokenizer, seed=99)
    fit(resumed, examples, tokenizer, RECIPE, checkpoint)
    assert torch.load(checkpoint, weights_only=True)["step"] == 6
    assert_same(resumed, trained)
    fit(resumed, examples, tokenizer, RECIPE, checkpoint)
    assert_same(resumed, trained)


def assert_same(one: Network, other: Network) -> None:
    weights = other.state_dict()
    different = [name for name, tensor in one.state_dict().items() if not torch.equal(tensor, weights[name])]
    assert not different


def test_other_seeds_give_other_weights(trained: Network, examples: Any, tokenizer: Any) -> None:
    other = tiny(tokenizer)
    fit(other, examples, tokenizer, replace(RECIPE, epochs=1, seed=4))
    assert not torch.equal(other.tokens.names.weight, trained.tokens.names.weight)


def test_export_gives_a_pipeline_that_loads_and_reads(trained: Network, tokenizer: Any, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="export needs onnx")
    pytest.importorskip("sympy", reason="export needs sympy")
    from kg.train.export import export

    export(trained, tokenizer, tmp_path / "pipeline")
    nlp = load(tmp_path / "pipeline")
    document = Document("a", SENTENCE)
    doc = nlp(SENTENCE)
    assert doc.tensor.shape == (len(doc), 32)
    extraction = to_extraction(document, doc)
    check(extraction)
    assert extraction == to_extraction(document, nlp(SENTENCE))


def test_training_can_start_from_a_pipeline_that_was_written(trained: Network, tokenizer: Any, tmp_path: Path) -> None:
    """The heads come back as they were, the encoder within a step of its 8 bits."""
    pytest.importorskip("onnx", reason="export needs onnx")
    pytest.importorskip("sympy", reason="export needs sympy")
    from kg.train.export import export
    from kg.train.shipped import load_shipped

    export(trained, tokenizer, tmp_path / "pipeline")
    back = tiny(tokenizer, seed=99)
    back.encoder.bert.embeddings.word_embeddings.load_state_dict(trained.encoder.bert.embeddings.word_embeddings.state_dict())
    load_shipped(back, tmp_path / "pipeline")
    wanted = trained.state_dict()
    for name, tensor in back.state_dict().items():
        step = wanted[name].abs().max() / 60 if name.startswith("encoder.") else 1e-6
        assert (tensor - wanted[name]).abs().max() <= step, name


# ------------------------------------------------------------------ the entry
def test_the_entry_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(entry, "find_spec", lambda name: None if name == "torch" else object())
    with caplog.at_level(logging.ERROR, "kg.train"):
        assert entry.main([]) == 1
    assert "pip install" in caplog.text
    assert "missing: torch" in caplog.text


def test_the_entry_knows_its_corpora(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(entry, "find_spec", lambda name: object())
    with caplog.at_level(logging.ERROR, "kg.train"):
        assert entry.main(["--corpora", "nope"]) == 2
    assert "no corpus nope" in caplog.text
