"""Looks for one contact behind several personas."""

from typing import Any

import polars as pl
import pyarrow as pa

from palermo.link.excerpt import WRITTEN, Excerpt
from palermo.link.identities import ENOUGH
from palermo.link.matcher import Evidence
from palermo.patterns.distance import apart
from palermo.patterns.movements import SAME_PLACE
from palermo.patterns.sightings import PLACED, spots
from palermo.patterns.table import Seen, findings_table, frame

# Fewer adverts say little of how many people stand behind them.
ADVERTS = 3
# One person gives a name or two; ages that differ by more than a birthday are two people's.
AGES_APART = 2
# Whoever moves is in two towns on one day, now and then. On so many days, or in so many towns, it
# takes two people.
DAYS_APART = 3
TOWNS_AT_ONCE = 3

BORNE = f"""
SELECT l.b AS hub, l.a AS event, l.id AS link, e.bearer AS posting, e.time
FROM links l JOIN {{written}} e ON e.event = l.a
WHERE l.kind = 'same_identifier' AND e.kind = 'advert' AND l.score >= {ENOUGH}
  AND l.b NOT LIKE 'posting:%'
"""
CONTENT = Excerpt(
    "content",
    """
SELECT event, exhibit, kind, value FROM claims
WHERE (kind = 'age' AND role = 'content') OR (kind = 'name' AND role IN ('content', 'poster'))
""",
)
SHARED = "SELECT kind, a AS event, b AS hub FROM links WHERE kind IN ('near_text', 'same_picture')"

COUNTER = (
    "The contact may be that of workers together, of a family, an interpreter, an aid group or an"
    " agency; one person may write under several names, or advertise ahead in the towns to come, and"
    " adverts for different things differ."
)


class SharedContact:
    """One contact answers for several personas: other names and ages, or many towns at once."""

    name = "shared_contact"
    version = "1"
    excerpts = (WRITTEN, CONTENT, PLACED)

    def find(self, evidence: Evidence) -> pa.Table:
        """`details`: adverts, names, ages, towns, pictures, texts (counts)."""
        borne = frame(evidence, BORNE.format(written=WRITTEN.of(evidence)))
        borne = borne.filter(pl.col("posting").n_unique().over("hub") >= ADVERTS)
        content = frame(evidence, f"SELECT event, kind, value FROM {CONTENT.of(evidence)}")
        rows = _spread(borne, content, frame(evidence, SHARED))
        rows = rows.join(_towns(borne, spots(evidence, borne["posting"])), on="hub", how="left")
        rows = rows.with_columns(pl.col("towns").fill_null(0))
        # differing texts and pictures alone are differing offers; they only support the rest
        rows = rows.with_columns(personas=pl.max_horizontal("names", "ages", "towns"))
        rows = rows.filter(pl.col("personas") > 1)
        found = [_seen(row) for row in rows.sort("hub").iter_rows(named=True)]
        return findings_table(found, self.name, self.version)


def _spread(borne: pl.DataFrame, content: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    """Count by contact how its adverts differ."""
    rows = borne.group_by("hub").agg(
        adverts=pl.col("posting").n_unique(),
        start=pl.col("time").min(),
        end=pl.col("time").max(),
        evidence=pl.concat([pl.col("event").unique().sort(), pl.col("link").unique().sort()]),
    )
    said = borne.select("hub", "event").join(content, on="event")
    names = (
        said.filter(pl.col("kind") == "name")
        .group_by("hub")
        .agg(names=pl.col("value").str.to_lowercase().n_unique())
    )
    years = pl.col("value").str.extract(r"^(\d+)").cast(pl.Int64)
    ages = said.filter(pl.col("kind") == "age").group_by("hub").agg(ages=years.unique().sort())
    by = {}
    for kind, name in (("near_text", "texts"), ("same_picture", "pictures")):
        hubs = shared.filter(pl.col("kind") == kind).select("event", thing="hub")
        each = borne.join(hubs, on="event", how="left" if kind == "near_text" else "inner")
        # a text that is near no other is one of its own
        thing = pl.coalesce("thing", "event")
        by[name] = each.group_by("hub").agg(thing.n_unique().alias(name))
    for part in (names, ages, by["texts"], by["pictures"]):
        rows = rows.join(part, on="hub", how="left")
    rows = rows.with_columns(pl.col("names", "texts", "pictures").fill_null(0))
    grown = [_apart(ages) for ages in rows["ages"].to_list()]
    return rows.with_columns(ages=pl.Series(grown, dtype=pl.Int64))


def _towns(borne: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Return (hub, towns): in how many far towns a contact's adverts are on one day, where one
    person cannot be; none for those that one who moves explains."""
    placed = seen.select("event", "lat", "lon", day=pl.col("time").dt.date())
    days = borne.select("hub", "event").unique().join(placed, on="event")
    moved = (pl.col("lat").n_unique().over("hub") > 1) | (pl.col("lon").n_unique().over("hub") > 1)
    days = days.filter(moved).group_by("hub", "day").agg(where=pl.struct("lat", "lon").unique())
    days = days.filter(pl.col("where").list.len() > 1)
    towns = [_far_apart([(p["lat"], p["lon"]) for p in where]) for where in days["where"]]
    days = days.with_columns(towns=pl.Series(towns, dtype=pl.Int64)).filter(pl.col("towns") > 1)
    each = days.group_by("hub").agg(pl.col("towns").max(), days=pl.len())
    many = (pl.col("days") >= DAYS_APART) | (pl.col("towns") >= TOWNS_AT_ONCE)
    return each.filter(many).select("hub", "towns")


def _far_apart(places: list[tuple[float, float]]) -> int:
    kept: list[tuple[float, float]] = []
    for place in sorted(places):
        if all(apart(*place, *other) > 2 * SAME_PLACE for other in kept):
            kept.append(place)
    return len(kept)


def _apart(ages: list[int] | None) -> int:
    """Count ages that no one person has within a case: each more than a birthday from the last."""
    count, last = 0, None
    for age in ages or []:
        if last is None or age - last > AGES_APART:
            count, last = count + 1, age
    return count


def _seen(row: dict[str, Any]) -> Seen:
    counts = {k: row[k] for k in ("adverts", "names", "ages", "towns", "pictures", "texts")}
    words = {
        "names": "names",
        "ages": "ages more than two years apart",
        "towns": "towns far apart on one day",
        "pictures": "pictures",
        "texts": "texts",
    }
    signs = [f"{counts[k]} {word}" for k, word in words.items() if counts[k] > 1]
    kind = row["hub"].split(":", 1)[0]
    return Seen(
        subjects=[row["hub"]],
        score=min(0.95, 1 - 0.75 ** (len(signs) + row["personas"] - 2)),
        title=f"One {kind} behind {row['personas']} personas",
        reason=(
            f"{counts['adverts']} adverts give this {kind}; between them " + ", ".join(signs) + "."
        ),
        counter=COUNTER,
        evidence=row["evidence"],
        start=row["start"],
        end=row["end"],
        details=counts,
    )
