"""Trains the network on groups: does it answer, is it better than the others, and which words."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from bot.reader.encoding import Encode, Window, arrays_of, windows_of
from eval.reading.groups import Group, Pair, is_settled
from eval.reading.network import ReaderNetwork

_SPAN_SHARE, _RANK_SHARE = 0.4, 1.0
_KEPT_EVERY = 250
_LEAST_WEIGHT = 0.1  # in the draw, of a pair that does not sound like an answer at all
_NONE = -100  # what cross_entropy leaves out


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How long and how fast; rates are those of AdamW at their highest."""

    epochs: int = 3
    pairs_a_batch: int = 36
    pairs_a_group: int = 6
    rate: float = 1.5e-4
    head_rate: float = 5e-4
    warm_up: float = 0.06
    seed: int = 1
    minutes: float = math.inf  # the schedule is shortened so that training ends in time
    bfloat16: bool = True  # products of matrices in 16 bits: nearly twice as fast if the processor has them


@dataclass(frozen=True, slots=True)
class _Laid:
    """A pair as tokens."""

    window: Window
    answers: bool
    span: tuple[int, int] | None  # in tokens of the whole input, both inclusive


@dataclass(slots=True)
class _Laying:
    """Lays pairs out once and keeps them."""

    encode: Encode
    kept: dict[int, _Laid] = field(default_factory=dict)

    def laid(self, pair: Pair) -> _Laid:
        if id(pair) not in self.kept:
            self.kept[id(pair)] = _laid(pair, windows_of(self.encode, pair.question, [pair.passage]))
        return self.kept[id(pair)]


def train(
    network: ReaderNetwork,
    encode: Encode,
    groups: Sequence[Group],
    schedule: Schedule,
    *,
    told: Callable[[str], None] = print,
    keep: Callable[[], None] = lambda: None,
) -> None:
    """Trains in place; deterministic for one seed, one machine and one number of threads.

    `keep` is called every 250 steps: what was learned need not be lost with the machine.
    """
    random = Random(schedule.seed)
    torch.manual_seed(schedule.seed)
    heads = [*network.judge.parameters(), *network.span.parameters()]
    body = [weight for weight in network.encoder.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": schedule.rate}, {"params": heads, "lr": schedule.head_rate}],
        weight_decay=0.01,
    )
    steps = schedule.epochs * sum(1 for _ in batches(groups, schedule, Random(0)))
    laying, began, step = _Laying(encode), time.perf_counter(), 0
    network.train()
    losses: list[float] = []
    for epoch in range(schedule.epochs):
        for batch in batches(groups, schedule, random):
            done = max(step / steps, (time.perf_counter() - began) / 60 / schedule.minutes)
            if done >= 1:
                return
            _set_rates(optimizer, schedule, done)
            with torch.autocast("cpu", torch.bfloat16, enabled=schedule.bfloat16):
                loss = _loss(network, [[laying.laid(pair) for pair in group] for group in batch])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimizer.step()
            losses.append(loss.item())
            step += 1
            if step % 50 == 0:
                minutes = (time.perf_counter() - began) / 60
                mean = sum(losses[-50:]) / 50
                told(f"epoch {epoch + 1}, step {step} of {steps}, {minutes:.1f} min, loss {mean:.3f}")
            if step % _KEPT_EVERY == 0:
                keep()


def batches(groups: Sequence[Group], schedule: Schedule, random: Random) -> Iterator[list[list[Pair]]]:
    """Groups of like length together, in random order; of each the right ones and a draw of the others.

    Of the groups that an earlier reader has settled a third is drawn for each epoch.
    """
    settled = [group for group in groups if is_settled(group)]
    taken = [group for group in groups if not is_settled(group)]
    taken = [*taken, *random.sample(settled, len(settled) // 3)]
    drawn = [_drawn(group, schedule.pairs_a_group, random) for group in taken]
    order = list(range(len(drawn)))
    random.shuffle(order)
    a_batch = max(schedule.pairs_a_batch // schedule.pairs_a_group, 1)
    stretch = 40 * a_batch
    found = []
    for start in range(0, len(order), stretch):
        near = sorted(
            order[start : start + stretch],
            key=lambda each: max(len(pair.passage.text) for pair in drawn[each]),
        )
        found += [near[place : place + a_batch] for place in range(0, len(near), a_batch)]
    random.shuffle(found)
    for batch in found:
        yield [drawn[each] for each in batch]


def _drawn(group: Group, most: int, random: Random) -> list[Pair]:
    right = [pair for pair in group.pairs if pair.answers]
    wrong = [pair for pair in group.pairs if not pair.answers]
    right = random.sample(right, min(len(right), 2))
    # Drawn without putting back, each by how much it sounds like an answer (Efraimidis and Spirakis, 2006).
    wrong.sort(key=lambda pair: random.random() ** (1 / (_LEAST_WEIGHT + pair.sounds)), reverse=True)
    return [*right, *wrong[: most - len(right)]]


def _loss(network: ReaderNetwork, groups: Sequence[Sequence[_Laid]]) -> Tensor:
    laid = [each for group in groups for each in group]
    ids, mask, clause = tensors_of([each.window for each in laid])
    answers, start, end = network(network.words(ids), mask, clause)
    truth = torch.tensor([float(each.answers) for each in laid])
    loss = functional.binary_cross_entropy_with_logits(answers, truth)
    ranked = []
    sizes = [len(group) for group in groups]
    for part, right in zip(torch.split(answers, sizes), torch.split(truth, sizes), strict=True):
        if 0 < right.sum() < len(right):
            ranked.append(part.logsumexp(0) - part[right > 0].logsumexp(0))
    if ranked:
        loss = loss + _RANK_SHARE * torch.stack(ranked).mean()
    targets = torch.tensor([each.span or (_NONE, _NONE) for each in laid])
    if bool((targets[:, 0] >= 0).any()):
        spans = functional.cross_entropy(start, targets[:, 0], ignore_index=_NONE)
        spans = spans + functional.cross_entropy(end, targets[:, 1], ignore_index=_NONE)
        loss = loss + _SPAN_SHARE * spans / 2
    return loss


def tensors_of(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and the mask of the clause, each [batch, length]."""
    ids, mask, clause = map(torch.from_numpy, arrays_of(windows))
    return ids, mask, clause


def _laid(pair: Pair, windows: Sequence[Window]) -> _Laid:
    for window in windows:
        span = _tokens(window, pair.span) if pair.span is not None else None
        if span is not None:
            return _Laid(window, pair.answers, span)
    asked = set(windows[0].ids[: windows[0].first])
    return _Laid(
        max(windows, key=lambda each: len(asked.intersection(each.ids[each.first :]))), pair.answers, None
    )


def _tokens(window: Window, span: tuple[int, int]) -> tuple[int, int] | None:
    """The tokens that hold the span, if the window holds all of it."""
    inside = [place for place, (start, end) in enumerate(window.offsets) if start < span[1] and span[0] < end]
    if not inside or not window.offsets[0][0] <= span[0] < span[1] <= window.offsets[-1][1]:
        return None
    return window.first + inside[0], window.first + inside[-1]


def _set_rates(optimizer: torch.optim.Optimizer, schedule: Schedule, done: float) -> None:
    warm = min(done / schedule.warm_up, 1.0)
    share = warm * (1 - done) / (1 - schedule.warm_up) if done > schedule.warm_up else warm
    for group, rate in zip(optimizer.param_groups, (schedule.rate, schedule.head_rate), strict=True):
        group["lr"] = rate * share
