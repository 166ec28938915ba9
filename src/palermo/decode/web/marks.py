"""Notes what the elements of a page say of themselves: names, roles, links, headings.

All of it follows from the shape alone, so pages of one shape share it.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import TypeVar, cast

from palermo.decode.web.shape import Element, Shape

Found = TypeVar("Found")
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
LONGEST_HEAD = 5  # pieces of a title that is no heading
ROLE_NAMES = "navigation contentinfo dialog alertdialog search banner menu menubar"
ROLES = frozenset(ROLE_NAMES.split())
FURNITURE = re.compile(
    r"(?:^|\s)(?:site|page|main|global)?[-_]?(?:nav|navbar|navigation|menu|footer|masthead)(?=\s|$)"
    r"|cookie|consent|gdpr|breadcrumb|paginat|pager|related|similar|recommend|newsletter"
    r"|(?:^|\s)comments?(?=[-_\s]|$)",
    re.IGNORECASE,
)
WHOLE = {"html", "body", "main", "article", "h1", "h2", "h3"}
CONTENT = {"article", "main", "li", "tr", "td", "section"}
BYLINES = {"by", "byline", "author", "autor", "auteur", "writer", "journalist", "editor"}


class Marks:
    """What the elements of a shape say; values of attributes are as in the shape."""

    def __init__(self, shape: Shape) -> None:
        self.anchors: list[tuple[int, int, str]] = []
        self.pictures: list[tuple[int, str]] = []
        self.headings: list[tuple[int, int]] = []
        self.furniture: list[tuple[int, int]] = []
        self.types: set[str] = set()  # of schema.org
        self.named: list[tuple[int, int]] = []  # elements `title`
        self.bases: list[tuple[str, str]] = []  # ("base" or "canonical", address) in order
        self.kinds: list[str] = []  # what the page says that it is, by the Open Graph protocol
        self.language = ""
        self.is_story = False  # it has a by-line
        self.times: list[tuple[int, int, str]] = []
        self.hints: list[tuple[str, int, int]] = []
        for element in shape.elements:
            self._look_at(element)
        self._noted: dict[int, object] = {}  # by the id of a part of the shape
        self.tables = [e for e in shape.elements if e.tag in ("table", "tr")]
        self.parents = [e for e in shape.elements if len(e.children) > 1]
        self.heads = [e for e in shape.elements if _may_head(e)]
        self.blocks = [e for e in shape.elements if e.begin < e.end and e.tag not in WHOLE]
        self.lists = [e for e in self.blocks if self._may_be_list(e)]  # of links
        linked = bytearray(len(shape.pieces))
        for begin, end, _ in self.anchors:
            linked[begin:end] = b"\1" * (end - begin)
        # by the first piece of a row: the share of its texts that stands in links, if any does
        self.linked: dict[int, float] = {}
        for row in shape.rows:
            if any(linked[row.begin : row.end]):
                texts = [n for n in range(row.begin, row.end) if shape.pieces[n] >= 0]
                self.linked[row.begin] = sum(linked[n] for n in texts) / len(texts)

    def noted(self, of: object, find: Callable[[], Found]) -> Found:
        """Return what was found out about a part of the shape before, or is found out now."""
        if (known := self._noted.get(id(of))) is None:
            known = self._noted[id(of)] = find()
        return cast(Found, known)

    def links_within(self, begin: int, end: int) -> int:
        first = bisect_left(self.anchors, (begin, -1, ""))
        return bisect_left(self.anchors, (end, -1, "")) - first

    def _may_be_list(self, element: Element) -> bool:
        return element.tag in ("ul", "ol") or self.links_within(element.begin, element.end) >= 3

    def _look_at(self, element: Element) -> None:
        tag, attributes = element.tag, element.attributes
        begin, end = element.begin, element.end
        if tag == "a" and (href := attributes.get("href")):
            self.anchors.append((begin, end, href))
        elif tag == "img":
            names = ("data-src", "data-original", "src")
            source = next((found for name in names if (found := attributes.get(name))), "")
            if source and not _tiny(attributes):
                self.pictures.append((begin, source))
        elif tag in HEADINGS:
            self.headings.append((begin, end))
        elif tag == "title":
            self.named.append((begin, end))
        elif tag == "html":
            self.language = (attributes.get("lang") or "").lower()
        elif tag == "base" and (href := attributes.get("href")):
            self.bases.append(("base", href))
        elif tag == "meta" and attributes.get("property") == "og:type":
            self.kinds.append(attributes.get("content") or "")
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.bases.append(("canonical", attributes.get("href") or ""))
        if stamp := attributes.get("datetime"):
            self.times.append((begin, end, stamp))
        if tag in ("html", "body"):
            return
        if kind := attributes.get("itemtype"):
            self.types.add(kind.rstrip("/").rpartition("/")[2])
        self._name(element, attributes)
        if _is_furniture(element, attributes):
            self.furniture.append((begin, end))

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
                self.hints.append((kind, element.begin, element.end))
                return


def _may_head(element: Element) -> bool:
    """Whether an element may title a page's one advert: a heading, or a short line."""
    size = element.end - element.begin
    return size > 0 and (element.tag in ("h1", "h2", "h3") or size <= LONGEST_HEAD)


def marks_of(shape: Shape) -> Marks:
    """Return a shape's marks, which it keeps."""
    if not isinstance(shape.marks, Marks):
        shape.marks = Marks(shape)
    return shape.marks


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
