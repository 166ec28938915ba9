"""Tells whether a file holds pictures, by its bytes: for those who may not take any in.

It looks into ZIP and gzip, within each other and within anything else, and at what is written as
base64, hexadecimal or percent signs. What it cannot look into counts as holding some.
"""

import base64
import mmap
import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from palermo.decode.pictures.container import sniff

HEAD = 1 << 12
_DEPTH = 5  # archives within archives
_MOST = 256 << 20  # bytes that one packed piece may unpack to
_BLOCK = 1 << 16
_WINDOW = 16 << 20  # bytes searched at once
_OVERLAP = 64  # no sign is longer

# What to search for, how many bytes before it a sign begins, and what then stands there. A named
# group says what is to be done about it; without one it is how a picture or film begins.
_WORDS = (
    (b"\xff\xd8\xff", 0, rb"(?P<jpeg>\xff\xd8\xff)"),
    (b"\x89PNG\r\n\x1a\n", 0, rb""),
    (b"GIF87a", 0, rb"GIF87a.[\0-\x1f].[\0-\x1f]"),
    (b"GIF89a", 0, rb"GIF89a.[\0-\x1f].[\0-\x1f]"),
    (b"WEBP", 8, rb"RIFF....WEBP"),
    (b"AVI ", 8, rb"RIFF....AVI "),
    (b"ftyp", 0, rb"ftyp(?:hei|hev|mif1|msf1|avi[fs]|iso|mp4|M4V|qt  |3g|crx|dash|MSNV|avc1)"),
    (b"II*\0", 0, rb"II\*\0...[\0-\x0f]"),
    (b"IIU\0", 0, rb"IIU\0...[\0-\x0f]"),
    (b"MM\0*", 0, rb"MM\0\*[\0-\x0f]"),
    (b"IIRO\x08\0", 0, rb""),
    (b"IIRS\x08\0", 0, rb""),
    (b"FUJIFILMCCD", 0, rb""),
    (b"BM", 0, rb"BM....\0\0\0\0....[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"),
    (b"JXL \r\n\x87\n", 0, rb""),
    (b"jP  \r\n\x87\n", 0, rb""),
    (b"8BPS\0", 0, rb"8BPS\0[\x01\x02]"),
    (b"\x1aE\xdf\xa3", 0, rb"\x1aE\xdf\xa3[\x01\x80-\xbf]"),
    (b"FLV\x01\x05", 0, rb""),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", 0, rb""),
    (b"/Subtype", 0, rb"/Subtype\s*/Image\b"),  # a PDF's, which may have no head of their own
    # as base64, hexadecimal or percent signs
    (b"/9j/", 0, rb"(?P<base64>/9j/)"),
    (b"_9j_", 0, rb"(?P<base64>_9j_)"),
    (b"\\/9j\\/", 0, rb"(?P<base64>\\/9j\\/)"),  # as some write it in JSON
    (b"iVBORw0KGgo", 0, rb""),
    (b"R0lGOD", 0, rb"R0lGOD[dl]h"),
    (b"UklGR", 0, rb"UklGR[\w+/-]{6}XRUJQ"),
    (b"ffd8ff", 0, rb"ffd8ff(?:e[0-9a-f]|db|ee|c0)00"),
    (b"FFD8FF", 0, rb"FFD8FF(?:E[0-9A-F]|DB|EE|C0)00"),
    (b"89504e470d0a1a0a", 0, rb""),
    (b"89504E470D0A1A0A", 0, rb""),
    (b"=FF=D8=FF", 0, rb""),
    (b"=89PNG", 0, rb""),
    (b"%FF%D8%FF", 0, rb""),
    (b"%ff%d8%ff", 0, rb""),
    (b"%89PNG", 0, rb""),
    # packed, to be looked into
    (b"PK\x03\x04", 0, rb"(?P<zip>PK)"),
    (b"\x1f\x8b\x08", 0, rb"\x1f\x8b\x08(?P<gzip>[\0-\x1f])"),
    # packed in ways that are not
    (b"1AY&SY", 4, rb"(?P<closed>BZh[1-9]1AY&SY)"),
    (b"\xfd7zXZ\0", 0, rb"(?P<closed>)"),
    (b"7z\xbc\xaf\x27\x1c", 0, rb"(?P<closed>)"),
    (b"Rar!\x1a\x07", 0, rb"(?P<closed>)"),
    (b"\x28\xb5\x2f\xfd", 0, rb"\x28\xb5\x2f\xfd(?P<closed>.\0)"),
    (b"\x89LZO\0", 0, rb"(?P<closed>)"),
    (b"LZIP\x01", 0, rb"(?P<closed>)"),
)
_SIGNS = [
    (word, back, re.compile(b"(?s)" + sign or re.escape(word))) for word, back, sign in _WORDS
]
_SHORTEST = 200  # bytes; no picture is smaller
_FIRST = {b"JFIF", b"JFXX", b"Exif", b"http", b"ICC_", b"MPF\0", b"Adob", b"Phot"}
_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n\\]+")
_URLSAFE = bytes.maketrans(b"-_", b"+/")
_MOVING = re.compile(
    rb"(?s)....ftyp(?!M4A|M4B|F4A)|RIFF....AVI |\x1aE\xdf\xa3|\0\0\x01[\xb3\xba]|FLV\x01"
    rb"|\x30\x26\xb2\x75\x8e\x66\xcf\x11"
    rb"|8BPS\0|\0\0\0\x0c(?:JXL |jP  )|\xff\x0a|\0\0\x01\0[\x01-\x40]\0|IIRO|IIU\0|FUJIFILMCCD"
)

UNPACK = "unpack it first, and add what is in it"
HOLDS = f"it holds a picture, and pictures are taken in by their hashes alone; {UNPACK}"
CLOSED = f"it cannot be looked into for pictures; {UNPACK}"


def picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture that the decoder `picture` reads."""
    return sniff(head) is not None


def moving(head: bytes) -> bool:
    """Whether a file that begins so is a film, or a picture that no decoder reads."""
    return _MOVING.match(head) is not None


def refusal(source: BinaryIO) -> str | None:
    """Return why a file that is no picture itself may not be taken in, if it may not."""
    source.seek(0)
    try:
        view = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # no file of the system's, or an empty one
        return _within(source.read(), 0)
    with view:
        return _within(view, 0)


def _within(data: bytes | mmap.mmap, depth: int) -> str | None:
    """Look at every place in `data` where a picture or something packed may begin."""
    for sign, at in _found(data):
        match sign:
            case "closed":
                return CLOSED
            case "zip":
                start, bits = _member(data, at)
            case "gzip":
                start, bits = at, 16 + zlib.MAX_WBITS
            case _:
                if sign == "picture" or _is_jpeg(data, at, sign == "base64"):
                    return HOLDS
                continue
        if bits is None:
            return CLOSED
        if bits:
            unpacked = _unpacked(data, start, bits)
            if unpacked is None or (unpacked and depth == _DEPTH):
                return CLOSED
            if unpacked and (why := _within(unpacked, depth + 1)):
                return why
    return None


def _found(data: bytes | mmap.mmap) -> Iterator[tuple[str, int]]:
    """Yield each sign and where it stands. Words are searched one by one, which is several times
    quicker than one expression for all."""
    for start in range(0, len(data), _WINDOW):
        window = data[max(0, start - _OVERLAP) : start + _WINDOW + _OVERLAP]
        first = max(0, start - _OVERLAP)
        for word, back, sign in _SIGNS:
            at = window.find(word)
            while at >= 0:
                if at >= back and (found := sign.match(window, at - back)):
                    yield found.lastgroup or "picture", first + at - back
                at = window.find(word, at + 1)


def _is_jpeg(data: bytes | mmap.mmap, at: int, written: bool) -> bool:
    """Whether three bytes, which alone occur by chance, begin a JPEG: by how its first segment
    begins, or by a second marker where the first says."""
    raw = data[at : at + (1 << 17)]
    if written:
        plain = _BASE64.match(raw.translate(_URLSAFE))
        letters = re.sub(rb"[\r\n\\]", b"", plain[0]) if plain else b""
        raw = base64.b64decode(letters[: len(letters) // 4 * 4])
    if raw[3:4] < b"\xc0" or raw[6:10] in _FIRST:
        return raw[3:4] >= b"\xc0"
    second = 4 + int.from_bytes(raw[4:6], "big")
    if second >= len(raw):
        return len(raw) > _SHORTEST
    return raw[second] == 0xFF and raw[second + 1 : second + 2] >= b"\xc0"


def _member(data: bytes | mmap.mmap, at: int) -> tuple[int, int | None]:
    """Return where a ZIP member's bytes begin and how they are packed: 0 for not, None for a way
    that is not known here."""
    head = data[at : at + 30]
    if len(head) < 30:
        return at, 0
    needed, flags, method = struct.unpack_from("<HHH", head, 4)
    name, extra = struct.unpack_from("<HH", head, 26)
    if needed & 0xFF > 63 or name > 4096:
        return at, 0  # four letters by chance
    start = at + 30 + name + extra
    if flags & 1 or method not in (0, 8):
        return start, None
    return start, -zlib.MAX_WBITS if method else 0


def _unpacked(data: bytes | mmap.mmap, at: int, bits: int) -> bytes | None:
    """Unpack what begins at `at`, as far as it goes; None where it is too much to look at."""
    packed = zlib.decompressobj(bits)
    out = bytearray()
    try:
        while not packed.eof and (block := data[at : at + _BLOCK]):
            out += packed.decompress(block, _MOST + 1 - len(out))
            if len(out) > _MOST:
                return None
            at += len(block)
    except zlib.error:
        pass  # it is damaged, or only looked like something packed
    return bytes(out)
