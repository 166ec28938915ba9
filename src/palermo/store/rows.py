"""Reads few events of the lake by where they lie, with their claims: no more than the pages that hold
them."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from palermo.vocabulary import CLAIMS, EVENTS

# Rows between two that are wanted, over which one reading is dearer than two.
APART = 1024
# What nothing shows or masks by: where the bytes lie, and by which method they were read.
_UNSEEN = {"map", "said", "region", "method", "version", "confidence", "reason"}
EVENT, CLAIM = (
    pa.schema([f for f in whole if f.name not in _UNSEEN]) for whole in (EVENTS, CLAIMS)
)
CLAIM = CLAIM.remove(CLAIM.get_field_index("details"))


class Place(NamedTuple):
    """Where an event lies: its file, its claims' file, its row."""

    events: str
    claims: str
    row: int


def read(lake: Path, places: Iterable[Place]) -> tuple[pa.Table, pa.Table]:
    """Return the events that lie there and their claims, with the columns that are shown."""
    by_file: dict[tuple[str, str], set[int]] = {}
    for place in places:
        by_file.setdefault((place.events, place.claims), set()).add(place.row)
    runs = [(files, run) for files, rows in by_file.items() for run in _runs(sorted(rows))]
    parts = _all([_between(lake / files[0], run) for files, run in runs])
    events: dict[str, list[pl.DataFrame]] = {}
    for (files, run), part in zip(runs, parts, strict=True):
        events.setdefault(files[1], []).append(part[[row - run[0] for row in run]])
    claimed = {path: pl.concat(found)["id"].to_list() for path, found in events.items()}
    claims = _all([_having(lake / path, "event", ids, CLAIM) for path, ids in claimed.items()])
    whole = [part for found in events.values() for part in found]
    return _table(whole, EVENT), _table(claims, CLAIM)


def _runs(rows: list[int]) -> list[list[int]]:
    """Cut rows, in order, where they lie far apart."""
    ends = [n for n, (a, b) in enumerate(pairwise(rows), 1) if b - a > APART]
    return [rows[a:b] for a, b in pairwise([0, *ends, len(rows)])]


def _between(path: Path, run: list[int]) -> pl.LazyFrame:
    return pl.scan_parquet(path).select(EVENT.names).slice(run[0], run[-1] - run[0] + 1)


def among(paths: Iterable[Path], column: str, values: Iterable[str], schema: pa.Schema) -> pa.Table:
    """Return the rows of files, each in order of a column, that have one of some values there."""
    wanted = sorted({*values})
    asked = [_having(path, column, wanted, schema) for path in paths] if wanted else []
    return _table(_all(asked), schema)


def _having(path: Path, column: str, values: Sequence[str], schema: pa.Schema) -> pl.LazyFrame:
    return pl.scan_parquet(path).select(schema.names).filter(pl.col(column).is_in(values))


def _all(asked: Sequence[pl.LazyFrame]) -> list[pl.DataFrame]:
    # Frames of one file would otherwise share a reading of the whole of it.
    apart = pl.QueryOptFlags(comm_subplan_elim=False)
    try:
        return pl.collect_all(asked, optimizations=apart)
    except pl.exceptions.PanicException as error:  # no Exception: some damage is met by chance
        raise pl.exceptions.ComputeError(str(error)) from error


def _table(frames: Sequence[pl.DataFrame], schema: pa.Schema) -> pa.Table:
    if not frames:
        return schema.empty_table()
    whole = pl.concat(frames, rechunk=True)
    return whole.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)
