"""What waits for a person's decision, and the decisions made."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from palermo.answers import Decided, Decisions, Queue
from palermo.review.decisions import ACTS
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["review"])

Act = Annotated[str, Field(json_schema_extra={"enum": [*ACTS]})]  # judged by the workspace


class Decide(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    act: Act
    a: str = Field(min_length=1)
    b: str | None = None
    reason: str = Field(min_length=1, max_length=4000)
    role: str | None = None


@router.get("/queue")
def queue(desk: AtDesk, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Queue:
    with desk.open() as case:
        return case.queue(limit=limit)


@router.get("/decisions")
def decisions(desk: AtDesk) -> Decisions:
    with desk.open() as case:
        return case.decisions()


@router.post("/decide")
def decide(desk: AtDesk, body: Decide) -> Decided:
    with desk.open() as case:
        return case.decide(body.act, body.a, body.b, body.reason, role=body.role)
