"""Two questions on a document, asked in a breath: what answers either of them answers.

So people ask, and so a part of a question is read behind the part that it leans on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from random import Random

from eval.reading.examples import Example, Marked

_MOST_A_DOCUMENT = 2
_BETWEEN = ("？", "，", "，还有", "？另外")


def joined_examples(examples: Iterable[Example]) -> Iterator[Example]:
    """At most two pairs of each document; of a pair at least one question has an answer."""
    asked: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        asked[example.document].append(example)
    for document, own in asked.items():
        random = Random(document)
        drawn = random.sample(own, len(own))
        pairs = zip(drawn[::2], drawn[1::2], strict=False)  # of an odd number the last has no other
        answered = [(first, second) for first, second in pairs if first.right or second.right]
        for first, second in answered[:_MOST_A_DOCUMENT]:
            yield _joined(first, second, random.choice(_BETWEEN))


def _joined(first: Example, second: Example, between: str) -> Example:
    right: dict[str, Marked] = {}
    for marked in (*first.right, *second.right):
        right.setdefault(marked.key, marked)
    tempting = {each.key: each for each in (*first.tempting, *second.tempting) if each.key not in right}
    return Example(
        id=f"{first.id}+{second.id}",
        question=f"{first.question.rstrip('？?。')}{between}{second.question}",
        document=first.document,
        right=tuple(right.values()),
        tempting=tuple(tempting.values()),
        source="joined",
    )
