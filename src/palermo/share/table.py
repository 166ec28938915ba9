"""The chronology as a workbook: every cleared row, with exhibit numbers, for sorting and filtering.

Text is always text: a value that begins like a formula is written as a string and marked with
Excel's quote prefix, so that it stays one when the cell is edited or saved as CSV.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from palermo.share.format import Dossier
from palermo.share.paper.cite import BY_HAND, subjects
from palermo.share.paper.plain import plain
from palermo.share.paper.telling import FROM, TO, said, told, who

ROWS = 1_048_575  # of one sheet, beside its header
CELL = 32_767  # UTF-16 units that one cell holds
EXACT = 15  # decimal digits that Excel's numbers keep
FIRST = datetime(1900, 3, 1, tzinfo=UTC)  # before it, Excel's calendar is wrong or has no dates
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LINE_END = "\n"

Row = dict[str, Any]
Column = tuple[str, int, Callable[[Row], object]]  # title, width in characters, value


class Table:
    """Writes the chronology and every other cleared table as one XLSX workbook."""

    name = "table"
    version = "1"

    def write(self, dossier: Dossier, folder: Path) -> list[Path]:
        path = folder / "chronology.xlsx"
        book = _Book(path, dossier.made)
        numbers = dict(
            zip(
                dossier.exhibits["id"].to_pylist(),
                dossier.exhibits["number"].to_pylist(),
                strict=True,
            )
        )
        order = [("time", "ascending"), ("id", "ascending")]
        in_time = pc.sort_indices(dossier.events, order)  # what has no time comes last
        events = dossier.events.take(in_time)
        book.sheet("chronology", CHRONOLOGY, _rows(events))
        book.sheet("claims", CLAIMS, _rows(dossier.claims, numbers))
        book.sheet("links", LINKS, _rows(dossier.links))
        book.sheet("findings", FINDINGS, _rows(dossier.findings))
        book.sheet("exhibits", _plainly(dossier.exhibits), _rows(dossier.exhibits))
        book.sheet("disclosure", _plainly(dossier.disclosure), _rows(dossier.disclosure), NOTHING)
        book.sheet("decisions", _plainly(dossier.decisions), _rows(dossier.decisions))
        book.sheet("persons", _plainly(dossier.persons), _rows(dossier.persons))
        book.sheet("identities", _plainly(dossier.identities), _rows(dossier.identities))
        book.sheet("problems", PROBLEMS, _rows(dossier.problems, numbers))
        book.sheet("about", ABOUT, _about(dossier))
        book.close()
        return [path]


class _Book:
    """A workbook written row by row, in bounded memory and with nothing of the clock in it."""

    def __init__(self, path: Path, made: datetime) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False,
                   "strings_to_numbers": False, "strings_to_urls": False}  # fmt: skip
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"created": made.astimezone(UTC).replace(tzinfo=None)})
        add = self.book.add_format
        top = {"valign": "top"}
        self.text = add(top | {"text_wrap": True})
        self.quoted = add(top | {"text_wrap": True, "quote_prefix": True})
        self.date = add(top | {"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.number = add(top)
        self.head = add({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top",
                         "bg_color": "#F2F4F7"})  # fmt: skip

    def sheet(
        self, name: str, columns: Iterable[Column], rows: Iterable[Row], empty: str = ""
    ) -> None:
        """Write rows to a sheet, and what does not fit to `name 2`, `name 3` and so on."""
        columns, number, n = list(columns), 1, 0
        sheet = self._open(name, columns)
        for row in rows:
            if n == ROWS:
                sheet.autofilter(0, 0, n, len(columns) - 1)
                number, n = number + 1, 0
                sheet = self._open(f"{name} {number}", columns)
            n += 1
            for column, (_, _, value) in enumerate(columns):
                self._cell(sheet, n, column, value(row))
        if n == 0 and empty:
            sheet.write_string(1, 0, empty, self.text)
        sheet.autofilter(0, 0, max(n, 1), len(columns) - 1)

    def close(self) -> None:
        self.book.close()

    def _open(self, name: str, columns: list[Column]) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for n, (title, width, _) in enumerate(columns):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, title, self.head)
        return sheet

    def _cell(self, sheet: Worksheet, row: int, column: int, value: object) -> None:
        if value is None:
            return
        if isinstance(value, datetime) and value.astimezone(UTC) >= FIRST:
            moment = value.astimezone(UTC).replace(tzinfo=None)
            sheet.write_datetime(row, column, moment, self.date)
        elif isinstance(value, Decimal | int | float) and _exact(value):
            sheet.write_number(row, column, float(value), self.number)
        else:
            text = _text(value)
            style = self.quoted if text.startswith(FORMULA) else self.text
            sheet.write_string(row, column, text, style)


def _exact(value: Decimal | int | float) -> bool:
    """Tell whether Excel shows the number as it is; one that it would round is kept as text."""
    if isinstance(value, float):
        return value == value and abs(value) != float("inf")
    number = Decimal(value)
    return len(number.normalize().as_tuple().digits) <= EXACT and abs(number) < 10**EXACT


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        value = LINE_END.join(str(item) for item in value)
    return _cut(plain(str(value)))


def _cut(text: str) -> str:
    """Return what one cell can hold, saying how much is missing."""
    units = len(text.encode("utf-16-le")) // 2
    if units <= CELL:
        return text
    kept = text.encode("utf-16-le")[: (CELL - 80) * 2].decode("utf-16-le", "ignore")
    return f"{kept} [… {len(text) - len(kept):,} more characters, see the exhibit]"


def _rows(table: pa.Table, numbers: dict[str, str] | None = None) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=4096):
        for row in batch.to_pylist():
            if numbers is not None:
                row["exhibit_number"] = numbers.get(row["exhibit"], "not shared")
            yield row


def _of(key: str) -> Callable[[Row], object]:
    return lambda row: row[key]


def _column(key: str, width: int, title: str = "") -> Column:
    return (title or key.replace("_", " "), width, _of(key))


def _status(row: Row) -> str:
    return "entered by a person" if row["kind"] in BY_HAND else "machine-read, not reviewed"


def _parties(row: Row) -> list[str]:
    return [f"{p['role']}: {p['kind']} {p['value']}" for p in row["parties"] or []]


def _details(row: Row) -> list[str]:
    return [f"{key}: {value}" for key, value in row["details"] or []]


def _detail(key: str) -> Callable[[Row], object]:
    return lambda row: dict(row["details"] or []).get(key)


def _duration(row: Row) -> object:
    seconds = dict(row["details"] or []).get("duration", "")
    return int(seconds) if seconds.isdecimal() else seconds or None


def _exact_time(row: Row) -> str | None:
    time: datetime | None = row["time"]
    return None if time is None else time.astimezone(UTC).isoformat()


def _plainly(table: pa.Table) -> list[Column]:
    """Return every column of a table as it is, wide enough for what it usually holds."""
    wide = {"sha256": 66, "id": 36, "node": 40, "identity": 40, "origin": 40, "name": 30,
            "description": 60, "reason": 60, "subject": 50, "subjects": 50, "acquired": 20,
            "at": 20, "since": 20, "until": 20}  # fmt: skip
    return [_column(name, wide.get(name, 18)) for name in table.schema.names]


NOTHING = "Nothing falls in this schedule: no link was rejected and no item is tagged exculpatory."

CHRONOLOGY: list[Column] = [
    _column("time", 20, "time (UTC)"),
    ("time, exact", 32, _exact_time),
    _column("time_error", 14, "uncertainty (± s)"),
    _column("zone", 20, "zone"),
    _column("time_written", 20, "as written"),
    _column("kind", 12),
    ("what happened", 60, lambda row: said(told(row))),
    ("from", 30, lambda row: said(who(row, FROM)) or None),
    ("to", 30, lambda row: said(who(row, TO)) or None),
    _column("amount", 18),
    _column("currency", 9),
    ("reference", 20, _detail("reference")),
    ("duration (s)", 10, _duration),
    _column("exhibit_number", 10, "exhibit"),
    _column("locator", 28),
    _column("text", 80),
    ("parties", 40, _parties),
    _column("place", 24),
    _column("lat", 12, "latitude"),
    _column("lon", 12, "longitude"),
    _column("place_error", 12, "position (± m)"),
    ("details", 40, _details),
    ("status", 26, _status),
    ("read by", 18, lambda row: f"{row['method']} {row['version']}".strip()),
    _column("id", 36, "event"),
]
CLAIMS: list[Column] = [
    _column("exhibit_number", 10, "exhibit"),
    _column("kind", 12),
    _column("value", 34),
    _column("written", 34, "as written"),
    _column("role", 12),
    _column("start", 8),
    _column("end", 8),
    _column("confidence", 11),
    _column("reason", 40),
    ("status", 26, lambda row: "machine-read, not reviewed"),
    ("read by", 18, lambda row: f"{row['method']} {row['version']}".strip()),
    _column("event", 36),
    _column("id", 36, "claim"),
]
LINKS: list[Column] = [
    _column("kind", 18),
    _column("a", 36),
    _column("b", 36),
    _column("score", 10, "strength (no probability)"),
    _column("reason", 60),
    ("rests on", 36, lambda row: row["claims"] or []),
    _column("id", 36, "link"),
]
FINDINGS: list[Column] = [
    _column("kind", 18, "pattern"),
    _column("title", 40),
    _column("score", 10, "strength (no probability)"),
    _column("start", 20),
    _column("end", 20),
    _column("reason", 60),
    _column("counter", 60, "what speaks against it"),
    ("subjects", 40, subjects),
    ("evidence", 36, lambda row: row["evidence"] or []),
    _column("details", 40),
    _column("id", 36, "finding"),
]
PROBLEMS: list[Column] = [
    _column("exhibit_number", 10, "exhibit"),
    _column("locator", 28),
    _column("kind", 18),
    _column("message", 60),
    _column("count", 8, "times"),
    _column("id", 36, "problem"),
]
ABOUT: list[Column] = [_column("what", 28), _column("value", 90)]


def _about(dossier: Dossier) -> Iterator[Row]:
    names = ("case", "offence", "authority", "basis", "necessity", "scope", "profile",
             "recipient", "purpose", "handling", "made", "made_by", "run", "custody_entries",
             "custody_head")  # fmt: skip
    for name in names:
        yield {"what": name.replace("_", " "), "value": getattr(dossier, name)}
    yield {"what": "times", "value": "UTC; the zone as written or assumed stands beside each"}
    yield {"what": "machine-read", "value": "Events and claims were read by machine and were not "
           "reviewed by a person; findings, links and persons were reviewed."}  # fmt: skip
    yield {"what": "limits of use", "value": "For the recipient and the purpose named here, under "
           "the handling named here; for nothing else."}  # fmt: skip
    for reason, count in sorted(dossier.withheld.items()):
        yield {"what": "withheld rows", "value": f"{count:,}: {reason}"}
