"""Asks the search index: which events have these words or values, narrowed, and what they are like."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import tantivy

from palermo.safeguards.readable import WORDLESS
from palermo.safeguards.refusal import Refused
from palermo.store.documents import (
    GRAM,
    ROW_BITS,
    compact,
    event_schema,
    grams,
    value_schema,
    words_analyzer,
)
from palermo.store.index import opened
from palermo.store.indexed import Record
from palermo.store.rows import Place
from palermo.values.text import fold

# Hits that are told one by one, and of which it is known how many are listed.
DEEPEST = 10_000
# Values that one part of a value stands for at most.
VALUES = 2_000
LISTED = 50  # values of a facet
COUNTED = 60_000  # of a segment, so that each is counted in full
DAYS = 366 * 30
_EXACT, _PART, _ALSO = 1000.0, 100.0, 0.01
_EPOCH = date(1970, 1, 1)
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


class Asked(NamedTuple):
    """What is looked for. `nodes`: numbers of values; `part`: what may be part of a value; `keys`: of
    the only events that are wanted."""

    words: str = ""
    nodes: Sequence[int] = ()
    keys: Sequence[int] | None = None
    part: str = ""
    kind: str | None = None
    place: str | None = None
    site: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def every(self) -> bool:
        """Whether no words or values are asked for, but all that nothing narrows away."""
        return not (self.words or self.nodes)


class Hits(NamedTuple):
    """Hits, best first: `at`, `key`, `fold` and `score` of each. `total`: events in all; `nodes`:
    values that have the part asked for; `exact`: none is left out of them or of `rows`."""

    rows: pl.DataFrame
    total: int
    nodes: Sequence[int]
    exact: bool


class Sightings(NamedTuple):
    times: int
    first: datetime | None
    last: datetime | None


@dataclass
class Index:
    """A case's index as it lies. `live`: the files of events that the case still has."""

    folder: Path
    live: Collection[str]

    @cached_property
    def record(self) -> Record:
        record = Record.of(self.folder)
        if record is None:
            raise Refused(
                "search",
                "there is no search index: nothing was run yet, it was deleted, or an older version made it",
                "Make it: palermo run CASE",
                "not_found",
            )
        return record

    @cached_property
    def _events(self) -> tantivy.Searcher:
        return opened(self.folder / "events", self._schema).searcher()

    @cached_property
    def _schema(self) -> tantivy.Schema:
        return event_schema()

    # --- queries ----------------------------------------------------------------------------

    def find(self, asked: Asked) -> Hits:
        """Return the best hits. Without anything to look for all is found, the newest first."""
        if asked.every and not self.live:
            return Hits(_frame([], [], [], []), 0, (), True)
        assert self.record, "it refuses where there is no index"
        parts, whole = self._values(asked.part) if asked.part else ((), True)
        query = self._query(asked, parts)
        if query is None:
            return Hits(_frame([], [], [], []), 0, (), True)
        every = asked.every
        searcher = self._events
        found = searcher.search(query, DEEPEST, True, "time" if every else None)
        addresses = [address for _, address in found.hits]
        at, key, fold = (
            searcher.fast_field_values(name, addresses) for name in ("at", "key", "fold")
        )
        scores = [0.0 if every else float(rank) for rank, _ in found.hits]
        rows = _frame(at, key, fold, scores)
        if not every:  # equals in the order of their ids, however the index came about
            rows = rows.sort("score", "key", descending=[True, False])
        total = int(found.count or 0)  # type: ignore[attr-defined]
        return Hits(rows, total, parts, whole and total <= DEEPEST)

    def _query(self, asked: Asked, parts: Sequence[int]) -> tantivy.Query | None:
        """Return what has all words or any of the values, narrowed; None: nothing can have it."""
        schema = self._schema
        ways: list[tantivy.Query] = []
        terms = sorted(set(words_analyzer().analyze(fold(asked.words))))
        if terms:
            all_of_them = [
                (_MUST, tantivy.Query.term_query(schema, "words", term, "freq")) for term in terms
            ]
            ways.append(tantivy.Query.boolean_query(all_of_them))
        if asked.nodes:
            ways.append(_flat(self._any("nodes", asked.nodes), _EXACT))
        if parts:
            signs = any(not (c.isalpha() or c.isspace()) for c in asked.part)
            ways.append(_flat(self._any("nodes", parts), _PART if signs else _ALSO))
        every = asked.every
        if not ways and not every:
            return None
        narrowed = [(_MUST, _flat(query, 0.0)) for query in self._narrowing(asked)]
        if every:
            narrowed.append((_MUST, tantivy.Query.all_query()))
            narrowed += [
                (_NOT, tantivy.Query.term_query(schema, "kind", str(kind))) for kind in WORDLESS
            ]
        else:
            either = tantivy.Query.boolean_query([(_SHOULD, way) for way in ways])
            narrowed.insert(0, (_MUST, either))
        if asked.keys is not None:
            narrowed.append((_MUST, _flat(self._any("key", asked.keys), 0.0)))
        if dead := self._dead:
            narrowed.append((_NOT, self._any("file", dead)))
        return tantivy.Query.boolean_query(narrowed)

    def _any(self, field: str, numbers: Sequence[int]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, field, numbers)

    @cached_property
    def _dead(self) -> list[int]:
        """The numbers of files that the case has no more, and the index still has."""
        live = set(self.live)
        return [n for n, held in enumerate(self.record.files) if held and held.events not in live]

    def _narrowing(self, asked: Asked) -> list[tantivy.Query]:
        schema = self._schema
        found = [
            tantivy.Query.term_query(schema, name, value)
            for name, value in (("kind", asked.kind), ("where", asked.place), ("site", asked.site))
            if value is not None
        ]
        if asked.since or asked.until:
            first, until = _micro(asked.since), _micro(asked.until)
            last = None if until is None else until - 1
            integer = tantivy.FieldType.Integer
            found.append(tantivy.Query.range_query(schema, "time", integer, first, last))
        return found

    # --- values -----------------------------------------------------------------------------

    def _values(self, part: str) -> tuple[list[int], bool]:
        """Return the numbers of the values that have a part, and whether they are all."""
        letters = compact(pl.Series([part]))[0]
        readings = [letters]
        if letters.isdecimal() and letters.startswith("0"):  # a national or international prefix
            readings.append(letters.lstrip("0"))
        sought = [grams(reading) for reading in readings if len(reading) >= GRAM]
        if not sought:
            return [], True
        schema = value_schema()
        fields = ["value", "link"] if set(part) & set("./:") else ["value"]
        ways = [(_SHOULD, _phrase(schema, name, one)) for name in fields for one in sought]
        searcher = opened(self.folder / "values", schema).searcher()
        query = _flat(tantivy.Query.boolean_query(ways), 1.0)
        found = searcher.search(query, limit=VALUES, count=True)
        numbers = searcher.fast_field_values("node", [address for _, address in found.hits])
        return [int(n) for n in numbers if n is not None], int(found.count) <= VALUES  # type: ignore[attr-defined]

    # --- what hits are like -------------------------------------------------------------------

    def sightings(self, folds: Collection[int]) -> dict[int, Sightings]:
        """Return, for each thing that is listed once, how often it was seen, and when."""
        seen = {"first": {"min": {"field": "seen"}}, "last": {"max": {"field": "seen"}}}
        terms = {"field": "fold", "size": len(folds), "segment_size": len(folds)}
        query = self._but_dead(self._any("fold", [*folds]))
        told = self._events.aggregate(query, {"folds": {"terms": terms, "aggs": seen}})
        return {
            int(b["key"]): Sightings(
                int(b["doc_count"]), *(_moment(b[end]["value"]) for end in ("first", "last"))
            )
            for b in told["folds"]["buckets"]
        }

    def _but_dead(self, query: tantivy.Query) -> tantivy.Query:
        dead = [(_NOT, self._any("file", self._dead))] if self._dead else []
        return tantivy.Query.boolean_query([(_MUST, query), *dead])

    def facets(self, asked: Asked, nodes: Sequence[int]) -> dict[str, dict[str, int]]:
        """Count the events found by kind, place, month, day and site."""
        query = self._query(asked, nodes) if self.live else None
        if query is None:
            return {name: {} for name in ("kind", "place", "month", "day", "site")}
        terms: dict[str, dict[str, Any]] = {
            name: {"terms": {"field": name, "size": LISTED, "segment_size": COUNTED}}
            for name in ("kind", "place", "site")
        }
        terms["day"] = {"terms": {"field": "day", "size": DAYS, "segment_size": DAYS}}
        told = self._events.aggregate(query, terms)
        found = {name: _counted(told[name]["buckets"]) for name in ("kind", "place", "site")}
        days = {int(b["key"]): int(b["doc_count"]) for b in told["day"]["buckets"]}
        return found | _dated(days)

    def where(self, at: int) -> Place:
        held = self.record.files[at >> ROW_BITS]
        assert held
        return Place(held.events, held.claims, at & ((1 << ROW_BITS) - 1))


def _counted(buckets: Sequence[dict[str, Any]]) -> dict[str, int]:
    counted = sorted((-int(b["doc_count"]), str(b["key"])) for b in buckets)
    return {value: -count for count, value in counted}


def _dated(days: dict[int, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"month": {}, "day": {}}
    for day, count in sorted(days.items()):
        told = (_EPOCH + timedelta(days=day)).isoformat()
        found["day"][told] = count
        found["month"][told[:7]] = found["month"].get(told[:7], 0) + count
    return found


def _flat(query: tantivy.Query, score: float) -> tantivy.Query:
    return tantivy.Query.const_score_query(query, score)


def _phrase(schema: tantivy.Schema, field: str, words: list[str]) -> tantivy.Query:
    if len(words) == 1:
        return tantivy.Query.term_query(schema, field, words[0])
    return tantivy.Query.phrase_query(schema, field, [*words])


def _frame(at: Any, key: Any, fold: Any, score: Any) -> pl.DataFrame:  # noqa: ANN401
    schema = {"at": pl.UInt64, "key": pl.UInt64, "fold": pl.UInt64, "score": pl.Float64}
    return pl.DataFrame({"at": at, "key": key, "fold": fold, "score": score}, schema=schema)


def _micro(when: datetime | None) -> int | None:
    if when is None:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return round((aware - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


def _moment(micro: float | None) -> datetime | None:
    if micro is None:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=round(micro))
