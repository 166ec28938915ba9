"""The last step of a run: link, build identities and look for patterns, over the whole case."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import polars as pl
import pyarrow as pa
import sqlalchemy as sa

from palermo import wiring
from palermo.custody.log import Act
from palermo.custody.rows import Rows
from palermo.link import identities as linking
from palermo.link.matcher import Matcher
from palermo.progress import Progress
from palermo.review import decisions, risk
from palermo.run import excerpts, near
from palermo.run.prints import inputs
from palermo.safeguards import masking
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store import index, lake, references
from palermo.store.case import Case
from palermo.store.engine import Engine, Tables, in_background
from palermo.vocabulary import FINDINGS, LINKS


def see(case: Case, permit: Permit, progress: Progress, engine: Engine) -> int:
    """Link, build identities and look for patterns, unless nothing has changed since; return the
    run's number. Where only decisions are new, links, risks and the index stay as they are."""
    evidence, now = inputs(case)
    with case.catalogue.read() as connection:
        last = connection.execute(sa.select(c.run).order_by(c.run.c.number.desc()).limit(1)).first()
        made = decisions.load(connection)
        lists = references.load(connection)["words"]
        kept = last and case.lake.files(connection, "nodes", last.number)
    same = bool(last and last.evidence == evidence and kept)
    unindexed = index.pending(case)
    if last and last.inputs == now and kept and unindexed is None:
        return int(last.number)
    if not same:
        near.sign(case, permit, progress, engine)
    # patterns may be new where evidence is not
    excerpts.keep(case, permit, progress, engine, risk.Signs(lists))
    tables = case.tables(engine=engine)
    try:
        with in_background(index.update, unindexed):
            old_links = tables.sql("SELECT * FROM links") if same else None
            settled = None if same else near.settle(case)
            known = {"near_text": settled.links} if settled else {}
            seen = _seen(case.key, tables, made, old_links, progress, known)
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
        kept = settled.publish(case, connection) if settled else []
        detail = {"run": number, **{file.kind: file.rows for file in files}}
        rows: Rows = {"run": [number], "lake_file": [*(file.path for file in files), *kept]}
        act = Act(act="link", actor=permit.actor, permit=permit.number, detail=detail, rows=rows)
        case.log.append(connection, act)
    return number


def _matched(
    matchers: Mapping[str, Matcher], tables: Tables, known: Mapping[str, pa.Table]
) -> Iterator[pa.Table]:
    """Give what each matcher links, or is known to; one that builds on others comes after them and
    sees theirs."""
    given: list[pa.Table] = []
    waiting = dict(matchers)
    while waiting:
        name = next(
            (n for n, m in waiting.items() if not waiting.keys() & {*getattr(m, "after", ())}),
            next(iter(waiting)),  # matchers that wait for each other are asked in order of name
        )
        if given:
            tables.give("links", pa.concat_tables(given))
        matcher = waiting.pop(name)
        found = known[name] if name in known else matcher.match(tables)
        given.append(found.cast(LINKS))
        yield given[-1]


def see_without(case: Case, exhibits: Iterable[str]) -> Tables:
    """Return the case as it would be without some exhibits: linked and looked at anew without them,
    so that nothing seen rests on them. Nothing of it is kept."""
    with case.catalogue.read() as connection:
        made = decisions.load(connection)
        lists = references.load(connection)["words"]
    tables = case.tables(without=exhibits)
    try:
        seen = _seen(case.key, tables, made, None, lambda *_: None, {})
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
    known: Mapping[str, pa.Table],
) -> dict[str, pa.Table]:
    matchers, patterns = wiring.plugins("matchers"), wiring.plugins("patterns")
    steps = len(matchers) + len(patterns) + 2
    links = old_links
    if links is None:
        links = _union(LINKS, _matched(matchers, tables, known), progress, 0, steps)
    acts = _founded(tables, decisions.for_identities(made))
    standing = decisions.without_rejected(links, acts)
    tables.give("links", standing)
    identities = linking.identities(standing, acts)
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
    first = pl.Series(pl.from_arrow(whole["id"])).is_first_distinct()
    return whole.filter(first.to_arrow())


def _nodes(tables: Tables, key: bytes) -> pa.Table:
    """Return every value of the case as a row of `NODES`."""
    query = f"""
        SELECT v.node, v.kind, v.published, v.events, n.token FROM (
          SELECT node, kind, bool_or(published) AS published,
            CAST(sum(events) AS BIGINT) AS events
          FROM {excerpts.VALUES.of(tables)} GROUP BY node, kind
        ) v LEFT JOIN (SELECT DISTINCT node, token FROM nodes) n ON n.node = v.node
        ORDER BY v.node"""
    found = pl.DataFrame(pl.from_arrow(tables.sql(query)))
    new = found.filter(pl.col("token").is_null())["node"]
    tokens = pl.DataFrame(
        {"node": new, "new": [masking.token(key, node) for node in new]},
        schema={"node": pl.String, "new": pl.String},
    )
    found = found.join(tokens, on="node", how="left", maintain_order="left")
    found = found.with_columns(token=pl.coalesce("token", "new"))
    return found.select(lake.NODES.names).to_arrow().cast(lake.NODES)


def _forget_old_runs(connection: sa.Connection, keep: int) -> None:
    """Take what older runs saw out of the lake, but for runs that a package rests on."""
    shared = sa.select(c.package.c.run)
    old = (c.lake_file.c.run < keep) & c.lake_file.c.run.not_in(shared)
    connection.execute(sa.delete(c.lake_file).where(old))
