"""Makes an event's text of a row, and the map from there to the row's bytes."""

import json
import re
from collections.abc import Callable, Iterable, Iterator

from palermo.decode.tables.rows import Cell, Row
from palermo.vocabulary import Run, Stretch

QUOTE = re.compile(r'""')
JSON_ESCAPE = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.")


def whole(row: Row) -> tuple[str, list[Run]]:
    """Return the row as it stands in the file."""
    size = len(row.text.encode(row.charset))
    return row.text, [Run(0, len(row.text), 0, size)] if size else []


def said(row: Row, columns: Iterable[str], tells: Callable[[str], bool]) -> list[Stretch]:
    """Return where in the row as it stands people have written freely: in which columns, `tells`
    says."""
    cells = zip(row.names if row.names is not None else columns, row.cells, strict=False)
    return sorted(
        Stretch(cell.start, cell.end)
        for name, cell in cells
        if 0 <= cell.start < cell.end and cell.value.strip() and tells(name)
    )


def chosen(row: Row, cells: Iterable[Cell]) -> tuple[str, list[Run]]:
    """Return some cells' values, one below the other."""
    parts: list[str] = []
    runs: list[Run] = []
    at = 0
    for cell in cells:
        if not cell.value.strip():
            continue
        for text, first, last in _pieces(row, cell):
            runs.append(Run(at, at + len(text), *_bytes(row, first, last)))
            parts.append(text)
            at += len(text)
        parts.append("\n")
        at += 1
    return "".join(parts[:-1]), runs


def _pieces(row: Row, cell: Cell) -> Iterator[tuple[str, int, int]]:
    """Cut a cell into runs: each stands in the row as it is, or is one escape."""
    raw = row.text[cell.start : cell.end]
    pieces: list[tuple[str, int, int]] = []
    at = 0
    if raw != cell.value:
        for match in (QUOTE if row.names is None else JSON_ESCAPE).finditer(raw):
            if match.start() > at:
                pieces.append((raw[at : match.start()], at, match.start()))
            pieces.append((_unescape(match[0]), match.start(), match.end()))
            at = match.end()
    if at < len(raw):
        pieces.append((raw[at:], at, len(raw)))
    if "".join(text for text, _, _ in pieces) != cell.value:
        pieces = [(cell.value, 0, len(raw))]  # an unusual escape: the cell as a whole
    for text, first, last in pieces:
        yield text, cell.start + first, cell.start + last


def _unescape(written: str) -> str:
    if written == '""':
        return '"'
    try:
        return str(json.loads(f'"{written}"')).encode("utf-8", "replace").decode()
    except ValueError:
        return written


def _bytes(row: Row, start: int, end: int) -> tuple[int, int]:
    first = len(row.text[:start].encode(row.charset))
    return first, first + len(row.text[start:end].encode(row.charset))
