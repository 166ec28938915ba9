"""Splits an MT940 or MT942 file into its fields, and reads the two that carry money."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from mt940.tags import StatementASNB, StatementGLS, Tags
from stdnum import iban

LONGEST = 64 << 10  # bytes of one field
TAG = re.compile(rb":([0-9]{2}[A-Z]?|NS|940|942):")
END = re.compile(rb"-(?:\}.*|XXX)?\s*")  # of a message; `-XXX` is one bank's
# patterns of the package mt-940, in the order in which they are tried
LINE = (Tags.STATEMENT.value.re, StatementASNB().re, StatementGLS().re)
BALANCE = Tags.FINAL_OPENING_BALANCE.value.re
SUM = Tags.SUM_DEBIT_ENTRIES.value.re
SIGN = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}  # as the account sees it


class FieldError(ValueError):
    """A field that is not of its form; the message names no value."""


@dataclass(slots=True)
class Field:
    """One field: `raw` are its lines, tag and line ends included."""

    tag: str  # empty: the end of a message; "envelope": what stands outside of messages
    offset: int
    raw: bytes
    cut: bool = False  # more lines follow that were too many to keep

    @property
    def locator(self) -> str:
        return f"offset:{self.offset};length:{len(self.raw.rstrip())}"


def fields(source: BinaryIO) -> Iterator[Field]:
    """Give the fields in order."""
    source.seek(0)
    now: Field | None = None
    offset, fresh = 0, True
    while line := source.readline(LONGEST):
        start, fresh_line = offset, fresh
        offset += len(line)
        fresh = line.endswith((b"\n", b"\r"))
        if start == 0 and line.startswith(b"\xef\xbb\xbf"):
            line, start = line[3:], 3
        tag = TAG.match(line) if fresh_line else None
        if tag or (fresh_line and END.fullmatch(line)):
            if now:
                yield now
            now = Field(tag[1].decode(), start, line) if tag else None
            if not tag:
                yield Field("", start, line)
        elif now is None or now.tag == "envelope":
            if line.strip():
                if now:
                    yield now
                now = Field("envelope", start, line)
        elif len(now.raw) + len(line) <= LONGEST:
            now.raw += line
        else:
            now.cut = True
    if now:
        yield now


def body(field: Field, charset: str) -> str:
    """Return a field's text without its tag; lines end in \\n, without blanks before it."""
    text = field.raw.rstrip().decode(charset, "replace").partition(":")[2].partition(":")[2]
    return "\n".join(line.rstrip() for line in text.splitlines())


@dataclass(frozen=True, slots=True)
class Money:
    """A balance, or the sum of several entries."""

    amount: Decimal
    currency: str
    day: date | None = None
    count: int | None = None
    adjusted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A statement line `:61:`."""

    amount: Decimal  # signed
    mark: str
    day: date
    entry_day: date | None
    type: str
    reference: str
    bank_reference: str
    extra: str
    beside: bool = False  # `extra` stands on the first line, after a reference filled with blanks
    adjusted: bool = False


def statement_line(text: str) -> Line:
    """Read the value of a `:61:`; raise `FieldError`."""
    found = _match_line(text)
    mark = (found["status"] or "").upper()
    if mark not in SIGN:
        raise FieldError("has an unknown debit or credit mark")
    if "," not in (found["amount"] or "") and not found["id"]:
        raise FieldError("has an amount without decimal comma that runs into other letters")
    day, adjusted = _day(found["year"], found["month"], found["day"])
    month, day_of_month = (found["entry_month"] or "").strip(), (found["entry_day"] or "").strip()
    entry = _entry_day(day, month, day_of_month) if month and day_of_month else None
    return Line(
        amount=_decimal(found["amount"]) * SIGN[mark],
        mark=mark,
        day=day,
        entry_day=entry,
        type=(found["id"] or "").strip(),
        reference=(found["customer_reference"] or "").strip(),
        bank_reference=(found["bank_reference"] or "").strip(),
        extra=(found["extra_details"] or "").strip(),
        beside="\n" not in text and len(found["customer_reference"] or "") == 16,
        adjusted=adjusted,
    )


def _match_line(text: str) -> dict[str, str | None]:
    text = "\n".join(text.split("\n", 2)[:2])  # the form has two lines
    patterns = LINE
    account = re.search(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", text.partition("\n")[0])
    if account and iban.is_valid(account[0]):  # an account where the reference should be
        patterns = (LINE[1], LINE[0], LINE[2])
    for pattern in patterns:
        if match := pattern.match(text):
            return match.groupdict()
    raise FieldError("is no statement line")


def _entry_day(day: date, month: str, day_of_month: str) -> date | None:
    """Return the entry date, which is written without a year: the one nearest to the value date."""
    near = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            near.append(date(year, int(month), int(day_of_month)))
        except ValueError:
            continue
    return min(near, key=lambda each: abs(each - day), default=None)


def balance(text: str) -> Money:
    """Read the value of a `:60F:` or its like, signed; raise `FieldError`."""
    match = BALANCE.match(text)
    if not match:
        raise FieldError("is no balance")
    day, adjusted = _day(match["year"], match["month"], match["day"])
    amount = _decimal(match["amount"]) * SIGN[match["status"].upper()]
    return Money(amount, match["currency"].upper(), day, adjusted=adjusted)


def total(text: str) -> Money:
    """Read the value of a `:90D:` or `:90C:`; raise `FieldError`."""
    match = SUM.match(text)
    if not match or not match["number"]:
        raise FieldError("is no sum of entries")
    return Money(_decimal(match["amount"]), match["currency"].upper(), count=int(match["number"]))


def _day(year: str | None, month: str | None, day: str | None) -> tuple[date, bool]:
    """Return a date, and whether it was moved: some banks' February has 30 days."""
    y, m, d = 2000 + int(year or 0), int(month or 0), int(day or 0)
    if y >= 2080:
        y -= 100
    try:
        if m == 2 and 28 < d <= 30:
            last = calendar.monthrange(y, 2)[1]
            return date(y, 2, min(d, last)), d > last
        return date(y, m, d), False
    except ValueError:
        raise FieldError("has no such date") from None


def _decimal(written: str | None) -> Decimal:
    text = written or ""
    try:
        return Decimal(text.replace(",", ".").removesuffix("."))
    except InvalidOperation:
        raise FieldError("has no readable amount") from None
