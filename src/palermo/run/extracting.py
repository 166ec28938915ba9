"""The second step of a run: find claims in the events that the first has written."""

import sqlalchemy as sa

from palermo import stages, wiring
from palermo.custody.log import Act
from palermo.progress import Progress
from palermo.run.counts import Counts
from palermo.run.prints import digest
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.engine import Engine


def extract(case: Case, permit: Permit, progress: Progress, counts: Counts, engine: Engine) -> None:
    """Find claims in every file of events that the extractors, as they are now, have not read."""
    extractors = wiring.plugins("extractors")
    version = digest([(name, e.version) for name, e in extractors.items()])
    f = c.lake_file.c
    with case.catalogue.read() as connection:
        read = sa.select(f.source).where(f.kind == "claims", f.version == version)
        wanted = sa.select(f.path, f.bucket, f.rows).where(f.kind == "events", f.path.not_in(read))
        pending = {row.path: row for row in connection.execute(wanted.order_by(f.path))}
    jobs = [stages.ExtractJob(events=path, lake=case.lake.folder) for path in pending]
    total = sum(row.rows for row in pending.values())
    done = 0
    size = sum((case.lake.folder / path).stat().st_size for path in pending) * 8  # unpacked
    for job, file in engine.do(stages.extract, jobs, size):
        with case.catalogue.write() as connection:
            connection.execute(
                sa.delete(c.lake_file).where(f.kind == "claims", f.source == job.events)
            )
            about = pending[job.events]
            case.lake.publish(
                connection, file, bucket=about.bucket, source=job.events, version=version
            )
            detail = {"extractors": version, "claims": file.rows}
            rows = {"lake_file": [file.path]}
            act = Act(
                act="extract", actor=permit.actor, permit=permit.number, detail=detail, rows=rows
            )
            case.log.append(connection, act)
        counts.claims += file.rows
        done += about.rows
        progress("extract", done, total)
