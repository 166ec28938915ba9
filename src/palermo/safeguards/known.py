"""Known material: lists of hashes at which intake stops, and how evidence is held to them.

A list is kept as one file of bare digests, sorted, kind after kind; nothing of it is ever shown.
"""

import csv
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from palermo.safeguards.refusal import Invalid, NotFound

WIDTHS = {"md5": 16, "pdq": 32, "sha1": 20, "sha256": 32}  # bytes; in this order in the file
DIGESTS = ("sha256", "sha1", "md5")
# PDQ of a usable quality within this many of 256 bits is the same picture: its authors' threshold
# ("The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", Meta, 2019).
NEAR = 31
QUALITY = 50
BLOCK = 1 << 18  # hashes compared at once
DUTY = (
    "Stop. Do not open, copy, describe or pass on this material. Report it to the authority that "
    "your law names, and note whom you told and when."
)
# An unmarked hash is of the kind of its length. PDQ hashes are as long as SHA-256, so they are only
# taken where they are marked: by a column `pdq` or the prefix `pdq:`.
_UNMARKED = {2 * width: kind for kind, width in WIDTHS.items() if kind != "pdq"}

Hashes = dict[str, set[bytes]]  # kind → digests


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What matched: the list's name, the kind of hash, and the list's own hash in hexadecimal."""

    list: str
    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownList:
    """A list as the case keeps it; `path` holds its digests, `counts` says how many of each kind."""

    name: str
    duty: str
    counts: Mapping[str, int]
    path: Path

    def holds(self, kind: str, digest: str) -> bool:
        width, table = WIDTHS[kind], self._table(kind)
        wanted = bytes.fromhex(digest)
        n = len(table) // width
        at = bisect_left(range(n), wanted, key=lambda i: bytes(table[i * width : (i + 1) * width]))
        return at < n and bytes(table[at * width : (at + 1) * width]) == wanted

    def near(self, pdq: str) -> str | None:
        """Return the list's PDQ hash that is nearest to `pdq`, if it is near enough."""
        rows = np.frombuffer(self._table("pdq"), dtype=np.uint64).reshape(-1, 4)
        wanted = np.frombuffer(bytes.fromhex(pdq), dtype=np.uint64)
        best, nearest = NEAR + 1, b""
        for start in range(0, len(rows), BLOCK):
            block = rows[start : start + BLOCK]
            bits = np.bitwise_count(block ^ wanted).sum(axis=1)
            at = int(bits.argmin())
            if bits[at] < best:
                best, nearest = int(bits[at]), block[at].tobytes()
        return nearest.hex() or None

    def _table(self, kind: str) -> memoryview:
        start = 0
        for other, width in WIDTHS.items():
            size = self.counts.get(other, 0) * width
            if other == kind:
                return memoryview(_packed(self.path))[start : start + size]
            start += size
        raise AssertionError(kind)


@lru_cache(maxsize=16)
def _packed(path: Path) -> bytes:
    return path.read_bytes()


def pack(hashes: Hashes) -> tuple[dict[str, int], bytes]:
    """Return how many hashes there are of each kind, and the bytes of the list's file."""
    counts = {kind: len(hashes.get(kind, ())) for kind in WIDTHS}
    return counts, b"".join(b"".join(sorted(hashes.get(kind, ()))) for kind in WIDTHS)


def wanted(lists: Sequence[KnownList]) -> list[str]:
    """Return the kinds of digest, besides SHA-256, that the lists can match bytes by."""
    return [kind for kind in ("md5", "sha1") if any(known.counts.get(kind) for known in lists)]


def match_bytes(lists: Sequence[KnownList], digests: Mapping[str, str]) -> Match | None:
    """Hold a file's digests (kind → hexadecimal) to the lists."""
    for known in lists:
        for kind, digest in digests.items():
            if known.holds(kind, digest):
                return Match(list=known.name, kind=kind, digest=digest)
    return None


def match_picture(lists: Sequence[KnownList], details: Mapping[str, Any]) -> Match | None:
    """Hold a photograph's details to the lists: its digests, and the hash of what it shows."""
    digests = {kind: details[kind] for kind in DIGESTS if details.get(kind)}
    if same := match_bytes(lists, digests):
        return same
    if float(details.get("pdq_quality") or 0) < QUALITY:
        return None
    hashes = [details[key] for key in ("pdq", "pdq_upright") if details.get(key)]
    for known in lists:
        for pdq in hashes:
            if nearest := known.near(pdq):
                return Match(list=known.name, kind="pdq", digest=nearest)
    return None


# --- reading a list ---------------------------------------------------------------------------


def decoded(raw: bytes) -> str:
    """Decode a list's file; what is no UTF-8 is no hash either, and is told with its line."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return raw.decode("utf-16" if wide else "utf-8-sig", "replace")


def load(path: Path) -> tuple[Hashes, list[str]]:
    """Read a list's file: its hashes, and what in it is none."""
    what = f"read the list {path}"
    if not path.is_file():
        raise NotFound(what, "there is no such file", "Check the path")
    hashes, faults = read(decoded(path.read_bytes()))
    if not any(hashes.values()):
        raise Invalid(
            what,
            "there is no hash in it",
            "Give one hash a line: SHA-256, SHA-1 or MD5, or pdq: and a PDQ hash",
        )
    return hashes, faults


def read(text: str) -> tuple[Hashes, list[str]]:
    """Return a list's hashes, and what is wrong with lines of it: where and why, not their words.

    A header row names the columns (`sha256`, `md5`, `sha1`, `pdq`); others are left. Without one, a
    line's first cell is its hash, by its length or by a prefix such as `pdq:`.
    """
    hashes: Hashes = {kind: set() for kind in WIDTHS}
    faults: list[str] = []
    columns: dict[int, str] | None = None
    for number, row in _rows(text, faults):
        if columns is None:
            columns = _columns(row)
            if columns:
                continue
        found, wrong = 0, ""
        for at, kind in columns.items() if columns else [(0, "")]:
            cell = row[at] if at < len(row) else ""
            if not cell and columns:
                continue
            try:
                kind, digest = _digest(cell, kind)
            except ValueError as error:
                wrong = str(error)
                continue
            hashes[kind].add(digest)
            found += 1
        if wrong or not found:
            faults.append(f"line {number}: {wrong or 'there is no hash in it'}")
    return hashes, faults


def _rows(text: str, faults: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that says something, with its number, cut at whatever separates its cells."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        stripped = line.strip().strip("\0")
        if not stripped or stripped.startswith(("#", "//")):
            continue
        mark = max(",;\t", key=stripped.count)
        if not stripped.count(mark):
            plain = re.sub(r"^([\w-]+:)\s+", r"\1", stripped.replace('"', ""))
            yield number, plain.split()[:1] or [""]
            continue
        try:
            cells = next(csv.reader([line], delimiter=mark))
        except csv.Error as error:
            faults.append(f"line {number}: {error}")
            continue
        yield number, [cell.strip() for cell in cells]


def _columns(row: Sequence[str]) -> dict[int, str]:
    """Return which cell holds which kind of hash, if a row is a header; "" for any kind."""
    plain = [re.sub(r"[\s_-]", "", cell.casefold()) for cell in row]
    kinds = [re.sub(r"hash|digest|value|sum$", "", cell) for cell in plain]
    found = {at: kind for at, kind in enumerate(kinds) if kind in WIDTHS}
    return found or {at: "" for at, cell in enumerate(plain) if cell in {"hash", "digest"}}


def _digest(cell: str, kind: str) -> tuple[str, bytes]:
    prefix, colon, rest = cell.partition(":")
    if colon and (named := "".join(filter(str.isalnum, prefix.casefold()))) in WIDTHS:
        if kind not in ("", named):
            raise ValueError(f"a {named} hash stands in the column {kind}")
        cell, kind = rest.strip(), named
    kind = kind or _UNMARKED.get(len(cell), "")
    if not kind:
        raise ValueError("it is as long as no hash that is known here")
    if len(cell) != 2 * WIDTHS[kind]:
        raise ValueError(f"a {kind} hash has {2 * WIDTHS[kind]} digits, this has {len(cell)}")
    try:
        digest = bytes.fromhex(cell)
    except ValueError:
        raise ValueError("it holds what is no hexadecimal digit") from None
    if len(digest) != WIDTHS[kind]:
        raise ValueError("it holds what is no hexadecimal digit")
    return kind, digest
