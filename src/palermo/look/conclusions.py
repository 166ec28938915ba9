"""Links and findings as answers: what was concluded from events, masked as they are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from palermo import answers
from palermo.look.hiding import coarse, is_event, quoted
from palermo.safeguards.covering import Row

if TYPE_CHECKING:
    from palermo.look.query import Query


@dataclass
class Conclusions:
    """Reads the links and findings of one query. `where` and `tail` are SQL written by us alone, over
    `links l` or `findings f`."""

    query: "Query"

    def links(self, where: str, parameters: Sequence[object], tail: str = "") -> list[answers.Link]:
        rows = self.query.tables.sql(
            f"SELECT l.* FROM links l WHERE {where} {tail}", parameters
        ).to_pylist()
        self.query.name(end for row in rows for end in (row["a"], row["b"]))
        risks = self.query.marks.resting(
            [_resting(row["id"], (row["a"], row["b"]), row["claims"]) for row in rows]
        )
        return [
            answers.Link(
                id=row["id"],
                kind=row["kind"],
                a=self.query.node(row["a"]),
                b=self.query.node(row["b"]),
                score=round(row["score"], 3),
                reason=self.query.hiding.words(row["reason"], [row["a"], row["b"]]),
                claims=row["claims"],
                decision=self.query.decision(row["a"], row["b"]),
                risk=risks.get(row["id"]),
            )
            for row in rows
        ]

    def standing_links(self, nodes: Sequence[str]) -> list[str]:
        """Return the ids of the links among nodes that nobody rejected, the strongest first."""
        rows = self.query.tables.sql(
            """SELECT id, a, b FROM links
               WHERE a IN (SELECT unnest($1)) AND b IN (SELECT unnest($1)) ORDER BY score DESC, id""",
            [list(nodes)],
        ).to_pylist()
        return [row["id"] for row in rows if self.query.decision(row["a"], row["b"]) != "reject"]

    def findings(
        self, where: str, parameters: Sequence[object], tail: str = ""
    ) -> list[answers.Finding]:
        rows = self.query.tables.sql(
            f"SELECT f.* FROM findings f WHERE {where} {tail}", parameters
        ).to_pylist()
        found = self._findings(rows)
        risks = self.query.marks.resting(
            [_resting(row["id"], row["subjects"], row["evidence"]) for row in rows]
        )
        for finding in found:
            finding.risk = risks.get(finding.id)
        return found

    def _findings(self, rows: Sequence[Row]) -> list[answers.Finding]:
        """Read what findings quote and whom they are about at once: one by one takes long."""
        events = {e for row in rows for e in row["evidence"] if is_event(e)}
        told = self.query.told(sorted(events))
        subjects = {node for row in rows for node in row["subjects"]}
        identity = {
            row["node"]: row["identity"]
            for row in self.query.tables.sql(
                "SELECT node, identity FROM identities WHERE node IN (SELECT unnest(?))",
                [sorted(subjects)],
            ).to_pylist()
        }
        self.query.name(subjects)
        return [
            self._finding(
                row,
                quoted(row, told),
                sorted({identity[n] for n in row["subjects"] if n in identity}),
            )
            for row in rows
        ]

    def _finding(
        self, row: Row, quotes: Sequence[tuple[str, str]], identities: Sequence[str]
    ) -> answers.Finding:
        shown = self.query.mask.values(
            {name: row[name] or "" for name in ("title", "reason", "counter")}, quotes
        )
        details = json.loads(row["details"] or "{}")
        return answers.Finding(
            id=row["id"],
            kind=row["kind"],
            title=shown["title"],
            score=round(row["score"], 3),
            start=row["start"],
            end=row["end"],
            reason=shown["reason"],
            counter=shown["counter"],
            subjects=[self.query.node(node) for node in row["subjects"]],
            identities=sorted({*identities, *(s for s in row["subjects"] if is_identity(s))}),
            evidence=row["evidence"],
            details=self.query.hiding.within(
                coarse(details) if self.query.closed(identities) else details, quotes
            ),
            decision=self.query.decision(row["id"], None),
            run=self.query.run,
        )


def _resting(id: str, nodes: Sequence[str], things: Sequence[str]) -> Row:
    return {"id": id, "things": [*filter(is_event, nodes), *things], "nodes": nodes}


def is_identity(node: str) -> bool:
    """Tell an identity's id from a node: a node names its kind, and may be masked."""
    return node.startswith("i") and ":" not in node and "~" not in node
