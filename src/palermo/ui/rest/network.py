"""Identities and what ties them."""

from typing import Annotated

from fastapi import APIRouter, Query

from palermo.answers import Network
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["network"])


@router.get("/network")
def network(
    desk: AtDesk,
    id: str | None = None,
    depth: Annotated[int, Query(ge=1, le=4)] = 1,
    limit: Annotated[int, Query(ge=1, le=5000)] = 500,
) -> Network:
    with desk.open() as case:
        return case.network(id, depth=depth, limit=limit)
