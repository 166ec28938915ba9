"""Persons: opened by a human, with dated, sourced roles; tied to values only by decisions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from palermo.review import decisions
from palermo.safeguards.masking import UNPROTECTED
from palermo.safeguards.refusal import NotFound
from palermo.store import catalogue as c

PREFIX = "person:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    role: str
    since: datetime | None
    until: datetime | None
    source: str
    own: bool = True  # somebody here answers for it: see `review.decisions`


@dataclass(slots=True, kw_only=True)
class Person:
    number: int
    label: str
    roles: list[Role] = field(default_factory=list)
    nodes: list[str] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)  # of the nodes, those that nobody vouches for

    def protected(self, at: datetime) -> bool:
        """Whether the person is protected as a victim: unless every role now held is unprotected.

        No role, an unknown role or an ended one protects, and so does one that nobody here vouches
        for; of several the strictest wins.
        """
        now = [r for r in self.roles if _holds(r, at)]
        return not now or not all(r.own and r.role in UNPROTECTED for r in now)


def _holds(role: Role, at: datetime) -> bool:
    return (role.since is None or role.since <= at) and (role.until is None or at < role.until)


def load(connection: sa.Connection) -> dict[int, Person]:
    own = {made.number for made in decisions.load(connection) if made.own}
    persons = {
        row.number: Person(number=row.number, label=row.label)
        for row in connection.execute(sa.select(c.person).order_by(c.person.c.number))
    }
    for row in connection.execute(sa.select(c.person_role).order_by(c.person_role.c.number)):
        role = Role(
            role=row.role,
            since=row.since,
            until=row.until,
            source=row.source,
            own=row.decision in own,
        )
        persons[row.person].roles.append(role)
    for row in connection.execute(sa.select(c.person_tie).order_by(c.person_tie.c.number)):
        persons[row.person].nodes.append(row.node)
        if row.decision not in own:
            persons[row.person].claimed.add(row.node)
    return persons


def find(persons: Mapping[int, Person], name: str) -> Person:
    """Return the person named as ``person:3``, ``3`` or by the label."""
    number = name.removeprefix(PREFIX)
    if number.isdigit() and int(number) in persons:
        return persons[int(number)]
    for person in persons.values():
        if person.label == name:
            return person
    raise NotFound(
        f"find person {name}",
        "nobody of this number or label was opened in this case",
        "Open a person: palermo review CASE --act open_person LABEL --reason TEXT",
    )


def readable(persons: Iterable[Person], at: datetime) -> frozenset[str]:
    """Return nodes that may be read because everyone tied to them is unprotected."""
    by_node: dict[str, list[Person]] = defaultdict(list)
    for person in persons:
        for node in person.nodes:
            by_node[node].append(person)
    return frozenset(
        node
        for node, tied in by_node.items()
        if not any(p.protected(at) or node in p.claimed for p in tied)
    )
