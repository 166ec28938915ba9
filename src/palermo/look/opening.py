"""Opens the query layer on a case as it is now, with what may be read in it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime

import sqlalchemy as sa

from palermo import answers
from palermo.custody import quarantine, withheld
from palermo.look.query import Query
from palermo.review import decisions, persons
from palermo.safeguards.masking import Mask
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.engine import Tables


@contextmanager
def opened(case: Case, at: datetime, leaving: bool = False) -> Iterator[Query]:
    """Open the whole case; `leaving`: as it may be told to others."""
    with closing(case.tables()) as tables:
        yield over(case, tables, at, leaving)


def over(case: Case, tables: Tables, at: datetime, leaving: bool) -> Query:
    """Return the query layer over tables of a case; whoever gives them closes them."""
    with case.catalogue.read() as connection:
        run = case.last_run(connection) or 0
        made = decisions.load(connection)
        people = persons.load(connection)
        kept_back = withheld.withheld(connection, at)
        listed = sa.select(c.exhibit.c.id, c.exhibit.c.number, c.exhibit.c.parent)
        exhibits = list(connection.execute(listed))
        quarantined = quarantine.held(connection)
    query = Query(
        tables=tables,
        mask=_mask(case, tables, made, persons.readable(people.values(), at), leaving),
        run=run,
        numbers={row.id: row.number for row in exhibits},
        decided=decisions.standing(decisions.answered_for(made) if leaving else made),
        exculpatory=frozenset(d.a for d in made if d.act == "exculpatory"),
        persons={},
        parents={row.id: row.parent for row in exhibits if row.parent},
        withheld=kept_back,
        held={node: p.number for p in people.values() for node in p.nodes},
        said=decisions.on_risk(made),
        looked_at=decisions.looked_at(made),
        quarantined=frozenset(quarantined),
    )
    query.persons = {p.number: _person(p, query) for p in people.values()}
    for number, risk in query.marks.persons().items():
        query.persons[number].risk = risk
    return query


def _mask(
    case: Case,
    tables: Tables,
    made: list[decisions.Made],
    readable: frozenset[str],
    leaving: bool,
) -> Mask:
    published = tables.sql("SELECT node FROM nodes WHERE published")["node"].to_pylist()
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
