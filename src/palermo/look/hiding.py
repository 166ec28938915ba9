"""Finds what may not be read in the texts of events, beyond what claims write there: people whom
the exhibit or the case knows, repeated values, coordinates, numbers that nobody has read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from palermo.custody import quarantine
from palermo.safeguards.covering import NOBODY, Company, Covering, People, Row, Told
from palermo.safeguards.masking import PUBLIC, Span, coarsen, numbers, positions, without_numbers
from palermo.vocabulary import CONTENT_KINDS, EventKind

if TYPE_CHECKING:
    from palermo.look.query import Query

# People looked for in the names of all files asked about; above, in those of their own files.
FILE_PEOPLE = 2000
# Events whose text is a record of cells; the others' is writing.
_RECORDS = frozenset({EventKind.CALL, EventKind.PAYMENT, EventKind.BALANCE, EventKind.POSITION})
# The date and entry date that begin a statement's line.
_LINE_DATES = re.compile(r"^:61:\d{6,10}", re.M)


@dataclass
class Hiding:
    query: "Query"

    @cached_property
    def covering(self) -> Covering:
        query = self.query
        return Covering(query.whole or query.tables, query.mask, query.parents)

    # --- texts --------------------------------------------------------------------------------

    def of(self, events: Sequence[str], owners: Mapping[str, list[str]]) -> dict[str, Told]:
        """Return what may have to be hidden in events' texts. `owners`: as of `Query.owners`."""
        found: dict[str, Told] = defaultdict(Told)
        rows = self.query.tables.sql(
            """SELECT event, start, "end" AS stop, written, kind || ':' || value AS node
               FROM claims WHERE event IN (SELECT unnest(?))""",
            [list(events)],
        ).to_pylist()
        for r in rows:
            span = None
            if r["start"] is not None:
                span = Span(start=r["start"], end=r["stop"], node=r["node"])
            found[r["event"]].spans.append((span, r["written"], r["node"]))
        rows = self.query.tables.sql(
            """SELECT id, exhibit, kind, text, lat, lon, parties, time_written FROM events
               WHERE id IN (SELECT unnest(?))""",
            [list(events)],
        ).to_pylist()
        people = self.covering.people_in(
            row["exhibit"] for row in rows if row["kind"] not in PUBLIC
        )
        companies = {exhibit: Company(named) for exhibit, named in people.items()}
        for row in rows:
            told, text = found[row["id"]], row["text"] or ""
            told.public = row["kind"] in PUBLIC
            told.company = NOBODY if told.public else companies.get(row["exhibit"], NOBODY)
            protected = self.query.protected(owners.get(row["id"], []), row)
            spans = self.covering.unclaimed(row, text, told, protected)
            if self.query.mask.leaving:
                spans += _numbers(row, text, [s for s, _, _ in told.spans if s] + spans)
            told.spans += [(span, text[span.start : span.end], span.node) for span in spans]
        return found

    def cover(self, values: Mapping[str, str], told: Told) -> dict[str, str]:
        return self.covering.fields(values, told)

    def words(self, text: str, nodes: Iterable[str]) -> str:
        """Mask nodes' values wherever a reason quotes them."""
        values = [n for n in nodes if not is_event(n)]
        quotes = [(n.split(":")[-1], n) for n in values] + [(n, n) for n in values]
        return self.query.mask.values({"t": text}, quotes)["t"]

    def free(self, text: str, nodes: Iterable[str]) -> str:
        """Mask what a person wrote freely: the nodes', every name that the case knows, numbers."""
        text = self.words(text, nodes)
        folded = text.casefold()
        known = [
            (w, n) for w, n in self.covering.everybody if len(w) > 3 and w.casefold() in folded
        ]
        text = self.query.mask.text(text, self.covering.names.spans(text))[0]
        return without_numbers(self.query.mask.values({"t": text}, known)["t"])

    def within(self, details: Any, quotes: People) -> Any:  # noqa: ANN401
        """Mask the strings of a finding's details; in their JSON, a mark in place of a number would
        break it."""
        mask = self.query.mask
        if isinstance(details, str):
            return mask.values({"v": details}, quotes)["v"]
        if isinstance(details, list):
            return [self.within(one, quotes) for one in details]
        if isinstance(details, dict):
            keys = mask.values({key: key for key in details}, quotes)
            return {keys[key]: self.within(one, quotes) for key, one in details.items()}
        return details

    # --- files --------------------------------------------------------------------------------

    def file_names(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        """Return by exhibit its name and origin, without the people they name.

        A part's file is called after people that only its parent or siblings show, so the people of
        all the exhibits asked about count for each.
        """
        people = self.covering.people_in([row["id"] for row in rows])
        said = "\n".join(f"{row['name']}\n{unquote(row['origin'])}" for row in rows)
        all_of_them = {pair for pairs in people.values() for pair in pairs}
        few = len(all_of_them) <= FILE_PEOPLE
        # Few of them are in any name; to look for each in each takes their product.
        people_of_all = [(w, n) for w, n in all_of_them if any(x in said for x in (w, *w.split()))]
        names = {
            row["id"]: self.query.mask.values(
                {"name": row["name"], "origin": unquote(row["origin"])},
                people_of_all if few else people.get(row["id"], []),
            )
            for row in rows
        }
        # Its people are masked by what is read in it: unread, its very name may tell of them.
        withheld, quarantined = self.query.withheld, self.query.quarantined
        names |= {
            id: {"name": f"withheld: {withheld[id]}", "origin": ""}
            for id in names.keys() & withheld.keys()
        }
        untold = {"name": quarantine.NAME, "origin": ""}
        return {id: untold if id in quarantined else told for id, told in names.items()}


def _numbers(row: Row, text: str, known: Sequence[Span]) -> list[Span]:
    """Return the long numbers of a text that nothing has read; a record's time, amounts and own
    coordinates are none."""
    # What is read as a price or a date may be somebody's number all the same.
    read = [(s.start, s.end) for s in known if s.node.split(":", 1)[0] not in CONTENT_KINDS]
    if row["kind"] not in _RECORDS:
        return numbers(text, read)
    read += [m.span() for m in _LINE_DATES.finditer(text)]
    if written := row["time_written"]:
        read += [m.span() for m in re.finditer(re.escape(written), text)]
    if row["lat"] is not None:
        read += [(s.start, s.end) for s in positions(text, row["lat"], row["lon"])]
    return numbers(text, read, cells=True)


def quoted(row: Row, told: Mapping[str, Told]) -> list[tuple[str, str]]:
    """Return what a finding may quote: its subjects, and all that its evidence writes."""
    found = [told[event].spans for event in row["evidence"] if event in told]
    pairs = {(w, n): None for writes in found for _, w, n in writes}
    nodes = {n for _, n in pairs} | {n for n in row["subjects"] if ":" in n}
    known = [*pairs, *((n, n) for n in nodes), *((n.split(":", 1)[1], n) for n in nodes)]
    said = "\n".join(row[name] or "" for name in ("title", "reason", "counter", "details"))
    # Few of them are quoted. Details are JSON, in which quotes and the like are written otherwise.
    return [
        (w, n)
        for w, n in known
        if len(w or "") > 2
        and (
            not w.isprintable() or '"' in w or "\\" in w or any(x in said for x in (w, *w.split()))
        )
    ]


def coarse(details: Any) -> Any:  # noqa: ANN401
    """Round every coordinate in a finding's details."""
    if isinstance(details, list):
        return [coarse(one) for one in details]
    if isinstance(details, dict):
        return {
            key: coarsen(value)
            if key in {"lat", "lon"} and isinstance(value, float)
            else coarse(value)
            for key, value in details.items()
        }
    return details


def is_event(name: str) -> bool:
    return len(name) == 33 and name[0] == "e" and ":" not in name and "~" not in name
