"""What happened: search, show and timeline."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from palermo.answers import Found, Shown, Timeline
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["events"])

Limit = Annotated[int, Query(ge=1, le=5000)]
Offset = Annotated[int, Query(ge=0)]


@router.get("/search")
def search(
    desk: AtDesk,
    words: Annotated[str, Query(max_length=1000)] = "",
    kind: str | None = None,
    place: str | None = None,
    site: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 20,
    offset: Offset = 0,
) -> Found:
    with desk.open() as case:
        return case.search(
            words,
            kind=kind,
            place=place,
            since=since,
            until=until,
            limit=limit,
            offset=offset,
            site=site,
        )


# Ids may hold slashes (`url:https://example.org/a`), so they are asked for as a query, not a path.
@router.get("/show")
def show(desk: AtDesk, id: str) -> Shown:
    with desk.open() as case:
        return case.show(id)


@router.get("/timeline")
def timeline(
    desk: AtDesk,
    id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: Limit = 200,
    offset: Offset = 0,
) -> Timeline:
    with desk.open() as case:
        return case.timeline(id, since=since, until=until, limit=limit, offset=offset)
