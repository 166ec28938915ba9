"""The chain of custody: who did what, when, for which purpose."""

from typing import Annotated

from fastapi import APIRouter, Query

from palermo.answers import Custody
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["custody"])


@router.get("/custody")
def custody(
    desk: AtDesk,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Custody:
    with desk.open() as case:
        return case.custody(limit=limit, offset=offset)
