"""A small case written as rows, behind the same SQL that stages see."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from palermo.vocabulary import CLAIMS, EVENTS, FINDINGS, LINKS, identify

EXHIBIT = "x" + "0" * 32
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Case:
    events: list[dict] = field(default_factory=list)
    claims: list[dict] = field(default_factory=list)
    links: pa.Table = field(default_factory=LINKS.empty_table)
    identities: pa.Table | None = None

    def event(self, key: str, kind: str = "advert", claims=(), **values) -> str:
        """Add an event; `claims` are (role, kind, value) or (role, kind, value, details)."""
        id = identify("e", key)
        row = {"id": id, "exhibit": EXHIBIT, "kind": kind, "locator": key, "text": "", **values}
        row["details"] = list(row.get("details", {}).items())
        self.events.append(row)
        for role, what, value, *rest in claims:
            self.claim(id, role, what, value, details=rest[0] if rest else {})
        return id

    def claim(self, event: str, role: str, kind: str, value: str, start=None, end=None, **more):
        exhibit = next(row["exhibit"] for row in reversed(self.events) if row["id"] == event)
        self.claims.append(
            {
                "id": identify("c", event, str(start), kind, value, role),
                "event": event,
                "exhibit": exhibit,
                "kind": kind,
                "value": value,
                "written": value,
                "start": start,
                "end": end,
                "role": role,
                "confidence": 1.0,
                **more,
                "details": list(more.get("details", {}).items()),
            }
        )

    def advert(self, key: str, *hubs: str, **values) -> str:
        """Add an advert whose poster gives `hubs`, each "kind:value"."""
        claims = [("poster", *hub.split(":", 1)) for hub in hubs]
        return self.event(key, claims=[*claims, *values.pop("claims", ())], **values)

    def sql(self, query: str) -> pa.Table:
        connection = duckdb.connect()
        connection.execute("SET TimeZone='UTC'")
        nodes = self.identities
        if nodes is None:
            nodes = pa.table(
                {"node": pa.array([], pa.string()), "identity": pa.array([], pa.string())}
            )
        tables = {
            "events": table(self.events, EVENTS),
            "claims": table(self.claims, CLAIMS),
            "links": self.links,
            "identities": nodes,
            "findings": FINDINGS.empty_table(),
        }
        for name, rows in tables.items():
            connection.register(name, rows)
        return connection.sql(query).to_arrow_table()


def table(rows: list[dict], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in schema.names} for row in rows], schema=schema
    )


def groups(nodes: pa.Table) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in nodes.to_pylist():
        found.setdefault(row["identity"], set()).add(row["node"])
    return {frozenset(members) for members in found.values()}
