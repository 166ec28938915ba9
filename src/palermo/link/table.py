"""Lays links out as rows of the vocabulary, with ids made of endpoints and kind."""

import polars as pl
import pyarrow as pa

from palermo.link.names import identified
from palermo.vocabulary import LINKS

COLUMNS = ("a", "b", "score", "claims", "reason")


def links_table(rows: pl.DataFrame, kind: str, version: str) -> pa.Table:
    """Return `LINKS` for rows of a, b, score, claims and reason; one row an endpoint pair.

    The order of rows, of `a` and `b` as given, and of claims does not matter to the result.
    """
    if rows.is_empty():
        return LINKS.empty_table()
    rows = rows.select(COLUMNS).sort("a", "b")
    claims = pl.col("claims")
    if rows["claims"].list.len().max() != 1:
        claims = claims.list.unique().list.sort()
    table = rows.with_columns(
        claims,
        id=identified("l", kind, rows.select("a", "b")),
        kind=pl.lit(kind),
        method=pl.lit(kind),
        version=pl.lit(version),
    )
    return table.select(LINKS.names).to_arrow().cast(LINKS)


def node(kind: str = "kind", value: str = "value", exhibit: str = "exhibit") -> str:
    """Return SQL for a claim's node: "<kind>:<value>", and a name only within its exhibit."""
    return (
        f"CASE WHEN {kind} = 'name' THEN 'name:' || {exhibit} || ':' || {value} "
        f"ELSE {kind} || ':' || {value} END"
    )
