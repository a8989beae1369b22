"""Questions with the clauses that answer them and those that only sound alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.reader.passages import passage_of
from bot.reader.reading import Passage
from eval.cases import WhyNot
from eval.folding import find_folded
from ingest.policy import Clause, Policy
from vectorstore.context import is_substantive

_LEAST_SHARED = 6  # characters by which a marked piece must reach into a clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A passage with the words of it that answer; `spans` is empty if they are not known."""

    key: str  # names the passage among all documents
    passage: Passage
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question; `document` is what training, validation and sealed documents are split by."""

    id: str
    question: str
    document: str
    right: tuple[Marked, ...] = ()
    tempting: tuple[Marked, ...] = ()
    twins: tuple[str, ...] = ()  # questions that sound alike and that what is right does not answer
    source: str = ""
    why_not: WhyNot | None = None  # of a question that nothing answers, if it is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document parsed as the product parses it."""

    name: str
    passages: Mapping[str, tuple[Passage, Clause]]  # by key, in order
    texts: Sequence[str]  # of its policies

    def marked(self, piece: str, answers: Sequence[str] = ()) -> list[Marked]:
        """The passages that hold a verbatim piece, with those of the answers that stand in them."""
        return [
            Marked(
                key=key,
                passage=passage,
                spans=tuple(filter(None, (find_folded(passage.text, words) for words in answers))),
            )
            for key, passage, _clause in self._holding(piece)
        ]

    def _holding(self, piece: str) -> Iterator[tuple[str, Passage, Clause]]:
        for place, text in enumerate(self.texts):
            span = find_folded(text, piece)
            if span is None:
                continue
            for key, (passage, clause) in self.passages.items():
                shared = min(clause.end, span[1]) - max(clause.start, span[0])
                least = min(_LEAST_SHARED, span[1] - span[0])
                if key.startswith(f"{self.name}#{place}:") and shared >= least:
                    yield key, passage, clause
            return


def document_of(name: str, policies: Sequence[Policy]) -> Document:
    """The passages of a document that state something."""
    passages: dict[str, tuple[Passage, Clause]] = {}
    for place, policy in enumerate(policies):
        siblings = {clause.clause_id: clause for clause in policy.clauses}
        for clause in policy.clauses:
            if is_substantive(clause) and len(clause.text) > 3:
                key = f"{name}#{place}:{clause.position}"
                passage = passage_of(clause, title=policy.metadata.title, siblings=siblings)
                passages[key] = (passage, clause)
    return Document(name=name, passages=passages, texts=[policy.text for policy in policies])
