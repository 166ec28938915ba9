"""Says where each identity was seen or claimed to be: one row an event that tells a place."""

import polars as pl
import pyarrow as pa

from palermo.link.excerpt import Excerpt
from palermo.link.matcher import Evidence
from palermo.link.table import node
from palermo.patterns.table import quoted

# Metres, where an event does not say how sure its place is: a city's extent for a place by name,
# a rural cell's for an antenna, a street's for satellite positioning.
BY_NAME, BY_ANTENNA, BY_SATELLITE = 10_000.0, 5_000.0, 50.0

# Whose act an event is, in this order: the author of a single-author event, the one that held the
# exhibit, the side of the record that the direction names.
WHOSE = """
SELECT t.*, CASE WHEN t.kind IN ('advert', 'photograph') THEN t.id
  ELSE coalesce(h.node, CASE t.direction WHEN 'out' THEN o.node WHEN 'in' THEN i.node
    ELSE CASE WHEN t.kind = 'position' THEN d.node WHEN t.kind = 'message' THEN o.node END END)
  END AS node
FROM (
  SELECT e.id, e.exhibit, e.kind, e.time, e.time_error, e.lat, e.lon, e.place_error, e.place,
    e.posting, e.details['direction'] AS direction
  FROM events e WHERE e.time IS NOT NULL AND e.kind IN
    ('advert', 'photograph', 'call', 'payment', 'position', 'message')
    AND (e.kind = 'advert' OR e.lat IS NOT NULL)
) t
LEFT JOIN acts h ON h.event = t.id AND h.role = 'holder'
LEFT JOIN acts o ON o.event = t.id AND (t.kind, o.role) IN
  (('call', 'caller'), ('payment', 'payer'), ('message', 'sender'))
LEFT JOIN acts i ON i.event = t.id AND (t.kind, i.role) IN
  (('call', 'callee'), ('payment', 'payee'), ('message', 'recipient'))
LEFT JOIN acts d ON d.event = t.id AND d.role = 'device'
"""
# An advert without a position has that of the place that it names: its own field's, or the first. A
# text that names many places is about a route; only its own field can say where it is.
NAMED = """
SELECT * FROM (
  SELECT n.*, row_number() OVER (PARTITION BY n.event ORDER BY n.own DESC, n.confidence DESC,
    n.start, n.name NULLS FIRST, n.lat, n.lon) AS nth
  FROM named n
  JOIN (SELECT event, count(DISTINCT cell) AS cells FROM named GROUP BY event) s
    ON s.event = n.event
  WHERE n.own OR s.cells <= 2
) ranked WHERE nth = 1
"""
PLACED = Excerpt(
    "places",
    f"""
WITH acts AS (
  SELECT event, role, min({node()}) AS node FROM claims
  WHERE role IN ('holder', 'caller', 'callee', 'payer', 'payee', 'sender', 'recipient', 'device')
  GROUP BY event, role
),
whose AS ({WHOSE}),
placed AS (
  SELECT c.event, c.written, c.start, c.confidence, c.details['name'] AS name,
    TRY_CAST(c.details['lat'] AS DOUBLE) AS lat, TRY_CAST(c.details['lon'] AS DOUBLE) AS lon
  FROM claims c WHERE c.kind = 'place' AND c.role IN ('content', 'poster')
),
named AS (
  SELECT c.event, c.confidence, coalesce(c.start, 0) AS start, c.name, c.lat, c.lon,
    coalesce(c.written = e.place, false) AS own,
    concat(CAST(round(c.lat) AS INTEGER), ' ', CAST(round(c.lon) AS INTEGER)) AS cell
  FROM placed c JOIN events e ON e.id = c.event
  WHERE e.kind = 'advert' AND e.lat IS NULL AND c.lat IS NOT NULL AND c.lon IS NOT NULL
)
SELECT w.id, w.exhibit, w.kind, w.node, w.posting, w.time, w.time_error, w.place_error,
  coalesce(w.lat, n.lat) AS lat, coalesce(w.lon, n.lon) AS lon, coalesce(n.name, w.place) AS place
FROM whose w LEFT JOIN ({NAMED}) n ON n.event = w.id
WHERE w.node IS NOT NULL AND coalesce(w.lat, n.lat) IS NOT NULL
  AND coalesce(w.lon, n.lon) IS NOT NULL
""",
)
SEEN = """
SELECT w.*, coalesce(i.identity, w.node) AS identity
FROM {places} w LEFT JOIN identities i ON i.node = w.node
"""


def sightings(evidence: Evidence, identity: str | None = None, least: int = 1) -> pl.DataFrame:
    """Return identity, node, event, kind, basis, time, error (s), lat, lon, radius (m), place.

    `basis` is "claimed" for adverts, which say where someone offers to be, and "observed" for the
    rest. Of several captures of a posting the earliest counts. Sorted by identity and time.
    Identities of which fewer than `least` events tell a place may be left out.
    """
    where = "" if identity is None else f"WHERE coalesce(i.identity, w.node) = {quoted(identity)}"
    rows = _frame(evidence, SEEN.format(places=PLACED.of(evidence)) + where)
    if least > 1:
        rows = rows.filter(pl.len().over("identity") >= least)
    rows = _first(rows)
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


def spots(evidence: Evidence, bearers: pl.Series) -> pl.DataFrame:
    """Return event, time, lat, lon: what `sightings` tells of adverts by some bearers, whoever they
    are."""
    query = f"SELECT id, posting, time, lat, lon FROM {PLACED.of(evidence)} WHERE kind = 'advert'"
    rows = _frame(evidence, query)
    rows = rows.join(
        pl.DataFrame({"bearer": bearers.unique()}),
        left_on=pl.coalesce("posting", "id"),
        right_on="bearer",
        how="semi",
    )
    return _first(rows).select("time", "lat", "lon", event="id")


def _first(rows: pl.DataFrame) -> pl.DataFrame:
    """Keep the earliest capture of each posting."""
    again = rows["posting"].is_not_null() & rows["posting"].is_duplicated()
    several = rows.filter(again).sort("time", "id").unique("posting", keep="first")
    return pl.concat([rows.filter(~again), several])


def _frame(evidence: Evidence, query: str) -> pl.DataFrame:
    table: pa.Table = evidence.sql(query)
    return pl.DataFrame(pl.from_arrow(table))
