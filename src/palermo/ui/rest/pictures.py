"""Pictures of the case: blurred for a look in passing, clear only when asked for with a reason."""

import threading
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from palermo.safeguards.refusal import Refused
from palermo.ui.rest.desk import AtDesk, Desk

router = APIRouter(tags=["pictures"])

# One picture may take some hundred megabytes while it is decoded; a page asks for many at once.
_AT_ONCE = threading.Semaphore(2)
_BYTES: dict[int | str, dict[str, object]] = {
    200: {
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("image/jpeg", "image/png")
        },
        "headers": {
            "Palermo-Exposure": {
                "description": "Pictures that were shown clear to this person in this case",
                "schema": {"type": "integer"},
            }
        },
    }
}
Id = Annotated[str, Query(min_length=1, max_length=200)]


class Look(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=4000)


@router.get("/picture", response_class=Response, responses=_BYTES)
def blurred(desk: AtDesk, id: Id) -> Response:
    """Return a few grey pixels of a photograph, in which nothing can be made out."""
    return _picture(desk, id, None)


@router.post("/picture", response_class=Response, responses=_BYTES)
def clear(desk: AtDesk, body: Look) -> Response:
    """Return a photograph; that it was shown, to whom and why, is logged and counted."""
    return _picture(desk, body.id, body.reason)


def _picture(desk: Desk, id: str, reason: str | None) -> Response:
    if not desk.case.pictures:
        raise Refused(
            "show a picture",
            "this workbench was started without pictures",
            "Have somebody who may see them open the case: palermo serve CASE",
        )
    with _AT_ONCE, desk.open() as case:
        view = case.picture(id, reason)
    headers = {"Palermo-Exposure": str(view.exposure)}
    return Response(view.content, media_type=view.media_type, headers=headers)
