"""How a page is built: its elements, its texts by number, and the breaks between them, in order.

The pages of a site are built alike. So what is found out from tags alone is kept by the tags, and
a page built as one before it is not parsed again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

MARK = re.compile("\x02([0-9]{1,9})\x03")
LINE, CELL, SPACE = -1, -2, -3  # pieces that are no text: breaks
BREAKS = {LINE: "\n", CELL: "\t", SPACE: " "}
WITHIN_LINE = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr
output picture q rp rt ruby s samp small source span strike strong sub sup svg time tt u var wbr
button link meta script style noscript input select path g use tspan text
"""
INLINE = frozenset(WITHIN_LINE.split())
CELLS = {"td", "th"}
APART = {"a", "span", "button", "label", "time", "data", "output", "abbr"}
KEPT = 128  # shapes, of pages of up to `LARGEST` bytes of tags: at most some 80 MB together
LARGEST = 32768


@dataclass(slots=True, eq=False)
class Element:
    """An element of the tree; its text is `pieces[begin:end]` of its `Shape`."""

    tag: str
    node_: LexborNode | None
    parent: "Element | None"
    begin: int
    end: int = 0
    children: list["Element"] = field(default_factory=list)
    attributes_: dict[str, str | None] | None = None

    @property
    def node(self) -> LexborNode:
        assert self.node_ is not None
        return self.node_

    @property
    def attributes(self) -> dict[str, str | None]:
        """The attributes as marked up: of a kept shape, some values are numbers (`Markup.value`)."""
        if self.attributes_ is None:
            self.attributes_ = self.node.attributes
        return self.attributes_


class Row(NamedTuple):
    """What stands between two breaks of lines or cells: `pieces[begin:end]`."""

    begin: int
    end: int
    alone: int  # the number of its text, where nothing else stands there; else -1
    gap: str  # what parts it from the row before


class Shape:
    """The tree of a page of which every text is replaced by its number."""

    def __init__(self, marked: str, texts: int) -> None:
        self.parser_: LexborHTMLParser | None = LexborHTMLParser(marked)
        self.pieces: list[int] = []
        self.elements: list[Element] = []
        self.marks: object = None  # what its elements say: see `marks`
        self._walk(texts)
        self.rows = list(self._rows())

    @property
    def parser(self) -> LexborHTMLParser:
        assert self.parser_ is not None
        return self.parser_

    def _walk(self, texts: int) -> None:
        pieces, elements = self.pieces, self.elements
        parent: Element | None = None
        node = self.parser.root
        while node is not None:
            tag = node.tag or ""
            child = None
            if tag == "-text":
                marks = MARK.findall(node.text_content or "")
                numbers = [n for n in map(int, marks) if n < texts]
                pieces.extend(numbers or (SPACE,))
            elif not tag.startswith("-"):
                _break(tag, pieces)
                element = Element(tag, node, parent, len(pieces))
                elements.append(element)
                if parent is not None:
                    parent.children.append(element)
                child = node.first_child
                if child is not None:
                    parent = element
                    node = child
                    continue
                element.end = len(pieces)
                _break(tag, pieces)
            following = node.next
            while following is None and parent is not None:
                parent.end = len(pieces)
                _break(parent.tag, pieces)
                node, parent = parent.node, parent.parent
                following = node.next
            if following is not None and _stands_apart(node, following):
                pieces.append(SPACE)
            node = following

    def let_go(self) -> None:
        """Give the parser's tree up, which is large."""
        for element in self.elements:
            element.attributes_ = element.attributes
            element.node_ = None
        self.parser_ = None

    def _rows(self) -> Iterator[Row]:
        pieces = self.pieces
        begin, gap = 0, ""
        for at in range(len(pieces) + 1):
            if at < len(pieces) and pieces[at] not in (LINE, CELL):
                continue
            if at - begin == 1 and pieces[begin] >= 0:
                yield Row(begin, at, pieces[begin], gap)
                gap = ""
            elif any(piece >= 0 for piece in pieces[begin:at]):
                yield Row(begin, at, -1, gap)
                gap = ""
            if at < len(pieces) and gap != "\n":
                gap = BREAKS[pieces[at]]
            begin = at + 1


@lru_cache(maxsize=KEPT)
def kept_shape(marked: bytes, codec: str, texts: int) -> Shape:
    shape = Shape(marked.decode(codec, "replace"), texts)
    shape.let_go()
    return shape


def _break(tag: str, pieces: list[int]) -> None:
    if tag in INLINE:
        return
    pieces.append(CELL if tag in CELLS else LINE)


def _stands_apart(node: LexborNode, following: LexborNode) -> bool:
    """Whether two neighbours without a space between are still two things to a reader.

    Fields of a row are often set apart by style alone; letters of one word are in bare elements.
    """
    if node.tag not in APART or following.tag not in APART:
        return False
    return not (node.tag == following.tag == "span") or bool(
        node.attributes.get("class") or following.attributes.get("class")
    )
