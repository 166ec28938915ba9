"""Keeps what `near_text` has settled, so that a run settles only the texts that are new.

Texts are signed once a file of claims, by many processes. What was settled lies in the lake as
segments of four files each, mapped into memory where they lie; the last of them names the signed
files that it was settled from. Where one of those is gone, all is settled anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa
import sqlalchemy as sa

from palermo import stages
from palermo.custody.log import Act
from palermo.link import near_text
from palermo.link.hubs import extend, gather
from palermo.link.kept import Run, compacted
from palermo.progress import Progress
from palermo.run.prints import digest
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store import lake
from palermo.store.case import Case, readable
from palermo.store.engine import Engine

VERSION = digest(near_text.NearText.name, near_text.NearText.version)


def sign(case: Case, permit: Permit, progress: Progress, engine: Engine) -> None:
    """Sign the texts of every file of events as its claims, as they are now, leave them."""
    f = c.lake_file.c
    with case.catalogue.write() as connection:
        claims = sa.select(f.path).where(f.kind == "claims")
        old = f.source.not_in(claims) | (f.version != VERSION)
        connection.execute(sa.delete(c.lake_file).where((f.kind == "signed") & old))
        done = sa.select(f.source).where(f.kind == "signed")
        wanted = sa.select(c.lake_file).where((f.kind == "claims") & f.path.not_in(done))
        pending = {row.path: row for row in connection.execute(wanted.order_by(f.path))}
    jobs = [
        stages.SignJob(events=row.source, claims=row.path, lake=case.lake.folder)
        for row in pending.values()
    ]
    size = sum((case.lake.folder / job.events).stat().st_size for job in jobs) * 8  # unpacked
    for number, (job, file) in enumerate(_done(engine, jobs, size), 1):
        with case.catalogue.write() as connection:
            bucket = pending[job.claims].bucket
            case.lake.publish(connection, file, bucket=bucket, source=job.claims, version=VERSION)
            act = Act(
                act="extract",
                actor=permit.actor,
                permit=permit.number,
                detail={"texts": file.rows},
                rows={"lake_file": [file.path]},
            )
            case.log.append(connection, act)
        progress("near texts", number, len(jobs))


Made = tuple[str, int, list[lake.File]]  # bucket, place among the segments, files


def _done(
    engine: Engine, jobs: list[stages.SignJob], size: int
) -> Iterator[tuple[stages.SignJob, lake.File]]:
    with readable():
        yield from engine.do(stages.sign, jobs, size)


@dataclass(frozen=True, slots=True)
class Settled:
    """The links of near texts, and the segments that take the place of others."""

    links: pa.Table
    gone: list[str]  # buckets
    made: list[Made]

    def publish(self, case: Case, connection: sa.Connection) -> list[str]:
        """Name the new segments in place of the old; return their files' paths."""
        f = c.lake_file.c
        old = f.kind.in_(lake.NEAR) & c.among(f.bucket, self.gone)
        connection.execute(sa.delete(c.lake_file).where(old))
        for bucket, place, files in self.made:
            for file in files:
                case.lake.publish(
                    connection, file, bucket=bucket, source=str(place), version=VERSION
                )
        return [file.path for _, _, files in self.made for file in files]


@dataclass(frozen=True, slots=True)
class _Segment:
    bucket: str
    run: Run
    read: list[str]  # paths of the signed files it was settled from


@readable()
def settle(case: Case) -> Settled:
    """Settle the signed texts that no segment has read."""
    with case.catalogue.read() as connection:
        signed = case.lake.files(connection, "signed")
        segments = _segments(case, connection)
        buckets = sa.select(c.lake_file.c.bucket).where(c.lake_file.c.kind.in_(lake.NEAR))
        known = set(connection.execute(buckets).scalars())
    if not {path for segment in segments for path in segment.read} <= set(signed):
        segments = []
    fresh = sorted(set(signed) - {path for segment in segments for path in segment.read})
    made: list[Made] = []
    if fresh:
        words = pl.concat([_rows(case, path, "text", "words") for path in fresh])
        segments = _extended(case, made, segments, words, fresh)
    rows = pl.concat([_empty(), *(_rows(case, path, *_empty().columns) for path in signed)])
    links = near_text.links(rows, [segment.run for segment in segments])
    return Settled(links, sorted(known - {segment.bucket for segment in segments}), made)


def _extended(
    case: Case,
    made: list[Made],
    segments: list[_Segment],
    words: pl.DataFrame,
    fresh: list[str],
) -> list[_Segment]:
    """Settle new texts; write what is new, and what was put together of small segments."""
    before = [segment.run for segment in segments]
    runs = compacted([*before, extend(before, words)]) if before else gather(words)
    same = 0
    while same < min(len(before), len(runs)) and runs[same] is before[same]:
        same += 1
    # which segment read a file does not matter: they are of use together, or not at all
    read = [path for segment in segments[same:] for path in segment.read] + fresh
    out = segments[:same]
    for place, run in enumerate(runs[same:], same):
        tables = (*run, pl.DataFrame({"path": read}, schema={"path": pl.String}))
        files = [
            lake.write_mapped(case.lake.folder, kind, table)
            for kind, table in zip(lake.NEAR, tables, strict=True)
        ]
        bucket = digest(*(file.path for file in files))
        made.append((bucket, place, files))
        out.append(_Segment(bucket, run, read))
        read = []
    return out


def _segments(case: Case, connection: sa.Connection) -> list[_Segment]:
    """Return the segments in order; none where one is not whole."""
    query = sa.select(c.lake_file).where(c.lake_file.c.kind.in_(lake.NEAR))
    by_place: dict[int, dict[str, sa.Row[Any]]] = {}
    for row in connection.execute(query):
        by_place.setdefault(int(row.source), {})[row.kind] = row
    ordered = [by_place[place] for place in sorted(by_place)]
    whole = sorted(by_place) == list(range(len(by_place))) and all(
        rows.keys() == set(lake.NEAR) and {row.version for row in rows.values()} == {VERSION}
        for rows in ordered
    )
    if not whole:
        return []
    found = []
    for rows in ordered:
        tables = [lake.read_mapped(case.lake.folder, rows[kind].path) for kind in lake.NEAR]
        found.append(
            _Segment(rows["near_texts"].bucket, Run(*tables[:3]), tables[3]["path"].to_list())
        )
    return found


def _rows(case: Case, path: str, *columns: str) -> pl.DataFrame:
    return pl.read_parquet(case.lake.folder / path, columns=list(columns))


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={"event": pl.String, "bearer": pl.String, "text": pl.UInt64})
