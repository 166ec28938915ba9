"""Finds what of events' words anybody may read, many at a time: what the search index may hold.

An advert's or page's words depend on its own claims alone, so most are cut at once. Every other
event's depend on whom its exhibit and the case know, and are covered one by one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from palermo.safeguards.covering import BLANK, NOBODY, REPEATED, Company, Covering, Told
from palermo.safeguards.masking import CONTACT, PERSONAL, PUBLIC, Span
from palermo.vocabulary import EventKind, Kind

HIDDEN = sorted({*PERSONAL, *CONTACT})
# Records of a device or a bank, which hold no words of anybody.
WORDLESS = [EventKind.POSITION, EventKind.BALANCE]
PRIVATE = ~pl.col("kind").is_in([*PUBLIC, *WORDLESS])


@dataclass
class Readable:
    """`covering`: of the whole case, blank. `exhibits`: those whose private events will be asked
    about."""

    covering: Covering
    exhibits: Iterable[str]

    @cached_property
    def _companies(self) -> dict[str, Company]:
        people = self.covering.people_in(self.exhibits)
        return {exhibit: Company(named) for exhibit, named in people.items()}

    def words(self, events: pl.DataFrame, claims: pl.DataFrame) -> pl.Series:
        """Return the words of each row of `events`.

        `events`: id, kind, exhibit, lat, lon, text, place, title, none of the last three null.
        `claims`: event, kind, value, written, start, end; of any events and kinds.
        """
        rows = events.with_row_index("row").filter(~pl.col("kind").is_in(WORDLESS))
        texts = rows.select("row", "text", event="id")
        hidden = claims.filter(pl.col("kind").is_in(HIDDEN)).join(texts, on="event")
        hard = set(rows.filter(PRIVATE)["row"])
        public = hidden.filter(~pl.col("row").is_in([*hard]))
        hard.update(_repeats(public), _beside(public, rows))
        easy = rows.filter(~pl.col("row").is_in([*hard]))
        cut = easy.join(_gaps(public), on="row", how="left").select(
            "row", words=_joined(pl.coalesce("left", "text"))
        )
        slow = self._one_by_one(rows.filter(pl.col("row").is_in([*hard])), hidden)
        found = pl.concat([cut, slow])
        whole = events.with_row_index("row").select("row").join(found, on="row", how="left")
        return whole.sort("row")["words"].fill_null("")

    def _one_by_one(self, rows: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
        own = hidden.filter(pl.col("row").is_in(rows["row"].to_list()))
        told = {
            key[0]: part.to_dicts() for key, part in own.partition_by("row", as_dict=True).items()
        }
        words = [self.covered(row, told.get(row["row"], [])) for row in rows.to_dicts()]
        return pl.DataFrame(
            {"row": rows["row"], "words": pl.Series(words, dtype=pl.String)},
            schema={"row": pl.get_index_type(), "words": pl.String},
        )

    def covered(self, row: dict[str, Any], claims: list[dict[str, Any]]) -> str:
        """Return one event's words, by its hidden claims: slow, and right for every event."""
        told = Told([_marked(c) for c in claims], public=row["kind"] in PUBLIC)
        if not told.public:
            told.company = self._companies.get(row["exhibit"], NOBODY)
        covering = self.covering
        fields = covering.fields({"title": row["title"], "place": row["place"]}, told)
        protected = row["lat"] is not None and row["lon"] is not None
        spans = covering.unclaimed(row, row["text"], told, protected)
        text = BLANK.without(row["text"], [*spans, *(s for s, _, _ in told.spans if s)])
        return f"{fields['title']} {fields['place']} {text}"


def _marked(claim: dict[str, Any]) -> tuple[Span | None, str, str]:
    node, span = f"{claim['kind']}:{claim['value']}", None
    if claim["start"] is not None:
        span = Span(start=claim["start"], end=claim["end"], node=node)
    return span, claim["written"], node


def _joined(text: pl.Expr) -> pl.Expr:
    return pl.concat_str("title", "place", text, separator=" ")


def _repeats(hidden: pl.DataFrame) -> list[int]:
    """Return the rows whose text writes a value elsewhere than where its claims say, or whose
    claims' spans and words differ."""
    long = hidden.filter(pl.col("written").str.len_chars() >= REPEATED)
    spans = long.unique(["row", "written", "start", "end"]).sort("row", "written", "start")
    length = (pl.col("end") - pl.col("start")).cast(pl.Int64)
    spans = spans.with_columns(
        exact=pl.col("text").str.slice(pl.col("start"), length) == pl.col("written"),
        near=pl.col("start").diff().over("row", "written") < length,
    )
    counted = spans.group_by("row", "written").agg(
        spans=pl.col("start").count(),
        exact=pl.col("exact").fill_null(True).all(),  # of a claim without a span
        near=pl.col("near").any(),
        text=pl.col("text").first(),
    )
    written = counted["text"].str.count_matches(counted["written"], literal=True)
    return counted.filter((written > counted["spans"]) | ~counted["exact"] | counted["near"])[
        "row"
    ].to_list()


def _beside(hidden: pl.DataFrame, rows: pl.DataFrame) -> list[int]:
    """Return the rows whose title or place holds a value, or a word of a name."""
    own = hidden.select("row", "kind", "written").unique()
    words = (
        own.filter(pl.col("kind") == Kind.NAME)
        .with_columns(written=pl.col("written").str.extract_all(r"\S+"))
        .explode("written")
    )
    sought = pl.concat([own, words]).filter(pl.col("written").str.strip_chars() != "")
    beside = rows.select("row", said=pl.concat_str("title", pl.lit("\n"), "place"))
    held = sought.join(beside, on="row")
    return held.filter(pl.col("said").str.contains(pl.col("written"), literal=True))[
        "row"
    ].to_list()


def _gaps(hidden: pl.DataFrame) -> pl.DataFrame:
    """Return by row what of its text stands in no span."""
    spans = hidden.filter(pl.col("start") < pl.col("end")).sort("row", "start")
    spans = spans.with_columns(
        before=pl.col("end").cum_max().shift(1).over("row").fill_null(0),
    )
    size = (pl.col("start") - pl.col("before")).clip(0)
    pieces = spans.select("row", piece=pl.col("text").str.slice(pl.col("before"), size))
    ends = spans.group_by("row").agg(pl.col("end").max(), pl.col("text").first())
    tails = ends.select("row", piece=pl.col("text").str.slice(pl.col("end")))
    return (
        pl.concat([pieces, tails])
        .group_by("row", maintain_order=True)
        .agg(left=pl.col("piece").str.join(" "))
    )
