"""Consent is recorded as it was given, and its withdrawal as it was made."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from palermo.custody.log import Act
from palermo.safeguards import consent
from palermo.safeguards.authority import day
from palermo.safeguards.permit import Permit
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.safeguards.rules.authority import same_person
from palermo.store import catalogue as c
from palermo.store.case import Case

WHAT = "record a consent"
AGES = ("adult", "child", "unknown")
# Digits that a reference may have; a telephone number has more.
DIGITS = 6


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A consent as somebody states it. Whose age is not known is treated as a child."""

    giver: str
    purpose: str
    language: str
    age: str = "unknown"
    guardian: str | None = None
    preference: str | None = None
    recipients: list[str] = dataclasses.field(default_factory=list)
    given: str | None = None
    until: str | None = None


def check(stated: Given, actor: str, at: datetime) -> dict[str, Any]:
    """Return a consent as a row of the catalogue; raise with the reason for what is none."""
    _reference(stated.giver)
    for name in ("purpose", "language"):
        if not getattr(stated, name).strip():
            raise Invalid(WHAT, f"it names no {name}", f"Give it: --{name} TEXT")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", stated.language):
        raise Invalid(WHAT, f"{stated.language!r} is no language", "Write a code: ro, vi, zh-Hant")
    if stated.age not in AGES:
        raise Invalid(WHAT, f"{stated.age!r} is no age band", f"Use {', '.join(AGES)}")
    _guarded(stated, actor)
    if not all(recipient.strip() for recipient in stated.recipients):
        raise Invalid(WHAT, "a recipient has no name", "Name each: --share-with RECIPIENT")
    given = day(stated.given, "given") if stated.given else at
    until = day(stated.until, "until") if stated.until else None
    if given > at:
        raise Invalid(WHAT, "it is dated in the future", "Record it when it is given")
    if until is not None and until <= given:
        raise Invalid(WHAT, "it ends before it begins", "Give a later --until")
    return dataclasses.asdict(stated) | {"at": at, "given": given, "until": until}


def _reference(giver: str) -> None:
    """Refuse what tells who somebody is: the register of consents must not."""
    next = "Choose a reference and keep elsewhere whose it is: --from W-07"
    if "@" in giver:
        raise Invalid(WHAT, "an e-mail or handle tells who gave it", next)
    if len(re.findall(r"\d", giver)) > DIGITS:
        raise Invalid(WHAT, "a telephone or document number tells who gave it", next)
    if not re.fullmatch(r"[\w./-]{2,24}", giver) or not re.search(r"[^\W\d_]", giver):
        raise Invalid(WHAT, f"{giver!r} is no reference: one word of letters and figures", next)
    if not re.search(r"\d", giver):
        raise Invalid(WHAT, "without a figure it may be a name, which tells who gave it", next)


def _guarded(stated: Given, actor: str) -> None:
    guardian = stated.guardian
    if guardian is None and stated.age != "adult":
        whom = (
            "a child" if stated.age == "child" else "somebody of unknown age, treated as a child,"
        )
        next = "Name who speaks for the child: --guardian WHO; for an adult say --age adult"
        raise Invalid(WHAT, f"{whom} cannot consent without a guardian or advocate", next)
    if guardian is None:
        return
    if not guardian.strip():
        raise Invalid(WHAT, "the guardian is not named", "Name who it is: --guardian WHO")
    if same_person(guardian, stated.giver) or same_person(guardian, actor):
        why = "a guardian is neither the giver nor who records the consent"
        raise Invalid(WHAT, why, "Name another person: --guardian WHO")


def record(case: Case, permit: Permit, row: dict[str, Any]) -> int:
    """Keep a consent, and return its number."""
    with case.catalogue.write() as connection:
        values = {**row, "permit": permit.number}
        number: int = connection.execute(
            sa.insert(c.consent).values(**values).returning(c.consent.c.number)
        ).scalar_one()
        _log(case, connection, permit, "consent", number, row)
    return number


def withdraw(case: Case, permit: Permit, number: int, reason: str) -> None:
    """Keep that a consent was withdrawn; what rests on it is taken out by whoever calls this."""
    what = f"withdraw consent {number}"
    if not reason.strip():
        raise Invalid(what, "nothing says how it was withdrawn", "Say it: --reason TEXT")
    with case.catalogue.write() as connection:
        found = consent.load(connection).get(number)
        if found is None:
            raise NotFound(what, "the case has no such consent", "See: palermo consent CASE")
        if found.withdrawn is not None:
            raise Invalid(
                what,
                f"{found.over(permit.at)}",
                "What still rests on it is taken out by: palermo run CASE",
            )
        here = c.consent.c.number == number
        values = {"withdrawn": permit.at, "reason": reason}
        connection.execute(sa.update(c.consent).where(here).values(**values))
        _log(case, connection, permit, "withdraw", number, values)


def _log(
    case: Case,
    connection: sa.Connection,
    permit: Permit,
    act: str,
    number: int,
    detail: Mapping[str, Any],
) -> None:
    case.log.append(
        connection,
        Act(
            act=act,
            actor=permit.actor,
            permit=permit.number,
            subject=f"consent {number}",
            detail={**detail, "number": number},
            rows={"consent": [number]},
        ),
    )
