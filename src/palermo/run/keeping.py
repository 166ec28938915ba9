"""Keeps what a job has read: files, readings, problems and the log's entries, at once."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from palermo import __version__, stages, wiring
from palermo.custody.log import Act
from palermo.run.prints import Prints
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import Problem, identify

DIGITS = re.compile(r"\d+")
IN_PART = "in part: "  # leads a reading's version while sections of its exhibit are to be read
WHOLE = ~c.reading.c.version.startswith(IN_PART)


def keep_bucket(
    case: Case,
    permit: Permit,
    job: stages.DecodeJob,
    decoded: stages.Decoded,
    prints: Prints,
) -> None:
    """Put a bucket's reading in place of all earlier readings of its exhibits."""
    mappings = {context.exhibit: context.statement.mapping for _, context in job.exhibits}
    with case.catalogue.write() as connection:
        _let_go(connection, [read.exhibit for read in decoded.reads], job.bucket)
        for file in decoded.files:
            case.lake.publish(connection, file, bucket=job.bucket)
        connection.execute(
            sa.insert(c.reading),
            [
                {
                    "exhibit": read.exhibit,
                    "bucket": job.bucket,
                    "method": read.decoder,
                    "version": prints.of(read.decoder, mappings[read.exhibit]),
                }
                for read in decoded.reads
            ],
        )
        _tell(case, connection, permit, decoded)


def keep_section(
    case: Case,
    permit: Permit,
    job: stages.DecodeJob,
    decoded: stages.Decoded,
    version: str,
    last: bool,
) -> None:
    """Put a section's reading beside those of the exhibit's other sections; the first takes the
    place of all earlier readings, and with the `last` the exhibit is read."""
    assert job.section is not None
    [read] = decoded.reads
    r = c.reading.c
    with case.catalogue.write() as connection:
        begun = sa.select(r.version).where(r.exhibit == read.exhibit)
        if connection.execute(begun).scalar() != IN_PART + version:
            _let_go(connection, [read.exhibit], job.bucket)
            row = {"exhibit": read.exhibit, "bucket": job.bucket, "method": read.decoder}
            connection.execute(sa.insert(c.reading), row | {"version": IN_PART + version})
        for file in decoded.files:
            about = {"bucket": job.bucket, "source": job.section.name, "version": version}
            case.lake.publish(connection, file, **about)
        if last:
            whole = sa.update(c.reading).where(r.exhibit == read.exhibit)
            connection.execute(whole.values(version=version))
        _tell(case, connection, permit, decoded, section=job.section.name)


def _count_together(connection: sa.Connection, read: stages.Read) -> None:
    """Of the problems that a decoder only counts, keep one a sort, at the place of the first."""
    p = c.problem.c
    counted = getattr(wiring.plugins("decoders")[read.decoder or ""], "counted", ())
    here = sa.select(c.problem).where(p.exhibit == read.exhibit, p.kind.in_(counted))
    same: dict[tuple[str, str], list[Any]] = {}
    for row in connection.execute(here):
        same.setdefault((row.kind, row.message), []).append(row)
    for rows in same.values():
        first, *others = sorted(rows, key=lambda row: [int(n) for n in DIGITS.findall(row.locator)])
        connection.execute(sa.delete(c.problem).where(p.id.in_([row.id for row in others])))
        count = sum(row.count for row in rows)
        connection.execute(sa.update(c.problem).where(p.id == first.id).values(count=count))


def finished(connection: sa.Connection, exhibit: str, version: str) -> set[str]:
    """Return the sections of an exhibit that are read as they would be now, where others are not."""
    r, f = c.reading.c, c.lake_file.c
    part = sa.select(r.bucket).where(r.exhibit == exhibit, r.version == IN_PART + version)
    read = sa.select(f.source).where(
        f.kind == "events", f.bucket.in_(part), f.version == version, f.source.is_not(None)
    )
    return set(connection.execute(read).scalars())


def _let_go(connection: sa.Connection, exhibits: Sequence[str], bucket: str) -> None:
    """Take all earlier readings of exhibits out of the manifest, with what was found in them."""
    old = sa.select(c.reading.c.bucket).where(c.reading.c.exhibit.in_(exhibits))
    buckets = [*set(connection.execute(old).scalars()), bucket]
    connection.execute(sa.delete(c.lake_file).where(c.lake_file.c.bucket.in_(buckets)))
    connection.execute(sa.delete(c.problem).where(c.problem.c.exhibit.in_(exhibits)))
    connection.execute(sa.delete(c.reading).where(c.reading.c.exhibit.in_(exhibits)))


def _tell(
    case: Case,
    connection: sa.Connection,
    permit: Permit,
    decoded: stages.Decoded,
    section: str | None = None,
) -> None:
    """Keep problems, and log what was read."""
    problems = {p["id"]: p for read in decoded.reads for p in _problems(read)}
    if problems:
        connection.execute(sa.insert(c.problem), list(problems.values()))
    if section:
        _count_together(connection, decoded.reads[0])
    acts = [_act(read, permit, section) for read in decoded.reads]
    rows = {**acts[0].rows, "lake_file": [file.path for file in decoded.files]}
    case.log.append(connection, dataclasses.replace(acts[0], rows=rows), *acts[1:])


def _problems(read: stages.Read) -> Iterator[dict[str, Any]]:
    def row(p: Problem) -> dict[str, Any]:
        return {
            "id": identify("p", read.exhibit, p.locator, p.kind, p.message),
            "exhibit": read.exhibit,
            "locator": p.locator,
            "kind": p.kind,
            "message": p.message,
            "count": p.count,
        }

    return map(row, read.problems)


def _act(read: stages.Read, permit: Permit, section: str | None) -> Act:
    return Act(
        act="decode",
        actor=permit.actor,
        permit=permit.number,
        subject=read.exhibit,
        detail={
            "decoder": read.decoder,
            "events": read.events,
            "parts": len(read.parts),
            "problems": sum(p.count for p in read.problems),
            "palermo": __version__,
        }
        | ({"section": section} if section else {}),
        rows={"reading": [read.exhibit], "problem": [read.exhibit]},
    )
