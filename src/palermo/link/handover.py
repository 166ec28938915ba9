"""Links adverts that go on under another contact when the one before falls silent."""

from itertools import pairwise
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa

from palermo.link import contents, same_picture
from palermo.link.excerpt import WRITTEN
from palermo.link.identities import identities
from palermo.link.matcher import Evidence
from palermo.link.same_picture import alike
from palermo.link.table import links_table

STRENGTH = 0.7
# Postings that each contact must have; one alone shows no habit to hand over.
POSTINGS = 2
# Days that contacts may overlap, and that may lie between them: a number is given up for the next.
OVERLAP, GAP = 3.0, 10.0


class Handover:
    """One text and one picture, shown by no one else, go on under the next contact in time."""

    name = "handover"
    version = "1"
    after = ("near_text", "same_identifier")
    excerpts = (WRITTEN, *contents.EXCERPTS, *same_picture.EXCERPTS)

    def match(self, evidence: Evidence) -> pa.Table:
        """Text and picture alone can be copied by one act; a copy runs beside its original."""
        pictures = alike(evidence).select("bearer", picture="hub").unique()
        if pictures.is_empty():
            return links_table(pl.DataFrame(schema=ROWS), self.name, self.version)
        adverts = _adverts(evidence).sort("day", "event")
        shown = adverts.join(pictures, on="bearer", maintain_order="left")
        if shown.is_empty():
            return links_table(pl.DataFrame(schema=ROWS), self.name, self.version)
        said = contents.texts(evidence)
        same = evidence.sql("SELECT * FROM links WHERE kind = 'same_identifier'")
        nodes = pl.DataFrame(pl.from_arrow(identities(same)))
        nodes = nodes.rename({"node": "event", "identity": "group"})
        runs = _runs(shown.join(nodes, on="event"), adverts.join(nodes, on="event"), said)
        rows = [row for run in runs for row in _handed(run)]
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
    """One contact's time; days since 1970."""

    start: float
    end: float
    postings: int
    texts: list[str]
    first: str  # its first advert with the picture, and its last
    last: str


def _adverts(evidence: Evidence) -> pl.DataFrame:
    """Return bearer, event, day: the first sighting of each posting."""
    times = pl.DataFrame(
        pl.from_arrow(
            evidence.sql(
                f"""SELECT event, bearer, time FROM {WRITTEN.of(evidence)}
                WHERE kind = 'advert' AND time IS NOT NULL"""
            )
        )
    )
    return times.group_by("bearer").agg(
        pl.col("event").min(), day=pl.col("time").min().dt.epoch("s") / 86_400
    )


def _runs(shown: pl.DataFrame, adverts: pl.DataFrame, said: pl.DataFrame) -> list[list[Turn]]:
    """Return for each picture all the contacts that show it, in order of time."""
    spans = adverts.group_by("group").agg(
        start=pl.col("day").min(), end=pl.col("day").max(), postings=pl.len()
    )
    texts = adverts.join(said, on="bearer").group_by("group").agg(texts=pl.col("content").unique())
    turns = shown.group_by("picture", "group", maintain_order=True).agg(
        first=pl.col("event").first(), last=pl.col("event").last()
    )
    turns = turns.filter(pl.len().over("picture") > 1)
    turns = turns.join(spans, on="group").join(texts, on="group", how="left")
    turns = turns.with_columns(pl.col("texts").fill_null([]))
    runs: dict[str, list[Turn]] = {}
    fields = turns.sort("picture", "start", "group").select("picture", *Turn._fields)
    for picture, *turn in fields.iter_rows():
        runs.setdefault(picture, []).append(Turn(*turn))
    return list(runs.values())


def _handed(run: list[Turn]) -> list[tuple[str, str, float, list[str], str]]:
    """Link each contact's last advert with the next one's first, where all take turns.

    One that shows the picture beside the others, or with another text, unmakes the turns of all.
    """
    pairs = list(pairwise(run))
    in_turn = all(
        before.end - OVERLAP <= after.start <= before.end + GAP
        and before.end <= after.end
        and set(before.texts) & set(after.texts)
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
            " last of them. Nobody else shows the picture. A copy would run beside its"
            " original, not after it; but a business can also change hands.",
        )
        for before, after in pairs
    ]
