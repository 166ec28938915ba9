"""Looks at a page as a reader does: its lines, what each shows, and the parts round them."""

import re
import struct
import sys
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from urllib.parse import SplitResult, urljoin, urlsplit

from palermo.decode.web.fields import CONTACT_HREF, PLACE_LABEL, PROSE, Line, read_line
from palermo.decode.web.marks import marks_of
from palermo.decode.web.markup import Markup
from palermo.decode.web.posted import read_posted

FIELD = 40  # letters
TYPE = re.compile(rb'"@type"\s{0,20}:\s{0,20}"(\w{1,40})"')
STORIES = {"NewsArticle", "Article", "BlogPosting", "Report"}


@dataclass(slots=True)
class Sums:
    """What a stretch of lines holds."""

    lines: int
    letters: int
    linked: int
    prose: int
    headings: int
    prices: int
    contacts: int
    dates: int
    places: int
    short_price: int  # in a line that holds little else: a field, not talk
    short_contact: int


# The fields of `Sums` as one number, so that all are added up at once: a page has fewer letters
# than go into each.
PACKED = struct.Struct(f"<{len(Sums.__slots__)}I")
AT = {name: 32 * at for at, name in enumerate(Sums.__slots__)}  # bits
LETTERS, LINKED, IN_PROSE = AT["letters"], AT["linked"], AT["prose"]
LINE, HEADING, PRICED, REACHED, DATED, PLACED = (
    1 << AT[name] for name in ("lines", "headings", "prices", "contacts", "dates", "places")
)
PRICED_FIELD = PRICED | 1 << AT["short_price"]
REACHED_FIELD = REACHED | 1 << AT["short_contact"]


class Outline:
    """A page's lines and marks; any stretch of pieces is summed up in logarithmic time."""

    def __init__(self, markup: Markup, url: str) -> None:
        self.markup = markup
        self.url = url
        self.base = url
        self.host = host_of(url)
        self.marks = marks = marks_of(markup.shape)
        self.language = marks.language
        self.canonical = ""
        for kind, address in marks.bases:
            setattr(self, kind, self.absolute(markup.value(address)))
        texts = (markup.words(begin, end) for begin, end in marks.named)
        self.title = next(filter(None, texts), "")
        self.anchors = [(begin, end, markup.value(href)) for begin, end, href in marks.anchors]
        pictures = [(begin, markup.value(source)) for begin, source in marks.pictures]
        self.pictures = [one for one in pictures if not one[1].startswith("data:")]
        self.headings = list(marks.headings)
        self.titles: list[tuple[int, int]] = []
        self.furniture = list(marks.furniture)
        self.types = set(marks.types)  # of schema.org
        # it says of itself that it is news, or somebody's article
        self.is_story = marks.is_story or "article" in map(markup.value, marks.kinds)
        self.off = bytearray()
        self._data()
        self.lines = [
            read_line(text.begin, text.end, text.text, marks.linked.get(text.begin, 0.0))
            for text in markup.texts
        ]
        self._begins = [line.begin for line in self.lines]
        self._mark_lines()
        self._worths = [_worth(line) for line in self.lines]
        self._notices = [line.begin for line in self.lines if line.notice]
        self._sum_up()

    def absolute(self, href: str) -> str:
        try:
            return urljoin(self.base, href.strip())
        except ValueError:
            return ""

    def _data(self) -> None:
        """Note the types that the page states of itself in JSON-LD."""
        for start, end in self.markup.data:
            stated = {kind.decode() for kind in TYPE.findall(self.markup.raw, start, end)}
            self.types |= stated & {"JobPosting"}
            self.is_story |= bool(stated & STORIES)

    def _mark_lines(self) -> None:
        """Note on the lines what the elements round them say of them."""
        for at, (begin, end) in enumerate(self.headings):
            found = self.within(begin, end)
            if len(found) > 2:  # it was not closed, and holds what should follow it
                found = found[:1]
                self.headings[at] = (begin, found[0].end)
            for line in found:
                line.heading = True
        for begin, end, number in self.marks.times:
            stamp = self.markup.value(number)
            reading = read_posted(stamp[:80])
            for line in self.within(begin, end)[:1] if reading else ():
                line.posted, line.written = reading, stamp[:80]
        for begin, end, href in self.anchors:
            if CONTACT_HREF.match(href.strip()):
                for line in self.within(begin, end)[:1]:
                    line.contacts.append(href.strip())
        for kind, begin, end in self.marks.hints:
            self._hint(kind, begin, end)
        self._columns()
        for line, following in zip(self.lines, self.lines[1:], strict=False):
            if line.letters <= 24 and following.short and PLACE_LABEL.fullmatch(line.text):
                following.place = following.place or following.text

    def _columns(self) -> None:
        """Note the places in tables that have a column of them."""
        column: int | None = None
        for element in self.marks.tables:
            cells = element.children
            if element.tag == "table":
                column = None
            if element.tag != "tr" or len(cells) < 2:
                continue
            if all(cell.tag == "th" for cell in cells):
                heads = [self.markup.words(cell.begin, cell.end) for cell in cells]
                column = next((n for n, h in enumerate(heads) if PLACE_LABEL.fullmatch(h)), None)
            elif column is not None and column < len(cells):
                for line in self.within(cells[column].begin, cells[column].end)[:1]:
                    line.place = line.place or line.text[:80]

    def _hint(self, kind: str, begin: int, end: int) -> None:
        found = self.within(begin, end)
        if not found or len(found) > 2:
            return
        line = found[0]
        text = self.markup.words(begin, end)
        if kind == "title":
            self.titles.append((begin, end))
        elif kind == "place" and line.place is None and not line.contacts and len(text) <= 80:
            line.place = text.rpartition(":")[2].strip() or None
        elif kind == "posted" and (line.posted is None or line.written == line.text):
            if reading := read_posted(text[:80]):
                line.posted, line.written = reading, text[:80]
        elif kind == "price" and any(map(str.isdecimal, text)):
            line.price = text[:80]

    def within(self, begin: int, end: int) -> list[Line]:
        """Return the lines that `pieces[begin:end]` touches."""
        first = max(bisect_left(self._begins, begin + 1) - 1, 0)
        found = self.lines[first : bisect_left(self._begins, end)]
        return found[1:] if found and found[0].end <= begin else found

    def _sum_up(self) -> None:
        """Prepare the sums, of all that is no furniture."""
        self.off = bytearray(len(self.markup.pieces) + 1)
        for begin, end in self.furniture:
            self.off[begin:end] = b"\1" * (end - begin)
        off = self.off
        pairs = zip(self._begins, self._worths, strict=True)
        worths = [0 if off[begin] else worth for begin, worth in pairs]
        self._sums = list(accumulate(worths, initial=0))
        self._summed: dict[tuple[int, int], Sums] = {}

    @contextmanager
    def without(self, furniture: list[tuple[int, int]]) -> Iterator[None]:
        """Take more of the page for furniture for a while."""
        kept = self.furniture, self.off, self._sums, self._summed
        if furniture:
            self.furniture = self.furniture + furniture
            self._sum_up()
        try:
            yield
        finally:
            self.furniture, self.off, self._sums, self._summed = kept

    def sums(self, begin: int, end: int) -> Sums:
        key = (begin, end)
        if (known := self._summed.get(key)) is None:
            first = bisect_left(self._begins, begin)
            last = bisect_left(self._begins, end)
            packed = self._sums[max(first, last)] - self._sums[first]
            known = self._summed[key] = Sums(*PACKED.unpack(packed.to_bytes(PACKED.size, "little")))
        return known

    def pictures_within(self, begin: int, end: int) -> list[str]:
        """Return the addresses of pictures; one that ends a stretch has no text after it."""
        first = bisect_left(self.pictures, (begin, ""))
        last = bisect_left(self.pictures, (end, "\U0010ffff"))
        return [source for _, source in self.pictures[first:last]]

    def anchors_within(self, begin: int, end: int) -> list[tuple[int, int, str]]:
        first = bisect_left(self.anchors, (begin, -1, ""))
        last = bisect_left(self.anchors, (end, -1, ""))
        return self.anchors[first:last]

    def may_hold_records(self, begin: int, end: int) -> bool:
        """Whether a stretch has lines and fields enough for two adverts in a row."""
        first = bisect_left(self._begins, begin)
        last = bisect_left(self._begins, end)
        if last - first < 4:
            return False
        sums = self.sums(begin, end)
        return sums.lines >= 4 and sums.prices + sums.contacts + min(sums.dates, sums.places) >= 2

    def has_notice(self, begin: int = 0, end: int = sys.maxsize) -> bool:
        """Whether a line speaks of cookies or of who holds the rights in the site."""
        return bisect_left(self._notices, begin) < bisect_left(self._notices, end)

    def named_title(self, begin: int, end: int) -> str:
        """Return a stretch's first heading, else what its class calls a title, else ""."""
        for marks in (self.headings, self.titles):
            for at in range(bisect_left(marks, (begin, -1)), bisect_left(marks, (end, -1))):
                if text := self.markup.words(*marks[at]):
                    return text
        return ""

    def own_link(self, begin: int, end: int) -> str:
        """Return where a stretch's title leads to, or "": the page that it is a summary of."""
        leads = []
        for at, stop, href in self.anchors_within(begin, end):
            href = href.strip()
            if not href or href.startswith(("#", "javascript:")) or CONTACT_HREF.match(href):
                continue
            heading = any(line.heading for line in self.within(at, stop))
            letters = len(self.markup.words(at, stop))
            leads.append((heading, letters, -at, href))
        url = self.absolute(max(leads)[3]) if leads else ""
        return url if url.startswith(("http:", "https:")) else ""


def _worth(line: Line) -> int:
    letters, linked = line.letters, line.linked
    worth = LINE | letters << LETTERS | linked << LINKED
    if line.heading:
        worth |= HEADING
    elif letters >= PROSE:
        worth |= letters << IN_PROSE
    is_field = letters + linked <= FIELD
    if line.price is not None:
        worth |= PRICED_FIELD if is_field else PRICED
    if line.contacts:
        worth |= REACHED_FIELD if is_field else REACHED
    if line.posted is not None:
        worth |= DATED
    if line.place is not None:
        worth |= PLACED
    return worth


@lru_cache(maxsize=4096)
def split(url: str) -> SplitResult:
    """Split a URL; one that cannot be is as good as none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    try:
        return (split(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
