"""Lays out who dealt with whom: dealings between identities, counted, dated and summed by currency.

Dealings are calls, messages, payments, mentions, journeys made together and places shared at the
same time. They join no identities: whoever calls a number is not the one who answers it.
"""

from typing import NamedTuple

import polars as pl
import pyarrow as pa

from palermo.link.matcher import Evidence
from palermo.link.table import node
from palermo.vocabulary import TIME

# A list of more travellers than this is a ferry or an aeroplane: not a journey made together.
COMPANY = 20
# So many identities at one place in one hour meet nobody in particular: a station, a market.
CROWD = 20

EDGES = pa.schema(
    [
        ("a", pa.string()),  # identity: caller, sender, payer, who mentions; else the smaller id
        ("b", pa.string()),
        ("kind", pa.string()),  # call, message, payment, mention, journey, place
        ("count", pa.int64()),
        ("first", TIME),
        ("last", TIME),
        ("amounts", pa.list_(pa.struct([("currency", pa.string()), ("amount", pa.string())]))),
        ("events", pa.list_(pa.string())),  # the first and the last
    ]
)

SIDES = f"""
WITH party AS (
  SELECT DISTINCT c.event, c.role, coalesce(i.identity, {node("c.kind", "c.value", "c.exhibit")})
    AS identity
  FROM claims c
  LEFT JOIN identities i ON i.node = {node("c.kind", "c.value", "c.exhibit")}
  WHERE c.role IN
    ('caller', 'callee', 'sender', 'recipient', 'payer', 'payee', 'mentioned', 'traveller')
    AND c.kind IN ('phone', 'email', 'handle', 'iban', 'account', 'card', 'wallet', 'plate',
      'document', 'vessel', 'name')
    AND NOT (c.kind = 'name' AND c.role = 'mentioned')
),
author AS (
  SELECT p.event, p.identity FROM party p WHERE p.role = 'sender'
  UNION ALL
  SELECT e.id, coalesce(i.identity, e.id) FROM events e
  LEFT JOIN identities i ON i.node = e.id WHERE e.kind = 'advert'
),
dealing AS (
  -- both sides' records, or two copies of one, tell of the same dealing: it is counted once
  SELECT min(x.event) AS event, x.identity AS a, y.identity AS b, e.kind FROM party x
  JOIN party y ON y.event = x.event JOIN events e ON e.id = x.event
  WHERE (x.role, y.role, e.kind) IN (('caller', 'callee', 'call'),
    ('sender', 'recipient', 'message'), ('payer', 'payee', 'payment'))
  GROUP BY x.identity, y.identity, e.kind, e.currency, e.amount, e.details['reference'],
    e.details['duration'], CASE WHEN e.time IS NULL OR e.kind = 'message' THEN e.id
                                ELSE CAST(e.time AS VARCHAR) END
  UNION ALL
  SELECT x.event, x.identity, y.identity, 'mention' FROM author x
  JOIN party y ON y.event = x.event WHERE y.role = 'mentioned'
  UNION ALL
  SELECT x.event, x.identity, y.identity, 'journey' FROM party x
  JOIN party y ON y.event = x.event AND x.identity < y.identity
  WHERE x.role = 'traveller' AND y.role = 'traveller' AND x.event IN
    (SELECT event FROM party WHERE role = 'traveller' GROUP BY event HAVING count(*) <= {COMPANY})
)
"""
COUNTED = f"""{SIDES}
SELECT d.a, d.b, d.kind, e.currency, count(*) AS n, min(e.time) AS "first", max(e.time) AS "last",
  sum(CASE WHEN d.kind = 'payment' THEN abs(e.amount) END) AS amount,
  min(e.id) AS one, max(e.id) AS other
FROM dealing d JOIN events e ON e.id = d.event
WHERE d.a <> d.b GROUP BY d.a, d.b, d.kind, e.currency
"""


class Network(NamedTuple):
    identities: list[str]  # the one asked for first, then by distance and weight
    edges: pa.Table


def edges(evidence: Evidence, where: pa.Table | None = None) -> pa.Table:
    """Return `EDGES`: every dealing between two identities, one row a pair and kind.

    With stays (of `patterns.movements`) in `where`, also who was seen at one place in one hour.
    """
    counted = pl.DataFrame(pl.from_arrow(evidence.sql(COUNTED)))
    counted = counted.sort("a", "b", "kind", "currency", nulls_last=True)
    money = pl.struct("currency", amount=pl.col("amount").cast(pl.String))
    dealings = counted.group_by("a", "b", "kind", maintain_order=True).agg(
        count=pl.col("n").sum(),
        first=pl.col("first").min(),
        last=pl.col("last").max(),
        amounts=money.filter(pl.col("amount").is_not_null()),
        events=pl.concat([pl.col("one").min(), pl.col("other").max()]).unique().sort(),
    )
    tables = [dealings.select(EDGES.names).to_arrow().cast(EDGES)]
    if where is not None:
        tables.append(_meetings(pl.DataFrame(pl.from_arrow(where))))
    return pa.concat_tables(tables).sort_by([(c, "ascending") for c in ("a", "b", "kind")])


def network(
    evidence: Evidence,
    identity: str,
    depth: int = 1,
    where: pa.Table | None = None,
    most: int = 500,
) -> Network:
    """Return what lies within `depth` dealings of an identity, the `most` heaviest ones at most."""
    table = edges(evidence, where)
    rows = pl.DataFrame(pl.from_arrow(table)).select("a", "b", "count")
    both = pl.concat([rows, rows.select(a="b", b="a", count="count")])
    found, outer = [identity], [identity]
    for _ in range(depth):
        beside = both.join(_column("a", outer), on="a", how="semi")
        beside = beside.group_by("b").agg(pl.col("count").sum())
        beside = beside.join(_column("b", found), on="b", how="anti")
        beside = beside.sort("count", "b", descending=[True, False])
        outer = beside["b"].head(most - len(found)).to_list()
        found += outer
    known = set(found)
    keep = [a in known and b in known for a, b in rows.select("a", "b").iter_rows()]
    return Network(found, table.filter(pa.array(keep, type=pa.bool_())))


def _meetings(stays: pl.DataFrame) -> pa.Table:
    """Return who was at one place in the same hour, by observed stays only."""
    stays = stays.filter(pl.col("basis") == "observed")
    if stays.is_empty():
        return EDGES.empty_table()
    begin, end = (pl.col(c).dt.truncate("1h") for c in ("start", "end"))
    # a twentieth of a degree is some 5 km: as near as an antenna tells
    cell = [(pl.col(c) * 20).round().cast(pl.Int64).alias(f"{c}_cell") for c in ("lat", "lon")]
    seen = stays.with_columns(
        *cell, hour=pl.datetime_ranges(begin, end, "1h"), event=pl.col("events").list.first()
    )
    seen = seen.select("identity", "lat_cell", "lon_cell", "hour", "event").explode("hour")
    key = ["lat_cell", "lon_cell", "hour"]
    seen = seen.unique(["identity", *key], keep="first", maintain_order=True)
    seen = seen.filter(pl.len().over(key) <= CROWD)
    met = seen.join(seen, on=key).filter(pl.col("identity") < pl.col("identity_right"))
    met = met.group_by(a="identity", b="identity_right").agg(
        count=pl.len().cast(pl.Int64),
        first=pl.col("hour").min(),
        last=pl.col("hour").max(),
        events=pl.concat([pl.col("event").min(), pl.col("event_right").min()]),
    )
    money = pl.List(pl.Struct({"currency": pl.String, "amount": pl.String}))
    met = met.with_columns(kind=pl.lit("place"), amounts=pl.lit([], dtype=money))
    return met.select(EDGES.names).to_arrow().cast(EDGES)


def _column(name: str, values: list[str]) -> pl.DataFrame:
    return pl.DataFrame({name: values}, schema={name: pl.String})
