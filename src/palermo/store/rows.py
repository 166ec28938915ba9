"""Reads few events of the lake by where they lie, with their claims: no more than their row groups."""

from bisect import bisect_left
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from palermo.vocabulary import CLAIMS, EVENTS

READERS = 4
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
    by_file: dict[tuple[str, str], list[int]] = {}
    for place in places:
        by_file.setdefault((place.events, place.claims), []).append(place.row)

    def of(files: tuple[str, str]) -> tuple[pa.Table, pa.Table]:
        found = _at(lake / files[0], sorted(by_file[files]))
        return found, among(lake / files[1], "event", found["id"].to_pylist(), CLAIM)

    with ThreadPoolExecutor(READERS) as pool:
        both = [*pool.map(of, by_file)]
    events, claims = ([one[n] for one in both] for n in (0, 1))
    return (
        pa.concat_tables([EVENT.empty_table(), *events]),
        pa.concat_tables([CLAIM.empty_table(), *claims]),
    )


def _at(path: Path, rows: list[int]) -> pa.Table:
    found = []
    with pq.ParquetFile(path, memory_map=True) as file:
        first = 0
        for number in range(file.num_row_groups):
            last = first + file.metadata.row_group(number).num_rows
            wanted = [row - first for row in rows if first <= row < last]
            if wanted:
                group = file.read_row_group(number, EVENT.names, use_threads=False)
                found.append(group.take(wanted))
            first = last
    return pa.concat_tables(found).cast(EVENT)


def among(path: Path, column: str, values: Iterable[str], schema: pa.Schema) -> pa.Table:
    """Return the rows of a file, which is in order of a column, that have one of some values there."""
    wanted = sorted(set(values))
    with pq.ParquetFile(path, memory_map=True) as file:
        at = file.schema_arrow.get_field_index(column)
        groups = [
            number
            for number in range(file.num_row_groups)
            if _may_hold(file.metadata.row_group(number).column(at).statistics, wanted)
        ]
        table = file.read_row_groups(groups, schema.names, use_threads=False)
    return table.filter(pc.is_in(table[column], pa.array(wanted, pa.string()))).cast(schema)


def _may_hold(told: pq.Statistics | None, wanted: list[str]) -> bool:
    """Whether a row group can have one of some values, which are in order."""
    if told is None or not told.has_min_max:
        return True
    first = bisect_left(wanted, told.min)
    return first < len(wanted) and wanted[first] <= told.max
