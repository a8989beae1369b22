"""A person goes through drafts in a terminal: each is accepted, edited, rejected or left for later."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.prompt import Prompt
from rich.text import Text

from eval.cases import KINDS, Case, case_json, check_case, load_drafts
from eval.documents import Documents
from eval.errors import EvalError
from eval.evidence import EvidenceFinder

_CHOICES = {"a": "accept", "e": "edit", "r": "reject", "l": "later", "q": "quit"}
_CONTEXT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What was decided before, and where it is noted: accepted cases in the set, rejected ids beside it."""

    output: Path

    @property
    def rejected_file(self) -> Path:
        """A line an id."""
        return self.output.with_name(f"{self.output.name}.rejected")

    def decided(self) -> frozenset[str]:
        """The ids that need no further look."""
        accepted = {case.id for case in load_drafts(self.output)} if self.output.exists() else set()
        rejected = self.rejected_file.read_text("utf-8").split() if self.rejected_file.exists() else []
        return frozenset(accepted | set(rejected))

    def accept(self, case: Case) -> None:
        """Keeps the case at once."""
        with self.output.open("a", encoding="utf-8") as file:
            file.write(case_json(case) + "\n")

    def reject(self, case: Case) -> None:
        """Notes at once that the draft is not wanted."""
        with self.rejected_file.open("a", encoding="utf-8") as file:
            file.write(case.id + "\n")


def review(
    drafts: Sequence[Case],
    decisions: Decisions,
    *,
    documents: Documents,
    finder: EvidenceFinder,
    console: Console,
    ask: Callable[..., str] = Prompt.ask,
) -> int:
    """How many were accepted; what was decided before is not shown again."""
    left = [draft for draft in drafts if draft.id not in decisions.decided()]
    accepted = 0
    for number, draft in enumerate(left, start=1):
        case = draft
        while True:
            _show(case, f"{number} of {len(left)}", documents, console)
            choice = ask(_offered(), choices=list(_CHOICES), default="a", console=console, show_choices=False)
            if choice == "e":
                case = _edited(case, finder, console, ask)
                continue
            if choice == "a" and not _is_complete(case, documents, console):
                continue
            break
        if choice == "q":
            break
        if choice == "a":
            decisions.accept(case)
            accepted += 1
        elif choice == "r":
            decisions.reject(case)
    return accepted


def _offered() -> Text:
    return Text("  ".join(f"{key} {word}" for key, word in _CHOICES.items()))


def _is_complete(case: Case, documents: Documents, console: Console) -> bool:
    try:
        check_case(case.id, case, documents)
    except EvalError as error:
        console.print(Text(str(error), style="bold red"))
        return False
    return True


def _show(case: Case, place: str, documents: Documents, console: Console) -> None:
    lines = [
        Text.assemble(("question  ", "bright_black"), " / ".join((*case.history, case.question))),
        Text.assemble(("kind      ", "bright_black"), f"{case.kind}, {case.outcome}"),
        Text.assemble(("expected  ", "bright_black"), _written(case.expected)),
    ]
    if case.forbidden:
        lines.append(Text.assemble(("forbidden ", "bright_black"), " | ".join(case.forbidden)))
    if case.todo:
        lines.append(Text.assemble(("to decide ", "bold yellow"), "; ".join(case.todo)))
    for evidence in case.evidence:
        text = documents.read(evidence.file).text
        before = text[max(0, evidence.start - _CONTEXT) : evidence.start]
        after = text[evidence.end : evidence.end + _CONTEXT]
        lines.append(Text(evidence.file, style="bright_black"))
        lines.append(
            Text.assemble(
                (before, "bright_black"), text[evidence.start : evidence.end], (after, "bright_black")
            )
        )
    console.print(Panel(Text("\n").join(lines), title=f"{place}  {case.id}", title_align="left"))


def _edited(case: Case, finder: EvidenceFinder, console: Console, ask: Callable[..., str]) -> Case:
    """The case with what the person changed; an empty answer keeps what is there."""

    def field(name: str, value: str, **options: object) -> str:
        return ask(Text(name), default=value, console=console, **options)

    question = field("question", case.question)
    kind = field("kind", case.kind, choices=list(KINDS), show_choices=False)
    unanswerable = kind == "unanswerable"
    outcome = "no_evidence" if unanswerable else "answered"
    expected = "" if unanswerable else field("expected (groups |, alternatives /)", _written(case.expected))
    forbidden = field("forbidden (|)", " | ".join(case.forbidden))
    evidence = () if unanswerable else case.evidence
    if not unanswerable and (words := field("words of the document to stand on", "")).strip():
        found = finder.find(words)
        if found is None:
            console.print(Text("these words do not stand in just one document", style="bold red"))
        else:
            evidence = (found,)
    return replace(
        case,
        question=question,
        kind=kind,  # type: ignore[arg-type]
        outcome=outcome,  # type: ignore[arg-type]
        expected=_groups(expected),
        forbidden=tuple(part.strip() for part in forbidden.split("|") if part.strip()),
        evidence=evidence,
        todo=(),
    )


def _written(expected: Sequence[Sequence[str]]) -> str:
    return " | ".join(" / ".join(group) for group in expected)


def _groups(text: str) -> tuple[tuple[str, ...], ...]:
    groups = (tuple(part.strip() for part in group.split("/") if part.strip()) for group in text.split("|"))
    return tuple(group for group in groups if group)
