"""The tables of a dossier, laid out from answers as `format.py` promises them."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from palermo import answers
from palermo.vocabulary import CLAIMS, EVENTS, FINDINGS, LINKS

EXHIBITS = pa.schema(
    [
        ("number", pa.string()), ("id", pa.string()), ("name", pa.string()),
        ("origin", pa.string()), ("sha256", pa.string()), ("size", pa.int64()),
        ("acquired", pa.timestamp("us", tz="UTC")), ("acquired_by", pa.string()),
        ("method", pa.string()), ("parent", pa.string()),
    ]
)  # fmt: skip
DECISIONS = pa.schema(
    [
        ("number", pa.int64()), ("at", pa.timestamp("us", tz="UTC")), ("actor", pa.string()),
        ("act", pa.string()), ("subjects", pa.list_(pa.string())), ("reason", pa.string()),
    ]
)  # fmt: skip
PERSONS = pa.schema(
    [
        ("number", pa.int64()), ("label", pa.string()), ("role", pa.string()),
        ("since", pa.timestamp("us", tz="UTC")), ("until", pa.timestamp("us", tz="UTC")),
        ("source", pa.string()),
    ]
)  # fmt: skip
DISCLOSURE = pa.schema(
    [
        ("kind", pa.string()), ("subject", pa.string()), ("description", pa.string()),
        ("reason", pa.string()), ("decided_by", pa.string()),
        ("at", pa.timestamp("us", tz="UTC")),
    ]
)  # fmt: skip


def exhibits(rows: Sequence[Mapping[str, Any]], names: Mapping[str, Mapping[str, str]]) -> pa.Table:
    told = [
        {
            "number": f"EX-{row['number']}",
            "id": row["id"],
            **names[row["id"]],
            "sha256": row["sha256"],
            "size": row["size"],
            "acquired": row["at"],
            "acquired_by": row["actor"],
            "method": row["method"],
            "parent": row["parent"],
        }
        for row in rows
    ]
    return pa.Table.from_pylist(told, schema=EXHIBITS)


def events(told: Sequence[answers.Event]) -> pa.Table:
    schema = EVENTS.append(pa.field("exhibit_number", pa.string()))
    rows = []
    for event in told:
        row = event.model_dump()
        row["amount"] = None if event.amount is None else Decimal(event.amount)
        row["exhibit_number"] = f"EX-{event.exhibit_number}"
        row["details"] = list(event.details.items())
        row["parties"] = [
            {"role": p.role, "kind": p.value.kind, "value": p.value.shown} for p in event.parties
        ]
        rows.append({name: row.get(name) for name in schema.names})
    return pa.Table.from_pylist(rows, schema=schema)


def claims(told: Sequence[answers.Claim], exhibits: Mapping[str, str]) -> pa.Table:
    rows = []
    for claim in told:
        row = claim.model_dump()
        row["value"] = claim.value.shown
        row["exhibit"] = exhibits[claim.event]
        row["details"] = list(claim.details.items())
        rows.append({name: row.get(name) for name in CLAIMS.names})
    return pa.Table.from_pylist(rows, schema=CLAIMS)


def links(told: Sequence[answers.Link]) -> pa.Table:
    rows = [
        link.model_dump() | {"a": link.a.node, "b": link.b.node, "method": link.kind, "version": ""}
        for link in told
    ]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in LINKS.names} for row in rows], schema=LINKS
    )


def findings(told: Sequence[answers.Finding]) -> pa.Table:
    rows = [
        finding.model_dump()
        | {
            "subjects": [n.node for n in finding.subjects],
            "details": json.dumps(finding.details, ensure_ascii=False, sort_keys=True),
            "method": finding.kind,
            "version": "",
        }
        for finding in told
    ]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in FINDINGS.names} for row in rows], schema=FINDINGS
    )
