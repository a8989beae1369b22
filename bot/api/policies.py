"""GET /api/policies, /api/policies/{id} and /api/clauses/{id}: the documents themselves."""

from datetime import date

from fastapi import APIRouter, Depends, Request

from bot.api.places import place_for_answer
from bot.api.policy_schemas import ClauseInPolicy, PolicyBody, PolicyList
from bot.api.problems import documented
from bot.api.state import assistant_of, day_of

router = APIRouter(prefix="/api", tags=["documents"], dependencies=[Depends(place_for_answer)])


@router.get("/policies", responses=documented(503))
def policies(request: Request, on: date | None = None) -> PolicyList:
    """Every policy, in the order of indexing."""
    return PolicyList.of(assistant_of(request).catalog.policies(), on or day_of(request))


@router.get("/policies/{policy_id}", responses=documented(404, 503))
def policy(policy_id: str, request: Request, on: date | None = None) -> PolicyBody:
    """A policy with its text, the spans of its clauses and its facts."""
    return PolicyBody.of(assistant_of(request).catalog.policy(policy_id), on or day_of(request))


@router.get("/clauses/{clause_id}", responses=documented(404, 503))
def clause(clause_id: str, request: Request, on: date | None = None) -> ClauseInPolicy:
    """A clause with its facts and what is needed to cite it."""
    catalog = assistant_of(request).catalog
    found = catalog.clause(clause_id)
    summary = next(each for each in catalog.policies() if each.policy_id == found.policy_id)
    facts = catalog.facts(clause_ids=[clause_id])
    return ClauseInPolicy.within(found, summary, facts, on or day_of(request))
