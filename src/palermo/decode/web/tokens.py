"""Cuts HTML into tags and texts, and puts numbers in place of the texts."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from palermo.decode.web.limits import (
    DEEPEST,
    FLAT,
    FORMATTING,
    MOST_ELEMENTS,
    MOST_FORMATTING,
    MOST_TEXT,
    Stack,
    has_many_attributes,
    whole,
)

# The tokens of https://html.spec.whatwg.org/#tokenization, without look-behind into what the
# parser builds. Every alternative that begins also ends, at the latest with the data, and the
# quantifiers never give back: the time is linear in the bytes.
_TAIL = rb"""(?>[\s/]++|[^\s/>=][^\s/>=]*+(?>\s*+=\s*+(?>"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+)*+"""
_OTHER = rb"""!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*+(?:>|\Z)|/[^>]*+(?:>|\Z)"""
TOKEN = re.compile(
    rb"<(?:(?P<tag>[a-zA-Z][^\s/>]*+" + _TAIL + rb")>"
    rb"|/(?P<end>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)|" + _OTHER + rb"|"
    rb"(?P<broken>[a-zA-Z][^\s/>\"'=<]*+)[^>]*+(?:>|\Z))",
    re.DOTALL,
)
RAW = {b"script", b"style", b"xmp", b"iframe", b"noembed", b"noframes"}
RICH = {b"title", b"textarea"}  # no tags inside, but entities
ENDS = {name: re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE) for name in RAW | RICH}
BLANK = b" \t\n\r\f\x00"
# The same tokens in one go; what has no tags inside is one token with its contents.
_CLOSED = rb"|".join(
    rb"(?i:"
    + name
    + rb")(?=[\s/>])"
    + _TAIL
    + rb">[^<]*+(?:<(?!/(?i:"
    + name
    + rb")[\s/>])[^<]*+)*+"
    rb"(?:</[^>]*+(?:>|\Z))?"
    for name in sorted(RAW)
)
_TOKENS = re.compile(
    rb"(<(?:" + _CLOSED + rb"|[a-zA-Z][^\s/>]*+" + _TAIL + rb">|/[a-zA-Z][^>]*+(?:>|\Z)|" + _OTHER
    + rb"|[a-zA-Z][^\s/>\"'=<]*+[^>]*+(?:>|\Z)))",
    re.DOTALL,
)  # fmt: skip
# A tag of which each attribute can be told without looking at the others.
_CLEAN = re.compile(rb"""<[a-zA-Z][a-zA-Z0-9-]*(?:\s+[^\s"'<>/=]+="[^"]*")+\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s([^\s"'<>/=]+)="([^"]*)\"""")
# Attributes that say nothing of how a page is built, and differ from page to page.
_VARIABLE = set(b"href src datetime content alt title value data-src data-original".split())
# What the parser reads as the character that numbers of values begin with.
_LIKE_VALUE = re.compile(rb"&#(?:0*1(?![0-9])|[xX]0*1(?![0-9a-fA-F]))")
_SPECIAL = re.compile(rb"[\x00-\x1f&\x7f]")
_MOST_TOKENS = MOST_ELEMENTS // (1 + MOST_FORMATTING)
_REMEMBERED = 1 << 15
_LONGEST = 256  # bytes of a tag that is remembered


@dataclass(slots=True)
class Marked:
    """A page with its texts, and the values of some attributes, replaced by their numbers."""

    html: bytes
    spans: list[tuple[int, int]] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    data: list[tuple[int, int]] = field(default_factory=list)  # contents of JSON-LD scripts
    end: int = 0  # bytes that were read
    shared: bool = False  # its shape is that of all pages marked up like it
    parts: Sequence[bytes] = ()  # texts and tokens in turn, of all the page, where it is shared


class Tag(NamedTuple):
    """A tag as it is written for the parser, up to its first value; `rest` are the values and what
    stands between them."""

    written: bytes
    rest: tuple[tuple[str, bytes], ...] = ()
    nested: int = 0
    formatting: int = 0
    rich: bytes | None = None  # the name of an element with text, but no tags, inside
    json: bool = False  # a script that may hold JSON-LD, with its contents
    raw: bytes = b""  # the name of an element with neither tags nor entities inside: all of it


_known: tuple[dict[bytes, Tag], dict[bytes, Tag]] = ({}, {})  # of other charsets, of UTF-8
_MARKS = [b"\x02%d\x03" % number for number in range(_MOST_TOKENS + 1)]
_VALUES = [mark.replace(b"\x02", b"\x01") for mark in _MARKS]


def mark_quickly(raw: bytes, codec: str) -> Marked | None:
    """Mark a page of usual size and make in one go; None for any other."""
    utf8 = codec == "utf-8"
    at = 3 if raw.startswith(codecs.BOM_UTF8) else 0
    if len(raw) > MOST_TEXT or b"\x01" in raw or b"\x02" in raw:
        return None
    parts = _TOKENS.split(raw[at:] if at else raw)
    if len(parts) > 2 * _MOST_TOKENS:
        return None  # the parser may make more elements of it than are read
    marked = Marked(b"", end=len(raw), shared=True, parts=() if at else parts)
    out: list[bytes] = []
    tags: list[Tag] = []
    spans, values, known = marked.spans, marked.values, _known[utf8]
    rich: bytes | None = None
    tokens = iter(parts)
    for text in tokens:
        if text:
            if text.strip(BLANK):
                out.append(_MARKS[len(spans)])
                spans.append((at, at + len(text)))
            else:
                out.append(b" ")
            at += len(text)
        token = next(tokens, None)
        if token is None:
            break
        tag = known.get(token) or tag_of(token, utf8)
        if tag is None:
            return None
        tags.append(tag)
        written, rest, _, _, opens, json, _ = tag
        out.append(written)
        if rest:
            if len(values) + len(rest) > _MOST_TOKENS:
                return None
            for value, part in rest:
                out += (_VALUES[len(values)], part)
                values.append(value)
        if json:
            marked.data += _json(token, at)
        at += len(token)
        if rich is not None and written != b"</" + rich + b">":
            return None
        rich = opens
    if rich is not None or not _are_few(tags):
        return None
    marked.html = b"".join(out)
    return marked


def _are_few(tags: list[Tag]) -> bool:
    """Whether no more elements are surely open at once than the parser is given."""
    nested = len(tags) < DEEPEST or _fits([tag.nested for tag in tags], DEEPEST)
    return nested and _fits([tag.formatting for tag in tags if tag.formatting], MOST_FORMATTING + 1)


def _fits(moves: list[int], most: int) -> bool:
    """Whether no more than `most` are surely open at once."""
    if len(moves) < most:
        return True
    heights = [*accumulate(moves, initial=0)]
    return max(heights) - min(heights) < most


def _json(token: bytes, at: int) -> list[tuple[int, int]]:
    opening = TOKEN.match(token)
    assert opening is not None
    end = ENDS[b"script"].search(token, opening.end())
    return [(at + opening.end(), at + (end.start() if end else len(token)))]


def tag_of(token: bytes, utf8: bool) -> Tag | None:
    """Read a tag; None for one that is not of the usual make."""
    known = _known[utf8]
    if (tag := known.get(token)) is not None:
        return tag
    tag = _read(token, utf8)
    if tag is not None and len(token) <= _LONGEST:
        if len(known) >= _REMEMBERED:
            known.clear()
        known[token] = tag
    return tag


def _read(token: bytes, utf8: bool) -> Tag | None:
    match = TOKEN.match(token)
    assert match is not None
    if (end := match["end"]) is not None:
        name = end.lower()
        return Tag(b"</" + end + b">", (), -(name not in FLAT), -(name in FORMATTING))
    if match["broken"] is not None:
        return None
    if match["tag"] is None:
        return Tag(b"")
    name, opening = _name(match["tag"]), match[0]
    if has_many_attributes(opening) or (b"&#" in opening and _LIKE_VALUE.search(opening)):
        return None
    if name in RAW:
        json = name == b"script" and b"ld+json" in opening.lower()
        return Tag(opening + b"</" + name + b">", json=json, raw=name)
    formatting = name in FORMATTING
    written, rest = (opening, ()) if formatting else _apart(opening, utf8)
    nested = int(name not in FLAT)
    return Tag(written, rest, nested, int(formatting), name if name in RICH else None)


def _apart(opening: bytes, utf8: bool) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """Return a tag up to its first variable attribute's value, and these with what follows each."""
    if b'="' not in opening or not _CLEAN.fullmatch(opening):
        return opening, ()
    stretches = [
        match.span(2)
        for match in _ATTRIBUTE.finditer(opening)
        if match[1].lower() in _VARIABLE and is_literal(match[2], utf8)
    ]
    if not stretches:
        return opening, ()
    ends = [first for first, _ in stretches[1:]] + [len(opening)]
    rest = [
        (opening[first:last].replace(b"&amp;", b"&").decode(), opening[last:end])
        for (first, last), end in zip(stretches, ends, strict=True)
    ]
    return opening[: stretches[0][0]], tuple(rest)


def is_literal(value: bytes, utf8: bool) -> bool:
    """Whether a value is itself wherever it stands, but for ampersands."""
    plain = value.replace(b"&amp;", b"")
    if not value or _SPECIAL.search(plain):
        return False
    if plain.isascii():
        return True
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return utf8


class Marker:
    """Marks any page, however made, up to what is read of one."""

    def __init__(self, raw: bytes, codec: str) -> None:
        self._raw = raw
        self._codec = codec
        self._room = MOST_TEXT
        self.marked = Marked(b"", end=len(raw))
        self.marked.html = self._mark()

    def _mark(self) -> bytes:
        """Return the page with every text replaced by its number; set `end` to where that ends."""
        raw, out, stack, marked = self._raw, bytearray(), Stack(), self.marked
        at = 3 if raw.startswith(codecs.BOM_UTF8) else 0
        while (match := TOKEN.search(raw, at)) is not None:
            self._text(at, match.start(), out)
            if marked.end < len(raw) or stack.elements > MOST_ELEMENTS:
                marked.end = min(marked.end, match.start())
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
        end = ENDS[name].search(self._raw, match.end())
        stop = end.start() if end else len(self._raw)
        if name in RICH:
            self._text(match.end(), stop, out)
        elif name == b"script" and b"ld+json" in match[0].lower():
            self.marked.data.append((match.end(), stop))
        out += b"</" + name + b">"
        if end is None:
            return len(self._raw)
        close = self._raw.find(b">", stop)
        return close + 1 if close >= 0 else len(self._raw)

    def _text(self, start: int, end: int, out: bytearray) -> None:
        """Put a text's number in place of it, as far as there is room for text."""
        if start == end:
            return
        text = self._raw[start:end]
        if not text.strip(BLANK):
            out += b" "
            return
        size = whole(text, self._room, self._codec)
        self._room -= size
        if size < len(text):
            self.marked.end = start + size
        if size:
            out += b"\x02%d\x03" % len(self.marked.spans)
            self.marked.spans.append((start, start + size))


def _name(tag: bytes) -> bytes:
    """Return the lower-case name at the start of a tag."""
    for at, byte in enumerate(tag):
        if byte in b" \t\n\r\f\v/>":
            return tag[:at].lower()
    return tag.lower()
