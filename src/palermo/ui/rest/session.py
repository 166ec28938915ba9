"""Who sits at the workbench: the token of this start becomes a cookie that no script can read."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from palermo.ui.rest.errors import refusal
from palermo.ui.rest.guard import Guard

router = APIRouter(tags=["session"])


class Session(BaseModel):
    actor: str  # the operating system's account unless stated otherwise; not authenticated
    folder: str
    pictures: bool  # whether this start of the service shows any
    purpose: str | None  # of this start; null: the authority's


@router.get("/session")
def session(request: Request) -> Session:
    case = request.app.state.case
    return Session(
        actor=case.actor,
        folder=case.folder.name,
        pictures=case.pictures,
        purpose=case.purpose,
    )


@router.post("/session", status_code=204)
def open_session(
    request: Request, token: Annotated[str, Body(embed=True, max_length=200)]
) -> Response:
    guard: Guard = request.app.state.guard
    if not guard.right(token):
        return _wrong()
    response = Response(status_code=204)
    response.set_cookie(guard.cookie, token, httponly=True, samesite="strict", path="/api")
    return response


def _wrong() -> JSONResponse:
    return refusal(
        401,
        "refused",
        "The case stays closed",
        "The address carries the token of another start",
        "Open the address that `palermo serve` printed last",
    )
