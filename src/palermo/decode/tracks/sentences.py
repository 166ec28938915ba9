"""Splits a log into AIS sentences, with their receiver's time, and joins those of several parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import xor
from typing import BinaryIO

from palermo.decode.clock import to_utc
from palermo.decode.tables.cells import iso

LONGEST = 4096  # bytes of a line
OPEN = 64  # messages whose other parts are waited for
APART = 1000  # lines after which a part is given up
LOCATOR = re.compile(r"offset:(?P<offset>\d+(?:,\d+)*);length:(?P<length>\d+(?:,\d+)*)")
LINE = re.compile(
    rb"(?P<before>[^\\!$]*)(?:\\(?P<tags>[^\\]*)\\)?"
    rb"(?P<sentence>[!$][^*]*\*(?P<sum>[0-9A-Fa-f]{2}))(?P<after>.*)",
    re.DOTALL,
)
AIS = re.compile(rb"!..VD[MO],(\d),(\d),(\d?),([AB12]?),([^,]*),([0-5])")
Fault = tuple[str, str]


@dataclass(slots=True)
class Sentence:
    """One line of the log; `sentence` is what of it is NMEA."""

    offset: int
    raw: bytes
    line: int
    sentence: bytes = b""
    time: datetime | None = None
    error: int = 0
    zone: str | None = None
    time_written: str | None = None


def messages(source: BinaryIO, zone: str | None) -> Iterator[tuple[list[Sentence], Fault | None]]:
    """Give the sentences of each message in order of their parts, or of each faulty one."""
    waiting: dict[tuple[bytes, ...], list[tuple[int, Sentence]]] = {}
    for each in _lines(source):
        fault = _parse(each, zone)
        match = AIS.match(each.sentence)
        if fault or not match:
            yield [each], fault or ("sentence", "is no whole AIS sentence")
            continue
        if not match[5]:
            yield [each], ("silent", "sentences carry no message")
            continue
        count, number = int(match[1]), int(match[2])
        if count == 1:
            yield [each], None
            continue
        key = (match[1], match[3], match[4])
        parts = waiting.get(key, [])
        if number != len(parts) + 1 or (parts and each.line - parts[-1][1].line > APART):
            if parts:
                yield [part for _, part in waiting.pop(key)], _lost(count)
            parts = []
        if number != len(parts) + 1:
            yield [each], _lost(count)
            continue
        waiting[key] = [*parts, (number, each)]
        if number == count:
            yield [part for _, part in waiting.pop(key)], None
        elif len(waiting) > OPEN:
            oldest = next(iter(waiting))
            yield [part for _, part in waiting.pop(oldest)], _lost(int(oldest[0]))
    for left, parts in waiting.items():
        yield [part for _, part in parts], _lost(int(left[0]))


def _lost(count: int) -> Fault:
    return ("part", f"is part of a message of {count} sentences, of which others are missing")


def _lines(source: BinaryIO) -> Iterator[Sentence]:
    source.seek(0)
    offset = number = 0
    fresh = True
    while line := source.readline(LONGEST):
        raw = line.strip()
        if raw and fresh:
            number += 1
            yield Sentence(offset + line.index(raw[:1]), raw, number)
        offset += len(line)
        fresh = line.endswith(b"\n")


def _parse(each: Sentence, zone: str | None) -> Fault | None:
    """Fill in sentence and time; return what is wrong with the line."""
    match = LINE.fullmatch(each.raw)
    if not match:
        return ("sentence", "is no NMEA sentence")
    sentence = match["sentence"]
    if _sum(sentence[1:-3]) != int(match["sum"], 16):
        return ("checksum", "does not have the checksum that it states: not read")
    if sentence[3:6] not in (b"VDM", b"VDO"):
        kind = sentence[:6].decode("ascii", "replace")
        return ("other", f"sentences {kind} are not read: they are no AIS reports")
    each.sentence = sentence
    stamps = [match["before"].strip(b" ,;\t"), match["after"].strip(b" ,;\t")]
    if match["tags"] is not None:
        tags, _, stated = match["tags"].partition(b"*")
        if stated and not re.fullmatch(rb"%02X" % _sum(tags), stated.upper()):
            return ("checksum", "has a tag block without the checksum that it states: not read")
        stamps.insert(0, next((tag[2:] for tag in tags.split(b",") if tag[:2] == b"c:"), b""))
    for stamp in filter(None, stamps):
        if _stamp(each, stamp.decode("ascii", "replace"), zone):
            return None
    return None


def _sum(data: bytes) -> int:
    return reduce(xor, data, 0)


def _stamp(each: Sentence, written: str, zone: str | None) -> bool:
    """Read a receiver's time: seconds or milliseconds since 1970, or ISO 8601."""
    try:
        if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", written):
            count = float(written) / (1000 if len(written) > 11 and "." not in written else 1)
            each.time, each.zone = datetime.fromtimestamp(count, UTC), "UTC"
            each.error = 1
        elif found := iso(written):
            time, error, offset = found
            if time.tzinfo is not None:
                each.time, each.zone, each.error = time.astimezone(UTC), offset, error
            else:
                moment = to_utc(time, zone)
                each.time, each.zone = moment.time, moment.zone
                each.error = error + (0 if moment.zone == "unknown" else moment.error)
        else:
            return False
    except (ValueError, OverflowError, OSError):
        return False
    each.time_written = written
    return True
