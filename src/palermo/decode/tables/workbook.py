"""Gives the rows of an XLSX workbook, in a stream."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

import openpyxl

from palermo.decode.tables.cells import render
from palermo.decode.tables.rows import Cell, Row

LAST_ROW = 1_048_576  # of a sheet, by the format
UNPACKED = 4 << 30  # bytes: a workbook that unpacks to more is refused
STRINGS = 64 << 20  # bytes of shared strings, which openpyxl holds in memory
SMALL, RATIO = 8 << 20, 200  # bytes from which on, and times that, a part may be packed smaller
ROW_CELLS, ROW_BYTES = 20_000, 16 << 20  # of one row: openpyxl holds a row, of 16,384 by the format
ROW, CELL = re.compile(rb"<(?:\w+:)?row[ />]"), re.compile(rb"<(?:\w+:)?c[ />]")
LOCATOR = re.compile(r"sheet:(?P<sheet>[^;]*);row:(?P<row>\d+)")


class WorkbookError(ValueError):
    """A workbook that cannot be opened, or that it would be dangerous to open."""


class Workbook:
    """An opened workbook; `close` it."""

    def __init__(self, source: BinaryIO) -> None:
        """Raise `WorkbookError` where the file is no sound workbook."""
        self.source = source
        try:
            _refuse_bombs(source)
            self.book: Any = self._open(results=True)
        except WorkbookError:
            raise
        except Exception as error:  # openpyxl lets zipfile's, expat's and its own through
            raise WorkbookError(f"is no readable workbook: {type(error).__name__}") from error

    def _open(self, results: bool) -> Any:  # noqa: ANN401
        self.source.seek(0)
        return openpyxl.load_workbook(self.source, read_only=True, data_only=results)

    @property
    def sheets(self) -> list[str]:
        return [sheet.title for sheet in self.book.worksheets]

    def rows(self, sheet: str) -> Iterator[Row]:
        """Give the rows that are not empty; raise `WorkbookError` where the sheet breaks off."""
        results = _iterate(self.book[sheet])
        formulas = self._formulas(sheet)
        number = 0
        try:
            for number, cells in enumerate(results, 1):
                written = next(formulas, ()) if formulas else ()
                if number > LAST_ROW:
                    raise WorkbookError(f"has rows beyond the {LAST_ROW} that a sheet can have")
                row = _row(sheet, number, cells, written)
                if any(cell.value for cell in row.cells):
                    yield row
        except WorkbookError:
            raise
        except Exception as error:
            where = f"sheet {sheet} cannot be read after row {number}"
            raise WorkbookError(f"{where}: {type(error).__name__}") from error

    def _formulas(self, sheet: str) -> Iterator[tuple[Any, ...]] | None:
        if not _has_formulas(self.source):
            return None
        return _iterate(self._open(results=False)[sheet])

    def close(self) -> None:
        self.book.close()  # not the source, which is its owner's


def _iterate(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    sheet.reset_dimensions()  # what a workbook says of its size is often wrong
    return iter(sheet.iter_rows())


def _row(sheet: str, number: int, found: tuple[Any, ...], written: tuple[Any, ...]) -> Row:
    row = Row(number, f"sheet:{quote(sheet, safe=' ')};row:{number}", "", [])
    texts: list[str] = []
    at = 0
    for column, cell in enumerate(found):
        text = _render(cell).encode("utf-8", "replace").decode()
        broken = cell.value is not None and cell.data_type == "e"
        if broken:
            row.complaints.append(("value", f"column {column + 1} holds an error, not a value"))
        if column < len(written) and written[column].data_type == "f":
            stored = "no result is stored" if cell.value is None else "its stored result is read"
            row.complaints.append(("formula", f"column {column + 1} is a formula: {stored}"))
        typed = None if isinstance(cell.value, str) else cell.value
        row.cells.append(Cell("" if broken else text, at, at + len(text), typed))
        texts.append(text)
        at += len(text) + 1
    row.text = "\t".join(texts)
    return row


def _render(cell: Any) -> str:  # noqa: ANN401
    value = cell.value
    if isinstance(value, datetime) and value.time() == time():
        shows_clock = re.search("[hs]", cell.number_format or "", re.IGNORECASE)
        return render(value, day_only=not shows_clock)
    return render(value)


def row_at(source: BinaryIO, locator: str) -> bytes:
    """Return the text of the row that a locator names, as bytes."""
    match = LOCATOR.fullmatch(locator)
    if not match:
        raise ValueError(f"{locator} names no row of a workbook")
    book = Workbook(source)
    try:
        sheet, number = unquote(match["sheet"]), int(match["row"])
        for row in book.rows(sheet):
            if row.number == number:
                return row.text.encode()
    finally:
        book.close()
    raise ValueError(f"{locator} is not in the workbook")


def is_temporal(value: object) -> bool:
    return isinstance(value, (datetime, date, time, timedelta))


def _refuse_bombs(source: BinaryIO) -> None:
    source.seek(0)
    archive = zipfile.ZipFile(source)  # closing it would leave the source open, and so may we
    members = archive.infolist()
    if sum(member.file_size for member in members) > UNPACKED:
        raise WorkbookError(f"unpacks to more than {UNPACKED} bytes: refused")
    for member in members:
        if member.file_size > max(SMALL, RATIO * member.compress_size):
            raise WorkbookError(f"has a part that unpacks to {member.file_size} bytes: refused")
        if member.filename.endswith("sharedStrings.xml") and member.file_size > STRINGS:
            raise WorkbookError(f"has more than {STRINGS} bytes of strings: refused")
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as part:
                if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                    raise WorkbookError("declares a document type, which no workbook may: refused")


def _has_formulas(source: BinaryIO) -> bool:
    """Look through the sheets' bytes; raise `WorkbookError` where a row is too long to be held."""
    found = False
    source.seek(0)
    archive = zipfile.ZipFile(source)
    for member in archive.infolist():
        if not member.filename.startswith("xl/worksheets/"):
            continue
        with archive.open(member) as part:
            rest = b""
            row = _Row()
            while chunk := part.read(1 << 20):
                row.check(chunk)
                found = found or re.search(rb"<(?:\w+:)?f[ />]", rest + chunk) is not None
                rest = chunk[-64:]
    return found


class _Row:
    """Counts what stands since the last row began, so that none is opened that is too long."""

    def __init__(self) -> None:
        self.size = self.cells = 0

    def check(self, chunk: bytes) -> None:
        starts = list(ROW.finditer(chunk))
        since = chunk
        if starts:
            since, self.size, self.cells = chunk[starts[-1].start() :], 0, 0
        self.size += len(since)
        self.cells += len(CELL.findall(since))
        if self.size > ROW_BYTES or self.cells > ROW_CELLS:
            raise WorkbookError("has a row longer than a workbook can have: refused")
