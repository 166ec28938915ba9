"""From a capture to an exhibit: the bytes into the vault, then the rows and the log in one go."""

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO

import sqlalchemy as sa

from palermo.custody import known, quarantine
from palermo.custody.log import Act
from palermo.custody.quarantine import Held
from palermo.custody.vault import UnreadableError
from palermo.safeguards.known import KnownList, Match, match_bytes, wanted
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
    unread: list[str] = field(
        default_factory=list
    )  # what could not be read or sealed as stated, and why
    held: list[Held] = field(default_factory=list)  # what went into quarantine


@dataclass(frozen=True, slots=True)
class _Taken:
    """A capture whose bytes are in the vault, and what they match of known material."""

    exhibit: Exhibit
    capture: Capture
    match: Match | None


def exhibit_id(sha256: str, origin: str) -> str:
    return identify("x", sha256, origin)


def seal(case: Case, permit: Permit, captures: Iterable[Capture], halt: bool = True) -> Sealed:
    """Seal captures as exhibits; those that cannot be read are named when all others are sealed.

    What an interrupt leaves undone is done by the same command again: bytes without a row are
    sealed under the same name, rows without bytes cannot be. Known material goes into quarantine in
    the transaction that makes it an exhibit; with `halt` nothing after it is taken, and
    `KnownMaterial` is raised when what came before is kept.
    """
    done = Sealed()
    group: list[_Taken] = []
    lists = known.load(case)
    try:
        for capture in captures:
            try:
                taken = _into_vault(case, capture, lists)
            except UnreadableError as error:
                done.unread.append(f"{capture.origin}: {error.strerror or error}")
                continue
            done.size += taken.exhibit.size
            group.append(taken)
            if taken.match or len(group) >= GROUP:
                _record(case, permit, group, done)
                group = []
            if halt and done.held:
                break
    finally:
        _record(case, permit, group, done)
    if halt and done.held:
        raise quarantine.stop(case, "seal", done.held)
    return done


def _into_vault(case: Case, capture: Capture, lists: Sequence[KnownList]) -> _Taken:
    try:
        source = capture.open()
    except OSError as error:
        raise UnreadableError(*error.args) from error
    with source:
        read = Digesting(source, wanted(lists))
        sha256, size = case.vault.seal(read)  # type: ignore[arg-type]
    exhibit = Exhibit(
        id=exhibit_id(sha256, capture.origin),
        sha256=sha256,
        size=size,
        origin=capture.origin,
        name=capture.name,
        parent=capture.within[0] if capture.within else None,
        statement=capture.statement,
    )
    return _Taken(exhibit, capture, match_bytes(lists, {"sha256": sha256, **read.digests()}))


class Digesting:
    """A stream that digests what is read from it, by each of `kinds` ("md5", "sha1", ...)."""

    def __init__(self, source: BinaryIO, kinds: Iterable[str]) -> None:
        self._source = source
        self._hashes = {kind: hashlib.new(kind, usedforsecurity=False) for kind in kinds}

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        for digest in self._hashes.values():
            digest.update(chunk)
        return chunk

    def digests(self) -> dict[str, str]:
        return {kind: digest.hexdigest() for kind, digest in self._hashes.items()}


def _record(case: Case, permit: Permit, group: Sequence[_Taken], done: Sealed) -> None:
    if not group:
        return
    with case.catalogue.write() as connection:
        ids = [taken.exhibit.id for taken in group]
        query = sa.select(c.exhibit.c.id).where(c.exhibit.c.id.in_(ids))
        there = set(connection.execute(query).scalars())
        fresh = {t.exhibit.id: (t.exhibit, t.capture) for t in group if t.exhibit.id not in there}
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
        done.unread += _under_other_consent(connection, group, there)
        matches = {t.exhibit.id: t.match for t in group if t.match and t.exhibit.id in fresh}
        done.held += _held(case, connection, permit, fresh, matches)
    done.exhibits += [e for e, _ in fresh.values()]
    done.known += len(group) - len(fresh)


def _under_other_consent(
    connection: sa.Connection, group: Sequence[_Taken], known: set[str]
) -> Iterator[str]:
    """Tell of known exhibits that were sealed under another consent than is stated now: what was
    stated at sealing stands."""
    said = c.capture.c.statement["consent"].as_string()
    query = sa.select(c.capture.c.exhibit, said).where(c.among(c.capture.c.exhibit, known))
    stated = {row[0]: row[1] for row in connection.execute(query)}
    for taken in group:
        before = stated.get(taken.exhibit.id)
        if taken.exhibit.id in known and taken.exhibit.statement.consent not in (None, before):
            under = f"consent {before}" if before else "no consent"
            yield (
                f"{taken.exhibit.origin}: it is sealed already, under {under}. To add it under another, "
                "give it an origin of its own: --origin TEXT"
            )


def _held(
    case: Case,
    connection: sa.Connection,
    permit: Permit,
    fresh: Mapping[str, tuple[Exhibit, Capture]],
    matches: Mapping[str, Match],
) -> list[Held]:
    """Put new exhibits that match, or that hold the same bytes as one in quarantine, there too."""
    there = {
        held.sha256: Match(list=held.list, kind=held.kind, digest="")
        for held in quarantine.held(connection).values()
    }
    same = {id: there[e.sha256] for id, (e, _) in fresh.items() if e.sha256 in there}
    found = same | dict(matches)
    quarantine.record(case, connection, permit, found)
    return [held for id, held in quarantine.held(connection).items() if id in found]


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
