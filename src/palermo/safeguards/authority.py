"""The authority of a case: stated by whoever asks, approved by another, recorded for good."""

import dataclasses
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from palermo.custody.log import Act
from palermo.safeguards import profile as profiles
from palermo.safeguards.account import account
from palermo.safeguards.refusal import Invalid, Refused
from palermo.safeguards.rules.authority import same_person
from palermo.safeguards.rules.scope import KEYS, PICTURES
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import Offence

WHAT = "record the authority"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An authority as somebody states it; `safeguards/rules` say what each part decides.

    `necessity` may be left open where the profile only asks for it; `profile` is the case's, and
    `police` for a new case, unless another is named.
    """

    offence: str
    authority: str
    basis: str
    until: str
    approved_by: str
    necessity: str | None = None
    since: str | None = None
    scope: dict[str, Any] = dataclasses.field(default_factory=dict)
    profile: str | None = None


def check(grant: Grant, actor: str) -> dict[str, Any]:
    """Return a lawful grant as a row of the catalogue; raise with the reason for any other."""
    profile = profiles.load(grant.profile or profiles.DEFAULT)
    if grant.offence not in set(Offence):
        raise Invalid(WHAT, f"{grant.offence!r} is no offence", "Use trafficking or smuggling")
    _stated(grant, profile)
    if unknown := grant.scope.keys() - KEYS:
        known = ", ".join(sorted(KEYS))
        raise Invalid(WHAT, f"{sorted(unknown)} are no keys of a scope", f"Use: {known}")
    if any(same_person(grant.approved_by, who) for who in (actor, account())):
        raise Refused(
            WHAT,
            f"{grant.approved_by} cannot approve what {actor} requests",
            "Name another person: --approved-by NAME",
        )
    since = day(grant.since, "since") if grant.since else datetime.now(UTC)
    until = day(grant.until, "until")
    if until <= since:
        raise Refused(WHAT, f"it ends on {grant.until}, before it begins", "Give a later --until")
    for name in ("since", "until"):
        if name in grant.scope:
            day(grant.scope[name], f"scope {name}")
    _check_pictures(grant.scope)
    stated = dataclasses.asdict(grant)
    stated |= {"profile": profile.name, "necessity": grant.necessity or ""}
    return stated | {"since": since, "until": until, "requested_by": actor}


def _stated(grant: Grant, profile: profiles.Profile) -> None:
    """Raise if what the profile requires is left open, or anything given says nothing."""
    required = dict.fromkeys([*profiles.ALWAYS, *profile.requires])
    for name in (*required, *(name for name in profile.asks if name not in required)):
        said = getattr(grant, name)
        if said is None and name not in required:
            continue
        if said is None or not said.strip():
            option = "--" + name.replace("_", "-")
            raise Invalid(WHAT, f"it names no {name.replace('_', ' ')}", f"Give it: {option} TEXT")


def _check_pictures(scope: dict[str, Any]) -> None:
    """Raise where what is said of pictures could be read in two ways."""
    shown = scope.get("pictures", "shown")
    if shown not in PICTURES:
        raise Invalid(WHAT, f"pictures={shown} says nothing", f"Use: {', '.join(PICTURES)}")
    most = str(scope.get("exposure", 0))
    if not (most.isascii() and most.isdigit()):
        raise Invalid(WHAT, f"exposure={most} is no number", "Give pictures a day: exposure=50")


def day(written: str, what: str) -> datetime:
    """Read a date or time; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError as error:
        raise Invalid(f"read {what}", str(error), "Write dates as 2027-01-31") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def record(case: Case, row: dict[str, Any], actor: str) -> tuple[int, str]:
    """Keep an authority, and return its number and the log's head."""
    with case.catalogue.write() as connection:
        number: int = connection.execute(
            sa.insert(c.authority).values(**row).returning(c.authority.c.number)
        ).scalar_one()
        detail, rows = {**row, "number": number}, {"authority": [number]}
        act = Act(act="authority", actor=actor, detail=detail, rows=rows)
        last, head = case.log.append(connection, act)
    return number, f"{last}:{head}"
