"""Who else may belong to a confirmed network."""

from typing import Annotated

from fastapi import APIRouter, Query

from palermo.answers import Leads
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["leads"])


@router.get("/leads")
def leads(desk: AtDesk, id: str, limit: Annotated[int, Query(ge=1, le=500)] = 20) -> Leads:
    with desk.open() as case:
        return case.leads(id, limit)
