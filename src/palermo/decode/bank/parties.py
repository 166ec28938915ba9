"""Finds the other side's account and name in the free text of an MT940 entry."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum import iban

from palermo.vocabulary import Kind

WIDTH = 65  # characters of a line of `:86:`, after which words are broken
IBAN = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])"
)
CURRENCY = re.compile(r"(?<=\d)\s*[A-Z]{3}$")
# the ways in which banks write the other side, after their own format descriptions
WRITTEN = (
    re.compile(r"/CNTP/(?P<account>[^/]*)/(?:[^/]*)/(?P<name>[^/]*)/"),
    re.compile(r"/(?:BENM|ORDP)//(?:ACCT/(?P<account>[^/]+)/)?NAME/(?P<name>[^/]+)"),
    re.compile(r"/IBAN/(?P<account>[^/]+)"),
    re.compile(r"(?<!/)/NAME/(?P<name>[^/]+)"),
    re.compile(r"REK: ?(?P<account>[A-Z0-9. ]+)/NAAM: ?(?P<name>[^/\n]+)"),
    re.compile(
        r"\b(?:Z|NA) RACH\.:\s*(?P<account>[0-9 ]{10,40});\s*"
        r"(?:OD|DLA):\s*(?P<name>[^;]+?) *(?:  |\n|;)"
    ),
)  # fmt: skip
SUBFIELD = re.compile(r"^\d{3}(?P<mark>[?>&+<])\d\d")


class Side(NamedTuple):
    kind: Kind
    value: str
    start: int | None  # span in the entry's text, where it stands there as it is
    end: int | None


def account(written: str) -> tuple[Kind, str]:
    """Return an account's kind and value: an IBAN by its check digits, any other as written."""
    plain = re.sub(r"\s", "", written)
    for candidate in (plain, CURRENCY.sub("", plain)):
        if iban.is_valid(candidate):
            return Kind.IBAN, candidate
    return Kind.ACCOUNT, CURRENCY.sub("", written.strip())


def other_side(text: str, details: str, start: int, own: str) -> list[Side]:
    """Return the accounts and names of the other side.

    `details` is what `:86:` says, standing in `text` from `start` on but for the ends of lines;
    `own` is the statement's account.
    """
    flat = unwrap(details)
    found: list[tuple[Kind, str]] = []
    seen: list[str] = []
    for kind, value in (*_subfields(flat), *_written(flat), *_ibans(flat)):
        plain = _plain(value)
        if plain and not _plain(own).endswith(plain) and plain not in map(_plain, seen):
            found.append((kind, value))
            seen.append(value)
    return [Side(kind, value, *span(text, value, start)) for kind, value in found]


def _plain(written: str) -> str:
    return re.sub(r"\s", "", written)


def span(text: str, value: str, start: int) -> tuple[int | None, int | None]:
    at = text.find(value, start)
    return (at, at + len(value)) if at >= 0 else (None, None)


def unwrap(details: str) -> str:
    """Join lines: a full one broke off inside a word, a shorter one ended there."""
    lines = details.split("\n")
    if SUBFIELD.match(details):
        return "".join(lines)
    out = []
    for line in lines:
        out.append(line if len(line) >= WIDTH - 1 else line + "\n")
    return "".join(out).rstrip("\n")


def _subfields(flat: str) -> Iterator[tuple[Kind, str]]:
    """Read `?31` account and `?32` `?33` name, as German banks structure `:86:`."""
    match = SUBFIELD.match(flat)
    if not match:
        return
    mark = re.escape(match["mark"])
    parts = dict(re.findall(rf"{mark}(\d\d)([^{mark}]*)", flat[3:]))
    if written := parts.get("31", "").strip():
        kind, value = account(written)
        bank = parts.get("30", "").strip()
        yield kind, f"{bank}/{value}" if kind is Kind.ACCOUNT and bank else value
    if name := (parts.get("32", "") + parts.get("33", "")).strip():
        yield Kind.NAME, name


def _written(flat: str) -> Iterator[tuple[Kind, str]]:
    for pattern in WRITTEN:
        for match in pattern.finditer(flat):
            parts = match.groupdict()
            if written := (parts.get("account") or "").strip():
                yield account(written)
            if name := " ".join((parts.get("name") or "").split()):
                yield Kind.NAME, name


def _ibans(flat: str) -> Iterator[tuple[Kind, str]]:
    """Give the one IBAN of a text; of several, nothing says which is the other side's."""
    found = {value for match in IBAN.finditer(flat) if (value := _valid(match[0]))}
    if len(found) == 1:
        yield Kind.IBAN, found.pop()


def _valid(written: str) -> str | None:
    """Return the longest run of whole groups that is an IBAN."""
    groups = written.split(" ")
    for n in range(len(groups), 0, -1):
        if iban.is_valid("".join(groups[:n])):
            return " ".join(groups[:n])
    return None
