"""Links adverts that go on under another contact when the one before falls silent."""

from itertools import pairwise
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa

from palermo.link.identities import identities
from palermo.link.matcher import Evidence
from palermo.link.near_text import near
from palermo.link.same_identifier import SameIdentifier
from palermo.link.same_picture import alike
from palermo.link.table import links_table

STRENGTH = 0.7
# Postings that each contact must have under the text; one alone shows no habit to hand over.
POSTINGS = 2
# Days that contacts may overlap, and that may lie between them: a number is given up for the next.
OVERLAP, GAP = 3.0, 10.0


class Handover:
    """One text and one picture, used by no one else, go on under the next contact in time."""

    name = "handover"
    version = "1"

    def match(self, evidence: Evidence) -> pa.Table:
        """Text and picture alone can be copied by one act; a copy runs beside its original."""
        both = _both(evidence)
        if both.is_empty():
            return links_table(pl.DataFrame(schema=ROWS), self.name, self.version)
        rows = [row for run in _runs(_grouped(both, evidence)) for row in _handed(run)]
        table = pl.DataFrame(rows, schema=ROWS, orient="row")
        return links_table(table.unique(["a", "b"], keep="first"), self.name, self.version)


ROWS: dict[str, Any] = {
    "a": pl.String,
    "b": pl.String,
    "score": pl.Float64,
    "claims": pl.List(pl.String),
    "reason": pl.String,
}


class Turn(NamedTuple):
    """One contact's time under a text and a picture; days since 1970."""

    group: str
    start: float
    end: float
    first: str  # its first advert with both, and its last
    last: str
    postings: int


def _both(evidence: Evidence) -> pl.DataFrame:
    """Return adverts whose text and picture are both shared: event, bearer, text, picture, day."""
    times = pl.DataFrame(
        pl.from_arrow(
            evidence.sql(
                """SELECT id AS event, coalesce(posting, id) AS bearer, time FROM events
                WHERE kind = 'advert' AND time IS NOT NULL"""
            )
        )
    )
    days = times.group_by("bearer").agg(
        pl.col("event").min(), day=pl.col("time").min().dt.epoch("s") / 86_400
    )
    pictures = alike(evidence).select("bearer", picture="hub").unique()
    if pictures.is_empty():
        return pl.DataFrame()
    texts = near(evidence).select("bearer", text="hub")
    rows = days.join(texts, on="bearer").join(pictures, on="bearer", how="left")
    return rows if rows["picture"].null_count() < rows.height else pl.DataFrame()


def _grouped(both: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """Name the contact behind each advert: the identity by identifiers alone."""
    nodes = pl.DataFrame(pl.from_arrow(identities(SameIdentifier().match(evidence)).nodes))
    return both.join(nodes.rename({"node": "event", "identity": "group"}), on="event")


def _runs(rows: pl.DataFrame) -> list[list[Turn]]:
    """Return for each text and picture the contacts that use them, in order of time.

    Left out: a picture that contacts with other texts show too, and one that most who show it do
    not keep to the text.
    """
    spans = (
        rows.unique("bearer")
        .group_by("text", "group")
        .agg(start=pl.col("day").min(), end=pl.col("day").max(), postings=pl.len())
    )
    shown = rows.drop_nulls("picture").sort("day", "event")
    width = shown.group_by("picture").agg(everyone=pl.col("group").n_unique())
    turns = shown.group_by("text", "picture", "group", maintain_order=True).agg(
        first=pl.col("event").first(), last=pl.col("event").last()
    )
    turns = turns.join(spans, on=["text", "group"]).join(width, on="picture")
    turns = turns.filter(pl.len().over("text", "picture") == pl.col("everyone"))
    turns = turns.sort("text", "picture", "start", "group")
    fields = turns.select(*Turn._fields, "text", "picture")
    runs: dict[tuple[str, str], list[Turn]] = {}
    for *turn, text, picture in fields.iter_rows():
        runs.setdefault((text, picture), []).append(Turn(*turn))
    return list(runs.values())


def _handed(run: list[Turn]) -> list[tuple[str, str, float, list[str], str]]:
    """Link each contact's last advert with the next one's first, where all take turns."""
    pairs = list(pairwise(run))
    in_turn = all(
        before.end - OVERLAP <= after.start <= before.end + GAP and before.end <= after.end
        for before, after in pairs
    )
    if not in_turn or min(turn.postings for turn in run) < POSTINGS:
        return []
    return [
        (
            before.last,
            after.first,
            STRENGTH,
            [before.last, after.first],
            f"The same text and the same picture go on under another contact: {before.postings}"
            f" adverts, then {after.postings} from {after.start - before.end:.1f} days after the"
            " last of them. Nobody else uses the two together. A copy would run beside its"
            " original, not after it; but a business can also change hands.",
        )
        for before, after in pairs
    ]
