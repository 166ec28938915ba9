"""The query layer: rows of the lake as answers, masked here and nowhere else."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from palermo import answers
from palermo.custody import quarantine
from palermo.look.marks import Marks
from palermo.review.decisions import Made, pair
from palermo.safeguards.masking import (
    CONTACT,
    PERSONAL,
    Mask,
    Span,
    coarsen,
    pairs,
    positions,
    without_numbers,
)
from palermo.store.engine import Tables
from palermo.vocabulary import PARTAKING, EventKind, Kind, Role

Row = dict[str, Any]

PUBLIC = frozenset({EventKind.ADVERT, EventKind.PAGE})
# People looked for in the names of all files asked about; above, in those of their own files.
FILE_PEOPLE = 2000


@dataclass(kw_only=True)
class Query:
    """Reads one case's pinned tables for one permit.

    `numbers`: exhibit id → number. `decided`: endpoints → the decision that stands. `persons` and
    `held`: the persons of the case, and node → number of the person it is tied to.
    """

    tables: Tables
    mask: Mask
    run: int
    numbers: Mapping[str, int]
    decided: Mapping[tuple[str, str | None], Made]
    exculpatory: frozenset[str]
    persons: Mapping[int, answers.Person]
    held: Mapping[str, int]
    parents: Mapping[str, str]  # an exhibit that was taken out of another → that other
    said: Mapping[str, Made] = field(default_factory=dict)  # the newest of a risk, by what it names
    looked_at: frozenset[str] = frozenset()  # what somebody has decided on by itself
    withheld: Mapping[str, str] = field(default_factory=dict)  # exhibits that are not read → why
    quarantined: frozenset[str] = frozenset()  # exhibits of which nothing is told but their digest
    titles: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def marks(self) -> Marks:
        return Marks(self)

    # --- counts -----------------------------------------------------------------------------

    def count(self, table: str) -> int:
        """Return how many rows a table has; of identities, how many different ones."""
        what = "count(DISTINCT identity)" if table == "identities" else "count(*)"
        return int(self.tables.sql(f"SELECT {what} AS n FROM {table}")["n"][0].as_py())

    def by_kind(self, table: str) -> dict[str, int]:
        counted = self.tables.sql(
            f"SELECT kind, count(*) AS n FROM {table} GROUP BY kind ORDER BY kind"
        )
        return {row["kind"]: row["n"] for row in counted.to_pylist()}

    # --- nodes ------------------------------------------------------------------------------

    def node(self, node: str) -> answers.Node:
        if is_event(node):
            self.name([node])
            return answers.Node(node=node, kind="event", shown=self.titles[node], masked=False)
        kind, _, value = node.partition(":")
        hidden = self.mask.hides(node)
        named = self.mask.node(node)
        if not hidden and kind == Kind.NAME and value.startswith("x") and ":" in value:
            value = value.split(":", 1)[1]  # a chat's display name, scoped by its exhibit
        return answers.Node(node=named, kind=kind, shown=named if hidden else value, masked=hidden)

    def name(self, nodes: Iterable[str]) -> None:
        """Read the titles of the events among nodes at once: one by one takes a query each."""
        unknown = [node for node in {*nodes} if is_event(node) and node not in self.titles]
        if unknown:
            self.titles |= self._titles(unknown)

    def _titles(self, events: Sequence[str]) -> dict[str, str]:
        rows = self.tables.sql(
            """SELECT id, kind, coalesce(details['title'], left(text, 60), '') AS title
               FROM events WHERE id IN (SELECT unnest(?))""",
            [list(events)],
        ).to_pylist()
        found = {r["id"]: r for r in rows}
        spans = self._spans(events)
        titles = {}
        for event in events:
            row = found.get(event)
            words = [(w, n) for _, w, n in spans.get(event, [])]
            title = self.mask.values({"t": row["title"] if row else ""}, words)["t"]
            titles[event] = f"{row['kind'] if row else 'event'}: {' '.join(title.split())}"
        return titles

    def resolve(self, name: str) -> str | None:
        """Return the node behind an id, a node, a token or a value as someone writes it."""
        if is_event(name):
            return name
        if "~" in name:
            query = "SELECT node FROM nodes WHERE token = ?"
        elif ":" in name:
            query = "SELECT node FROM nodes WHERE node = $1 UNION SELECT node FROM identities WHERE node = $1"
        else:
            query = "SELECT node FROM nodes WHERE split_part(node, ':', 2) = ? ORDER BY node"
        found = self.tables.sql(query, [name]).to_pylist()
        return found[0]["node"] if found else None

    # --- exhibits -----------------------------------------------------------------------------

    def people_in(self, exhibits: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """Return by exhibit who takes part in it, as (as written, node): files and chats are called
        after people."""
        roles = ", ".join(f"'{role}'" for role in sorted(PARTAKING - {Role.POSTER, Role.DEVICE}))
        asked = set(exhibits)
        children = [id for id, parent in self.parents.items() if parent in asked]
        rows = self.tables.sql(
            f"""SELECT DISTINCT exhibit, written, kind || ':' || value AS node FROM claims
                WHERE exhibit IN (SELECT unnest(?)) AND role IN ({roles}) AND written <> ''""",
            [[*asked, *children]],
        ).to_pylist()
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows:
            # An archive is called after the people that the chat taken out of it shows.
            for exhibit in {row["exhibit"], self.parents.get(row["exhibit"])} - {None}:
                found[str(exhibit)].append((row["written"], row["node"]))
        return found

    def file_names(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        """Return by exhibit its name and origin, without the people they name.

        A part's file is called after people that only its parent or siblings show, so the people of
        all the exhibits asked about count for each.
        """
        people = self.people_in([row["id"] for row in rows])
        people_of_all = [pair for pairs in people.values() for pair in pairs]
        names = {
            row["id"]: self.mask.values(
                {"name": row["name"], "origin": unquote(row["origin"])},
                people_of_all if len(people_of_all) <= FILE_PEOPLE else people.get(row["id"], []),
            )
            for row in rows
        }
        # Its people are masked by what is read in it: unread, its very name may tell of them.
        names |= {
            id: {"name": f"withheld: {self.withheld[id]}", "origin": ""}
            for id in names.keys() & self.withheld.keys()
        }
        untold = {"name": quarantine.NAME, "origin": ""}
        return {id: untold if id in self.quarantined else told for id, told in names.items()}

    # --- events and claims ------------------------------------------------------------------

    def _spans(self, events: Sequence[str]) -> dict[str, list[tuple[Span | None, str, str]]]:
        """Return by event what its claims write, and the exact coordinates that a protected
        person's event writes: the span (where it has one), words, node."""
        rows = self.tables.sql(
            """SELECT event, start, "end" AS stop, written, kind || ':' || value AS node
               FROM claims WHERE event IN (SELECT unnest(?))""",
            [list(events)],
        ).to_pylist()
        found: dict[str, list[tuple[Span | None, str, str]]] = defaultdict(list)
        for r in rows:
            span = None
            if r["start"] is not None:
                span = Span(start=r["start"], end=r["stop"], node=r["node"])
            found[r["event"]].append((span, r["written"], r["node"]))
        rows = self.tables.sql(
            f"""SELECT id, exhibit, text, lat, lon, parties FROM events
                WHERE id IN (SELECT unnest(?)) AND kind NOT IN ({_listed(PUBLIC)})""",
            [list(events)],
        ).to_pylist()
        people = self.people_in(row["exhibit"] for row in rows)
        owners = self.owners([row["id"] for row in rows])
        for row in rows:
            text = row["text"] or ""
            spans = _named(text, people.get(row["exhibit"], []))
            if self.protected(owners.get(row["id"], []), row):
                spans += positions(text, row["lat"], row["lon"])
            spans += pairs(text) if row["lat"] is None else []
            found[row["id"]] += [(span, text[span.start : span.end], span.node) for span in spans]
        return found

    def hidden_spans(self, event: str) -> list[Span]:
        """Return the spans of an event's text that may not be read."""
        spans = self._spans([event]).get(event, [])
        return [span for span, _, _ in spans if span and self.mask.hides(span.node)]

    def events(
        self, where: str, parameters: Sequence[object], tail: str = ""
    ) -> list[answers.Event]:
        """Return masked events; `where` and `tail` are SQL over `events e`, written by us alone."""
        rows = self.tables.sql(
            f"SELECT e.* FROM events e WHERE {where} {tail}", parameters
        ).to_pylist()
        ids = [row["id"] for row in rows]
        spans, owners = self._spans(ids), self.owners(ids)
        people = self.people_in(row["exhibit"] for row in rows if row["kind"] not in PUBLIC)
        found = [
            self._event(
                row,
                spans.get(row["id"], []),
                owners.get(row["id"], []),
                people.get(row["exhibit"], []),
            )
            for row in rows
        ]
        risks = self.marks.events({id: owners.get(id, []) for id in ids})
        for event in found:
            event.risk = risks.get(event.id)
        return found

    def by_id(self, ids: Iterable[str]) -> list[answers.Event]:
        """Return events in the order of `ids`."""
        wanted = list(dict.fromkeys(ids))
        found = {e.id: e for e in self.events("e.id IN (SELECT unnest(?))", [wanted])}
        return [found[id] for id in wanted if id in found]

    def _event(
        self,
        row: Row,
        spans: list[tuple[Span | None, str, str]],
        owners: list[str],
        people: list[tuple[str, str]],
    ) -> answers.Event:
        text, _ = self.mask.text(row["text"] or "", [s for s, _, _ in spans if s])
        written = [(w, n) for _, w, n in spans if w]
        details = self.mask.values(dict(row["details"] or []), written + people)
        place = self.mask.values({"p": row["place"] or ""}, written)["p"] or None
        coarse = self.protected(owners, row)
        return answers.Event(
            id=row["id"],
            kind=row["kind"],
            exhibit=row["exhibit"],
            exhibit_number=self.numbers.get(row["exhibit"], 0),
            locator=row["locator"],
            time=row["time"],
            time_error=row["time_error"],
            zone=row["zone"],
            place=place,
            lat=coarsen(row["lat"]) if coarse else row["lat"],
            lon=coarsen(row["lon"]) if coarse else row["lon"],
            place_error=max(row["place_error"] or 0, 11_000)
            if coarse and row["lat"]
            else row["place_error"],
            title=details.get("title", ""),
            text=text,
            amount=None if row["amount"] is None else f"{row['amount'].normalize():f}",
            currency=row["currency"],
            parties=[self._party(p, spans) for p in row["parties"] or []],
            within=row["within"],
            posting=row["posting"],
            details=details,
            identities=[owner for owner in owners if ":" not in owner],
            tags=["exculpatory"] if row["id"] in self.exculpatory else [],
            reviewed=self._decision(row["id"], None) == "confirm",
        )

    def _party(self, party: Row, spans: list[tuple[Span | None, str, str]]) -> answers.Party:
        node = next(
            (n for _, w, n in spans if w == party["value"] and n.startswith(party["kind"] + ":")),
            f"{party['kind']}:{party['value']}",
        )
        return answers.Party(role=party["role"], value=self.node(node))

    def claims(
        self, where: str, parameters: Sequence[object], tail: str = ""
    ) -> list[answers.Claim]:
        """Return masked claims; spans are in the masked text of their event."""
        rows = self.tables.sql(
            f"SELECT c.*, e.text FROM claims c JOIN events e ON e.id = c.event WHERE {where} {tail}",
            parameters,
        ).to_pylist()
        placed: dict[tuple[str, int, int, str], tuple[int, int]] = {}
        texts = {row["event"]: row["text"] or "" for row in rows}
        for event, spans in self._spans(list(texts)).items():
            _, moved = self.mask.text(texts[event], [s for s, _, _ in spans if s])
            for start, end, span in moved:
                placed[(event, span.start, span.end, span.node)] = (start, end)
        return [self._claim(row, placed) for row in rows]

    def _claim(
        self, row: Row, placed: Mapping[tuple[str, int, int, str], tuple[int, int]]
    ) -> answers.Claim:
        node = f"{row['kind']}:{row['value']}"
        value = self.node(node)
        start, end = placed.get((row["event"], row["start"], row["end"], node), (None, None))
        return answers.Claim(
            id=row["id"],
            event=row["event"],
            kind=row["kind"],
            role=row["role"],
            value=value,
            written=value.shown if value.masked else row["written"] or "",
            start=start,
            end=end,
            confidence=round(row["confidence"] or 0.0, 3),
            reason=row["reason"] or "",
            details={} if value.masked else dict(row["details"] or []),
            method=row["method"],
            version=row["version"],
        )

    # --- identities, links, findings --------------------------------------------------------

    def owners(self, events: Sequence[str]) -> dict[str, list[str]]:
        """Return by event the identities that take part in it, as author or by a value of theirs; a
        value that nothing ties stands for itself."""
        roles = ", ".join(f"'{role}'" for role in sorted(PARTAKING))
        kinds = ", ".join(f"'{kind}'" for kind in sorted(PERSONAL | CONTACT))
        rows = self.tables.sql(
            f"""
            WITH own AS (
                SELECT e.event, e.event AS node FROM (SELECT unnest(?) AS event) e
                UNION
                SELECT c.event, CASE WHEN c.kind = 'name' THEN 'name:' || c.exhibit || ':' || c.value
                                     ELSE c.kind || ':' || c.value END
                FROM claims c
                WHERE c.event IN (SELECT unnest(?)) AND c.role IN ({roles}) AND c.kind IN ({kinds})
            )
            SELECT DISTINCT o.event, coalesce(i.identity, o.node) AS identity
            FROM own o LEFT JOIN identities i ON i.node = o.node
            WHERE i.identity IS NOT NULL OR o.node <> o.event
            ORDER BY 1, 2
            """,
            [list(events), list(events)],
        ).to_pylist()
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            found[row["event"]].append(row["identity"])
        return found

    @cached_property
    def open_identities(self) -> frozenset[str]:
        """Whoever holds a revealed value, as `owners` names them: their places are told as they
        are."""
        if not self.mask.revealed:
            return frozenset()
        rows = self.tables.sql(
            "SELECT DISTINCT identity FROM identities WHERE node IN (SELECT unnest(?))",
            [list(self.mask.revealed)],
        )
        return self.mask.revealed | frozenset(rows["identity"].to_pylist())

    def protected(self, identities: Sequence[str], row: Row) -> bool:
        """Whether an event's coordinates are coarsened.

        They are unless all whose act it is are open; of a nobody-knows-whose act too. A vessel alone
        is no person.
        """
        if (
            row["lat"] is None
            or row["lon"] is None
            or {p["kind"] for p in row["parties"] or []} == {Kind.VESSEL}
        ):
            return False
        return not identities or not set(identities) <= self.open_identities

    def _decision(self, a: str, b: str | None) -> str | None:
        """Return the act that stands on a pair; a value confirmed or set apart counts for all its
        links that no decision of their own settles."""
        made = self.decided.get(pair(a, b))
        if made is None and b is not None:  # an event confirmed says nothing of its links
            values = [end for end in (a, b) if ":" in end]
            made = next((self.decided[v, None] for v in values if (v, None) in self.decided), None)
        return made.act if made else None

    def links(self, where: str, parameters: Sequence[object], tail: str = "") -> list[answers.Link]:
        rows = self.tables.sql(
            f"SELECT l.* FROM links l WHERE {where} {tail}", parameters
        ).to_pylist()
        self.name(end for row in rows for end in (row["a"], row["b"]))
        ends = {row["id"]: (row["a"], row["b"]) for row in rows}
        risks = self.marks.resting(
            [
                {
                    "id": row["id"],
                    "things": [*filter(is_event, ends[row["id"]]), *row["claims"]],
                    "nodes": ends[row["id"]],
                }
                for row in rows
            ]
        )
        return [
            answers.Link(
                id=row["id"],
                kind=row["kind"],
                a=self.node(row["a"]),
                b=self.node(row["b"]),
                score=round(row["score"], 3),
                reason=self.words(row["reason"], [row["a"], row["b"]]),
                claims=row["claims"],
                decision=self._decision(row["a"], row["b"]),
                risk=risks.get(row["id"]),
            )
            for row in rows
        ]

    def words(self, text: str, nodes: Iterable[str]) -> str:
        """Mask nodes' values wherever a reason quotes them."""
        pairs = [(n.split(":")[-1], n) for n in nodes if not is_event(n)]
        pairs += [(n, n) for n in nodes if not is_event(n)]
        return self.mask.values({"t": text}, pairs)["t"]

    def free(self, text: str, nodes: Iterable[str]) -> str:
        """Mask what a person wrote freely: the nodes', every name that the case knows, numbers."""
        folded = text.casefold()
        names = [(w, n) for w, n in self._names if w.casefold() in folded]
        return without_numbers(self.mask.values({"t": self.words(text, nodes)}, names)["t"])

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        rows = self.tables.sql(
            """SELECT DISTINCT written, kind || ':' || value AS node FROM claims
               WHERE kind = 'name' AND length(written) > 3"""
        ).to_pylist()
        return [(row["written"], row["node"]) for row in rows]

    def findings(
        self, where: str, parameters: Sequence[object], tail: str = ""
    ) -> list[answers.Finding]:
        rows = self.tables.sql(
            f"SELECT f.* FROM findings f WHERE {where} {tail}", parameters
        ).to_pylist()
        found = self._findings(rows)
        risks = self.marks.resting(
            [
                {
                    "id": row["id"],
                    "things": [*filter(is_event, row["subjects"]), *row["evidence"]],
                    "nodes": row["subjects"],
                }
                for row in rows
            ]
        )
        for finding in found:
            finding.risk = risks.get(finding.id)
        return found

    def _findings(self, rows: Sequence[Row]) -> list[answers.Finding]:
        """Read what findings quote and whom they are about at once: one by one takes long."""
        events = {e for row in rows for e in row["evidence"] if is_event(e)}
        spans = self._spans(sorted(events))
        subjects = {node for row in rows for node in row["subjects"]}
        identity = {
            row["node"]: row["identity"]
            for row in self.tables.sql(
                "SELECT node, identity FROM identities WHERE node IN (SELECT unnest(?))",
                [sorted(subjects)],
            ).to_pylist()
        }
        self.name(subjects)
        return [
            self._finding(
                row,
                _quoted(row, spans),
                sorted({identity[n] for n in row["subjects"] if n in identity}),
            )
            for row in rows
        ]

    def _finding(
        self, row: Row, quoted: Sequence[tuple[str, str]], identities: Sequence[str]
    ) -> answers.Finding:
        shown = self.mask.values(
            {name: row[name] or "" for name in ("title", "reason", "counter")}, quoted
        )
        return answers.Finding(
            id=row["id"],
            kind=row["kind"],
            title=shown["title"],
            score=round(row["score"], 3),
            start=row["start"],
            end=row["end"],
            reason=shown["reason"],
            counter=shown["counter"],
            subjects=[self.node(node) for node in row["subjects"]],
            identities=sorted({*identities, *(s for s in row["subjects"] if is_identity(s))}),
            evidence=row["evidence"],
            details=self._within(
                _coarse(json.loads(row["details"] or "{}"))
                if not identities or not set(identities) <= self.open_identities
                else json.loads(row["details"] or "{}"),
                quoted,
            ),
            decision=self._decision(row["id"], None),
            run=self.run,
        )

    def _within(self, details: Any, quoted: Sequence[tuple[str, str]]) -> Any:  # noqa: ANN401
        """Mask the strings of details; in their JSON, a mark in place of a number would break it."""
        if isinstance(details, str):
            return self.mask.values({"v": details}, quoted)["v"]
        if isinstance(details, list):
            return [self._within(one, quoted) for one in details]
        if isinstance(details, dict):
            keys = self.mask.values({key: key for key in details}, quoted)
            return {keys[key]: self._within(one, quoted) for key, one in details.items()}
        return details


def _quoted(
    row: Row, spans: Mapping[str, Sequence[tuple[Span | None, str, str]]]
) -> list[tuple[str, str]]:
    """Return what a finding may quote: its subjects, and all that its evidence writes."""
    found = [spans.get(event, ()) for event in row["evidence"]]
    pairs = {(w, n): None for writes in found for _, w, n in writes}
    nodes = {n for _, n in pairs} | {n for n in row["subjects"] if ":" in n}
    told = [*pairs, *((n, n) for n in nodes), *((n.split(":", 1)[1], n) for n in nodes)]
    said = "\n".join(row[name] or "" for name in ("title", "reason", "counter", "details"))
    # Few of them are quoted. Details are JSON, in which quotes and the like are written otherwise.
    return [
        (w, n)
        for w, n in told
        if len(w or "") > 2
        and (
            not w.isprintable() or '"' in w or "\\" in w or any(x in said for x in (w, *w.split()))
        )
    ]


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(f"'{kind}'" for kind in sorted(kinds))


def _named(text: str, people: Sequence[tuple[str, str]]) -> list[Span]:
    """Return where a text names people who take part in its exhibit, whole or by one name."""
    found = []
    for written, node in people:
        if not node.startswith(f"{Kind.NAME}:"):
            continue
        for words in {written, *(word for word in written.split() if len(word) > 3)}:
            at = text.find(words)
            while at >= 0:
                found.append(Span(start=at, end=at + len(words), node=node))
                at = text.find(words, at + len(words))
    return found


def _coarse(details: Any) -> Any:  # noqa: ANN401
    """Round every coordinate in a finding's details."""
    if isinstance(details, list):
        return [_coarse(one) for one in details]
    if isinstance(details, dict):
        return {
            key: coarsen(value)
            if key in {"lat", "lon"} and isinstance(value, float)
            else _coarse(value)
            for key, value in details.items()
        }
    return details


def is_identity(node: str) -> bool:
    """Tell an identity's id from a node: a node names its kind, and may be masked."""
    return node.startswith("i") and ":" not in node


def is_event(name: str) -> bool:
    return len(name) == 33 and name[0] == "e" and ":" not in name and "~" not in name
