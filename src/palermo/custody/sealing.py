"""From a capture to an exhibit: the bytes into the vault, then the rows and the log in one go."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from palermo.custody.log import Act
from palermo.custody.vault import UnreadableError
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import Capture, Exhibit, Statement, identify

# Captures a transaction: each commit waits for the disk.
GROUP = 64


@dataclass(slots=True)
class Sealed:
    """What sealing did."""

    exhibits: list[Exhibit] = field(default_factory=list)
    known: int = 0
    size: int = 0
    unread: list[str] = field(default_factory=list)  # what could not be read, and why


def exhibit_id(sha256: str, origin: str) -> str:
    return identify("x", sha256, origin)


def seal(case: Case, permit: Permit, captures: Iterable[Capture]) -> Sealed:
    """Seal captures as exhibits; those that cannot be read are named when all others are sealed.

    What an interrupt leaves undone is done by the same command again: bytes without a row are
    sealed under the same name, rows without bytes cannot be.
    """
    done = Sealed()
    group: list[tuple[Exhibit, Capture]] = []
    try:
        for capture in captures:
            try:
                sha256, size = _into_vault(case, capture)
            except UnreadableError as error:
                done.unread.append(f"{capture.origin}: {error.strerror or error}")
                continue
            done.size += size
            exhibit = Exhibit(
                id=exhibit_id(sha256, capture.origin),
                sha256=sha256,
                size=size,
                origin=capture.origin,
                name=capture.name,
                parent=capture.within[0] if capture.within else None,
                statement=capture.statement,
            )
            group.append((exhibit, capture))
            if len(group) >= GROUP:
                _record(case, permit, group, done)
                group = []
    finally:
        _record(case, permit, group, done)
    return done


def _into_vault(case: Case, capture: Capture) -> tuple[str, int]:
    try:
        source = capture.open()
    except OSError as error:
        raise UnreadableError(*error.args) from error
    with source:
        return case.vault.seal(source)


def _record(
    case: Case,
    permit: Permit,
    group: list[tuple[Exhibit, Capture]],
    done: Sealed,
) -> None:
    if not group:
        return
    with case.catalogue.write() as connection:
        ids = [exhibit.id for exhibit, _ in group]
        there = sa.select(c.exhibit.c.id).where(c.exhibit.c.id.in_(ids))
        known = set(connection.execute(there).scalars())
        fresh = {e.id: (e, capture) for e, capture in group if e.id not in known}
        now = datetime.now(UTC)
        if fresh:
            connection.execute(
                sa.insert(c.exhibit),
                [_row(e, capture) for e, capture in fresh.values()],
            )
            connection.execute(
                sa.insert(c.capture),
                [
                    {
                        "exhibit": e.id,
                        "at": now,
                        "captured": capture.captured,
                        "method": capture.method,
                        "statement": dataclasses.asdict(e.statement),
                        "permit": permit.number,
                    }
                    for e, capture in fresh.values()
                ],
            )
            acts = [_act(e, capture, permit) for e, capture in fresh.values()]
            case.log.append(connection, *acts)
    done.exhibits += [e for e, _ in fresh.values()]
    done.known += len(group) - len(fresh)


def _row(exhibit: Exhibit, capture: Capture) -> dict[str, Any]:
    names = ("id", "sha256", "size", "origin", "name", "parent")
    row = {name: getattr(exhibit, name) for name in names}
    return row | {"locator": capture.within[1] if capture.within else None}


def _act(exhibit: Exhibit, capture: Capture, permit: Permit) -> Act:
    return Act(
        act="seal",
        actor=permit.actor,
        permit=permit.number,
        subject=exhibit.id,
        detail={
            "sha256": exhibit.sha256,
            "size": exhibit.size,
            "origin": exhibit.origin,
            "method": capture.method,
            "statement": dataclasses.asdict(exhibit.statement),
            "parent": exhibit.parent,
        },
        rows={"exhibit": [exhibit.id], "capture": [exhibit.id]},
    )


def load(connection: sa.Connection, ids: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Return exhibits with their acquisition, in order of number."""
    query = (
        sa.select(
            c.exhibit,
            c.capture.c.at,
            c.capture.c.captured,
            c.capture.c.method,
            c.capture.c.statement,
            c.permit.c.actor,
        )
        .join(c.capture, c.capture.c.exhibit == c.exhibit.c.id)
        .join(c.permit, c.permit.c.number == c.capture.c.permit)
        .order_by(c.exhibit.c.number)
    )
    if ids is not None:
        query = query.where(c.among(c.exhibit.c.id, ids))
    return [dict(row) for row in connection.execute(query).mappings()]


def exhibit_of(row: dict[str, Any]) -> Exhibit:
    return Exhibit(
        id=row["id"],
        sha256=row["sha256"],
        size=row["size"],
        origin=row["origin"],
        name=row["name"],
        parent=row["parent"],
        statement=Statement(**row["statement"]),
    )
