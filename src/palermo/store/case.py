"""A case: a folder that can be copied to another machine and works there."""

import json
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import sqlalchemy as sa
from filelock import FileLock, Timeout

from palermo.custody.log import Log
from palermo.custody.vault import Vault
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.store import catalogue as c
from palermo.store.catalogue import Catalogue
from palermo.store.engine import Engine, Processes, Tables
from palermo.store.lake import Lake

FORMAT = 2
# What `create` makes, and the files that SQLite and the writer's lock keep beside it.
_PARTS = {
    "vault", "lake", "index", "packages", "key", "writer.lock", "catalogue.sqlite",
    "catalogue.sqlite-wal", "catalogue.sqlite-shm", "catalogue.sqlite-journal",
}  # fmt: skip


LAKE_ERRORS = (duckdb.Error, pa.ArrowException, pl.exceptions.PolarsError, FileNotFoundError)


@dataclass(frozen=True)
class Case:
    """The parts of a case folder: `case.json`, `key`, `catalogue.sqlite`, `vault/`, `lake/`,
    `index/`, `packages/`. All but lake and index are the truth; those two can be made again."""

    folder: Path

    @classmethod
    def create(cls, folder: Path, database: str | None = None) -> "Case":
        case = cls(folder.absolute())
        if (folder / "case.json").exists():
            case.refuse_work()  # a `new` that was killed before it recorded an authority goes on
            if case.about["database"] != database:
                raise Invalid(f"make a case in {folder}", "one was begun there on another database",
                              "Delete that folder, or name another")  # fmt: skip
            return case
        if case._is_remains():
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif folder.exists() and any(folder.iterdir()):
            raise case._in_use()
        catalogue = case.catalogue_of(database)
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            case._fill(catalogue, database)
        except BaseException:
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            if made:
                folder.rmdir()
            raise
        return case

    def refuse_work(self) -> None:
        """Raise if the case has ever been worked: then nobody may make it anew."""
        if self.about["format"] != FORMAT or not _is_empty(self.catalogue):
            raise self._in_use()

    def _in_use(self) -> Invalid:
        return Invalid(
            f"make a case in {self.folder.name}",
            "the folder is not empty",
            "Name a folder that does not exist yet",
        )

    def _is_remains(self) -> bool:
        """Whether the folder holds only what a `new` that was killed leaves: nothing of anyone's."""
        here = list(self.folder.iterdir()) if self.folder.is_dir() else []
        if not here or not {path.name for path in here} <= _PARTS:
            return False
        files = {path.name for path in self.folder.rglob("*") if not path.is_dir()}
        folders = {"vault", "lake", "index", "packages"}
        if files and not (files <= _PARTS - folders and folders <= {path.name for path in here}):
            return False
        return not (self.folder / "catalogue.sqlite").exists() or _is_empty(self.catalogue_of(None))

    def _fill(self, catalogue: Catalogue, database: str | None) -> None:
        folder = self.folder
        self.vault.create()
        for name in ("lake", "index", "packages"):
            (folder / name).mkdir()
        key = folder / "key"
        key.touch(mode=0o600)
        key.write_bytes(secrets.token_bytes(32))
        catalogue.create()
        # Last: a folder with this file is a whole case.
        about = {"format": FORMAT, "name": folder.name, "database": database}
        (folder / "case.json").write_text(json.dumps(about, indent=1), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Case":
        case = cls(folder.absolute())
        if not (folder / "case.json").is_file():
            raise NotFound(
                f"open the case {folder}",
                "there is no case in this folder",
                "Make one: palermo new CASE --help",
            )
        if case.about["format"] != FORMAT:
            raise Invalid(
                f"open the case {folder}",
                f"it has format {case.about['format']}, this Palermo reads format {FORMAT}",
                "Use the version of Palermo that made it",
            )
        if case.about["database"] is None and not (folder / "catalogue.sqlite").is_file():
            raise Refused(
                f"open the case {folder}",
                "its catalogue.sqlite is missing",
                "Put it back from a copy of the case",
                "unsound",
            )
        return case

    @cached_property
    def about(self) -> dict[str, Any]:
        """What `case.json` says: format, name, and the database's URL or None."""
        try:
            about = json.loads((self.folder / "case.json").read_text(encoding="utf-8"))
            if not isinstance(about, dict) or not about.keys() >= {"format", "name", "database"}:
                raise ValueError("it does not name format, name and database")
        except ValueError as error:
            raise Refused(
                f"open the case {self.folder}",
                f"its case.json is damaged: {error}",
                "Put case.json back from a copy of the case",
                "unsound",
            ) from error
        return about

    @cached_property
    def key(self) -> bytes:
        return (self.folder / "key").read_bytes()

    @cached_property
    def log(self) -> Log:
        return Log(self.key)

    @cached_property
    def vault(self) -> Vault:
        return Vault(self.folder / "vault")

    @cached_property
    def lake(self) -> Lake:
        return Lake(self.folder / "lake")

    @cached_property
    def catalogue(self) -> Catalogue:
        return self.catalogue_of(self.about["database"])

    def catalogue_of(self, database: str | None) -> Catalogue:
        return Catalogue.of(self.folder, database)

    @contextmanager
    def writer(self, what: str) -> Iterator[None]:
        """Be the case's one writer; the operating system frees a killed writer's place."""
        lock = FileLock(self.folder / "writer.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise Refused(
                what,
                "another process is writing to this case",
                "Wait until it has finished, then run the same command again",
                "busy",
            ) from None
        try:
            self.vault.sweep()
            with self.catalogue.read() as connection:
                self.lake.sweep(connection)
            yield
        finally:
            with suppress(OSError):
                self.vault.sweep()  # what a stop left half done
            lock.release()

    def last_run(self, connection: sa.Connection) -> int | None:
        return connection.execute(sa.select(sa.func.max(c.run.c.number))).scalar()

    def tables(
        self, run: int | None = None, without: Iterable[str] = (), engine: Engine | None = None
    ) -> Tables:
        """Pin the lake as it is now: events, claims, and one run's (default: the last) links,
        identities, nodes, findings and risks; and excerpts where all are kept."""
        with self.catalogue.read() as connection:
            run = run or self.last_run(connection)
            files = {kind: self.lake.files(connection, kind) for kind in ("events", "claims")}
            for kind in ("links", "identities", "nodes", "findings", "risks"):
                files[kind] = self.lake.files(connection, kind, run) if run else []
            files |= self.lake.excerpts(connection)
        with readable():
            return (engine or Processes()).tables(self.lake.folder, files, without)


@contextmanager
def readable() -> Iterator[None]:
    """Say what to do where a file of the lake cannot be read."""
    try:
        yield
    except LAKE_ERRORS as error:
        raise Refused(
            "read the lake",
            f"files of it are missing or damaged: {str(error).splitlines()[0]}",
            "Have it made again: palermo run CASE; palermo verify CASE names what is altered",
            "unsound",
        ) from error


def _is_empty(catalogue: Catalogue) -> bool:
    """Whether nothing was ever kept in a catalogue, made or half made."""
    with catalogue.read() as connection:
        made = set(sa.inspect(connection).get_table_names())
        rows = (sa.select(sa.literal(1)).select_from(t).limit(1) for t in c.metadata.sorted_tables
                if t.name in made)  # fmt: skip
        return all(connection.execute(row).first() is None for row in rows)
