"""Clearance: what may leave a case. Reviewed links, findings and persons; beneath them, events and
claims marked as machine-read; masked throughout; and always what must be disclosed."""

import json
import shutil
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from palermo import answers
from palermo.custody import sealing
from palermo.custody.log import Act, canonical
from palermo.custody.vault import digest_of
from palermo.look.query import Query, is_event
from palermo.review import decisions
from palermo.review.decisions import pair
from palermo.safeguards import consent
from palermo.safeguards import profile as profiles
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import Refused
from palermo.share.format import Dossier, Format
from palermo.share.views import Views
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import CLAIMS, EVENTS, FINDINGS, LINKS, PROBLEMS, identify

# A protected person's place is current, and never leaves, until this long after.
CURRENT = timedelta(days=30)
HANDLING = (
    "For the named recipient and purpose only, and never for immigration enforcement against a "
    "victim or a smuggled migrant. Events and claims are machine-read unless marked "
    "reviewed. Do not pass on without the sender's consent."
)
_EXHIBITS = pa.schema(
    [
        ("number", pa.string()), ("id", pa.string()), ("name", pa.string()),
        ("origin", pa.string()), ("sha256", pa.string()), ("size", pa.int64()),
        ("acquired", pa.timestamp("us", tz="UTC")), ("acquired_by", pa.string()),
        ("method", pa.string()), ("parent", pa.string()),
    ]
)  # fmt: skip
_DECISIONS = pa.schema(
    [
        ("number", pa.int64()), ("at", pa.timestamp("us", tz="UTC")), ("actor", pa.string()),
        ("act", pa.string()), ("subjects", pa.list_(pa.string())), ("reason", pa.string()),
    ]
)  # fmt: skip
_PERSONS = pa.schema(
    [
        ("number", pa.int64()), ("label", pa.string()), ("role", pa.string()),
        ("since", pa.timestamp("us", tz="UTC")), ("until", pa.timestamp("us", tz="UTC")),
        ("source", pa.string()),
    ]
)  # fmt: skip
_DISCLOSURE = pa.schema(
    [
        ("kind", pa.string()), ("subject", pa.string()), ("description", pa.string()),
        ("reason", pa.string()), ("decided_by", pa.string()),
        ("at", pa.timestamp("us", tz="UTC")),
    ]
)  # fmt: skip


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
            exhibits=_exhibits(exhibits, q.file_names(exhibits)),
            events=_events(events),
            claims=_claims(claims, {e.id: e.exhibit for e in events}),
            links=_links(links),
            findings=_findings(findings),
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
        return pa.Table.from_pylist(rows, schema=_DECISIONS)

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
        return pa.Table.from_pylist(rows, schema=_PERSONS)

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
        return pa.Table.from_pylist(rows, schema=_DISCLOSURE)

    def _problems(self, exhibits: set[str]) -> pa.Table:
        """Return what could not be read in the exhibits that leave, and in none of the others."""
        with self.case.catalogue.read() as connection:
            query = sa.select(c.problem).where(c.among(c.problem.c.exhibit, exhibits))
            rows = [dict(r) for r in connection.execute(query.order_by(c.problem.c.id)).mappings()]
        return pa.Table.from_pylist(rows, schema=PROBLEMS)


def _exhibits(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, Mapping[str, str]]
) -> pa.Table:
    told = [
        {
            "number": f"EX-{row['number']}",
            "id": row["id"],
            **names[row["id"]],
            "sha256": row["sha256"],
            "size": row["size"],
            "acquired": row["at"],
            "acquired_by": row["actor"],
            "method": row["method"],
            "parent": row["parent"],
        }
        for row in rows
    ]
    return pa.Table.from_pylist(told, schema=_EXHIBITS)


def _events(events: Sequence[answers.Event]) -> pa.Table:
    schema = EVENTS.append(pa.field("exhibit_number", pa.string()))
    rows = []
    for event in events:
        row = event.model_dump()
        row["amount"] = None if event.amount is None else Decimal(event.amount)
        row["exhibit_number"] = f"EX-{event.exhibit_number}"
        row["details"] = list(event.details.items())
        row["parties"] = [
            {"role": p.role, "kind": p.value.kind, "value": p.value.shown} for p in event.parties
        ]
        rows.append({name: row.get(name) for name in schema.names})
    return pa.Table.from_pylist(rows, schema=schema)


def _claims(claims: Sequence[answers.Claim], exhibits: Mapping[str, str]) -> pa.Table:
    rows = []
    for claim in claims:
        row = claim.model_dump()
        row["value"] = claim.value.shown
        row["exhibit"] = exhibits[claim.event]
        row["details"] = list(claim.details.items())
        rows.append({name: row.get(name) for name in CLAIMS.names})
    return pa.Table.from_pylist(rows, schema=CLAIMS)


def _links(links: Sequence[answers.Link]) -> pa.Table:
    rows = [
        link.model_dump() | {"a": link.a.node, "b": link.b.node, "method": link.kind, "version": ""}
        for link in links
    ]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in LINKS.names} for row in rows], schema=LINKS
    )


def _findings(findings: Sequence[answers.Finding]) -> pa.Table:
    rows = [
        finding.model_dump()
        | {
            "subjects": [n.node for n in finding.subjects],
            "details": json.dumps(finding.details, ensure_ascii=False, sort_keys=True),
            "method": finding.kind,
            "version": "",
        }
        for finding in findings
    ]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in FINDINGS.names} for row in rows], schema=FINDINGS
    )


def share(
    case: Case, gate: Gate, permit: Permit, views: Views, format: Format, to: str
) -> answers.Shared:
    """Clear, judge once more what was cleared, write, and record exactly what left.

    `views`: the case as it may leave for `to`, and the whole of it.
    """
    dossier = clear(case, permit, views, to)
    judge(case, gate, permit, views, dossier)
    draft = case.folder / "packages" / f"draft-{uuid.uuid4().hex[:12]}"
    draft.mkdir(parents=True)
    try:
        files = {path.name: digest_of(path) for path in format.write(dossier, draft)}
        rows = {
            name: getattr(dossier, name)["id"].to_pylist()
            for name in ("exhibits", "events", "claims", "links", "findings")
        }
        id = identify("k", to, permit.purpose, canonical(files), dossier.made.isoformat())
        about = {
            "package": id,
            "case": dossier.case,
            "recipient": to,
            "purpose": permit.purpose,
            "profile": dossier.profile,
            "necessity": dossier.necessity,
            "scope": dossier.scope,
            "handling": dossier.handling,
            "made": dossier.made.isoformat(),
            "files": files,
            "custody": f"{dossier.custody_entries}:{dossier.custody_head}",
            "withheld": dossier.withheld,
        }
        label = draft / "package.json"
        label.write_text(json.dumps(about, indent=1), encoding="utf-8")
        files[label.name] = digest_of(label)
        folder = draft.with_name(id)
        with case.catalogue.write() as connection:
            _record(connection, case, permit, dossier, id, format.name, files, rows)
            draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return answers.Shared(
        package=id,
        folder=str(folder),
        files=[*files],
        rows={name: len(ids) for name, ids in rows.items()},
        withheld=dossier.withheld,
    )


def clear(case: Case, permit: Permit, views: Views, to: str) -> Dossier:
    """Return what may leave the case for a recipient."""
    with case.catalogue.read() as connection:
        made = decisions.for_sharing(decisions.load(connection))
    return Clearing(case, views, made).dossier(permit, to)


def judge(case: Case, gate: Gate, permit: Permit, views: Views, dossier: Dossier) -> None:
    """Raise `Refused` where what was cleared may not leave after all."""
    _something(views, dossier)
    _last_look(case, gate, permit, views, dossier)


def _something(views: Views, dossier: Dossier) -> None:
    tables = (dossier.events, dossier.links, dossier.findings, dossier.persons)
    if (views.closed or views.consented) and not any(table.num_rows for table in tables):
        raise Refused(
            "share",
            f"nothing is left that may go to {dossier.recipient}: what was reviewed is neither "
            "published nor given with a consent that names this recipient",
            "See who agreed to what: palermo consent CASE",
        )


def _unconsented(case: Case, permit: Permit, views: Views, dossier: Dossier) -> dict[str, str]:
    """Return the exhibits in a package, and beneath it, that may not go to its recipient: asked of
    the consents themselves, not of how the package was put together."""
    named = [dossier.events, dossier.claims, dossier.problems]
    inside = {x for table in named for x in table["exhibit"].to_pylist()}
    inside |= {*dossier.exhibits["id"].to_pylist()}
    inside |= views.exhibits_of(
        id
        for table in (dossier.events, dossier.claims, dossier.links, dossier.findings)
        for id in table["id"].to_pylist()
    )
    sharing = profiles.load(permit.authority.profile).sharing
    with case.catalogue.read() as connection:
        closed = consent.closed(connection, dossier.recipient, permit.at, sharing)
    return {exhibit: why for exhibit, why in closed.items() if exhibit in inside}


def _last_look(case: Case, gate: Gate, permit: Permit, views: Views, dossier: Dossier) -> None:
    """Hold what is about to leave against decisions and consents themselves, not against how it was
    chosen: the rules `reviewed` and `consent` refuse the whole package if anything in it may not
    leave."""
    query = views.open
    unreviewed = [
        row.id
        for row in query.links("l.id IN (SELECT unnest(?))", [dossier.links["id"].to_pylist()])
        if row.decision != "confirm"
    ]
    unreviewed += [
        row.id
        for row in query.findings(
            "f.id IN (SELECT unnest(?))", [dossier.findings["id"].to_pylist()]
        )
        if row.decision != "confirm"
    ]
    unconsented = _unconsented(case, permit, views, dossier)
    gate.check(permit, recipient=dossier.recipient, unreviewed=unreviewed, unconsented=unconsented)
    hidden = {
        node
        for node in query.tables.sql("SELECT node FROM nodes")["node"].to_pylist()
        if query.mask.hides(node)
    }
    shown = set(dossier.links["a"].to_pylist()) | set(dossier.links["b"].to_pylist())
    if leaked := shown & hidden:
        raise Refused(
            "share", f"{len(leaked)} masked values stand in the clear", "Report this fault"
        )


def _record(
    connection: sa.Connection,
    case: Case,
    permit: Permit,
    dossier: Dossier,
    id: str,
    format: str,
    files: dict[str, str],
    rows: dict[str, list[str]],
) -> None:
    connection.execute(
        sa.insert(c.package).values(
            id=id,
            at=dossier.made,
            recipient=dossier.recipient,
            purpose=dossier.purpose,
            format=format,
            folder=id,
            files=files,
            rows=rows,
            run=dossier.run,
            permit=permit.number,
        )
    )
    detail = {"package": id, "recipient": dossier.recipient, "files": files}
    act = Act(
        act="share",
        actor=permit.actor,
        permit=permit.number,
        subject=id,
        detail=detail,
        rows={"package": [id]},
    )
    case.log.append(connection, act)
