"""Lists and reads the members of a ZIP that may be broken or hostile, in bounded memory.

Sizes, names and checksums that the archive states are claims to be checked, not facts.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

STORED, DEFLATED = 0, 8
_BLOCK = 1 << 16
_DIRECTORY_LIMIT = 64 << 20  # bytes of central directory, about half a million members
_RATIO = 200
_SMALL = 8 << 20  # bytes; below this no ratio is too high
_LOCAL = struct.Struct("<4s5HLLLHH")
_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    OSError,
    EOFError,
    OverflowError,
    struct.error,
)


def too_dense(size: int, packed: int) -> bool:
    """Tell a bomb: a chat's text shrinks about five times when packed, media hardly at all."""
    return size > _SMALL and size > _RATIO * max(packed, 1)


class Member(NamedTuple):
    """One file of the archive; `start` and `packed` are where its bytes lie, as stated or found."""

    name: str
    header: int
    start: int
    packed: int
    method: int
    encrypted: bool
    crc: int | None  # None where only a data descriptor would tell
    size: int | None

    @property
    def locator(self) -> str:
        name = quote(self.name, safe="/ ._-()+,@~", errors="surrogatepass")
        return f"member:{name};offset:{self.header};length:{self.packed};method:{self.method}"


class Unpacking(io.RawIOBase):
    """A member, unpacked as it is read; ends, with `fault` set, where it is broken."""

    def __init__(self, source: BinaryIO, start: int, packed: int, method: int) -> None:
        self._source, self._at, self._end = source, start, start + packed
        self._inflate = zlib.decompressobj(-15) if method == DEFLATED else None
        self.fault: str | None = None
        self.done = False

    def readable(self) -> bool:
        return True

    @property
    def position(self) -> int:
        """The byte of the archive after the last one used."""
        return self._at - (len(self._inflate.unused_data) if self._inflate else 0)

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._some(len(view))
        view[: len(data)] = data
        return len(data)

    def _some(self, limit: int) -> bytes:
        while not self.done:
            if self._inflate is None:
                data = self._packed(limit)
                self.done = not data
                return data
            feed = self._inflate.unconsumed_tail or self._packed(_BLOCK)
            try:
                data = self._inflate.decompress(feed, limit)
            except zlib.error as error:
                self.fault, self.done = f"cannot be unpacked: {error}", True
                return b""
            self.done = self._inflate.eof
            if not self.done and not feed and not data:
                self.fault, self.done = "ends before its end", True
            if data:
                return data
        return b""

    def _packed(self, limit: int) -> bytes:
        wanted = min(limit, self._end - self._at)
        if wanted <= 0:
            return b""
        self._source.seek(self._at)
        data = self._source.read(wanted)
        if not data:
            self.fault = "is cut off by the end of the archive"
        self._at += len(data)
        return data


def members(source: BinaryIO) -> tuple[list[Member], str | None]:
    """List members by the central directory; where that is unusable, say why and list none."""
    source.seek(0, io.SEEK_END)
    size = source.tell()
    source.seek(max(0, size - (1 << 16) - 22))
    tail = source.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        return [], "it has no central directory: the end of the file is missing"
    if struct.unpack_from("<L", tail, at + 12)[0] > _DIRECTORY_LIMIT:
        return [], "its central directory is larger than any chat export needs"
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
        return [_member(source, entry) for entry in entries if not entry.is_dir()], None
    except _FAULTS as error:
        return [], f"its central directory is damaged ({error})"


def _member(source: BinaryIO, entry: zipfile.ZipInfo) -> Member:
    source.seek(entry.header_offset)
    local = source.read(_LOCAL.size)
    if len(local) < _LOCAL.size or not local.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile(f"no member at {entry.header_offset}")
    *_, names, extra = _LOCAL.unpack(local)
    return Member(
        name=_name(entry.orig_filename, bool(entry.flag_bits & 0x800)),
        header=entry.header_offset,
        start=entry.header_offset + _LOCAL.size + names + extra,
        packed=entry.compress_size,
        method=entry.compress_type,
        encrypted=bool(entry.flag_bits & 1),
        crc=entry.CRC,
        size=entry.file_size,
    )


def _name(name: str, unicode_flag: bool) -> str:
    """Telephones write UTF-8 without saying so; the format's default is IBM 437."""
    if unicode_flag:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def salvage(source: BinaryIO) -> Iterator[Member]:
    """List members by their own headers, from first to last, without a central directory."""
    at = 0
    while (at := _find(source, b"PK\3\4", at)) >= 0:
        source.seek(at)
        raw = source.read(_LOCAL.size)
        if len(raw) < _LOCAL.size:
            return
        _, version, flags, method, _, _, crc, packed, size, names, extra = _LOCAL.unpack(raw)
        name = source.read(names)
        if version > 63 or not name or len(name) < names or method > 99:
            at += 4
            continue
        start = at + _LOCAL.size + names + extra
        later = bool(flags & 8)  # sizes and checksum stand behind the data
        if later:
            packed = _length(source, start, method)
        text = name.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if not text.endswith("/"):
            yield Member(
                name=_name(text, bool(flags & 0x800)),
                header=at,
                start=start,
                packed=packed,
                method=method,
                encrypted=bool(flags & 1),
                crc=None if later else crc,
                size=None if later else size,
            )
        at = max(start + packed, at + 4)


def _length(source: BinaryIO, start: int, method: int) -> int:
    """Find where data without a stated length ends."""
    if method == DEFLATED:
        stream = Unpacking(source, start, 1 << 62, method)
        size = 0
        while data := stream.read(_BLOCK):
            size += len(data)
            if too_dense(size, stream.position - start):
                break
        return stream.position - start
    end = _find(source, b"PK\7\x08", start)
    return max(0, (end if end >= 0 else source.seek(0, io.SEEK_END)) - start)


def _find(source: BinaryIO, needle: bytes, at: int) -> int:
    source.seek(at)
    held = b""
    while block := source.read(_BLOCK):
        held += block
        found = held.find(needle)
        if found >= 0:
            return at + found
        drop = max(0, len(held) - len(needle) + 1)
        at, held = at + drop, held[drop:]
    return -1
