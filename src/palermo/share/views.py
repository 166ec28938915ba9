"""The case as it may leave for one recipient, beside the whole of it: what people gave with consent
goes only where they agreed to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from palermo import answers
from palermo.look.opening import opened, over
from palermo.look.query import Query
from palermo.review.decisions import Made
from palermo.run import see_without
from palermo.safeguards import consent
from palermo.safeguards import profile as profiles
from palermo.safeguards.permit import Permit
from palermo.store.case import Case
from palermo.store.engine import Tables
from palermo.vocabulary import Kind

# What a decision can rest on: ids of evidence, and values; not persons, nor words.
_ID = re.compile(r"[eclf][0-9a-f]{32}$")
_NAMED = re.compile(rf"{_ID.pattern}|({'|'.join(Kind)}):")
Seen = TypeVar("Seen", answers.Link, answers.Finding)


@dataclass(frozen=True, kw_only=True)
class Views:
    """`open` is linked and looked at without the exhibits in `closed` (exhibit → why it may not go
    to the recipient); without any it is `whole` itself. `consented`: what nobody agreed to share
    and is not published stays, persons too."""

    open: Query
    whole: Query
    closed: Mapping[str, str]
    consented: bool

    def gone(self, names: Iterable[str]) -> set[str]:
        """Return which of the ids and values that people decided on the open case does not have,
        where that is for want of consent: they may not go to the recipient, or nowhere any more."""
        if not self.closed and not self.open.withheld:
            return set()
        wanted = sorted({*names})
        return {*wanted} - _there(self.open.tables, wanted)

    def hidden(self, made: Iterable[Made]) -> set[int]:
        """Return the numbers of decisions that rest, or may rest, on what may not go.

        One that names no evidence rests on all that bears its values; and nobody can tell of which
        of these somebody has withdrawn consent.
        """
        named = {d.number: [n for n in (d.a, d.b, *d.seen) if n and _NAMED.match(n)] for d in made}
        gone = self.gone(name for names in named.values() for name in names)
        bare = {n for n, names in named.items() if names and not any(map(_ID.match, names))}
        borne = self._borne_by_closed()
        return {
            number
            for number, names in named.items()
            if not gone.isdisjoint(names)
            or (number in bare and (self.open.withheld or not borne.isdisjoint(names)))
        }

    def _borne_by_closed(self) -> set[str]:
        rows = self.whole.tables.sql(
            """SELECT DISTINCT kind || ':' || value AS node FROM claims
               WHERE exhibit IN (SELECT unnest(?))""",
            [sorted(self.closed)],
        )["node"]
        return set(rows.to_pylist())

    def persons(self) -> set[int]:
        """Return the numbers of the persons who may leave: those known by open values; without
        closed exhibits all, unless only what is consented leaves."""
        nodes: dict[int, list[str]] = {number: [] for number in self.open.persons}
        for node, number in self.open.held.items():
            nodes[number].append(node)
        there = _there(self.open.tables, sorted(self.open.held))
        gone = self.gone(self.open.held)
        return {
            number
            for number, tied in nodes.items()
            if there & set(tied) or not (self.consented or (tied and set(tied) <= gone))
        }

    def as_reviewed(self, found: Sequence[Seen]) -> list[Seen]:
        """Return what rests on the same in both: a person confirmed it with all its evidence."""
        if not self.closed:
            return list(found)
        ids = [row.id for row in found]
        rows = self.whole.tables.sql(
            """SELECT id, claims AS rests_on FROM links WHERE id IN (SELECT unnest($1))
               UNION ALL SELECT id, evidence FROM findings WHERE id IN (SELECT unnest($1))""",
            [ids],
        )
        whole = {row["id"]: set(row["rests_on"]) for row in rows.to_pylist()}
        return [row for row in found if whole.get(row.id) == _on(row)]

    def exhibits_of(self, ids: Iterable[str]) -> set[str]:
        """Return the exhibits that events, claims, links and findings rest on, in the whole case."""
        rows = self.whole.tables.sql(
            """
            WITH named AS (SELECT unnest(?) AS id),
            found AS (
                FROM named
                UNION SELECT unnest(f.evidence) FROM findings f JOIN named USING (id)
            ),
            linked AS (
                FROM found
                UNION
                SELECT unnest(list_concat(l.claims, [l.a, l.b])) FROM links l JOIN found USING (id)
            )
            SELECT exhibit FROM events JOIN linked USING (id)
            UNION SELECT exhibit FROM claims JOIN linked USING (id)
            """,
            [sorted({*ids})],
        )["exhibit"]
        return set(rows.to_pylist())


@contextmanager
def opened_for(case: Case, permit: Permit, to: str) -> Iterator[Views]:
    """Open the whole case, and the case without what may not go to a recipient."""
    sharing = profiles.load(permit.authority.profile).sharing
    with case.catalogue.read() as connection:
        closed = consent.closed(connection, to, permit.at, sharing)
    with opened(case, permit.at, leaving=True) as whole, ExitStack() as stack:
        open_ = whole
        if closed:
            tables = stack.enter_context(closing(see_without(case, closed)))
            open_ = over(case, tables, permit.at, leaving=True)
        yield Views(open=open_, whole=whole, closed=closed, consented=sharing == "consented")


def _on(row: answers.Link | answers.Finding) -> set[str]:
    return {*(row.claims if isinstance(row, answers.Link) else row.evidence)}


def _there(tables: Tables, names: Sequence[str]) -> set[str]:
    parts = ["SELECT node FROM nodes WHERE node IN (SELECT unnest($1))"]
    parts += [
        f"SELECT id FROM {table} WHERE id IN (SELECT unnest($1))"
        for table in ("events", "claims", "links", "findings")
    ]
    return set(tables.sql(" UNION ".join(parts), [list(names)])["node"].to_pylist())
