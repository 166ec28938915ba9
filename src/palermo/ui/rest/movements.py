"""Where identities were, when, and what contradicts it."""

from fastapi import APIRouter

from palermo.answers import Movements
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["movements"])


@router.get("/movements")
def movements(desk: AtDesk, id: str | None = None) -> Movements:
    with desk.open() as case:
        return case.movements(id)
