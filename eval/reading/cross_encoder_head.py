"""The head of Clausewise's reader as a module of sentence-transformers; a copy lies beside the weights.

A pair is (question, "《title》 headings</s>clause") or (question, clause): the clause is what stands behind
the last mark between two texts.
"""

from typing import Any

import torch
from sentence_transformers.base.modules import Module
from torch import Tensor, nn

_END = 2  # the mark `</s>`


class ReaderHead(Module):
    """Vectors of tokens [batch, length, width] → `scores` [batch, 1], logits of «the clause answers»."""

    config_keys: list[str] = ["width"]  # noqa: RUF012 - so the library has it

    def __init__(self, width: int = 384) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.width = width
        self.judge = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, 1))

    def forward(self, features: dict[str, Tensor], **_options: Any) -> dict[str, Tensor]:
        """Adds `scores` to the features."""
        hidden = features["token_embeddings"]
        weights = clause_of(features["input_ids"], features["attention_mask"]).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        features["scores"] = self.judge(torch.cat((hidden[:, 0], mean), dim=-1))
        return features

    def save(self, output_path: str, *_args: Any, safe_serialization: bool = True, **_options: Any) -> None:
        """Writes configuration and weights."""
        self.save_config(output_path)
        self.save_torch_weights(output_path, safe_serialization=safe_serialization)

    @classmethod
    def load(
        cls,
        model_name_or_path: str,
        subfolder: str = "",
        token: bool | str | None = None,
        cache_folder: str | None = None,
        revision: str | None = None,
        local_files_only: bool = False,
        init_defaults: dict[str, Any] | None = None,
        **_options: Any,
    ) -> "ReaderHead":
        """Reads what `save` wrote."""
        place: dict[str, Any] = {
            "subfolder": subfolder,
            "token": token,
            "cache_folder": cache_folder,
            "revision": revision,
            "local_files_only": local_files_only,
        }
        head = cls(**(init_defaults or {}) | cls.load_config(model_name_or_path, **place))
        cls.load_torch_weights(model_name_or_path, model=head, **place)
        return head


def clause_of(ids: Tensor, mask: Tensor) -> Tensor:
    """1 for the tokens of the clause, which stand between the last two marks; both [batch, length]."""
    ends = ((ids == _END) & (mask > 0)).to(torch.int64)
    behind = ends.flip(1).cumsum(1).flip(1)  # marks from here to the end
    return ((behind == 1) & (ends == 0) & (mask > 0)).to(torch.int64)
