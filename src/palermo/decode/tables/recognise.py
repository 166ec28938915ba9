"""Finds the mapping that fits a table, and where its header and its rows are."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from itertools import islice
from typing import BinaryIO

from palermo.decode.tables.json_lines import json_rows
from palermo.decode.tables.layout import Layout, Outside, fold
from palermo.decode.tables.rows import Row, Splitter, encoding_of, records
from palermo.decode.tables.workbook import Workbook

HEAD = 64 * 1024  # bytes in which a text table's header must be
DEPTH = 50  # rows among which a header is looked for
DELIMITERS = (",", ";", "\t", "|")
ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The first rows of a table, as they are if it lies in the file in this way."""

    rows: list[Row]
    outside: Outside
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mapping that fits, and how the table lies in its file."""

    layout: Layout
    view: View
    columns: tuple[str, ...]
    header: Row | None
    lacks: tuple[str, ...] = ()  # columns that the mapping needs and the table has not


class Sight:
    """What can be seen of a table before it is read; asked by one layout after another."""

    def __init__(self, head: bytes, name: str, book: Workbook | None = None) -> None:
        self.head, self.name, self.book = head, name, book
        self.known: dict[tuple[str | None, ...], list[View]] = {}

    def views(self, outside: Outside) -> list[View]:
        form = outside.format or format_of(self.head)
        o = outside
        key = (form, o.encoding, o.delimiter, o.quote, o.escape, o.sheet)
        if key not in self.known:
            self.known[key] = list(self._views(form, outside))
        return self.known[key]

    def _views(self, form: str, outside: Outside) -> Iterator[View]:
        outside = replace(outside, format=form)
        if form == "xlsx":
            for sheet in self.book.sheets if self.book else ():
                if outside.sheet is None or fold(outside.sheet) == fold(sheet):
                    rows = list(islice(self.book.rows(sheet), DEPTH)) if self.book else []
                    yield View(rows=rows, outside=outside, sheet=sheet)
        elif form == "jsonl":
            rows = self._top(json_rows(io.BytesIO(self.head), outside, self.head))
            yield View(rows=rows, outside=outside)
        else:
            for delimiter in (outside.delimiter,) if outside.delimiter else DELIMITERS:
                splitter = Splitter(delimiter, outside.quote, outside.escape)
                rows = self._top(records(io.BytesIO(self.head), outside, splitter, self.head))
                yield View(rows=rows, outside=replace(outside, delimiter=delimiter))

    def _top(self, rows: Iterator[Row]) -> list[Row]:
        top = list(islice(rows, DEPTH + 1))
        cut = len(self.head) >= HEAD and 1 < len(top) <= DEPTH  # the last one may be broken off
        return top[: -1 if cut else DEPTH]


def format_of(head: bytes) -> str:
    if head.startswith(ZIP):
        return "xlsx"
    encoding, mark = encoding_of(head, Outside())
    start = head[mark:].decode(encoding, "replace").lstrip()
    return "jsonl" if start.startswith("{") else "csv"


def columns_of(header: Row) -> tuple[str, ...]:
    """Return the columns' names, a repeated or empty one told apart."""
    seen: dict[str, int] = {}
    names = []
    for at, cell in enumerate(header.cells, 1):
        name = " ".join(cell.value.replace("\ufeff", "").split()) or f"#{at}"
        seen[fold(name)] = seen.get(fold(name), 0) + 1
        names.append(name if seen[fold(name)] == 1 else f"{name}#{seen[fold(name)]}")
    return tuple(names)


def fit(layout: Layout, sight: Sight) -> Found | None:
    """Return how a layout fits, or None; a `Found` that lacks columns fits by its header only."""
    near: Found | None = None
    for view in sight.views(layout.outside):
        found = _fit_view(layout, view)
        if found and not found.lacks:
            return found
        near = near or found
    return near


def _fit_view(layout: Layout, view: View) -> Found | None:
    if view.outside.format == "jsonl":
        names = dict.fromkeys(name for row in view.rows for name in row.names or ())
        wanted = {fold(name) for name in layout.header} or set(layout.needed())
        if not names or not all(_covered(key, {fold(name) for name in names}) for key in wanted):
            return None
        return Found(layout=layout, view=view, columns=tuple(names), header=None)
    skipped = layout.outside.preamble or 0
    rows = [row for row in view.rows if row.number > skipped]
    if layout.outside.columns:
        fits = rows and len(rows[0].cells) == len(layout.outside.columns)
        columns = layout.outside.columns
        return Found(layout=layout, view=view, columns=columns, header=None) if fits else None
    needed = layout.needed()
    wanted = {fold(name) for name in layout.header} or set(needed)
    for row in rows[:1] if layout.outside.preamble is not None else rows:
        columns = columns_of(row)
        there = {fold(column) for column in columns}
        if wanted and wanted <= there:
            lacks = tuple(name for key, name in needed.items() if key not in there)
            return Found(layout=layout, view=view, columns=columns, header=row, lacks=lacks)
    return None


def _covered(key: str, names: set[str]) -> bool:
    return key in names or f"{key}.0" in names


def best(layouts: Iterable[Layout], sight: Sight) -> list[Found]:
    """Return the mapping that fits best by its own `match`; several where they are equal."""
    found: dict[str, tuple[int, Found]] = {}
    for layout in layouts:
        if not layout.header and not layout.glob:
            continue  # to be named by the exhibit's statement
        name = sight.name.replace("\\", "/").rpartition("/")[2]
        if layout.glob and not fnmatch(name.casefold(), layout.glob.casefold()):
            continue
        if hit := fit(layout, sight):
            weight = 2 * len(layout.header) + bool(layout.glob)
            found[layout.name] = (weight, hit)
    top = max((weight for weight, _ in found.values()), default=0)
    return [hit for weight, hit in found.values() if weight == top]


def choose(
    named: str | None, case: Mapping[str, Layout], own: Mapping[str, Layout], sight: Sight
) -> list[Found]:
    """Return what reads the table: the named mapping, else the case's best, else our own best."""
    if named is not None:
        layout = case.get(named) or own.get(named)
        hit = fit(layout, sight) if layout else None
        return [hit] if hit else []
    return best(case.values(), sight) or best(own.values(), sight)


def table_rows(source: BinaryIO, found: Found, head: bytes, book: Workbook | None) -> Iterator[Row]:
    """Give all rows of the table, header and what stands before it included."""
    outside = found.view.outside
    if book is not None and found.view.sheet is not None:
        return book.rows(found.view.sheet)
    if outside.format == "jsonl":
        return json_rows(source, outside, head)
    splitter = Splitter(outside.delimiter or ",", outside.quote, outside.escape)
    return records(source, outside, splitter, head)
