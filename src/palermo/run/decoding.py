"""The first step of a run: decode the exhibits that are new, or whose reading is out of date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from palermo import stages
from palermo.custody import known, quarantine, sealing, withheld
from palermo.custody.hash_only import HashOnly, only_hashes
from palermo.custody.quarantine import Held
from palermo.decode.decoder import Context
from palermo.progress import Progress
from palermo.run.counts import Counts
from palermo.run.keeping import keep_bucket, keep_section
from palermo.run.prints import Prints
from palermo.run.sections import SECTION_BYTES, divide
from palermo.safeguards.known import KnownList
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store import references
from palermo.store.case import Case
from palermo.store.engine import Engine
from palermo.vocabulary import Capture, Problem, Statement, identify

BUCKET_BYTES = 8 << 20
BUCKET_EXHIBITS = 64


def _mapping(row: dict[str, Any]) -> str | None:
    named: str | None = row["statement"].get("mapping")
    return named


def _pending(connection: sa.Connection, prints: Prints, at: datetime) -> list[dict[str, Any]]:
    """Return exhibits to read: the new ones, and whole buckets of which a reading is out of date;
    never what is withheld."""
    readings = {r.exhibit: r for r in connection.execute(sa.select(c.reading))}
    exhibits = sealing.load(connection)
    stale = {
        reading.bucket
        for row in exhibits
        if (reading := readings.get(row["id"]))
        and prints.of(reading.method, _mapping(row)) != reading.version
    }
    held = withheld.withheld(connection, at)
    return [
        row
        for row in exhibits
        if row["id"] not in held
        and (row["id"] not in readings or readings[row["id"]].bucket in stale)
    ]


def _buckets(pending: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Group exhibits that are read in one job; those of another mapping apart, since they share
    the fate of becoming out of date."""
    bucket: list[dict[str, Any]] = []
    size = 0
    for row in sorted(pending, key=lambda row: _mapping(row) or ""):
        if bucket and _mapping(row) != _mapping(bucket[0]):
            yield bucket
            bucket, size = [], 0
        if bucket and (size + row["size"] > BUCKET_BYTES or len(bucket) >= BUCKET_EXHIBITS):
            yield bucket
            bucket, size = [], 0
        bucket.append(row)
        size += row["size"]
    if bucket:
        yield bucket


def decode(case: Case, permit: Permit, progress: Progress, counts: Counts, engine: Engine) -> None:
    """Read every pending exhibit, and the exhibits taken out of them, until none is left.

    Known material goes into quarantine, what is finished is kept, and `KnownMaterial` is raised.
    """
    scope = permit.authority.scope
    withheld.take_out(case, permit)
    with case.catalogue.write() as connection:
        case.lake.forget_lost(connection)
        saved = references.load(connection)
    prints = Prints(saved, scope)
    lists = known.load(case)
    make = partial(_decode_job, case, saved=saved, scope=scope, lists=lists)
    while True:
        with case.catalogue.read() as connection:
            pending = _pending(connection, prints, permit.at)
        if not pending:
            return
        large = [make([row]) for row in pending if row["size"] > SECTION_BYTES]
        parted = divide(case, large, prints, engine)
        whole = [row for row in pending if row["id"] not in parted]
        jobs = [make(rows) for rows in _buckets(whole)]
        jobs += [job for part in parted.values() for job in part.jobs]
        sizes = {row["id"]: row["size"] for row in pending}
        total = sum(sizes.values())
        done = total - sum(_bytes(job, sizes) for job in jobs)
        rows = {row["id"]: row for row in pending}
        for job, decoded in engine.do(stages.decode, jobs, total):
            held = [h for r in decoded.reads for h in _seal_parts(case, permit, rows[r.exhibit], r)]
            if matches := {read.exhibit: read.match for read in decoded.reads if read.match}:
                held += quarantine.hold(case, permit, matches)  # its bucket is read without it
            elif job.section:
                part = parted[decoded.reads[0].exhibit]
                part.left -= 1
                keep_section(case, permit, job, decoded, part.version, part.left == 0)
            else:
                keep_bucket(case, permit, job, decoded, prints)
            if held:
                raise quarantine.stop(case, "run", held)
            counts.exhibits += sum(
                not job.section or parted[r.exhibit].left == 0 for r in decoded.reads
            )
            counts.events += sum(read.events for read in decoded.reads)
            done += _bytes(job, sizes)
            progress("decode", done, total)


def _bytes(job: stages.DecodeJob, sizes: Mapping[str, int]) -> int:
    """Return how many bytes a job reads."""
    if job.section:
        return job.section.end - job.section.first
    return sum(sizes[context.exhibit] for _, context in job.exhibits)


def _decode_job(
    case: Case,
    rows: list[dict[str, Any]],
    *,
    saved: dict[str, Any],
    scope: Mapping[str, Any],
    lists: Sequence[KnownList],
) -> stages.DecodeJob:
    contexts = [
        Context(
            exhibit=row["id"],
            name=row["name"],
            statement=Statement(**row["statement"]),
            mappings=saved["mapping"],
            sites=saved["site"],
        )
        for row in rows
    ]
    return stages.DecodeJob(
        bucket=identify("b", *(row["id"] for row in rows)),
        exhibits=[(case.vault.path(r["sha256"]), x) for r, x in zip(rows, contexts, strict=True)],
        scope=scope,
        lake=case.lake.folder,
        drafts=case.folder / "vault" / "drafts",
        known=lists,
    )


def _seal_parts(
    case: Case, permit: Permit, parent: dict[str, Any], read: stages.Read
) -> list[Held]:
    """Seal what was taken out of an exhibit; return what of it went into quarantine."""
    if not read.parts:
        return []
    statement = Statement(**(parent["statement"] | {"mapping": None}))
    captures = [
        Capture(
            origin=f"{parent['origin']}#{locator}/{name}",
            name=_file_name(name),
            open=partial(_opened, draft),
            method=f"taken out of an exhibit by {read.decoder}",
            captured=parent["captured"],
            statement=statement,
            within=(parent["id"], locator),
        )
        for name, locator, draft in read.parts
    ]
    refused: list[str] = []
    taken: Iterable[Capture] = captures
    if only_hashes(permit.authority):
        taken = HashOnly(case, permit, refused).captures(captures)
    try:
        return sealing.seal(case, permit, taken, halt=False).held
    finally:
        read.problems += [Problem(locator="", kind="not taken", message=why) for why in refused]
        for _, _, draft in read.parts:
            draft.unlink()


def _file_name(name: str) -> str:
    """Return a part's own name; an address is kept whole, since others refer to it."""
    return name if "://" in name else name.replace("\\", "/").rsplit("/", 1)[-1] or name


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")
