"""What each part of the way to an answer is worth: the same set asked with one part left out at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.assistant import Assistant
from bot.answering.attempt import Asked, Attempt
from bot.answering.retrieve import Corpus, Retrieve
from bot.reader.calibration import load_calibrations
from bot.settings import RetrievalSettings, Settings
from bot.wiring import open_understander
from eval.variants import Variant
from ingest.policy import Clause, Fact, FactKind


@dataclass(frozen=True, slots=True)
class CorpusWithoutFacts:
    """The documents as if nothing had been extracted from them."""

    corpus: Corpus

    def clauses(self, policy_id: str) -> Sequence[Clause]:
        """The clauses of a policy in order."""
        return self.corpus.clauses(policy_id)

    def facts(
        self,
        *,
        kind: FactKind | None = None,
        policy_ids: Iterable[str] | None = None,
        clause_ids: Iterable[str] | None = None,
    ) -> Sequence[Fact]:
        """None."""
        del kind, policy_ids, clause_ids
        return ()

    def clause_total(self) -> int:
        """How many clauses there are."""
        return self.corpus.clause_total()


@dataclass(frozen=True, slots=True)
class UnderstandWithoutRegions:
    """Understands a question as if regions limited nothing."""

    understand: Callable[[Attempt], Asked]

    def __call__(self, attempt: Attempt) -> Asked:
        """The attempt, with no documents meant but those that the asker limits it to."""
        asked = self.understand(attempt)
        limits = attempt.question.policy_ids
        understanding = replace(asked.understanding, policy_ids=limits, unknown_regions=())
        return replace(asked, understanding=understanding)


def without_facts(assistant: Assistant, settings: Settings) -> Assistant:
    """The assistant without duties, benefits, targets, deadlines and members."""
    retrieve = Retrieve(
        corpus=CorpusWithoutFacts(assistant.catalog),
        document_frequency=assistant.catalog.keywords.document_frequency,
        retriever=assistant.retriever,
        understander=open_understander(settings),
        order=load_calibrations().order,
    )
    return replace(assistant, steps=replace(assistant.steps, retrieve=retrieve))


def without_regions(assistant: Assistant, settings: Settings) -> Assistant:
    """The assistant with regions that limit nothing."""
    del settings
    understand = UnderstandWithoutRegions(assistant.steps.understand)
    return replace(assistant, steps=replace(assistant.steps, understand=understand))


def variants_of(settings: Settings) -> Mapping[str, Variant]:
    """Everything, then each time without one part."""

    def weighted(retrieval: RetrievalSettings) -> Variant:
        return Variant(settings.model_copy(update={"retrieval": retrieval}))

    everything = weighted(RetrievalSettings())
    return {
        "everything": everything,
        "dense only": weighted(RetrievalSettings(keyword=0, document=0)),
        "keyword only": weighted(RetrievalSettings(dense=0)),
        "no document score": weighted(RetrievalSettings(document=0)),
        "no facts": replace(everything, change=without_facts),
        "no region": replace(everything, change=without_regions),
        "no context": weighted(RetrievalSettings(context=False)),
    }
