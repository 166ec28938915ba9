"""The batch engine of many machines: the same jobs and the same SQL, on Spark over a shared lake.

Vault and lake must lie where every worker sees them under one path, and each worker needs the same
Palermo. A worker writes lake files; only the driver names them in the catalogue.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from palermo.safeguards.refusal import Refused
from palermo.store.engine import BY_EXHIBIT, Tables

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Job = TypeVar("Job")
Result = TypeVar("Result")

# Jobs a core in one wave. The driver names their files when the wave is done: what an interruption
# takes is one wave.
WAVE = 4
SETTINGS: dict[str, bool | float | int | str | None] = {
    "spark.sql.ansi.enabled": "true",
    # our SQL quotes names as the standard does
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """A session on a cluster. `master` is Spark's: spark://host:7077, yarn, k8s://..., local[2]."""

    def __init__(self, master: str) -> None:
        try:
            from py4j.protocol import Py4JError
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError:
            raise Refused(
                "run on Spark",
                "PySpark is not installed",
                "Install it, and Java 17 or newer: pip install 'palermo[spark]'",
                "usage",
            ) from None
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(master).appName("palermo")
        try:
            self.session: SparkSession = builder.config(map=SETTINGS).getOrCreate()
        except (PySparkException, Py4JError, OSError) as error:
            raise Refused(
                "run on Spark",
                f"no session starts at {master}: {_cause(error)}",
                "See that Java 17 or newer is installed and that the master answers",
                "usage",
            ) from error
        self.session.sparkContext.setLogLevel("ERROR")

    def __enter__(self) -> "Spark":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.stop()

    def do(
        self, work: Callable[[Job], Result], jobs: Sequence[Job], size: int
    ) -> Iterator[tuple[Job, Result]]:
        context = self.session.sparkContext
        wave = WAVE * max(1, context.defaultParallelism)
        for start in range(0, len(jobs), wave):
            some = jobs[start : start + wave]
            done = context.parallelize(some, len(some)).map(work).collect()
            yield from zip(some, done, strict=True)

    def tables(
        self, lake: Path, files: Mapping[str, Sequence[str]], without: Iterable[str] = ()
    ) -> Tables:
        return SparkTables(self.session, lake, files, without)


class SparkTables(Tables):
    """The same views behind Spark's SQL. A query with parameters is about few rows: it is asked of
    the driver's own engine."""

    def __init__(
        self,
        session: "SparkSession",
        lake: Path,
        files: Mapping[str, Sequence[str]],
        without: Iterable[str] = (),
    ) -> None:
        self.session = session
        super().__init__(lake, files, without=without)
        left_out = sorted(without)
        for name, paths in files.items():
            if paths:
                rows = session.read.parquet(*(str(lake / path) for path in paths))
                if name in BY_EXHIBIT | self.excerpts and left_out:
                    rows = rows.filter(~rows.exhibit.isin(left_out))
                rows.createOrReplaceTempView(name)

    def give(self, name: str, table: pa.Table) -> None:
        super().give(name, table)
        self.session.createDataFrame(table).createOrReplaceTempView(name)

    def sql(self, query: str, parameters: Sequence[object] = ()) -> pa.Table:
        if parameters:
            return super().sql(query, parameters)
        return self.session.sql(query).toArrow()


def _cause(error: Exception) -> str:
    """Return what the virtual machine says is wrong, without its stack."""
    told = [line for line in str(error).splitlines() if "Exception: " in line]
    return (told or [str(error)])[0].split("Exception: ", 1)[-1]
