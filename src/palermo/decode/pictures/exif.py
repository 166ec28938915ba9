"""Reads the tags of an Exif block (TIFF directories) with the place of each value in the file."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from PIL.ExifTags import GPSTAGS, TAGS

Number = int | float
_DIRECTORIES = 16
_ENTRIES = 1000
_VALUE_LIMIT = 1 << 16  # bytes; larger values are maker's notes, profiles and thumbnails
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_CODES = {1: "B", 3: "H", 4: "L", 6: "b", 8: "h", 9: "l", 11: "f", 12: "d", 13: "L"}
_ASCII, _RATIONAL, _UNDEFINED, _SIGNED_RATIONAL, _UTF8 = 2, 5, 7, 10, 129
_POINTERS = {0x8769: "Photo", 0x8825: "GPS", 0xA005: "Interop"}
# Values without a meaning for an investigation, or that need a reader of their own.
_LEFT = frozenset(
    {0x927C, 0xC4A5, 0x02BC, 0x8773, 0x83BB, 0x8649, 0xEA1C, 0xEA1D, 0x014A, 0x0111, 0x0117}
)
_VERSIONS = frozenset({0x9000, 0xA000})  # four digits as text
_USER_COMMENT = 0x9286
_GPS_TEXTS = frozenset({0x1B, 0x1C})  # method and area: a charset of eight bytes, then text
_WIDE = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})  # Windows' UTF-16 titles and comments


class Tag(NamedTuple):
    """`first` and `last` are the value's bytes in the file; `text` where it is words."""

    directory: str  # Image, Photo, GPS or Interop
    number: int
    first: int
    last: int
    numbers: tuple[Number, ...] = ()
    rationals: tuple[tuple[int, int], ...] = ()
    text: str = ""
    charset: str = "utf-8"

    @property
    def name(self) -> str:
        names = GPSTAGS if self.directory == "GPS" else TAGS
        return names.get(self.number, f"{self.directory} 0x{self.number:04X}")

    def shown(self) -> str:
        if self.text:
            return self.text
        if self.rationals:
            return ", ".join(_show(n, d) for n, d in self.rationals)
        return ", ".join(f"{n:.10g}" for n in self.numbers)


def _show(numerator: int, denominator: int) -> str:
    """Show a part of one as it is written (10/750), and what is more as a decimal number."""
    if abs(numerator) >= abs(denominator) > 0 or (not numerator and denominator):
        return f"{numerator / denominator:.10g}"
    return f"{numerator}/{denominator}"


@dataclass(slots=True)
class Exif:
    tags: list[Tag] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)  # place in the file, what is wrong

    def get(self, directory: str, number: int) -> Tag | None:
        """Return the first such tag: one that is written again further on does not count."""
        return next((t for t in self.tags if t.number == number and t.directory == directory), None)


def read_exif(source: BinaryIO, base: int, length: int) -> Exif:
    """Read the TIFF block of `length` bytes at `base`; places in it are counted from `base`."""
    return _Walk(source, base, length).exif


class _Walk:
    def __init__(self, source: BinaryIO, base: int, length: int) -> None:
        self._source, self._base, self._length = source, base, length
        self.exif = Exif()
        head = self._bytes(0, 8)
        self._order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4], "")
        if len(head) < 8 or not self._order:
            self._fault(0, "the Exif block does not start as one")
            return
        waiting = [("Image", struct.unpack(self._order + "L", head[4:])[0])]
        seen: set[int] = set()
        while waiting and len(seen) < _DIRECTORIES:
            directory, at = waiting.pop(0)
            if at in seen:
                self._fault(at, f"the {directory} directory points back to one already read")
                continue
            seen.add(at)
            waiting += self._directory(directory, at)

    def _directory(self, directory: str, at: int) -> list[tuple[str, int]]:
        raw = self._bytes(at, 2)
        if len(raw) < 2:
            self._fault(at, f"the {directory} directory lies outside the Exif block")
            return []
        (count,) = struct.unpack(self._order + "H", raw)
        entries = self._bytes(at + 2, 12 * min(count, _ENTRIES))
        if len(entries) < 12 * count:
            self._fault(at, f"the {directory} directory says {count} tags, but is cut off")
        found: list[tuple[str, int]] = []
        for n in range(len(entries) // 12):
            number, kind, size = struct.unpack_from(self._order + "HHL", entries, 12 * n)
            here = at + 2 + 12 * n + 8
            if number in _POINTERS and kind in (4, 13):
                target = struct.unpack_from(self._order + "L", entries, 12 * n + 8)[0]
                found.append((_POINTERS[number], target))
            elif directory != "Thumbnail":
                self._entry(directory, number, kind, (size, here))
        if directory == "Image":
            following = self._bytes(at + 2 + 12 * count, 4)
            if len(following) == 4 and any(following):
                self.exif.ignored.append("thumbnail")
        return found

    def _entry(self, directory: str, number: int, kind: int, value: tuple[int, int]) -> None:
        count, at = value
        tag = Tag(directory, number, 0, 0)
        width = _SIZES.get(kind)
        if width is None:
            self._fault(at, f"{tag.name} has type {kind}, which does not exist")
            return
        size = count * width
        if number in _LEFT or size > _VALUE_LIMIT:
            self.exif.ignored.append(f"{tag.name} ({size} bytes)")
            return
        if size > 4:
            at = struct.unpack(self._order + "L", self._bytes(at, 4))[0]
        raw = self._bytes(at, size)
        if len(raw) < size:
            self._fault(at, f"{tag.name} lies outside the Exif block")
            return
        first = self._base + at
        tag = tag._replace(first=first, last=first + size)
        read = list(self._value(tag, kind, raw))
        if not read and any(raw):
            self.exif.ignored.append(f"{tag.name} ({size} bytes)")
        self.exif.tags += read

    def _value(self, tag: Tag, kind: int, raw: bytes) -> Iterator[Tag]:
        if tag.number in _WIDE and tag.directory == "Image":
            yield from _text(tag, raw, 0, "utf-16-le")
        elif kind in (_ASCII, _UTF8) or tag.number in _VERSIONS:
            yield from _text(tag, raw, 0, "utf-8")
        elif (tag.directory, tag.number) == ("Photo", _USER_COMMENT) or (
            tag.directory == "GPS" and tag.number in _GPS_TEXTS
        ):
            wide = "utf-16-le" if self._order == "<" else "utf-16-be"
            yield from _text(tag, raw, 8, wide if raw[:7] == b"UNICODE" else "utf-8")
        elif kind in (_RATIONAL, _SIGNED_RATIONAL):
            code = self._order + ("L" if kind == _RATIONAL else "l") * (len(raw) // 4)
            flat = struct.unpack(code, raw)
            yield tag._replace(rationals=tuple(zip(flat[::2], flat[1::2], strict=True)))
        elif kind != _UNDEFINED and len(raw) <= 64:
            count = len(raw) // _SIZES[kind]
            if count:
                yield tag._replace(
                    numbers=struct.unpack(f"{self._order}{count}{_CODES[kind]}", raw)
                )

    def _bytes(self, at: int, size: int) -> bytes:
        size = min(size, self._length - at)
        if size <= 0 or at < 0:
            return b""
        self._source.seek(self._base + at)
        return self._source.read(size)

    def _fault(self, at: int, message: str) -> None:
        self.exif.faults.append((self._base + at, message))


def _text(tag: Tag, raw: bytes, skip: int, charset: str) -> Iterator[Tag]:
    """Yield the value's words, one tag for each string that a NUL ends, without outer spaces."""
    for start, piece in _pieces(raw[skip:], charset):
        text, used = decode_text(piece, charset)
        inner = text.strip()
        if not inner or not any(c.isprintable() and not c.isspace() for c in inner):
            continue
        lead = len(text[: text.index(inner)].encode(used, "replace"))
        first = tag.first + skip + start + lead
        last = first + len(inner.encode(used, "replace"))
        yield tag._replace(first=first, last=min(last, tag.last), text=inner, charset=used)


def _pieces(raw: bytes, charset: str) -> Iterator[tuple[int, bytes]]:
    if charset != "utf-8":
        end = next((i for i in range(0, len(raw) - 1, 2) if raw[i : i + 2] == b"\0\0"), len(raw))
        yield 0, raw[: end & ~1]
        return
    for found in re.finditer(rb"[^\0]+", raw):
        yield found.start(), found[0]


def decode_text(raw: bytes, charset: str) -> tuple[str, str]:
    """Decode, falling back to Latin-1, which older cameras and programs write."""
    try:
        return raw.decode(charset), charset
    except UnicodeDecodeError:
        if charset == "utf-8":
            return raw.decode("latin-1"), "latin-1"
        return raw.decode(charset, "replace"), charset
