"""Reads HTML into a tree whose every text leads back to its bytes.

The parser (lexbor) gives no positions. So the bytes are first cut into tags and texts; each text
is replaced by its number, the parser builds the tree, and the numbers in it say which bytes stand
where. However the parser mends a broken page, a text's bytes are known by construction.
"""

import codecs
import html
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from palermo.decode.web.charset import TRANSCODED
from palermo.decode.web.limits import (
    MOST_BYTES,
    MOST_ELEMENTS,
    MOST_RECODED,
    MOST_TEXT,
    Stack,
    has_many_attributes,
    transcode,
    whole,
)
from palermo.vocabulary import Run

# The tokens of https://html.spec.whatwg.org/#tokenization, without look-behind into what the
# parser builds. Every alternative that begins also ends, at the latest with the data, and the
# quantifiers never give back: the time is linear in the bytes.
TOKEN = re.compile(
    rb"""<(?:
      (?P<tag>[a-zA-Z][^\s/>]*+
        (?>[\s/]++|[^\s/>=][^\s/>=]*+(?>\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+)*+
      )>
      | /(?P<end>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)
      | !--(?:-?>|.*?(?:--!?>|\Z))
      | [!?][^>]*+(?:>|\Z)
      | /[^>]*+(?:>|\Z)
      | (?P<broken>[a-zA-Z][^\s/>"'=<]*+)[^>]*+(?:>|\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
RAW = {b"script", b"style", b"xmp", b"iframe", b"noembed", b"noframes"}
RICH = {b"title", b"textarea"}  # no tags inside, but entities
ENDS = {name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in RAW | RICH}
MARK = re.compile("\x02([0-9]{1,9})\x03")
PARTS = re.compile(
    rb"[ \t\n\r\f]{2,}|[\t\n\r\f]|\x00+"
    rb"|&(?:#[0-9]{1,12};?|#[xX][0-9a-fA-F]{1,12};?|[a-zA-Z][a-zA-Z0-9]{1,40};?)"
)
BLANK = b" \t\n\r\f\x00"
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


@dataclass(slots=True, eq=False)
class Element:
    """An element of the tree; its text is `pieces[begin:end]` of its `Markup`."""

    tag: str
    node: LexborNode
    parent: "Element | None"
    begin: int
    end: int = 0
    children: list["Element"] = field(default_factory=list)
    attributes_: dict[str, str | None] | None = None

    @property
    def attributes(self) -> dict[str, str | None]:
        if self.attributes_ is None:
            self.attributes_ = self.node.attributes
        return self.attributes_


class Markup:
    """A page as a tree, with `pieces`: its texts by number, and the breaks between, in order."""

    def __init__(self, raw: bytes, charset: str) -> None:
        self.charset = charset
        self.source = raw
        self.back: array[int] | None = None  # from bytes of `raw` to bytes of the source
        most = whole(raw, MOST_RECODED if charset in TRANSCODED else MOST_BYTES, charset)
        raw = raw[:most]
        if charset in TRANSCODED:
            raw, self.back = transcode(raw, charset)
            charset = "utf-8"
        self._codec = charset
        self.raw = raw
        self.spans: list[tuple[int, int]] = []
        self.data: list[tuple[int, int]] = []  # contents of scripts that hold JSON-LD
        self._room = MOST_TEXT
        self.end = len(raw)
        marked = self._mark()
        if self.back is not None:
            self.end = self.back[self.end]  # bytes of the source, from here on
        self.parser = LexborHTMLParser(marked.decode(charset, "replace"))
        self.pieces: list[int] = []
        self.elements: list[Element] = []
        self._walk()
        self._cache: dict[int, list[tuple[str, int, int]]] = {}

    def _mark(self) -> bytes:
        """Return the page with every text replaced by its number; set `end` to where that ends."""
        raw, out, stack = self.raw, bytearray(), Stack()
        at = 3 if raw.startswith(codecs.BOM_UTF8) else 0
        while (match := TOKEN.search(raw, at)) is not None:
            self._text(at, match.start(), out)
            if self.end < len(raw) or stack.elements > MOST_ELEMENTS:
                self.end = min(self.end, match.start())
                return bytes(out)
            at = match.end()
            name = match["tag"] or match["broken"]
            if name is None:
                end = match["end"]
                if end is not None:
                    stack.close(end.lower())
                    out += b"</" + end + b">"
                continue
            name = _name(name)
            if not stack.open(name):
                continue
            plain = match["tag"] is None or has_many_attributes(match[0])
            out += b"<" + name + b">" if plain else match[0]
            if name in ENDS:
                stack.close(name)
                at = self._contents(name, match, out)
        self._text(at, len(raw), out)
        return bytes(out)

    def _contents(self, name: bytes, match: re.Match[bytes], out: bytearray) -> int:
        """Pass over what an element without tags inside holds; return where the page goes on."""
        end = ENDS[name].search(self.raw, match.end())
        stop = end.start() if end else len(self.raw)
        if name in RICH:
            self._text(match.end(), stop, out)
        elif name == b"script" and b"ld+json" in match[0].lower():
            self.data.append((match.end(), stop))
        out += b"</" + name + b">"
        if end is None:
            return len(self.raw)
        close = self.raw.find(b">", stop)
        return close + 1 if close >= 0 else len(self.raw)

    def _text(self, start: int, end: int, out: bytearray) -> None:
        """Put a text's number in place of it, as far as there is room for text."""
        if start == end:
            return
        text = self.raw[start:end]
        if not text.strip(BLANK):
            out += b" "
            return
        size = whole(text, self._room, self._codec)
        self._room -= size
        if size < len(text):
            self.end = start + size
        if size:
            out += b"\x02%d\x03" % len(self.spans)
            self.spans.append((start, start + size))

    def _walk(self) -> None:
        pieces, elements = self.pieces, self.elements
        parent: Element | None = None
        node = self.parser.root
        while node is not None:
            tag = node.tag or ""
            child = None
            if tag == "-text":
                marks = MARK.findall(node.text_content or "")
                numbers = [n for n in map(int, marks) if n < len(self.spans)]
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

    def text(self, ranges: Iterable[tuple[int, int]]) -> tuple[str, list[Run]]:
        """Return the text of ranges of pieces as a reader sees it, and the map to its bytes."""
        out: list[str] = []
        runs: list[Run] = []
        length, gap = 0, ""
        pieces, parts = self.pieces, self._parts
        for begin, end in ranges:
            if out and gap != "\n":
                gap = "\n"
            for piece in pieces[begin:end]:
                if piece < 0:
                    if piece == LINE or (piece == CELL and gap != "\n"):
                        gap = BREAKS[piece]
                    elif not gap:
                        gap = " "
                    continue
                for text, first, last in parts(piece):
                    if not text:
                        gap = gap or " "
                        continue
                    if gap:
                        if out:
                            out.append(gap)
                            length += 1
                        gap = ""
                    out.append(text)
                    if first < last:
                        runs.append(Run(length, length + len(text), first, last))
                    length += len(text)
        return "".join(out), runs

    def bytes_of(self, begin: int, end: int) -> tuple[int, int]:
        """Return the first and last byte of the texts among `pieces[begin:end]`."""
        numbers = [piece for piece in self.pieces[begin:end] if piece >= 0]
        first = min(self.spans[number][0] for number in numbers)
        last = max(self.spans[number][1] for number in numbers)
        return (first, last) if self.back is None else (self.back[first], self.back[last])

    def _parts(self, number: int) -> list[tuple[str, int, int]]:
        """Cut a text where it differs from its bytes: (text, first, last), "" for white space."""
        known = self._cache.get(number)
        if known is None:
            known = list(self._cut(*self.spans[number]))
            if self.back is not None:
                known = [self._led_back(*part) for part in known]
            self._cache[number] = known
        return known

    def _led_back(self, text: str, first: int, last: int) -> tuple[str, int, int]:
        """Return a part with its place in the source, or with none where that is not certain."""
        assert self.back is not None
        start, end = self.back[first], self.back[last]
        written = self.source[start:end].decode(self.charset, "replace")
        # broken shifts of ISO-2022-JP make a part read otherwise by itself than in its place
        return (text, start, end) if text in ("", written, html.unescape(written)) else (text, 0, 0)

    def _cut(self, start: int, end: int) -> Iterable[tuple[str, int, int]]:
        raw, codec = self.raw, self._codec
        if raw[start] == 0x20:  # a single space between words stays in the run, at the ends not
            yield "", start, start + 1
            start += 1
        at = start
        for match in PARTS.finditer(raw, start, end):
            first, last = match.span()
            if at < first:
                yield raw[at:first].decode(codec, "replace"), at, first
            at = last
            kind = raw[first]
            if kind == 0x26:
                yield html.unescape(match[0].decode("ascii")), first, last
            elif kind:
                yield "", first, last
        if at < end and raw[end - 1] == 0x20:
            if at < end - 1:
                yield raw[at : end - 1].decode(codec, "replace"), at, end - 1
            yield "", end - 1, end
        elif at < end:
            yield raw[at:end].decode(codec, "replace"), at, end


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


def _name(tag: bytes) -> bytes:
    """Return the lower-case name at the start of a tag."""
    for at, byte in enumerate(tag):
        if byte in b" \t\n\r\f\v/>":
            return tag[:at].lower()
    return tag.lower()
