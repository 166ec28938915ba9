"""What could not be read, and where."""

from typing import Annotated

from fastapi import APIRouter, Query

from palermo.answers import Problems
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["problems"])


@router.get("/problems")
def problems(desk: AtDesk, limit: Annotated[int, Query(ge=1, le=10_000)] = 1000) -> Problems:
    with desk.open() as case:
        return case.problems(limit=limit)
