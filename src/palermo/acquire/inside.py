"""Tells whether a file holds pictures, by its bytes: for those who may not take any in.

It looks into ZIP and gzip, within each other and within anything else, and at what is written as
base64, hexadecimal or percent signs. What it cannot look into counts as holding some.
"""

import mmap
import re
import struct
import zlib
from typing import BinaryIO

from palermo.decode.pictures.container import sniff

HEAD = 1 << 12
_DEPTH = 5  # archives within archives
_MOST = 256 << 20  # bytes that one packed piece may unpack to
_BLOCK = 1 << 16
# How still and moving pictures begin.
_PICTURE = (
    rb"\xff\xd8\xff[\xc0-\xfe]"
    rb"|\x89PNG\r\n\x1a\n"
    rb"|GIF8[79]a.[\x00-\x1f].[\x00-\x1f]"
    rb"|RIFF....(?:WEBP|AVI )"
    rb"|ftyp(?:hei|hev|mif1|msf1|avi[fs]|isom|iso[2-9]|mp4|M4V|qt  |3g|crx|dash|MSNV|avc1)"
    rb"|II[*U]\0|MM\0\*|IIR[OS]\x08\0|FUJIFILMCCD"
    rb"|BM....\0\0\0\0....[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"
    rb"|\0\0\0\x0c(?:JXL |jP  )\r\n\x87\n|8BPS\0[\x01\x02]"
    rb"|\x1aE\xdf\xa3|FLV\x01\x05|\x30\x26\xb2\x75\x8e\x66\xcf\x11"
    rb"|/Subtype\s*/Image\b"  # of a PDF, whose pictures may have no head of their own
)
_WRITTEN = (
    rb"|[/_]9j[/_][2467w][A-Za-z0-9+/_-]{3}|iVBORw0KGgo|R0lGOD[dl]h|UklGR[A-Za-z0-9+/_-]{6}XRUJQ"
    rb"|(?i:ffd8ff(?:e[0-9a-f]|db|ee|c0)00|89504e470d0a1a0a)"
    rb"|(?:=FF=D8=FF|=89PNG|(?i:%ff%d8%ff|%89PNG))"
)
_PACKED = rb"|(?P<zip>PK\x03\x04)|(?P<gzip>\x1f\x8b\x08[\0-\x1f])"
_CLOSED = (
    rb"|(?P<closed>BZh[1-9]1AY&SY|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd[\0-\xff]\0"
    rb"|\x89LZO\0|LZIP\x01)"
)
_SIGNS = re.compile(rb"(?s)" + _PICTURE + _WRITTEN + _PACKED + _CLOSED)
_MOVING = re.compile(
    rb"(?s)....ftyp(?!M4A|M4B|F4A)|RIFF....AVI |\x1aE\xdf\xa3|\0\0\x01[\xb3\xba]|FLV\x01|\x30\x26\xb2\x75\x8e\x66\xcf\x11"
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
    for sign in _SIGNS.finditer(data):
        match sign.lastgroup:
            case None:
                return HOLDS
            case "closed":
                return CLOSED
            case "zip":
                start, bits = _member(data, sign.start())
            case _:
                start, bits = sign.start(), 16 + zlib.MAX_WBITS
        if bits is None:
            return CLOSED
        if bits:
            unpacked = _unpacked(data, start, bits)
            if unpacked is None or (unpacked and depth == _DEPTH):
                return CLOSED
            if unpacked and (why := _within(unpacked, depth + 1)):
                return why
    return None


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
