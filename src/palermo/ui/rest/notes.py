"""A sourced observation, entered by hand."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from palermo.answers import Noted
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["notes"])


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    text: str = Field(min_length=1, max_length=100_000)
    time: str | None = Field(None, max_length=40)  # ISO 8601, as precise as known
    place: str | None = None
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    source: str | None = None
    given: str | None = Field(None, max_length=40)  # number of the consent, or "public"


@router.post("/note")
def note(desk: AtDesk, body: Note) -> Noted:
    with desk.open() as case:
        return case.note(**body.model_dump())
