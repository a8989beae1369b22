"""The page docs/benchmarks.md, made from measurements."""

from collections.abc import Iterator, Mapping, Sequence

from eval.benchmarks.peers.comparison import Lead, Row, leads, rows, systems_of
from eval.benchmarks.peers.machine import MeasuredWith
from eval.benchmarks.peers.measurement import Measurement
from eval.benchmarks.peers.peer import ChineseTuning
from eval.benchmarks.peers.recall import LENGTHS
from eval.benchmarks.peers.systems import CLAUSEWISE

_MIDDLE = LENGTHS[1]
_INTRODUCTION = """\
# Benchmarks: Clausewise beside what one would build with a framework

Made by `clausewise eval peers --write docs/benchmarks.md`; nothing here is typed in by hand.

Every system gets the same documents and the same questions, and embeds with the same model, the bundled \
one. A question counts when it is answerable and its set says where the evidence stands.

**Evidence recall within N characters**: of the pieces of evidence of a question, the share of which at \
least half stands within the first N printed characters of what is retrieved, the mean over the questions. \
Characters retrieved twice count once, so overlapping chunks cost nothing; where all evidence is longer \
than N, the share is of the most whole pieces that N characters hold. The length is what is held equal \
because a clause is shorter than a chunk. Clausewise retrieves clauses with what is read together with them, \
the field `passage` of its search.

A framework as it comes has its default splitter, BM25 and joiner; *tuned* it has chunks cut at 。；， and \
line ends, BM25 over words of rjieba, and the chunk size and weight that find most on the development half. \
The frameworks get the earlier questions of a follow-up before the question itself: they have no memory \
without a chat model. Neither side is tuned on the held-out half."""
_COST = (
    "Each system runs in a process of its own. Ingestion by Clausewise includes reading the files, "
    "extracting facts and loading the model; the frameworks get the text and a model that is loaded."
)
_COLUMNS = {CLAUSEWISE: "Clausewise"}


def page(measurements: Sequence[Measurement], tunings: Mapping[str, ChineseTuning]) -> str:
    """The whole page in Markdown."""
    found = rows(measurements)
    systems = systems_of(measurements)
    sections = [
        _INTRODUCTION,
        "## Evidence recall\n\n" + _table(systems, [row for row in found if row.is_quality]),
        f"## Cost\n\n{_COST}\n\n" + _table(systems, [row for row in found if not row.is_quality]),
        f"## How sure the lead is\n\n{_leads_text(measurements)}",
        f"## Tuning\n\n{_tunings_text(tunings)}",
        f"## Measured with\n\n{_measured_with_text(measurements[0].measured_with)}",
    ]
    return "\n\n".join(sections) + "\n"


def _measured_with_text(found: MeasuredWith) -> str:
    packages = (f"{package} {version}" for package, version in found.versions.items())
    return "\n".join(f"- {line}" for line in (found.day.isoformat(), found.machine, *packages))


def shown(row: Row, value: float | None) -> str:
    """The value as the row shows it."""
    return "–" if value is None else f"{value:.{row.decimals}f}"


def _table(systems: Sequence[str], found: Sequence[Row]) -> str:
    head = ["", *(_COLUMNS.get(system, system) for system in systems)]
    lines = [_line(head), _line(["---", *("---:" for _ in systems)])]
    lines += [_line([row.name, *(shown(row, value) for value in row.values)]) for row in found]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _leads_text(measurements: Sequence[Measurement]) -> str:
    head = f"Clausewise less each system within {_MIDDLE:,} characters, question by question, with the 95 % \
interval of a bootstrap. Where it holds 0, these questions do not tell which of the two finds more.\n\n"
    lines = [_line(["", "difference", "interval"]), _line(["---", "---:", "---:"])]
    return head + "\n".join([*lines, *_lead_lines(measurements)])


def _lead_lines(measurements: Sequence[Measurement]) -> Iterator[str]:
    for name in dict.fromkeys(each.set for each in measurements):
        for half in ("development", "held_out"):
            for lead in leads(measurements, name, half, _MIDDLE):
                yield _lead_line(f"{name}, {half.replace('_', ' ')}", lead)


def _lead_line(where: str, lead: Lead) -> str:
    interval = f"{lead.low:+.3f} … {lead.high:+.3f}"
    return _line([f"{where}: {lead.system}", f"{lead.difference:+.3f}", interval])


def _tunings_text(tunings: Mapping[str, ChineseTuning]) -> str:
    lines = [
        _line(["", "characters a chunk", "overlap", "weight of BM25"]),
        _line(["---", *("---:",) * 3]),
    ]
    for name, tuning in tunings.items():
        figures = (tuning.chunk_characters, tuning.overlap_characters, tuning.keyword_weight)
        lines.append(_line([name, *map(str, figures)]))
    return "`clausewise eval peers --tune` tries them all anew.\n\n" + "\n".join(lines)
