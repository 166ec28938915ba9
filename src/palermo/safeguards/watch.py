"""The register of watches: which exact values somebody watches, and for how long each watch runs."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from palermo.custody.log import Act
from palermo.safeguards.masking import without_numbers
from palermo.safeguards.permit import Permit
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.safeguards.rule import Authority
from palermo.store import catalogue as c
from palermo.store.case import Case

# What an authority that takes another's place must allow for its watches to go on.
ACT = "watch"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A watch on record. `tokens` are those of one value, which may be told in several ways."""

    number: int
    at: datetime
    actor: str
    kind: str
    tokens: list[str]
    how: str
    reason: str
    until: datetime | None
    authority: int
    ended: datetime | None
    ended_by: str | None
    why_ended: str | None

    def over(self, authorities: Sequence[Authority], at: datetime) -> str | None:
        """Return why it runs no more, or None. `authorities`: all of the case's, the newest last.

        What has ended with an authority does not begin again with the next.
        """
        if self.ended is not None:
            return f"{self.ended_by} ended it on {self.ended:%Y-%m-%d}"
        if self.until is not None and at >= self.until:
            return f"it was to run until {self.until:%Y-%m-%d %H:%M} UTC"
        own = {a.number: a for a in authorities}[self.authority]
        for later in (a for a in authorities if a.number > self.authority):
            if later.since > own.until:
                break
            if why := _not_covered(own, later):
                return f"authority {later.number} took the place of {own.number} and {why}"
            own = later
        if at >= own.until or own.number != authorities[-1].number:
            return f"authority {own.number} ended on {own.until:%Y-%m-%d %H:%M} UTC"
        return None


def _not_covered(own: Authority, later: Authority) -> str | None:
    if later.offence != own.offence:
        return f"is for {later.offence}"
    acts = later.scope.get("acts")
    return None if acts is None or ACT in acts else "covers no watching"


def load(connection: sa.Connection) -> dict[int, Watch]:
    columns = [c.watch.c[field.name] for field in dataclasses.fields(Watch)]
    rows = connection.execute(sa.select(*columns).order_by(c.watch.c.number)).mappings()
    return {row["number"]: Watch(**row) for row in rows}


def over(connection: sa.Connection, watches: Iterable[Watch], at: datetime) -> dict[int, str]:
    """Return by number why watches run no more; those that run are left out."""
    query = sa.select(c.authority).order_by(c.authority.c.number)
    authorities = [Authority(**row) for row in connection.execute(query).mappings()]
    told = {one.number: one.over(authorities, at) for one in watches}
    return {number: why for number, why in told.items() if why}


def record(
    case: Case,
    permit: Permit,
    tokens: Collection[str],
    how: str,
    stated: tuple[str, datetime | None],
) -> int:
    """Keep a watch, and return its number. `stated`: its reason, and until when it runs."""
    reason, until = stated
    row: dict[str, object] = {
        "at": permit.at,
        "actor": permit.actor,
        "kind": next(iter(tokens)).partition("~")[0],
        "tokens": sorted(tokens),
        "how": how,
        "reason": reason,
        "until": until,
        "authority": permit.authority.number,
    }
    with case.catalogue.write() as connection:
        running = load(connection)
        ended = over(connection, running.values(), permit.at)
        for one in running.values():
            if one.number not in ended and {*one.tokens} & {*tokens}:
                next_ = f"See it: palermo watch CASE; end it: palermo watch CASE --end {one.number}"
                raise Invalid("watch it", f"watch {one.number} is on it already", next_)
        insert = sa.insert(c.watch).values(**row, permit=permit.number)
        number: int = connection.execute(insert.returning(c.watch.c.number)).scalar_one()
        _log(case, connection, permit, number, row)
    return number


def end(case: Case, permit: Permit, number: int, reason: str) -> None:
    """Keep that somebody ended a watch; it stays on record."""
    what = f"end watch {number}"
    with case.catalogue.write() as connection:
        watches = load(connection)
        if number not in watches:
            raise NotFound(what, "the case has no such watch", "See: palermo watch CASE")
        if why := over(connection, [watches[number]], permit.at).get(number):
            raise Invalid(what, f"it runs no more: {why}", "See: palermo watch CASE")
        row: dict[str, object] = {
            "ended": permit.at,
            "ended_by": permit.actor,
            "why_ended": without_numbers(reason),
        }
        here = c.watch.c.number == number
        connection.execute(sa.update(c.watch).where(here).values(**row))
        _log(case, connection, permit, number, row)


def _log(
    case: Case, connection: sa.Connection, permit: Permit, number: int, row: dict[str, object]
) -> None:
    act = Act(
        act=ACT,
        actor=permit.actor,
        permit=permit.number,
        subject=f"watch {number}",
        detail={"number": number, **row},
        rows={"watch": [number]},
    )
    case.log.append(connection, act)
