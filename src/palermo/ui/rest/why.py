"""The way back from anything to the sealed bytes."""

from fastapi import APIRouter

from palermo.answers import Why
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["why"])


@router.get("/why")
def why(desk: AtDesk, id: str) -> Why:
    with desk.open() as case:
        return case.why(id)
