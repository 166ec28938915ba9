"""Finds the photographs of the case that a thing shows, and opens one for whoever may see it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, NamedTuple

import sqlalchemy as sa

from palermo import answers
from palermo.custody import quarantine
from palermo.custody.log import Act
from palermo.custody.vault import digest_of
from palermo.custody.withheld import withheld
from palermo.look.picture import CannotBeShownError, Drawn, draw
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.safeguards.rule import No
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.engine import Tables

WHAT = "show a picture"
# What the log calls a picture that was shown clear; the subject is its exhibit.
EXPOSED = "picture shown clear"
# What is seen of a picture whose bytes the case does not hold, see `decode/picture_hashes.py`.
HASHES = "hashes only"
# Pictures of one advert or message that are named; there are rarely more than a dozen.
MOST = 60


class View(NamedTuple):
    """A picture as it is shown; `exposure` counts those shown clear to this person in this case."""

    content: bytes
    media_type: str
    exposure: int


@dataclass(frozen=True)
class Album:
    """The photographs of one case, by its pinned tables."""

    case: Case
    tables: Tables

    def of_event(self, event: str) -> list[answers.Picture]:
        """Return what a photograph, an advert or a message with an attachment shows."""
        rows = self.tables.sql(
            """SELECT kind, exhibit, details['pictures'] AS named, details['attachment'] AS attached
               FROM events WHERE id = ?""",
            [event],
        ).to_pylist()
        if not rows:
            return []
        row = rows[0]
        if row["kind"] == "photograph":
            return self._told("id = ?", [event])
        if row["named"]:
            return self._named(row["named"].split("\n"), row["exhibit"])
        return self._beside(row["exhibit"], row["attached"]) if row["attached"] else []

    def of_exhibit(self, exhibit: str) -> list[answers.Picture]:
        return self._told("exhibit = ?", [exhibit])

    def _named(self, addresses: list[str], exhibit: str) -> list[answers.Picture]:
        """Return what was captured under the addresses, from the advert's own exhibit where it is
        there: under one address a site may show another picture another day."""
        address = "coalesce(details['url'], details['name'])"
        rows = self.tables.sql(
            f"""SELECT id, exhibit, {address} AS url FROM events
                WHERE kind = 'photograph' AND {address} IN (SELECT unnest(?)) ORDER BY id""",
            [addresses],
        ).to_pylist()
        with self.case.catalogue.read() as connection:
            own = sa.select(c.exhibit.c.id).where(c.exhibit.c.parent == exhibit)
            parts = set(connection.execute(own).scalars())
        by_url: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            by_url[row["url"]].append(row)
        found: list[str] = []
        for url in addresses:
            captured = by_url.get(url, [])
            inside = [row for row in captured if row["exhibit"] in parts]
            found += [row["id"] for row in inside or captured]
        return self._by_id(found)

    def _beside(self, exhibit: str, name: str) -> list[answers.Picture]:
        """Return the file of a name that came with an exhibit: out of the same archive, or from the
        same folder."""
        x = c.exhibit.c
        with self.case.catalogue.read() as connection:
            own = connection.execute(sa.select(c.exhibit).where(x.id == exhibit)).one()
            same = sa.select(x.id, x.origin).where(x.name == name, x.parent == own.parent)
            if own.parent is None:
                same = sa.select(x.id, x.origin).where(x.name == name, x.parent.is_(None))
            rows = connection.execute(same).all()
        folder = own.origin.rpartition("/")[0]
        beside = [r.id for r in rows if own.parent or r.origin.rpartition("/")[0] == folder]
        return self._told("exhibit IN (SELECT unnest(?))", [beside])

    def _by_id(self, events: list[str]) -> list[answers.Picture]:
        wanted = list(dict.fromkeys(events))[:MOST]
        told = {one.id: one for one in self._told("id IN (SELECT unnest(?))", [wanted])}
        return [told[id] for id in wanted if id in told]

    def _told(self, where: str, parameters: list[object]) -> list[answers.Picture]:
        """Return photographs; `where` is SQL over `events`, written by us alone."""
        rows = self.tables.sql(
            f"""SELECT id, exhibit FROM events
                WHERE kind = 'photograph' AND details['intake'] IS DISTINCT FROM '{HASHES}'
                AND {where} ORDER BY id LIMIT {MOST}""",
            parameters,
        ).to_pylist()
        with self.case.catalogue.read() as connection:
            x = c.exhibit.c
            listed = sa.select(x.id, x.number).where(c.among(x.id, (r["exhibit"] for r in rows)))
            numbers: dict[str, int] = {r.id: r.number for r in connection.execute(listed)}
        return [
            answers.Picture(
                id=row["id"], exhibit=row["exhibit"], exhibit_number=numbers[row["exhibit"]]
            )
            for row in rows
        ]

    def exhibit_of(self, id: str) -> str:
        """Return the exhibit whose picture an id (a photograph's or its exhibit's) stands for."""
        rows = self.tables.sql(
            """SELECT exhibit, details['intake'] AS intake FROM events
               WHERE kind = 'photograph' AND (id = ? OR exhibit = ?)""",
            [id, id],
        ).to_pylist()
        if not rows:
            next = "Find photographs with: palermo search CASE WORDS --kind photograph"
            raise NotFound(WHAT, f"nothing in this case with the id {id[:40]} is a picture", next)
        if rows[0]["intake"] == HASHES:
            why = "the picture was taken in by its hashes alone, and the case does not hold it"
            raise NotFound(WHAT, why, "Work from what was read of it: time, place, device, hashes")
        return str(rows[0]["exhibit"])


def exposure(connection: sa.Connection, actor: str, since: datetime | None = None) -> int:
    """Return how many pictures a person has had shown clear in this case."""
    log = c.custody.c
    query = sa.select(sa.func.count()).where(log.act == EXPOSED, log.actor == c.storable(actor))
    if since is not None:
        query = query.where(log.at >= since)
    return int(connection.execute(query).scalar_one())


def today(connection: sa.Connection, actor: str, now: datetime) -> int:
    """Return how many of these were shown since midnight UTC."""
    return exposure(connection, actor, datetime.combine(now.date(), time(), UTC))


def view(case: Case, gate: Gate, permit: Permit, id: str, reason: str | None) -> View:
    """Open the sealed picture behind an id: too coarse to make anything out, or clear for a reason.

    Nothing of it is kept. That it was shown clear is logged, before it is.
    """
    _refuse_held(case, gate, permit, id)
    tables = case.tables()
    try:
        exhibit = Album(case, tables).exhibit_of(id)
    finally:
        tables.close()
    _refuse_held(case, gate, permit, exhibit)
    with case.catalogue.read() as connection:
        row = connection.execute(sa.select(c.exhibit).where(c.exhibit.c.id == exhibit)).one()
    drawn = _drawn(case, row, clear=reason is not None)
    if reason is not None:
        _log(case, permit, exhibit, {"id": id, "reason": reason})
    with case.catalogue.read() as connection:
        return View(drawn.content, drawn.media_type, exposure(connection, permit.actor))


def _refuse_held(case: Case, gate: Gate, permit: Permit, exhibit: str) -> None:
    """Have the gate refuse an exhibit that nobody may open."""
    with case.catalogue.read() as connection:
        why = withheld(connection, gate.clock()).get(exhibit)
        known = quarantine.held(connection).get(exhibit)
    if why:
        next = quarantine.duty(case, [known.list]) if known else "Leave it sealed"
        gate.check(permit, held=No(f"its exhibit is withheld: {why}", next))


def _log(case: Case, permit: Permit, exhibit: str, detail: Mapping[str, str]) -> None:
    act = Act(act=EXPOSED, actor=permit.actor, permit=permit.number, subject=exhibit, detail=detail)
    with case.catalogue.write() as connection:
        case.log.append(connection, act)


def _drawn(case: Case, row: Any, clear: bool) -> Drawn:  # noqa: ANN401
    blob = case.vault.path(row.sha256)
    if not blob.is_file() or digest_of(blob) != row.sha256:
        why = f"the sealed bytes of exhibit {row.number} are altered or missing"
        raise Refused(WHAT, why, "See what is wrong: palermo verify CASE", "unsound")
    with blob.open("rb") as source:
        try:
            return draw(source, row.size, clear)
        except CannotBeShownError as error:
            next = "See what was read of it: palermo problems CASE"
            raise Invalid(WHAT, f"exhibit {row.number}: {error}", next) from error
