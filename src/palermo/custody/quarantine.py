"""Quarantine: what matches known material stays sealed, and nobody opens, reads or shows it again.

Whatever opens sealed bytes for reading asks `refuse_held` first; nothing lifts a quarantine.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from palermo.custody import known
from palermo.custody.forgetting import forget
from palermo.custody.log import Act
from palermo.custody.vault import CHUNK
from palermo.progress import Progress
from palermo.safeguards.known import (
    DUTY,
    KnownList,
    Match,
    match_bytes,
    match_picture,
    wanted,
)
from palermo.safeguards.permit import Permit
from palermo.safeguards.refusal import Refused
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import identify

NAME = "in quarantine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An exhibit in quarantine; `container` is the number of the exhibit it was taken out of."""

    exhibit: str
    number: int
    sha256: str
    list: str
    kind: str
    container: int | None


class KnownMaterial(Refused):
    """Work stopped at known material: says where, and the duty to report."""

    def __init__(self, what: str, why: str, duty: str) -> None:
        super().__init__(what, why, duty, "known_material")


def is_held(connection: sa.Connection, exhibit: str) -> bool:
    here = sa.select(c.quarantine.c.exhibit).where(c.quarantine.c.exhibit == exhibit)
    return connection.execute(here).first() is not None


def held(connection: sa.Connection) -> dict[str, Held]:
    """Return by id every exhibit in quarantine, in order of number."""
    container = c.exhibit.alias()
    query = (
        sa.select(
            c.quarantine.c.exhibit,
            c.quarantine.c.list,
            c.quarantine.c.kind,
            c.exhibit.c.number,
            c.exhibit.c.sha256,
            container.c.number.label("container"),
        )
        .join(c.exhibit, c.exhibit.c.id == c.quarantine.c.exhibit)
        .join(container, container.c.id == c.exhibit.c.parent, isouter=True)
        .order_by(c.exhibit.c.number)
    )
    return {row["exhibit"]: Held(**row) for row in connection.execute(query).mappings()}


def refuse_held(case: Case, what: str, exhibit: str) -> None:
    """Raise `KnownMaterial` if an exhibit is in quarantine."""
    with case.catalogue.read() as connection:
        found = held(connection).get(exhibit) if is_held(connection, exhibit) else None
    if found:
        raise stop(case, what, [found])


def stop(case: Case, what: str, found: Iterable[Held]) -> KnownMaterial:
    """Return the error that tells of exhibits in quarantine, and the lists' duty to report."""
    rows = list(found)
    told = ", ".join(_told(row) for row in rows[:20])
    more = f" and {len(rows) - 20} more" if len(rows) > 20 else ""
    why = f"known material: {told}{more} {'is' if len(rows) == 1 else 'are'} in quarantine"
    return KnownMaterial(what, why, duty(case, (row.list for row in rows)))


def _told(row: Held) -> str:
    container = f", taken out of exhibit {row.container}" if row.container else ""
    return f"exhibit {row.number} (SHA-256 {row.sha256}, list {row.list}, by {row.kind}{container})"


def duty(case: Case, names: Iterable[str]) -> str:
    """Return the duty to report as the lists state it; in general words for a list that is gone."""
    stated = known.duties(case)
    return " ".join(dict.fromkeys(stated.get(name, DUTY) for name in sorted({*names})))


def record(
    case: Case, connection: sa.Connection, permit: Permit, matches: Mapping[str, Match]
) -> None:
    """Put exhibits in quarantine in this transaction: row, problem and log entry."""
    if not matches:
        return
    ids = sorted(matches)
    now = datetime.now(UTC)
    connection.execute(
        sa.insert(c.quarantine),
        [
            {
                "exhibit": id,
                "at": now,
                "list": matches[id].list,
                "kind": matches[id].kind,
                "permit": permit.number,
            }
            for id in ids
        ],
    )
    _set_problems(connection, ids)
    acts = [
        Act(
            act="quarantine",
            actor=permit.actor,
            permit=permit.number,
            subject=id,
            detail={"list": matches[id].list, "kind": matches[id].kind},
            rows={"quarantine": [id], "problem": [id]},
        )
        for id in ids
    ]
    case.log.append(connection, *acts)


def _set_problems(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Tell of exhibits that they are in quarantine, in place of whatever was told of them."""
    x = c.exhibit.c
    rows = connection.execute(sa.select(x.id, x.sha256).where(c.among(x.id, ids)))
    sha256 = {row.id: row.sha256 for row in rows}
    connection.execute(sa.delete(c.problem).where(c.among(c.problem.c.exhibit, ids)))
    connection.execute(
        sa.insert(c.problem),
        [
            {
                "id": identify("p", id, "", NAME, sha256[id]),
                "exhibit": id,
                "locator": "",
                "kind": NAME,
                "message": f"known material, sealed and not read: SHA-256 {sha256[id]}",
                "count": 1,
            }
            for id in ids
        ],
    )


def hold(case: Case, permit: Permit, matches: Mapping[str, Match]) -> list[Held]:
    """Put sealed exhibits in quarantine, with all that holds the same bytes or was taken out of
    them, and take what was read in them out of the lake and the index; return the new ones.

    What lay in a file with them is read again without them. Only the case's one writer may call it.
    """
    if not matches:
        return []
    with case.catalogue.write() as connection:
        already = held(connection)
        fresh = {id: m for id, m in _with_kin(connection, matches).items() if id not in already}
        forget(case, connection, fresh)
        record(case, connection, permit, fresh)
        found = [row for id, row in held(connection).items() if id in fresh]
    with case.catalogue.read() as connection:
        case.lake.sweep(connection)
    return found


def sought(case: Case, lists: Sequence[KnownList], progress: Progress) -> dict[str, Match]:
    """Return by exhibit what of the case matches lists: its bytes by their digests, read again where
    the lists have other digests than SHA-256, and its pictures by the hashes that were read."""
    with case.catalogue.read() as connection:
        here = sa.select(c.exhibit.c.id, c.exhibit.c.sha256).order_by(c.exhibit.c.number)
        exhibits = connection.execute(here).all()
    kinds = wanted(lists)
    matched: dict[str, Match | None] = {}
    for done, sha256 in enumerate(blobs := sorted({row.sha256 for row in exhibits}), 1):
        digests = {"sha256": sha256}
        blob = case.vault.path(sha256)
        if kinds and blob.is_file():
            digests |= _digests(blob, kinds)
        matched[sha256] = match_bytes(lists, digests)
        progress("match", done, len(blobs))
    found = {row.id: match for row in exhibits if (match := matched[row.sha256])}
    tables = case.tables()
    try:
        seen = tables.sql(
            """SELECT exhibit, details FROM events
               WHERE details['pdq'] IS NOT NULL OR details['sha256'] IS NOT NULL"""
        ).to_pylist()
    finally:
        tables.close()
    for row in seen:
        if row["exhibit"] not in found and (m := match_picture(lists, dict(row["details"]))):
            found[row["exhibit"]] = m
    return found


def _digests(blob: Path, kinds: Sequence[str]) -> dict[str, str]:
    hashes = {kind: hashlib.new(kind, usedforsecurity=False) for kind in kinds}
    with blob.open("rb") as source:
        while chunk := source.read(CHUNK):
            for digest in hashes.values():
                digest.update(chunk)
    return {kind: digest.hexdigest() for kind, digest in hashes.items()}


def _with_kin(connection: sa.Connection, matches: Mapping[str, Match]) -> dict[str, Match]:
    """Add what holds the same bytes as a match, and what was taken out of any of these."""
    x = c.exhibit.c
    bytes_of = connection.execute(sa.select(x.id, x.sha256).where(c.among(x.id, matches))).all()
    by_bytes = {row.sha256: matches[row.id] for row in bytes_of}
    same = connection.execute(sa.select(x.id, x.sha256).where(c.among(x.sha256, by_bytes))).all()
    found = {row.id: by_bytes[row.sha256] for row in same} | dict(matches)
    above = dict(found)
    while above:
        inside = connection.execute(sa.select(x.id, x.parent).where(c.among(x.parent, above)))
        above = {
            row.id: Match(list=above[row.parent].list, kind="container", digest="")
            for row in inside
            if row.id not in found
        }
        found |= above
    return found
