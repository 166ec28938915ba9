"""Links adverts whose texts are nearly the same once numbers, prices and places are left out."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import polars as pl
import pyarrow as pa

from palermo.link.matcher import Evidence
from palermo.link.minhash import SLOT, blank, cluster
from palermo.link.table import links_table
from palermo.values.text import fold
from palermo.vocabulary import Kind

# Anyone can copy a text: never enough on its own, whatever the likeness.
LEAST, MOST = 0.4, 0.5
# Distinct word pairs that a text must have to say something; "call me" is everyone's.
WORDS = {"advert": 8, "tip": 20, "message": 20}
# What changes from one use of a template to the next.
FILLED = (
    Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.URL, Kind.DOMAIN, Kind.PRICE, Kind.AGE, Kind.PLACE,
    Kind.DATE, Kind.IBAN, Kind.ACCOUNT, Kind.CARD, Kind.WALLET, Kind.PLATE, Kind.DOCUMENT,
    Kind.REFERENCE,
)  # fmt: skip


class NearText:
    """Their texts are nearly the same, apart from numbers, prices and places."""

    name = "near_text"
    version = "1"

    def match(self, evidence: Evidence) -> pa.Table:
        rows = near(evidence).filter(pl.col("event") != pl.col("hub"))
        percent = (pl.col("likeness") * 100).round().cast(pl.Int64)
        links = rows.select(
            a="event",
            b="hub",
            score=LEAST + (MOST - LEAST) * pl.col("likeness"),
            claims=pl.concat_list("event", "hub"),
            reason=pl.format(
                "{} % of the word pairs of both texts are common to both, with numbers, prices and"
                " places left out; {} texts are near this one. A text can be copied: it ties"
                " nobody without another tie.",
                percent,
                "size",
            ),
        )
        return links_table(links, self.name, self.version)


def near(evidence: Evidence) -> pl.DataFrame:
    """Return event, bearer (its posting, or itself), hub, likeness, size: one row a text.

    `hub` is the event whose text stands for the cluster. Of captures of one posting the first is
    looked at.
    """
    texts = prepared(evidence).sort("event")
    found = cluster(texts["prepared"], min(WORDS.values()))
    rows = texts.select("event", "bearer", "kind", "words").with_columns(
        hub=texts["event"].gather(found.hub),
        likeness=pl.Series(found.likeness, dtype=pl.Float64),
    )
    enough = pl.col("words") >= pl.col("kind").replace_strict(WORDS, return_dtype=pl.Int64)
    rows = rows.filter(enough)
    return rows.with_columns(size=pl.len().over("hub")).filter(pl.col("size") > 1)


def prepared(evidence: Evidence) -> pl.DataFrame:
    """Return event, bearer, kind, prepared (folded text with slots blanked), words."""
    kinds = ", ".join(f"'{kind}'" for kind in WORDS)
    first = f"""SELECT min(id) AS event, coalesce(posting, id) AS bearer FROM events
      WHERE kind IN ({kinds}) AND text <> '' GROUP BY coalesce(posting, id)"""
    texts = pl.DataFrame(
        pl.from_arrow(
            evidence.sql(
                f"""SELECT f.event, f.bearer, e.kind, e.text FROM ({first}) f
                JOIN events e ON e.id = f.event ORDER BY f.event"""
            )
        )
    )
    filled = ", ".join(f"'{kind}'" for kind in FILLED)
    spans = evidence.sql(
        f"""SELECT c.event, c.start, c."end" FROM claims c JOIN ({first}) f ON f.event = c.event
        WHERE c.start IS NOT NULL AND c.kind IN ({filled}) ORDER BY c.event"""
    )
    blanked = _blanked(texts["event"].to_list(), texts["text"].to_list(), spans)
    ready = plain(blanked).alias("prepared")
    words = ready.str.count_matches(r"\S+").cast(pl.Int64)
    return texts.drop("text").with_columns(ready, words=words)


def plain(texts: Iterable[str]) -> pl.Series:
    """Fold texts, and make slots of their digits; slots that stand side by side become one."""
    # digits that no extractor read are prices, hours and flat numbers
    ready = pl.Series([fold(text) for text in texts], dtype=pl.String)
    ready = ready.str.replace_all(r"\p{N}+", SLOT)
    return ready.str.replace_all(rf"{SLOT}[^\p{{L}}\p{{M}}]*{SLOT}", SLOT)


def _blanked(events: list[str], texts: list[str], spans: pa.Table) -> Iterator[str]:
    columns = (spans[name].to_pylist() for name in ("event", "start", "end"))
    by_event = groupby(zip(*columns, strict=True), key=lambda row: row[0])
    event, own = next(by_event, (None, iter(())))
    for id, text in zip(events, texts, strict=True):
        if id != event:
            yield text
            continue
        yield blank(text, ((start, end) for _, start, end in own))
        event, own = next(by_event, (None, iter(())))
