"""The network as a judge of pairs, before it is exported."""

from collections.abc import Sequence

import torch

from bot.reader.encoding import Encode, windows_of
from eval.reading.figures import Judge
from eval.reading.groups import Pair
from eval.reading.network import ReaderNetwork
from eval.reading.training import tensors_of


def judge_of(network: ReaderNetwork, encode: Encode) -> Judge:
    """Scores pairs by the best window of each; the words marked are those of that window."""

    def judged(question: str, pairs: Sequence[Pair]) -> list[tuple[float, str]]:
        network.eval()
        windows = windows_of(encode, question, [pair.passage for pair in pairs])
        with torch.no_grad():
            ids, mask, clause = tensors_of(windows)
            answers, starts, ends = network(network.words(ids), mask, clause)
        best: dict[int, tuple[float, str]] = {}
        for row, window in enumerate(windows):
            score = float(answers[row])
            if window.passage in best and best[window.passage][0] >= score:
                continue
            first = int(starts[row].argmax()) - window.first
            last = max(int(ends[row].argmax()) - window.first, first)
            text = pairs[window.passage].passage.text
            best[window.passage] = score, text[window.offsets[first][0] : window.offsets[last][1]]
        return [best[place] for place in range(len(pairs))]

    return judged
