"""Gives the rows of a JSON Lines file, each value with its span in the line."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from palermo.decode.tables.layout import Outside
from palermo.decode.tables.rows import Cell, Row, decode, encoding_of, lines, make_row

TOKEN = re.compile(
    r'[ \t\r\n]*(?:(?P<text>"(?:[^"\\]|\\.)*+")|(?P<plain>[-+.\w]+)|(?P<mark>[{}\[\],:]))',
    re.DOTALL,
)


def json_rows(source: BinaryIO, outside: Outside, head: bytes) -> Iterator[Row]:
    """Give the objects of a JSON Lines file; cells are named by their path, `outer.inner`."""
    encoding, mark = encoding_of(head, outside)
    for number, line in enumerate(lines(source, mark, encoding, head), 1):
        text, charset, complaint = decode(line.raw, encoding)
        if not text.strip():
            continue
        row = make_row(number, line, text, charset, [])
        if complaint:
            row.complaints.append(("encoding", complaint))
        try:
            found = json.loads(text) if line.whole else None
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            row.names, row.cells = _paths(text)
            if len(set(row.names)) < len(row.names):
                row.complaints.append(("row", "names a key twice: the first is read"))
        else:
            row.whole = False
            row.complaints.append(("row", "is no JSON object: not read"))
        yield row


def _paths(text: str) -> tuple[list[str], list[Cell]]:
    """Walk over one valid JSON object and return each leaf's path and cell."""
    names: list[str] = []
    cells: list[Cell] = []
    stack: list[str | int] = []  # a key, or a list's next index, for each open bracket
    key_next = False
    for token in TOKEN.finditer(text):
        mark = token["mark"]
        if mark in ("{", "["):
            stack.append("" if mark == "{" else 0)
            key_next = mark == "{"
        elif mark in ("}", "]"):
            stack.pop()
        elif mark == ",":
            top = stack[-1]
            if isinstance(top, int):
                stack[-1] = top + 1
            key_next = isinstance(top, str)
        elif mark == ":":
            key_next = False
        elif key_next:
            stack[-1] = str(json.loads(token["text"]))
        else:
            names.append(".".join(str(part) for part in stack))
            cells.append(_leaf(token))
    return names, cells


def _leaf(token: re.Match[str]) -> Cell:
    if token["text"] is not None:
        start, end = token.span("text")
        value = str(json.loads(token["text"])).encode("utf-8", "replace").decode()
        return Cell(value, start + 1, end - 1)
    plain, (start, end) = token["plain"], token.span("plain")
    return Cell("" if plain == "null" else plain, start, end)
