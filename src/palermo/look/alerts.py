"""Tells the register of watches, and what whoever asks has not been shown of watched values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from palermo import answers
from palermo.custody.log import Act
from palermo.look.exact import WHAT, Exact
from palermo.look.query import Query
from palermo.look.reading import clean
from palermo.review import persons
from palermo.safeguards import masking, watch
from palermo.safeguards.authority import day
from palermo.safeguards.permit import Permit
from palermo.safeguards.refusal import Invalid
from palermo.store import catalogue as c
from palermo.store.case import Case

_PROTECTED = "the value is tied to a person who is protected: nothing is told of it"
_SHORT = 4  # letters of a value below which it is not looked for in a reason


@dataclass
class Desk:
    """The watches of one case as one actor sees them at a time."""

    case: Case
    query: Query
    actor: str
    at: datetime

    # --- a new watch ------------------------------------------------------------------------

    def tokens(self, nodes: Iterable[str]) -> list[str]:
        return [masking.token(self.case.key, node) for node in nodes]

    def is_protected(self, nodes: Iterable[str]) -> bool:
        return not self._protected.isdisjoint(self.tokens(nodes))

    @cached_property
    def _protected(self) -> frozenset[str]:
        """Tokens of the values that are tied to whoever is protected."""
        with self.case.catalogue.read() as connection:
            people = persons.load(connection).values()
        return frozenset(self.tokens(n for p in people if p.protected(self.at) for n in p.nodes))

    def reason(self, stated: str, typed: str, value: Exact) -> str:
        """Return a reason without the value that it is about, and without other numbers."""
        mark = self.tokens(value.nodes)[0]
        forms = {typed.strip(), clean(typed), *(n.partition(":")[2] for n in value.nodes)}
        forms |= {n.rpartition(":")[2] for n in value.nodes}
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            if len(form) >= _SHORT:
                stated = stated.replace(form, mark)
        return masking.without_numbers(stated)

    # --- the register -----------------------------------------------------------------------

    def register(self, number: int | None = None) -> answers.Watches:
        """Return every watch on record, those that are over too, or one of them."""
        asked = {n: one for n, one in self._watches.items() if number in (None, n)}
        values = self._values(list(asked))
        seen = self._count(sa.true())
        fresh = self._count(self._news())
        return answers.Watches(
            watches=[
                answers.Watch(
                    number=n,
                    at=one.at,
                    actor=one.actor,
                    value=values[n],
                    how=self.query.free(one.how, []),
                    reason=self.query.free(one.reason, []),
                    until=one.until,
                    over=self._told_over(one),
                    events=seen.get(n, 0),
                    new=fresh.get(n, 0),
                )
                for n, one in asked.items()
            ]
        )

    def _told_over(self, one: watch.Watch) -> str | None:
        why = self._over.get(one.number)
        return f"{why}: {self.query.free(one.why_ended, [])}" if why and one.why_ended else why

    @cached_property
    def _watches(self) -> dict[int, watch.Watch]:
        with self.case.catalogue.read() as connection:
            return watch.load(connection)

    @cached_property
    def _over(self) -> dict[int, str]:
        with self.case.catalogue.read() as connection:
            over = watch.over(connection, self._watches.values(), self.at)
        for number, one in self._watches.items():
            if not self._protected.isdisjoint(one.tokens):
                over.setdefault(number, _PROTECTED)
        return over

    def _values(self, numbers: Sequence[int]) -> dict[int, answers.Node]:
        """Return watched values: by their token where no evidence that may be read bears them."""
        told = {n: self._by_token(self._watches[n]) for n in numbers}
        s = c.sighting.c
        query = sa.select(s.watch, sa.func.max(s.claim)).where(self._open(), s.watch.in_(numbers))
        with self.case.catalogue.read() as connection:
            claims = {row[1]: row[0] for row in connection.execute(query.group_by(s.watch))}
        rows = self.query.tables.sql(
            "SELECT id, kind || ':' || value AS node FROM claims WHERE id IN (SELECT unnest(?))",
            [[claim for claim in claims if claim]],
        ).to_pylist()
        return told | {claims[row["id"]]: self.query.node(row["node"]) for row in rows}

    def _by_token(self, one: watch.Watch) -> answers.Node:
        token = one.tokens[0]
        return answers.Node(node=token, kind=one.kind, shown=token, masked=True)

    # --- sightings --------------------------------------------------------------------------

    def _open(self) -> sa.ColumnElement[bool]:
        """What may be told: of watches that nothing silences, in evidence that is read."""
        silent = [n for n, why in self._over.items() if why == _PROTECTED]
        withheld = c.among(c.sighting.c.exhibit, self.query.withheld)
        return sa.and_(c.sighting.c.watch.not_in(silent), sa.not_(withheld))

    def _news(self) -> sa.ColumnElement[bool]:
        """What this actor was not shown yet, of watches that run."""
        with self.case.catalogue.read() as connection:
            mine = sa.select(sa.func.max(c.look.c.through)).where(c.look.c.actor == self.actor)
            through = connection.execute(mine).scalar() or 0
        s = c.sighting.c
        runs = s.watch.not_in(list(self._over))
        return sa.and_(s.known == 0, s.number > through, runs)

    def _count(self, where: sa.ColumnElement[bool]) -> dict[int, int]:
        s = c.sighting.c
        query = sa.select(s.watch, sa.func.count()).where(self._open(), where).group_by(s.watch)
        with self.case.catalogue.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def waiting(self) -> int:
        return sum(self._count(self._news()).values())

    def alerts(self, limit: int) -> answers.Alerts:
        """Return the oldest of what is new, `limit` at most, each with what it rests on."""
        s = c.sighting.c
        query = sa.select(c.sighting).where(self._open(), self._news()).order_by(s.number)
        with self.case.catalogue.read() as connection:
            rows = [dict(r) for r in connection.execute(query.limit(limit)).mappings()]
        events = {e.id: e for e in self.query.by_id(row["event"] for row in rows)}
        wanted = [row["claim"] for row in rows if row["claim"]]
        found = self.query.claims("c.id IN (SELECT unnest(?))", [wanted])
        claims = {claim.id: claim for claim in found}
        watches = {one.number: one for one in self.register().watches}
        return answers.Alerts(
            alerts=[
                _alert(row, watches[row["watch"]], events[row["event"]], claims.get(row["claim"]))
                for row in rows
                if row["event"] in events
            ],
            waiting=self.waiting(),
            through=rows[-1]["number"] if rows else 0,
            watches=len(watches) - len(self._over),
        )


def _alert(
    row: dict[str, Any], of: answers.Watch, event: answers.Event, claim: answers.Claim | None
) -> answers.Alert:
    value = claim.value if claim else of.value
    return answers.Alert(
        number=row["number"],
        watch=of.number,
        value=value,
        reason=of.reason,
        event=event,
        claim=claim,
        why=claim.id if claim else event.id,
    )


def seen(case: Case, permit: Permit, through: int, watches: dict[int, str]) -> None:
    """Keep that the permit's actor was shown the sightings up to a number, and for which reasons."""
    if through <= 0:
        return
    with case.catalogue.write() as connection:
        last = connection.execute(sa.select(sa.func.max(c.sighting.c.number))).scalar() or 0
        if through > last:
            why = f"the newest sighting is {last}"
            raise Invalid(f"mark {through} as seen", why, "See: palermo alerts CASE")
        row = {"at": permit.at, "actor": permit.actor, "through": through}
        insert = sa.insert(c.look).values(**row, permit=permit.number)
        number: int = connection.execute(insert.returning(c.look.c.number)).scalar_one()
        act = Act(
            act="alerts seen",
            actor=permit.actor,
            permit=permit.number,
            detail={"through": through, "watches": watches},
            rows={"look": [number]},
        )
        case.log.append(connection, act)


def until(stated: str | None, permit: Permit) -> datetime | None:
    """Return when a watch is to end: not after its authority, and by itself if nothing is stated."""
    if stated is None:
        return None
    moment = day(stated, "--until")
    if moment <= permit.at:
        raise Invalid(WHAT, f"{stated} is over", "Give a later --until, or none")
    if moment > permit.authority.until:
        why = f"the authority ends on {permit.authority.until:%Y-%m-%d}, before {stated}"
        raise Invalid(WHAT, why, "Give an earlier --until, or none: it ends with the authority")
    return moment
