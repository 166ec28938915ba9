"""Lays events of the lake out as documents of the search index, which stores no text of them.

A document holds terms and numbers: folded words that anybody may read, the keyed numbers of all
values that the event bears, where its row lies, and what facets count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import tantivy

from palermo.safeguards.masking import CONTACT, PERSONAL, PUBLIC, number
from palermo.safeguards.readable import Readable
from palermo.store.engine import Tables
from palermo.values.folding import fold_all
from palermo.vocabulary import EventKind, Kind

# Longest word kept, in bytes of UTF-8.
LONGEST = 250
GRAM = 4  # letters and digits of a value by which a part of it is found
ROW_BITS = 32
# What is found by a part of it: contacts that an advert or page shows, and what is nobody's secret.
OPEN = frozenset({Kind.DOMAIN, Kind.VESSEL, Kind.DEVICE})
LINKS = frozenset({Kind.URL, Kind.DOMAIN})
# Kinds of which the end of a value is known more often than its beginning.
ENDED = frozenset({Kind.HANDLE, Kind.PLATE, Kind.DOCUMENT})

_EVENTS = """
    SELECT id, kind, exhibit, lat, lon, time, posting, within, filename, file_row_number AS at,
           coalesce(text, '') AS text, coalesce(place, '') AS place,
           coalesce(details['title'], '') AS title, details['url'] AS url
    FROM read_parquet($1, filename = true, file_row_number = true)
    WHERE $2 OR id IN (SELECT unnest($3))"""
_CLAIMS = """
    SELECT event, kind, value, coalesce(written, '') AS written, start, "end",
           details['name'] AS name
    FROM read_parquet($1) WHERE $2 OR event IN (SELECT unnest($3))"""

_SHOWN, _CONTACTS, _OPEN = (
    ", ".join(f"'{kind}'" for kind in sorted(kinds)) for kinds in (PUBLIC, CONTACT, OPEN)
)
_VALUES = f"""
    SELECT DISTINCT c.kind, c.value FROM read_parquet($1) c
    JOIN read_parquet($2) e ON e.id = c.event
    WHERE c.kind IN ({_OPEN}) OR (c.kind IN ({_CONTACTS}) AND e.kind IN ({_SHOWN}))"""


class Source(NamedTuple):
    """A file of events, the file of its claims, and the number by which documents name it."""

    number: int
    events: str
    claims: str


def event_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="words", index_option="freq")
    builder.add_unsigned_field("key", indexed=True, fast=True)  # of the event's id
    builder.add_unsigned_field("at", fast=True)  # its file's number and its row there
    builder.add_unsigned_field("file", indexed=True)
    builder.add_unsigned_field("fold", indexed=True, fast=True)  # equal in sightings of a posting
    builder.add_unsigned_field("nodes", indexed=True)
    builder.add_integer_field("time", fast=True)  # microseconds
    builder.add_integer_field("seen", fast=True)  # when it was captured, or else its time
    builder.add_integer_field("day", fast=True)
    for name in ("kind", "place", "site"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("where", tokenizer_name="raw", index_option="basic")  # places as written
    return builder.build()


def value_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("node", indexed=True, fast=True)
    for name in ("value", "link"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()


def words_analyzer() -> tantivy.TextAnalyzer:
    """Cut words, for the index and for what is asked of it alike."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return builder.filter(tantivy.Filter.remove_long(LONGEST)).build()


def key_of(ids: pl.Expr) -> pl.Expr:
    return ids.str.slice(1, 16).str.to_integer(base=16, dtype=pl.UInt64)


def loose(kind: str, end: str) -> str:
    """Return what stands for all values of a kind that end so."""
    return f"~{kind}:{end.lower()}"


def compact(values: pl.Series) -> pl.Series:
    """Return values as parts of them are compared: letters and digits, in small letters."""
    return values.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")


def grams(text: str) -> list[str]:
    return [text[i : i + GRAM] for i in range(len(text) - GRAM + 1)]


@dataclass(kw_only=True)
class Documents:
    """Reads documents from the lake; `key` is the case's."""

    lake: Path
    tables: Tables
    key: bytes
    readable: Readable

    def read(self, sources: Sequence[Source], only: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the events of files (`only` those named) as documents, with id and exhibit."""
        paths = {(self.lake / s.events).as_posix(): s.number for s in sources}
        claimed = [(self.lake / s.claims).as_posix() for s in sources]
        events = self._rows(_EVENTS, [*paths], only)
        claims = self._rows(_CLAIMS, claimed, only)
        words = fold_all(self.readable.words(events, claims))
        files = events["filename"].replace_strict(paths, return_dtype=pl.UInt64)
        documents = events.select(
            "id", "kind", "exhibit",
            key=key_of(pl.col("id")),
            file=files,
            at=files * (1 << ROW_BITS) + pl.col("at").cast(pl.UInt64),
            time=pl.col("time").dt.epoch("us"),
            seen=_seen(events),
            day=pl.col("time").dt.date().cast(pl.Int32),
            words=words,
            fold=self._folds(events),
            site=self._sites(events, claims),
        )  # fmt: skip
        for found in (self._nodes(claims), _places(claims)):
            documents = documents.join(found, left_on="id", right_on="event", how="left")
        return documents

    def _rows(self, query: str, paths: list[str], only: Sequence[str] | None) -> pl.DataFrame:
        return self._frame(query, [paths, only is None, list(only or ())])

    def _frame(self, query: str, parameters: Sequence[object]) -> pl.DataFrame:
        found = self.tables.sql(query, parameters)
        frame = pl.from_arrow(found)
        assert isinstance(frame, pl.DataFrame)
        return frame

    def _numbers(self, nodes: pl.Series) -> pl.Series:
        known = {node: number(self.key, node) for node in nodes.drop_nulls().unique()}
        return nodes.replace_strict(known, return_dtype=pl.UInt64, default=None)

    def _nodes(self, claims: pl.DataFrame) -> pl.DataFrame:
        """Return by event the numbers of all its values, and of the ends by which some are known."""
        node = pl.concat_str("kind", pl.lit(":"), "value")
        document = pl.when(pl.col("kind") == Kind.DOCUMENT)
        last, rest = (
            pl.col("value").str.extract(r"([^:]*)$"),
            pl.col("value").str.replace("^[^:]*:", ""),
        )
        end = document.then(last).otherwise(rest)
        ended = claims.filter(pl.col("kind").is_in(ENDED)).select(
            "event",
            node=pl.concat_str(pl.lit("~"), "kind", pl.lit(":"), end.str.to_lowercase()),
        )
        found = pl.concat([claims.select("event", node=node), ended]).unique()
        numbered = found.select("event", nodes=self._numbers(found["node"]))
        return numbered.group_by("event").agg("nodes")

    def _folds(self, events: pl.DataFrame) -> pl.Series:
        """Number what is listed once: a posting, or a page that says the same at one address."""
        page = (pl.col("kind") == EventKind.PAGE) & pl.col("url").is_not_null()
        same = pl.when(page).then(pl.concat_str(pl.lit("page:"), "url", pl.lit("\n"), "text"))
        posting = pl.concat_str(pl.lit("posting:"), "posting")
        folded = self._numbers(events.select(pl.coalesce(posting, same))[:, 0])
        return folded.fill_null(events.select(key_of(pl.col("id")))[:, 0])

    def _sites(self, events: pl.DataFrame, claims: pl.DataFrame) -> pl.Series:
        """Return the hosts of adverts and pages, but for one that bears a name or the like."""
        host = pl.col("url").str.extract(r"^[a-z]+://([^/:?#]+)").str.to_lowercase()
        sites = events.select("id", site=pl.when(pl.col("kind").is_in([*PUBLIC])).then(host))
        personal = (
            claims.filter(pl.col("kind").is_in([*PERSONAL]))
            .select("event", word=pl.col("written").str.to_lowercase().str.extract_all(r"\w{3,}"))
            .explode("word")
            .join(sites.drop_nulls(), left_on="event", right_on="id")
        )
        told = personal.filter(pl.col("site").str.contains(pl.col("word"), literal=True))
        bare = pl.col("id").is_in(told["event"].to_list())
        return sites.select(pl.when(~bare).then("site"))[:, 0]

    def values(self, sources: Sequence[Source]) -> Iterator[dict[str, Any]]:
        """Give the values in files that are found by a part, as documents."""
        found = self._frame(
            _VALUES,
            [
                [(self.lake / s.claims).as_posix() for s in sources],
                [(self.lake / s.events).as_posix() for s in sources],
            ],
        )
        nodes = found.select(pl.concat_str("kind", pl.lit(":"), "value"))[:, 0]
        # A service, a country or a scheme before the value is common to many.
        own = found["value"].str.replace("^[^:]*:", "")
        rows = zip(found["kind"], self._numbers(nodes), compact(own), strict=True)
        for kind, node, letters in rows:
            if len(letters) >= GRAM:
                yield {"node": node, "link" if kind in LINKS else "value": " ".join(grams(letters))}


def _seen(events: pl.DataFrame) -> pl.Series:
    """Return when events were captured: an advert's time is when it was posted, its page's when that
    was read."""
    pages = events.select("filename", within="id", page="time")
    both = events.join(pages, on=["filename", "within"], how="left", maintain_order="left")
    return both.select(pl.coalesce("page", "time").dt.epoch("us"))[:, 0]


def _places(claims: pl.DataFrame) -> pl.DataFrame:
    """Return by event the places that it names, and as it writes them."""
    places = claims.filter(pl.col("kind") == Kind.PLACE)
    name, written = pl.col("name").drop_nulls(), pl.col("written").filter(pl.col("written") != "")
    return places.group_by("event").agg(place=name.unique(), where=name.append(written).unique())
