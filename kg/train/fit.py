"""The training loop: all corpora and heads in one run, seeded, with a checkpoint after every stretch."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from kg.extract.anchors import QUESTIONS, distance_codes
from kg.extract.entities import NAME_LABELS
from kg.train.batches import IGNORE, OTHER, Anchor, Batch, Prepared, batches, plan
from kg.train.network import Network

__all__ = ["Recipe", "fit", "mean", "weights"]

ANSWER_WEIGHT = 3.0  # few words of a text answer a question, so the mean over words is small

_log = logging.getLogger("kg.train")


class _Stateful(Protocol):
    def state_dict(self) -> dict[str, Any]: ...

    def load_state_dict(self, state_dict: dict[str, Any], /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a training run.

    ``gaps`` is the share of pieces that are masked, so that the context must do; ``memory`` is the decay of the
    running mean of the weights, which is the result.
    """

    epochs: int = 4
    pieces: int = 3000
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.06
    seed: int = 1
    most_anchors: int = 40
    save_every: int = 200
    gaps: float = 0.06
    memory: float = 0.998


def fit(
    network: Network,
    examples: Sequence[Prepared],
    tokenizer: Tokenizer,
    recipe: Recipe,
    checkpoint: Path | None = None,
    on_epoch: Callable[[int], None] | None = None,
) -> None:
    """Train ``network`` in place; a run that was stopped goes on from ``checkpoint`` and ends the same."""
    torch.manual_seed(recipe.seed)
    optimiser = _optimiser(network, recipe)
    total = recipe.epochs * sum(1 for _ in plan(examples, recipe.pieces, _seed(recipe, 0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, recipe.warm_up))
    averaged = AveragedModel(network, avg_fn=partial(_running_mean, recipe.memory))
    state = {"network": network, "mean": averaged, "optimiser": optimiser, "schedule": schedule}
    step = _resume(checkpoint, state)
    done = 0
    started = time.monotonic()
    sums: dict[str, list[float]] = {}
    for epoch in range(recipe.epochs):
        network.train()
        for batch in batches(examples, tokenizer, recipe.pieces, _seed(recipe, epoch)):
            done += 1
            if done <= step:
                continue
            batch = _with_gaps(batch, tokenizer.token_to_id("[MASK]"), recipe.gaps)
            losses = batch_losses(network, batch, recipe.most_anchors)
            optimiser.zero_grad()
            torch.stack(list(losses.values())).sum().backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            averaged.update_parameters(network)
            for name, loss in losses.items():
                sums.setdefault(name, []).append(loss.item())
            if done % 50 == 0:
                means = "  ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(sums.items()))
                _log.info("epoch %d step %d/%d  %s  %.0f s", epoch + 1, done, total, means, time.monotonic() - started)
                sums.clear()
            if checkpoint and done % recipe.save_every == 0:
                _save(checkpoint, state, done)
        if on_epoch and done > step:
            on_epoch(epoch + 1)
    if checkpoint and done > step:
        _save(checkpoint, state, done)
    network.load_state_dict(averaged.module.state_dict())


def weights(checkpoint: Path) -> dict[str, Tensor]:
    """The weights that a run wrote to ``checkpoint``: their running mean."""
    prefix = "module."
    state: dict[str, Tensor] = torch.load(checkpoint, weights_only=True)["mean"]
    return {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}


def mean(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of the weights of stretches that began from one another (Izmailov et al. 2018)."""
    return {
        name: torch.stack([state[name].double() for state in states]).mean(0).to(one.dtype) for name, one in states[0].items()
    }


def _running_mean(memory: float, mean: Tensor, current: Tensor, count: Tensor) -> Tensor:
    """A mean that follows fast at first and then forgets slowly."""
    step = int(count)
    return mean.lerp(current, 1 - min(memory, (1 + step) / (10 + step)))


def _with_gaps(batch: Batch, mask: int, share: float) -> Batch:
    """The batch with ``share`` of its pieces masked, first and last piece of each window apart."""
    pieces = batch.inputs.pieces
    inner = batch.inputs.mask.bool() & (batch.inputs.shape > 0)
    gaps = inner & (torch.rand(pieces.shape) < share)
    return replace(batch, inputs=replace(batch.inputs, pieces=pieces.masked_fill(gaps, mask)))


def _seed(recipe: Recipe, epoch: int) -> int:
    return recipe.seed * 1000 + epoch


def _rate(step: int, total: int, warm_up: float) -> float:
    rise = max(1.0, total * warm_up)
    return min(step / rise, max(0.0, (total - step) / max(1.0, total - rise)), 1.0)


def _optimiser(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=recipe.decay,
    )


def batch_losses(network: Network, batch: Batch, most_anchors: int) -> dict[str, Tensor]:
    """Mean cross-entropy of each head that the batch has labels for."""
    words, scores = network(batch.inputs)
    losses = {}
    for layer, tags in batch.tags.items():
        if (tags != IGNORE).any():
            losses[layer] = _tag_loss(scores[layer].flatten(0, 1), tags.flatten())
    asked: dict[str, list[tuple[int, Anchor]]] = {name: [] for name in QUESTIONS}
    for row, anchors in enumerate(batch.anchors):
        for anchor in anchors:
            asked[anchor.question].append((row, anchor))
        if batch.reported[row]:
            false = _false_cues(scores["cues"][row, : batch.lengths[row]], batch.tags["cues"][row])
            asked["attribution"] += [(row, anchor) for anchor in false]
    for question, found in asked.items():
        if found:
            order = torch.randperm(len(found))[:most_anchors].tolist()
            losses |= _anchor_losses(network, question, words, [found[i] for i in order], batch.lengths)
    return losses


def _tag_loss(scores: Tensor, tags: Tensor) -> Tensor:
    """Cross-entropy; where the tag is OTHER, anything but the three kinds of names that are annotated is right."""
    known = tags >= 0
    loss = nn.functional.cross_entropy(scores[known], tags[known], reduction="sum") if known.any() else scores.sum() * 0
    other = tags == OTHER
    if other.any():
        logs = scores[other].log_softmax(-1)
        allowed = [0, *range(1 + 2 * NAME_LABELS.index("NORP"), 1 + 2 * len(NAME_LABELS))]
        loss = loss - logs[:, allowed].logsumexp(-1).sum()
    return loss / (known | other).sum().clamp(min=1)


def _false_cues(scores: Tensor, tags: Tensor) -> list[Anchor]:
    """Words that the cue head takes for cues and that are none: the attribution head learns to give them nothing."""
    with torch.no_grad():
        doubt = scores.softmax(-1)[:, 1] > 0.15
    false = [i for i in doubt.nonzero().flatten().tolist() if int(tags[i]) == 0][:4]
    classes = (0, *(IGNORE for _ in list(QUESTIONS["attribution"].classes)[1:]))
    return [Anchor("attribution", i, i, np.zeros(len(scores), dtype=np.int64), classes) for i in false]


def _anchor_losses(
    network: Network, question: str, words: Tensor, asked: Sequence[tuple[int, Anchor]], lengths: Sequence[int]
) -> dict[str, Tensor]:
    row, first, last = np.array([(row, anchor.first, anchor.last) for row, anchor in asked]).T
    positions = np.arange(words.shape[1])
    distance = distance_codes(QUESTIONS[question], positions, first[:, None], last[:, None])
    distance[positions >= np.array(lengths)[row, None]] = 0
    tags = torch.full(distance.shape, IGNORE)
    for index, (_, anchor) in enumerate(asked):
        tags[index, : len(anchor.tags)] = torch.from_numpy(anchor.tags)
    tags[distance == 0] = IGNORE
    tag_scores, *class_scores = network.anchored[question](words, *map(torch.from_numpy, (row, first, last, distance)))
    answer = nn.functional.cross_entropy(tag_scores.flatten(0, 1), tags.flatten(), ignore_index=IGNORE)
    losses = {question: ANSWER_WEIGHT * answer}
    for index, (name, scores) in enumerate(zip(QUESTIONS[question].classes, class_scores, strict=True)):
        wanted = torch.tensor([anchor.classes[index] for _, anchor in asked])
        if (wanted != IGNORE).any():
            losses[name] = 0.2 * nn.functional.cross_entropy(scores, wanted, ignore_index=IGNORE)
    return losses


def _save(path: Path, state: Mapping[str, _Stateful], step: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial_file = path.with_suffix(".partial")
    found = {name: part.state_dict() for name, part in state.items()}
    torch.save({**found, "step": step, "random": torch.get_rng_state()}, partial_file)
    partial_file.replace(path)


def _resume(path: Path | None, state: Mapping[str, _Stateful]) -> int:
    if path is None or not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    for name, part in state.items():
        part.load_state_dict(saved[name])
    torch.set_rng_state(saved["random"])
    _log.info("resumed at step %d", saved["step"])
    return int(saved["step"])
