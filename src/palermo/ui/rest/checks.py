"""Which of these identifiers occur, and where."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from palermo.answers import Checked
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["checks"])


class Check(BaseModel):
    model_config = ConfigDict(extra="forbid")

    lines: list[str] = Field(min_length=1, max_length=10_000)


@router.post("/check")
def check(desk: AtDesk, body: Check) -> Checked:
    with desk.open() as case:
        return case.check(body.lines)
