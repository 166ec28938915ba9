"""The verb `run`: decode, extract, link and patterns over a case, and only what is new.

Each step commits as it goes: whatever kills the process, the same command goes on from there.
"""

import dataclasses
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import sqlalchemy as sa

from palermo import __version__, stages, wiring
from palermo.custody import known, quarantine, sealing, withheld
from palermo.custody.hash_only import HashOnly, only_hashes
from palermo.custody.log import Act, canonical
from palermo.custody.quarantine import Held
from palermo.custody.rows import Rows
from palermo.decode.decoder import Context, Decoder
from palermo.link import identities as linking
from palermo.link.matcher import Matcher
from palermo.review import decisions, risk
from palermo.safeguards import masking
from palermo.safeguards.known import KnownList
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store import index, lake, references
from palermo.store.case import Case
from palermo.store.engine import Tables, in_background, in_processes
from palermo.vocabulary import FINDINGS, LINKS, Capture, Problem, Statement, identify

Progress = Callable[[str, int, int], None]  # stage, done, of how many

BUCKET_BYTES = 8 << 20
BUCKET_EXHIBITS = 64


@dataclass(slots=True)
class Counts:
    exhibits: int = 0
    events: int = 0
    claims: int = 0
    not_understood: int = 0
    started: float = field(default_factory=time.monotonic)


def digest(*parts: object) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()[:16]


# --- decode ---------------------------------------------------------------------------------


class _Prints:
    """What the reading of an exhibit rests on, as a digest: decoder, authority, references.

    A table whose statement names its mapping rests on that one alone. One whose mapping is found
    by its header rests on all: a new one may fit it better.
    """

    def __init__(self, saved: dict[str, Any], scope: object) -> None:
        self.saved, self.scope = saved, scope
        self.decoders: dict[str, Decoder] = wiring.plugins("decoders")
        self.known: dict[tuple[str | None, str | None], str] = {}

    def of(self, method: str | None, mapping: str | None) -> str:
        """Digest what a reading by `method` rests on; None: no decoder understood the exhibit."""
        key = (method, mapping)
        if key not in self.known:
            self.known[key] = self._digest(method, mapping)
        return self.known[key]

    def _digest(self, method: str | None, mapping: str | None) -> str:
        mappings, sites = self.saved["mapping"], self.saved["site"]
        if method is None:
            versions = sorted((name, d.version) for name, d in self.decoders.items())
            return digest(versions, self.scope, mappings, sites)
        if method not in self.decoders:
            return ""
        own = mappings if mapping is None else {mapping: mappings.get(mapping)}
        decoder = self.decoders[method]
        rests = [
            {"mappings": own, "sites": sites}[kind] for kind in getattr(decoder, "references", ())
        ]
        return digest(decoder.version, self.scope, rests)


def _mapping(row: dict[str, Any]) -> str | None:
    named: str | None = row["statement"].get("mapping")
    return named


def _pending(connection: sa.Connection, prints: _Prints, at: datetime) -> list[dict[str, Any]]:
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


def decode(case: Case, permit: Permit, progress: Progress, counts: Counts) -> None:
    """Read every pending exhibit, and the exhibits taken out of them, until none is left.

    Known material goes into quarantine, what is finished is kept, and `KnownMaterial` is raised.
    """
    scope = permit.authority.scope
    withheld.take_out(case, permit)
    with case.catalogue.write() as connection:
        case.lake.forget_lost(connection)
        saved = references.load(connection)
    prints = _Prints(saved, scope)
    lists = known.load(case)
    while True:
        with case.catalogue.read() as connection:
            pending = _pending(connection, prints, permit.at)
        if not pending:
            return
        jobs = [_decode_job(case, rows, saved, scope, lists) for rows in _buckets(pending)]
        rows = {row["id"]: row for row in pending}
        done = 0
        for job, decoded in in_processes(stages.decode, jobs, sum(r["size"] for r in pending)):
            held = [h for r in decoded.reads for h in _seal_parts(case, permit, rows[r.exhibit], r)]
            if matches := {read.exhibit: read.match for read in decoded.reads if read.match}:
                held += quarantine.hold(case, permit, matches)  # its bucket is read without it
            else:
                _commit_bucket(case, permit, job, decoded, prints)
            if held:
                raise quarantine.stop(case, "run", held)
            counts.exhibits += len(decoded.reads)
            counts.events += sum(read.events for read in decoded.reads)
            done += len(decoded.reads)
            progress("decode", done, len(pending))


def _decode_job(
    case: Case,
    rows: list[dict[str, Any]],
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


def _commit_bucket(
    case: Case,
    permit: Permit,
    job: stages.DecodeJob,
    decoded: stages.Decoded,
    prints: _Prints,
) -> None:
    """Put a bucket's reading in place of all earlier readings of its exhibits, at once."""
    mappings = {context.exhibit: context.statement.mapping for _, context in job.exhibits}
    ids = [read.exhibit for read in decoded.reads]
    with case.catalogue.write() as connection:
        old = sa.select(c.reading.c.bucket).where(c.reading.c.exhibit.in_(ids))
        buckets = [*set(connection.execute(old).scalars()), job.bucket]
        connection.execute(sa.delete(c.lake_file).where(c.lake_file.c.bucket.in_(buckets)))
        connection.execute(sa.delete(c.problem).where(c.problem.c.exhibit.in_(ids)))
        connection.execute(sa.delete(c.reading).where(c.reading.c.exhibit.in_(ids)))
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
        problems = {p["id"]: p for read in decoded.reads for p in _problems(read)}
        if problems:
            connection.execute(sa.insert(c.problem), list(problems.values()))
        acts = [_act(read, permit) for read in decoded.reads]
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


def _act(read: stages.Read, permit: Permit) -> Act:
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
        },
        rows={"reading": [read.exhibit], "problem": [read.exhibit]},
    )


# --- extract --------------------------------------------------------------------------------


def extract(case: Case, permit: Permit, progress: Progress, counts: Counts) -> None:
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
    for job, file in in_processes(stages.extract, jobs, size):
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


# --- link and patterns ----------------------------------------------------------------------


def inputs(case: Case) -> tuple[str, str]:
    """Return digests of what links and risks rest on, and of all that a run rests on."""
    f = c.lake_file.c
    with case.catalogue.read() as connection:
        query = sa.select(f.sha256).where(f.kind.in_(("events", "claims"))).order_by(f.sha256)
        files = list(connection.execute(query).scalars())
        made = connection.execute(sa.select(sa.func.max(c.decision.c.number))).scalar()
        lists = references.load(connection)["words"]
    matchers, patterns = (
        [(name, plugin.version) for name, plugin in wiring.plugins(group).items()]
        for group in ("matchers", "patterns")
    )
    evidence = digest(files, matchers, risk.VERSION, lists)
    return evidence, digest(evidence, made, patterns)


def is_stale(case: Case) -> bool:
    """Whether evidence or decisions have changed since the last run."""
    with case.catalogue.read() as connection:
        last = connection.execute(
            sa.select(c.run.c.inputs).order_by(c.run.c.number.desc()).limit(1)
        ).scalar()
    return last != inputs(case)[1]


def see(case: Case, permit: Permit, progress: Progress) -> int:
    """Link, build identities and look for patterns, unless nothing has changed since; return the
    run's number. Where only decisions are new, links, risks and the index stay as they are."""
    evidence, now = inputs(case)
    with case.catalogue.read() as connection:
        last = connection.execute(sa.select(c.run).order_by(c.run.c.number.desc()).limit(1)).first()
        made = decisions.load(connection)
        lists = references.load(connection)["words"]
        kept = last and case.lake.files(connection, "nodes", last.number)
    same = bool(last and last.evidence == evidence and kept)
    indexed = same and index.is_whole(case.folder / "index")
    if last and last.inputs == now and kept and indexed:
        return int(last.number)
    tables = case.tables()
    try:
        with in_background(index.rebuild, None if indexed else _index_job(case)):
            old_links = tables.sql("SELECT * FROM links") if same else None
            seen = _seen(case.key, tables, made, old_links, progress)
            files = [
                lake.write(case.lake.folder, kind, "run", table) for kind, table in seen.items()
            ]
            risks = tables.sql("SELECT * FROM risks") if same else risk.signs(tables, lists)
            files.append(lake.write(case.lake.folder, "risks", "run", risks.cast(lake.RISKS)))
    finally:
        tables.close()
    with case.catalogue.write() as connection:
        number: int = connection.execute(
            sa.insert(c.run)
            .values(at=datetime.now(UTC), evidence=evidence, inputs=now, permit=permit.number)
            .returning(c.run.c.number)
        ).scalar_one()
        _forget_old_runs(connection, keep=number - 1)
        for file in files:
            case.lake.publish(connection, file, run=number)
        detail = {"run": number, **{file.kind: file.rows for file in files}}
        rows: Rows = {"run": [number], "lake_file": [file.path for file in files]}
        act = Act(act="link", actor=permit.actor, permit=permit.number, detail=detail, rows=rows)
        case.log.append(connection, act)
    return number


def _index_job(case: Case) -> index.Job:
    with case.catalogue.read() as connection:
        files = {kind: case.lake.files(connection, kind) for kind in ("events", "claims")}
    return index.Job(folder=case.folder / "index", lake=case.lake.folder, files=files)


def _matched(matchers: Mapping[str, Matcher], tables: Tables) -> Iterator[pa.Table]:
    """Give what each matcher links; one that builds on others comes after them and sees theirs."""
    given: list[pa.Table] = []
    waiting = dict(matchers)
    while waiting:
        name = next(
            (n for n, m in waiting.items() if not waiting.keys() & {*getattr(m, "after", ())}),
            next(iter(waiting)),  # matchers that wait for each other are asked in order of name
        )
        if given:
            tables.give("links", pa.concat_tables(given))
        given.append(waiting.pop(name).match(tables).cast(LINKS))
        yield given[-1]


def see_without(case: Case, exhibits: Iterable[str]) -> Tables:
    """Return the case as it would be without some exhibits: linked and looked at anew without them,
    so that nothing seen rests on them. Nothing of it is kept."""
    with case.catalogue.read() as connection:
        made = decisions.load(connection)
        lists = references.load(connection)["words"]
    tables = case.tables(without=exhibits)
    try:
        seen = _seen(case.key, tables, made, None, lambda *_: None)
        for kind, table in seen.items():
            tables.give(kind, table)
        tables.give("risks", risk.signs(tables, lists).cast(lake.RISKS))
    except BaseException:
        tables.close()
        raise
    return tables


def _seen(
    key: bytes,
    tables: Tables,
    made: list[decisions.Made],
    old_links: pa.Table | None,
    progress: Progress,
) -> dict[str, pa.Table]:
    matchers, patterns = wiring.plugins("matchers"), wiring.plugins("patterns")
    steps = len(matchers) + len(patterns) + 2
    links = old_links
    if links is None:
        links = _union(LINKS, _matched(matchers, tables), progress, 0, steps)
    acts = _founded(tables, decisions.for_identities(made))
    standing = decisions.without_rejected(links, acts)
    tables.give("links", standing)
    identities = linking.identities(standing, acts).nodes
    tables.give("identities", identities)
    progress("link", len(matchers) + 1, steps)
    found = (p.find(tables) for p in patterns.values())
    findings = _union(FINDINGS, found, progress, len(matchers) + 1, steps)
    nodes = _nodes(tables, key)
    progress("link", steps, steps)
    return {"links": links, "identities": identities, "findings": findings, "nodes": nodes}


def _founded(
    tables: Tables, acts: list[tuple[str, str, str | None]]
) -> list[tuple[str, str, str | None]]:
    """Return decisions without those that join what the case shows no more: of a value that only a
    withheld exhibit bore, no decision keeps the memory."""
    ends = sorted({end for act, *pair in acts if act == "confirm" for end in pair if end})
    found = tables.sql(
        """SELECT id AS node FROM events WHERE id IN (SELECT unnest($1))
           UNION SELECT kind || ':' || value FROM claims
           WHERE kind || ':' || value IN (SELECT unnest($1))
           UNION SELECT kind || ':' || exhibit || ':' || value FROM claims
           WHERE kind = 'name' AND kind || ':' || exhibit || ':' || value IN (SELECT unnest($1))""",
        [ends],
    )["node"]
    there = set(found.to_pylist())
    return [act for act in acts if act[0] != "confirm" or {act[1], act[2]} <= there]


def _union(
    schema: pa.Schema, tables: Iterable[pa.Table], progress: Progress, at: int, steps: int
) -> pa.Table:
    """Put plugins' tables together; of rows with one id the first stands."""
    parts = [schema.empty_table()]
    for number, table in enumerate(tables, 1):
        parts.append(table.cast(schema))
        progress("link", at + number, steps)
    whole = pa.concat_tables(parts)
    first: dict[str, int] = {}
    for row, name in enumerate(whole["id"].to_pylist()):
        first.setdefault(name, row)
    return whole.take(pa.array(first.values(), type=pa.int64()))


def _nodes(tables: Tables, key: bytes) -> pa.Table:
    """Return every value of the case as a row of `NODES`."""
    found = tables.sql(
        """
        SELECT c.kind || ':' || c.value AS node, c.kind AS kind,
               bool_or(e.kind IN ('advert', 'page')) AS published,
               count(DISTINCT c.event) AS events
        FROM claims c JOIN events e ON e.id = c.event
        GROUP BY 1, 2
        UNION ALL
        SELECT c.kind || ':' || c.exhibit || ':' || c.value, c.kind, false, count(DISTINCT c.event)
        FROM claims c WHERE c.kind = 'name' GROUP BY 1, 2
        ORDER BY 1
        """
    )
    tokens = [masking.token(key, node) for node in found["node"].to_pylist()]
    columns = {
        "node": found["node"],
        "kind": found["kind"],
        "token": pa.array(tokens, type=pa.string()),
        "published": found["published"],
        "events": found["events"].cast(pa.int64()),
    }
    return pa.table(columns).cast(lake.NODES)


def _forget_old_runs(connection: sa.Connection, keep: int) -> None:
    """Take what older runs saw out of the lake, but for runs that a package rests on."""
    shared = sa.select(c.package.c.run)
    old = (c.lake_file.c.run < keep) & c.lake_file.c.run.not_in(shared)
    connection.execute(sa.delete(c.lake_file).where(old))
