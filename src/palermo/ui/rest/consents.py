"""Who agreed to what: the register of consents, a new one, and a withdrawal."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from palermo.answers import Consents
from palermo.ui.rest.desk import AtDesk

router = APIRouter(tags=["consents"])


class GivenConsent(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    giver: str = Field(max_length=40)  # the case's own reference, never a name
    purpose: str = Field(max_length=4000)
    language: str = Field(max_length=40)
    age: str = "unknown"  # adult, child, unknown; unknown counts as a child
    guardian: str | None = Field(None, max_length=400)
    preference: str | None = Field(None, max_length=400)
    recipients: list[str] = Field(default=[], max_length=100)
    given: str | None = Field(None, max_length=40)
    until: str | None = Field(None, max_length=40)


class Withdrawal(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    number: int
    reason: str = Field(max_length=4000)


@router.get("/consents")
def consents(desk: AtDesk) -> Consents:
    with desk.open() as case:
        return case.consents()


@router.post("/consent")
def consent(desk: AtDesk, body: GivenConsent) -> Consents:
    from palermo.safeguards.consenting import Given

    with desk.open() as case:
        return case.consent(Given(**body.model_dump()))


@router.post("/withdraw")
def withdraw(desk: AtDesk, body: Withdrawal) -> Consents:
    """Take out at once what rests on it: takes as long as linking the rest anew."""
    with desk.open() as case:
        return case.withdraw(body.number, body.reason)
