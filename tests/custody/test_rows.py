"""No row of the truth can be changed, taken away or slipped in without being named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from palermo.custody import rows
from palermo.store.catalogue import Moment, metadata
from palermo.workspace import Workspace

COLUMNS = [(name, column.name) for name in rows.KEYS for column in metadata.tables[name].c]


@pytest.fixture
def connection(full: Path) -> Iterator[sa.Connection]:
    """A transaction that is never kept."""
    with (
        Workspace.open(full, "tester") as workspace,
        workspace.case.catalogue.engine.connect() as connection,
    ):
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield connection
        connection.rollback()


def test_every_table_of_the_truth_is_held_to_the_log(connection: sa.Connection) -> None:
    apart = {"setting", "custody", "custody_detail"}
    assert set(metadata.tables) == {*rows.KEYS, *apart}
    assert list(rows.verify(connection)) == []
    for name in rows.KEYS:
        assert rows.digests(connection, name, None), f"{name} has no row to test with"


def other(column: sa.Column, value: object) -> object:
    match value:
        case None:
            return "x" if not isinstance(column.type, Moment) else "2026-01-01T00:00:00+00:00"
        case bool():
            return not value
        case int():
            return value + 1000
        case dict() | list():
            return '{"x": 1}'
    return "2026-01-01T00:00:00.000000+00:00" if isinstance(column.type, Moment) else f"{value}x"


@pytest.mark.parametrize(("name", "field"), COLUMNS, ids=[f"{t}.{c}" for t, c in COLUMNS])
def test_a_changed_field_is_named(name: str, field: str, connection: sa.Connection) -> None:
    table = metadata.tables[name]
    row = connection.execute(sa.select(table)).mappings().first()
    assert row is not None
    id = table.c[rows.KEYS[name]]
    key = row[id]
    statement = f'UPDATE "{name}" SET "{field}" = :value WHERE {id.name} = :key'
    values = {"value": other(table.c[field], row[field]), "key": key}
    connection.execute(sa.text(statement), values)
    faults = list(rows.verify(connection))
    assert any(fault.startswith(f"{name} ") for fault in faults), faults


@pytest.mark.parametrize("name", sorted(rows.KEYS))
def test_a_row_taken_away_is_named(name: str, connection: sa.Connection) -> None:
    connection.execute(sa.text(f'DELETE FROM "{name}"'))
    faults = list(rows.verify(connection))
    if name in rows.DERIVED:
        assert faults == [], "what can be made again may be gone"
    else:
        assert any(fault.startswith(f"{name} ") and "missing" in fault for fault in faults)


@pytest.mark.parametrize("name", sorted(rows.KEYS))
def test_a_row_slipped_in_is_named(name: str, connection: sa.Connection) -> None:
    table = metadata.tables[name]
    row = dict(connection.execute(sa.select(table)).mappings().first() or {})
    for column in table.c:
        if column.primary_key or column.unique or column.name == rows.KEYS[name]:
            row[column.name] = row[column.name] + (
                1000 if isinstance(row[column.name], int) else "x"
            )
    connection.execute(sa.insert(table).values(**row))
    faults = list(rows.verify(connection))
    assert any(fault.startswith(f"{name} ") and "does not name it" in fault for fault in faults)
