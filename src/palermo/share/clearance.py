"""Clearance: what may leave a case. Reviewed links, findings and persons; beneath them, events and
claims marked as machine-read; masked throughout; and always what must be disclosed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from palermo import answers
from palermo.custody import sealing
from palermo.look.query import Query, is_event
from palermo.review import decisions
from palermo.review.decisions import pair
from palermo.safeguards.permit import Permit
from palermo.share import layout
from palermo.share.format import Dossier
from palermo.share.views import Views
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import PROBLEMS, identify

# A protected person's place is current, and never leaves, until this long after.
CURRENT = timedelta(days=30)
HANDLING = (
    "For the named recipient and purpose only, and never for immigration enforcement against a "
    "victim or a smuggled migrant. Events and claims are machine-read unless marked "
    "reviewed. Do not pass on without the sender's consent."
)


def clear(case: Case, permit: Permit, views: Views, to: str) -> Dossier:
    """Return what may leave the case for a recipient."""
    with case.catalogue.read() as connection:
        made = decisions.for_sharing(decisions.load(connection))
    return Clearing(case, views, made).dossier(permit, to)


@dataclass
class Clearing:
    """Collects, for one permit, what may leave."""

    case: Case
    views: Views
    made: Sequence[decisions.Made]

    @property
    def query(self) -> Query:
        return self.views.open

    def dossier(self, permit: Permit, to: str) -> Dossier:
        q = self.query
        confirmed = [pair for pair, d in q.decided.items() if d.act == "confirm"]
        links = self._links(confirmed)
        alone = [a for a, b in confirmed if b is None]
        findings = self.views.as_reviewed(q.findings("f.id IN (SELECT unnest(?))", [alone]))
        ids = self._beneath(links, findings)
        events = q.by_id(ids)
        claims = q.claims(
            "c.event IN (SELECT unnest(?))", [[e.id for e in events]], "ORDER BY c.id"
        )
        withheld = self._withheld(links, findings, len(events))
        persons = self._persons()
        withheld |= self._unconsented(findings, persons)
        whole = {event.id: event for event in events}
        events = [self._without_current(event, withheld) for event in events]
        silent = {e.id for e in events if e.text != whole[e.id].text}
        claims = [claim for claim in claims if claim.event not in silent]
        with self.case.catalogue.read() as connection:
            number, head = self.case.log.head(connection)
            exhibits = sealing.load(connection, {e.exhibit for e in events})
        authority = permit.authority
        return Dossier(
            case=self.case.about["name"],
            offence=authority.offence,
            authority=authority.authority,
            basis=authority.basis,
            necessity=authority.necessity_told,
            scope=authority.scope_told,
            profile=authority.profile,
            recipient=to,
            purpose=permit.purpose,
            handling=HANDLING,
            made=datetime.now(UTC).replace(microsecond=0),
            made_by=permit.actor,
            run=q.run,
            custody_entries=number,
            custody_head=head,
            exhibits=layout.exhibits(exhibits, q.file_names(exhibits)),
            events=layout.events(events),
            claims=layout.claims(claims, {e.id: e.exhibit for e in events}),
            links=layout.links(links),
            findings=layout.findings(findings),
            identities=self._identities(links, findings),
            decisions=self._decisions(),
            persons=persons,
            disclosure=self._disclosure(silent),
            problems=self._problems({e.exhibit for e in events}),
            withheld=withheld,
        )

    def _links(self, confirmed: Iterable[tuple[str, str | None]]) -> list[answers.Link]:
        """Return links that a person confirmed: as a pair, by a value of theirs, or against no link
        of the machine's at all."""
        pairs = [(a, b) for a, b in confirmed if b is not None]
        values = [a for a, b in confirmed if b is None and ":" in a]
        ends = [a for a, _ in pairs], [b for _, b in pairs]
        found = self.query.links(
            """EXISTS (SELECT 1 FROM (SELECT unnest(?) AS p, unnest(?) AS q)
               WHERE (l.a = p AND l.b = q) OR (l.a = q AND l.b = p))
               OR l.a IN (SELECT unnest(?)) OR l.b IN (SELECT unnest(?))""",
            [*ends, values, values],
            "ORDER BY l.score DESC, l.id",
        )
        links = self.views.as_reviewed([link for link in found if link.decision == "confirm"])
        linked = {frozenset((link.a.node, link.b.node)) for link in links}
        for a, b in pairs:
            ends_shown = self.query.node(a), self.query.node(b)
            if frozenset(node.node for node in ends_shown) in linked:
                continue
            made = self.query.decided[pair(a, b)]
            if made.number in self._hidden:
                continue
            links.append(
                answers.Link(
                    id=identify("l", "decision", a, b),
                    kind="decision",
                    a=ends_shown[0],
                    b=ends_shown[1],
                    score=1.0,
                    reason=self.query.free(made.reason, [a, b]),
                    claims=[i for i in made.seen if ":" not in i],
                    decision="confirm",
                )
            )
        return links

    def _beneath(
        self, links: Sequence[answers.Link], findings: Sequence[answers.Finding]
    ) -> list[str]:
        """Return the events that reviewed things and decisions rest on."""
        ids = [i for link in links for i in (*link.claims, link.a.node, link.b.node)]
        ids += [i for finding in findings for i in finding.evidence]
        ids += [i for d in self.made for i in (*d.seen, d.a, d.b or "")]
        for link in self.query.links("l.id IN (SELECT unnest(?))", [ids]):
            ids += link.claims
        tied = list(self.query.held)
        claims = self.query.tables.sql(
            """SELECT DISTINCT event FROM claims WHERE id IN (SELECT unnest(?))
               UNION SELECT DISTINCT event FROM claims
               WHERE kind || ':' || value IN (SELECT unnest(?))""",
            [ids, tied],
        )["event"].to_pylist()
        ordered = self.query.tables.sql(
            """SELECT id FROM events WHERE id IN (SELECT unnest(?))
               ORDER BY time NULLS LAST, id""",
            [[*claims, *(i for i in ids if is_event(i))]],
        )["id"]
        return list(ordered.to_pylist())

    def _withheld(
        self,
        links: Sequence[answers.Link],
        findings: Sequence[answers.Finding],
        events: int,
    ) -> dict[str, int]:
        known = self.query.count("findings")
        confirmed = self._confirmed_findings()
        there = self.views.whole.findings("f.id IN (SELECT unnest(?))", [confirmed])
        stale = len(confirmed) - len(there)
        withheld = {
            "events that nothing reviewed rests on": self.query.count("events") - events,
            "links that no person has confirmed": self.query.count("links") - len(links),
            "findings that no person has confirmed": known - len(findings),
            "confirmed findings that are stale: the evidence has changed since": stale,
        }
        return {reason: number for reason, number in withheld.items() if number > 0}

    def _confirmed_findings(self) -> list[str]:
        """Return the ids of findings that a person has confirmed, whether they still are there."""
        return [
            a
            for (a, b), d in self.query.decided.items()
            if b is None and d.act == "confirm" and a.startswith("f") and ":" not in a
        ]

    def _unconsented(
        self, findings: Sequence[answers.Finding], persons: pa.Table
    ) -> dict[str, int]:
        """Count what stays because those who gave it did not agree to this recipient."""
        whole, numbers = self.views.whole, persons["number"].to_pylist()
        confirmed = whole.findings("f.id IN (SELECT unnest(?))", [self._confirmed_findings()])
        counts = {
            "events": whole.count("events") - self.query.count("events"),
            "links": whole.count("links") - self.query.count("links"),
            "confirmed findings": len(confirmed) - len(findings),
            "persons": sum(1 for n, p in whole.persons.items() if p.roles and n not in numbers),
            "decisions": len(self._hidden),
        }
        return {
            f"{what} that rest on what may not go to this recipient: no consent names it": number
            for what, number in counts.items()
            if number > 0
        }

    @cached_property
    def _hidden(self) -> set[int]:
        """Numbers of the decisions that tell of what may not go to the recipient."""
        return self.views.hidden(self.made)

    def _without_current(self, event: answers.Event, withheld: dict[str, int]) -> answers.Event:
        """Take away where a protected person is now, or is sheltered, and exact addresses."""
        if event.identities and set(event.identities) <= self.query.open_identities:
            return event
        sheltered = any(d.act == "shelter" and d.a == event.id for d in self.made)
        now = datetime.now(UTC)
        current = event.time is not None and event.time > now - CURRENT
        if sheltered or current:
            reason = "places withheld: a shelter, or where a protected person may be now"
            withheld[reason] = withheld.get(reason, 0) + 1
            # A text tells a place as well as a field does: nothing of it goes but that it is held.
            nothing: dict[str, Any] = {
                "lat": None,
                "lon": None,
                "place": None,
                "details": {},
                "parties": [],
            }
            said = "[withheld: it tells where a protected person is kept safe, or may be now]"
            return event.model_copy(update={**nothing, "title": "", "text": said})
        if event.kind != "advert":
            return event.model_copy(update={"place": None})
        return event

    def _identities(
        self, links: Sequence[answers.Link], findings: Sequence[answers.Finding]
    ) -> pa.Table:
        named = {n.node for link in links for n in (link.a, link.b)}
        named |= {n.node for finding in findings for n in finding.subjects}
        rows = self.query.tables.sql(
            "SELECT node, identity FROM identities ORDER BY node"
        ).to_pylist()
        told = [(self.query.mask.node(row["node"]), row["identity"]) for row in rows]
        kept = [{"node": n, "identity": i} for n, i in told if n in named]
        return pa.Table.from_pylist(
            kept, schema=pa.schema([("node", pa.string()), ("identity", pa.string())])
        )

    def _tell(self, made: decisions.Made) -> tuple[list[str], str]:
        if made.act == "open_person":  # its label may be a name
            return ["a person"], self.views.whole.free(made.reason, [])
        nodes = [n for n in (made.a, made.b) if n]
        # Names that only the whole case knows are masked too.
        return [self.query.mask.node(n) for n in nodes], self.views.whole.free(made.reason, nodes)

    def _decisions(self) -> pa.Table:
        rows = []
        for d in self.made:
            if d.number in self._hidden:
                continue
            subjects, reason = self._tell(d)
            row = {"number": d.number, "at": d.at, "actor": d.decider, "act": d.act}
            rows.append(row | {"subjects": subjects, "reason": reason})
        return pa.Table.from_pylist(rows, schema=layout.DECISIONS)

    def _persons(self) -> pa.Table:
        def at(day: Any) -> datetime | None:  # noqa: ANN401
            return day and datetime(day.year, day.month, day.day, tzinfo=UTC)

        leaving = self.views.persons()
        rows = [
            {
                "number": p.number,
                "label": f"Person {p.number}",  # the label may be a name
                "role": role.role,
                "since": at(role.since),
                "until": at(role.until),
                "source": self.views.whole.free(role.source, self.query.held),
            }
            for number, p in self.query.persons.items()
            if number in leaving
            for role in p.roles
        ]
        return pa.Table.from_pylist(rows, schema=layout.PERSONS)

    def _disclosure(self, silent: set[str]) -> pa.Table:
        """Return every rejection and exculpatory item: no filter applies to these; of what may not
        go to the recipient, that it is there and who decided it."""
        held = "[withheld: no consent names this recipient]"
        rows = []
        for d in self.made:
            if d.act not in {"reject", "exculpatory"}:
                continue
            closed = d.number in self._hidden
            subjects, reason = ([held], held) if closed else self._tell(d)
            what = "link" if d.b else "event" if is_event(d.a) else "finding"
            rows.append(
                {
                    "kind": "exculpatory" if d.act == "exculpatory" else f"rejected {what}",
                    "subject": " and ".join(subjects),
                    "description": held
                    if closed
                    else " and ".join(
                        "an event whose words are withheld"
                        if n in silent
                        else self.query.node(n).shown
                        for n in (d.a, d.b)
                        if n
                    ),
                    "reason": reason,
                    "decided_by": d.decider,
                    "at": d.at,
                }
            )
        return pa.Table.from_pylist(rows, schema=layout.DISCLOSURE)

    def _problems(self, exhibits: set[str]) -> pa.Table:
        """Return what could not be read in the exhibits that leave, and in none of the others."""
        with self.case.catalogue.read() as connection:
            query = sa.select(c.problem).where(c.among(c.problem.c.exhibit, exhibits))
            rows = [dict(r) for r in connection.execute(query.order_by(c.problem.c.id)).mappings()]
        return pa.Table.from_pylist(rows, schema=PROBLEMS)
