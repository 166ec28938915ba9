"""Finds, in a picture file of any format, where its Exif block, its texts and its size stand."""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, NamedTuple

from palermo.decode.pictures.exif import decode_text

_TEXT_LIMIT = 1 << 16  # bytes of one comment
_PIECES = 10_000  # segments or chunks looked at
_BLOCK = 1 << 20
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_TIFF = re.compile(rb"Exif\0\0(?:II\*\0|MM\0\*)")
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG's start of frame
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})


class Text(NamedTuple):
    """A comment outside the Exif block; `charset` is none where the file holds it compressed."""

    name: str
    value: str
    first: int
    last: int
    charset: str | None


@dataclass(slots=True)
class Container:
    format: str
    exif: tuple[int, int] | None = None  # place and length of the TIFF block
    size: tuple[int, int] | None = None  # width, height
    progressive: bool = False
    texts: list[Text] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


def sniff(head: bytes) -> str | None:
    """Return Pillow's name of the format, by the first bytes."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = {head[8:12], *(head[i : i + 4] for i in range(16, min(_brands_end(head), 64), 4))}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
        return "HEIF" if brands & _HEIF else None
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "TIFF"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and head[14:18] in _BMP_HEADERS:
        return "BMP"
    return None


_BMP_HEADERS = {struct.pack("<L", size) for size in (12, 40, 52, 56, 64, 108, 124)}


def _brands_end(head: bytes) -> int:
    return int.from_bytes(head[:4], "big")


def describe(source: BinaryIO, kind: str, length: int) -> Container:
    """Look through the file's frame, never through its pixels."""
    found = Container(kind)
    walk: dict[str, Callable[[BinaryIO, int, Container], None]] = {
        "JPEG": _jpeg,
        "PNG": _png,
        "WEBP": _webp,
        "HEIF": _heif,
        "AVIF": _heif,
    }
    if kind in walk:
        walk[kind](source, length, found)
    elif kind == "TIFF":
        found.exif = (0, length)
    return found


def _jpeg(source: BinaryIO, length: int, found: Container) -> None:
    at = 2
    for _ in range(_PIECES):
        source.seek(at)
        head = source.read(4)
        if head[:2] == b"\xff\xd9":
            _tail(found, at + 2, length)
            return
        if len(head) < 4:
            found.faults.append((at, "the file ends between two segments"))
            return
        if head[0] != 0xFF:
            found.faults.append((at, "a marker is missing between two segments"))
            return
        marker = head[1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            at += 2
            continue
        size = int.from_bytes(head[2:], "big")
        if marker == 0xDA:
            at = _after_scan(source, at + 2 + size)
            if at < 0:
                found.faults.append((length, "the file ends before the picture does"))
                return
            continue
        _segment(found, marker, at + 4, source.read(max(0, size - 2)))
        at += 2 + size


def _after_scan(source: BinaryIO, at: int) -> int:
    """Return where the next marker stands after compressed pixels, -1 where there is none."""
    source.seek(at)
    held = b""
    while block := source.read(_BLOCK):
        held += block
        if hit := _MARKER.search(held):
            return at + hit.start()
        at, held = at + len(held) - 1, held[-1:]
    return -1


def _tail(found: Container, end: int, length: int) -> None:
    if end < length:
        found.ignored.append(f"{length - end} bytes behind the picture's end at offset {end}")


def _segment(found: Container, marker: int, at: int, body: bytes) -> None:
    if marker == 0xE1 and body.startswith(_EXIF):
        if found.exif is None:
            found.exif = (at + len(_EXIF), len(body) - len(_EXIF))
        else:
            found.ignored.append(f"second Exif block at offset {at}")
    elif marker == 0xE1 and body.startswith(_XMP):
        found.ignored.append(f"XMP ({len(body)} bytes at offset {at})")
    elif marker == 0xED:
        found.ignored.append(f"Photoshop or IPTC ({len(body)} bytes at offset {at})")
    elif marker == 0xFE:
        _add_text(found, "Comment", body, at)
    elif marker in _FRAMES and len(body) >= 5:
        height, width = struct.unpack_from(">HH", body, 1)
        found.size, found.progressive = (width, height), marker in _PROGRESSIVE


def _add_text(found: Container, name: str, body: bytes, at: int, charset: str = "utf-8") -> None:
    text, used = decode_text(body[:_TEXT_LIMIT], charset)
    inner = text.strip("\0 \t\r\n")
    if inner:
        first = at + len(text[: text.index(inner)].encode(used))
        last = first + len(inner.encode(used))
        found.texts.append(Text(name, inner, first, last, used))


def _png(source: BinaryIO, length: int, found: Container) -> None:
    for kind, at, size in _chunks(source, 8, "big"):
        if kind == b"IHDR":
            body = source.read(8)
            found.size = struct.unpack(">LL", body) if len(body) == 8 else None
        elif kind == b"eXIf" and found.exif is None:
            found.exif = (at, min(size, length - at))
        elif kind in (b"tEXt", b"zTXt", b"iTXt"):
            _png_text(found, kind, at, source.read(min(size, _TEXT_LIMIT)))
        if at + size > length:
            found.faults.append((at, f"the {kind.decode('latin-1')} chunk is cut off"))
            return
        if kind == b"IEND":
            _tail(found, at + size + 4, length)
            return
    found.faults.append((length, "the file ends before the picture does"))


def _png_text(found: Container, kind: bytes, at: int, body: bytes) -> None:
    raw_name, _, rest = body.partition(b"\0")
    name = raw_name.decode("latin-1") or "Comment"
    start = at + len(body) - len(rest)
    if name == "XML:com.adobe.xmp" or name.startswith("Raw profile"):
        found.ignored.append(f"{name} ({len(body)} bytes at offset {at})")
        return
    if kind == b"tEXt":
        _add_text(found, name, rest, start)
        return
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        packed = rest[:1] == b"\1"
        parts = rest[2:].split(b"\0", 2)  # language, translated keyword, text
        rest = parts[2] if len(parts) == 3 else b""
        start = at + len(body) - len(rest)
    else:
        rest = rest[1:]
    if not packed:
        _add_text(found, name, rest, start)
        return
    try:
        plain = zlib.decompressobj().decompress(rest, _TEXT_LIMIT)
    except zlib.error:
        found.faults.append((at, f"the text {name!r} cannot be unpacked"))
        return
    value = decode_text(plain, "utf-8")[0].strip("\0 \t\r\n")
    if value:
        found.texts.append(Text(name, value, at, at + len(body), None))


def _webp(source: BinaryIO, length: int, found: Container) -> None:
    for kind, at, size in _chunks(source, 12, "little"):
        if kind == b"EXIF" and found.exif is None:
            skip = len(_EXIF) if source.read(len(_EXIF)) == _EXIF else 0
            found.exif = (at + skip, min(size, length - at) - skip)
        elif kind == b"XMP ":
            found.ignored.append(f"XMP ({size} bytes at offset {at})")
        elif kind == b"VP8X" and len(body := source.read(10)) == 10:
            width, height = (int.from_bytes(body[i : i + 3], "little") + 1 for i in (4, 7))
            found.size = (width, height)
        if at + size > length:
            name = kind.decode("latin-1").strip()
            found.faults.append((at, f"the {name} chunk is cut off"))


def _chunks(
    source: BinaryIO, at: int, order: Literal["big", "little"]
) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, place and size of each chunk, the source standing at its body.

    PNG (big) puts the size first and ends with a checksum of four bytes; RIFF (little) puts the
    kind first and pads to even.
    """
    png = order == "big"
    for _ in range(_PIECES):
        source.seek(at)
        raw = source.read(8)
        if len(raw) < 8:
            return
        kind, number = (raw[4:], raw[:4]) if png else (raw[:4], raw[4:])
        size = int.from_bytes(number, order)
        yield kind, at + 8, size
        at += 8 + size + (4 if png else size % 2)


def _heif(source: BinaryIO, length: int, found: Container) -> None:
    """Search for the Exif item: it stands in one piece, wherever the item table puts it."""
    source.seek(0)
    at, held = 0, b""
    while block := source.read(_BLOCK):
        held += block
        if hit := _TIFF.search(held):
            place = at + hit.start() + len(_EXIF)
            found.exif = (place, length - place)
            return
        drop = max(0, len(held) - 10)
        at, held = at + drop, held[drop:]
