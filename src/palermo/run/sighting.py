"""Holds what was newly read against the values that somebody watches: what is older is not read again."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from palermo.custody.log import Act
from palermo.safeguards import masking, watch
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.engine import Tables
from palermo.vocabulary import Kind

# A photograph bears its own hashes, beside the claims.
_HASHES = """SELECT id AS event, exhibit, unnest([
      'sha256:' || lower(replace(details['sha256'], 'sha256:', '')),
      'pdq:' || lower(replace(details['pdq'], 'pdq:', ''))]) AS value
    FROM events WHERE kind = 'photograph'"""


@dataclass(frozen=True, slots=True)
class Met:
    """One event in which a watched value was met; `claim` is None for a picture's own event."""

    watch: int
    event: str
    claim: str | None
    exhibit: str


def sight(case: Case, permit: Permit, but: int = 0) -> int:
    """Hold the claims that no watch was held against yet against the watches that run, `but` one;
    return how many sightings are new. Only the case's one writer may call it."""
    with case.catalogue.read() as connection:
        watches = watch.load(connection)
        watches.pop(but, None)
        over = watch.over(connection, watches.values(), permit.at)
        files = _unsought(connection)
    wanted = {t: n for n, one in watches.items() if n not in over for t in one.tokens}
    if not watches:
        return 0
    met = list(_met(case, files, wanted)) if files and wanted else []
    return _keep(case, permit, met, files)


def known(case: Case, permit: Permit, number: int) -> int:
    """Keep where a new watch's value was before it began, and return in how many events."""
    sight(case, permit, number)  # what waits to be sought is the other watches' news first
    with case.catalogue.read() as connection:
        wanted = dict.fromkeys(watch.load(connection)[number].tokens, number)
        f = c.lake_file.c
        query = sa.select(f.path, f.source).where(f.kind == "claims").order_by(f.path)
        files = {row.path: row.source for row in connection.execute(query)}
    return _keep(case, permit, list(_met(case, files, wanted)), files, known=True)


def _unsought(connection: sa.Connection) -> dict[str, str]:
    """Return files of claims that no watch was held against → the events they were read in."""
    f = c.lake_file.c
    query = sa.select(f.path, f.source).where(
        f.kind == "claims", f.path.not_in(sa.select(c.sought.c.path))
    )
    return {row.path: row.source for row in connection.execute(query.order_by(f.path))}


def _met(case: Case, files: Mapping[str, str], wanted: Mapping[str, int]) -> Iterator[Met]:
    """Give each event of some files once for each watch whose value it bears."""
    lists = {"claims": list(files), "events": sorted({*files.values()})}
    with closing(Tables(case.lake.folder, lists)) as tables:
        kinds = sorted({token.partition("~")[0] for token in wanted})
        values = tables.sql(
            "SELECT DISTINCT kind, value FROM claims WHERE kind IN (SELECT unnest(?))", [kinds]
        )
        watched = _watched(case.key, values.to_pylist(), wanted)
        rows = tables.sql(
            """SELECT kind, value, event, exhibit, min(id) AS claim FROM claims
               WHERE kind IN (SELECT unnest(?)) AND value IN (SELECT unnest(?))
               GROUP BY ALL ORDER BY event, claim""",
            [kinds, [value for _, value in watched]],
        ).to_pylist()
        if Kind.PICTURE in kinds:
            hashes = tables.sql(f"SELECT DISTINCT * FROM ({_HASHES}) ORDER BY event").to_pylist()
            shown = [{**row, "kind": str(Kind.PICTURE), "claim": None} for row in hashes]
            watched |= _watched(case.key, shown, wanted)
            rows += shown
    seen: set[tuple[int, str]] = set()
    for row in rows:
        number = watched.get((row["kind"], row["value"]))
        if number is not None and (number, row["event"]) not in seen:
            seen.add((number, row["event"]))
            yield Met(number, row["event"], row["claim"], row["exhibit"])


def _watched(
    key: bytes, values: Iterable[Mapping[str, Any]], wanted: Mapping[str, int]
) -> dict[tuple[str, str], int]:
    """Return those of the values that are watched, with their watch's number."""
    named = ((row["kind"], row["value"]) for row in values if row["value"] is not None)
    tokens = {name: masking.token(key, f"{name[0]}:{name[1]}") for name in named}
    return {name: wanted[token] for name, token in tokens.items() if token in wanted}


def _keep(
    case: Case, permit: Permit, met: list[Met], files: Mapping[str, str], known: bool = False
) -> int:
    """Keep what was met and is not on record; forget what was read anew and is there no more."""
    s = c.sighting.c
    with case.catalogue.write() as connection:
        here = sa.select(s.watch, s.event).where(c.among(s.event, {one.event for one in met}))
        kept = {(row.watch, row.event) for row in connection.execute(here)}
        fresh = [one for one in met if (one.watch, one.event) not in kept]
        read = sa.select(c.reading.c.exhibit)
        lost = sa.select(s.exhibit).where(s.exhibit.not_in(read)).distinct()
        gone = list(connection.execute(lost).scalars())
        connection.execute(sa.delete(c.sighting).where(c.among(s.exhibit, gone)))
        old = sa.select(c.lake_file.c.path)
        connection.execute(sa.delete(c.sought).where(c.sought.c.path.not_in(old)))
        there = set(connection.execute(sa.select(c.sought.c.path)).scalars())
        paths = [path for path in files if path not in there]
        if not (fresh or gone or paths):
            return 0
        last = max(
            connection.execute(sa.select(sa.func.max(s.number))).scalar() or 0,
            connection.execute(sa.select(sa.func.max(c.look.c.through))).scalar() or 0,
        )
        rows = [
            {
                "number": number,
                "watch": one.watch,
                "event": one.event,
                "claim": one.claim,
                "exhibit": one.exhibit,
                "known": int(known),
            }
            for number, one in enumerate(fresh, last + 1)
        ]
        if rows:
            connection.execute(sa.insert(c.sighting), rows)
        if paths:
            connection.execute(sa.insert(c.sought), [{"path": path} for path in paths])
        act = Act(
            act="sight",
            actor=permit.actor,
            permit=permit.number,
            detail={"files": len(paths), "sightings": len(rows), "known": known},
            rows={"sighting": [row["number"] for row in rows], "sought": paths},
        )
        case.log.append(connection, act)
    return len(rows)
