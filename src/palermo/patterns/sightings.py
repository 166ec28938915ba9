"""Says where each identity was seen or claimed to be: one row an event that tells a place."""

import polars as pl
import pyarrow as pa

from palermo.link.matcher import Evidence
from palermo.link.table import node

# Metres, where an event does not say how sure its place is: a city's extent for a place by name,
# a rural cell's for an antenna, a street's for satellite positioning.
BY_NAME, BY_ANTENNA, BY_SATELLITE = 10_000.0, 5_000.0, 50.0

# Whose act an event is, in this order: the author of a single-author event, the one that held the
# exhibit, the side of the record that the direction names.
WHOSE = f"""
WITH acts AS (
  SELECT event, role, min({node()}) AS node FROM claims
  WHERE role IN ('holder', 'caller', 'callee', 'payer', 'payee', 'sender', 'recipient', 'device')
  GROUP BY event, role
),
told AS (
  SELECT e.id, e.kind, e.time, e.time_error, e.lat, e.lon, e.place_error, e.place, e.posting,
    e.details['direction'] AS direction
  FROM events e WHERE e.time IS NOT NULL AND e.kind IN
    ('advert', 'photograph', 'call', 'payment', 'position', 'message')
    AND (e.kind = 'advert' OR e.lat IS NOT NULL)
),
whose AS (
  SELECT t.*, CASE WHEN t.kind IN ('advert', 'photograph') THEN t.id
    ELSE coalesce(h.node, CASE t.direction WHEN 'out' THEN o.node WHEN 'in' THEN i.node
      ELSE CASE WHEN t.kind = 'position' THEN d.node WHEN t.kind = 'message' THEN o.node END END)
    END AS node
  FROM told t
  LEFT JOIN acts h ON h.event = t.id AND h.role = 'holder'
  LEFT JOIN acts o ON o.event = t.id AND (t.kind, o.role) IN
    (('call', 'caller'), ('payment', 'payer'), ('message', 'sender'))
  LEFT JOIN acts i ON i.event = t.id AND (t.kind, i.role) IN
    (('call', 'callee'), ('payment', 'payee'), ('message', 'recipient'))
  LEFT JOIN acts d ON d.event = t.id AND d.role = 'device'
)
SELECT w.*, coalesce(i.identity, w.node) AS identity
FROM whose w LEFT JOIN identities i ON i.node = w.node
WHERE w.node IS NOT NULL
"""

NAMED = """
SELECT c.event, c.written, c.start, c.confidence, c.details['name'] AS name,
  c.details['lat'] AS clat, c.details['lon'] AS clon
FROM claims c JOIN events e ON e.id = c.event
WHERE c.kind = 'place' AND e.kind = 'advert' AND e.lat IS NULL AND c.details['lat'] IS NOT NULL
  AND c.role IN ('content', 'poster')
"""


def sightings(evidence: Evidence, identity: str | None = None) -> pl.DataFrame:
    """Return identity, node, event, kind, basis, time, error (s), lat, lon, radius (m), place.

    `basis` is "claimed" for adverts, which say where someone offers to be, and "observed" for the
    rest. Of several captures of a posting the earliest counts. Sorted by identity and time.
    """
    where = "" if identity is None else f" AND coalesce(i.identity, w.node) = {quoted(identity)}"
    rows = _frame(evidence, WHOSE + where)
    rows = _placed(rows, _frame(evidence, NAMED))
    rows = rows.sort("time", "id").unique(
        [pl.coalesce("posting", "id")], keep="first", maintain_order=True
    )
    claimed = pl.col("kind") == "advert"
    default = (
        pl.when(claimed)
        .then(BY_NAME)
        .when(pl.col("kind").is_in(["call", "payment"]))
        .then(BY_ANTENNA)
        .otherwise(BY_SATELLITE)
    )
    return rows.select(
        "identity",
        "node",
        "kind",
        "time",
        "lat",
        "lon",
        "place",
        event="id",
        basis=pl.when(claimed).then(pl.lit("claimed")).otherwise(pl.lit("observed")),
        error=pl.col("time_error").fill_null(0).cast(pl.Float64),
        radius=pl.col("place_error").fill_null(default),
    ).sort("identity", "time", "event")


def _placed(rows: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Give adverts the position of the place that they name: their own field's, or the first."""
    named = named.join(rows.select(event="id", field="place"), on="event")
    numbers = [pl.col(c).cast(pl.Float64, strict=False) for c in ("clat", "clon")]
    named = named.with_columns(*numbers, own=pl.col("written") == pl.col("field"))
    # a text that names many places is about a route; only its own field can say where it is
    several = pl.struct(pl.col("clat").round(0), pl.col("clon").round(0)).n_unique().over("event")
    named = named.filter(pl.col("own").fill_null(False) | (several <= 2))
    order = [pl.col("own").fill_null(False), pl.col("confidence"), -pl.col("start").fill_null(0)]
    named = named.sort([*order, "name"], descending=[True, True, True, False])
    named = named.unique("event", keep="first", maintain_order=True)
    named = named.select("name", "clat", "clon", id="event")
    return (
        rows.join(named, on="id", how="left")
        .with_columns(
            lat=pl.coalesce("lat", "clat"),
            lon=pl.coalesce("lon", "clon"),
            place=pl.coalesce("name", "place"),
        )
        .drop_nulls(["lat", "lon"])
    )


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _frame(evidence: Evidence, query: str) -> pl.DataFrame:
    table: pa.Table = evidence.sql(query)
    return pl.DataFrame(pl.from_arrow(table))
