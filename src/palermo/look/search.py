"""The verbs that look at what was read: search, check, show, timeline."""

import re
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
from palermo.safeguards.refusal import NotFound
from palermo.store import catalogue as c
from palermo.store import index
from palermo.store.case import Case
from palermo.values.text import fold

SNIPPET = 240

# What narrows a search: kind, place, since, until.
Where = Mapping[str, str | datetime | None]


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

    # --- search and check -------------------------------------------------------------------

    def search(self, words: str, where: Where, limit: int, offset: int) -> answers.Found:
        """Find events by words, folded; a whole identifier is found by its value, masked or not."""
        if not words.strip():
            return self._everything(where, limit, offset)
        exact = self._bearing(self.naming.nodes(words))
        hits, total = index.search(self.case.folder / "index", words)
        scores = dict.fromkeys(exact, 1000.0) | {id: score for score, id in hits if id not in exact}
        rows = self._filtered(list(scores), where)
        chosen = [row["id"] for row in rows]
        page = chosen[offset : offset + limit]
        narrowed = any(where.values())
        seen = {id for _, id in hits}
        return answers.Found(
            query=words,
            total=len(chosen) if narrowed else max(total + len(set(exact) - seen), len(chosen)),
            hits=[_hit(e, round(scores[e.id], 3), words) for e in self.query.by_id(page)],
            facets=self._facets(chosen),
        )

    def _everything(self, where: Where, limit: int, offset: int) -> answers.Found:
        """Return events without asking for words: what is at risk, then the newest; bounded like
        any search."""
        assert self.query.marks  # its views
        newest = self.query.tables.sql(
            f"""SELECT id FROM events WHERE kind NOT IN ('position', 'balance')
                ORDER BY id IN (SELECT node FROM risky) DESC, time DESC NULLS LAST, id LIMIT {index.DEEPEST}"""
        )["id"].to_pylist()
        chosen = [row["id"] for row in self._filtered(newest, where)]
        return answers.Found(
            query="",
            total=len(chosen),
            hits=[_hit(e, 0.0, "") for e in self.query.by_id(chosen[offset : offset + limit])],
            facets=self._facets(chosen),
        )

    def _bearing(self, nodes: Sequence[str]) -> list[str]:
        found = self.query.tables.sql(
            """SELECT DISTINCT event FROM claims WHERE kind || ':' || value IN (SELECT unnest(?))
               ORDER BY event""",
            [list(nodes)],
        )["event"]
        return list(found.to_pylist())

    def _filtered(self, ids: list[str], where: Where) -> list[dict[str, str]]:
        """Return those of `ids` that are asked for, what is at risk first."""
        assert self.query.marks  # its views
        rows = self.query.tables.sql(
            """
            WITH wanted AS (SELECT unnest(?) AS id, generate_subscripts(?, 1) AS rank)
            SELECT e.id FROM wanted w JOIN events e USING (id)
            WHERE (? IS NULL OR e.kind = ?) AND (? IS NULL OR e.time >= ?)
              AND (? IS NULL OR e.time < ?)
              AND (? IS NULL OR e.id IN (
                   SELECT event FROM claims WHERE kind = 'place'
                   AND (details['name'] = ? OR written = ?)))
            ORDER BY e.id IN (SELECT node FROM risky) DESC, w.rank
            """,
            [
                ids, ids, where.get("kind"), where.get("kind"),
                where.get("since"), where.get("since"),
                where.get("until"), where.get("until"),
                where.get("place"), where.get("place"), where.get("place"),
            ],
        ).to_pylist()  # fmt: skip
        found: list[dict[str, str]] = rows
        return found

    def _facets(self, ids: list[str]) -> dict[str, dict[str, int]]:
        def count(query: str) -> dict[str, int]:
            rows = self.query.tables.sql(query, [ids]).to_pylist()
            return {str(row["k"]): int(row["n"]) for row in rows if row["k"]}

        here = "WHERE e.id IN (SELECT unnest(?)) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50"
        return {
            "kind": count(f"SELECT e.kind AS k, count(*) AS n FROM events e {here}"),
            "month": count(
                f"SELECT strftime(e.time, '%Y-%m') AS k, count(*) AS n FROM events e {here}"
            ),
            "place": count(
                f"""SELECT c.details['name'] AS k, count(DISTINCT e.id) AS n
                    FROM claims c JOIN events e ON e.id = c.event AND c.kind = 'place' {here}"""
            ),
        }

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
                        event=events[0], claims=claims, pictures=self.album.of_event(id)
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
                    return answers.Shown(finding=findings[0], events=q.by_id(evidence[:200]))
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


def _hit(event: answers.Event, score: float, words: str) -> answers.Hit:
    """Cut the text around the first word found, and say where in it the words stand."""
    text = event.text
    spans = _spans(text, words)
    start = max(0, (spans[0][0] if spans else 0) - SNIPPET // 3)
    cut = text[start : start + SNIPPET]
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= start + SNIPPET]
    return answers.Hit(event=event, score=score, snippet=cut, spans=inside)


def _spans(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text: whole words by their folded form, and in scripts written
    without spaces, which fold into pairs of characters, the characters themselves."""
    spaced: set[str] = set()
    spans: set[tuple[int, int]] = set()
    for word in words.split():
        folded = fold(word)
        if folded == folded.strip():
            spaced.add(folded)
        else:
            spans |= {match.span() for match in re.finditer(re.escape(word), text, re.IGNORECASE)}
    for match in re.finditer(r"\w+", text):
        folded = fold(match.group()).strip()
        if any(word and word in folded for word in spaced):
            spans.add(match.span())
    return sorted(spans)
