"""Reads bank statements in SWIFT MT940 and MT942."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from palermo.decode.bank.fields import (
    Field,
    FieldError,
    Line,
    Money,
    balance,
    body,
    fields,
    statement_line,
    total,
)
from palermo.decode.bank.flat import Flat, flatten
from palermo.decode.bank.parties import account, from_line, other_side, span
from palermo.decode.bank.words import said
from palermo.decode.clock import to_utc
from palermo.decode.decoder import Context
from palermo.vocabulary import Event, EventKind, Kind, Party, Problem, Role, Run

DAY = 86400
LOCATOR = re.compile(r"offset:(?P<offset>\d+);length:(?P<length>\d+)")
MOST_FIELDS = 64  # of one entry
ENVELOPE = re.compile(rb"[\x00-\x20]*(?:\{.*|\}|[A-Z0-9 ]{0,40}|)\s*")  # blocks and bank codes
# read for what they say of the statement, or ignored on purpose: floor limits, time of the report
HEADINGS = {"20", "21", "25", "28", "28C", "34F", "13", "13D", "940", "942", "envelope"}
BALANCES = {
    "60": "opening", "60F": "opening", "60M": "opening", "62": "closing", "62F": "closing",
    "62M": "closing", "64": "available", "65": "forward available",
}  # fmt: skip


@dataclass(slots=True)
class Statement:
    """What is known of the statement being read."""

    account: str = ""
    number: str = ""
    currency: str | None = None
    opening: Decimal | None = None
    moved: Decimal = Decimal(0)
    whole: bool = True  # no entry of it was unreadable
    sums: dict[str, Decimal] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


class Mt940:
    """Reads bank statements in SWIFT MT940 and MT942: payments and balances."""

    name = "mt940"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        tags = set(re.findall(rb"(?m)^(?:\xef\xbb\xbf)?:(\d\d[A-Z]?):", head))
        if b"20" in tags and tags & {b"61", b"60F", b"60M", b"62F", b"62M", b"34F"}:
            return 0.97
        return 0.6 if len(tags & {b"25", b"61", b"86", b"60F", b"62F"}) > 1 else 0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Problem]:
        yield from _Reading(context).items(source)

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        match = LOCATOR.fullmatch(locator)
        if not match:
            raise ValueError(f"{locator} names no field")
        source.seek(int(match["offset"]))
        return source.read(int(match["length"]))


class _Reading:
    """One file being read, field by field; an entry waits for the fields that explain it."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.statement = Statement()
        self.waiting: list[Field] = []  # a `:61:` or `:62F:` and what follows on it
        self.misread: Counter[str] = Counter()
        self.first_misread: dict[str, str] = {}

    def items(self, source: BinaryIO) -> Iterator[Event | Problem]:
        empty = True
        for each in fields(source):
            empty = False
            if each.cut:
                yield self.problem(each, "field", "is too long: its end is not read")
            if each.tag in ("86", "NS") and self.open():
                self.waiting.append(each)
                continue
            yield from self.flush()
            yield from self.take(each)
        yield from self.flush()
        for charset, count in self.misread.items():
            yield Problem(
                locator=self.first_misread[charset],
                kind="encoding",
                message=f"is not valid UTF-8: read as {charset}; other letters may be meant",
                count=count,
            )
        if empty:
            yield Problem(locator="offset:0", kind="empty", message="the file holds no field")

    def open(self) -> bool:
        """Say whether an entry waits that the next field can be part of."""
        return 0 < len(self.waiting) < MOST_FIELDS and not self.waiting[-1].cut

    def take(self, each: Field) -> Iterator[Problem]:
        value = body(each, self.charset(each)) if each.tag not in ("envelope", "") else ""
        match each.tag:
            case "20":
                self.statement = Statement()
            case "25":
                self.statement.account = value.strip()
            case "28" | "28C":
                self.statement.number = value.strip()
            case "34F":
                self.statement.currency = self.statement.currency or value[:3].upper()
            case "61" | "60" | "60F" | "60M" | "62" | "62F" | "62M" | "64" | "65":
                self.waiting = [each]
            case "90D" | "90C":
                yield from self.check_total(each, value)
            case "86" | "NS":
                yield from self.unattached(each)
            case "envelope":
                if not ENVELOPE.fullmatch(each.raw):
                    yield self.problem(each, "field", "stands outside of a statement: not read")
            case "":
                self.statement = Statement()
            case known if known in HEADINGS:
                pass
            case unknown:
                yield self.problem(each, "field", f"has the unknown tag {unknown}: not read")

    def unattached(self, each: Field) -> Iterator[Problem]:
        if each.tag == "86":  # `NS` in a statement's heading names the account's owner again
            yield self.problem(each, "field", "explains no entry: not read")

    def flush(self) -> Iterator[Event | Problem]:
        if not self.waiting:
            return
        waiting, self.waiting = self.waiting, []
        first = waiting[0]
        try:
            if first.tag == "61":
                yield from self.entry(waiting)
            else:
                yield from self.balance(waiting)
        except FieldError as error:
            self.statement.whole = False
            yield self.problem(first, "field", str(error))

    def entry(self, waiting: list[Field]) -> Iterator[Event | Problem]:
        line = statement_line(body(waiting[0], self.charset(waiting[0])))
        event = self.event(EventKind.PAYMENT, waiting, line.day)
        statement = self.statement
        way = "in" if line.amount > 0 or (not line.amount and line.mark in ("C", "RD")) else "out"
        event.amount, event.currency = abs(line.amount), statement.currency
        event.details = {**event.details, **_entry_details(line, way)}
        own = list(self.bodies(waiting, event.details.get("charset", "utf-8")))
        flat = flatten(event.text, [(first, last) for tag, first, last in own if tag == "86"])
        event.parties = list(self.parties(event, flat, line, way))
        event.said = said(event, flat, line.extra, own)
        statement.moved += line.amount
        side = "C" if way == "in" else "D"
        statement.sums[side] = statement.sums.get(side, Decimal(0)) + abs(line.amount)
        statement.counts[side] += 1
        yield event
        if line.adjusted:
            yield self.problem(
                waiting[0], "date", "has a day that February lacks: its last is taken"
            )
        if statement.currency is None:
            yield self.problem(
                waiting[0], "currency", "stands in a statement that names no currency"
            )

    def balance(self, waiting: list[Field]) -> Iterator[Event | Problem]:
        first = waiting[0]
        found = balance(body(first, self.charset(first)))
        assert found.day is not None, "a balance has a date"
        event = self.event(EventKind.BALANCE, waiting, found.day)
        event.amount, event.currency = found.amount, found.currency
        event.details = {**event.details, "type": BALANCES[first.tag]}
        if first.tag.endswith("M"):
            event.details["intermediate"] = "yes"
        if self.statement.account:
            event.parties = [Party(Role.HOLDER, *account(self.statement.account))]
        yield event
        yield from self.check(first, found)

    def event(self, kind: EventKind, waiting: list[Field], day: date) -> Event:
        raw = b"".join(each.raw for each in waiting).rstrip()
        charset = self.charset(Field("", waiting[0].offset, raw))
        text = raw.decode(charset, "replace")
        moment = to_utc(datetime(day.year, day.month, day.day), self.context.statement.zone)
        details = {"statement": self.statement.number} if self.statement.number else {}
        if charset != "utf-8":
            details["charset"] = charset
        return Event(
            kind=kind,
            locator=f"offset:{waiting[0].offset};length:{len(raw)}",
            time=moment.time,
            time_error=moment.error + DAY,
            zone=moment.zone,
            time_written=f"{day:%y%m%d}",
            text=text,
            map=[Run(0, len(text), 0, len(raw))],
            said=[],
            details=details,
        )

    def bodies(self, waiting: list[Field], charset: str) -> Iterator[tuple[str, int, int]]:
        """Give each field's tag and where its value stands in the event's text."""
        at = 0
        for each in waiting:
            text = each.raw.decode(charset, "replace")
            yield each.tag, at + len(each.tag) + 2, at + len(text.rstrip())
            at += len(text)

    def parties(self, event: Event, flat: Flat, line: Line, way: str) -> Iterator[Party]:
        own, other = (Role.PAYEE, Role.PAYER) if way == "in" else (Role.PAYER, Role.PAYEE)
        if self.statement.account:
            yield Party(own, *account(self.statement.account))
        sides = other_side(flat, self.statement.account)
        for side in sides:
            yield Party(other, *side)
        found = {side.kind for side in sides}
        for kind, value in from_line(line, flat.text):
            if kind not in found and not (kind is not Kind.NAME and found - {Kind.NAME}):
                yield Party(other, kind, value, *span(event.text, value, 0))

    def check(self, first: Field, found: Money) -> Iterator[Problem]:
        """Compare opening balance and entries with the closing balance."""
        statement = self.statement
        if BALANCES[first.tag] == "opening":
            statement.opening, statement.currency = found.amount, found.currency
            statement.moved, statement.whole = Decimal(0), True
        if BALANCES[first.tag] != "closing":
            return
        if statement.opening is None:
            yield self.problem(first, "balance", "closes a statement whose opening is not there")
        elif statement.opening + statement.moved != found.amount:
            gap = found.amount - statement.opening - statement.moved
            why = "" if statement.whole else "; entries that could not be read may explain it"
            message = (
                f"is not the opening balance and the entries: {gap} {found.currency} apart{why}"
            )
            yield self.problem(first, "balance", message)
        if found.adjusted:
            yield self.problem(first, "date", "has a day that February lacks: its last is taken")
        statement.opening = None

    def check_total(self, each: Field, value: str) -> Iterator[Problem]:
        try:
            stated = total(value)
        except FieldError as error:
            yield self.problem(each, "field", str(error))
            return
        side = each.tag[-1]
        read = self.statement.sums.get(side, Decimal(0)), self.statement.counts[side]
        if read != (stated.amount, stated.count):
            yield self.problem(each, "balance", "is not the sum of the entries that were read")

    def charset(self, each: Field) -> str:
        try:
            each.raw.decode("utf-8")
            return "utf-8"
        except UnicodeDecodeError:
            pass
        try:
            each.raw.decode("cp1252")
            charset = "cp1252"
        except UnicodeDecodeError:
            charset = "latin-1"
        if not each.tag:  # counted once, where the event is made
            self.misread[charset] += 1
            self.first_misread.setdefault(charset, each.locator)
        return charset

    def problem(self, each: Field, kind: str, message: str) -> Problem:
        return Problem(locator=each.locator, kind=kind, message=f"{each.tag} {message}")


def _entry_details(line: Line, way: str) -> dict[str, str]:
    details = {"direction": way, "type": line.type, "bank_reference": line.bank_reference}
    details["reference"] = line.reference
    if line.entry_day:
        details["booked"] = line.entry_day.isoformat()
    if line.mark in ("RC", "RD"):
        details["reversal"] = "yes"
    if line.mark in ("EC", "ED"):
        details["expected"] = "yes"
    details["supplement"] = line.extra
    return {key: value for key, value in details.items() if value not in ("", "NONREF")}
