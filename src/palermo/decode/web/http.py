"""Takes an HTTP response apart: status, headers, and the body without its codings."""

import zlib
from dataclasses import dataclass, field

import brotli

from palermo.decode.web.records import LARGEST, parse_head

CODINGS = {"gzip", "x-gzip", "deflate", "br"}
MOST_CODINGS = 4  # put one into the other; servers use one
PLAIN = {"", "identity", "none", "utf-8", "binary", "chunked"}  # seen in the wild; no coding


@dataclass(slots=True)
class Response:
    """A response, its body as sent (`raw`), without chunks (`whole`) and as shown (`body`)."""

    status: int | None
    headers: dict[str, str]
    raw: bytes
    whole: bytes
    body: bytes
    faults: list[str] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value
        return None


def response_of(block: bytes, content_type: str) -> Response:
    """Read a record's block; one that is no HTTP message is a body of the stated type."""
    if not block.startswith(b"HTTP/"):
        return Response(None, {"content-type": content_type}, block, block, block)
    head, raw = split(block)
    first, headers = parse_head(head)
    code = first.split(" ", 2)[1] if " " in first else ""
    status = int(code) if code.isascii() and code.isdigit() and len(code) == 3 else None
    answer = Response(status, headers, raw, raw, raw)
    if status is None:
        answer.faults.append(f"its status is not readable: {first[:80]!r}")
    if headers.get("transfer-encoding", "").lower().endswith("chunked"):
        answer.whole, fault = dechunk(raw)
        if fault:
            answer.faults.append(fault)
    answer.body = answer.whole
    codings = headers.get("content-encoding", "").lower().split(",")
    if len(codings) > MOST_CODINGS:
        answer.faults.append(f"is stated to be coded {len(codings)} times over: it is not decoded")
        return answer
    for coding in reversed(codings):
        answer.body, fault = uncode(answer.body, coding.strip())
        if fault:
            answer.faults.append(fault)
    return answer


def split(block: bytes) -> tuple[bytes, bytes]:
    """Return a message's head and body."""
    ends = [(at, at + len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) > 0]
    if not ends:
        return block, b""
    _, end = min(ends)
    return block[:end], block[end:]


def dechunk(raw: bytes) -> tuple[bytes, str | None]:
    """Join chunks; where they are not what they state, keep the rest as it stands and say so."""
    pieces: list[bytes] = []
    at = 0
    while at < len(raw):
        end = raw.find(b"\n", at, at + 4096)
        size = raw[at : max(end, at)].split(b";")[0].strip()
        if end < 0 or not size or not all(byte in b"0123456789abcdefABCDEF" for byte in size):
            where = "at its start" if at == 0 else f"from byte {at} of the body on"
            return b"".join([*pieces, raw[at:]]), f"is stated to be chunked and is not, {where}"
        count = int(size[:16], 16)
        if count == 0:
            return b"".join(pieces), None
        pieces.append(raw[end + 1 : end + 1 + count])
        at = end + 1 + count
        if raw[at : at + 2] == b"\r\n":
            at += 2
        elif raw[at : at + 1] == b"\n":
            at += 1
    return b"".join(pieces), "its last chunk is cut short or missing"


def uncode(data: bytes, coding: str) -> tuple[bytes, str | None]:
    """Decompress; return what can be, or the data as they are, and what is wrong with them."""
    if coding in PLAIN or not data:
        return data, None
    if coding not in CODINGS:
        return data, f"its content coding {coding[:40]!r} is not read"
    if coding == "br":
        return _brotli(data)
    if coding != "deflate" and not data.startswith(b"\x1f\x8b"):
        return data, f"is stated to be {coding} and is not"
    for window in (16 + zlib.MAX_WBITS,) if coding != "deflate" else (zlib.MAX_WBITS, -15):
        out, fault = _inflate(data, window)
        if out:
            return out, fault
    return data, f"is stated to be {coding} and is not"


def _inflate(data: bytes, window: int) -> tuple[bytes, str | None]:
    inflater = zlib.decompressobj(window)
    out = bytearray()
    try:
        while data and not inflater.eof:
            out += inflater.decompress(data, min(1 << 16, LARGEST + 1 - len(out)))
            if len(out) > LARGEST:
                return bytes(out), f"is larger than {LARGEST} bytes; the rest was not read"
            data = inflater.unconsumed_tail
    except zlib.error as error:
        return bytes(out), f"its compressed data are damaged ({error})"
    return bytes(out), None if inflater.eof else "its compressed data are cut short"


def _brotli(data: bytes) -> tuple[bytes, str | None]:
    expander = brotli.Decompressor()
    out = bytearray()
    try:
        out += expander.process(data, output_buffer_limit=1 << 16)
        while not expander.is_finished() and not expander.can_accept_more_data():
            out += expander.process(b"", output_buffer_limit=1 << 16)
            if len(out) > LARGEST:
                return bytes(out), f"is larger than {LARGEST} bytes; the rest was not read"
    except brotli.error as error:
        return bytes(out) or data, f"its compressed data are damaged ({error})"
    return bytes(out), None if expander.is_finished() else "its compressed data are cut short"
