"""GET /api/regions, units, duties, benefits, targets and examples: the facts of the documents as tables."""

from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from bot.api.fact_schemas import (
    BenefitList,
    BenefitRow,
    DutyList,
    DutyRow,
    ExampleList,
    FittingBody,
    FittingList,
    FittingRow,
    RegionLine,
    RegionList,
    TargetList,
    TargetRow,
    UnitLine,
    UnitList,
)
from bot.api.places import place_for_answer
from bot.api.problems import documented
from bot.api.state import assistant_of, day_of
from bot.facts.examples import examples
from bot.facts.fitting import CompanyReader
from bot.facts.places import without_places
from bot.facts.tables import FactTables, fact_tables_of
from bot.question.language import load_language
from bot.question.topics import TopicReader
from bot.settings import Settings
from vectorstore.catalog import Catalog
from vectorstore.segmentation import tagged

router = APIRouter(prefix="/api", tags=["facts"], dependencies=[Depends(place_for_answer)])

Region = Annotated[str | None, Query(description="Only documents of this region; all where it is missing.")]
Day = Annotated[date | None, Query(description="The day of asking; today where it is missing.")]


@router.get("/regions", responses=documented(503))
def regions(request: Request, on: Day = None) -> RegionList:
    """The regions that documents have, in the order of indexing."""
    del on  # no document changes its region
    found = _tables(request).regions
    return RegionList(regions=[RegionLine(region=each, policies=count) for each, count in found.items()])


@router.get("/units", responses=documented(503))
def units(
    request: Request,
    region: Region = None,
    query: Annotated[str, Query(description="Part of a name, or another name of the unit.")] = "",
    limit: Annotated[int, Query(description="The most units to give.", ge=1, le=1000)] = 20,
    on: Day = None,
) -> UnitList:
    """The units that have duties, those with most first; names that mean one unit are one entry."""
    del on  # duties of every document count, as in the table of duties
    tables = _tables(request)
    found = [UnitLine.model_validate(each) for each in tables.units(region, query)[:limit]]
    return UnitList(units=found, left_out=tables.left_out("duty", region))


@router.get("/duties", responses=documented(503))
def duties(
    request: Request,
    region: Region = None,
    unit: Annotated[str | None, Query(description="Only duties of this unit, by any name of it.")] = None,
    on: Day = None,
) -> DutyList:
    """What units have to do, until when and with whom."""
    tables, day = _tables(request), on or day_of(request)
    rows = [DutyRow.of(each, tables, day) for each in tables.duties(region, unit)]
    return DutyList(duties=rows, left_out=tables.left_out("duty", region))


@router.get("/benefits", responses=documented(503))
def benefits(request: Request, region: Region = None, on: Day = None) -> BenefitList:
    """What is granted, for what and to whom."""
    tables, day = _tables(request), on or day_of(request)
    rows = [BenefitRow.of(each, day) for each in tables.of_kind("benefit", region)]
    return BenefitList(benefits=rows, left_out=tables.left_out("benefit", region))


@router.post("/benefits/fitting", responses=documented(422, 503))
def fitting_benefits(body: FittingBody, request: Request) -> FittingList:
    """The benefits that may be for a company that describes itself; those no longer in force last."""
    tables, day = _tables(request), body.on or day_of(request)
    open_to = tables.open_to(body.region, body.company)
    found = _reader(request).fitting(open_to, without_places(tables.policies, body.company))
    rows = [FittingRow.fitting(each, day) for each in found]
    rows.sort(key=lambda row: row.validity in ("expired", "repealed"))
    return FittingList(benefits=rows, left_out=tables.left_out("benefit", body.region))


@router.get("/targets", responses=documented(503))
def targets(request: Request, region: Region = None, on: Day = None) -> TargetList:
    """The figures to be reached."""
    tables, day = _tables(request), on or day_of(request)
    rows = [TargetRow.of(each, day) for each in tables.of_kind("target", region)]
    return TargetList(targets=rows, left_out=tables.left_out("target", region))


@router.get("/examples", responses=documented(503))
def example_questions(request: Request, on: Day = None) -> ExampleList:
    """A few questions that the documents in force answer."""
    return ExampleList(examples=examples(_tables(request), on or day_of(request)))


def _tables(request: Request) -> FactTables:
    catalog = assistant_of(request).catalog
    return _tables_at(catalog, catalog.version())


@lru_cache(maxsize=1)
def _tables_at(catalog: Catalog, version: int) -> FactTables:
    del version  # part of the key: a catalog that has changed is read anew
    return fact_tables_of(catalog)


def _reader(request: Request) -> CompanyReader:
    catalog = assistant_of(request).catalog
    return CompanyReader(
        topics=_topics(cast(Settings, request.app.state.settings).language),
        frequencies=catalog.keywords.document_frequency,
        total=catalog.clause_total(),
    )


@cache
def _topics(path: Path | None) -> TopicReader:
    return TopicReader(language=load_language(path), tagged=tagged)
