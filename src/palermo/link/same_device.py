"""Links photographs through the camera that took them and the person whose exhibit holds them."""

import polars as pl
import pyarrow as pa

from palermo.link.excerpt import Excerpt
from palermo.link.matcher import Evidence
from palermo.link.table import links_table, node

CAMERA = 0.8
# A camera found with one holder only may be borrowed; one found with several is nobody's.
ONE_HOLDER, MANY_HOLDERS = 0.7, 0.3
# A picture without a serial on someone's phone may have been sent to them.
UNKNOWN_CAMERA = 0.3

PHOTOGRAPHS = Excerpt(
    "taken",
    f"""
SELECT e.id AS event, e.exhibit, min(d.id) AS claim, min('device:' || d.value) AS device,
  min(h.id) AS held, min({node("h.kind", "h.value", "h.exhibit")}) AS holder
FROM events e
LEFT JOIN claims d ON d.event = e.id AND d.role = 'device' AND d.kind = 'device'
LEFT JOIN claims h ON h.event = e.id AND h.role = 'holder'
WHERE e.kind = 'photograph' GROUP BY e.id, e.exhibit
""",
)


class SameDevice:
    """They were taken with the same camera, by its serial number, or lie on one holder's device."""

    name = "same_device"
    version = "1"
    excerpts = (PHOTOGRAPHS,)

    def match(self, evidence: Evidence) -> pa.Table:
        query = f"SELECT * FROM {PHOTOGRAPHS.of(evidence)}"
        rows = pl.DataFrame(pl.from_arrow(evidence.sql(query)))
        rows = rows.with_columns(holders=pl.col("holder").drop_nulls().n_unique().over("device"))
        taken = rows.drop_nulls("device").with_columns(size=pl.len().over("device"))
        camera = taken.select(
            a="event",
            b="device",
            score=pl.lit(CAMERA),
            claims=pl.concat_list("claim"),
            reason=pl.format(
                "Taken with this camera, by its serial number; {} photographs were.", "size"
            ),
        )
        parts = [camera, _held(taken), _unknown(rows)]
        return links_table(pl.concat(parts), self.name, self.version)


def _held(taken: pl.DataFrame) -> pl.DataFrame:
    """Tie a camera to the holder of the exhibits that its photographs lie on."""
    pairs = (
        taken.drop_nulls("holder")
        .group_by("device", "holder")
        .agg(
            photographs=pl.len(),
            holders=pl.col("holders").first(),
            claims=pl.concat([pl.col("claim").min(), pl.col("held").min()]),
        )
    )
    return pairs.select(
        a="device",
        b="holder",
        score=pl.when(pl.col("holders") == 1).then(ONE_HOLDER).otherwise(MANY_HOLDERS),
        claims="claims",
        reason=pl.format(
            "{} photographs of this camera lie on exhibits of this holder, and of {} holders in"
            " all. A camera can be borrowed, a picture sent on.",
            "photographs",
            "holders",
        ),
    )


def _unknown(rows: pl.DataFrame) -> pl.DataFrame:
    loose = rows.filter(pl.col("device").is_null()).drop_nulls("holder")
    return loose.select(
        a="event",
        b="holder",
        score=pl.lit(UNKNOWN_CAMERA),
        claims=pl.concat_list("held"),
        reason=pl.lit(
            "Lies on an exhibit of this holder, but no camera is named: it may have been"
            " sent to them."
        ),
    )
