"""Turns sightings into stays: where an identity was, from when to when, and what contradicts it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pyarrow as pa

from palermo.link.matcher import Evidence
from palermo.patterns.distance import FASTEST, apart, haversine, least_speed
from palermo.patterns.sightings import sightings
from palermo.vocabulary import TIME

# A town and its surroundings: sightings this near are one place, metres.
SAME_PLACE = 10_000.0
# Unseen for longer, nothing is said of where somebody was.
UNSEEN = timedelta(days=7)
# Positions alone make a stay when somebody dwells; passing through a town by road takes less.
DWELL = 3_600.0
# Contradictions are told one by one up to this many an identity.
TOLD = 20

STAYS = pa.schema(
    [
        ("identity", pa.string()),
        ("place", pa.string()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("start", TIME),
        ("end", TIME),
        ("uncertainty", pa.float64()),  # metres
        ("basis", pa.string()),  # "observed", or "claimed" where only adverts say so
        ("sources", pa.string()),  # "3 calls, 1 photograph"
        ("events", pa.list_(pa.string())),
    ]
)
CONTRADICTIONS = pa.schema(
    [
        ("identity", pa.string()),
        ("time", TIME),
        ("speed", pa.float64()),  # metres per second; infinite for two places at once
        ("reason", pa.string()),
        ("events", pa.list_(pa.string())),
    ]
)


def stays(evidence: Evidence, identity: str | None = None) -> pa.Table:
    """Return `STAYS`, in order of identity and start.

    Each phone, vehicle or camera is followed by itself, so that two of them in two towns give two
    stays; stays of one identity at one place that meet in time become one.
    """
    return stays_of(sightings(evidence, identity))


def observed(evidence: Evidence) -> pa.Table:
    """Return `STAYS` of those who were ever observed: where others only claim to be, nobody is met."""
    seen = sightings(evidence)
    return stays_of(seen.filter((pl.col("basis") == "observed").any().over("identity")))


def stays_of(seen: pl.DataFrame) -> pa.Table:
    if seen.is_empty():
        return STAYS.empty_table()
    # an advert's author has no device of their own: all adverts of an identity are one track
    track = pl.when(pl.col("kind").is_in(["advert", "photograph"])).then("basis").otherwise("node")
    seen = seen.with_columns(track=track).sort("identity", "track", "time", "event")
    seen = seen.with_columns(run=pl.Series(_runs(seen), dtype=pl.Int64))
    runs = seen.group_by("run", maintain_order=True).agg(
        pl.col("identity").first(),
        span=(pl.col("time").last() - pl.col("time").first()).dt.total_seconds(),
        only=(pl.col("kind") == "position").all(),
    )
    passing = runs.filter(pl.col("only") & (pl.col("span") < DWELL))
    seen = seen.join(passing.select("run"), on="run", how="anti", maintain_order="left")
    if seen.is_empty():
        return STAYS.empty_table()
    return _summed(_merged(seen)).to_arrow().cast(STAYS)


def _runs(seen: pl.DataFrame) -> list[int]:
    """Number the runs: sightings of one track, in time order, within reach of the run's first."""
    columns = ("identity", "track", "basis", "lat", "lon", "radius")
    seconds = (seen["time"].dt.epoch("us") / 1e6).to_list()
    out: list[int] = []
    run = -1
    who: object = None
    anchor, last = (0.0, 0.0), 0.0
    for row, now in zip(seen.select(columns).iter_rows(), seconds, strict=True):
        identity, track, _, lat, lon, radius = row
        fresh = (identity, track) != who or now - last > UNSEEN.total_seconds()
        if fresh or _far(anchor, (lat, lon), SAME_PLACE + radius):
            run, anchor, who = run + 1, (lat, lon), (identity, track)
        last = now
        out.append(run)
    return out


def _far(one: tuple[float, float], other: tuple[float, float], metres: float) -> bool:
    # most sightings are where the last one was: spare them the sines
    if abs(one[0] - other[0]) * 111_000 > metres:
        return True
    if one == other:
        return False
    return apart(*one, *other) > metres


@dataclass(slots=True)
class _Stay:
    first: int  # the first of its runs
    end: datetime
    place: tuple[float, float]


def _merged(seen: pl.DataFrame) -> pl.DataFrame:
    """Give runs of one identity at one place that meet in time the same stay.

    They meet when they overlap, or when nothing places the identity elsewhere between them.
    """
    runs = seen.group_by("run").agg(
        pl.col("identity").first(), pl.col("lat").median(), pl.col("lon").median(),
        pl.col("radius").median(), start=pl.col("time").min(), end=pl.col("time").max(),
    ).sort("identity", "start", "run")  # fmt: skip
    stay: dict[int, int] = {}
    current: list[_Stay] = []
    who = None
    for run, identity, lat, lon, radius, start, end in runs.iter_rows():
        if identity != who:
            current, who = [], identity
        latest = current[-1] if current else None
        met = [o for o in current if o.end >= start or (o is latest and start - o.end < UNSEEN)]
        reach = SAME_PLACE + radius
        near = next((o for o in met if not _far(o.place, (lat, lon), reach)), None)
        if near is None:
            near = _Stay(run, end, (lat, lon))
            met.append(near)
        near.end = max(near.end, end)
        current = met
        stay[run] = near.first
    return seen.with_columns(stay=pl.col("run").replace_strict(stay, return_dtype=pl.Int64))


def _summed(seen: pl.DataFrame) -> pl.DataFrame:
    surest = pl.col("radius") == pl.col("radius").min()
    rows = seen.group_by("stay").agg(
        pl.col("identity").first(),
        place=pl.col("place").drop_nulls().mode().sort().first(),
        lat=pl.col("lat").filter(surest).median(),
        lon=pl.col("lon").filter(surest).median(),
        start=pl.col("time").min(),
        end=pl.col("time").max(),
        uncertainty=pl.col("radius").min(),
        basis=pl.when((pl.col("basis") == "observed").any())
        .then(pl.lit("observed"))
        .otherwise(pl.lit("claimed")),
        events=pl.col("event").sort_by("time", "event"),
        counts=pl.col("kind").sort().value_counts(sort=False),
    )
    where = pl.format("{}, {}", pl.col("lat").round(3), pl.col("lon").round(3))
    return (
        rows.with_columns(
            place=pl.coalesce("place", where),
            sources=pl.col("counts")
            .list.eval(
                pl.format(
                    "{} {}{}",
                    pl.element().struct.field("count"),
                    pl.element().struct.field("kind"),
                    pl.when(pl.element().struct.field("count") > 1)
                    .then(pl.lit("s"))
                    .otherwise(pl.lit("")),
                )
            )
            .list.sort()
            .list.join(", "),
        )
        .select(STAYS.names)
        .sort("identity", "start", "place", "lat")
    )


def contradictions(evidence: Evidence, identity: str | None = None) -> pa.Table:
    """Return `CONTRADICTIONS`: two places nobody could have reached one after the other in time."""
    return contradictions_of(sightings(evidence, identity))


def contradictions_of(seen: pl.DataFrame) -> pa.Table:
    pairs = _successive(seen)
    if pairs.is_empty():
        return CONTRADICTIONS.empty_table()
    columns = {c: pairs[c].to_numpy() for c in ("lat", "lon", "lat2", "lon2", "slack", "seconds")}
    metres = haversine(columns["lat"], columns["lon"], columns["lat2"], columns["lon2"])
    speed = least_speed(metres, columns["slack"], columns["seconds"])
    pairs = pairs.with_columns(metres=pl.Series(metres), speed=pl.Series(speed))
    pairs = pairs.filter((pl.col("speed") > FASTEST) & (pl.col("metres") > 2 * SAME_PLACE))
    pairs = pairs.filter(pl.int_range(pl.len()).over("identity") < TOLD)
    rows = pairs.with_columns(
        reason=pl.Series([_told(row) for row in pairs.iter_rows(named=True)], dtype=pl.String),
        events=pl.concat_list("event", "event2"),
        time=pl.col("time2"),
    )
    return rows.select(CONTRADICTIONS.names).to_arrow().cast(CONTRADICTIONS)


def _successive(seen: pl.DataFrame) -> pl.DataFrame:
    """Return each sighting with the next one of the identity, across all its tracks."""
    after = {
        f"{c}2": pl.col(c).shift(-1).over("identity")
        for c in ("time", "error", "lat", "lon", "radius", "event", "kind", "place")
    }
    pairs = seen.sort("identity", "time", "event").with_columns(**after).drop_nulls("time2")
    between = (pl.col("time2") - pl.col("time")).dt.total_milliseconds() / 1000
    return pairs.with_columns(
        seconds=between + pl.col("error") + pl.col("error2"),
        slack=pl.col("radius") + pl.col("radius2"),
    )


def _told(row: dict[str, Any]) -> str:
    hours, way = row["seconds"] / 3600, row["metres"] / 1000
    names = [row[f"place{n}"] or f"{row[f'lat{n}']:.3f}, {row[f'lon{n}']:.3f}" for n in ("", "2")]
    return (
        f"{row['kind']} at {names[0]}, then {row['kind2']} at {names[1]}, {way:.0f} km away, within"
        f" {hours:.1f} h, errors of clock and place allowed for: faster than an airliner. Either"
        " two people or devices are taken for one, or one source is wrong or untruthful."
    )
