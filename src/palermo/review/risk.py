"""Which events tell of a risk to life or to a child: stated ages and birth dates, and the words of
the operator's lists. Nothing else counts: no language, nationality, look or style.

A sign rests on the claim or the words that state it. Lists are the operator's own; we bring none.
Pure: tables in, `RISKS` out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
import pyarrow as pa

from palermo.review.stated import (
    BORN_AFTER,
    BORN_BEFORE,
    Born,
    age_at,
    stated_births,
)
from palermo.review.words import LETTERS, Phrase, phrases, spans
from palermo.safeguards.masking import CONTACT, PERSONAL
from palermo.store.engine import Tables
from palermo.store.lake import RISKS
from palermo.vocabulary import identify

VERSION = "2"
CHILD = 18  # Convention on the Rights of the Child, article 1
OF_A_PERSON = 0.55  # how sure a claim must be that years are an age; below it nobody says whose
ROWS = 8192
AROUND_SIGN = 60  # code points on either side, by which it is known that pages say the same
# For the engine, which knows no looking ahead: it lets more through than is read.
_ANY_BIRTH = f"{BORN_BEFORE}|{BORN_AFTER}".replace("(?!证|證)", "")


@dataclass(frozen=True, slots=True)
class Sign:
    event: str
    to: str
    sign: str
    value: str
    reason: str
    claim: str | None
    at: int | None = None  # where in the text
    undated: bool = False  # what makes it one is the age at a time that the event does not tell


# Signs as `Signs` draws them from one file's events: what they rest on, and what they are held against.
DRAWN = pa.schema(
    [
        *(field for field in RISKS if field.name != "of"),
        ("exhibit", pa.string()),
        ("kind", pa.string()),
        ("within", pa.string()),
        ("of", pa.string()),
        ("undated", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The excerpt of the events that state a risk; `lists`: name → what `parse` gave."""

    lists: Mapping[str, Mapping[str, Any]]

    @property
    def kind(self) -> str:
        """Its kind in the lake: of changed lists, another."""
        return f"signs_{identify('r', VERSION, repr(sorted(self.lists.items())))[1:7]}"

    def draw(self, tables: Tables) -> pa.Table:
        """Return `DRAWN`: each event's signs rest on it and its claims alone."""
        found = [*_ages(tables), *_births(tables), *_documents(tables), *_words(tables, self.lists)]
        once = {(s.event, s.sign, s.value): s for s in reversed(found)}
        kept = [s for _, s in sorted(once.items())]
        about = _about(tables, {s.event for s in kept})
        pages = _statements(tables, [s for s in kept if about[s.event]["kind"] == "page"])
        rows = [
            {name: getattr(s, name) for name in DRAWN.names if hasattr(s, name)}
            | {name: about[s.event][name] for name in ("exhibit", "kind", "within")}
            | {"of": pages.get(s) or about[s.event]["posting"] or s.event}
            for s in kept
        ]
        return pa.Table.from_pylist(rows, schema=DRAWN)


def signs(tables: Tables, lists: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """Return `RISKS` for what the events and claims state."""
    drawn = Signs(lists)
    kept = drawn.kind in tables.excerpts
    table = tables.sql(f"SELECT * FROM {drawn.kind}") if kept else drawn.draw(tables)
    rows = _dated(tables, pl.DataFrame(pl.from_arrow(table.cast(DRAWN))))
    key = ["event", "sign", "value"]
    # A page says again what the adverts in it say.
    said = rows.drop_nulls("within").select(pl.col("within").alias("event"), "sign", "value")
    again = rows.filter(pl.col("kind") == "page").join(said, on=key, how="semi")
    rows = rows.join(again, on=key, how="anti").sort(key)
    return rows.select(RISKS.names).to_arrow().cast(RISKS)


def _dated(tables: Tables, rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out whoever was grown up by the time of the last event of all, where their own event
    tells no time; say how old the others were."""
    undated = rows.filter("undated")
    if undated.is_empty():
        return rows
    latest = tables.sql("SELECT max(time) AS t FROM events")["t"][0].as_py()
    young = [
        row | {"reason": sign.reason}
        for row in (undated.to_dicts() if latest else [])
        for sign in _young(row["event"], Born(row["value"], None, 0), latest, row["reason"])
    ]
    return pl.concat([rows.filter(~pl.col("undated")), pl.DataFrame(young, schema=rows.schema)])


def _statements(tables: Tables, signs: Sequence[Sign]) -> dict[Sign, str]:
    """Return for signs of pages what they state, by the words around them in their line: what a site
    prints on all its pages, or was captured twice, is one statement."""
    rows = tables.sql(
        f"""SELECT s.n, substr(e.text, greatest(1, s.at - {AROUND_SIGN} + 1),
                     least({AROUND_SIGN}, s.at)) AS before,
                   substr(e.text, s.at + 1, {AROUND_SIGN}) AS after
            FROM (SELECT unnest(?) AS n, unnest(?) AS event, unnest(?) AS at) s
            JOIN events e ON e.id = s.event""",
        [list(range(len(signs))), [s.event for s in signs], [s.at or 0 for s in signs]],
    ).to_pylist()
    found = {}
    for row in rows:
        sign = signs[row["n"]]
        line = row["before"].split("\n")[-1] + row["after"].split("\n")[0]
        found[sign] = identify("r", sign.sign, sign.value, line)
    return found


def _about(tables: Tables, events: set[str]) -> dict[str, dict[str, Any]]:
    rows = tables.sql(
        "SELECT id, exhibit, kind, posting, within FROM events WHERE id IN (SELECT unnest(?))",
        [sorted(events)],
    )
    return {row["id"]: row for row in rows.to_pylist()}


# --- stated ages and dates --------------------------------------------------------------------


def _ages(tables: Tables) -> Iterator[Sign]:
    """Yield signs for ages that are said of a person: a count of years that may be another's is none."""
    rows = tables.sql(
        f"""SELECT event, value, id, reason, start FROM claims
            WHERE kind = 'age' AND TRY_CAST(value AS INTEGER) < {CHILD}
              AND confidence >= {OF_A_PERSON} ORDER BY event, id"""
    )
    for row in rows.to_pylist():
        reason = f"it states an age of {row['value']}"
        reason += f" ({row['reason']})" if row["reason"] else ""
        yield Sign(row["event"], "child", "age", row["value"], reason, row["id"], row["start"])


def _births(tables: Tables) -> Iterator[Sign]:
    """Yield signs for birth dates that texts state, by a date's claim or as a bare year."""
    rows = tables.sql(
        "SELECT id, time, text FROM events WHERE regexp_matches(text, ?) ORDER BY id",
        [f"(?i){_ANY_BIRTH}"],
    ).to_pylist()
    dates: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables.sql(
        """SELECT event, id, value, start, "end", confidence FROM claims WHERE kind = 'date'
           AND start IS NOT NULL AND event IN (SELECT unnest(?)) ORDER BY start, id""",
        [[row["id"] for row in rows]],
    ).to_pylist():
        dates[row["event"]].append(row)
    for row in rows:
        for born in stated_births(row["text"], dates[row["id"]]):
            yield from _born(row["id"], born, row["time"], "a birth date that it states")


def _documents(tables: Tables) -> Iterator[Sign]:
    """Yield signs for the birth dates in travel documents' machine-readable zones."""
    rows = tables.sql(
        """SELECT c.event, c.id, c.start, c.details['born'] AS born, e.time FROM claims c
           JOIN events e ON e.id = c.event
           WHERE c.kind = 'document' AND c.details['born'] <> '' ORDER BY c.id"""
    ).to_pylist()
    for row in rows:
        what = "the birth date in a travel document"
        born = Born(row["born"], row["id"], row["start"])
        yield from _born(row["event"], born, row["time"], what)


def _born(event: str, born: Born, at: datetime | None, what: str) -> Iterator[Sign]:
    if at is None:
        yield Sign(event, "child", "born", born.value, what, born.claim, born.at, undated=True)
    else:
        yield from _young(event, born, at, what)


def _young(event: str, born: Born, at: datetime, what: str) -> Iterator[Sign]:
    ages = age_at(born.value, at.date())
    if ages is None or ages[0] >= CHILD:
        return
    # Not the date itself: it is nobody's business who sees that there is a risk.
    old = str(ages[0]) if ages[0] == ages[1] else f"{ages[0]} or {ages[1]}"
    reason = f"by {what}, somebody was {old} at the time"
    yield Sign(event, "child", "born", born.value, reason, born.claim, born.at)


# --- the operator's words -----------------------------------------------------------------------


def _words(tables: Tables, lists: Mapping[str, Mapping[str, Any]]) -> Iterator[Sign]:
    wanted = phrases(lists)
    if not wanted:
        return
    hits = list(_hits(tables, wanted))
    hidden = _hidden(tables, sorted({event for event, _, _ in hits}))
    for event, phrase, where in hits:
        # A list is no way to find out whose masked name or number an event bears.
        covered = hidden[event]
        if all(any(s < end and start < e for start, end in covered) for s, e in where):
            continue
        reason = f"it has “{phrase.written}”, which is on this case's list “{phrase.name}”"
        value = f"{phrase.name}/{phrase.written}"
        yield Sign(event, phrase.to, "words", value, reason, None, where[0][0])


def _hits(
    tables: Tables, wanted: Sequence[Phrase]
) -> Iterator[tuple[str, Phrase, list[tuple[int, int]]]]:
    """Yield event, phrase and where it stands; texts without any needle are passed over at once."""
    needles = sorted({phrase.needle for phrase in wanted})
    for batch in tables.stream("SELECT id, text FROM events WHERE text <> '' ORDER BY id", ROWS):
        texts = batch.column("text").to_pylist()
        folded = pl.Series([text.translate(LETTERS) for text in texts], dtype=pl.String)
        candidates = folded.str.contains_any(needles).arg_true().to_list()
        for row in candidates:
            for phrase in wanted:
                if phrase.needle in folded[row] and (where := spans(texts[row], phrase)):
                    yield batch.column("id")[row].as_py(), phrase, where


def _hidden(tables: Tables, events: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Return by event the spans of claims that are or may be masked."""
    kinds = ", ".join(f"'{kind}'" for kind in sorted(PERSONAL | CONTACT))
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in tables.sql(
        f"""SELECT event, start, "end" AS stop FROM claims
            WHERE kind IN ({kinds}) AND start IS NOT NULL AND event IN (SELECT unnest(?))""",
        [list(events)],
    ).to_pylist():
        found[row["event"]].append((row["start"], row["stop"]))
    return found
