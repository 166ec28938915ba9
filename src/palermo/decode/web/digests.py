"""Checks the digests that a record states of itself, in any base that tools write them in."""

import base64
import binascii
import hashlib
from collections import defaultdict
from collections.abc import Callable

from palermo.decode.web.records import Record

# Digits of base 32 as RFC 4648 writes them, and as Python's `int` does; others are none.
BASE_32 = defaultdict(
    lambda: "!",
    zip(
        map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
        "0123456789abcdefghijklmnopqrstuv",
        strict=True,
    ),
)


def digest_fault(record: Record, header: str, contents: list[bytes]) -> str | None:
    """Return what is wrong with what a header states, where none of the contents is as stated."""
    stated = record.headers.get(header)
    if (
        stated is None
        or len(record.block) < record.length
        or "warc-segment-number" in record.headers
    ):
        return None
    name, _, value = stated.partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
        return f"{header} {stated[:80]!r} names no known digest: the content is unverified"
    found = []
    for content in contents:
        found.append(getattr(hashlib, name)(content, usedforsecurity=False))
        if _says(value.strip(), found[-1].digest()):
            return None
    return f"{header} says {stated[:140]}, but the content gives {name}:{found[0].hexdigest()}"


def _says(value: str, digest: bytes) -> bool:
    """Whether a digest is stated in base 16, 32 or 64."""
    return (
        value.upper() == base64.b16encode(digest).decode()
        or _says_in_base32(value, digest)
        or digest in readings(value)
    )


def _says_in_base32(value: str, digest: bytes) -> bool:
    """Whether a digest is stated in base 32, as most archives do; as one number, which is quick."""
    written = value.upper().rstrip("=").translate(BASE_32)
    number = int.from_bytes(digest, "big") << -len(digest) * 8 % 5
    try:
        return len(written) == (len(digest) * 8 + 4) // 5 and int(written, 32) == number
    except ValueError:
        return False


def readings(value: str) -> set[bytes]:
    """Return the bytes that a digest in base 16, 32 or 64 can mean."""
    found = set()
    padded = value.rstrip("=")
    readers: tuple[Callable[[], bytes], ...] = (
        lambda: binascii.unhexlify(value),
        lambda: base64.b32decode(padded.upper() + "=" * (-len(padded) % 8)),
        lambda: base64.urlsafe_b64decode(
            padded.replace("+", "-").replace("/", "_") + "=" * (-len(padded) % 4)
        ),
    )
    for read in readers:
        try:
            found.add(read())
        except ValueError:
            continue
    return found
