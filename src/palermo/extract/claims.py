"""Lays what extractors find out as the table of claims; shared by all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl
import pyarrow as pa

from palermo.vocabulary import CLAIMS, EventKind, Kind, Role, identify

Rows = Sequence[int]
_NO_DETAILS: Mapping[str, str] = {}
CONTACTS = frozenset(
    {Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.URL, Kind.DOMAIN, Kind.IBAN, Kind.CARD, Kind.WALLET}
)
_CONTENT = frozenset({Kind.PRICE, Kind.AGE, Kind.PLACE, Kind.DATE})
_BY_KIND = {EventKind.ADVERT: Role.POSTER, EventKind.PAGE: Role.SITE}


class Found(NamedTuple):
    """One claim before it has an id; `row` is its event's row in the batch."""

    row: int
    kind: Kind
    value: str
    written: str
    start: int | None
    end: int | None
    role: Role
    confidence: float
    reason: str
    details: Mapping[str, str] = _NO_DETAILS


class Batch:
    """What the extractors need of a batch of events, as columns.

    `texts` are what people wrote: an event's whole text, or each stretch of a record's text by
    itself, so that nothing is read across two. `rows` and `starts` say where each stands.
    """

    def __init__(self, events: pa.Table) -> None:
        whole = pl.Series("text", events.column("text").cast(pa.large_string())).fill_null("")
        self.texts, self.rows, self.starts = _stretches(whole, events.column("said"))
        self.regions: list[str | None] = events.column("region").to_pylist()
        self.contact: list[Role] = [
            _BY_KIND.get(kind, Role.MENTIONED) for kind in events.column("kind").to_pylist()
        ]

    def candidates(self, pattern: str) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
        """Yield (index, text, spans) of the texts in which `pattern` (Rust's regex) matches.

        A match is looked for from the end of the one before it. That finds its true place for any
        pattern that neither looks at nor anchors to what stands around the match.
        """
        matches = pl.DataFrame({"text": self.texts}).with_row_index("at")
        matches = matches.with_columns(found=pl.col("text").str.extract_all(pattern))
        matches = matches.filter(pl.col("found").list.len() > 0)
        for index, text, found in matches.iter_rows():
            spans, at = [], 0
            for written in found:
                start = text.find(written, at)
                at = start + len(written)
                spans.append((start, at))
            yield index, text, spans


def _stretches(whole: pl.Series, said: pa.ChunkedArray) -> tuple[pl.Series, Rows, Rows]:
    """Return the texts that people wrote, the row of each, and where it starts in its event's."""
    if said.null_count == len(said):
        return whole, range(len(whole)), [0] * len(whole)
    cut = pl.DataFrame({"text": whole, "said": pl.Series("said", said)}).with_row_index("row")
    some = cut.filter(pl.col("said").list.len() > 0).explode("said").unnest("said")
    own = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    some = some.select("row", "start", text=own)
    every = cut.filter(pl.col("said").is_null())
    every = every.select("row", "text", start=pl.lit(0, some.schema["start"]))
    cut = pl.concat([some, every.select(some.columns)]).sort("row", "start")
    return cut["text"], cut["row"].to_list(), cut["start"].to_list()


class Hit(NamedTuple):
    """What a reader finds in one text."""

    kind: Kind
    value: str
    start: int
    end: int
    confidence: float
    reason: str
    details: Mapping[str, str] = _NO_DETAILS


class TextExtractor:
    """Reads what a pattern finds in the texts of a batch; the plugins say what and how."""

    name: str
    version: str
    pattern: str  # Rust's regex, as of `Batch.candidates`

    def find(self, events: pa.Table) -> pa.Table:
        return table(events, self._found(Batch(events)), self.name, self.version)

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        """Yield what stands in a candidate, `text[start:end]`, judged by what stands around it."""
        raise NotImplementedError

    def _found(self, batch: Batch) -> Iterator[Found]:
        for index, text, spans in batch.candidates(self.pattern):
            row, shift = batch.rows[index], batch.starts[index]
            region = batch.regions[row]
            for first, last in spans:
                for kind, value, start, end, confidence, reason, details in self.read(
                    text, first, last, region
                ):
                    if kind in CONTACTS:
                        role = batch.contact[row]
                    else:
                        role = Role.CONTENT if kind in _CONTENT else Role.MENTIONED
                    yield Found(
                        row, kind, value, text[start:end], start + shift, end + shift, role,
                        confidence, reason, details,
                    )  # fmt: skip


def table(events: pa.Table, found: Iterable[Found], method: str, version: str) -> pa.Table:
    """Return `found` as `CLAIMS`; of two equal claims the surer one stays."""
    ids: list[str] = events.column("id").to_pylist()
    exhibits: list[str] = events.column("exhibit").to_pylist()
    rows: dict[str, Found] = {}
    for f in found:
        spans = ("", "") if f.start is None else (str(f.start), str(f.end))
        key = identify("c", ids[f.row], *spans, f.kind, f.value)
        if key not in rows or rows[key].confidence < f.confidence:
            rows[key] = f
    kept = list(rows.values())
    columns = {
        "id": list(rows),
        "event": [ids[f.row] for f in kept],
        "exhibit": [exhibits[f.row] for f in kept],
        "details": [list(f.details.items()) for f in kept],
        "method": [method] * len(kept),
        "version": [version] * len(kept),
    }
    arrays = [
        pa.array(
            columns[c.name] if c.name in columns else [getattr(f, c.name) for f in kept], c.type
        )
        for c in CLAIMS
    ]
    return pa.Table.from_arrays(arrays, schema=CLAIMS)
