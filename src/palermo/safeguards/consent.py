"""The register of consents: what somebody agreed to who gave evidence of their own will."""

import dataclasses
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from palermo.safeguards.refusal import Invalid
from palermo.safeguards.rules.consent import PUBLIC
from palermo.safeguards.rules.recipient import same_recipient
from palermo.store import catalogue as c


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A consent on record; `recipients` may be none: then nothing of it is shared."""

    number: int
    at: datetime
    giver: str
    purpose: str
    language: str
    age: str
    guardian: str | None
    preference: str | None
    recipients: list[str]
    given: datetime
    until: datetime | None
    withdrawn: datetime | None
    reason: str | None

    def over(self, at: datetime) -> str | None:
        """Return why it is in force no more, or None."""
        if self.withdrawn is not None:
            return f"consent {self.number} was withdrawn on {self.withdrawn:%Y-%m-%d}"
        if self.until is not None and at >= self.until:
            return f"consent {self.number} ended on {self.until:%Y-%m-%d %H:%M} UTC"
        return None

    def names(self, recipient: str) -> bool:
        return any(same_recipient(named, recipient) for named in self.recipients)


def load(connection: sa.Connection) -> dict[int, Consent]:
    columns = [c.consent.c[field.name] for field in dataclasses.fields(Consent)]
    rows = connection.execute(sa.select(*columns).order_by(c.consent.c.number)).mappings()
    return {row["number"]: Consent(**row) for row in rows}


def numbered(stated: str | None) -> str | None:
    """Return what is stated of consent in its one form: a plain number, or `PUBLIC`."""
    if stated is None or stated.strip().lower() == PUBLIC:
        return stated and PUBLIC
    if not stated.strip().isdecimal():
        why = f"{stated!r} is no consent"
        raise Invalid(
            "read the consent", why, f"Give its number, or `{PUBLIC}` for what is published"
        )
    return str(int(stated))


def why_not(register: Mapping[int, Consent], stated: str | None, at: datetime) -> str | None:
    """Return why the consent that is stated cannot be relied on, or None."""
    if stated is None or stated == PUBLIC:
        return None
    found = register.get(int(stated))
    return found.over(at) if found else f"the case has no consent {stated}"


def counted(connection: sa.Connection) -> dict[str, int]:
    """Return how many exhibits state each consent."""
    said = c.capture.c.statement["consent"].as_string()
    every = sa.select(said.label("said")).where(said.is_not(None)).subquery()
    query = sa.select(every.c.said, sa.func.count()).group_by(every.c.said)
    return {row[0]: row[1] for row in connection.execute(query)}


def held(connection: sa.Connection, at: datetime) -> dict[str, str]:
    """Return the exhibits that may be read no more, since their consent is over, and why.

    What somebody gave and has withdrawn is not read from a copy either that is called public; and
    what was taken out of it goes with it.
    """
    over = {str(n): told for n, one in load(connection).items() if (told := one.over(at))}
    if not over:
        return {}
    said = c.capture.c.statement["consent"].as_string()
    exhibits = sa.select(c.exhibit.c.id, c.exhibit.c.sha256, said.label("said")).join(
        c.capture, c.capture.c.exhibit == c.exhibit.c.id
    )
    rows = list(connection.execute(exhibits.where(said.in_(over))))
    why: dict[str, str] = {row.id: over[row.said] for row in rows}
    bytes_of = {row.sha256: over[row.said] for row in rows}
    copies = exhibits.where(said == PUBLIC, c.among(c.exhibit.c.sha256, bytes_of))
    why |= {row.id: bytes_of[row.sha256] for row in connection.execute(copies)}
    outer = list(why)
    while outer:
        inside = sa.select(c.exhibit.c.id, c.exhibit.c.parent)
        parts = connection.execute(inside.where(c.among(c.exhibit.c.parent, outer)))
        fresh = {row.id: why[row.parent] for row in parts if row.id not in why}
        why |= fresh
        outer = list(fresh)
    return why


def still_read(connection: sa.Connection, at: datetime) -> dict[str, str]:
    """Return the held exhibits of which a reading is still in the lake, and why they are held."""
    why = held(connection, at)
    if not why:
        return {}
    read = sa.select(c.reading.c.exhibit).where(c.among(c.reading.c.exhibit, why))
    return {exhibit: why[exhibit] for exhibit in connection.execute(read).scalars()}


def closed(connection: sa.Connection, recipient: str, at: datetime, sharing: str) -> dict[str, str]:
    """Return which exhibits may not go to a recipient, and why.

    Whatever the profile: what was given under a consent that does not name the recipient or is over,
    and copies of it that are called public. Where only what is consented is shared: what states
    nothing, too.
    """
    register = load(connection)
    if not register and sharing != "consented":
        return {}
    said = c.capture.c.statement["consent"].as_string()
    rows = connection.execute(
        sa.select(c.exhibit.c.id, c.exhibit.c.sha256, said.label("said")).join(
            c.capture, c.capture.c.exhibit == c.exhibit.c.id
        )
    ).all()
    told: dict[str, str] = {}
    given: dict[str, str] = {}
    for row in rows:
        if row.said is None and sharing == "consented":
            told[row.id] = "neither published nor given with consent"
        elif row.said is not None and row.said != PUBLIC:
            why = why_not(register, row.said, at)
            if why is None and not register[int(row.said)].names(recipient):
                why = f"consent {row.said} does not name this recipient"
            if why:
                told[row.id] = given[row.sha256] = why
    copies = {
        row.id: given[row.sha256] for row in rows if row.said == PUBLIC and row.sha256 in given
    }
    return told | copies
