"""Masking: who may be read in the clear. Everyone else is a keyed token.

A token is the same for equal values within a case, and unrelated in another case, so that links
stay visible where the value is not.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from palermo.vocabulary import EventKind, Kind

# Masked even where published: they say who somebody is, or open an account.
PERSONAL = frozenset({Kind.NAME, Kind.DOCUMENT, Kind.IBAN, Kind.ACCOUNT, Kind.CARD})
# Contacts: visible to assigned staff where an advert published them, masked elsewhere.
CONTACT = frozenset(
    {Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.WALLET, Kind.PLATE, Kind.REFERENCE, Kind.URL}
)
# Events that are published, and name people to everybody.
PUBLIC = frozenset({EventKind.ADVERT, EventKind.PAGE})
# Roles in which a person's own values may be read without a reason of their own.
UNPROTECTED = frozenset({"suspect"})
# The kind of a written coordinate of a protected person, and of a long number that nobody has read;
# no claim has it.
POSITION = "position"
UNREAD = "number"
# A decimal number as coordinates are written, and how near it is to the event's own to be one.
DECIMAL = re.compile(r"(?<!\d)[-+]?\d{1,3}[.,]\d{2,}")
NEAR = 0.1
# A pair of coordinates in any text, and digits long enough to be somebody's number.
PAIR = re.compile(r"(?<![\d.])-?\d{1,2}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}")
_BETWEEN = r"[ \u00a0\u2000-\u200f\u202f().\-‐‑–—/_·•*|\ufe0f\u20e3]{0,3}"
NUMBER = re.compile(rf"\+?\d(?:(?:{_BETWEEN}|\s{{1,2}})\d){{7,}}")
CELL_NUMBER = re.compile(rf"\+?\d(?:{_BETWEEN}\d){{7,}}")  # within one cell of a record
# Digits that are a date with or without a time, or an amount, and nobody's number.
DATE = re.compile(
    r"(?<![\d+])(?<![\d+][ ./-])(?:(?:19|20)\d\d(?P<a>[-/.])(?:0?[1-9]|1[0-2])(?P=a)(?:[0-2]?\d|3[01])"
    r"|(?:[0-2]?\d|3[01])(?P<b>[-/.])(?:[0-2]?\d|3[01])(?P=b)(?:19|20)\d\d"
    r"|(?:[0-2]?\d|3[01])(?P<c>[-/.])(?:[0-2]?\d|3[01])(?P=c)\d\d(?![ ./-]?\d))"
    r"(?:(?:T| |, ?)[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d(?:\.\d{1,6})?)?)?(?!\d|[./-]\d)"
)
_DIGITS_DATE = re.compile(
    r"(?:19[89]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"(?:[ T]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"
)
_AMOUNT = re.compile(r"\d{1,3}(?:[. ]\d{3})+,\d\d|\d{1,7}\.\d{1,2}")
# Decimals of a degree to which a protected person's coordinates are rounded: about 11 km.
COARSE = 1


def token(key: bytes, node: str) -> str:
    """Return the keyed token of a node: ``<kind>~<13 letters and digits>``, 64 bits."""
    kind = node.split(":", 1)[0]
    return f"{kind}~{base64.b32encode(_keyed(key, node)).decode().rstrip('=')}"


def number(key: bytes, node: str) -> int:
    """Return the same 64 bits as a number."""
    return int.from_bytes(_keyed(key, node))


def number_of(token: str) -> int:
    """Return the number of what a token's letters and digits stand for."""
    return int.from_bytes(base64.b32decode(token.rpartition("~")[2] + "==="))


def _keyed(key: bytes, node: str) -> bytes:
    return hmac.digest(key, b"token\n" + node.encode("utf-8", "replace"), hashlib.sha256)[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text, in code points, and the node it writes."""

    start: int
    end: int
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """What may be read in one case, by one query.

    `published`: contact nodes that adverts or pages show. `revealed`: nodes that a decision with a
    reason has revealed, or that are tied to a person in an unprotected role. `leaving`: the
    strict form for what leaves the case, in which publication opens nothing.
    """

    key: bytes
    published: frozenset[str]
    revealed: frozenset[str]
    leaving: bool = False

    def hides(self, node: str) -> bool:
        kind = node.split(":", 1)[0]
        if node in self.revealed:
            return False
        if kind in PERSONAL or kind == POSITION:
            return True
        if kind == UNREAD:
            return self.leaving
        return kind in CONTACT and (self.leaving or node not in self.published)

    def mark(self, node: str) -> str:
        """Return what stands in a text in place of a hidden node."""
        kind = node.split(":", 1)[0]
        return f"[{kind}]" if kind in (POSITION, UNREAD) else f"[{token(self.key, node)}]"

    def node(self, node: str) -> str:
        """Return how a node is named: as it is, or by its token."""
        return token(self.key, node) if self.hides(node) else node

    def text(self, text: str, spans: Iterable[Span]) -> tuple[str, list[tuple[int, int, Span]]]:
        """Replace hidden spans by tokens; return the text and where each span now stands.

        Overlapping hidden spans are covered as one, by the token of the first.
        """
        ordered = sorted(spans, key=lambda s: (s.start, -s.end, s.node))
        out: list[str] = []
        at, shift = 0, 0
        moves: list[tuple[int, int, int, int]] = []  # old start, old end, new start, new end
        for start, end, words in self._covers(ordered):
            out += [text[at:start], words]
            moves.append((start, end, start + shift, start + shift + len(words)))
            shift += len(words) - (end - start)
            at = end
        out.append(text[at:])
        placed = [(*_moved(span.start, span.end, moves), span) for span in ordered]
        return "".join(out), placed

    def _covers(self, ordered: Iterable[Span]) -> list[list[Any]]:
        """Return what is covered, as start, end and what then stands there."""
        covers: list[list[Any]] = []
        for span in ordered:
            if covers and span.end <= covers[-1][1]:
                continue
            if not self.hides(span.node) or span.end <= span.start:
                continue
            if covers and span.start < covers[-1][1]:
                covers[-1][1] = max(covers[-1][1], span.end)
            else:
                covers.append([span.start, span.end, self.mark(span.node)])
        return covers

    def without(self, text: str, spans: Iterable[Span]) -> str:
        """Return what is left of a text where hidden spans are taken out, as words apart."""
        at, left = 0, []
        for start, end, _ in self._covers(sorted(spans, key=lambda s: (s.start, -s.end, s.node))):
            left.append(text[at:start])
            at = end
        return " ".join([*left, text[at:]])

    def values(
        self, details: Mapping[str, str], written: Sequence[tuple[str, str]]
    ) -> dict[str, str]:
        """Replace hidden values, given as (as written, node), wherever they stand in details.

        Of a name, each word is replaced too: a chat is often called after a first name.
        """
        said = "\n".join(details.values())
        pairs = [(w, n) for w, n in written if w.strip()]
        pairs += [
            (word, n)
            for w, n in written
            if n.startswith(f"{Kind.NAME}:")
            for word in w.split()
            if len(word) > 2
        ]
        hidden = [(w, self.mark(n)) for w, n in pairs if w in said and self.hides(n)]
        # of two names that share a word the same one marks it always, whatever order they come in
        hidden.sort(key=lambda pair: (-len(pair[0]), pair))
        result = {}
        for name, value in details.items():
            for words, mark in hidden:
                value = value.replace(words, mark)
            result[name] = value
        return result


def _moved(start: int, end: int, moves: Sequence[tuple[int, int, int, int]]) -> tuple[int, int]:
    """Return where old positions stand in the masked text; inside a cover, the whole cover."""
    new_start, new_end, shift = start, end, 0
    for old_start, old_end, first, last in moves:
        if old_end <= start:
            shift = last - old_end
            new_start = start + shift
        elif old_start <= start < old_end:
            new_start = first
        if old_end < end:
            new_end = end + (last - old_end)
        elif old_start < end <= old_end:
            new_end = last
    return new_start, max(new_start, new_end)


def positions(text: str, lat: float, lon: float) -> list[Span]:
    """Return where a text writes coordinates next to `lat` and `lon`, in decimal degrees."""
    found = []
    for match in DECIMAL.finditer(text):
        degrees = abs(float(match.group().replace(",", ".")))
        if min(abs(degrees - abs(lat)), abs(degrees - abs(lon))) < NEAR:
            found.append(Span(start=match.start(), end=match.end(), node=f"{POSITION}:"))
    return found


def pairs(text: str) -> list[Span]:
    """Return where a text writes a pair of coordinates, whosever they are."""
    node = f"{POSITION}:"
    return [Span(start=m.start(), end=m.end(), node=node) for m in PAIR.finditer(text)]


def numbers(text: str, read: Iterable[tuple[int, int]] = (), cells: bool = False) -> list[Span]:
    """Return where a text writes eight digits or more that are no date or amount, and in no stretch
    that is `read` as something else; `cells`: the text is a record, and no number goes on in the
    next cell."""
    found = []
    left = list(text)
    for start, end in (*(match.span() for match in DATE.finditer(text)), *read):
        left[start:end] = "x" * (min(end, len(text)) - start)
    bare = "".join(left)
    for match in (CELL_NUMBER if cells else NUMBER).finditer(bare):
        decimals = bare[match.end() : match.end() + 3]
        amount = match[0] + decimals if re.fullmatch(r",\d\d", decimals) else match[0]
        if not _DIGITS_DATE.fullmatch(match[0]) and not _AMOUNT.fullmatch(amount):
            found.append(Span(start=match.start(), end=match.end(), node=f"{UNREAD}:"))
    return found


def without_numbers(text: str) -> str:
    """Take long numbers and coordinates out of words that a person has written freely."""
    text = PAIR.sub(f"[{POSITION}]", text)
    for span in reversed(numbers(text)):
        text = f"{text[: span.start]}[{UNREAD}]{text[span.end :]}"
    return text


def coarsen(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, COARSE)
