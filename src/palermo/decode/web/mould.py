"""Remembers what the pages of a site are cast in: the bytes that all pages of one shape share.

Pages of a site differ in a few texts, addresses and scripts. Where a page is the shared bytes with
other contents in between, its tags and texts are where the mould says, and what was found out about
the shared texts holds for them too. Whatever does not fit is read as if there were no mould.
"""

from codecs import BOM_UTF8
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from palermo.decode.web.shape import Shape
from palermo.decode.web.tokens import BLANK, ENDS, Marked, Tag, is_literal, tag_of

KEPT = 64  # moulds, of pages of up to `LARGEST` bytes: at most some 20 MB together
LARGEST = 1 << 17
TEXT, VALUE = b"<", b'"'  # a hole for either, by what ends it; that for a script is its name

# The number of a fixed stretch, and first and last byte from its start; of the hole after it, these
# are `AFTER` it.
Place = tuple[int, int, int]
AFTER = -1
Runs = list[tuple[int, int, int, int]]


class Row(NamedTuple):
    """A row of a shape whose text is fixed; its runs are from the start of a fixed stretch."""

    text: str
    runs: Runs
    stretch: int


@dataclass(slots=True)
class Cast:
    """A page that fits a mould."""

    marked: Marked
    mould: "Mould"
    starts: list[int]  # of the fixed stretches

    def rows(self) -> dict[int, tuple[str, Runs]]:
        """Return what is known of the page's rows, by their first piece: text, and map to bytes."""
        found = {}
        for begin, (text, runs, stretch) in (self.mould.rows or {}).items():
            at = self.starts[stretch]
            found[begin] = (text, [(a, b, at + c, at + d) for a, b, c, d in runs])
        return found

    def keep(self, texts: Iterable[tuple[int, str, Runs]]) -> None:
        """Keep what the page's rows say, where that is fixed."""
        if self.mould.rows is None:
            self.mould.keep(texts, self.starts)


@dataclass(slots=True)
class Mould:
    """Fixed stretches, and the holes between them: hole `n` is after stretch `n`."""

    shape: Shape
    codec: str
    parts: Sequence[bytes]  # of one page: texts and tokens in turn
    loose: set[int] = field(default_factory=set)  # which of them differ from page to page
    fixed: list[bytes] = field(default_factory=list)
    holes: list[bytes] = field(default_factory=list)
    spans: list[Place] = field(default_factory=list)
    values: list[str | int] = field(default_factory=list)  # or their hole's number
    data: list[Place] = field(default_factory=list)
    rows: dict[int, Row] | None = None  # by first piece; not known before a page was read

    def fit(self, raw: bytes) -> Cast | None:
        """Return where everything is, if the page is cast in this mould."""
        if not raw.startswith(self.fixed[0]):
            return None
        at = len(self.fixed[0])
        starts, ends = [0], [at]
        for number, hole in enumerate(self.holes, 1):
            if len(hole) == 1:
                end = raw.find(hole, at)
            else:
                found = ENDS[hole].search(raw, at)
                end = found.start() if found else -1
            end = len(raw) if end < 0 else end
            following = self.fixed[number]
            if not raw.startswith(following, end):
                return None
            starts.append(end)
            at = end + len(following)
            ends.append(at)
        if at != len(raw) or not self._are_sound(raw, starts, ends):
            return None
        return Cast(self._marked(raw, starts, ends), self, starts)

    def _are_sound(self, raw: bytes, starts: list[int], ends: list[int]) -> bool:
        """Whether the holes are filled with what they are for."""
        for hole, first, last in zip(self.holes, ends, starts[1:], strict=False):
            if hole == TEXT and not raw[first:last].strip(BLANK):
                return False
            if hole == VALUE and not is_literal(raw[first:last], self.codec == "utf-8"):
                return False
        return True

    def _marked(self, raw: bytes, starts: list[int], ends: list[int]) -> Marked:
        def place(stretch: int, first: int, last: int) -> tuple[int, int]:
            if first == AFTER:
                return ends[stretch], starts[stretch + 1]
            return starts[stretch] + first, starts[stretch] + last

        marked = Marked(b"", end=len(raw), shared=True)
        marked.spans = [place(*one) for one in self.spans]
        marked.data = [place(*one) for one in self.data]
        marked.values = [
            one if isinstance(one, str) else _value(raw[ends[one] : starts[one + 1]])
            for one in self.values
        ]
        return marked

    def widen(self, parts: Sequence[bytes]) -> bool:
        """Take in another page of the same shape; return whether there can be one mould of both."""
        if len(parts) != len(self.parts):
            return False
        pairs = enumerate(zip(self.parts, parts, strict=True))
        loose = self.loose | {at for at, (one, other) in pairs if one != other}
        if loose == self.loose:
            return bool(self.fixed)
        utf8 = self.codec == "utf-8"
        for at in loose:
            if at % 2 and not _are_alike(self.parts[at], parts[at], utf8):
                return False
            if not at % 2 and not (self.parts[at].strip(BLANK) and parts[at].strip(BLANK)):
                return False
        self.loose, self.rows = loose, None
        self._cut()
        return True

    def _cut(self) -> None:
        self.fixed, self.holes = [b""], []
        self.spans, self.values, self.data = [], [], []
        for at, part in enumerate(self.parts):
            if at % 2 == 0 and part:
                self._text(part, at in self.loose)
            elif at % 2:
                tag = tag_of(part, self.codec == "utf-8")
                assert tag is not None
                self._token(part, tag, at in self.loose)

    def _text(self, part: bytes, loose: bool) -> None:
        if part.strip(BLANK):
            self.spans.append(self._put(part, TEXT if loose else b""))
        else:
            self._put(part, b"")

    def _token(self, part: bytes, tag: Tag, loose: bool) -> None:
        if tag.raw:
            opening, contents, end = _script(part, tag)
            self._put(opening, b"")
            place = self._put(contents, tag.raw if loose else b"")
            self._put(end, b"")
            if tag.json:
                self.data.append(place)
            return
        if not loose:
            self._put(part, b"")
            self.values += [value for value, _ in tag.rest]
            return
        self._put(tag.written, b"")
        for value, between in tag.rest:
            self.values.append(len(self.holes))
            self._put(value.encode(), VALUE)
            self._put(between, b"")

    def _put(self, part: bytes, hole: bytes) -> Place:
        """Add a fixed part, or a hole in place of it; return its place."""
        stretch, start = len(self.fixed) - 1, len(self.fixed[-1])
        if hole:
            self.holes.append(hole)
            self.fixed.append(b"")
            return stretch, AFTER, AFTER
        self.fixed[-1] += part
        return stretch, start, start + len(part)

    def keep(self, texts: Iterable[tuple[int, str, Runs]], starts: list[int]) -> None:
        """Keep what the fixed rows say, of a page that was read."""
        self.rows = {}
        loose = {number for number, place in enumerate(self.spans) if place[1] == AFTER}
        ends = {row.begin: row.end for row in self.shape.rows}
        for begin, text, runs in texts:
            numbers = {piece for piece in self.shape.pieces[begin : ends[begin]] if piece >= 0}
            stretches = {self.spans[number][0] for number in numbers}
            if numbers & loose or len(stretches) != 1 or not runs:
                continue
            [stretch] = stretches
            start = starts[stretch]
            near = [(a, b, first - start, last - start) for a, b, first, last in runs]
            self.rows[begin] = Row(text, near, stretch)


_known: OrderedDict[tuple[bytes, str], Mould] = OrderedDict()  # the last used last


def cast(raw: bytes, codec: str) -> Cast | None:
    """Return a page as cast in one of the moulds known; None where it fits none."""
    if len(raw) > LARGEST or b"\x01" in raw or b"\x02" in raw or raw.startswith(BOM_UTF8):
        return None
    for key, mould in reversed(_known.items()):
        if mould.fixed and mould.codec == codec and (found := mould.fit(raw)) is not None:
            _known.move_to_end(key)
            return found
    return None


def learn(marked: Marked, codec: str, shape: Shape) -> None:
    """Take a page that fits no mould into that of its shape, or make one of it."""
    if not marked.parts or marked.end > LARGEST:
        return
    key = (marked.html, codec)
    mould = _known.get(key)
    if mould is None or not mould.widen(marked.parts):
        _known[key] = Mould(shape, codec, marked.parts)
    _known.move_to_end(key)
    if len(_known) > KEPT:
        _known.popitem(last=False)


def _are_alike(one: bytes, other: bytes, utf8: bool) -> bool:
    """Whether two tokens differ in nothing but the values, or the script, that they hold."""
    tags = tag_of(one, utf8), tag_of(other, utf8)
    if tags[0] is None or tags[1] is None or tags[0].written != tags[1].written:
        return False
    if tags[0].raw:
        end, other_end = _script(one, tags[0])[2], _script(other, tags[1])[2]
        return end == other_end != b""
    betweens = [[between for _, between in tag.rest] for tag in tags if tag]
    return bool(betweens[0]) and betweens[0] == betweens[1]


def _script(token: bytes, tag: Tag) -> tuple[bytes, bytes, bytes]:
    """Return an element without tags inside as its start, its contents and its end."""
    first = len(tag.written) - len(tag.raw) - len(b"</>")
    end = ENDS[tag.raw].search(token, first)
    last = end.start() if end else len(token)
    return token[:first], token[first:last], token[last:]


def _value(written: bytes) -> str:
    return written.replace(b"&amp;", b"&").decode()
