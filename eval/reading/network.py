"""The network of the reader: the lower layers of the bundled encoder with two heads."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

LAYERS = 6
_WIDTH = 384


class ReaderNetwork(nn.Module):
    """Vectors of words [batch, length, 384] and a mask → answers [batch], start and end [batch, length]."""

    def __init__(self, folder: Path, *, layers: int = LAYERS) -> None:
        """`folder` is the embedding model as sentence-transformers keeps it."""
        super().__init__()
        # Plain attention: its graph is one that onnxruntime knows to fuse.
        self.encoder = BertModel.from_pretrained(
            folder,
            num_hidden_layers=layers,
            add_pooling_layer=False,
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,  # drawing it takes a third of the time of a step
        )
        self.judge = nn.Sequential(nn.Linear(2 * _WIDTH, _WIDTH), nn.GELU(), nn.Linear(_WIDTH, 1))
        self.span = nn.Linear(_WIDTH, 2)

    def words(self, ids: Tensor) -> Tensor:
        """The vectors of the word table."""
        found: Tensor = self.encoder.embeddings.word_embeddings(ids)
        return found

    def forward(self, words: Tensor, mask: Tensor, clause: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """`mask` is 1 for every token, `clause` 1 for those of the clause; logits."""
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        weights = clause.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        answers = self.judge(torch.cat((hidden[:, 0], mean), dim=-1)).squeeze(-1)
        start, end = self.span(hidden).unbind(-1)
        outside = (1 - clause.to(start.dtype)) * -1e4
        return answers, start + outside, end + outside

    def freeze(self, layers: int) -> None:
        """Leaves the embeddings and the lowest layers as they are."""
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:layers]):
            for weight in part.parameters():
                weight.requires_grad = False
