"""Exact values that are watched, and what is new of them."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from palermo.answers import Alerts, Watches
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["watches"])


class Begin(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    value: str = Field(min_length=1, max_length=400)
    reason: str = Field(max_length=4000)
    until: str | None = Field(None, max_length=40)


class End(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    number: int
    reason: str = Field(max_length=4000)


class Seen(BaseModel):
    model_config = ConfigDict(extra="forbid")

    through: int = Field(ge=1)


@router.get("/watches")
def watches(desk: AtDesk) -> Watches:
    with desk.open() as case:
        return case.watches()


@router.post("/watch")
def watch(desk: AtDesk, body: Begin) -> Watches:
    with desk.open() as case:
        return case.watch(body.value, body.reason, body.until)


@router.post("/watch/end")
def end_watch(desk: AtDesk, body: End) -> Watches:
    with desk.open() as case:
        return case.end_watch(body.number, body.reason)


@router.get("/alerts")
def alerts(desk: AtDesk, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> Alerts:
    """Return what is new, and leave it so: a page may be asked for twice."""
    with desk.open() as case:
        return case.alerts(limit, mark=False)


@router.post("/alerts/seen")
def seen(desk: AtDesk, body: Seen) -> Alerts:
    with desk.open() as case:
        return case.seen(body.through)
