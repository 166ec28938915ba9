"""The lake: immutable Parquet files, published by a manifest in the catalogue's transaction."""

import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from palermo import vocabulary as v
from palermo.custody.vault import digest_of, sync_folder
from palermo.store.catalogue import lake_file

IDENTITIES = pa.schema([("node", pa.string()), ("identity", pa.string()), ("token", pa.string())])
SCHEMAS: dict[str, pa.Schema] = {
    "events": v.EVENTS,
    "claims": v.CLAIMS,
    "links": v.LINKS,
    "identities": IDENTITIES,
    "findings": v.FINDINGS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A written Parquet file that no manifest names yet."""

    path: str  # relative to the lake
    kind: str
    rows: int
    sha256: str
    exhibit: str | None = None


def write(lake: Path, kind: str, tables: Iterable[pa.Table], exhibit: str | None = None) -> File:
    """Write tables as one new file; nobody sees it until `Lake.publish`."""
    folder = lake / kind
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{kind}/{exhibit or 'run'}-{uuid.uuid4().hex[:12]}.parquet"
    path, rows = lake / name, 0
    with pq.ParquetWriter(path, SCHEMAS[kind], compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)
            rows += table.num_rows
    with path.open("rb+") as written:
        os.fsync(written.fileno())
    sync_folder(folder)
    return File(path=name, kind=kind, rows=rows, sha256=digest_of(path), exhibit=exhibit)


class Lake:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def publish(
        self, connection: sa.Connection, files: Iterable[File], run: int | None = None
    ) -> None:
        for file in files:
            connection.execute(
                sa.insert(lake_file).values(
                    path=file.path,
                    kind=file.kind,
                    rows=file.rows,
                    sha256=file.sha256,
                    exhibit=file.exhibit,
                    run=run,
                )
            )

    def withdraw(self, connection: sa.Connection, kind: str, exhibit: str) -> None:
        """Take an exhibit's files of one kind out of the manifest; `sweep` removes them."""
        here = (lake_file.c.kind == kind) & (lake_file.c.exhibit == exhibit)
        connection.execute(sa.delete(lake_file).where(here))

    def files(self, connection: sa.Connection, kind: str, run: int | None = None) -> list[File]:
        """Return the published files of a kind; links, identities and findings are one run's."""
        query = sa.select(lake_file).where(lake_file.c.kind == kind, lake_file.c.run == run)
        query = query.order_by(lake_file.c.path)
        return [
            File(path=r.path, kind=r.kind, rows=r.rows, sha256=r.sha256, exhibit=r.exhibit)
            for r in connection.execute(query)
        ]

    def sweep(self, connection: sa.Connection) -> None:
        """Remove files that no manifest names; only the case's one writer may call it."""
        known = set(connection.execute(sa.select(lake_file.c.path)).scalars())
        for path in self.folder.glob("*/*.parquet"):
            if path.relative_to(self.folder).as_posix() not in known:
                path.unlink(missing_ok=True)
