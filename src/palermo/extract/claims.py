"""Lays what extractors find out as the table of claims; shared by all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from palermo.extract.lists import lists
from palermo.values.alike import DISGUISED, plain_letters
from palermo.values.phrases import Read
from palermo.vocabulary import CLAIMS, CONTENT_KINDS, SEPARATOR, EventKind, Kind, Role, identify

_NO_DETAILS: Mapping[str, str] = {}
CONTACTS = frozenset(
    {Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.URL, Kind.DOMAIN, Kind.IBAN, Kind.CARD, Kind.WALLET}
)
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


class Hit(NamedTuple):
    """What a reader finds in one text."""

    kind: Kind
    value: str
    start: int
    end: int
    confidence: float
    reason: str
    details: Mapping[str, str] = _NO_DETAILS


class Batch:
    """What the extractors need of a batch of events, as columns.

    `texts` are what people wrote: an event's whole text, or each stretch of a record's text by
    itself, so that nothing is read across two. Equal texts in one region, of events of one kind,
    are one of them: an advert seen again is not read again. `regions` and `contact` are theirs.
    """

    def __init__(self, events: pa.Table) -> None:
        whole = pl.Series("text", events.column("text").cast(pa.large_string())).fill_null("")
        stretches = _stretches(whole, events.column("said"))
        about = pl.DataFrame(
            {"region": pl.Series(events["region"]), "kind": pl.Series(events["kind"])}
        ).with_columns(
            role=pl.col("kind").replace_strict(
                _BY_KIND, default=Role.MENTIONED, return_dtype=pl.String
            )
        )[stretches["row"]]
        told = stretches.with_columns(about["region"], about["role"])
        same = told.group_by("text", "region", "role", maintain_order=True).agg("row", "start")
        self.texts = same["text"]
        self.regions: list[str | None] = same["region"].to_list()
        self.contact: list[Role] = [Role(role) for role in same["role"].to_list()]
        self._bounds = np.append(0, same["row"].list.len().cum_sum().to_numpy()).astype(np.int64)
        self._rows = same["row"].explode().to_numpy().astype(np.int64)
        self._starts = same["start"].explode().to_numpy().astype(np.int64)
        self._hits: dict[str, list[tuple[int, Hit]]] = {}

    def places(self, index: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return where the texts of `index` stand, one after the other: positions in `index`, the
        events' rows, and where the text starts in its event's."""
        wanted = np.asarray(index, dtype=np.int64)
        counts = self._bounds[wanted + 1] - self._bounds[wanted]
        which = np.repeat(np.arange(len(wanted)), counts)
        firsts = np.repeat(self._bounds[wanted] - np.cumsum(counts) + counts, counts)
        at = firsts + np.arange(len(which))
        return which, self._rows[at], self._starts[at]

    @cached_property
    def shown(self) -> tuple[pl.Series, dict[int, list[int]]]:
        """The texts as they look to a reader, in plain letters and without what cannot be seen; and
        for those that are shorter so, where each of their characters stands."""
        indexes = self.texts.str.contains(DISGUISED).arg_true()
        if not len(indexes):
            return self.texts, {}
        plain, places = zip(*map(plain_letters, self.texts.gather(indexes)), strict=True)
        order = np.arange(len(self.texts))
        order[indexes.to_numpy()] = np.arange(len(self.texts), len(self.texts) + len(plain))
        shown = pl.concat([self.texts, pl.Series(self.texts.name, plain, pl.String)]).gather(order)
        return shown, {i: at for i, at in zip(indexes.to_list(), places, strict=True) if at}

    @cached_property
    def _said(self) -> dict[str, list[Read]]:
        return lists().find(self.texts)

    def said(self, name: str) -> list[Read]:
        """Return what the texts say of a list's phrases; all lists are looked for at once."""
        return self._said[name]

    def hits(self, extractor: "TextExtractor") -> list[tuple[int, "Hit"]]:
        """Return what an extractor finds in the texts, read once for all who build on it."""
        if extractor.name not in self._hits:
            self._hits[extractor.name] = list(extractor.hits(self))
        return self._hits[extractor.name]

    def candidates(
        self, pattern: str, within: pl.Series | None = None, texts: pl.Series | None = None
    ) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
        """Yield (index, text, spans) of the texts in which `pattern` (Rust's regex) matches, of
        those marked in `within` alone where it is given; `texts` stand in for the batch's own.

        A match is looked for from the end of the one before it. That finds its true place for any
        pattern that neither looks at nor anchors to what stands around the match.
        """
        matches = pl.DataFrame({"text": self.texts if texts is None else texts})
        matches = matches.with_row_index("at")
        if within is not None:
            matches = matches.filter(within)
        matches = matches.with_columns(found=pl.col("text").str.extract_all(pattern))
        matches = matches.filter(pl.col("found").list.len() > 0)
        for index, text, found in matches.iter_rows():
            spans, at = [], 0
            for written in found:
                start = text.find(written, at)
                at = start + len(written)
                spans.append((start, at))
            yield index, text, spans


_last: tuple[pa.Table, Batch] | None = None


def batch_of(events: pa.Table) -> Batch:
    """Return a table's batch: the extractors read one table after each other, so it is kept until
    the next one comes."""
    global _last
    if _last is None or _last[0] is not events:
        _last = events, Batch(events)
    return _last[1]


def _stretches(whole: pl.Series, said: pa.ChunkedArray) -> pl.DataFrame:
    """Return the texts that people wrote, the row of each, and where it starts in its event's."""
    cut = pl.DataFrame({"text": whole}).with_row_index("row")
    if said.null_count == len(said):
        return cut.with_columns(start=pl.lit(0, pl.Int32))
    cut = cut.with_columns(said=pl.Series("said", said))
    some = cut.filter(pl.col("said").list.len() > 0).explode("said").unnest("said")
    own = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    some = some.select("row", "start", text=own)
    every = cut.filter(pl.col("said").is_null())
    every = every.select("row", "text", start=pl.lit(0, some.schema["start"]))
    return pl.concat([some, every.select(some.columns)]).sort("row", "start")


class TextExtractor:
    """Reads what a pattern finds in the texts of a batch; the plugins say what and how."""

    name: str
    version: str
    pattern: str  # Rust's regex, as of `Batch.candidates`

    def find(self, events: pa.Table) -> pa.Table:
        batch = batch_of(events)
        return spread(events, batch, batch.hits(self), self.name, self.version)

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        """Yield what stands in a candidate, `text[start:end]`, judged by what stands around it."""
        raise NotImplementedError

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        """Yield what stands in the texts of a batch, with the index of the text."""
        for index, text, spans in batch.candidates(self.pattern):
            region = batch.regions[index]
            for first, last in spans:
                for hit in self.read(text, first, last, region):
                    yield index, hit


def spread(
    events: pa.Table,
    batch: Batch,
    found: Iterable[tuple[int, Hit]],
    method: str,
    version: str,
) -> pa.Table:
    """Return what was found in the texts of a batch as `CLAIMS`, at every event that bears them."""
    best: dict[tuple[int, int, int, str, str], Hit] = {}
    for index, hit in found:
        key = (index, hit.start, hit.end, hit.kind, hit.value)
        if key not in best or best[key].confidence < hit.confidence:
            best[key] = hit
    if not best:
        return CLAIMS.empty_table()
    hits = list(best.values())
    indexes = [key[0] for key in best]
    texts = batch.texts.to_list()
    which, rows, shifts = batch.places(indexes)
    order = np.argsort(rows, kind="stable")
    which, rows, shifts = which[order], rows[order], shifts[order]
    starts = np.array([hit.start for hit in hits])[which] + shifts
    ends = np.array([hit.end for hit in hits])[which] + shifts
    values = [f"{SEPARATOR}{hit.kind}{SEPARATOR}{hit.value}" for hit in hits]
    ids = events.column("id").to_pylist()
    columns = {
        "id": [
            identify("c", f"{ids[row]}{SEPARATOR}{start}{SEPARATOR}{end}{values[n]}")
            for row, start, end, n in zip(
                rows.tolist(), starts.tolist(), ends.tolist(), which.tolist(), strict=True
            )
        ],
        "event": events.column("id").take(rows),
        "exhibit": events.column("exhibit").take(rows),
        "start": pa.array(starts, pa.int32()),
        "end": pa.array(ends, pa.int32()),
    }
    written = [texts[index][h.start : h.end] for index, h in zip(indexes, hits, strict=True)]
    roles = [_role(hit.kind, batch.contact[i]) for i, hit in zip(indexes, hits, strict=True)]
    shared = _shared(hits, written, roles)
    columns |= {name: column.take(pa.array(which)) for name, column in shared.items()}
    return surest(_laid(columns, method, version))


def table(events: pa.Table, found: Iterable[Found], method: str, version: str) -> pa.Table:
    """Return `found` as `CLAIMS`; of two equal claims the surer one stays."""
    claims = list(found)
    if not claims:
        return CLAIMS.empty_table()
    ids = events.column("id").to_pylist()
    rows = pa.array([f.row for f in claims])
    spans = [("", "") if f.start is None else (str(f.start), str(f.end)) for f in claims]
    columns = {
        "id": [
            identify("c", ids[f.row], *span, f.kind, f.value)
            for f, span in zip(claims, spans, strict=True)
        ],
        "event": events.column("id").take(rows),
        "exhibit": events.column("exhibit").take(rows),
        "start": pa.array([f.start for f in claims], pa.int32()),
        "end": pa.array([f.end for f in claims], pa.int32()),
    }
    columns |= _shared(claims, [f.written for f in claims], [f.role for f in claims])
    return surest(_laid(columns, method, version))


def _role(kind: Kind, contact: Role) -> Role:
    if kind in CONTACTS:
        return contact
    return Role.CONTENT if kind in CONTENT_KINDS else Role.MENTIONED


def _shared(
    hits: Sequence[Hit] | Sequence[Found], written: list[str], roles: list[Role]
) -> dict[str, pa.Array]:
    """Return the columns that do not depend on the event."""
    # Hits share their details: none, or those of a town.
    every = [hit.details for hit in hits]
    at = {id(details): n for n, details in enumerate(every)}
    distinct = [every[n] for n in at.values()]
    position = {number: n for n, number in enumerate(at)}
    which = pa.array([position[id(details)] for details in every], pa.int32())
    offsets = np.cumsum([0, *map(len, distinct)], dtype=np.int32)
    keys = [key for one in distinct for key in one]
    items = [value for one in distinct for value in one.values()]
    strings = {
        "kind": [hit.kind for hit in hits],
        "value": [hit.value for hit in hits],
        "written": written,
        "role": roles,
        "reason": [hit.reason for hit in hits],
    }
    return {
        **{name: pa.array(column, pa.string()) for name, column in strings.items()},
        "confidence": pa.array([hit.confidence for hit in hits], pa.float32()),
        "details": pa.MapArray.from_arrays(
            pa.array(offsets), pa.array(keys, pa.string()), pa.array(items, pa.string())
        ).take(which),
    }


def _laid(columns: Mapping[str, object], method: str, version: str) -> pa.Table:
    count = len(columns["id"])  # type: ignore[arg-type]
    same = {"method": method, "version": version}
    arrays = [pa.repeat(same[f.name], count) if f.name in same else columns[f.name] for f in CLAIMS]
    return pa.table(arrays, schema=CLAIMS)


def surest(claims: pa.Table) -> pa.Table:
    """Keep one claim of each id, the surest; of equally sure ones the first."""
    ids = pl.Series(claims["id"])
    if not ids.is_duplicated().any():
        return claims
    ranked = pl.DataFrame({"id": ids, "sure": pl.Series(claims["confidence"])}).with_row_index("at")
    best = ranked.sort("sure", descending=True, maintain_order=True).unique("id", keep="first")
    return claims.take(best["at"].sort().to_arrow())
