"""The batch engine of one machine: DuckDB over the lake's files, and a pool of processes; and what
any engine must do."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

import duckdb
import pyarrow as pa

from palermo.store.lake import SCHEMAS

Job = TypeVar("Job")
Result = TypeVar("Result")


class Sized(Protocol):
    """Work that knows how many bytes it is."""

    @property
    def size(self) -> int: ...


Work = TypeVar("Work", bound=Sized)

# A pool costs about a second to start; less work than this is done faster without one.
POOL_FROM_BYTES = 4 << 20
WORKERS = os.cpu_count() or 1


# Tables whose rows name their exhibit, beside the excerpts.
BY_EXHIBIT = {"events", "claims"}


def excerpts(files: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return which of some views are excerpts."""
    return frozenset(files) - SCHEMAS.keys()


class Tables:
    """Pinned tables behind SQL: Parquet files by view name, or Arrow tables given directly; events,
    claims and their `excerpts` `without` those of some exhibits."""

    def __init__(
        self,
        lake: Path,
        files: Mapping[str, Sequence[str]],
        tables: Mapping[str, pa.Table] | None = None,
        without: Iterable[str] = (),
    ) -> None:
        self._connection = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        self._connection.execute("SET TimeZone='UTC'")
        self._connection.execute("SET enable_progress_bar=false")
        self.excerpts = excerpts(files)
        left_out = sorted(without)
        if left_out:
            self._connection.execute("CREATE TABLE left_out (id VARCHAR)")
            self._connection.execute("INSERT INTO left_out SELECT unnest(?)", [left_out])
        for name, paths in files.items():
            if paths:
                listed = ", ".join(_quoted((lake / path).as_posix()) for path in paths)
                rows = f"SELECT * FROM read_parquet([{listed}])"
                if name in BY_EXHIBIT | self.excerpts and left_out:
                    rows += " WHERE exhibit NOT IN (SELECT id FROM left_out)"
                self._connection.execute(f'CREATE VIEW "{name}" AS {rows}')
            else:
                self.give(name, SCHEMAS[name].empty_table())
        for name, table in (tables or {}).items():
            self.give(name, table)

    def give(self, name: str, table: pa.Table) -> None:
        """Put an Arrow table behind a view name, in place of what was there."""
        self._connection.execute(f'DROP VIEW IF EXISTS "{name}"')
        self._connection.register(name, table)

    def sql(self, query: str, parameters: Sequence[object] = ()) -> pa.Table:
        result = self._connection.sql(query, params=list(parameters) or None)
        table = result.to_arrow_table()
        assert isinstance(table, pa.Table)
        return table

    def stream(self, query: str, rows: int) -> Iterator[pa.RecordBatch]:
        """Give a query's result in batches, in bounded memory."""
        reader = self._connection.sql(query).to_arrow_reader(rows)
        assert reader is not None
        yield from reader

    def close(self) -> None:
        self._connection.close()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class Engine(Protocol):
    """Where a run's work is done. Jobs are functions of the stages over files that every worker sees;
    results come back to the one process that writes the catalogue."""

    def do(
        self, work: Callable[[Job], Result], jobs: Sequence[Job], size: int
    ) -> Iterator[tuple[Job, Result]]:
        """Do independent jobs and give each result as it comes; `size` is the work's bytes.

        Memory stays bounded: only a few jobs a worker are handed out ahead.
        """
        ...

    def tables(
        self, lake: Path, files: Mapping[str, Sequence[str]], without: Iterable[str] = ()
    ) -> Tables: ...


class Processes:
    """The engine of one machine. Its pool starts with the first work that is worth one."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def tables(
        self, lake: Path, files: Mapping[str, Sequence[str]], without: Iterable[str] = ()
    ) -> Tables:
        return Tables(lake, files, without=without)

    def do(
        self, work: Callable[[Job], Result], jobs: Sequence[Job], size: int
    ) -> Iterator[tuple[Job, Result]]:
        if self._pool is None and (size < POOL_FROM_BYTES or len(jobs) < 2):
            for job in jobs:
                yield job, work(job)
            return
        pool = self._pool = self._pool or self._open()
        running: dict[Future[Result], Job] = {}
        try:
            for job in jobs:
                running[pool.submit(work, job)] = job
                if len(running) >= 2 * WORKERS:
                    yield from _finished(running)
            while running:
                yield from _finished(running)
        except BaseException:
            self._close()
            raise

    def _open(self) -> ProcessPoolExecutor:
        # Spawned, not forked: DuckDB, polars and Arrow hold threads that do not survive a fork.
        context = multiprocessing.get_context("spawn")
        # Ctrl-C is the parent's to answer: it lets what is at work be finished, and keeps it.
        ignored = (signal.SIGINT, signal.SIG_IGN)
        return ProcessPoolExecutor(WORKERS, context, signal.signal, ignored)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


@contextmanager
def engine(master: str | None = None) -> Iterator[Engine]:
    """Give the engine of this machine, or Spark's at `master`, such as spark://host:7077."""
    if master is None:
        with Processes() as processes:
            yield processes
        return
    from palermo.store.spark import Spark  # an extra, and slow to start

    with Spark(master) as spark:
        yield spark


@contextmanager
def in_background(work: Callable[[Work], None], job: Work | None) -> Iterator[None]:
    """Do a job in a process of its own while the body runs; at the end it is done, or its error
    raised. A small job is done first, without a process."""
    if job is None or job.size < POOL_FROM_BYTES:
        if job is not None:
            work(job)
        yield
        return
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        future = pool.submit(work, job)
        yield
        future.result()


def _finished(running: dict[Future[Result], Job]) -> Iterator[tuple[Job, Result]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future.result()
