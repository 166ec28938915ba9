"""Lays findings out as rows of the vocabulary, and says whom a finding may be about."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import polars as pl
import pyarrow as pa

from palermo.link.excerpt import Excerpt
from palermo.link.matcher import Evidence
from palermo.link.table import node
from palermo.vocabulary import FINDINGS, identify

# Someone with money from this many payers collects; a victim or worker is paid by few.
PAYERS = 3
# So much of a finding's evidence is named; the rest is found through its subjects.
EVIDENCE = 200

# Identities on the organising side: who posts adverts, or is paid by several. Whoever only pays,
# travels, calls or reports is never the subject of a finding, whatever else is seen of them.
ORGANISING = f"""
SELECT i.identity FROM identities i JOIN {{posters}} p ON p.event = i.node
WHERE i.identity IN ({{among}})
UNION
SELECT event FROM {{posters}} p WHERE event IN ({{among}})
UNION
SELECT payee FROM (
  SELECT coalesce(i.identity, p.payee) AS payee, coalesce(j.identity, p.payer) AS payer
  FROM {{paid}} p
  LEFT JOIN identities i ON i.node = p.payee LEFT JOIN identities j ON j.node = p.payer
) p GROUP BY payee HAVING count(DISTINCT payer) >= {PAYERS}
"""
POSTERS = Excerpt("posters", "SELECT DISTINCT event, exhibit FROM claims WHERE role = 'poster'")
PAID = Excerpt(
    "paid",
    f"""
SELECT DISTINCT x.exhibit, {node("x.kind", "x.value", "x.exhibit")} AS payee,
  {node("y.kind", "y.value", "y.exhibit")} AS payer
FROM claims x JOIN claims y ON y.event = x.event
WHERE x.role = 'payee' AND y.role = 'payer'
""",
)
EXCERPTS = (POSTERS, PAID)  # what `organising` reads


@dataclass(slots=True, kw_only=True)
class Seen:
    """A finding before it has an id. `key` tells findings of the same subjects apart."""

    subjects: list[str]
    score: float
    title: str
    reason: str
    counter: str
    evidence: list[str]
    start: datetime | None = None
    end: datetime | None = None
    key: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def findings_table(found: list[Seen], kind: str, version: str) -> pa.Table:
    """Return `FINDINGS`, the strongest first."""
    rows = [
        {
            "id": identify("f", kind, *sorted(seen.subjects), seen.key),
            "kind": kind,
            "subjects": sorted(seen.subjects),
            "score": round(seen.score, 4),
            "start": seen.start,
            "end": seen.end,
            "title": seen.title,
            "reason": seen.reason,
            "counter": seen.counter,
            "evidence": list(dict.fromkeys(seen.evidence))[:EVIDENCE],
            "details": json.dumps(seen.details, sort_keys=True, default=str, ensure_ascii=False),
            "method": kind,
            "version": version,
        }
        for seen in found
    ]
    rows.sort(key=lambda row: (-row["score"], row["id"]))  # type: ignore[operator]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def organising(evidence: Evidence, among: pl.Series) -> pl.DataFrame:
    """Return which identities a finding may be about: one column, `identity`."""
    query = ORGANISING.format(
        among=_listed(among), posters=POSTERS.of(evidence), paid=PAID.of(evidence)
    )
    return frame(evidence, query).filter(pl.col("identity").is_in(among.implode()))


def nodes(evidence: Evidence, identities: pl.Series) -> dict[str, list[str]]:
    """Return values of some identities, the first five of each; events of one that has no value."""
    rows = frame(
        evidence,
        f"""SELECT identity, node FROM identities WHERE identity IN ({_listed(identities)})
        ORDER BY identity, node""",
    )
    value = pl.col("node").str.contains(":") & ~pl.col("node").str.starts_with("posting:")
    rows = rows.filter(value | ~value.any().over("identity"))
    rows = rows.group_by("identity", maintain_order=True).agg(pl.col("node").head(5))
    return dict(rows.iter_rows())


def _listed(names: pl.Series) -> str:
    return ", ".join(quoted(name) for name in names.unique().sort()) or "''"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def frame(evidence: Evidence, query: str) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(evidence.sql(query)))
