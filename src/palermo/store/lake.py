"""The lake: immutable files, published by a manifest in the catalogue's transaction."""

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from palermo import vocabulary as v
from palermo.custody.vault import digest_of, sync_folder
from palermo.store.catalogue import among, lake_file, reading

IDENTITIES = pa.schema([("node", pa.string()), ("identity", pa.string())])
# Every value of the case as a node, with how it is named where it is masked.
NODES = pa.schema(
    [
        ("node", pa.string()),
        ("kind", pa.string()),
        ("token", pa.string()),
        ("published", pa.bool_()),  # an advert or page shows it
        ("events", pa.int64()),
    ]
)
# What of the events tells of a risk to life or to a child: see `review.risk`.
RISKS = pa.schema(
    [
        ("event", pa.string()),
        ("of", pa.string()),  # its posting, or the event itself: sightings say the same
        ("to", pa.string()),  # life, child
        ("sign", pa.string()),  # age, born, words
        ("value", pa.string()),  # what is stated: years, a date, or "<list>/<words>"
        ("reason", pa.string()),
        ("claim", pa.string()),  # null: the words rest on the event's text itself
    ]
)
# What is kept of near texts from run to run: see `run.near`.
NEAR = ("near_texts", "near_keys", "near_hubs", "near_read")
# What `near_text` reads of texts, by file of claims.
SIGNED = pa.schema(
    [
        ("event", pa.string()),
        ("bearer", pa.string()),
        ("text", pa.uint64()),
        ("words", pa.string()),
    ]
)
SCHEMAS: dict[str, pa.Schema] = {
    "events": v.EVENTS,
    "claims": v.CLAIMS,
    "links": v.LINKS,
    "identities": IDENTITIES,
    "nodes": NODES,
    "findings": v.FINDINGS,
    "risks": RISKS,
    "signed": SIGNED,
}


# Version of the files of excerpts, which are told apart by their kinds: see `link.excerpt`.
EXCERPT = "excerpt"
# Rows a file: the unit that one process extracts from.
FILE_ROWS = 32768
# Rows that are read to find one; and by what column few are found.
GROUP_ROWS = {"events": 1024, "claims": 2048}
GROUP = 4096
SORTED = {"claims": "event", "identities": "node", "nodes": "node", "risks": "event"}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A written file; nobody sees it until a manifest names it."""

    path: str  # relative to the lake
    kind: str
    rows: int
    sha256: str


# Columns that repeat themselves; a dictionary of the others is only longer than they are.
REPEATED = {
    "events": ["exhibit", "kind", "zone", "place", "region", "currency", "method", "version"]
}


def write(lake: Path, kind: str, stem: str, table: pa.Table) -> File:
    """Write one table as one new file; where single rows of it are looked for, in order."""
    if column := SORTED.get(kind):
        table = table.take(pl.Series(pl.from_arrow(table[column])).arg_sort().to_arrow())
    return write_all(lake, kind, stem, iter([table]))[0]


def write_all(lake: Path, kind: str, stem: str, tables: Iterator[pa.Table]) -> list[File]:
    """Write a stream of tables as files of about `FILE_ROWS` rows; none for an empty stream."""
    folder = lake / kind
    folder.mkdir(parents=True, exist_ok=True)
    files: list[File] = []
    for first in tables:
        name = f"{kind}/{stem}-{uuid.uuid4().hex[:12]}.parquet"
        rows = first.num_rows
        repeated = REPEATED.get(kind, True)
        with pq.ParquetWriter(
            lake / name,
            SCHEMAS.get(kind, first.schema),
            compression="zstd",
            use_dictionary=repeated,
        ) as writer:
            size = GROUP_ROWS.get(kind, GROUP)
            writer.write_table(first, size)
            while rows < FILE_ROWS and (table := next(tables, None)) is not None:
                writer.write_table(table, size)
                rows += table.num_rows
        with (lake / name).open("rb+") as written:
            os.fsync(written.fileno())
        files.append(File(path=name, kind=kind, rows=rows, sha256=digest_of(lake / name)))
    sync_folder(folder)
    return files


def write_excerpt(lake: Path, kind: str, table: pa.Table) -> File:
    """Write an excerpt, whose columns are its own."""
    assert kind not in SCHEMAS, kind
    return write_all(lake, kind, "of", iter([table]))[0]


def write_mapped(lake: Path, kind: str, table: pl.DataFrame) -> File:
    """Write a table as it lies in memory, to be read where it lies on disk: `read_mapped`."""
    folder = lake / kind
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{kind}/{uuid.uuid4().hex[:12]}.arrow"
    with (lake / name).open("wb") as out:
        table.write_ipc(out, compression="uncompressed")
        out.flush()
        os.fsync(out.fileno())
    sync_folder(folder)
    return File(path=name, kind=kind, rows=len(table), sha256=digest_of(lake / name))


def read_mapped(lake: Path, path: str) -> pl.DataFrame:
    with pa.memory_map(str(lake / path)) as mapped:
        return pl.DataFrame(pl.from_arrow(pa.ipc.open_file(mapped).read_all()))


class Lake:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def publish(self, connection: sa.Connection, file: File, **about: str | int | None) -> None:
        """Name a file in the manifest; `about`: bucket, source, version or run."""
        connection.execute(
            sa.insert(lake_file).values(
                path=file.path, kind=file.kind, rows=file.rows, sha256=file.sha256, **about
            )
        )

    def files(self, connection: sa.Connection, kind: str, run: int | None = None) -> list[str]:
        """Return the published paths of a kind; links, identities ... are of one run."""
        query = sa.select(lake_file.c.path).where(lake_file.c.kind == kind)
        query = query.where(lake_file.c.run == run).order_by(lake_file.c.path)
        return list(connection.execute(query).scalars())

    def excerpts(self, connection: sa.Connection) -> dict[str, list[str]]:
        """Return the published paths of excerpts by kind; only of those kept of all claims."""
        claims = set(self.files(connection, "claims"))
        kept: dict[str, dict[str, str]] = {}
        f = lake_file.c
        query = sa.select(f.kind, f.source, f.path).where(f.version == EXCERPT)
        for kind, source, path in connection.execute(query):
            kept.setdefault(kind, {})[source] = path
        return {k: sorted(by.values()) for k, by in kept.items() if by.keys() == claims}

    def forget_lost(self, connection: sa.Connection) -> None:
        """Take files that are gone out of the manifest, and with them what was read beside them,
        so that it is read again."""
        rows = connection.execute(sa.select(lake_file)).all()
        lost = [row for row in rows if not (self.folder / row.path).is_file()]
        if not lost:
            return
        buckets = {row.bucket for row in lost if row.kind == "events"}
        gone = among(lake_file.c.path, [row.path for row in lost])
        gone |= among(lake_file.c.bucket, buckets)
        gone |= lake_file.c.run.in_({row.run for row in lost if row.run is not None})
        connection.execute(sa.delete(lake_file).where(gone))
        connection.execute(sa.delete(reading).where(among(reading.c.bucket, buckets)))

    def sweep(self, connection: sa.Connection) -> None:
        """Remove files that no manifest names; only the case's one writer may call it."""
        known = set(connection.execute(sa.select(lake_file.c.path)).scalars())
        for path in self.folder.glob("*/*.*"):
            if path.relative_to(self.folder).as_posix() not in known:
                path.unlink(missing_ok=True)
