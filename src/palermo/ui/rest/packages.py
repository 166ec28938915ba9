"""What leaves: the formats there are, and a package written in one of them."""

import inspect

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from palermo.answers import Preview, Shared
from palermo.ui.rest.desk import AtDesk
from palermo.wiring import plugins

router = APIRouter(tags=["packages"])


class FormatName(BaseModel):
    name: str
    writes: str


class Share(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    format: str = Field(min_length=1)
    to: str = Field(min_length=1, max_length=400)
    purpose: str = Field(min_length=1, max_length=4000)


@router.get("/formats")
def formats(desk: AtDesk) -> list[FormatName]:
    return [
        FormatName(name=name, writes=(inspect.getdoc(type(plugin)) or name).splitlines()[0])
        for name, plugin in plugins("formats").items()
    ]


@router.post("/preview")
def preview(desk: AtDesk, body: Share) -> Preview:
    """Say what a package would hold; nothing is written."""
    with desk.open() as case:
        return case.preview(body.format, to=body.to, purpose=body.purpose)


@router.post("/share")
def share(desk: AtDesk, body: Share) -> Shared:
    with desk.open() as case:
        return case.share(body.format, to=body.to, purpose=body.purpose)
