"""Takes a person's decision: finds what it names, asks the gate, and records it for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import product

import sqlalchemy as sa

from palermo.custody.log import Act
from palermo.look.naming import Naming
from palermo.look.query import Query, is_event, is_identity
from palermo.review import decisions, persons
from palermo.safeguards.authority import day
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.store import catalogue as c
from palermo.store.case import Case

Endpoints = tuple[str, str | None, list[str]]  # a, b, ids of the evidence seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A decision as asked for. `a` and `b` may be ids, nodes, tokens, postings' addresses, or
    persons; `by` and `at` come with decisions taken elsewhere, and are kept as claimed. `vouched`:
    why whoever brings such a decision answers for it as for one of their own."""

    act: str
    a: str
    b: str | None = None
    reason: str
    role: str | None = None
    since: str | None = None
    until: str | None = None
    by: str | None = None
    at: str | None = None
    vouched: str | None = None

    @property
    def concerns_findings(self) -> bool:
        return self.a.startswith("finding:") or (self.a.startswith("f") and ":" not in self.a)


@dataclass
class Desk:
    """Where one permit's decisions are taken."""

    case: Case
    gate: Gate
    permit: Permit
    query: Query
    made: list[int] = field(default_factory=list)

    @cached_property
    def naming(self) -> Naming:
        return Naming(self.case, self.query)

    def decide(self, request: Request) -> None:
        if request.act not in decisions.ACTS:
            known = ", ".join(decisions.ACTS)
            raise Invalid(f"decide {request.act}", "there is no such act", f"Use one of: {known}")
        if not request.reason.strip():
            raise Invalid(
                f"{request.act} {request.a}",
                "a decision needs a reason",
                "Say why: --reason TEXT",
            )
        match request.act:
            case "open_person":
                self._open(request)
            case "set_role":
                self._set_role(request)
            case "tie":
                self._tie(request)
            case _:
                for endpoints in self._endpoints(request):
                    with self.case.catalogue.write() as connection:
                        self._record(connection, request, endpoints)

    # --- persons ----------------------------------------------------------------------------

    def _persons(self) -> dict[int, persons.Person]:
        with self.case.catalogue.read() as connection:
            return persons.load(connection)

    def _open(self, request: Request) -> None:
        with self.case.catalogue.write() as connection:
            endpoints: Endpoints = (request.a, None, [])
            self._record(connection, request, endpoints, c.person, {"label": request.a})

    def _set_role(self, request: Request) -> None:
        person = persons.find(self._persons(), request.a)
        role = request.role or request.b
        if role not in decisions.ROLES:
            raise Invalid(
                f"give {request.a} the role {role}",
                "there is no such role",
                f"Use one of: {', '.join(decisions.ROLES)}",
            )
        self.gate.check(
            self.permit,
            role=role,
            ties=self._ties(person.nodes),
            confirmed=self._confirmed(person.nodes),
        )
        with self.case.catalogue.write() as connection:
            endpoints = (f"{persons.PREFIX}{person.number}", role, person.nodes)
            held = {
                "person": person.number,
                "role": role,
                "since": request.since and day(request.since, "--since"),
                "until": request.until and day(request.until, "--until"),
                "source": request.reason,
            }
            self._record(connection, request, endpoints, c.person_role, held)

    def _tie(self, request: Request) -> None:
        person = persons.find(self._persons(), request.a)
        for node, _ in self._nodes(request.b or ""):
            # What is already known of a person goes on to hold: a suspect's new tie is judged too.
            roles = {role.role for role in person.roles}
            if "suspect" in roles:
                ties = self._ties([*person.nodes, node])
                confirmed = self._confirmed([*person.nodes, node])
                self.gate.check(self.permit, role="suspect", ties=ties, confirmed=confirmed)
            with self.case.catalogue.write() as connection:
                endpoints = (f"{persons.PREFIX}{person.number}", node, [node])
                tie = {"person": person.number, "node": node}
                self._record(connection, request, endpoints, c.person_tie, tie)

    def _confirmed(self, nodes: Iterable[str]) -> int:
        """Return how many confirmed findings have one of the nodes, or its identity, as subject."""
        decided = self.query.decided.items()
        yes = [a for (a, b), d in decided if b is None and d.act == "confirm" and d.own]
        found = self.query.tables.sql(
            """SELECT count(*) AS n FROM findings f WHERE f.id IN (SELECT unnest(?))
               AND list_has_any(f.subjects, (
                 SELECT list_distinct(list_concat(list(i.node), list(i.identity)))
                 FROM identities i WHERE i.identity IN
                   (SELECT identity FROM identities WHERE node IN (SELECT unnest(?)))))""",
            [yes, list(nodes)],
        )
        return int(found["n"][0].as_py())

    def _ties(self, nodes: Iterable[str]) -> set[tuple[str, str]]:
        """Return what the nodes do in the case's events, as (role, event kind)."""
        listed = list(nodes)
        rows = self.query.tables.sql(
            """SELECT DISTINCT c.role, e.kind FROM claims c JOIN events e ON e.id = c.event
               WHERE c.kind || ':' || c.value IN (SELECT unnest(?))
                  OR (c.kind = 'name'
                      AND 'name:' || c.exhibit || ':' || c.value IN (SELECT unnest(?)))
               UNION
               SELECT CASE WHEN kind = 'advert' THEN 'poster' ELSE 'mentioned' END, kind
               FROM events WHERE id IN (SELECT unnest(?))""",
            [listed, listed, listed],
        ).to_pylist()
        return {(row["role"], row["kind"]) for row in rows}

    # --- endpoints --------------------------------------------------------------------------

    def _endpoints(self, request: Request) -> list[Endpoints]:
        """Return the endpoints that a request names, and the evidence seen for them."""
        if request.act in decisions.RISK:
            return self._at_risk(request)
        if request.a.startswith("l") and ":" not in request.a and request.b is None:
            rows = self.query.tables.sql(
                "SELECT * FROM links WHERE id = ?", [request.a]
            ).to_pylist()
            if rows:
                return [(rows[0]["a"], rows[0]["b"], rows[0]["claims"])]
        if found := self._findings(request.a, request.b):
            return found
        left = self._nodes(request.a)
        if request.b is None:
            if request.act == "reject" and not all(is_event(a) for a, _ in left):
                raise Invalid(
                    f"{request.act} {request.a}",
                    "that takes two ends",
                    "Name the event's, link's or finding's id, or both values; a value that is nobody's own "
                    "is set apart with --act generic",
                )
            return [(a, None, [id]) for a, id in left]
        return [
            (a, b, [i, j]) for (a, i), (b, j) in product(left, self._nodes(request.b)) if a != b
        ]

    def _at_risk(self, request: Request) -> list[Endpoints]:
        """Return who or what is, or is not, at risk. An identity can be taken apart again, so that
        its values are named and not it; one that has none is its events."""
        if request.b is not None:
            name = f"{request.act} {request.a} {request.b}"
            raise Invalid(name, "that is said of one thing", "Name them one after the other")
        if request.a.startswith(persons.PREFIX):
            person = persons.find(self._persons(), request.a)
            return [(f"{persons.PREFIX}{person.number}", None, person.nodes)]
        if is_identity(request.a):
            members = self.query.tables.sql(
                "SELECT node FROM identities WHERE identity = ? ORDER BY node", [request.a]
            )["node"].to_pylist()
            if members:
                values = [n for n in members if ":" in n and not n.startswith("posting:")]
                return [(node, None, [node]) for node in values or members]
        return [(a, None, [id]) for a, id in self._nodes(request.a)]

    def _findings(self, name: str, of: str | None) -> list[Endpoints]:
        """Return findings named by id, or as ``finding:<kind>`` of a value or posting."""
        query = self.query.tables
        if name.startswith("finding:") and of is not None:
            nodes = [node for node, _ in self._nodes(of)]
            rows = query.sql(
                """SELECT DISTINCT f.id, f.evidence FROM findings f
                   WHERE f.kind = ? AND list_has_any(f.subjects, (
                     SELECT list_distinct(list_concat(list(m.node), list(m.identity)))
                     FROM identities i JOIN identities m USING (identity)
                     WHERE i.node IN (SELECT unnest(?)))) ORDER BY f.id""",
                [name.removeprefix("finding:"), nodes],
            ).to_pylist()
            if not rows:
                raise NotFound(
                    f"find {name} of {of}",
                    "no such finding rests on it",
                    "See what there is: palermo review CASE",
                )
        elif name.startswith("f") and ":" not in name and of is None:
            rows = query.sql("SELECT id, evidence FROM findings WHERE id = ?", [name]).to_pylist()
        else:
            return []
        return [(row["id"], None, row["evidence"]) for row in rows]

    def _nodes(self, name: str) -> list[tuple[str, str]]:
        """Return (node, id seen) for what a name stands for; a posting stands for its sightings."""
        if "://" in name:
            rows = self.query.tables.sql(
                """SELECT id FROM events WHERE kind = 'advert'
                   AND (posting = ? OR details['url'] = ?) ORDER BY id""",
                [name, name],
            )["id"].to_pylist()
            if rows:
                return [(id, id) for id in rows]
        node = self.query.resolve(self.naming.resolve(name, "review"))
        known = node is not None and (not is_event(node) or self.query.by_id([node]))
        if node is None or not known:
            raise NotFound(
                f"find {name}",
                "nothing in this case is called so",
                "Run palermo run CASE if it was added since, or look: palermo search CASE WORDS",
            )
        return [(node, node)]

    # --- recording --------------------------------------------------------------------------

    def _record(
        self,
        connection: sa.Connection,
        request: Request,
        endpoints: Endpoints,
        table: sa.Table | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        """Keep a decision, with the row of `table` that it makes, if any."""
        a, b, seen = endpoints
        claimed = {
            "claimed_by": request.by,
            "claimed_at": day(request.at, "when it was decided") if request.at else None,
            "vouched": (request.vouched or "").strip() or None if request.by else None,
        }
        number: int = connection.execute(
            sa.insert(c.decision)
            .values(
                at=datetime.now(UTC),
                actor=self.permit.actor,
                act=request.act,
                a=a,
                b=b,
                reason=request.reason,
                seen=seen,
                permit=self.permit.number,
                **claimed,
            )
            .returning(c.decision.c.number)
        ).scalar_one()
        detail = {"decision": number, "act": request.act, "a": a, "b": b, "reason": request.reason}
        detail |= {name: said for name, said in claimed.items() if said is not None}
        rows = {"decision": [number]}
        if table is not None:
            connection.execute(sa.insert(table).values(decision=number, **(values or {})))
            rows[table.name] = [number]
        actor, permit = self.permit.actor, self.permit.number
        act = Act(act="decide", actor=actor, permit=permit, detail=detail, rows=rows)
        self.case.log.append(connection, act)
        self.made.append(number)
