"""All figures of structure, by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.structure.clauses import BoundaryTally, boundary_tally, joined
from eval.structure.facts import FoundFact, Tally, found_facts, tally
from eval.structure.gold import gold_clauses, gold_facts, gold_metadata, gold_sections
from eval.structure.metadata import FieldResult, field_results
from eval.structure.whole import WholeTally, tally_folder
from ingest.input_files import read_file
from ingest.parse import parse
from ingest.policy import FactKind, Policy
from ingest.source import SourceDocument

_KINDS: tuple[FactKind, ...] = ("duty", "benefit", "target", "deadline", "member")
_COLLECTIONS = ("seeds", "policies")
LAWS = Path("benchmarks/legal_dc/documents")
NOTICES = Path("benchmarks/ncp")
CORPUS = Path("corpus")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureResults:
    """Everything that was compared and counted."""

    facts: tuple[Tally, ...]
    boundaries: BoundaryTally
    metadata: tuple[FieldResult, ...]
    corpus: WholeTally
    laws: WholeTally
    notices: WholeTally

    def figures(self) -> dict[str, float | None]:
        """Each figure by its name; None where there was nothing to count."""
        right = sum(result.is_right for result in self.metadata)
        whole = self.corpus + self.laws + self.notices
        found: dict[str, float | None] = {
            "metadata_accuracy": right / len(self.metadata) if self.metadata else None,
            "clause_boundary_f1": self.boundaries.f1,
            "locator_accuracy": (
                self.boundaries.locators_right / self.boundaries.locators_asked
                if self.boundaries.locators_asked
                else None
            ),
        }
        for each in self.facts:
            found[f"{each.kind}_precision"] = each.precision
            found[f"{each.kind}_recall"] = each.recall
        found["law_articles"] = (
            self.laws.articles_found / self.laws.articles_printed if self.laws.articles_printed else None
        )
        found["characters_lost"] = float(whole.characters_lost)
        found["benchmark_deletions"] = float(self.laws.characters_deleted + self.notices.characters_deleted)
        found["unreadable_documents"] = float(len(whole.unreadable))
        found["megabytes_per_second"] = whole.megabytes / whole.seconds if whole.seconds else None
        return found


def measure(shared: Path, progress: Progress) -> StructureResults:
    """Parse the marked documents and the whole collections of the shared folder, and compare."""
    documents = {path.name: read_file(path) for path in _marked_paths(shared)}
    policies = {name: parse(document) for name, document in documents.items()}
    wholes = []
    for place, folder in enumerate((CORPUS, LAWS, NOTICES)):
        progress(f"parsing {folder}", place, 3)
        wholes.append(tally_folder(shared / folder))
    corpus, laws, notices = wholes
    return StructureResults(
        facts=_fact_tallies(documents, policies),
        boundaries=_boundaries(documents, policies),
        metadata=tuple(_metadata(documents, policies)),
        corpus=corpus,
        laws=laws,
        notices=notices,
    )


def _marked_paths(shared: Path) -> Iterable[Path]:
    for collection in _COLLECTIONS:
        yield from sorted((shared / CORPUS / collection).glob("*.txt"))


def _fact_tallies(
    documents: Mapping[str, SourceDocument], policies: Mapping[str, Sequence[Policy]]
) -> tuple[Tally, ...]:
    marked, sections = gold_facts(), gold_sections()
    for gold in marked:
        gold.at.check(documents[gold.at.file].text)
    found: list[FoundFact] = []
    for name in {gold.at.file for gold in marked}:
        found += found_facts(policies[name])
    return tuple(tally(kind, found, marked, sections) for kind in _KINDS)


def _boundaries(
    documents: Mapping[str, SourceDocument], policies: Mapping[str, Sequence[Policy]]
) -> BoundaryTally:
    marked = gold_clauses()
    names = sorted({gold.at.file for gold in marked})
    return joined(
        boundary_tally(
            policies[name], documents[name].text, [gold for gold in marked if gold.at.file == name]
        )
        for name in names
    )


def _metadata(
    documents: Mapping[str, SourceDocument], policies: Mapping[str, Sequence[Policy]]
) -> Iterable[FieldResult]:
    marked = gold_metadata()
    for name in sorted({gold.file for gold in marked}):
        here = [gold for gold in marked if gold.file == name]
        yield from field_results(policies[name], documents[name].text, here)
