"""Frames the records of WARC and ARC files, sound or damaged, with their place in the file.

warcio, which the tests compare with, stops at the first damaged record and writes the damage to
standard error; evidence needs every readable record, and the damage by its place.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from palermo.vocabulary import Problem

GZIP = b"\x1f\x8b\x08"
CHUNK = 1 << 16
FIRST = 1 << 13  # bytes: many a page is shorter, compressed
LONGEST_LINE = 1 << 16
LONGEST_HEAD = 1 << 18
LARGEST = 32 << 20  # bytes of one record that are held in memory at once
START = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
INNER_START = re.compile(rb"\r?\n\r?\n(?=WARC/\d\.\d+[ \t]*\r?\nWARC-|WARC/\d\.\d+\r?\nContent-)")
ARC_START = re.compile(
    rb"(?P<url>[a-zA-Z][\w+.-]*:\S?.*) (?P<address>\S+) (?P<date>\d{8,18}) "
    rb"(?P<type>\S+) (?P<length>-?\w+)[ \t]*\r?\n"
)
CONTINUED = re.compile(r"\r?\n[ \t]+")
EMPTY_LINE = re.compile(rb"\n\r*\n")
HEADER = re.compile(r"^([^:\n]*+):(.*)", re.MULTILINE)


@dataclass(slots=True)
class Record:
    """One record: its headers in lower case, its block, and where in the file it stands."""

    locator: str
    headers: dict[str, str]
    block: bytes
    length: int  # as stated; more than len(block) where the file was cut short or it is too large
    faults: list[tuple[str, str]] = field(default_factory=list)  # kind and message


class Tape:
    """Bytes from `offset` on: a plain file to its end, or one gzip member decompressed."""

    def __init__(self, source: BinaryIO, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.next = offset  # where the next raw byte is read: others may move the source between
        self.position = 0  # decompressed bytes handed out
        self.fault: str | None = None
        self._buffer = b""
        self._at = 0
        source.seek(offset)
        self.zipped = source.read(len(GZIP)) == GZIP
        self._zip = zlib.decompressobj(16 + zlib.MAX_WBITS) if self.zipped else None

    def _fill(self) -> bool:
        while self.fault is None:
            if self._zip is not None and self._zip.eof:
                return False
            if self._zip is not None and self._zip.unconsumed_tail:
                raw = self._zip.unconsumed_tail
            else:
                self.source.seek(self.next)
                raw = self.source.read(FIRST if self.next == self.offset else CHUNK)
                self.next += len(raw)
            if not raw:
                self.fault = "the gzip data is cut short" if self._zip else None
                return False
            data = self._inflate(raw) if self._zip is not None else raw
            if data:
                self._buffer = self._buffer[self._at :] + data
                self._at = 0
                return True
        return False

    def _inflate(self, raw: bytes) -> bytes:
        assert self._zip is not None
        try:
            data = self._zip.decompress(raw, 16 * CHUNK)
        except zlib.error as error:
            self.fault = f"the gzip data is damaged ({error})"
            return b""
        if self._zip.eof:
            self.next -= len(self._zip.unused_data)
        return data

    def join(self) -> bool:
        """Go on into the next gzip member, unless that begins with a record of its own."""
        if not self.zipped or self.fault is not None or not _is_member(self.source, self.next):
            return False
        ahead = Tape(self.source, self.next).line()
        if START.match(ahead) or ARC_START.match(ahead):
            return False
        self._zip = zlib.decompressobj(16 + zlib.MAX_WBITS)
        return True

    def line(self) -> bytes:
        """Return the next line with its end, at most `LONGEST_LINE` bytes of it."""
        while (end := self._buffer.find(b"\n", self._at)) < 0:
            if len(self._buffer) - self._at >= LONGEST_LINE or not self._fill():
                end = min(len(self._buffer), self._at + LONGEST_LINE) - 1
                break
        return self._take(end + 1 - self._at)

    def head(self) -> bytes:
        """Return the lines up to and with the next empty one, or nothing where it takes a closer
        look to find it."""
        found = EMPTY_LINE.search(self._buffer, self._at)
        size = found.end() - self._at if found else 0
        first = self._buffer[self._at : self._at + 1]
        if (
            size > LONGEST_LINE
            or first in b"\r\n"
            or b"WARC/" in self._buffer[self._at : self._at + size]
        ):
            return b""
        return self._take(size)

    def read(self, count: int) -> bytes:
        pieces = []
        while count > 0 and (self._at < len(self._buffer) or self._fill()):
            piece = self._take(min(count, len(self._buffer) - self._at))
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def skip(self, count: int) -> int:
        """Pass over up to `count` bytes in bounded memory; return how many there were."""
        start = self.position
        while (left := count - (self.position - start)) > 0 and self.read(min(left, CHUNK)):
            pass
        return self.position - start

    def back(self, data: bytes) -> None:
        """Put back bytes just read."""
        self._buffer = data + self._buffer[self._at :]
        self._at = 0
        self.position -= len(data)

    def _take(self, count: int) -> bytes:
        taken = self._buffer[self._at : self._at + count]
        self._at += count
        self.position += count
        return taken


def records(
    source: BinaryIO, first: int = 0, stop: int | None = None
) -> Iterator[Record | Problem]:
    """Yield every record that can be read, and a located problem for every stretch that cannot.

    Of a section, `first` and `stop` are where records begin, as of `begins`.
    """
    source.seek(0, 2)
    size = source.tell()
    offset = first
    stop = size if stop is None else stop
    while offset < stop:
        tape = Tape(source, offset)
        yield from _zipped(tape) if tape.zipped else _plain(tape, stop)
        if not tape.zipped:
            return
        if tape.fault is None:
            offset = tape.next
        else:
            found = _next_member(source, offset + 1)
            yield Problem(
                locator=f"offset:{offset};length:{(found or size) - offset}",
                kind="gzip",
                message=tape.fault,
            )
            offset = found or size
        if offset < size and not _is_member(source, offset):
            found = _next_member(source, offset)
            yield Problem(
                locator=f"offset:{offset};length:{(found or size) - offset}",
                kind="gzip",
                message="bytes between the gzip members that are no gzip data",
            )
            offset = found or size


def record_at(source: BinaryIO, locator: str) -> Record:
    """Return the record that a locator made by `records` names."""
    place = dict(part.split(":", 1) for part in locator.split(";"))
    tape = Tape(source, int(place["offset"]))
    tape.skip(int(place.get("inner", 0)))
    for item in _framed(tape):
        if isinstance(item, Record):
            return item
    raise LookupError(f"no record at {locator}")


def begins(record: Record) -> int | None:
    """Return where in the file a record begins, so that reading may begin there too."""
    place = dict(part.split(":", 1) for part in record.locator.split(";"))
    return int(place["offset"]) if place.get("inner", "0") == "0" else None


def _plain(tape: Tape, stop: int) -> Iterator[Record | Problem]:
    for item in _framed(tape):
        start, _, length = item.locator.partition("+")
        if tape.offset + int(start) >= stop:
            return
        item.locator = f"offset:{tape.offset + int(start)};length:{length}"
        yield item


def _zipped(tape: Tape) -> Iterator[Record | Problem]:
    """Yield a member's records; those that share a member are told apart by `inner`."""
    shared = False
    for item in _framed(tape):
        alone = not shared and _rest_is_blank(tape)
        start, _, length = item.locator.partition("+")
        if alone and isinstance(item, Record):
            item.locator = f"offset:{tape.offset};length:{tape.next - tape.offset}"
        else:
            item.locator = f"offset:{tape.offset};inner:{start};size:{length}"
        if not alone and not shared and isinstance(item, Record):
            shared = True
            yield Problem(
                locator=f"offset:{tape.offset}",
                kind="gzip",
                message="several records share one gzip member: all are read, from its start on",
            )
        yield item


def _rest_is_blank(tape: Tape) -> bool:
    while line := tape.line():
        if line.strip():
            tape.back(line)
            return False
    return True


def _framed(tape: Tape) -> Iterator[Record | Problem]:
    """Yield a tape's records with locator "start+length" in decompressed bytes."""
    lost = -1  # where a stretch that is no record began
    while line := tape.line():
        start = tape.position - len(line)
        warc = START.match(line)
        arc = None if warc else ARC_START.match(line)
        if warc or arc:
            if lost >= 0:
                yield _gap(lost, start)
                lost = -1
            record = _warc(tape, line) if arc is None else _arc(tape, arc)
            if isinstance(record, Record):
                record.locator = f"{start}+{tape.position - start}"
                yield record
            else:
                yield Problem(locator=f"{start}+{len(line)}", kind="record", message=record)
        elif line.strip() and lost < 0:
            lost = start
    if lost >= 0:
        yield _gap(lost, tape.position)


def _gap(start: int, end: int) -> Problem:
    return Problem(
        locator=f"{start}+{end - start}",
        kind="record",
        message=f"{end - start} bytes that belong to no record; a stated length may be wrong",
    )


def _warc(tape: Tape, first: bytes) -> Record | str:
    head = [first, tape.head()]
    size = 0
    while not head[1] and (line := tape.line()):
        size += len(line)
        if not line.strip(b"\r\n"):
            break
        if size > LONGEST_HEAD or START.match(line):
            tape.back(line)
            return "the record's header does not end"
        head.append(line)
    headers = parse_head(b"".join(head))[1]
    stated = headers.get("content-length", "")
    if not (stated.isascii() and stated.isdigit()) or len(stated) > 18:
        return f"the record states no readable length: {stated[:40]!r}"
    return _block(tape, headers, int(stated))


def _arc(tape: Tape, match: re.Match[bytes]) -> Record | str:
    stated = match["length"]
    if not stated.isdigit() or len(stated) > 18:
        return f"the record states no readable length: {stated[:40]!r}"
    headers = {
        "warc-type": "warcinfo" if match["url"].startswith(b"filedesc:") else "response",
        "warc-target-uri": match["url"].decode("utf-8", "replace"),
        "warc-date": match["date"].decode("ascii"),
        "content-type": match["type"].decode("utf-8", "replace"),
    }
    return _block(tape, headers, int(stated))


def _block(tape: Tape, headers: dict[str, str], length: int) -> Record:
    block = tape.read(min(length, LARGEST))
    record = Record("", headers, block, length)
    if len(block) < min(length, LARGEST) and tape.join():
        whole = bytearray(block)
        while more := tape.read(min(length, LARGEST) - len(whole)):
            whole += more
            if len(whole) < min(length, LARGEST):
                tape.join()
        record.block = block = bytes(whole)
        record.faults = [("gzip", "is spread over several gzip members; all of it was read")]
    inner = INNER_START.search(block) if b"WARC-Type" in block else None
    if inner is not None and START.match(_next_line(tape)):
        inner = None  # the stated length leads to a record: a WARC carried inside this one
    if inner is not None:
        tape.back(block[inner.end() :])
        record.block = block[: inner.start()]
        record.faults.append(
            ("record", f"states {length} bytes, but the next record begins before")
        )
        return record
    there = len(block) + (tape.skip(length - len(block)) if length > len(block) else 0)
    if there < length:
        record.faults.append(("record", f"cut short: {there} of the {length} bytes it states"))
    elif length > LARGEST:
        record.faults.append(("large", f"{length} bytes; the first {LARGEST} were read"))
    return record


def _next_line(tape: Tape) -> bytes:
    """Return the next line that is not blank, without moving the tape."""
    passed = b""
    line = b""
    while len(passed) < LONGEST_LINE and (line := tape.line()):
        passed += line
        if line.strip():
            break
    tape.back(passed)
    return line


def parse_head(head: bytes) -> tuple[str, dict[str, str]]:
    """Return the first line and the headers in lower case; of a repeated header the first."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    first, _, rest = text.partition("\n")
    headers: dict[str, str] = {}
    for name, value in HEADER.findall(CONTINUED.sub(" ", rest)):
        headers.setdefault(name.strip().lower(), value.strip())
    return first.strip(), headers


def _is_member(source: BinaryIO, offset: int) -> bool:
    source.seek(offset)
    return source.read(len(GZIP)) == GZIP


def _next_member(source: BinaryIO, offset: int) -> int | None:
    """Return where the next gzip member that holds a record begins, from `offset` on."""
    tail = b""
    while True:
        source.seek(offset)
        data = source.read(CHUNK)
        if not data:
            return None
        window = tail + data
        at = window.find(GZIP)
        while at >= 0:
            candidate = offset - len(tail) + at
            line = Tape(source, candidate).line()
            if START.match(line) or ARC_START.match(line):
                return candidate
            at = window.find(GZIP, at + 1)
        tail = window[-(len(GZIP) - 1) :]
        offset += len(data)
