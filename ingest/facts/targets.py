"""Targets: which figure is to be reached, by when, and from which base."""

import re
from collections.abc import Iterator, Sequence

from ingest.numbering import marker_at
from ingest.policy import Cell, Clause, Fact, FactField, FactKind, leads_on
from ingest.sentences import Span, body_start, field, long_cells, parts, sentences, state
from ingest.target_figures import Figure, read_figures, target_language

KIND: FactKind = "target"

_YEAR = re.compile(
    r"(?<![较比从由近前过])(?<!截至)(?<!\d)(?P<year>(?:20|19)?\d{2,4}年)(?!以来|以后|起|内|度?实际)(?:底|末)?|(?P<plan>“?十[一二三四五六七]五”?(?:末|时期|期间|规划期末)?)"
)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十两百千][一-龥]|全覆盖|清零|[高低快优好]于|超过")
_TARGET_PLACE = re.compile(r"目标|指标")
_ARTICLE = re.compile(r".{0,12}第[一二三四五六七八九十百千零\d]+条")
_CONDITIONAL = re.compile(r"(?:的|者|时|后)$")
_EXPLICIT = re.compile(r"力争|目标|争取|到20\d{2}年")
# 企业队伍不断壮大，达到30家: the noun before such a word is what the next part counts.
_SUBJECT = re.compile(
    r"(?P<noun>[^，,。；;：:]{2,24}?)(?:(?:不断|持续|进一步|稳步|明显|显著|逐步|大幅|更加|加快|快速|突破|超过|达到|稳定增长|年均|翻一番|较快)|(?:数量|总量|规模)?(?:增长|提升|壮大|扩大|提高))"
)
_INDICATOR_HEADER = re.compile(r"指标名称|主要指标|^指标$|指标内容|^名称$|目标名称")
_TARGET_HEADER = re.compile(r"目标|预期|规划值|计划(?:值|数)")
_BASE_HEADER = re.compile(r"实际|现状|基期|基准|完成值|完成数|基础值|基数")
_NOTE = re.compile(r"加?\s{0,4}[*＊]\s{0,4}号?[^，。\n]{0,6}?(?:为|是)\s*(?P<year>\d{4}年)")


def extract(clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """One fact for each figure to be reached, from running text and from tables of indicators."""
    note = next((match["year"] for clause in clauses for match in _NOTE.finditer(clause.text)), "")
    for clause in clauses:
        if clause.kind in ("title", "meta", "heading"):
            continue
        if clause.cells:
            yield from _row(clause, note)
            for start, end in long_cells(clause):
                yield from _of_clause(clause, start, end)
        elif clause.kind != "note":
            yield from _of_clause(clause, body_start(clause), len(clause.text))


def _of_clause(clause: Clause, start: int, end: int) -> Iterator[Fact]:
    words = target_language()
    above = " ".join((*clause.path, clause.heading))
    if words.scores.search(above):
        return
    # 具有下列指标： leads on to what need not be a target; （一）主要目标： is a heading all the same.
    headings = [each for each in clause.path if not leads_on(each) or marker_at(each) is not None]
    place = bool(_TARGET_PLACE.search(" ".join((*headings[-2:], clause.heading))))
    # An article sets rules and a news item reports: a figure there is a target only where an aim is said.
    plan = bool(clause.path or clause.number) and not _ARTICLE.match(clause.locator)
    year: Span | None = None
    for span in sentences(clause.text, start=start, end=end, marks="。！？\n"):
        if not _FIGURE.search(clause.text, *span):
            continue
        year = _year(clause.text, span) or (year if place or _until(clause, year) else None)
        if place or year or words.aim.search(clause.text, *span):
            yield from _of_sentence(clause, span, year, place=place, plan=plan)


def _year(text: str, span: Span) -> Span | None:
    return next((match.span() for match in _YEAR.finditer(text, *span)), None)


def _until(clause: Clause, year: Span | None) -> bool:
    return year is not None and clause.text[: year[0]].endswith(("到", "至"))


def _of_sentence(
    clause: Clause, sentence: Span, year: Span | None, *, place: bool, plan: bool
) -> Iterator[Fact]:
    text, words = clause.text, target_language()
    aimed = place
    subject: Span | None = None
    told = parts(text, *sentence)
    # 保持年均增长20%，力争2023年达到26家: a year said later is none of what stands before it.
    ahead = year if year and year[0] >= sentence[0] else None
    year = None if ahead else year
    for number, part in enumerate(told):
        said = text[slice(*part)]
        if ahead and ahead[0] < part[1]:
            ahead, year = None, ahead
        year = _year(text, part) or year
        aimed = aimed or bool(words.sets_aim.search(said))
        if (
            not (aimed or plan)
            or _is_none(said)
            or _CONDITIONAL.search(said)
            or _qualifies(text, told[number:], sentence)
        ):
            subject = _subject(text, part)
            continue
        local = aimed or bool(words.sets_out.match(said))
        figures = list(read_figures(text, part, aimed=local, subject=subject))
        for figure in figures:
            yield _fact(clause, part, figure, year)
        subject = figures[-1].indicator if figures else _subject(text, part)


def _is_none(said: str) -> bool:
    words = target_language()
    found = [match.group() for match in words.none.finditer(said)]
    # 逐步将担保费率降至1%以下: here the charge is what is to fall.
    return any("费率" not in one and "利率" not in one for one in found) or (
        bool(found) and not words.moves.search(said)
    )


def _qualifies(text: str, rest: Sequence[Span], sentence: Span) -> bool:
    """投资5000万元以上，给予奖励: figures before a grant say who qualifies, unless an aim is said."""
    end = next((last for _, last in rest if text[last : last + 1] in "；;"), sentence[1])
    granted = target_language().grants.search(text, rest[0][0], end)
    return bool(granted) and not _EXPLICIT.search(text, *rest[0])


def _subject(text: str, part: Span) -> Span | None:
    lead = target_language().lead.match(text[slice(*part)])
    match = _SUBJECT.match(text, part[0] + (lead.end() if lead else 0), part[1])
    return match.span("noun") if match else None


def _fact(clause: Clause, span: Span, figure: Figure, year: Span | None) -> Fact:
    fields = [field(clause, "indicator", figure.indicator), field(clause, "value", figure.value)]
    start = min(span[0], figure.indicator[0])
    if figure.comparator:
        fields.append(FactField(name="comparator", value=figure.comparator))
    fields += _when(clause, span, figure, year)
    if figure.base:
        fields.append(field(clause, "base_value", figure.base))
    if figure.since:
        fields.append(field(clause, "base_year", figure.since))
    return state(KIND, clause, (start, span[1]), fields)


def _when(clause: Clause, span: Span, figure: Figure, year: Span | None) -> list[FactField]:
    """The year said in the part itself, before words such as 全年, before a year said earlier."""
    text = clause.text
    own = [match for match in _YEAR.finditer(text, *span) if match.span() != figure.since]
    term = None if own else target_language().terms.search(text, *span)
    if term:
        return [field(clause, "year", term.span())]
    match = max(
        (one for one in own if one.end() <= figure.value[0]), key=lambda one: one.start(), default=None
    ) or (own[0] if own else _YEAR.search(text, *year) if year else None)
    return [field(clause, "year", match.span("year" if match["year"] else "plan"))] if match else []


def _row(clause: Clause, note: str) -> Iterator[Fact]:
    cells = {
        name: _cell(clause.cells, pattern)
        for name, pattern in (("indicator", _INDICATOR_HEADER), ("base", _BASE_HEADER))
    }
    targets = [
        cell
        for cell in clause.cells
        if _TARGET_HEADER.search(_bare(cell.header)) and cell is not cells["indicator"]
    ]
    indicator = cells["indicator"]
    if indicator is None or all(cell.value == cell.header for cell in clause.cells):
        return
    unit = next((cell for cell in clause.cells if _bare(cell.header) in ("单位", "计量单位")), None)
    for target in targets:
        if re.search(r"\d", target.value):
            yield state(
                KIND,
                clause,
                (0, len(clause.text)),
                list(_row_fields(indicator, target, unit, cells["base"], note)),
            )


def _row_fields(
    indicator: Cell, target: Cell, unit: Cell | None, base: Cell | None, note: str
) -> Iterator[FactField]:
    yield _of_cell("indicator", indicator)
    if unit and unit.value.strip() and not target.value.endswith(unit.value):
        yield FactField(name="value", value=target.value + unit.value)
        yield _of_cell("unit", unit)
    else:
        yield _of_cell("value", target)
    year = re.search(r"(?:20|19)\d{2}年?", _bare(target.header))
    if year:
        yield FactField(name="year", value=year.group())
    if base and re.search(r"\d", base.value):
        yield _of_cell("base_value", base)
        since = re.search(r"(?:20|19)\d{2}年?", _bare(base.header))
        marked = re.search(r"[*＊]", base.value) and note
        if marked or since:
            yield FactField(name="base_year", value=note if marked else since.group() if since else "")


def _cell(cells: Sequence[Cell], header: re.Pattern[str]) -> Cell | None:
    return next((cell for cell in cells if header.search(_bare(cell.header)) and cell.value.strip()), None)


def _bare(header: str) -> str:
    return re.sub(r"\s", "", header)


def _of_cell(name: str, cell: Cell) -> FactField:
    return FactField(name=name, value=cell.value, start=cell.start, end=cell.end)
