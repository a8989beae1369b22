from collections.abc import Callable

import pytest

from ingest.policy import Cell, Clause, ClauseKind

MakeClause = Callable[..., Clause]


@pytest.fixture
def make_clause() -> MakeClause:
    """A clause as the outline gives it, made by hand."""

    def make(
        text: str,
        *,
        number: str = "",
        heading: str = "",
        kind: ClauseKind = "item",
        start: int = 0,
        position: int = 0,
        path: tuple[str, ...] = (),
        cells: tuple[tuple[str, str], ...] = (),
    ) -> Clause:
        made: list[Cell] = []
        at = 0
        for header, value in cells:
            at = text.index(value, at)
            made.append(Cell(header=header, value=value, start=start + at, end=start + at + len(value)))
            at += len(value)
        return Clause(
            clause_id=f"p.{position}",
            policy_id="p",
            position=position,
            parent_id=None,
            kind=kind,
            number=number,
            heading=heading,
            path=path,
            locator=number,
            start=start,
            end=start + len(text),
            text=text,
            cells=tuple(made),
        )

    return make
