"""Says of what is shown whether it tells of a risk to life or to a child, and why: by what events
state (`review.risk`), and by what people have said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from palermo import answers
from palermo.link.table import node
from palermo.review.decisions import Made
from palermo.safeguards.masking import CONTACT, PERSONAL
from palermo.vocabulary import PARTAKING

if TYPE_CHECKING:
    from palermo.look.query import Query

PERSON = "person:"
_NODE = pa.schema([("node", pa.string())])
_KINDS = ", ".join(f"'{kind}'" for kind in sorted(PERSONAL | CONTACT))
_ROLES = ", ".join(f"'{role}'" for role in sorted(PARTAKING))
# Signs that nobody has taken off; what is said of one sighting of a posting holds for the others
# that state the same.
_STANDING = """SELECT r.*, e.time FROM risks r JOIN events e ON e.id = r.event WHERE NOT EXISTS (
  SELECT 1 FROM risks o JOIN no_risk n ON n.node = o.event
  WHERE o.of = r.of AND o.sign = r.sign AND o.value = r.value)"""
# Whoever takes part in an event at risk: (identity, event). A value that nothing ties stands for
# itself.
_OWNERS = f"""WITH own AS (
    SELECT DISTINCT event, event AS node FROM at_risk
    UNION
    SELECT c.event, {node("c.kind", "c.value", "c.exhibit")} FROM claims c
    WHERE c.event IN (SELECT event FROM at_risk) AND c.role IN ({_ROLES}) AND c.kind IN ({_KINDS})
  ) SELECT DISTINCT coalesce(i.identity, own.node) AS identity, own.event
    FROM own LEFT JOIN identities i USING (node)"""


@dataclass
class Marks:
    """The marks of one query. It gives its tables the views `at_risk` (signs that stand) and
    `risky` (nodes: events at risk, and all values and events of whom a person said so)."""

    query: "Query"

    def __post_init__(self) -> None:
        tables, said = self.query.tables, self.query.said
        off = [a for a, made in said.items() if made.act == "no-risk"]
        tables.give("no_risk", _nodes(off))
        at_risk = tables.sql(_STANDING)
        tables.give("at_risk", at_risk)
        on = {a for a, made in said.items() if made.act == "risk" and ":" not in a}
        on |= set(at_risk["event"].to_pylist())
        people = [owner for owner, made in self.said.items() if made.act == "risk"]
        if people:
            members = tables.sql(
                "SELECT node FROM identities WHERE identity IN (SELECT unnest(?))", [people]
            )
            on |= {*people, *members["node"].to_pylist()}
        tables.give("risky", _nodes(sorted(on)))

    @cached_property
    def said(self) -> dict[str, Made]:
        """Return by identity, or by a value that nothing ties, the newest that was said of any of
        its values, or of the person that they are tied to."""
        by_node = {a: m for a, m in self.query.said.items() if ":" in a and a[:7] != PERSON}
        for held, number in self.query.held.items():
            of_person = self.query.said.get(f"{PERSON}{number}")
            if of_person:
                by_node[held] = _newer(by_node.get(held), of_person)
        identity = self._identities(by_node)
        found: dict[str, Made] = {}
        for value, made in by_node.items():
            owner = identity.get(value, value)
            found[owner] = _newer(found.get(owner), made)
        return found

    def _identities(self, nodes: Iterable[str]) -> dict[str, str]:
        """Return the identities of the nodes that have one."""
        wanted = [*nodes]
        if not wanted:
            return {}
        rows = self.query.tables.sql(
            "SELECT node, identity FROM identities WHERE node IN (SELECT unnest(?))", [wanted]
        )
        return dict(zip(rows["node"].to_pylist(), rows["identity"].to_pylist(), strict=True))

    def _told(self, made: Made) -> answers.Risk:
        reason = self.query.free(made.reason, [made.a])
        return answers.Risk(
            to="life or child",
            why=f"{made.decider} said so: {reason}",
            since=made.at,
            by=made.decider,
            rests_on=[],
        )

    # --- events -----------------------------------------------------------------------------

    def events(self, owners: Mapping[str, Sequence[str]]) -> dict[str, answers.Risk]:
        """Return by event its risk; `owners`: event → identities that take part in it."""
        rows = self._signs(list(owners))
        found = {event: _stated(signs) for event, signs in rows.items()}
        for event, identities in owners.items():
            own = self.query.said.get(event)
            people = [self.said[i] for i in identities if i in self.said]
            said = [made for made in (own, *people) if made and made.act == "risk"]
            if said:
                told = self._told(max(said, key=lambda made: made.number))
                found[event] = _both(told, found.get(event))
        return found

    def _signs(self, events: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        rows = self.query.tables.sql(
            "SELECT * FROM at_risk WHERE event IN (SELECT unnest(?)) ORDER BY sign, value",
            [list(events)],
        ).to_pylist()
        signs: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            signs[row["event"]].append(row)
        return signs

    # --- people, and what rests on events -------------------------------------------------------

    def identities(self, ids: Sequence[str]) -> dict[str, answers.Risk]:
        """Return by identity, or by a value that stands for itself, its risk."""
        rows = self.query.tables.sql(
            f"SELECT * FROM ({_OWNERS}) WHERE identity IN (SELECT unnest(?)) ORDER BY ALL",
            [list(ids)],
        ).to_pylist()
        events: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            events[row["identity"]].append(row["event"])
        return self._resting(ids, events, {id: [id] for id in ids})

    def persons(self) -> dict[int, answers.Risk]:
        """Return by number the persons at risk: by what was said of them, or by their values."""
        by_person: dict[int, list[str]] = defaultdict(list)
        for held, number in self.query.held.items():
            by_person[number].append(held)
        owner = self._identities(self.query.held)
        owners = list({owner.get(n, n) for n in self.query.held})
        risks = self.identities(owners) if owners else {}
        found = {}
        for number in self.query.persons:
            made = self.query.said.get(f"{PERSON}{number}")
            theirs = [risks.get(owner.get(n, n)) for n in by_person[number]]
            if made and made.act == "risk":
                found[number] = self._told(made)
            elif not made and any(theirs):
                found[number] = next(risk for risk in theirs if risk)
        return found

    def resting(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, answers.Risk]:
        """Return by id the risk of links and findings: of what they rest on, and of whom they are
        about. Each row has an `id`, `things` (events and claims) and `nodes`."""
        things = {thing for row in rows for thing in row["things"]}
        claims = {
            row["id"]: row["event"]
            for row in self.query.tables.sql(
                """SELECT id, event FROM claims WHERE event IN (SELECT event FROM at_risk)
                   AND id IN (SELECT unnest(?))""",
                [[thing for thing in things if thing[:1] == "c"]],
            ).to_pylist()
        }
        events = {row["id"]: [claims.get(t, t) for t in row["things"]] for row in rows}
        nodes = {n for row in rows for n in row["nodes"]}
        identity = self._identities(nodes)
        owners = {row["id"]: [identity.get(n, n) for n in row["nodes"]] for row in rows}
        return self._resting(list(events), events, owners)

    def _resting(
        self,
        ids: Sequence[str],
        events: Mapping[str, Sequence[str]],
        owners: Mapping[str, Sequence[str]],
    ) -> dict[str, answers.Risk]:
        signs = self._signs(sorted({event for id in ids for event in events.get(id, [])}))
        found = {}
        for id in ids:
            at_risk = list(dict.fromkeys(e for e in events.get(id, []) if e in signs))
            said = [self.said[i] for i in owners.get(id, []) if i in self.said]
            said += [
                made
                for e in events.get(id, [])
                if (made := self.query.said.get(e)) and made.act == "risk"
            ]
            newest = max(said, key=lambda made: made.number, default=None)
            stated = _stated([s for e in at_risk for s in signs[e]]) if at_risk else None
            if newest and newest.act == "risk":
                found[id] = _both(self._told(newest), stated)
            elif stated and not newest:
                of = "an event" if len(at_risk) == 1 else f"{len(at_risk):,} events"
                update = {"why": f"{of} of it: {stated.why}", "rests_on": at_risk[:20]}
                found[id] = stated.model_copy(update=update)
        return found


def _nodes(nodes: Iterable[str]) -> pa.Table:
    return pa.table({"node": pa.array(list(nodes), pa.string())}, schema=_NODE)


def _newer(a: Made | None, b: Made) -> Made:
    return b if a is None or b.number > a.number else a


def _stated(signs: Sequence[Mapping[str, Any]]) -> answers.Risk:
    times = [sign["time"] for sign in signs if sign["time"]]
    reasons = list(dict.fromkeys(sign["reason"] for sign in signs))
    more = f"; and {len(reasons) - 5} more" if len(reasons) > 5 else ""
    return answers.Risk(
        to=" and ".join(sorted({sign["to"] for sign in signs}, reverse=True)),
        why="; ".join(reasons[:5]) + more,
        since=min(times, default=None),
        by=None,
        rests_on=list(dict.fromkeys(s["claim"] or s["event"] for s in signs))[:20],
    )


def _both(said: answers.Risk, stated: answers.Risk | None) -> answers.Risk:
    """Join what a person said with what is stated."""
    if stated is None:
        return said
    update = {"why": f"{said.why}; {stated.why}", "rests_on": stated.rests_on}
    return said.model_copy(update=update)
