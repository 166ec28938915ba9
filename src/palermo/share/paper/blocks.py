"""What a report says, apart from how it looks: the one content that HTML and PDF are made from.

A plain `str` is always ours. Whatever comes from the case is a `Value`, and only a `Value`: each
renderer isolates its direction and never reads it as markup.
"""

from dataclasses import dataclass, field

from palermo.counting import many
from palermo.share.paper.plain import plain

EXCERPT = 240  # code points of evidence shown around a mark
LONGEST = 2000  # code points of one value; reasons that people write are shorter


@dataclass(frozen=True, slots=True)
class Value:
    """Words of the case. `mark` is the span to highlight, in code points of `text`."""

    text: str
    code: bool = False  # set in fixed width: a digest, an id, a locator
    mark: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """The words of the record that a statement was read from, set smaller below it."""

    words: Value


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, where the statement before it comes from."""

    line: "Line"


Inline = str | Value | Strong | Written | Note
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: Line
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Items:
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` are shares of the page's width, one a column."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Notice | Facts | Items | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole report: `cover` stands alone on the first page, `blocks` after it."""

    title: str
    subtitle: Value
    handling: Value
    footer: Value
    made: str  # ISO 8601
    author: Value
    cover: tuple[Block, ...]
    blocks: tuple[Block, ...] = field(default_factory=tuple)


def value(text: object, code: bool = False) -> Value:
    """Return anything from the case as it is shown inside a line."""
    words = str(text)
    rest = _left_out(len(words) - LONGEST, " ") if len(words) > LONGEST else ""
    return Value(_one_line(plain(words[:LONGEST])) + rest, code)


def excerpt(text: str, start: int | None, end: int | None) -> Value:
    """Return the words around a span, the span marked, and how much was left out on each side."""
    first = 0 if start is None else min(start, len(text))
    last = first if end is None or start is None else min(max(end, first), first + EXCERPT)
    room = max(0, EXCERPT - (last - first)) // 2
    left = max(0, min(first - room, len(text) - EXCERPT))
    right = min(len(text), max(last + room, left + EXCERPT))
    before = _left_out(left) + _one_line(plain(text[left:first]))
    words = _one_line(plain(text[first:last]))
    after = _one_line(plain(text[last:right])) + _left_out(len(text) - right, " ")
    mark = (len(before), len(before) + len(words)) if words else None
    return Value(before + words + after, mark=mark)


def _left_out(number: int, gap: str = "") -> str:
    if number == 0:
        return ""
    said = many(number, "character")
    return f"{gap}[… {said}]" if gap else f"[{said} …] "


def _one_line(text: str) -> str:
    return text.replace("\n", " ↵ ")


def joined(lines: list[Line]) -> Line:
    return tuple(part for n, line in enumerate(lines) for part in (("; ", *line) if n else line))
