"""The mean of the weights that several sittings of training left: often better than any of them.

Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization (2018); Wortsman et al.,
Model soups (2022).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor


def mean_of(weights: Sequence[Path]) -> Mapping[str, Tensor]:
    """The mean of the weights in these files, by name.

    Raises KeyError if a file lacks a weight that the first has, RuntimeError if its shape differs.
    """
    states = [torch.load(path) for path in weights]
    return {name: torch.stack([state[name].float() for state in states]).mean(dim=0) for name in states[0]}
