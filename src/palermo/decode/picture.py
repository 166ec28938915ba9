"""Reads a picture file: when, where and by which device it was taken, and hashes to find it by."""

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from palermo.decode.decoder import Context
from palermo.decode.pictures.container import Container, describe, sniff
from palermo.decode.pictures.exif import Exif, Tag, read_exif
from palermo.decode.pictures.hash import Seen, look
from palermo.decode.pictures.meaning import contradiction, gps_time, place, serials, taken
from palermo.decode.tables.parties import holder_of
from palermo.vocabulary import Event, EventKind, Kind, Party, Problem, Role, Run

USABLE = 50  # of PDQ's 100: below this its authors advise against matching
_BLOCK = 1 << 20
_LOCATOR = re.compile(r"offset:(\d+);length:(\d+)")
_SHORT_RUN = 512  # bytes that one run may cover where they do not read as its text
_ALL = re.compile(r"(?s).+")
_SHORT = re.compile(r"(?s).{1,16}")
_PLAIN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]{1,16}")
_ORIENTATION = ("Image", 0x0112)
_WORDS = {
    "make": ("Image", 0x010F),
    "model": ("Image", 0x0110),
    "software": ("Image", 0x0131),
    "serial": ("Photo", 0xA431),
    "lens": ("Photo", 0xA434),
    "lens_serial": ("Photo", 0xA435),
}


class _Line(NamedTuple):
    """`Name: value`, where the value was read from bytes `first` to `last`.

    Words have a charset; `numbers` is how many numbers of equal width stand there instead; of text
    that is compressed, neither is known.
    """

    name: str
    value: str
    first: int
    last: int
    charset: str | None
    numbers: int = 0


class Picture:
    """Pictures: JPEG, PNG, HEIC and HEIF, WebP; also AVIF, GIF, TIFF and BMP."""

    name = "picture"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        kind = sniff(head)
        if kind is None:
            return 0.0
        return 0.6 if kind in ("TIFF", "BMP") else 0.95

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Problem]:
        """Yield one photograph, whatever state the file is in, and what is wrong with it."""
        digest, length, head = _digest(source)
        kind = sniff(head)
        if kind is None:
            message = "the file does not start as a picture of a known format does"
            yield Problem(locator="offset:0", kind="not understood", message=message)
            return
        container = describe(source, kind, length)
        exif = read_exif(source, *container.exif) if container.exif else Exif()
        seen = look(source, container, _orientation(exif))
        event = Event(kind=EventKind.PHOTOGRAPH, locator=f"offset:0;length:{length}")
        _set_text(event, exif, container)
        event.details = {
            **_about_file(container, exif, seen),
            "sha256": digest,
            **_set_time(event, exif, context),
        }
        if "://" in context.name:
            event.details = {**event.details, "url": context.name}  # adverts name it by this
        _set_parties(event, exif, seen, digest)
        if holder := holder_of(context.statement.holder):
            event.parties.append(Party(Role.HOLDER, *holder))
        position, fault = place(exif)
        if position:
            event.lat, event.lon, event.place_error = position.lat, position.lon, position.error
            if position.altitude is not None:
                event.details = {**event.details, "altitude": f"{position.altitude:g}"}
        yield event
        yield from _problems(container, exif, seen, fault, length)

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        """Return the picture's bytes: the Exif values that the map points to stand in them."""
        found = _LOCATOR.fullmatch(locator)
        if found is None:
            raise ValueError(f"{locator!r} is no place in a picture")
        source.seek(int(found[1]))
        return source.read(int(found[2]))


def _digest(source: BinaryIO) -> tuple[str, int, bytes]:
    source.seek(0)
    digest, length, head = hashlib.sha256(), 0, b""
    while block := source.read(_BLOCK):
        digest.update(block)
        length += len(block)
        head = head or block[:64]
    return digest.hexdigest(), length, head


def _orientation(exif: Exif) -> int:
    tag = exif.get(*_ORIENTATION)
    return int(tag.numbers[0]) if tag and tag.numbers else 1


def _set_text(event: Event, exif: Exif, container: Container) -> None:
    """Render tags and comments a line each, and map each value to its bytes in the file."""
    lines = [_line(tag) for tag in exif.tags]
    lines += [_Line(*text) for text in container.texts]
    written: list[str] = []
    at = 0
    for line in lines:
        if not line.value:
            continue
        written.append(f"{line.name}: {line.value}")
        event.map += _runs(line, at + len(line.name) + 2)
        at += len(written[-1]) + 1
    event.text = "\n".join(written)


def _line(tag: Tag) -> _Line:
    if tag.text:
        return _Line(tag.name, tag.text, tag.first, tag.last, tag.charset)
    count = len(tag.numbers) or len(tag.rationals)
    return _Line(tag.name, tag.shown(), tag.first, tag.last, None, count)


def _runs(line: _Line, start: int) -> Iterator[Run]:
    """Map words to their bytes and each number to its own; words that are compressed to all."""
    first, width = line.first, line.last - line.first
    if line.charset:
        pattern = {"utf-8": _ALL, "latin-1": _PLAIN}.get(line.charset, _SHORT)
        for piece in pattern.finditer(line.value):
            last = first + len(piece[0].encode(line.charset, "replace"))
            yield Run(start + piece.start(), start + piece.end(), first, last)
            first = last
    elif line.numbers:
        width //= line.numbers
        for number in re.finditer(r"[^, ]+", line.value):
            yield Run(start + number.start(), start + number.end(), first, first + width)
            first += width
    elif width <= _SHORT_RUN:
        for piece in _SHORT.finditer(line.value):
            yield Run(start + piece.start(), start + piece.end(), first, line.last)


def _about_file(container: Container, exif: Exif, seen: Seen) -> dict[str, str]:
    details = {"format": container.format, "charset": "utf-8"}
    if seen.size:
        details |= {"width": str(seen.size[0]), "height": str(seen.size[1])}
    if seen.frames > 1:
        details["frames"] = str(seen.frames)
    if exif.get(*_ORIENTATION):
        details["orientation"] = str(_orientation(exif))
    for key, (directory, number) in _WORDS.items():
        tag = exif.get(directory, number)
        if tag and tag.text:
            details[key] = tag.text
    if seen.hash:
        details |= {"pdq": seen.hash.pdq, "pdq_quality": str(seen.hash.quality)}
        if seen.hash.upright:
            details["pdq_upright"] = seen.hash.upright
    if ignored := [*container.ignored, *exif.ignored]:
        details["ignored"] = "; ".join(ignored)
    return details


def _set_time(event: Event, exif: Exif, context: Context) -> dict[str, str]:
    details: dict[str, str] = {}
    gps = gps_time(exif)
    if gps:
        details["gps_time"] = gps.isoformat()
    moment = taken(exif, context.statement.zone)
    if moment is None:
        return details
    event.time, event.time_error = moment.time, moment.error
    event.zone, event.time_written = moment.zone, moment.written
    details["time_source"] = moment.source
    if gps and (against := contradiction(moment, gps)):
        details["contradiction"] = against
    return details


def _set_parties(event: Event, exif: Exif, seen: Seen, digest: str) -> None:
    """Name the devices and the picture's hashes; a hash of too plain a picture is no sign."""
    event.parties = [Party(Role.DEVICE, Kind.DEVICE, f"exif:{name}") for name in serials(exif)]
    event.parties.append(Party(Role.CONTENT, Kind.PICTURE, f"sha256:{digest}"))
    if seen.hash and seen.hash.quality >= USABLE:
        hashes = [seen.hash.pdq, *([seen.hash.upright] if seen.hash.upright else [])]
        event.parties += [Party(Role.CONTENT, Kind.PICTURE, f"pdq:{value}") for value in hashes]


def _problems(
    container: Container, exif: Exif, seen: Seen, place_fault: str | None, length: int
) -> Iterator[Problem]:
    for at, message in container.faults[:20]:
        yield Problem(locator=f"offset:{at}", kind="damaged", message=message)
    if exif.faults:
        at, message = exif.faults[0]
        count = len(exif.faults)
        yield Problem(locator=f"offset:{at}", kind="exif", message=message, count=count)
    if place_fault:
        at = container.exif[0] if container.exif else 0
        yield Problem(locator=f"offset:{at}", kind="position", message=place_fault)
    if seen.fault:
        whole = f"offset:0;length:{length}"
        message = f"{seen.fault}; it has no picture hash"
        yield Problem(locator=whole, kind="picture", message=message)
