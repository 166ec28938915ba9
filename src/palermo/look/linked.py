"""The verbs that look at what was linked: identities, network, movements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from palermo import answers
from palermo.link.network import edges, network
from palermo.look.query import Query, is_event
from palermo.patterns import movements
from palermo.patterns.sightings import sightings
from palermo.safeguards.masking import coarsen
from palermo.safeguards.refusal import NotFound

# Members named of one identity; all are counted.
NAMED = 200
# Identities whose links are told with a network.
EXPLAINED = 200


@dataclass
class Linked:
    query: Query

    # --- what an id stands for --------------------------------------------------------------

    def nodes_of(self, id: str) -> list[str]:
        """Return the nodes behind an identity, person, value, token or event."""
        q = self.query
        if id.startswith("person:"):
            number = id.removeprefix("person:")
            return [n for n, person in q.held.items() if str(person) == number]
        members = q.tables.sql("SELECT node FROM identities WHERE identity = ?", [id])["node"]
        if len(members):
            return list(members.to_pylist())
        node = q.resolve(id)
        if node is None:
            raise NotFound(
                f"find {id}", "nothing in this case is called so", "Look: palermo search CASE WORDS"
            )
        return [node]

    def identity_of(self, id: str) -> str:
        """Return the identity behind an id; a value that no link ties stands for itself."""
        nodes = self.nodes_of(id)
        found = self.query.tables.sql(
            "SELECT DISTINCT identity FROM identities WHERE node IN (SELECT unnest(?)) ORDER BY 1",
            [nodes],
        )["identity"].to_pylist()
        if not found and not nodes:
            raise NotFound(
                f"find {id}",
                "no value is tied to this person",
                "Tie one: palermo review CASE VALUE person:N --act tie --reason TEXT",
            )
        return str(found[0] if found else nodes[0])

    def events_of(self, ids: Iterable[str]) -> list[str]:
        """Return the events in which what `ids` stand for takes part, in order of time."""
        nodes = [node for id in ids for node in self.nodes_of(id)]
        rows = self.query.tables.sql(
            """
            WITH n AS (SELECT unnest(?) AS node),
            ids AS (
                SELECT node AS id FROM n
                UNION
                SELECT c.event FROM claims c JOIN n ON n.node = c.kind || ':' || c.value
                WHERE c.role NOT IN ('mentioned', 'content', 'site')
                UNION
                SELECT c.event FROM claims c
                JOIN n ON c.kind = 'name' AND n.node = 'name:' || c.exhibit || ':' || c.value
                WHERE c.role NOT IN ('mentioned', 'content', 'site')
            )
            SELECT e.id FROM ids JOIN events e USING (id) ORDER BY e.time NULLS LAST, e.id
            """,
            [nodes],
        )["id"]
        return list(rows.to_pylist())

    # --- identities and networks ------------------------------------------------------------

    def identities(self, ids: Sequence[str]) -> list[answers.Identity]:
        """Return identities, and values that stand for themselves, in the order of `ids`."""
        members: dict[str, list[str]] = {id: [] for id in ids}
        for row in self.query.tables.sql(
            "SELECT * FROM identities WHERE identity IN (SELECT unnest(?)) ORDER BY node",
            [list(ids)],
        ).to_pylist():
            members[row["identity"]].append(row["node"])
        for id, nodes in members.items():
            if not nodes and (":" in id or is_event(id)):
                nodes.append(id)
        known = {id: nodes for id, nodes in members.items() if nodes}
        facts = self._facts(known)
        named = {id: self._first(nodes) for id, nodes in known.items()}
        self.query.name(node for nodes in named.values() for node in nodes)
        risks = self.query.marks.identities(list(known))
        told = {id: self._identity(id, nodes, named[id], facts[id]) for id, nodes in known.items()}
        for id, identity in told.items():
            identity.risk = risks.get(id)
        return list(told.values())

    def _facts(self, members: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
        """Return what identities' events add up to, in two queries for all of them."""
        pairs = [(id, node) for id, nodes in members.items() for node in nodes]
        found: dict[str, dict[str, Any]] = {
            id: {"kinds": {}, "start": None, "end": None, "places": []} for id in members
        }
        own = """
            WITH n AS (SELECT unnest(?) AS identity, unnest(?) AS node),
            own AS (
                SELECT n.identity, n.node AS id FROM n
                UNION
                SELECT n.identity, c.event FROM claims c JOIN n ON n.node = c.kind || ':' || c.value
                WHERE c.role NOT IN ('mentioned', 'content', 'site')
                UNION
                SELECT n.identity, c.event FROM claims c
                JOIN n ON c.kind = 'name' AND n.node = 'name:' || c.exhibit || ':' || c.value
                WHERE c.role NOT IN ('mentioned', 'content', 'site')
            )
        """
        parameters = [[id for id, _ in pairs], [node for _, node in pairs]]
        for row in self.query.tables.sql(
            f"""{own} SELECT own.identity, e.kind, count(*) AS n, min(e.time) AS first,
                max(e.time) AS last FROM own JOIN events e USING (id)
                GROUP BY 1, 2 ORDER BY 1, 2""",
            parameters,
        ).to_pylist():
            fact = found[row["identity"]]
            fact["kinds"][row["kind"]] = row["n"]
            starts = [t for t in (fact["start"], row["first"]) if t]
            ends = [t for t in (fact["end"], row["last"]) if t]
            fact["start"], fact["end"] = min(starts, default=None), max(ends, default=None)
        for row in self.query.tables.sql(
            f"""{own} SELECT identity, list(place ORDER BY n DESC, place)[1:12] AS places FROM (
                  SELECT own.identity, c.details['name'] AS place, count(*) AS n
                  FROM own JOIN claims c ON c.event = own.id AND c.kind = 'place'
                  WHERE c.details['name'] IS NOT NULL GROUP BY 1, 2) GROUP BY 1""",
            parameters,
        ).to_pylist():
            found[row["identity"]]["places"] = row["places"]
        return found

    def _first(self, nodes: Sequence[str]) -> list[str]:
        """Return the members that are named of an identity: its values, the open ones first, then
        its events. To title events that nobody is told of takes long."""
        hides = self.query.mask.hides
        values = sorted((n for n in nodes if not is_event(n)), key=lambda n: (hides(n), n))
        return [*values, *filter(is_event, nodes)][:NAMED]

    def _identity(
        self, id: str, nodes: Sequence[str], named: Sequence[str], facts: dict[str, Any]
    ) -> answers.Identity:
        q = self.query
        shown = [q.node(n) for n in named]
        persons = sorted({q.held[n] for n in nodes if n in q.held})
        kinds = facts["kinds"]
        assert isinstance(kinds, dict)
        return answers.Identity.model_validate(
            facts
            | {
                "id": id if id.startswith("i") and ":" not in id else q.mask.node(id),
                "label": shown[0].shown,
                "nodes": shown,
                "events": sum(kinds.values()),
                "persons": [q.persons[number] for number in persons],
            }
        )

    def network(self, id: str | None, depth: int, limit: int) -> answers.Network:
        """Return identities and what passed between them, around one or the heaviest of all."""
        q = self.query
        stays = movements.observed(q.tables)
        if id is not None:
            found = network(q.tables, self.identity_of(id), depth, stays, limit)
            ids, table = found.identities, found.edges.to_pylist()
            total = len(ids)
        else:
            table = edges(q.tables, stays).to_pylist()
            weights: dict[str, int] = {}
            for row in table:
                for end in (row["a"], row["b"]):
                    weights[end] = weights.get(end, 0) + row["count"]
            counted = q.tables.sql(
                "SELECT identity, count(*) AS n FROM identities GROUP BY 1 HAVING count(*) > 1"
            )
            for row in counted.to_pylist():
                weights[row["identity"]] = weights.get(row["identity"], 0) + row["n"]
            ids = sorted(weights, key=lambda end: (-weights[end], end))[:limit]
            total = len(weights)
            kept = set(ids)
            table = [row for row in table if row["a"] in kept and row["b"] in kept]
        identities = self.identities(ids)
        named = {given: told.id for given, told in zip(ids, identities, strict=False)}
        return answers.Network(
            identities=identities,
            edges=[
                answers.Edge(
                    a=named[row["a"]],
                    b=named[row["b"]],
                    kind=row["kind"],
                    count=row["count"],
                    start=row["first"],
                    end=row["last"],
                    amounts={m["currency"] or "?": m["amount"] for m in row["amounts"] or []},
                )
                for row in table
                if row["a"] in named and row["b"] in named
            ],
            links=self._links(ids) if id is not None else [],
            total=total,
        )

    def _links(self, ids: Sequence[str]) -> list[answers.Link]:
        here = "SELECT node FROM identities WHERE identity IN (SELECT unnest(?))"
        return self.query.links(
            f"l.a IN ({here}) AND l.b IN ({here})",
            [list(ids[:EXPLAINED])] * 2,
            "ORDER BY l.score DESC, l.id LIMIT 1000",
        )

    # --- movements --------------------------------------------------------------------------

    def movements(self, id: str | None) -> answers.Movements:
        """Return stays and contradictions; coordinates of the protected are coarsened."""
        q = self.query
        identity = None if id is None else self.identity_of(id)
        seen = sightings(q.tables, identity)
        stays = movements.stays_of(seen).to_pylist()
        told = movements.contradictions_of(seen).to_pylist()
        risks = q.marks.identities(list({row["identity"] for row in stays}))
        coarse = any(row["identity"] not in q.open_identities for row in stays)

        def degrees(row: dict[str, object], name: str) -> float | None:
            value = row[name]
            assert value is None or isinstance(value, float)
            return value if row["identity"] in q.open_identities else coarsen(value)

        return answers.Movements(
            stays=[
                answers.Stay(
                    identity=self._named(row["identity"]),
                    place=_place(row, row["identity"] in q.open_identities),
                    lat=degrees(row, "lat"),
                    lon=degrees(row, "lon"),
                    start=row["start"],
                    end=row["end"],
                    basis=row["basis"],
                    events=row["events"],
                    risk=risks.get(row["identity"]),
                )
                for row in stays
            ],
            contradictions=[
                answers.Contradiction(
                    identity=self._named(row["identity"]),
                    reason=row["reason"],
                    events=row["events"],
                )
                for row in told
            ],
            coarsened=coarse,
        )

    def _named(self, identity: str) -> str:
        return self.query.mask.node(identity) if ":" in identity else identity


def _place(row: dict[str, object], open_: bool) -> str:
    """Return a stay's place; one that is only coordinates is coarsened with them."""
    place, lat, lon = str(row["place"]), row["lat"], row["lon"]
    bare = place[:1] in "-0123456789" and isinstance(lat, float) and isinstance(lon, float)
    return place if open_ or not bare else f"near {coarsen(lat)}, {coarsen(lon)}"  # type: ignore[arg-type]
