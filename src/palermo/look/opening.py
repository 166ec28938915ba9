"""Opens the query layer on a case as it is now, with what may be read in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from palermo import answers
from palermo.custody import quarantine, withheld
from palermo.look.query import Query, is_event
from palermo.review import decisions, persons
from palermo.safeguards.covering import BLANK, Covering
from palermo.safeguards.masking import CONTACT, PERSONAL, PUBLIC, Mask
from palermo.store import catalogue as c
from palermo.store import rows
from palermo.store.case import Case
from palermo.store.engine import Tables
from palermo.store.lake import SCHEMAS
from palermo.store.rows import Place
from palermo.vocabulary import Kind


@contextmanager
def opened(case: Case, at: datetime, leaving: bool = False) -> Iterator[Query]:
    """Open the whole case; `leaving`: as it may be told to others."""
    with closing(case.tables()) as tables:
        yield over(case, tables, at, leaving)


def over(case: Case, tables: Tables, at: datetime, leaving: bool) -> Query:
    """Return the query layer over tables of a case; whoever gives them closes them."""
    made, people = _decided(case)
    published = tables.sql("SELECT node FROM nodes WHERE published")["node"].to_pylist()
    readable = persons.readable(people.values(), at)
    mask = _mask(case, published, made, readable, leaving)
    query = _query(case, tables, mask, made, people, at, _exhibits(case))
    query.persons = {p.number: _person(p, query) for p in people.values()}
    for number, risk in query.marks.persons().items():
        query.persons[number].risk = risk
    return query


class Whole(Tables):
    """A case's tables, opened when they are first asked: most searches never do."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._opened: Tables | None = None

    def sql(self, query: str, parameters: Sequence[object] = ()) -> pa.Table:
        if self._opened is None:
            self._opened = self._case.tables()
        return self._opened.sql(query, parameters)

    def among(self, table: str, column: str, values: Iterable[str]) -> pa.Table:
        """Return what the last run saw of some nodes or events, reading little."""
        wanted = [*values]
        paths = self._paths(table) if wanted else []
        return rows.among(paths, column, wanted, SCHEMAS[table])

    def column(self, table: str, column: str) -> pa.ChunkedArray:
        """Return all values of a column of what the last run saw."""
        empty = SCHEMAS[table].empty_table().select([column])
        found = [
            pq.read_table(path, columns=[column]).cast(empty.schema) for path in self._paths(table)
        ]
        return pa.concat_tables([empty, *found])[column]

    def _paths(self, table: str) -> list[Path]:
        return [self._case.lake.folder / path for path in self._seen.get(table, [])]

    @cached_property
    def _seen(self) -> dict[str, list[str]]:
        """By kind, the files that the last run saw."""
        with self._case.catalogue.read() as connection:
            run = self._case.last_run(connection)
            kinds = ("identities", "nodes", "risks")
            return {kind: self._case.lake.files(connection, kind, run) for kind in kinds if run}

    def close(self) -> None:
        if self._opened:
            self._opened.close()


class Small(Tables):
    """Small Arrow tables behind SQL. A database takes longer to open than they take to ask, so all
    share an empty one, and each its own connection."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._connection = _database().cursor()
        for name, table in tables.items():
            self.give(name, table)


@cache
def _database() -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    database.execute("SET GLOBAL TimeZone='UTC'")
    return database


@dataclass(frozen=True)
class Few:
    """Some events of a case and all their claims, in the columns that `rows` reads."""

    events: pa.Table
    claims: pa.Table

    @classmethod
    def none(cls) -> "Few":
        return cls(rows.EVENT.empty_table(), rows.CLAIM.empty_table())

    @classmethod
    def at(cls, case: Case, places: Iterable[Place]) -> "Few":
        return cls(*rows.read(case.lake.folder, places))

    @cached_property
    def exhibits(self) -> list[str]:
        return sorted({*self.events["exhibit"].to_pylist()})

    @cached_property
    def nodes(self) -> set[str]:
        """The events and the values in them that are somebody's, names as those of their exhibit."""
        found = {*self.events["id"].to_pylist()}
        for claim in self.claims.select(["kind", "value", "exhibit"]).to_pylist():
            kind, value = claim["kind"], claim["value"]
            if kind in PERSONAL | CONTACT:
                scoped = f"{claim['exhibit']}:{value}" if kind == Kind.NAME else value
                found.add(f"{kind}:{scoped}")
        return found

    def published(self, whole: Whole, parents: Mapping[str, str]) -> set[str]:
        """Return the contacts that an advert or page of the case shows, of those in these events and
        of whoever takes part in their exhibits."""
        told = self.events.select(["id", "kind", "exhibit"]).to_pylist()
        public = {row["id"] for row in told if row["kind"] in PUBLIC}
        private = {row["exhibit"] for row in told if row["kind"] not in PUBLIC}
        people = Covering(whole, BLANK, parents).people_in(private) if private else {}
        asked = {node for named in people.values() for _, node in named}
        shown: set[str] = set()
        for claim in self.claims.select(["event", "kind", "value"]).to_pylist():
            if claim["kind"] in CONTACT:
                (shown if claim["event"] in public else asked).add(
                    f"{claim['kind']}:{claim['value']}"
                )
        found = whole.among("nodes", "node", asked - shown).to_pylist()
        return shown | {row["node"] for row in found if row["published"]}


def over_few(case: Case, whole: Whole, few: Few, at: datetime) -> Query:
    """Return the query layer over a few events alone, in which they are masked as in the whole case;
    it answers nothing else, and knows no persons."""
    made, people = _decided(case)
    readable = persons.readable(people.values(), at)
    exhibits = _exhibits(case, few.exhibits)
    mask = _mask(case, few.published(whole, _parents(exhibits)), made, readable, False)
    said = decisions.on_risk(made)
    held = {node for p in people.values() for node in p.nodes}
    off = {a for a, d in said.items() if d.act == "no-risk" and is_event(a)}
    known = {
        "identities": whole.among("identities", "node", few.nodes | mask.revealed | held | {*said}),
        "risks": whole.among("risks", "event", {*few.events["id"].to_pylist(), *off}),
    }
    tables = Small({"events": few.events, "claims": few.claims, **known})
    query = _query(case, tables, mask, made, people, at, exhibits)
    query.whole = whole
    return query


def _decided(case: Case) -> tuple[list[decisions.Made], dict[int, persons.Person]]:
    with case.catalogue.read() as connection:
        return decisions.load(connection), persons.load(connection)


def _query(
    case: Case,
    tables: Tables,
    mask: Mask,
    made: list[decisions.Made],
    people: dict[int, persons.Person],
    at: datetime,
    exhibits: Sequence[sa.Row[Any]],
) -> Query:
    with case.catalogue.read() as connection:
        return Query(
            tables=tables,
            mask=mask,
            run=case.last_run(connection) or 0,
            numbers={row.id: row.number for row in exhibits},
            decided=decisions.standing(decisions.answered_for(made) if mask.leaving else made),
            exculpatory=frozenset(d.a for d in made if d.act == "exculpatory"),
            persons={},
            parents=_parents(exhibits),
            withheld=withheld.withheld(connection, at),
            held={node: p.number for p in people.values() for node in p.nodes},
            said=decisions.on_risk(made),
            looked_at=decisions.looked_at(made),
            quarantined=frozenset(quarantine.held(connection)),
        )


def _exhibits(case: Case, exhibits: Sequence[str] | None = None) -> list[sa.Row[Any]]:
    """Return the case's exhibits, or some and what was taken out of them."""
    x = c.exhibit.c
    listed = sa.select(x.id, x.number, x.parent)
    if exhibits is not None:
        listed = listed.where(c.among(x.id, exhibits) | c.among(x.parent, exhibits))
    with case.catalogue.read() as connection:
        return list(connection.execute(listed))


def _parents(known: Iterable[sa.Row[Any]]) -> dict[str, str]:
    return {row.id: row.parent for row in known if row.parent}


def _mask(
    case: Case,
    published: Iterable[str],
    made: list[decisions.Made],
    readable: frozenset[str],
    leaving: bool,
) -> Mask:
    revealed = {d.a for d in decisions.answered_for(made) if d.act == "reveal"}
    return Mask(
        key=case.key,
        published=frozenset(published),
        revealed=readable if leaving else readable | revealed,
        leaving=leaving,
    )


def _person(person: persons.Person, query: Query) -> answers.Person:
    def day(when: datetime | None) -> date | None:
        return when.date() if when else None

    return answers.Person(
        number=person.number,
        label=person.label,
        roles=[
            answers.Role(role=r.role, since=day(r.since), until=day(r.until), source=r.source)
            for r in person.roles
        ],
        nodes=[query.node(node) for node in person.nodes],
    )
