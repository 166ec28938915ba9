"""Holds the catalogue's rows to the custody log: each act commits to the rows that it wrote."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from palermo.store import catalogue as c
from palermo.store.catalogue import among, as_kept, metadata

# Table → the column by which its rows are committed to; rows with one value there count as one.
KEYS = {
    "authority": "number",
    "permit": "number",
    "exhibit": "id",
    "capture": "exhibit",
    "consent": "number",
    "reading": "exhibit",
    "problem": "exhibit",
    "quarantine": "exhibit",
    "run": "number",
    "lake_file": "path",
    "decision": "number",
    "person": "decision",
    "person_role": "decision",
    "person_tie": "decision",
    "package": "id",
    "reference": "name",
    "watch": "number",
    "sighting": "number",
    "sought": "path",
    "look": "number",
}
# What a later run may take away, since it can be made again.
DERIVED = frozenset({"reading", "lake_file", "sighting", "sought"})
# What is written once: a second row under a number took the place of one that was deleted.
ONCE = frozenset(
    {"authority", "permit", "exhibit", "quarantine", "run", "decision", "person", "person_role",
     "person_tie", "package", "look"}
)  # fmt: skip

Rows = Mapping[str, Iterable[object]]  # table → keys
Digests = dict[str, dict[str, str | None]]  # table → key → digest; None: there is no row


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)


def digests(connection: sa.Connection, name: str, keys: Iterable[object] | None) -> dict[str, str]:
    """Return by key the SHA-256 of a table's rows as they are kept; of all rows for no keys.

    Among all rows one that cannot be read has a digest too, which nothing committed to; rows that
    are asked for by key raise, so that no act commits to them.
    """
    table = metadata.tables[name]
    column = table.c[KEYS[name]]
    query = sa.select(*as_kept(table)) if keys is None else sa.select(table)
    if keys is not None:
        text = isinstance(column.type, sa.String | c.Words)
        query = query.where(among(column, map(str, keys)) if text else column.in_(list(keys)))
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[str(row[column.name])].append(canonical(dict(row)))
    return {
        key: hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
        for key, rows in found.items()
    }


def written(connection: sa.Connection, acts: Iterable[Rows]) -> list[Digests]:
    """Return for each act what its rows are now."""
    listed = [{name: list(keys) for name, keys in rows.items()} for rows in acts]
    wanted: dict[str, list[object]] = defaultdict(list)
    for rows in listed:
        for name, keys in rows.items():
            wanted[name] += keys
    now = {name: digests(connection, name, keys) for name, keys in wanted.items()}
    return [
        {name: {str(key): now[name].get(str(key)) for key in keys} for name, keys in rows.items()}
        for rows in listed
    ]


def verify(connection: sa.Connection) -> Iterator[str]:
    """Yield every row that is not as the log's last act on it left it."""
    said: Digests = {name: {} for name in KEYS}
    query = sa.select(c.custody_detail.c.detail).order_by(c.custody_detail.c.number)
    for detail in connection.execute(query).scalars():
        for name, keys in _committed(detail).items():
            for key in keys.keys() & said[name].keys() if name in ONCE else ():
                if said[name][key] != keys[key]:
                    yield f"{name} {key}: another row was put in its place"
            said[name].update(keys)
    for name, told in said.items():
        now: dict[str, str | None] = {**digests(connection, name, None)}
        for key in sorted(told.keys() | now.keys()):
            before, here = told.get(key), now.get(key)
            if before == here or (here is None and name in DERIVED):
                continue
            if here is None:
                yield f"{name} {key} is in the custody log, but its row is missing"
            elif before is None:
                yield f"{name} {key} has a row, but the custody log does not name it"
            else:
                yield f"{name} {key}: its row was altered"


def _committed(detail: str) -> Digests:
    try:
        rows = json.loads(detail).get("rows", {})
        return {name: dict(keys) for name, keys in rows.items() if name in KEYS}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}  # altered: the log's own check names it
