"""Keeps the excerpts that matchers and patterns read, file by file: only those of new files are made."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import sqlalchemy as sa

from palermo import wiring
from palermo.custody.log import Act
from palermo.link.excerpt import Excerpt
from palermo.progress import Progress
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store import lake
from palermo.store.case import Case, readable
from palermo.store.engine import Engine, Tables

# Every value of the case as a node, and in how many events it is.
VALUES = Excerpt(
    "values",
    """SELECT e.exhibit, c.kind || ':' || c.value AS node, c.kind AS kind,
      bool_or(e.kind IN ('advert', 'page')) AS published, count(DISTINCT c.event) AS events
    FROM claims c JOIN events e ON e.id = c.event
    GROUP BY e.exhibit, c.kind, c.value
    UNION ALL
    SELECT c.exhibit, c.kind || ':' || c.exhibit || ':' || c.value, c.kind, false,
      count(DISTINCT c.event)
    FROM claims c WHERE c.kind = 'name' GROUP BY c.exhibit, c.kind, c.value""",
)


class Drawn(Protocol):
    """What is drawn of each file by itself; each row names its exhibit."""

    @property
    def kind(self) -> str:
        """Its kind in the lake: another where it is drawn differently."""
        ...

    def draw(self, tables: Tables, /) -> pa.Table: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptJob:
    events: str
    claims: str
    wanted: Sequence[Drawn]
    lake: Path


def wanted() -> list[Excerpt]:
    """Return the excerpts that a run reads, each once."""
    plugins = [p for group in ("matchers", "patterns") for p in wiring.plugins(group).values()]
    named = {one for plugin in plugins for one in getattr(plugin, "excerpts", ())}
    return sorted(named | {VALUES})


def draw(job: ExcerptJob) -> list[lake.File]:
    """Draw excerpts of one file of events and its claims."""
    with closing(Tables(job.lake, {"events": [job.events], "claims": [job.claims]})) as tables:
        return [lake.write_excerpt(job.lake, one.kind, one.draw(tables)) for one in job.wanted]


def keep(case: Case, permit: Permit, progress: Progress, engine: Engine, signs: Drawn) -> None:
    """Draw the excerpts that are missing; forget those of files that are gone, or drawn otherwise."""
    asked: list[Drawn] = [*wanted(), signs]
    f = c.lake_file.c
    kinds = [one.kind for one in asked]
    with case.catalogue.write() as connection:
        claims = sa.select(f.path).where(f.kind == "claims")
        old = f.version == lake.EXCERPT, f.kind.not_in(kinds) | f.source.not_in(claims)
        connection.execute(sa.delete(c.lake_file).where(*old))
        rows = connection.execute(sa.select(f.kind, f.source).where(f.kind.in_(kinds)))
        done = {(row.kind, row.source) for row in rows}
        read = sa.select(f.path, f.source, f.bucket).where(f.kind == "claims").order_by(f.path)
        files = {row.path: row for row in connection.execute(read)}
    missing = {path: [o for o in asked if (o.kind, path) not in done] for path in files}
    jobs = [
        ExcerptJob(events=files[path].source, claims=path, wanted=some, lake=case.lake.folder)
        for path, some in missing.items()
        if some
    ]
    size = sum((case.lake.folder / job.claims).stat().st_size for job in jobs)
    with readable():
        for number, (job, made) in enumerate(engine.do(draw, jobs, size), 1):
            about = {"bucket": files[job.claims].bucket, "version": lake.EXCERPT}
            with case.catalogue.write() as connection:
                for file in made:
                    case.lake.publish(connection, file, source=job.claims, **about)
                detail = {"excerpts": len(made)}
                written = {"lake_file": [file.path for file in made]}
                act = Act(act="extract", actor=permit.actor, permit=permit.number, detail=detail,
                          rows=written)  # fmt: skip
                case.log.append(connection, act)
            progress("excerpts", number, len(jobs))
