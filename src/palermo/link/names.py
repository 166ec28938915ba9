"""Puts numbers in the place of names, and names links by the thousand: what makes millions cheap."""

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from palermo.vocabulary import SEPARATOR

Ints = NDArray[np.int64]


def ranked(*columns: pl.Series) -> tuple[pl.Series, list[Ints]]:
    """Return all names of some columns of strings, in order, and each column as places among them."""
    chunks = [column.rechunk().to_arrow().cast(pa.large_string()) for column in columns]
    parts = pa.chunked_array(chunks, pa.large_string()).dictionary_encode().chunks
    # the last dictionary is that of all
    names = pl.Series(pl.from_arrow(parts[-1].dictionary) if parts else [], dtype=pl.String)
    order = names.arg_sort().to_numpy()
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    codes = np.concatenate([np.empty(0, dtype=np.int32), *(part.indices for part in parts)])
    ends = np.cumsum([len(column) for column in columns])
    return names.gather(order), np.split(place[codes], ends[:-1])


def identified(letter: str, first: str, rows: pl.DataFrame) -> pl.Series:
    """Return `vocabulary.identify(letter, first, *row)` of each row of two columns of strings."""
    query = f"""SELECT '{letter}' || substr(sha256(concat_ws($1, $2, #1, #2)), 1, 32) AS id
      FROM given"""
    with duckdb.connect() as connection:
        connection.register("given", rows.to_arrow())
        found = connection.sql(query, params=[SEPARATOR, first]).to_arrow_table()
    return pl.Series(pl.from_arrow(found["id"]), dtype=pl.String)
