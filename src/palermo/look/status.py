"""Says how a case stands: under which authority, what it holds, what could not be read."""

import time

import sqlalchemy as sa

from palermo import answers
from palermo.custody import quarantine
from palermo.look import album
from palermo.look.query import Query
from palermo.review import waiting
from palermo.run import Counts, is_stale
from palermo.run.keeping import WHOLE
from palermo.safeguards import consent
from palermo.safeguards import profile as profiles
from palermo.safeguards.permit import Gate
from palermo.store import catalogue as c
from palermo.store.case import Case

# Kinds of problem that somebody can mend, and what waits on it can then be read; soonest first.
MENDABLE = ("decoder failed", "not understood", "mapping", "statement", "encrypted", "site")


def head(case: Case) -> str:
    """Return number and digest of the custody log's newest entry."""
    with case.catalogue.read() as connection:
        number, digest = case.log.head(connection)
    return f"{number}:{digest}"


def status(case: Case, gate: Gate, query: Query) -> answers.Status:
    authority = gate.authority()
    assert authority is not None
    with case.catalogue.read() as connection:
        size = connection.execute(sa.select(sa.func.sum(c.exhibit.c.size))).scalar()
        exhibits = _count(connection, c.exhibit)
        number, digest = case.log.head(connection)
        counts = {
            name: _count(connection, table)
            for name, table in (
                ("decisions", c.decision), ("persons", c.person), ("packages", c.package),
                ("problems", c.problem),
            )
        }  # fmt: skip
        read = connection.execute(sa.select(sa.func.count()).where(WHOLE)).scalar_one()
        still_read = len(consent.still_read(connection, gate.clock()))
        held = quarantine.held(connection).values()
        exposure = album.exposure(connection, gate.actor)
    return answers.Status(
        at_risk=waiting.counted(query)[1],
        case=case.about["name"],
        offence=authority.offence,
        authority=authority.authority,
        basis=authority.basis,
        necessity=authority.necessity_told,
        scope=authority.scope_told,
        profile=authority.profile,
        profile_says=profiles.load(authority.profile).says,
        until=authority.until.date(),
        approved_by=authority.approved_by,
        approval="claimed",
        exhibits=exhibits,
        bytes=int(size or 0),
        pending=exhibits - read - len(query.withheld) + still_read,
        withheld=len(query.withheld),
        events=query.by_kind("events"),
        claims=query.by_kind("claims"),
        links=query.by_kind("links"),
        findings=query.by_kind("findings"),
        identities=query.count("identities"),
        run=query.run,
        stale=is_stale(case),
        custody_entries=number,
        head=f"{number}:{digest}",
        pictures=authority.scope.get("pictures", "shown"),
        exposure=exposure,
        quarantined=[row.number for row in held],
        duty=quarantine.duty(case, (row.list for row in held)),
        **counts,
    )


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def problems(case: Case, query: Query, limit: int, offset: int) -> list[answers.Problem]:
    """Return what could not be read, what can be mended first."""
    p, x = c.problem.c, c.exhibit.c
    mendable = {kind: at for at, kind in enumerate(MENDABLE)}
    wanted = (
        sa.select(c.problem, x.number.label("exhibit_number"), x.name)
        .join(c.exhibit, x.id == p.exhibit)
        .order_by(sa.case(mendable, value=p.kind, else_=len(MENDABLE)), x.number, p.locator, p.id)
        .limit(limit)
        .offset(offset)
    )
    with case.catalogue.read() as connection:
        rows = [dict(row) for row in connection.execute(wanted).mappings()]
    names = query.file_names(
        [{"id": row["exhibit"], "name": row["name"], "origin": ""} for row in rows]
    )
    return [answers.Problem(**row | {"name": names[row["exhibit"]]["name"]}) for row in rows]


def seen(case: Case, run: int) -> dict[str, int]:
    """Return how many links, findings and the like a run has seen, by kind."""
    f = c.lake_file.c
    query = sa.select(f.kind, sa.func.sum(f.rows)).where(f.run == run).group_by(f.kind)
    with case.catalogue.read() as connection:
        return {kind: int(rows) for kind, rows in connection.execute(query)}


def ran(case: Case, query: Query, run: int, counts: Counts) -> answers.Ran:
    """Say what a run has done, and how it left the case."""
    rows = seen(case, run)
    none = sa.select(sa.func.count()).where(c.reading.c.method.is_(None))
    with case.catalogue.read() as connection:
        told = _count(connection, c.problem)
        not_understood = connection.execute(none).scalar_one()
    return answers.Ran(
        run=run,
        exhibits=counts.exhibits,
        events=counts.events,
        claims=counts.claims,
        links=rows.get("links", 0),
        identities=query.count("identities"),
        findings=rows.get("findings", 0),
        problems=told,
        not_understood=not_understood,
        seconds=round(time.monotonic() - counts.started, 3),
    )
