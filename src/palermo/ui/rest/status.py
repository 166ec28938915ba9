"""What the case holds and whether it stands: status and verify."""

from fastapi import APIRouter

from palermo.answers import Status, Verified
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["status"])


@router.get("/status")
def status(desk: AtDesk) -> Status:
    with desk.open() as case:
        return case.status()


@router.get("/verify")
def verify(desk: AtDesk) -> Verified:
    """Read every sealed byte again: takes as long as that takes."""
    with desk.open() as case:
        return case.verify()
