"""Looks at a page as a reader does: its lines, what each shows, and the parts round them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import SplitResult, urljoin, urlsplit

from palermo.decode.web.fields import CONTACT_HREF, PLACE_LABEL, PROSE, Line, read_line
from palermo.decode.web.markup import CELL, LINE, Element, Markup
from palermo.decode.web.posted import read_posted

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# What developers everywhere call these fields, and schema.org's properties.
HINTS = {
    "place": """place location city town area district address locality addresslocality region where
        neighborhood neighbourhood ort ville lugar ubicacion ciudad zona localitate oras luogo""",
    "price": "price cost rate salary rent pay wage amount precio prix preis pret prezzo cena",
    "posted": """posted date datetime ago published created dateposted datepublished fecha datum
        data timestamp postdate when time""",
    "title": "title headline heading subject titulo titre titel titlu",
}
HINT_OF = {word: kind for kind, words in HINTS.items() for word in words.split()}
TOKENS = re.compile(r"[a-zA-Z0-9]+(?:[_-]+[a-zA-Z0-9]+)*")
PARTS = re.compile(r"[_-]+|(?<=[a-z])(?=[A-Z])")
LARGEST_FIELD = 24  # pieces
FIELD = 40  # letters
ROLE_NAMES = "navigation contentinfo dialog alertdialog search banner menu menubar"
ROLES = frozenset(ROLE_NAMES.split())
FURNITURE = re.compile(
    r"(?:^|\s)(?:site|page|main|global)?[-_]?(?:nav|navbar|navigation|menu|footer|masthead)(?=\s|$)"
    r"|cookie|consent|gdpr|breadcrumb|paginat|pager|related|similar|recommend|newsletter"
    r"|(?:^|\s)comments?(?=[-_\s]|$)",
    re.IGNORECASE,
)
CONTENT = {"article", "main", "li", "tr", "td", "section"}
TYPE = re.compile(rb'"@type"\s{0,20}:\s{0,20}"(\w{1,40})"')
BYLINES = {"by", "byline", "author", "autor", "auteur", "writer", "journalist", "editor"}
STORIES = {"NewsArticle", "Article", "BlogPosting", "Report"}
NOTICE = re.compile(
    r"©|\(c\)\s*\d{4}|copyright|cookie|куки|คุกกี้|쿠키|ملفات تعريف الارتباط", re.IGNORECASE
)


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


NOTHING = (0,) * len(Sums.__slots__)


class Outline:
    """A page's lines and marks; any stretch of pieces is summed up in logarithmic time."""

    def __init__(self, markup: Markup, url: str) -> None:
        self.markup = markup
        self.url = url
        self.base = url
        self.host = host_of(url)
        self.language = ""
        self.canonical = ""
        self.title = ""
        self.anchors: list[tuple[int, int, str]] = []
        self.pictures: list[tuple[int, str]] = []
        self.headings: list[tuple[int, int]] = []
        self.titles: list[tuple[int, int]] = []
        self.furniture: list[tuple[int, int]] = []
        self.types: set[str] = set()  # of schema.org
        self.is_story = False  # it says of itself that it is news, or somebody's article
        self.off = bytearray()
        self._times: list[tuple[int, int, str]] = []
        self._hints: list[tuple[str, int, int]] = []
        for element in markup.elements:
            self._look_at(element)
        self._data()
        self.lines = list(self._lines())
        self._begins = [line.begin for line in self.lines]
        self._mark_lines()
        self._notices = [line.begin for line in self.lines if NOTICE.search(line.text)]
        self.sum_up()

    def absolute(self, href: str) -> str:
        try:
            return urljoin(self.base, href.strip())
        except ValueError:
            return ""

    def _look_at(self, element: Element) -> None:
        tag, attributes = element.tag, element.attributes
        begin, end = element.begin, element.end
        if tag == "a" and (href := attributes.get("href")):
            self.anchors.append((begin, end, href))
        elif tag == "img":
            names = ("data-src", "data-original", "src")
            source = next((found for name in names if (found := attributes.get(name))), "")
            if source and not source.startswith("data:") and not _tiny(attributes):
                self.pictures.append((begin, source))
        elif tag in HEADINGS:
            self.headings.append((begin, end))
        elif tag == "title" and not self.title:
            self.title = self.markup.text([(begin, end)])[0]
        elif tag == "html":
            self.language = (attributes.get("lang") or "").lower()
        elif tag == "base" and (href := attributes.get("href")):
            self.base = self.absolute(href)
        elif tag == "meta" and attributes.get("property") == "og:type":
            self.is_story |= attributes.get("content") == "article"
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.canonical = self.absolute(attributes.get("href") or "")
        if stamp := attributes.get("datetime"):
            self._times.append((begin, end, stamp))
        if tag in ("html", "body"):
            return
        if kind := attributes.get("itemtype"):
            self.types.add(kind.rstrip("/").rpartition("/")[2])
        self._name(element, attributes)
        if _is_furniture(element, attributes):
            self.furniture.append((begin, end))

    def _data(self) -> None:
        """Note the types that the page states of itself in JSON-LD."""
        for start, end in self.markup.data:
            stated = {kind.decode() for kind in TYPE.findall(self.markup.raw, start, end)}
            self.types |= stated & {"JobPosting"}
            self.is_story |= bool(stated & STORIES)

    def _name(self, element: Element, attributes: dict[str, str | None]) -> None:
        """Note what a field is called by its class or property."""
        named = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}"
        if element.tag in ("time", "address"):
            named = "time" if element.tag == "time" else "place"
        if named == " " or not 0 < element.end - element.begin <= LARGEST_FIELD:
            return
        for token in TOKENS.findall(named):
            words = [word.lower() for word in PARTS.split(token)]
            self.is_story |= words[0] in BYLINES
            kind = HINT_OF.get("".join(words)) or HINT_OF.get(words[-1])
            if kind is not None:
                self._hints.append((kind, element.begin, element.end))
                return

    def _lines(self) -> Iterator[Line]:
        pieces, markup = self.markup.pieces, self.markup
        linked = bytearray(len(pieces))
        for begin, end, _ in self.anchors:
            linked[begin:end] = b"\1" * (end - begin)
        begin = 0
        for at in range(len(pieces) + 1):
            if at < len(pieces) and pieces[at] not in (LINE, CELL):
                continue
            if at > begin:
                text = markup.text([(begin, at)])[0]
                if text:
                    texts = [n for n in range(begin, at) if pieces[n] >= 0]
                    share = sum(linked[n] for n in texts) / len(texts)
                    yield read_line(begin, at, text, share)
            begin = at + 1

    def _mark_lines(self) -> None:
        """Note on the lines what the elements round them say of them."""
        for at, (begin, end) in enumerate(self.headings):
            found = self.within(begin, end)
            if len(found) > 2:  # it was not closed, and holds what should follow it
                found = found[:1]
                self.headings[at] = (begin, found[0].end)
            for line in found:
                line.heading = True
        for begin, end, stamp in self._times:
            reading = read_posted(stamp[:80])
            for line in self.within(begin, end)[:1] if reading else ():
                line.posted, line.written = reading, stamp[:80]
        for begin, end, href in self.anchors:
            if CONTACT_HREF.match(href.strip()):
                for line in self.within(begin, end)[:1]:
                    line.contacts.append(href.strip())
        for kind, begin, end in self._hints:
            self._hint(kind, begin, end)
        self._columns()
        for line, following in zip(self.lines, self.lines[1:], strict=False):
            if line.letters <= 24 and following.short and PLACE_LABEL.fullmatch(line.text):
                following.place = following.place or following.text

    def _columns(self) -> None:
        """Note the places in tables that have a column of them."""
        column: int | None = None
        for element in self.markup.elements:
            cells = element.children
            if element.tag == "table":
                column = None
            if element.tag != "tr" or len(cells) < 2:
                continue
            if all(cell.tag == "th" for cell in cells):
                heads = [self.markup.text([(cell.begin, cell.end)])[0] for cell in cells]
                column = next((n for n, h in enumerate(heads) if PLACE_LABEL.fullmatch(h)), None)
            elif column is not None and column < len(cells):
                for line in self.within(cells[column].begin, cells[column].end)[:1]:
                    line.place = line.place or line.text[:80]

    def _hint(self, kind: str, begin: int, end: int) -> None:
        found = self.within(begin, end)
        if not found or len(found) > 2:
            return
        line = found[0]
        text = self.markup.text([(begin, end)])[0]
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

    def sum_up(self) -> None:
        """Prepare the sums; call again after `furniture` has changed."""
        self.off = bytearray(len(self.markup.pieces) + 1)
        for begin, end in self.furniture:
            self.off[begin:end] = b"\1" * (end - begin)
        rows = [NOTHING if self.off[line.begin] else _worth(line) for line in self.lines]
        columns = zip(*rows, strict=True) if rows else [()] * len(NOTHING)
        self._sums = [list(accumulate(column, initial=0)) for column in columns]

    def sums(self, begin: int, end: int) -> Sums:
        first = bisect_left(self._begins, begin)
        last = bisect_left(self._begins, end)
        return Sums(*[column[last] - column[first] for column in self._sums])

    def pictures_within(self, begin: int, end: int) -> list[str]:
        """Return the addresses of pictures; one that ends a stretch has no text after it."""
        first = bisect_left(self.pictures, (begin, ""))
        last = bisect_left(self.pictures, (end, "\U0010ffff"))
        return [source for _, source in self.pictures[first:last]]

    def anchors_within(self, begin: int, end: int) -> list[tuple[int, int, str]]:
        first = bisect_left(self.anchors, (begin, -1, ""))
        last = bisect_left(self.anchors, (end, -1, ""))
        return self.anchors[first:last]

    def has_notice(self, begin: int, end: int) -> bool:
        """Whether a line speaks of cookies or of who holds the rights in the site."""
        return bisect_left(self._notices, begin) < bisect_left(self._notices, end)

    def named_title(self, begin: int, end: int) -> str:
        """Return a stretch's first heading, else what its class calls a title, else ""."""
        for marks in (self.headings, self.titles):
            for at in range(bisect_left(marks, (begin, -1)), bisect_left(marks, (end, -1))):
                if text := self.markup.text([marks[at]])[0]:
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
            letters = len(self.markup.text([(at, stop)])[0])
            leads.append((heading, letters, -at, href))
        url = self.absolute(max(leads)[3]) if leads else ""
        return url if url.startswith(("http:", "https:")) else ""


def _worth(line: Line) -> tuple[int, ...]:
    return (
        1,
        line.letters,
        line.linked,
        line.letters if line.letters >= PROSE and not line.heading else 0,
        line.heading,
        line.price is not None,
        bool(line.contacts),
        line.posted is not None,
        line.place is not None,
        line.letters + line.linked <= FIELD and line.price is not None,
        line.letters + line.linked <= FIELD and bool(line.contacts),
    )


def _is_furniture(element: Element, attributes: dict[str, str | None]) -> bool:
    tag = element.tag
    if tag in ("nav", "dialog", "select", "title", "head"):
        return True
    if (attributes.get("role") or "").lower() in ROLES:
        return True
    if tag in ("header", "footer", "aside"):
        above = element.parent
        while above is not None and above.tag not in CONTENT:
            above = above.parent
        return above is None
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return named != " " and FURNITURE.search(named) is not None


def _tiny(attributes: dict[str, str | None]) -> bool:
    """Whether a picture's stated size is that of an icon or a tracking pixel."""
    sizes = [(attributes.get(side) or "").removesuffix("px") for side in ("width", "height")]
    return any(size.isdecimal() and len(size) <= 2 and int(size) <= 32 for size in sizes)


def split(url: str) -> SplitResult:
    """Split a URL; one that cannot be is as good as none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def host_of(url: str) -> str:
    try:
        return (split(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
