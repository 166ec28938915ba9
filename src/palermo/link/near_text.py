"""Links adverts whose texts are nearly the same once numbers, prices and places are left out."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pyarrow as pa

from palermo.link.codes import CHUNK, codes, pieces, tenths
from palermo.link.hubs import gather, number
from palermo.link.kept import Run, settled
from palermo.link.matcher import Evidence
from palermo.link.table import links_table
from palermo.vocabulary import Kind

# Anyone can copy a text: never enough on its own, whatever the likeness.
LEAST, MOST = 0.4, 0.5
# Words that a text must have to say something; "call me" is everyone's.
WORDS = {"advert": 8, "tip": 20, "message": 20}
# What changes from one use of a template to the next. Where two are read from one place, the first
# of them stands.
FILLED = (
    Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.URL, Kind.DOMAIN, Kind.PRICE, Kind.AGE, Kind.PLACE,
    Kind.DATE, Kind.IBAN, Kind.ACCOUNT, Kind.CARD, Kind.WALLET, Kind.PLATE, Kind.DOCUMENT,
    Kind.REFERENCE,
)  # fmt: skip
SIGNED = {"event": pl.String, "text": pl.UInt64, "words": pl.String}
PERCENT = (pl.col("likeness").cast(pl.Float64) * 100).round().cast(pl.Int64)


class NearText:
    """Their texts are nearly the same, apart from numbers, prices and places."""

    name = "near_text"
    version = "3"

    def match(self, evidence: Evidence) -> pa.Table:
        texts, spans = looked_at(evidence)
        known = signed(texts, spans)
        return links(known, gather(known.select("text", "words")))


def signed(texts: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Return text (its number) and words (as `hubs` takes them) of texts that have enough words, in
    place of the kind and text that were given.

    `texts`: event, kind, text, and what else is to be kept. `spans`: event, start, end, kind of
    claims, of which those of kinds in `FILLED` are left out of the texts. Each text's row rests on
    its own rows alone: what is signed once can be kept.
    """
    rows = texts.with_row_index("row").select("row", "event")
    within = numbered(spans).join(rows, on="event").sort("row", "start", "end", "kind")
    within = within.with_columns(pl.col("row").cast(pl.Int64))
    at = within["row"].to_numpy()
    written: list[str] = []
    for i in range(0, len(texts), CHUNK):
        first, last = np.searchsorted(at, (i, i + CHUNK)).tolist()
        own = within[first:last].with_columns(pl.col("row") - i) if last > first else None
        written += codes(pieces(texts["text"][i : i + CHUNK].to_list(), own))
    enough = texts["kind"].replace_strict(WORDS, return_dtype=pl.Int64) * 10
    ids = pl.Series("text", [number(words) for words in written], dtype=pl.UInt64)
    out = texts.drop("kind", "text").with_columns(ids, pl.Series("words", written, dtype=pl.String))
    return out.filter(pl.Series(list(map(tenths, written)), dtype=pl.Int64) >= enough)


def numbered(spans: pl.DataFrame) -> pl.DataFrame:
    """Return event, start, end, kind (its place in `FILLED`) of spans that fill slots."""
    places = {str(kind): place for place, kind in enumerate(FILLED)}
    known = spans.filter(pl.col("kind").is_in(list(places)) & pl.col("start").is_not_null())
    place = pl.col("kind").replace_strict(places, return_dtype=pl.UInt8)
    return known.select("event", "start", "end", kind=place)


def links(texts: pl.DataFrame, runs: Sequence[Run]) -> pa.Table:
    """Return links from events to the event that stands for the texts near theirs.

    `texts`: event, bearer (its posting, or itself), text; `runs`: where the texts belong. Of captures
    of a posting that say the same the first (by id) is linked. A hub is the first event of those
    that have the hub's text.
    """
    first = texts.group_by("bearer", "text").agg(pl.col("event").min())
    rows = first.join(settled(runs), on="text")
    rows = rows.filter(pl.col("bearer").n_unique().over("hub") > 1)
    hubs = rows.group_by("text").agg(pl.col("event").min()).rename({"event": "b", "text": "hub"})
    rows = rows.join(hubs, on="hub").filter(pl.col("event") != pl.col("b"))
    found = rows.select(
        a="event",
        b="b",
        score=LEAST + (MOST - LEAST) * pl.col("likeness").cast(pl.Float64),
        claims=pl.concat_list("event", "b"),
        reason=pl.format(
            "{} % of the words of both texts stand in both in the same order, with numbers, prices"
            " and places left out. A text can be copied: it ties nobody without another tie.",
            PERCENT,
        ),
    )
    return links_table(found, NearText.name, NearText.version)


def looked_at(evidence: Evidence) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the texts (with bearer) and spans that `signed` takes."""
    kinds = ", ".join(f"'{kind}'" for kind in WORDS)
    filled = ", ".join(f"'{kind}'" for kind in FILLED)
    texts = evidence.sql(
        f"""SELECT id AS event, coalesce(posting, id) AS bearer, kind, text FROM events
        WHERE kind IN ({kinds}) AND text <> '' ORDER BY id"""
    )
    spans = evidence.sql(
        f"""SELECT event, start, "end", kind FROM claims
        WHERE start IS NOT NULL AND kind IN ({filled}) ORDER BY event, start, "end", kind"""
    )
    return pl.DataFrame(pl.from_arrow(texts)), pl.DataFrame(pl.from_arrow(spans))
