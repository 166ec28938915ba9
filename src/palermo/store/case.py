"""A case: a folder that can be copied to another machine and works there."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa
from filelock import FileLock, Timeout

from palermo.custody.log import Log
from palermo.custody.vault import Vault
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.store import catalogue as c
from palermo.store.catalogue import Catalogue
from palermo.store.engine import Tables
from palermo.store.lake import Lake

FORMAT = 2


@dataclass(frozen=True)
class Case:
    """The parts of a case folder: `case.json`, `key`, `catalogue.sqlite`, `vault/`, `lake/`,
    `index/`, `packages/`. All but lake and index are the truth; those two can be made again."""

    folder: Path

    @classmethod
    def create(cls, folder: Path, database: str | None = None) -> "Case":
        if (folder / "case.json").exists() or (folder.exists() and any(folder.iterdir())):
            raise Invalid(
                f"make a case in {folder}",
                "the folder is not empty",
                "Name a folder that does not exist yet",
            )
        case = cls(folder.absolute())
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

    def tables(self, run: int | None = None) -> Tables:
        """Pin the lake as it is now: events, claims, and one run's (default: the last) links,
        identities, nodes, findings and risks."""
        with self.catalogue.read() as connection:
            run = run or self.last_run(connection)
            files = {kind: self.lake.files(connection, kind) for kind in ("events", "claims")}
            for kind in ("links", "identities", "nodes", "findings", "risks"):
                files[kind] = self.lake.files(connection, kind, run) if run else []
        try:
            return Tables(self.lake.folder, files)
        except duckdb.Error as error:
            raise Refused(
                "read the lake",
                f"files of it are missing or damaged: {str(error).splitlines()[0]}",
                "Have it made again: palermo run CASE; palermo verify CASE names what is altered",
                "unsound",
            ) from error
