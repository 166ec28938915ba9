"""Columns that both engines keep alike: moments, words from anywhere, and any number of them asked for."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class Moment(sa.TypeDecorator[datetime]):
    """An aware time, stored as UTC text so that both engines give back the same.

    SQLite drops the offset of an aware time without a word, so naive values are refused here.
    """

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone cannot be kept: {value.isoformat()}")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:  # noqa: ANN401
        if value is None:
            return None
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() != timedelta(0):
            raise ValueError("a time is kept that is not in UTC")
        return moment


def storable(text: str) -> str:
    """Replace what neither engine keeps: NUL, and halves of surrogate pairs, which file names and
    arguments that are no Unicode come with."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Words(sa.TypeDecorator[str]):
    """A text of any length from anywhere, kept as `storable`."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else storable(value)


class Unreadable:
    """Stands for a value that its column's type cannot read: nobody wrote it by way of it."""


UNREADABLE = Unreadable()


class _AsKept(sa.TypeDecorator[Any]):
    """Reads a column as its own type does, and gives `UNREADABLE` where that raises."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, kind: sa.types.TypeEngine[Any]) -> None:
        super().__init__()
        self.kind = kind

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:  # noqa: ANN401
        read = self.kind.dialect_impl(dialect).result_processor(dialect, coltype)
        if read is None:
            return None

        def told(value: Any) -> Any:  # noqa: ANN401
            try:
                return read(value)
            except (ValueError, TypeError, RecursionError):
                return UNREADABLE

        return told


def as_kept(table: sa.Table) -> list[sa.Label[Any]]:
    """Return a table's columns so that rows can be read which somebody has altered."""
    return [sa.type_coerce(column, _AsKept(column.type)).label(column.name) for column in table.c]


class _each_text(GenericFunction[str]):  # noqa: N801 -- named as in SQL
    inherit_cache = True


@compiles(_each_text, "sqlite")
def _each_sqlite(call: Any, compiler: Any, **words: Any) -> str:  # noqa: ANN401
    return f"json_each({compiler.process(call.clauses, **words)})"


@compiles(_each_text, "postgresql")
def _each_postgresql(call: Any, compiler: Any, **words: Any) -> str:  # noqa: ANN401
    return f"json_array_elements_text(CAST({compiler.process(call.clauses, **words)} AS json))"


def among(column: sa.ColumnElement[Any], texts: Iterable[str]) -> sa.ColumnElement[bool]:
    """Whether a column is one of the texts, of which there may be more than a statement may have
    parameters: 65,535 on PostgreSQL."""
    listed = _each_text(sa.literal(json.dumps(sorted({storable(text) for text in texts})), sa.Text))
    return column.in_(sa.select(listed.table_valued("value").c.value))
