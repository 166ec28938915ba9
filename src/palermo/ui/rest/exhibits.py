"""The sealed exhibits."""

from typing import Annotated

from fastapi import APIRouter, Query

from palermo.answers import Exhibits
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["exhibits"])


@router.get("/exhibits")
def exhibits(
    desk: AtDesk,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Exhibits:
    with desk.open() as case:
        return case.exhibits(limit=limit, offset=offset)
