"""Joins the lines of `:86:` fields, and knows where each letter stands in the entry's text."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from palermo.vocabulary import Stretch

WIDTH = 65  # characters of a line of `:86:`, after which words are broken
# A three-digit code and then subfields, as German banks structure `:86:`.
SUBFIELD = re.compile(r"^\d{3}(?P<mark>[?>&+<])\d\d")


class Flat(NamedTuple):
    """Text without the line ends that banks put into it, and the place of each code point of it."""

    text: str
    at: Sequence[int]

    def stretch(self, start: int, end: int) -> Stretch | None:
        """Return where `text[start:end]` stands, apart from blanks at its ends; None for blanks."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return Stretch(self.at[start], self.at[end - 1] + 1) if start < end else None


def flatten(text: str, fields: Iterable[tuple[int, int]]) -> Flat:
    """Join what stands in `text` between each start and end.

    A full line broke off inside a word, and a shorter one ended there; of subfields, every line end
    is the bank's.
    """
    lines = []
    for start, end in fields:
        value = text[start:end].rstrip()
        for line in value.splitlines(keepends=True) or [""]:
            lines.append((start, line.rstrip()))
            start += len(line)
    inside = bool(lines) and SUBFIELD.match(lines[0][1]) is not None
    parts: list[str] = []
    at: list[int] = []
    for start, line in lines:
        parts.append(line)
        at += range(start, start + len(line))
        if not inside and len(line) < WIDTH - 1:
            parts.append("\n")
            at.append(start + len(line))
    flat = "".join(parts).rstrip("\n")
    return Flat(flat, at[: len(flat)])
