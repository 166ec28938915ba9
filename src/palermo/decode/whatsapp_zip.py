"""Takes a WhatsApp chat out of the ZIP that a telephone exports: its text and each attachment."""

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO

from palermo.decode.chat.zip_members import (
    DEFLATED,
    STORED,
    Member,
    Unpacking,
    members,
    salvage,
    too_dense,
)
from palermo.decode.decoder import Context
from palermo.vocabulary import Part, Problem

_TOTAL = 1 << 30  # bytes that all members together may always unpack to
_TOTAL_RATIO = 100
_BLOCK = 1 << 16
_LOCATOR = re.compile(r"member:([^;]*);offset:(\d+);length:(\d+);method:(\d+)")
_ARCHIVE = re.compile(r"(?:^|[\s_-])(?:whatsapp|واتساب)[\s_-].*\.zip$", re.IGNORECASE)
_CHAT_FILE = re.compile(
    r"(?:^|/)_chat\.txt$|whatsapp.*\.txt$|واتساب.*\.txt$"
    r"|(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+\.|\d{8,}-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF)-[\d-]+\.",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Account:
    """What has been taken out so far, against which the next member is judged."""

    archive: int
    unpacked: int = 0
    names: set[str] = field(default_factory=set)
    end: int = 0  # of the member before, in order of place

    def too_much(self, size: int, packed: int) -> bool:
        total = self.unpacked + size
        return too_dense(size, packed) or total > max(_TOTAL, _TOTAL_RATIO * self.archive)


class WhatsappZip:
    """WhatsApp chats exported as a ZIP of the text and its attachments."""

    name = "whatsapp_zip"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        if not head.startswith(b"PK\3\4"):
            return 0.0
        if _ARCHIVE.search(context.name):
            return 0.95
        return 0.9 if any(_CHAT_FILE.search(name) for name in _first_names(head)) else 0.0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Part | Problem]:
        """Yield each member that unpacks to what the archive says, and tell of each that does not.

        Each is unpacked once to be checked before it is handed out, so that a part never fails.
        """
        found, fault = members(source)
        if fault is not None:
            message = f"{fault}; members are read by their own headers"
            yield Problem(locator="offset:0", kind="damaged", message=message)
        listed = sorted(found, key=lambda m: m.header) if fault is None else salvage(source)
        account = _Account(archive=source.seek(0, io.SEEK_END))
        for member in listed:
            yield from _take(source, member, account, context)

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        """Return the member's bytes, unpacked; as far as they go where they are broken."""
        found = _LOCATOR.fullmatch(locator)
        if found is None:
            raise ValueError(f"{locator!r} is no place in a ZIP")
        header, packed, method = (int(number) for number in found.groups()[1:])
        source.seek(header + 26)
        lengths = source.read(4)
        if len(lengths) < 4:
            raise ValueError(f"{locator!r} lies behind the end of the archive")
        names, extra = struct.unpack("<HH", lengths)
        return Unpacking(source, header + 30 + names + extra, packed, method).read()


def _first_names(head: bytes) -> Iterator[str]:
    at = 0
    while (at := head.find(b"PK\3\4", at)) >= 0 and len(head) >= at + 30:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        yield head[at + 30 : at + 30 + length].decode("utf-8", "replace")
        at += 30


def _take(
    source: BinaryIO, member: Member, account: _Account, context: Context
) -> Iterator[Part | Problem]:
    where = member.locator
    refused = _refuse(member, account)
    account.end = max(account.end, member.start + member.packed)
    if refused:
        yield Problem(locator=where, kind=refused[0], message=f"{member.name!r} {refused[1]}")
        return
    size, fault = _check(source, member, account)
    if size is None:
        yield Problem(locator=where, kind="bomb", message=f"{member.name!r} {fault}")
        return
    account.unpacked += size
    if fault:
        rest = f"; its first {size:,} bytes were taken" if size else ""
        message = f"{member.name!r} {fault}{rest}"
        yield Problem(locator=where, kind="damaged", message=message)
        if not size:
            return
    name = _safe(member.name)
    if name != member.name:
        message = f"{member.name!r} leads out of its folder; it is called {name!r} here"
        yield Problem(locator=where, kind="unsafe name", message=message)
    if name in account.names:
        message = f"a second member is called {member.name!r}; both were taken"
        yield Problem(locator=where, kind="duplicate name", message=message)
    account.names.add(name)
    yield Part(name=_told(name, context), locator=where, open=partial(_open, source, member))


def _refuse(member: Member, account: _Account) -> tuple[str, str] | None:
    if member.encrypted:
        return "encrypted", "is encrypted; ask for the password and add it unpacked"
    if member.method not in (STORED, DEFLATED):
        return "not understood", f"is packed by method {member.method}, which no telephone uses"
    if member.header < account.end:
        return "bomb", "lies over the member before it, as only made-up archives do"
    if member.size is not None and account.too_much(member.size, member.packed):
        return "bomb", f"says that it unpacks to {member.size:,} bytes from {member.packed:,}"
    return None


def _check(source: BinaryIO, member: Member, account: _Account) -> tuple[int | None, str | None]:
    """Unpack the member once; return its size and what is wrong with it. No size: a bomb."""
    stream = Unpacking(source, member.start, member.packed, member.method)
    size, crc = 0, 0
    while data := stream.read(_BLOCK):
        size += len(data)
        crc = zlib.crc32(data, crc)
        if account.too_much(size, member.packed):
            return None, f"unpacks to more than {size:,} bytes from {member.packed:,}"
    if stream.fault:
        return size, stream.fault
    if member.size is not None and size != member.size:
        return size, f"has {size:,} bytes, but the archive says {member.size:,}"
    if member.crc is not None and crc != member.crc:
        return size, "does not match its checksum"
    return size, None


def _open(source: BinaryIO, member: Member) -> BinaryIO:
    return io.BufferedReader(Unpacking(source, member.start, member.packed, member.method), _BLOCK)


def _safe(name: str) -> str:
    """Return a relative path with no way up, no drive and no control characters."""
    clean = re.sub(r"[\x00-\x1f\x7f]", "_", name.replace("\\", "/"))
    steps = [s for s in re.sub(r"^[A-Za-z]:", "", clean).split("/") if s not in ("", ".", "..")]
    return "/".join(steps) or "unnamed"


def _told(name: str, context: Context) -> str:
    """An iPhone calls every chat `_chat.txt`: only the archive's name says whose it is."""
    if PurePosixPath(name).name != "_chat.txt":
        return name
    archive = re.sub(r"\.zip$", "", PurePosixPath(context.name).name, flags=re.IGNORECASE)
    return f"{archive}/_chat.txt"
