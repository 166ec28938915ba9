"""Reads tables, as CSV, JSON Lines or XLSX, by a saved column mapping."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from palermo.decode.decoder import Context
from palermo.decode.mapping import MappingError, builtin, parse
from palermo.decode.tables.layout import Layout, Outside, fold
from palermo.decode.tables.reading import Reader
from palermo.decode.tables.recognise import (
    HEAD,
    ZIP,
    Found,
    Sight,
    View,
    choose,
    columns_of,
    format_of,
    table_rows,
)
from palermo.decode.tables.rows import Row, encoding_of
from palermo.decode.tables.workbook import Workbook, WorkbookError, row_at
from palermo.decode.tally import Tally
from palermo.vocabulary import Event, Problem

ONCE = frozenset({"encoding", "formula", "holder"})  # of these, the number of rows says it all
TEXT_LOCATOR = re.compile(r"row:\d+;offset:(?P<offset>\d+);length:(?P<length>\d+)")
SUFFIXES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".xlsx")
MOST_COLUMNS = 10_000  # of JSON Lines, that are told apart where no mapping names them


class Table:
    """Reads calls, payments, positions, tips and adverts from tables, by a column mapping."""

    name = "table"
    version = "1"
    references = ("mappings",)

    def accepts(self, head: bytes, context: Context) -> float:
        if head.startswith(ZIP):
            if b"xl/" not in head and not context.name.casefold().endswith(".xlsx"):
                return 0
            return 0.95 if context.statement.mapping else 0.8
        if not _is_text(head):
            return 0
        if context.statement.mapping:
            return 0.95
        case, _ = _case_layouts(context)
        sight = Sight(head[:HEAD], context.name)
        with suppress(ValueError):
            if found := choose(None, case, builtin(), sight):
                return 0.9 if found[0].layout.name in case else 0.85
        if context.name.casefold().endswith(SUFFIXES):
            return 0.4
        return 0.15 if _regular(sight) else 0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Problem]:
        source.seek(0)
        head = source.read(HEAD)
        book = None
        try:
            if format_of(head) == "xlsx":
                book = Workbook(source)
            yield from self._read(source, context, head, book)
        except WorkbookError as error:
            yield Problem(locator="offset:0", kind="workbook", message=f"the file {error}")
        finally:
            if book:
                book.close()

    def _read(
        self, source: BinaryIO, context: Context, head: bytes, book: Workbook | None
    ) -> Iterator[Event | Problem]:
        case, faulty = _case_layouts(context)
        yield from faulty
        named = context.statement.mapping
        sight = Sight(head, context.name, book)
        found = choose(named, case, builtin(), sight)
        if len(found) != 1 or found[0].lacks:
            yield _unread(named, named in case or named in builtin(), found, sight)
            return
        try:
            reader = Reader(found[0].layout, found[0].columns, context.statement, context.exhibit)
        except ValueError as error:
            yield Problem(
                locator="offset:0",
                kind="statement",
                message=f"the exhibit's stated zone: {error}; state another to have the table read",
            )
            return
        reading = _Reading(found[0], reader)
        yield from reading.items(table_rows(source, found[0], head, book))
        yield from _other_sheets(found[0], book)

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        match = TEXT_LOCATOR.fullmatch(locator)
        if not match:
            return row_at(source, locator)
        source.seek(int(match["offset"]))
        return source.read(int(match["length"]))


class _Reading:
    """One table being read: counts what is not mapped and what goes wrong."""

    def __init__(self, found: Found, reader: Reader) -> None:
        self.found, self.layout, self.reader = found, found.layout, reader
        self.tally = Tally(ONCE)
        handled = self.layout.handled()
        self.handled = handled
        self.spare: Counter[str] = Counter()
        self.spare_columns = [
            (at, name) for at, name in enumerate(found.columns) if fold(name) not in handled
        ]
        self.covered: dict[str, bool] = {}

    def items(self, rows: Iterator[Row]) -> Iterator[Event | Problem]:
        start = self.found.header.number if self.found.header else self.layout.outside.preamble or 0
        here, read = "row:0", 0
        for row in rows:
            here = row.locator
            if row.number <= start:
                yield from self.before(row, start)
                continue
            if self.layout.outside.footer and self.layout.outside.footer.search(row.text):
                continue
            read += 1
            event, faults = self.row(row)
            for kind, message in faults:
                yield from self.tally.problem(row.locator, kind, message)
            if event:
                yield event
        if self.layout.kind is None:
            yield _antennas(here, read)
        yield from self.rest()

    def before(self, row: Row, start: int) -> Iterator[Problem]:
        if row.number < start and self.layout.outside.preamble is None:
            yield from self.tally.problem(
                row.locator, "preamble", "stands before the header: not read"
            )

    def row(self, row: Row) -> tuple[Event | None, list[tuple[str, str]]]:
        if row.names is not None:
            self.count_names(row)
        elif row.cells:
            for at, name in self.spare_columns:
                if at < len(row.cells) and row.cells[at].value.strip():
                    self.spare[name] += 1
        if row.names is None:
            self.check_shape(row)
        if not row.whole or self.layout.kind is None:
            return None, row.complaints
        return self.reader.event(row)

    def check_shape(self, row: Row) -> None:
        width, cells = len(self.found.columns), len(row.cells)
        if any(cell.value.strip() for cell in row.cells[width:]):
            row.whole = False  # which cell belongs to which column is not known
            row.complaints.append(("row", f"has more cells than the {width} columns: not read"))
        elif 0 < cells < width and self.found.view.sheet is None:
            message = f"has fewer cells than the {width} columns: the last taken as empty"
            row.complaints.append(("row", message))

    def count_names(self, row: Row) -> None:
        for name, cell in zip(row.names or (), row.cells, strict=True):
            if name not in self.covered:
                if len(self.covered) >= MOST_COLUMNS:
                    name = "(others)"
                self.covered[name] = self.is_handled(name)
            if not self.covered[name] and cell.value.strip():
                self.spare[name] += 1

    def is_handled(self, name: str) -> bool:
        """Say whether a JSON path, or what it lies in, is read or ignored on purpose."""
        parts = fold(name).split(".")
        return any(".".join(parts[:n]) in self.handled for n in range(1, len(parts) + 1))

    def rest(self) -> Iterator[Problem]:
        yield from self.tally.rest()
        header = self.found.header.locator if self.found.header else "row:1"
        for name, rows in self.spare.items() if self.layout.kind else ():
            message = f"column {name} is not mapped: {rows} rows hold a value; map it or ignore it"
            yield Problem(locator=header, kind="column", message=message, count=rows)


def _case_layouts(context: Context) -> tuple[dict[str, Layout], list[Problem]]:
    layouts, faulty = {}, []
    for name, raw in context.mappings.items():
        try:
            layouts[name] = parse(name, raw)
        except MappingError as error:
            if context.statement.mapping in (None, name):
                faulty.append(Problem(locator="offset:0", kind="mapping", message=str(error)))
    return layouts, faulty


def _unread(named: str | None, known: bool, found: list[Found], sight: Sight) -> Problem:
    view = _plainest(sight)
    first = view.rows[0] if view and view.rows else None
    header = _header(first)
    if found and found[0].lacks:
        lacks = ", ".join(found[0].lacks)
        why = f"the mapping {found[0].layout.name} needs {lacks}, which the table lacks"
    elif found:
        names = ", ".join(each.layout.name for each in found)
        why = f"the mappings {names} fit equally well: name one"
    elif named:
        why = f"the mapping {named} does not fit" if known else f"there is no mapping {named}"
    else:
        why = "no mapping fits this table"
    return Problem(
        locator=first.locator if first else "offset:0",
        kind="mapping",
        message=f"{why}; {header}. Nothing was read. Save a mapping that "
        "matches it (docs/mappings.md): palermo mapping CASE NAME.yaml, then palermo run CASE; "
        "or name one: palermo add CASE FILE --mapping NAME",
    )


def _header(first: Row | None) -> str:
    """Name a table's columns; of a first row that holds values, which may be anyone's, none."""
    names = (first.names or columns_of(first))[:100] if first else ()
    if any(re.search(r"\d{4}|@", name) for name in names):
        return f"it has no header, and {len(names)} columns"
    return f"its header is: {', '.join(names)}" if names else "it is empty"


def _plainest(sight: Sight) -> View | None:
    """Return the way of lying in the file under which the first rows have most cells."""
    views = sight.views(Outside())
    return max(views, key=lambda v: max((len(r.cells) for r in v.rows), default=0), default=None)


def _other_sheets(found: Found, book: Workbook | None) -> Iterator[Problem]:
    for sheet in book.sheets if book else ():
        if sheet != found.view.sheet and book:
            rows = sum(1 for _ in book.rows(sheet))
            if rows:
                message = f"sheet {sheet} is not the one mapped: {rows} rows not read"
                yield Problem(locator=f"sheet:{sheet}", kind="sheet", message=message, count=rows)


def _antennas(here: str, rows: int) -> Problem:
    return Problem(
        locator=here,
        kind="antennas",
        message=f"a table of {rows} antennas gives no events by itself: name it as `antennas_file` "
        "in the mapping of the calls that it belongs to",
        count=max(rows, 1),
    )


def _is_text(head: bytes) -> bool:
    return b"\0" not in head or encoding_of(head, Outside())[0] != "utf-8"


def _regular(sight: Sight) -> bool:
    """Say whether there are three rows or more, all with the same three cells or more."""
    view = _plainest(sight)
    widths = [len(row.cells) for row in view.rows] if view else []
    return len(widths) >= 3 and len(set(widths)) == 1 and widths[0] >= 3
