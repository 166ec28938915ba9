"""Looks for days on which an identity does far more than it usually does."""

from datetime import timedelta
from typing import Any

import polars as pl
import pyarrow as pa
from scipy.special import gammainc

from palermo.link.excerpt import WRITTEN, Excerpt
from palermo.link.matcher import Evidence
from palermo.link.table import node
from palermo.patterns.table import EXCERPTS, Seen, findings_table, frame, nodes, organising

# A day's count must be so unlikely at the identity's own rate (Poisson), after allowing for each
# day that was looked at; so many times that rate; and so many in all.
UNLIKELY = 1e-4
TIMES = 4
LEAST = 8

ACTS = """
SELECT coalesce(i.identity, e.event) AS identity, 'adverts posted' AS act, min(e.time) AS time,
  min(e.event) AS event
FROM {written} e LEFT JOIN identities i ON i.node = e.event
WHERE e.kind = 'advert' AND e.time IS NOT NULL AND e.dated
GROUP BY coalesce(i.identity, e.event), e.bearer
UNION ALL
SELECT DISTINCT coalesce(i.identity, d.node), d.act, d.time, d.event
FROM {done} d LEFT JOIN identities i ON i.node = d.node
"""
DONE = Excerpt(
    "done",
    f"""
SELECT DISTINCT c.event, e.exhibit, e.time, {node("c.kind", "c.value", "c.exhibit")} AS node,
  CASE c.role WHEN 'payee' THEN 'payments received' ELSE 'calls made' END AS act
FROM claims c JOIN events e ON e.id = c.event
WHERE e.time IS NOT NULL AND ((c.role = 'payee' AND e.kind = 'payment')
  OR (c.role = 'caller' AND e.kind = 'call'))
""",
)

COUNTER = (
    "A busy day has ordinary reasons: a market, a holiday, pay-day, a new subscription, or evidence"
    " that is complete for these days only."
)


class Burst:
    """Many adverts, payments received or calls in a few days, against the identity's own rate."""

    name = "burst"
    version = "1"
    excerpts = (WRITTEN, DONE, *EXCERPTS)

    def find(self, evidence: Evidence) -> pa.Table:
        """`details`: act, count, usual (a day), days."""
        query = ACTS.format(written=WRITTEN.of(evidence), done=DONE.of(evidence))
        days = _daily(frame(evidence, query))
        busy = days.filter(
            (pl.col("count") >= LEAST)
            & (pl.col("count") >= TIMES * pl.col("usual"))
            & (pl.col("chance") * pl.col("span") < UNLIKELY)
        )
        busy = busy.join(organising(evidence, busy["identity"]), on="identity", how="semi")
        named = nodes(evidence, busy["identity"])
        found = [_seen(row, named) for row in _joined(busy).iter_rows(named=True)]
        return findings_table(found, self.name, self.version)


def _daily(acts: pl.DataFrame) -> pl.DataFrame:
    """Count by identity, act and day, with the other days' rate and how likely the count is."""
    who = ["identity", "act"]
    days = acts.group_by(*who, day=pl.col("time").dt.date()).agg(
        count=pl.col("event").n_unique().cast(pl.Int64), events=pl.col("event").unique().sort()
    )
    span = (pl.col("day").max() - pl.col("day").min()).dt.total_days().over(who) + 1
    days = days.with_columns(span=span, total=pl.col("count").sum().over(who))
    # one act is owed to the other days, so that an identity seen on one day only has a rate at all
    days = days.filter(pl.col("span") > 1).with_columns(
        usual=(pl.col("total") - pl.col("count") + 1) / (pl.col("span") - 1)
    )
    # P(X >= k) of a Poisson variable is the regularised lower incomplete gamma function P(k, rate)
    chance = gammainc(days["count"].to_numpy(), days["usual"].to_numpy())
    return days.with_columns(chance=pl.Series(chance, dtype=pl.Float64)).sort(*who, "day")


def _joined(busy: pl.DataFrame) -> pl.DataFrame:
    """Make days that follow each other one burst."""
    who = ["identity", "act"]
    fresh = (pl.col("day") - pl.col("day").shift(1).over(who)).dt.total_days().fill_null(9) > 1
    busy = busy.with_columns(run=fresh.cum_sum())
    return busy.group_by(*who, "run", maintain_order=True).agg(
        pl.col("count").sum(),
        pl.col("usual").mean(),
        pl.col("chance").min(),
        pl.col("span").first(),
        pl.col("events").explode(),
        first=pl.col("day").min(),
        last=pl.col("day").max(),
        start=pl.col("day").min().cast(pl.Datetime("us", "UTC")),
    )


def _seen(row: dict[str, Any], named: dict[str, list[str]]) -> Seen:
    who, act, count = row["identity"], row["act"], row["count"]
    first, last, usual = row["first"], row["last"], row["usual"]
    days = (last - first).days + 1
    when = f"on {first}" if days == 1 else f"from {first} to {last}"
    return Seen(
        subjects=named.get(who, [who]),
        score=min(0.9, 1 - usual * days / count),
        title=f"{count} {act} {when}",
        reason=(
            f"{count} {act} {when}, against {usual:.2f} a day on the other days of {row['span']}."
            f" At that rate so busy a day has a chance of {row['chance']:.1g}."
        ),
        counter=COUNTER,
        evidence=row["events"],
        start=row["start"],
        end=row["start"] + timedelta(days=days),
        key=f"{act} {first}",
        details={"act": act, "count": count, "usual": round(usual, 4), "days": days},
    )
