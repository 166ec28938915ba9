"""Mappings, site descriptions and known-material lists, kept with the case: readings rest on them."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from palermo.custody.log import Act, canonical
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store.case import Case


def load(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """Return what decoders may know: kind → name → content."""
    saved: dict[str, dict[str, Any]] = {"mapping": {}, "site": {}, "words": {}}
    query = sa.select(c.reference).where(c.reference.c.kind.in_(saved))
    for row in connection.execute(query.order_by(c.reference.c.name)):
        saved[row.kind][row.name] = row.content
    return saved


def save(case: Case, permit: Permit, kind: str, name: str, content: dict[str, Any]) -> None:
    """Keep a reference under its name, in place of the one before; the log tells both."""
    plain = canonical(content)
    sha256 = hashlib.sha256(plain.encode()).hexdigest()
    r = c.reference.c
    here = (r.kind == kind) & (r.name == name)
    with case.catalogue.write() as connection:
        if connection.execute(sa.select(r.sha256).where(here)).scalar() == sha256:
            return
        connection.execute(sa.delete(c.reference).where(here))
        values = {"kind": kind, "name": name, "sha256": sha256, "at": datetime.now(UTC)}
        connection.execute(sa.insert(c.reference).values(content=json.loads(plain), **values))
        detail = {"kind": kind, "name": name, "sha256": sha256}
        rows = {"reference": [name]}
        act = Act(act="save", actor=permit.actor, permit=permit.number, detail=detail, rows=rows)
        case.log.append(connection, act)
