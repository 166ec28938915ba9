"""The way back: from any output, step by step, to the sealed bytes and the custody log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from palermo import answers, wiring
from palermo.counting import many
from palermo.custody import quarantine
from palermo.custody.vault import digest_of
from palermo.look.query import Query
from palermo.safeguards.masking import Span
from palermo.safeguards.refusal import NotFound
from palermo.store import catalogue as c
from palermo.store.case import Case

# Bytes of the original shown on either side of the words.
AROUND = 240
# Pieces of evidence that are followed to their bytes; all are named.
FOLLOWED = 25


@dataclass
class Back:
    """Walks back from one id, collecting each step once."""

    case: Case
    query: Query
    steps: dict[str, answers.Step] = field(default_factory=dict)
    claims: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def walk(self, id: str) -> answers.Why:
        quarantine.refuse_held(self.case, f"why {id}", id)
        self._visit([id])
        if not self.steps:
            raise NotFound(
                f"why {id}",
                "nothing in this case has this id",
                "Find ids with: palermo timeline CASE, or palermo search CASE WORDS",
            )
        shown_claims = self._claims(self.claims[:FOLLOWED])
        bearing = {row["event"] for row in shown_claims}
        rest = [event for event in self.events[:FOLLOWED] if event not in bearing]
        rows = [*shown_claims, *self._whole(rest)]
        hidden = self.query.hidden_spans([row["event"] for row in rows])
        excerpts = [self._excerpt(row, hidden[row["event"]]) for row in rows]
        exhibits = [id for id, step in self.steps.items() if step.what == "exhibit"]
        return answers.Why(
            id=self.query.mask.node(id),
            steps=list(self.steps.values()),
            excerpts=excerpts,
            custody=self._custody(exhibits),
        )

    # --- steps ------------------------------------------------------------------------------

    def _visit(self, ids: Iterable[str]) -> None:
        wanted = [i for i in dict.fromkeys(ids) if i not in self.steps]
        by_letter: dict[str, list[str]] = {}
        for i in wanted:
            by_letter.setdefault("node" if ":" in i or "~" in i else i[:1], []).append(i)
        visitors = {
            "f": self._findings,
            "i": self._identities,
            "l": self._links,
            "node": self._nodes,
            "c": self._visit_claims,
            "e": self._visit_events,
            "x": self._exhibits,
        }
        for letter, visit in visitors.items():
            if letter in by_letter:
                visit(by_letter[letter])

    def _step(self, id: str, what: str, text: str, rests_on: list[str]) -> None:
        self.steps[id] = answers.Step(id=id, what=what, text=text, rests_on=rests_on)

    def _findings(self, ids: list[str]) -> None:
        found = self.query.findings("f.id IN (SELECT unnest(?))", [ids])
        for f in found:
            text = f"{f.title}. {f.reason} Against it: {f.counter or 'nothing was found'}"
            self._step(f.id, "finding", text, f.evidence)
        self._visit(thing for f in found for thing in f.evidence[: 2 * FOLLOWED])

    def _identities(self, ids: list[str]) -> None:
        for id in ids:
            nodes = self.query.tables.sql(
                "SELECT node FROM identities WHERE identity = ? ORDER BY node", [id]
            )["node"].to_pylist()
            if not nodes:
                continue
            standing = self.query.standing_links(nodes)
            text = (
                f"{many(len(nodes), 'value or event', 'values and events')} held together by "
                + many(len(standing), "link")
            )
            self._step(id, "identity", text, standing)
            self._visit(standing[:FOLLOWED])

    def _links(self, ids: list[str]) -> None:
        found = self.query.links("l.id IN (SELECT unnest(?))", [ids])
        for link in found:
            said = f" A person decided: {link.decision}." if link.decision else ""
            text = f"{link.a.shown} and {link.b.shown}: {link.reason}.{said}"
            self._step(link.id, "link", text, link.claims)
        self._visit(claim for link in found for claim in link.claims[: 2 * FOLLOWED])

    def _nodes(self, ids: list[str]) -> None:
        for id in ids:
            node = self.query.resolve(id)
            if node is None:
                continue
            kind, _, value = node.partition(":")
            rows = self.query.tables.sql(
                "SELECT id FROM claims WHERE kind = ? AND value = ? ORDER BY id", [kind, value]
            )["id"].to_pylist()
            shown = self.query.node(node)
            self._step(shown.node, "value", f"{shown.shown}, written {len(rows)} times", rows)
            self._visit(rows[:FOLLOWED])

    def _visit_claims(self, ids: list[str]) -> None:
        found = self.query.claims("c.id IN (SELECT unnest(?))", [ids])
        for claim in found:
            text = (
                f"{claim.kind} {claim.value.shown}, written {claim.written!r}, as {claim.role}: "
                f"{claim.reason} (by {claim.method} {claim.version})"
            )
            self._step(claim.id, "claim", text, [claim.event])
            self.claims.append(claim.id)
        self._visit(claim.event for claim in found)

    def _visit_events(self, ids: list[str]) -> None:
        found = self.query.by_id(ids)
        for event in found:
            when = f" at {event.time:%Y-%m-%d %H:%M:%S} UTC" if event.time else ""
            where = f" in {event.place}" if event.place else ""
            text = f"{event.kind}{when}{where}, exhibit {event.exhibit_number}, {event.locator}"
            self._step(event.id, "event", text, [event.exhibit])
            self.events.append(event.id)
        self._visit(event.exhibit for event in found)

    def _exhibits(self, ids: list[str]) -> None:
        with self.case.catalogue.read() as connection:
            query = sa.select(c.exhibit).where(c.among(c.exhibit.c.id, ids))
            rows = [dict(row) for row in connection.execute(query).mappings()]
        names = self.query.file_names(rows)
        for row in rows:
            told = names[row["id"]]
            text = (
                f"exhibit {row['number']}, {told['name']}, {row['size']} bytes, "
                f"SHA-256 {row['sha256']}, from {told['origin']}"
            )
            self._step(row["id"], "exhibit", text, [row["parent"]] if row["parent"] else [])
        self._visit(row["parent"] for row in rows if row["parent"])

    def _custody(self, exhibits: list[str]) -> list[answers.Entry]:
        with self.case.catalogue.read() as connection:
            return entries(connection, c.among(c.custody.c.subject, exhibits))

    # --- excerpts ---------------------------------------------------------------------------

    def _claims(self, ids: list[str]) -> list[dict[str, Any]]:
        rows = self.query.tables.sql(
            """SELECT c.event, c.exhibit, c.start, c."end" AS stop, c.written,
                      c.kind || ':' || c.value AS node, e.locator, e.text, e.map, e.method,
                      e.details
               FROM claims c JOIN events e ON e.id = c.event WHERE c.id IN (SELECT unnest(?))
               ORDER BY c.id""",
            [ids],
        )
        found: list[dict[str, Any]] = rows.to_pylist()
        return found

    def _whole(self, ids: list[str]) -> list[dict[str, Any]]:
        rows = self.query.tables.sql(
            """SELECT id AS event, exhibit, 0 AS start, length(text) AS stop, text AS written,
                      '' AS node, locator, text, map, method, details
               FROM events WHERE id IN (SELECT unnest(?)) ORDER BY id""",
            [ids],
        )
        found: list[dict[str, Any]] = rows.to_pylist()
        return found

    def _excerpt(self, row: Mapping[str, Any], spans: Iterable[Span]) -> answers.Excerpt:
        """Read the sealed bytes again, now, and show the words where they stand."""
        quarantine.refuse_held(self.case, f"why {row['event']}", row["exhibit"])
        with self.case.catalogue.read() as connection:
            query = sa.select(c.exhibit.c.sha256).where(c.exhibit.c.id == row["exhibit"])
            sha256: str = connection.execute(query).scalar_one()
        blob = self.case.vault.path(sha256)
        sound = blob.is_file() and digest_of(blob) == sha256
        payload = b""
        if sound:
            with blob.open("rb") as source:
                payload = wiring.plugins("decoders")[row["method"]].payload(source, row["locator"])
        charset = dict(row["details"] or []).get("charset", "utf-8")
        place = None if row["start"] is None else locate(row, row["start"], row["stop"], charset)
        first, last = place or (None, None)
        window = _Window(payload, charset, self._hidden(spans, row, charset))
        told = self.query.mask.text(row["written"] or "", self._own(row))[0]
        return answers.Excerpt(
            exhibit=row["exhibit"],
            locator=row["locator"],
            first=first,
            last=last,
            before=window.show(max(0, first - AROUND), first) if first is not None else "",
            words=window.show(first, last) if first is not None and last is not None else told,
            after=window.show(last, last + AROUND) if last is not None else "",
            verified=sound and (first is None or (last is not None and last <= len(payload))),
            sha256=sha256,
        )

    def _own(self, row: Mapping[str, Any]) -> list[Span]:
        length = len(row["written"] or "")
        return [Span(start=0, end=length, node=row["node"])] if row["node"] else []

    def _hidden(
        self, spans: Iterable[Span], row: Mapping[str, Any], charset: str
    ) -> list[tuple[int, int, str]]:
        """Return byte ranges of an event's masked values, with the token of each."""
        found = []
        for span in spans:
            place = locate(row, span.start, span.end, charset)
            if place:
                found.append((*place, self.query.mask.mark(span.node)))
        return sorted(found)


@dataclass(frozen=True)
class _Window:
    payload: bytes
    charset: str
    hidden: list[tuple[int, int, str]]

    def show(self, first: int, last: int) -> str:
        out, at = [], first
        for start, end, token in self.hidden:
            if end <= at or start >= last:
                continue
            out += [self._decoded(at, start), token]
            at = max(at, end)
        out.append(self._decoded(at, min(last, len(self.payload))))
        return "".join(out)

    def _decoded(self, first: int, last: int) -> str:
        return self.payload[first : max(first, last)].decode(self.charset, "replace")


def locate(row: Mapping[str, Any], start: int, stop: int, charset: str) -> tuple[int, int] | None:
    """Return the bytes of the payload in which code points `start` to `stop` are written.

    A run whose bytes are its text, encoded, is cut exactly; of any other run all bytes count.
    """
    first: int | None = None
    last = 0
    for run in row["map"] or []:
        if run["end"] <= start or run["start"] >= stop:
            continue
        text = row["text"][run["start"] : run["end"]]
        a, b = max(start, run["start"]) - run["start"], min(stop, run["end"]) - run["start"]
        codec = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(charset.lower(), charset)
        encoded = text.encode(codec, "replace")
        if len(encoded) == run["last"] - run["first"]:
            here = run["first"] + len(text[:a].encode(codec, "replace"))
            there = run["first"] + len(text[:b].encode(codec, "replace"))
        else:
            here, there = run["first"], run["last"]
        first = here if first is None else min(first, here)
        last = max(last, there)
    return None if first is None else (first, last)


def entries(
    connection: sa.Connection, where: sa.ColumnElement[bool], limit: int = 200, offset: int = 0
) -> list[answers.Entry]:
    """Return custody entries, in order, with the purpose of the permit they were made under."""
    query = (
        sa.select(c.custody, c.permit.c.purpose)
        .join(c.permit, c.permit.c.number == c.custody.c.permit, isouter=True)
        .where(where)
        .order_by(c.custody.c.number)
        .limit(limit)
        .offset(offset)
    )
    return [
        answers.Entry(
            number=row["number"],
            at=row["at"],
            actor=row["actor"],
            act=row["act"],
            purpose=row["purpose"] or "",
            subject=row["subject"],
            entry=row["entry"],
        )
        for row in connection.execute(query).mappings()
    ]
