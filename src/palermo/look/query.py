"""The query layer: rows of the lake as answers, masked here and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from palermo import answers
from palermo.look.conclusions import Conclusions
from palermo.look.conclusions import is_identity as is_identity
from palermo.look.hiding import Hiding
from palermo.look.hiding import is_event as is_event
from palermo.look.marks import Marks
from palermo.review.decisions import Made, pair
from palermo.safeguards.covering import Row, Told
from palermo.safeguards.masking import CONTACT, PERSONAL, Mask, Span, coarsen
from palermo.store.engine import Tables
from palermo.vocabulary import PARTAKING, Kind

TITLE = 60  # letters of a text that stand for an event without a title


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
    whole: Tables | None = None  # the case, where `tables` are but some of its events
    titles: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def marks(self) -> Marks:
        return Marks(self)

    @cached_property
    def hiding(self) -> Hiding:
        return Hiding(self)

    @cached_property
    def conclusions(self) -> Conclusions:
        return Conclusions(self)

    def file_names(self, rows: Sequence[Row]) -> dict[str, dict[str, str]]:
        return self.hiding.file_names(rows)

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
            """SELECT id, kind, details['title'] AS title,
                      CASE WHEN details['title'] IS NULL THEN text END AS text
               FROM events WHERE id IN (SELECT unnest(?))""",
            [list(events)],
        ).to_pylist()
        found = {r["id"]: r for r in rows}
        told = self.told(events)
        titles = {}
        for event in events:
            row, own = found.get(event, {"kind": "event", "title": "", "text": ""}), told[event]
            title = self.hiding.cover({"t": row["title"] or ""}, own)["t"]
            title = title or self._shown(row["text"] or "", own)[0][:TITLE]
            titles[event] = f"{row['kind']}: {' '.join(title.split())}"
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

    # --- events and claims ------------------------------------------------------------------

    def told(self, events: Sequence[str]) -> dict[str, Told]:
        return self.hiding.of(events, self.owners(events))

    def _shown(self, text: str, told: Told) -> tuple[str, list[tuple[int, int, Span]]]:
        return self.hiding.covering.text(text, told)

    def hidden_spans(self, events: Sequence[str]) -> dict[str, list[Span]]:
        """Return by event the spans of its text that may not be read."""
        told = self.told(events)
        return {
            event: [s for s, _, _ in told[event].spans if s and self.mask.hides(s.node)]
            for event in events
        }

    def events(
        self, where: str, parameters: Sequence[object], tail: str = ""
    ) -> list[answers.Event]:
        """Return masked events; `where` and `tail` are SQL over `events e`, written by us alone."""
        rows = self.tables.sql(
            f"SELECT e.* FROM events e WHERE {where} {tail}", parameters
        ).to_pylist()
        ids = [row["id"] for row in rows]
        owners = self.owners(ids)
        told = self.hiding.of(ids, owners)
        found = [self._event(row, told[row["id"]], owners.get(row["id"], [])) for row in rows]
        risks = self.marks.events({id: owners.get(id, []) for id in ids})
        for event in found:
            event.risk = risks.get(event.id)
        return found

    def by_id(self, ids: Iterable[str]) -> list[answers.Event]:
        """Return events in the order of `ids`."""
        wanted = list(dict.fromkeys(ids))
        found = {e.id: e for e in self.events("e.id IN (SELECT unnest(?))", [wanted])}
        return [found[id] for id in wanted if id in found]

    def _event(self, row: Row, told: Told, owners: list[str]) -> answers.Event:
        text, _ = self._shown(row["text"] or "", told)
        details = self.hiding.cover(dict(row["details"] or []), told)
        fields = {name: row[name] or "" for name in ("place", "posting")}
        beside = self.hiding.cover(fields, told)
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
            place=beside["place"] or None,
            lat=coarsen(row["lat"]) if coarse else row["lat"],
            lon=coarsen(row["lon"]) if coarse else row["lon"],
            place_error=max(row["place_error"] or 0, 11_000)
            if coarse and row["lat"]
            else row["place_error"],
            title=details.get("title", ""),
            text=text,
            amount=None if row["amount"] is None else f"{row['amount'].normalize():f}",
            currency=row["currency"],
            parties=[self._party(p, told) for p in row["parties"] or []],
            within=row["within"],
            posting=(beside["posting"] or None) if self.mask.leaving else row["posting"],
            details=details,
            identities=[owner for owner in owners if ":" not in owner],
            tags=["exculpatory"] if row["id"] in self.exculpatory else [],
            reviewed=self.decision(row["id"], None) == "confirm",
        )

    def _party(self, party: Row, told: Told) -> answers.Party:
        """Return a party by the node that its claim has, known by its place or by its words."""
        own = [s for s in told.spans if s[2].startswith(party["kind"] + ":")]
        places = [n for s, _, n in own if s and (s.start, s.end) == (party["start"], party["end"])]
        nodes = places or [n for _, words, n in own if words == party["value"]]
        node = nodes[0] if nodes else f"{party['kind']}:{party['value']}"
        return answers.Party(role=party["role"], value=self.node(node))

    def claims(
        self, where: str, parameters: Sequence[object], tail: str = ""
    ) -> list[answers.Claim]:
        """Return masked claims; spans are in the masked text of their event."""
        rows = self.tables.sql(
            f"SELECT c.*, e.text FROM claims c JOIN events e ON e.id = c.event WHERE {where} {tail}",
            parameters,
        ).to_pylist()
        texts = {row["event"]: row["text"] or "" for row in rows}
        told = self.told(list(texts))
        shown: dict[str, str] = {}
        placed: dict[tuple[str, int, int, str], tuple[int, int]] = {}
        for event, text in texts.items():
            shown[event], moved = self._shown(text, told[event])
            for start, end, span in moved:
                placed[(event, span.start, span.end, span.node)] = (start, end)
        claims = []
        for row in rows:
            event = row["event"]
            node = f"{row['kind']}:{row['value']}"
            place = placed.get((event, row["start"], row["end"], node))
            # What stands where somebody's name does is shown as that name is.
            written = shown[event][slice(*place)] if place else row["written"] or ""
            claims.append(self._claim(row, written, place or (None, None)))
        return claims

    def _claim(self, row: Row, written: str, place: tuple[int | None, int | None]) -> answers.Claim:
        value = self.node(f"{row['kind']}:{row['value']}")
        covered = value.masked or written != (row["written"] or "")
        return answers.Claim(
            id=row["id"],
            event=row["event"],
            kind=row["kind"],
            role=row["role"],
            value=value,
            written=value.shown if value.masked else written,
            start=place[0],
            end=place[1],
            confidence=round(row["confidence"] or 0.0, 3),
            reason=row["reason"] or "",
            details={} if covered else dict(row["details"] or []),
            method=row["method"],
            version=row["version"],
        )

    # --- identities, decisions, conclusions --------------------------------------------------------

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
        somewhere = row["lat"] is not None and row["lon"] is not None
        vessel = {p["kind"] for p in row["parties"] or []} == {Kind.VESSEL}
        return somewhere and not vessel and self.closed(identities)

    def closed(self, identities: Sequence[str]) -> bool:
        return not identities or not set(identities) <= self.open_identities

    def decision(self, a: str, b: str | None) -> str | None:
        """Return the act that stands on a pair; a value confirmed or set apart counts for all its
        links that no decision of their own settles."""
        made = self.decided.get(pair(a, b))
        if made is None and b is not None:  # an event confirmed says nothing of its links
            values = [end for end in (a, b) if ":" in end]
            made = next((self.decided[v, None] for v in values if (v, None) in self.decided), None)
        return made.act if made else None

    def links(self, where: str, parameters: Sequence[object], tail: str = "") -> list[answers.Link]:
        return self.conclusions.links(where, parameters, tail)

    def standing_links(self, nodes: Sequence[str]) -> list[str]:
        """Return the ids of the links among nodes that nobody rejected, the strongest first."""
        return self.conclusions.standing_links(nodes)

    def findings(
        self, where: str, parameters: Sequence[object], tail: str = ""
    ) -> list[answers.Finding]:
        return self.conclusions.findings(where, parameters, tail)

    def free(self, text: str, nodes: Iterable[str]) -> str:
        """Mask what a person wrote freely: the nodes', every name that the case knows, numbers."""
        return self.hiding.free(text, nodes)
