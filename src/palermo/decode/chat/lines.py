"""Cuts a WhatsApp export into messages, as bytes with their offsets, in bounded memory."""

import codecs
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from palermo.decode.chat.content import trim
from palermo.decode.chat.stamp import HEADER, Shape, Stamp, read_stamp
from palermo.vocabulary import Run

LINE_LIMIT = 1 << 16
MESSAGE_LIMIT = 1 << 20  # bytes; WhatsApp itself allows 65,536 characters
_AUTHOR_LIMIT = 128
_QUOTES = '"“”„«»「」『』'
_BAD = re.compile("[\ud800-\udfff]{1,128}")


class Head(NamedTuple):
    """The start of a message: its date, and where what follows begins, in code points."""

    stamp: Stamp
    written: str
    end: int


class Chunk(NamedTuple):
    """A message, or bytes that belong to none; `head` is None for those and for later pieces."""

    offset: int
    raw: bytes
    head: Head | None
    continues: bool = False


def charset_of(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    return "utf-8"


def decode(raw: bytes, charset: str) -> str:
    """Decode without loss of place: each bad unit becomes a lone surrogate, to be shown as U+FFFD.

    An odd last byte of UTF-16 is left out.
    """
    if charset == "utf-8":
        return raw.decode(charset, "surrogateescape")
    return raw[: len(raw) & ~1].decode(charset, "surrogatepass")


def encoded_length(text: str, charset: str) -> int:
    errors = "surrogateescape" if charset == "utf-8" else "surrogatepass"
    return len(text.encode(charset, errors))


def runs(text: str, first: int, charset: str) -> tuple[str, list[Run]]:
    """Return `text` with bad units shown as U+FFFD, and its map to bytes from `first` on."""
    found: list[Run] = []
    edges = sorted({0, len(text), *(edge for bad in _BAD.finditer(text) for edge in bad.span())})
    for start, end in pairwise(edges):
        last = first + encoded_length(text[start:end], charset)
        found.append(Run(start, end, first, last))
        first = last
    return show(text), found


def show(text: str) -> str:
    """Return `text` with each bad unit as U+FFFD, in its place."""
    return _BAD.sub(lambda bad: "\ufffd" * len(bad[0]), text)


def lines(source: BinaryIO, charset: str) -> Iterator[tuple[int, bytes, bool]]:
    """Yield offset, bytes with the line end, and whether it goes on with a line cut for length."""
    source.seek(0)
    offset, cut = 0, False
    for raw in _lines_of_16(source, charset) if charset != "utf-8" else _lines_of_8(source):
        yield offset, raw, cut
        offset += len(raw)
        cut = not raw.endswith("\n".encode(charset))


def _lines_of_8(source: BinaryIO) -> Iterator[bytes]:
    while raw := source.readline(LINE_LIMIT):
        yield raw


def _lines_of_16(source: BinaryIO, charset: str) -> Iterator[bytes]:
    newline, buffer, at = "\n".encode(charset), b"", 0
    while block := source.read(LINE_LIMIT):
        buffer, at = buffer[at:] + block, 0
        found = buffer.find(newline)
        while found >= 0:
            if (found - at) % 2 == 0:
                yield buffer[at : found + 2]
                at = found + 2
                found = buffer.find(newline, at)
            else:
                found = buffer.find(newline, found + 1)
        if len(buffer) - at >= LINE_LIMIT:
            yield buffer[at : at + LINE_LIMIT]
            at += LINE_LIMIT
    if buffer[at:]:
        yield buffer[at:]


def read_head(line: str) -> Head | None:
    found = HEADER.match(line)
    if found is None:
        return None
    written = found["bracketed"] or found["bare"]
    stamp = read_stamp(written, found["bracketed"] is not None)
    if stamp is None:
        return None
    start, end = trim(written)
    return Head(stamp, written[start:end], found.end())


def chunks(source: BinaryIO, charset: str, shape: Shape) -> Iterator[Chunk]:
    """Yield the messages whose date is laid out in `shape`, and what stands before the first."""
    current: list[bytes] = []
    start, size, head, continues = 0, 0, None, False
    for offset, raw, cut in lines(source, charset):
        new = None if cut else read_head(show(decode(raw, charset)))
        if new is not None and new.stamp.shape != shape:
            new = None
        if new is not None or size + len(raw) > MESSAGE_LIMIT:
            if current:
                yield Chunk(start, b"".join(current), head, continues)
            continues = new is None
            head = new or head
            current, start, size = [], offset, 0
        current.append(raw)
        size += len(raw)
    if current:
        yield Chunk(start, b"".join(current), head, continues)


def author_span(rest: str, known: frozenset[str]) -> tuple[int, int, int] | None:
    """Return start and end of the author in `rest`, and where the words begin; None if there is
    none: a line that the application wrote.

    A colon with no space after it counts only after an author who is `known` from other messages.
    Quotation marks that do not pair show that the colon stands inside a quoted group name.
    """
    first = rest.split("\n", 1)[0].rstrip("\r")
    at = first.find(": ")
    if at < 0 and first.endswith(":"):
        at = len(first) - 1
    if at < 0:
        at = first.find(":")
        if at < 0 or _name(first[:at]) not in known:
            return None
    start, end = trim(first[:at])
    if first[start:end].startswith("~"):  # the name that a sender gave to themselves
        start += 1 + trim(first[start + 1 : end])[0]
    if start >= end or at > _AUTHOR_LIMIT or sum(first.count(q, 0, at) for q in _QUOTES) % 2:
        return None
    return start, end, min(at + 2, len(first)) if first[at : at + 2] == ": " else at + 1


def _name(text: str) -> str:
    start, end = trim(text)
    return text[start:end].removeprefix("~").lstrip("\u202f\u00a0 ")
