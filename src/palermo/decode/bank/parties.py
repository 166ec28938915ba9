"""Finds the other side's account and name in the free text of an MT940 entry."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stdnum import iban

from palermo.decode.bank.fields import Line
from palermo.decode.bank.flat import SUBFIELD, Flat
from palermo.vocabulary import Kind

IBAN = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])"
)
ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")  # an IBAN, right or not
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


class Side(NamedTuple):
    kind: Kind
    value: str
    start: int | None  # where it stands in the entry's text, with what the bank put between
    end: int | None


# A value, and the range of the flat text that writes it.
Written = tuple[Kind, str, int, int]


def account(written: str) -> tuple[Kind, str]:
    """Return an account's kind and value: an IBAN by its check digits, any other as written."""
    plain = re.sub(r"\s", "", written)
    for candidate in (plain, CURRENCY.sub("", plain)):
        if iban.is_valid(candidate):
            return Kind.IBAN, candidate
    return Kind.ACCOUNT, CURRENCY.sub("", written.strip())


def other_side(flat: Flat, own: str) -> list[Side]:
    """Return the accounts and names of the other side; `own` is the statement's account."""
    found: list[Side] = []
    seen: list[str] = []
    for kind, value, start, end in (
        *_subfields(flat.text),
        *_written(flat.text),
        *_ibans(flat.text),
    ):
        plain = _plain(value)
        if plain and not _plain(own).endswith(plain) and plain not in seen:
            found.append(Side(kind, value, *(flat.stretch(start, end) or (None, None))))
            seen.append(plain)
    return found


def from_line(line: Line, details: str) -> Iterator[tuple[Kind, str]]:
    """Give account and name where the bank puts them into `:61:` itself."""
    kind, value = account(line.reference)
    both = f"{line.reference} {line.extra}"
    explained = line.reference and line.extra and details.startswith(both)
    if kind is Kind.IBAN or explained or (line.beside and line.extra):
        if any(letter.isdigit() for letter in value):
            yield kind, value
        if line.extra:
            yield Kind.NAME, line.extra
    elif ACCOUNT.fullmatch(line.extra):
        yield account(line.extra)


def _plain(written: str) -> str:
    return re.sub(r"\s", "", written)


def span(text: str, value: str, start: int) -> tuple[int | None, int | None]:
    at = text.find(value, start)
    return (at, at + len(value)) if at >= 0 else (None, None)


def _subfields(flat: str) -> Iterator[Written]:
    """Read `?31` account and `?32` `?33` name, as German banks structure `:86:`."""
    match = SUBFIELD.match(flat)
    if not match:
        return
    mark = re.escape(match["mark"])
    found = re.compile(rf"{mark}(\d\d)([^{mark}]*)").finditer(flat, 3)
    parts = {part[1]: part for part in found}
    bank, number = (parts[code][2].strip() if code in parts else "" for code in ("30", "31"))
    if number:
        kind, value = account(number)
        with_bank = kind is Kind.ACCOUNT and bool(bank)
        yield (
            kind,
            f"{bank}/{value}" if with_bank else value,
            *_around([parts["30"], parts["31"]] if with_bank else [parts["31"]]),
        )
    names = [parts[code] for code in ("32", "33") if code in parts]
    if name := "".join(part[2] for part in names).strip():
        yield Kind.NAME, name, *_around([part for part in names if part[2].strip()])


def _around(parts: Sequence[re.Match[str]]) -> tuple[int, int]:
    return min(part.start(2) for part in parts), max(part.end(2) for part in parts)


def _written(flat: str) -> Iterator[Written]:
    for pattern in WRITTEN:
        for match in pattern.finditer(flat):
            parts = match.groupdict()
            if written := (parts.get("account") or "").strip():
                yield *account(written), *match.span("account")
            if name := " ".join((parts.get("name") or "").split()):
                yield Kind.NAME, name, *match.span("name")


def _ibans(flat: str) -> Iterator[Written]:
    """Give the one IBAN of a text; of several, nothing says which is the other side's."""
    valid = ((match.start(), _valid(match[0])) for match in IBAN.finditer(flat))
    found = {value: at for at, value in valid if value}
    if len(found) == 1:
        value, at = found.popitem()
        yield Kind.IBAN, value, at, at + len(value)


def _valid(written: str) -> str | None:
    """Return the longest run of whole groups that is an IBAN."""
    groups = written.split(" ")
    for n in range(len(groups), 0, -1):
        if iban.is_valid("".join(groups[:n])):
            return " ".join(groups[:n])
    return None
