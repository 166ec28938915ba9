"""The verbs that look at what was read: check, show, timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from palermo import answers
from palermo.custody import quarantine, sealing
from palermo.look.album import Album
from palermo.look.checking import Check
from palermo.look.linked import Linked
from palermo.look.naming import Naming
from palermo.look.query import Query, is_event
from palermo.look.templates import Templates, template
from palermo.patterns.template import Template
from palermo.safeguards.refusal import NotFound
from palermo.store import catalogue as c
from palermo.store.case import Case


@dataclass
class Reader:
    case: Case
    query: Query

    @property
    def linked(self) -> Linked:
        return Linked(self.query)

    @property
    def naming(self) -> Naming:
        return Naming(self.case, self.query)

    @property
    def album(self) -> Album:
        return Album(self.case, self.query.tables)

    # --- check ------------------------------------------------------------------------------

    def check(self, lines: Sequence[str]) -> answers.Checked:
        """Say of every line of a list whether its identifiers occur in the case, and where."""
        return Check(self.case, self.query).check(lines)

    # --- show -------------------------------------------------------------------------------

    def show(self, id: str) -> answers.Shown:
        q = self.query
        if id.startswith("person:") and id.removeprefix("person:").isdigit():
            person = q.persons.get(int(id.removeprefix("person:")))
            if person:
                return answers.Shown(person=person)
        one = ("id = ?", [id])
        match id[:1] if ":" not in id and "~" not in id else "":
            case "e":
                if events := q.by_id([id]):
                    claims = q.claims("c.event = ?", [id], "ORDER BY c.start, c.kind, c.value")
                    return answers.Shown(
                        event=events[0],
                        claims=claims,
                        pictures=self.album.of_event(id),
                        template=Templates(q).of_event(id),
                    )
            case "c":
                if found := q.claims("c." + one[0], one[1]):
                    return answers.Shown(claim=found[0], events=q.by_id([found[0].event]))
            case "l":
                if links := q.links("l." + one[0], one[1]):
                    return answers.Shown(link=links[0])
            case "f":
                if findings := q.findings("f." + one[0], one[1]):
                    evidence = [e for e in findings[0].evidence if is_event(e)]
                    written = (
                        template(findings[0].details) if findings[0].kind == Template.name else None
                    )
                    return answers.Shown(
                        finding=findings[0], events=q.by_id(evidence[:200]), template=written
                    )
            case "x":
                quarantine.refuse_held(self.case, f"show {id}", id)
                if exhibits := self.exhibits([id]):
                    tail = "ORDER BY e.time, e.id LIMIT 200"
                    events = q.events("e.exhibit = ?", [id], tail)
                    pictures = self.album.of_exhibit(id)
                    return answers.Shown(exhibit=exhibits[0], events=events, pictures=pictures)
            case "i":
                if identities := self.linked.identities([id]):
                    events = q.by_id(self.linked.events_of([id])[:200])
                    return answers.Shown(identity=identities[0], events=events)
        if id.startswith("posting:"):
            sighted = [id.removeprefix("posting:")]
            if seen := q.events("e.posting = ?", sighted, "ORDER BY e.time, e.id LIMIT 200"):
                return answers.Shown(node=q.node(id), events=seen)
        behind = q.resolve(id)
        if behind is None or is_event(behind):
            raise NotFound(
                f"show {id}",
                "nothing in this case has this id",
                "Find ids with: palermo search CASE WORDS, or palermo timeline CASE",
            )
        return answers.Shown(node=q.node(behind), events=q.by_id(self._bearing([behind])[:200]))

    def _bearing(self, nodes: Sequence[str]) -> list[str]:
        found = self.query.tables.sql(
            """SELECT DISTINCT event FROM claims WHERE kind || ':' || value IN (SELECT unnest(?))
               ORDER BY event""",
            [list(nodes)],
        )["event"]
        return list(found.to_pylist())

    def exhibits(self, ids: Sequence[str] | None = None) -> list[answers.Exhibit]:
        """Return exhibits with how they were read, in order of number; of one in quarantine only
        that it is there, and its digest."""
        with self.case.catalogue.read() as connection:
            rows = sealing.load(connection, ids)
            reads = sa.select(c.reading.c.exhibit, c.reading.c.method)
            decoders = {r.exhibit: r.method for r in connection.execute(reads)}
            counted = sa.select(c.problem.c.exhibit, sa.func.count(c.problem.c.id)).group_by(
                c.problem.c.exhibit
            )
            problems: dict[str, int] = {r[0]: int(r[1]) for r in connection.execute(counted)}
        events = {
            row["exhibit"]: row["n"]
            for row in self.query.tables.sql(
                "SELECT exhibit, count(*) AS n FROM events GROUP BY exhibit"
            ).to_pylist()
        }
        told = self.query.file_names(rows)
        return [
            answers.Exhibit(
                number=row["number"],
                id=row["id"],
                name=told[row["id"]]["name"],
                origin=told[row["id"]]["origin"],
                sha256=row["sha256"],
                size=row["size"],
                parent=row["parent"],
                acquired=row["at"],
                acquired_by=row["actor"],
                method=row["method"],
                decoder=decoders.get(row["id"]),
                statement=self._statement(row),
                withheld=self.query.withheld.get(row["id"]),
                events=events.get(row["id"], 0),
                problems=problems.get(row["id"], 0),
                quarantined=row["id"] in self.query.quarantined,
            )
            for row in rows
        ]

    def _statement(self, row: Mapping[str, Any]) -> dict[str, str | None]:
        """Return what was stated of an exhibit; of a withheld one only under which consent."""
        if row["id"] in self.query.quarantined:
            return {}
        if row["id"] in self.query.withheld:
            return {"consent": row["statement"].get("consent")}
        return dict(row["statement"])

    def timeline(
        self,
        id: str | None,
        since: datetime | None,
        until: datetime | None,
        limit: int,
        offset: int,
    ) -> answers.Timeline:
        """Return dated events in order; of everything, or of what `id` stands for."""
        bounds = "(? IS NULL OR e.time >= ?) AND (? IS NULL OR e.time < ?)"
        parameters: list[object] = [since, since, until, until]
        where = f"e.time IS NOT NULL AND {bounds}"
        if id is not None:
            if id.startswith("x") and ":" not in id:
                where += " AND e.exhibit = ?"
                parameters.append(id)
            else:
                where += " AND e.id IN (SELECT unnest(?))"
                parameters.append(self.linked.events_of([id]))
        else:
            where += " AND e.kind NOT IN ('page', 'balance')"
        total = self.query.tables.sql(
            f"SELECT count(*) AS n FROM events e WHERE {where}", parameters
        )["n"][0].as_py()
        tail = f"ORDER BY e.time, e.id LIMIT {int(limit)} OFFSET {int(offset)}"
        return answers.Timeline(events=self.query.events(where, parameters, tail), total=total)
