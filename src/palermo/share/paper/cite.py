"""Finds what a statement rests on, and words it as footnotes: exhibit, locator, quoted words."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from palermo.share.format import Dossier
from palermo.share.paper.blocks import Line, Note, Strong, Value, excerpt, joined, value
from palermo.share.paper.telling import told, written
from palermo.vocabulary import EventKind

Row = dict[str, Any]
ID = re.compile(r"[a-z][0-9a-f]{32}")
UNREVIEWED = "†"
BY_HAND = frozenset({EventKind.NOTE})
PER_LINK = 2  # sources shown for one link
LOOKED_UP = 8  # claims looked up for one link, as some may be withheld
WORKBOOK = "the chronology workbook (format “table”) of the same run"


def subjects(row: Row) -> list[str]:
    """Return the ids or nodes that a decision or a finding names."""
    named = row.get("subjects")
    if named is None:
        return []
    return [str(s) for s in named] if isinstance(named, list) else re.split(r"[\s,;]+", str(named))


def pick(table: pa.Table, column: str, wanted: Iterable[str]) -> Iterator[Row]:
    """Yield the rows whose `column` is one of `wanted`; the rest never become Python objects."""
    keys = pa.array(sorted(set(wanted)), pa.string())
    if len(keys) and table.num_rows:
        yield from table.filter(pc.is_in(table[column], keys)).to_pylist()


class Sources:
    """The events, claims and links behind some ids, taken from a dossier in one pass a table."""

    def __init__(self, dossier: Dossier, ids: Iterable[str]) -> None:
        wanted = {i for i in ids if ID.fullmatch(i)}
        self.links: dict[str, Row] = {r["id"]: r for r in pick(dossier.links, "id", wanted)}
        for link in self.links.values():
            wanted.update((link["claims"] or [])[:LOOKED_UP])
        self.claims: dict[str, Row] = {r["id"]: r for r in pick(dossier.claims, "id", wanted)}
        wanted.update(claim["event"] for claim in self.claims.values())
        self.events: dict[str, Row] = {r["id"]: r for r in pick(dossier.events, "id", wanted)}
        rows = dossier.findings.to_pylist()
        self.findings: list[Row] = sorted(rows, key=lambda f: (-(f["score"] or 0), f["id"]))
        self.decided: dict[str, list[Row]] = {}
        for decision in dossier.decisions.to_pylist():
            for subject in subjects(decision):
                self.decided.setdefault(subject, []).append(decision)
        self._numbers = {finding["id"]: n for n, finding in enumerate(self.findings, 1)}

    def node(self, name: str) -> Line:
        """Return a node as a reader knows it: a value, a finding, or the author of an event."""
        if name in self._numbers:
            return (f"finding {self._numbers[name]}",)
        if event := self.events.get(name):
            return (f"author of the {event['kind']} in ", Strong(str(event["exhibit_number"])),
                    ", ", value(event["locator"], code=True))  # fmt: skip
        return (value(name.replace(":", " ", 1)),) if ":" in name else (value(name, code=True),)

    def cited(self, items: Iterable[str]) -> Iterator[tuple[Row, Line]]:
        """Yield each event behind some items, with the footnote that cites it."""
        for item in items:
            for event, line in self._sources(item):
                yield event, (Note(line),)

    def notes(self, items: Iterable[str], limit: int) -> Line:
        """Return up to `limit` footnotes for items that can be cited; never within a table, where
        typst lays every page out again for each of them."""
        notes = [note for item in items for note in self.lines(item)][:limit]
        return tuple(part for line in notes for part in (" ", Note(line)))

    def places(self, items: Iterable[str], limit: int) -> Line:
        """Return where up to `limit` items stand: exhibit and locator, for a cell of a table."""
        events = [event for item in items for event, _ in self._sources(item)][:limit]
        return joined([self._place(event) for event in events])

    def lines(self, item: str) -> list[Line]:
        """Return what the footnotes for one piece of evidence say; none if it is not here."""
        return [line for _, line in self._sources(item)]

    def _sources(self, item: str) -> list[tuple[Row, Line]]:
        if item in self.links:
            claims = (self.links[item]["claims"] or [])[:LOOKED_UP]
            return [found for claim in claims for found in self._sources(claim)][:PER_LINK]
        if item in self.claims:
            event = self.events.get(self.claims[item]["event"])
            return [] if event is None else [(event, self._claim(self.claims[item], event))]
        if item in self.events:
            event = self.events[item]
            line = (*self._place(event), ": ", *told(event), *written(event))
            return [(event, (*line, *self._end(event, item)))]
        return []

    def _claim(self, claim: Row, event: Row) -> Line:
        read = (f"{claim['kind']} ", value(claim["written"]), " read as ", value(claim["value"]))
        context: Line = ()
        if claim["start"] is not None and event["text"]:
            context = (", in “", excerpt(event["text"], claim["start"], claim["end"]), "”")
        return (*self._place(event), ": ", *read, *context, *self._end(event, claim["id"]))

    def _place(self, event: Row) -> Line:
        return (Strong(str(event["exhibit_number"])), ", ", value(event["locator"], code=True))

    def _end(self, event: Row, item: str) -> Line:
        return (" · ", value(item, code=True), self.mark(event))

    def mark(self, event: Row) -> str:
        """Return the sign of a machine reading, or nothing for what a person entered."""
        return "" if event["kind"] in BY_HAND else f" {UNREVIEWED}"


def brief(event: Row) -> Line:
    """Return an event in a sentence: when, what, in which exhibit."""
    return (moment(event["time"]) if event["time"] else "no time", ": ", *told(event), ", ",
            Strong(str(event["exhibit_number"])))  # fmt: skip


def moment(time: object) -> str:
    """Return a time as it is written in a report, always in UTC."""
    if not isinstance(time, datetime):
        return "–" if time is None else str(time)
    time = time.astimezone(UTC) if time.tzinfo else time
    seconds = f"{time:%Y-%m-%d %H:%M:%S}" + (f".{time:%f}".rstrip("0") if time.microsecond else "")
    return f"{seconds} UTC" if time.tzinfo else seconds


def when(event: Row) -> Line:
    """Return an event's time in UTC, its uncertainty, its zone, and how it was written."""
    if event["time"] is None:
        return ("no time",) if not event["time_written"] else (value(event["time_written"]),)
    parts: list[str | Value] = [moment(event["time"])]
    if event["time_error"]:
        parts.append(f" ± {span(event['time_error'])}")
    if event["zone"]:
        parts += [", zone ", value(event["zone"])]
    if event["time_written"]:
        parts += [", written ", value(event["time_written"])]
    return tuple(parts)


def span(seconds: int) -> str:
    """Return a number of seconds in the largest unit that tells it exactly."""
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def cell(content: object) -> Line:
    """Return one value of a table as a cell."""
    if content is None or isinstance(content, datetime):
        return (moment(content),)
    return (value(content),)
