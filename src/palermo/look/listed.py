"""Reads a list of identifiers as people keep them: a line each, or a table with a column of them."""

import codecs
import csv
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from palermo.values.text import words

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMENT = re.compile(r"#(?:\s|#|\Z)")
_REMARK = re.compile(r"\s#\s.*\Z")
# What columns of identifiers are called, in the heads of lists.
_HEADS = words(
    """
    account alias bic card domain email handle hash iban identifier identifiers imo mail mmsi mobile
    msisdn name nickname passport pdq phone phones plate registration selector selectors sha256
    telegram telephone tel url username value values vessel wallet website whatsapp
    telefono teléfono correo nombre cuenta matricula matrícula telefon nume cont număr телефон имя
    """
)
_FEWEST = 2  # lines of a table, its head among them
_SHARE = 0.5  # of a column's cells that look like identifiers where its head does not say so


class Entry(NamedTuple):
    line: int  # from 1, as an editor counts
    column: str  # the head of the column it stands in; empty in a list without columns
    text: str


def decode(content: bytes) -> str:
    """Return a list's text: by its mark, by the zeros of UTF-16, as UTF-8, or as Windows-1252."""
    for mark, charset in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(charset, "replace")
    head = content[:4096]
    if head and head.count(0) > len(head) // 4:
        odd = head[1::2].count(0) >= head[::2].count(0)
        return content.decode("utf-16-le" if odd else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def entries(lines: Sequence[str], identifies: Callable[[str], bool]) -> list[Entry]:
    """Return what is to be looked for, without blank lines and comments.

    `identifies` tells whether a text is surely an identifier. A table is told by a head and by the
    same number of cells in each line; of its columns those of identifiers are kept.
    """
    kept = [
        (n, _REMARK.sub("", line).strip())
        for n, line in enumerate(lines, 1)
        if line.strip("\ufeff \t\r\n") and not _COMMENT.match(line.strip("\ufeff \t\r\n"))
    ]
    kept = [(n, line.strip("\ufeff ")) for n, line in kept]
    for delimiter in ("\t", ";", ",", "|"):
        if rows := _rows(kept, delimiter):
            found = _columns(rows, identifies)
            if found:
                return found
    return [Entry(n, "", line) for n, line in kept]


def _rows(kept: Sequence[tuple[int, str]], delimiter: str) -> list[tuple[int, list[str]]]:
    """Return the lines cut into cells, or nothing where they are no table."""
    if len(kept) < _FEWEST or delimiter not in kept[0][1]:
        return []
    try:
        rows = [(n, next(csv.reader([line], delimiter=delimiter))) for n, line in kept]
    except (csv.Error, StopIteration):
        return []
    width = len(rows[0][1])
    same = sum(len(row) == width for _, row in rows)
    return rows if same >= 0.9 * len(rows) else []


def _columns(
    rows: Sequence[tuple[int, list[str]]], identifies: Callable[[str], bool]
) -> list[Entry]:
    head, body = rows[0][1], rows[1:]
    if any(identifies(cell) for cell in head):
        head, body = [f"column {n}" for n in range(1, len(head) + 1)], list(rows)
    chosen = []
    for n, title in enumerate(head):
        cells = [row[n].strip() for _, row in body if n < len(row) and row[n].strip()]
        sure = sum(identifies(cell) for cell in cells)
        said = set(re.findall(r"[^\W_]+", title.lower())) & _HEADS
        if cells and (sure >= _SHARE * len(cells) or (said and not _count(cells))):
            chosen.append(n)
    return [
        Entry(line, head[n], row[n].strip() if n < len(row) else "")
        for line, row in body
        for n in chosen
        if (n < len(row) and row[n].strip()) or n == chosen[0]
    ]


def _count(cells: Sequence[str]) -> bool:
    """Whether a column only numbers its rows."""
    return all(cell.isdecimal() and len(cell) < 5 for cell in cells)
