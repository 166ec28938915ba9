"""Splits a text table into rows, each with its bytes in the file and its cells' spans."""

import codecs
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from palermo.decode.tables.layout import Outside

LONGEST = 4 << 20  # bytes: a line longer than this is reported, not read
OPEN_LINES, OPEN_SIZE = 256, 256 << 10  # how far the end of a quoted cell is looked for
CHUNK = 1 << 20
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Line(NamedTuple):
    """A physical line, apart from the bytes that end it."""

    offset: int
    raw: bytes
    end: bytes
    whole: bool = True  # False: cut off at `LONGEST`


class Cell(NamedTuple):
    value: str
    start: int = -1  # span in the row's text, in code points; -1: not found in it
    end: int = -1
    typed: object = None  # what a workbook or JSON holds, where it is no text


@dataclass(slots=True)
class Row:
    """One record of a table. `cells` are by position; `complaints` say what is wrong with it."""

    number: int  # as a spreadsheet program counts, from 1
    locator: str
    text: str
    cells: list[Cell]
    charset: str = "utf-8"
    names: list[str] | None = None  # JSON Lines: the cells' columns
    whole: bool = True  # False: its cells are not to be had
    complaints: list[tuple[str, str]] = field(default_factory=list)


def encoding_of(head: bytes, outside: Outside) -> tuple[str, int]:
    """Return the encoding's name and how many bytes its mark takes."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name, len(mark)
    if outside.encoding:
        name = codecs.lookup(outside.encoding).name
        plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
        return plain.get(name, name), 0
    for name, even in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(head) > 3 and head[even:200:2].count(0) > len(head[:200]) * 0.4:
            return name, 0
    return "utf-8", 0


def lines(source: BinaryIO, start: int, encoding: str, head: bytes) -> Iterator[Line]:
    """Give the lines from byte `start` on; an old Macintosh's carriage returns end lines too."""
    mark = "\n" if "\n".encode(encoding) in head or b"\r" not in head else "\r"
    end = mark.encode(encoding)
    source.seek(start)
    if end != b"\n":
        yield from _lines_ended_by(source, start, end)
        return
    offset = start
    whole = True
    while raw := source.readline(LONGEST):
        ended = raw.endswith(b"\n")
        if whole:  # else: the rest of a line that was too long
            whole = ended or len(raw) < LONGEST
            yield _line(offset, raw, b"\r\n" if raw.endswith(b"\r\n") else b"\n", whole)
        elif ended:
            whole = True
        offset += len(raw)


def _line(offset: int, raw: bytes, end: bytes, whole: bool = True) -> Line:
    if not raw.endswith(end):
        return Line(offset, raw, b"", whole)
    return Line(offset, raw[: -len(end)], end, whole)


def _lines_ended_by(source: BinaryIO, start: int, end: bytes) -> Iterator[Line]:
    """Give lines that end in `end`, which starts at a whole number of its own width."""
    width = len(end)
    both = end.replace(b"\n", b"\r") + end
    offset, pending, whole = start, b"", True
    while chunk := source.read(CHUNK):
        pending += chunk
        at, find = 0, _find(pending, end, 0)
        while find >= 0:
            raw = pending[at : find + width]
            if whole:
                yield _line(offset + at, raw, both if raw.endswith(both) else end)
            whole, at = True, find + width
            find = _find(pending, end, at)
        offset, pending = offset + at, pending[at:]
        if len(pending) > LONGEST:
            if whole:
                yield Line(offset, pending[:LONGEST], b"", False)
            whole = False
            cut = len(pending) - len(pending) % width
            offset, pending = offset + cut, pending[cut:]
    if pending and whole:
        yield Line(offset, pending, b"")


def _find(data: bytes, end: bytes, at: int) -> int:
    found = data.find(end, at)
    while found >= 0 and found % len(end):
        found = data.find(end, found + 1)
    return found


def decode(raw: bytes, encoding: str) -> tuple[str, str, str | None]:
    """Return text, the charset that gave it, and what is to be reported of it."""
    try:
        return raw.decode(encoding), encoding, None
    except UnicodeDecodeError:
        pass
    if encoding.startswith(("utf-16", "utf-32")):
        return raw.decode(encoding, "replace"), encoding, f"holds bytes that are no {encoding}"
    for other in ("cp1252", "latin-1"):
        try:
            return raw.decode(other), other, f"is not valid {encoding}: read as {other}"
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads any byte")


class Splitter:
    """Cuts the text of a record into cells, as Python's `csv` does, and knows where they stand.

    A quote counts at a cell's start only (blanks before it allowed); what stands between a
    closing quote and the next delimiter belongs to the cell.
    """

    def __init__(self, delimiter: str, quote: str = '"', escape: str = "") -> None:
        d, q, e = re.escape(delimiter), re.escape(quote), re.escape(escape)
        self.delimiter, self.quote, self.escape = delimiter, quote, escape
        escaped = f"|{e}." if escape else ""
        plain = f"(?:[^{d}{e}]{escaped})*+" if escape else f"[^{d}]*+"
        inside = f"(?:[^{q}{e}]|{q}{q}{escaped})*+"
        quoted = f" *{q}(?P<inside>{inside}){q}(?P<tail>{plain})|" if quote else ""
        self.cell = re.compile(f"(?:{quoted}(?P<plain>{plain}))(?P<more>{d}|\\Z)", re.DOTALL)
        self.unescape = re.compile(f"{q}({q})|{e}(.)" if escape else f"{q}({q})", re.DOTALL)

    def split(self, text: str) -> list[Cell] | None:
        """Return the cells, or None where a quoted cell does not end."""
        if (not self.quote or self.quote not in text) and (
            not self.escape or self.escape not in text
        ):
            return self._split_plain(text)
        return self._split_quoted(text, lenient=False)

    def split_anyhow(self, text: str) -> list[Cell]:
        """Return the cells, taking an unclosed quote as a plain character."""
        return self._split_quoted(text, lenient=True) or []

    def _split_plain(self, text: str) -> list[Cell]:
        cells, at = [], 0
        for value in text.split(self.delimiter):
            end = at + len(value)
            cells.append(Cell(value, at, end))
            at = end + 1
        return cells

    def _split_quoted(self, text: str, lenient: bool) -> list[Cell] | None:
        cells, at = [], 0
        while True:
            match = self.cell.match(text, at)
            assert match, "the plain form matches anything"
            inside = match["inside"] if self.quote else None
            if inside is None:
                value, (start, end) = match["plain"], match.span("plain")
                if not lenient and self.quote and value.lstrip(" ").startswith(self.quote):
                    return None
                if self.escape and self.escape in value:
                    value = re.sub(f"{re.escape(self.escape)}(.)", r"\1", value, flags=re.DOTALL)
            else:
                value, (start, end) = inside, match.span("inside")
                if self.quote in value or (self.escape and self.escape in value):
                    value = self.unescape.sub(lambda m: m[m.lastindex or 0], value)
                if match["tail"]:
                    value, end = value + match["tail"], match.end("tail")
            cells.append(Cell(value, start, end))
            if not match["more"]:
                return cells
            at = match.end()


def records(source: BinaryIO, outside: Outside, splitter: Splitter, head: bytes) -> Iterator[Row]:
    """Give the records of a delimited file, blank lines left out but counted."""
    encoding, mark = encoding_of(head, outside)
    waiting: deque[Line] = deque()
    stream = lines(source, mark, encoding, head)
    number = 0
    while line := (waiting.popleft() if waiting else next(stream, None)):
        number += 1
        if not line.raw:
            continue
        text, charset, complaint = decode(line.raw, encoding)
        cells = splitter.split(text) if line.whole else []
        if cells is None:
            line, cells, back = _open_record(line, splitter, encoding, waiting, stream)
            text, charset, complaint = decode(line.raw, encoding)
            waiting.extendleft(reversed(back))
        row = make_row(number, line, text, charset, cells or [])
        if complaint:
            row.complaints.append(("encoding", complaint))
        if not line.whole:
            row.whole = False
            row.complaints.append(("row", f"is longer than {LONGEST} bytes: not read"))
        elif cells is None:
            row.cells = splitter.split_anyhow(text)
            row.complaints.append(("row", "opens a quote that is not closed: taken as it stands"))
        yield row


def _open_record(
    first: Line,
    splitter: Splitter,
    encoding: str,
    waiting: deque[Line],
    stream: Iterator[Line],
) -> tuple[Line, list[Cell] | None, list[Line]]:
    """Take lines until the record's quotes are closed; give back those that did not help."""
    taken: list[Line] = []
    joined = first.raw + first.end
    while len(taken) < OPEN_LINES and len(joined) < OPEN_SIZE:
        line = waiting.popleft() if waiting else next(stream, None)
        if line is None:
            break
        taken.append(line)
        if not line.whole:
            break
        if splitter.quote in decode(line.raw, encoding)[0]:
            cells = splitter.split(decode(joined + line.raw, encoding)[0])
            if cells is not None:
                return Line(first.offset, joined + line.raw, line.end), cells, []
        joined += line.raw + line.end
    return first, None, taken


def make_row(number: int, line: Line, text: str, charset: str, cells: list[Cell]) -> Row:
    locator = f"row:{number};offset:{line.offset};length:{len(line.raw)}"
    return Row(number, locator, text, cells, charset)
