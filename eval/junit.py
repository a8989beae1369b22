"""A run as JUnit XML, which CI servers show: a test for each question, a test for each bar."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from eval.bars import Bar
from eval.intervals import Figure
from eval.results import Result

# XML 1.0 has no way to write these.
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def junit_xml(
    name: str, results: Sequence[Result], bars: Sequence[Bar], figures: Mapping[str, Figure]
) -> bytes:
    """The document in UTF-8."""
    suites = ElementTree.Element("testsuites", name="clausewise eval")
    questions = _suite(suites, f"{name}.questions", [not result.is_right() for result in results])
    for result in results:
        case = ElementTree.SubElement(
            questions,
            "testcase",
            classname=f"{name}.{result.case.kind}",
            name=result.case.id,
            time=f"{result.milliseconds / 1000:.3f}",
        )
        if loss := result.loss():
            _fail(case, loss, _told(result))
    kept = [bar.is_kept_by(figures[bar.metric].value) for bar in bars]
    suite = _suite(suites, f"{name}.bars", [not each for each in kept])
    for bar, is_kept in zip(bars, kept, strict=True):
        named = f"{bar.metric} {'≥' if bar.side == 'min' else '≤'} {bar.value:g}"
        case = ElementTree.SubElement(suite, "testcase", classname=f"{name}.bars", name=named)
        if not is_kept:
            _fail(case, "missed", bar.miss(figures[bar.metric].value))
    document: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return document


def _suite(parent: ElementTree.Element, name: str, failed: Sequence[bool]) -> ElementTree.Element:
    return ElementTree.SubElement(
        parent, "testsuite", name=name, tests=str(len(failed)), failures=str(sum(failed))
    )


def _fail(case: ElementTree.Element, message: str, told: str) -> None:
    failure = ElementTree.SubElement(case, "failure", message=message)
    failure.text = told.translate(_UNWRITABLE)


def _told(result: Result) -> str:
    lines = [f"question: {' / '.join((*result.case.history, result.case.question))}"]
    lines.append(f"{result.answer.outcome}: {result.answer.text}")
    if result.case.outcome != result.answer.outcome:
        lines.append(f"expected: {result.case.outcome}")
    lines += [f"missing: {'/'.join(group)}" for group in result.missing()]
    lines += [f"forbidden: {said}" for said in result.asserted()]
    return "\n".join(lines)
