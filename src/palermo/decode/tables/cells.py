"""Reads what single cells mean: times, numbers, amounts of money, durations."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from palermo.decode.tables.layout import Number, Time
from palermo.decode.tables.rows import Cell

DAY, HOUR, MINUTE = 86400, 3600, 60
UNKNOWN_ZONE = 14 * HOUR  # the widest offset in use
EXCEL_START = datetime(1899, 12, 30)  # day 0 of workbooks, which count 1900 as a leap year
WHOLE_DIGITS, PLACES = 20, 8  # what the vocabulary's MONEY holds
SIGNS = {
    "£": "GBP", "€": "EUR", "₫": "VND", "₽": "RUB", "฿": "THB", "₴": "UAH", "₹": "INR", "₺": "TRY",
    "₦": "NGN", "₱": "PHP", "₩": "KRW", "zł": "PLN", "kč": "CZK", "лв": "BGN", "lei": "RON",
    "$": None, "¥": None, "kr": None,  # shared by several currencies
}  # fmt: skip
BLANKS = "  \u202f\u2009"
WORDS = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))
MONEY = re.compile(
    rf"(?P<open>\()?\s*(?P<minus1>[-+−])?\s*(?P<before>{WORDS}|[A-Za-z]{{3}})?\s*"
    rf"(?P<minus2>[-+−])?\s*(?P<number>[\d.,'’{BLANKS}]*\d[.,]?)\s*(?P<minus3>[-−])?\s*"
    rf"(?P<after>{WORDS}|[A-Za-z]{{3}})?\s*(?P<word>CR|DR)?\s*(?P<close>\))?",
    re.IGNORECASE,
)


class CellError(ValueError):
    """A cell that cannot be read as the mapping says; the message names no value."""


class Moment(NamedTuple):
    time: datetime
    error: int
    zone: str


class Sum(NamedTuple):
    amount: Decimal  # with its sign
    currency: str | None


@lru_cache(maxsize=64)
def _digits(decimal: str, group: str) -> re.Pattern[str]:
    mark = {"": "", " ": f"[{BLANKS}]", "'": "['’]"}.get(group, re.escape(group))
    # thousands, or the lakh of India; groups of another length are no thousands
    grouped = rf"|\d{{1,3}}(?:{mark}\d{{2,3}})*{mark}\d{{3}}" if mark else ""
    point = re.escape(decimal)
    return re.compile(rf"(?P<whole>\d+{grouped}|)(?:{point}(?P<part>\d*))?")


def plain_number(text: str, decimal: str, group: str) -> Decimal:
    match = _digits(decimal, group).fullmatch(text.strip())
    if not match or not (match["whole"] or match["part"]):
        raise CellError(f"is no number with decimal {decimal!r} and group {group!r}")
    whole = re.sub(r"\D", "", match["whole"]) or "0"
    return Decimal(f"{whole}.{match['part'] or 0}")


def number(cell: Cell, spec: Number) -> Decimal:
    """Read a plain number, sign in front; raise `CellError`."""
    if isinstance(cell.typed, (int, float)) and not isinstance(cell.typed, bool):
        return _finite(Decimal(str(cell.typed))) * spec.factor
    text = cell.value.strip().replace("−", "-")
    sign = -1 if text.startswith("-") else 1
    return plain_number(text.lstrip("+-"), spec.decimal, spec.group) * sign * spec.factor


def money(cell: Cell, spec: Number) -> Sum:
    """Read an amount of money, with or without sign and currency; raise `CellError`."""
    if isinstance(cell.typed, (int, float)) and not isinstance(cell.typed, bool):
        return Sum(fits(_finite(Decimal(str(cell.typed)))), None)
    match = MONEY.fullmatch(cell.value.strip())
    if not match or bool(match["open"]) != bool(match["close"]):
        raise CellError("is no amount of money")
    value = plain_number(match["number"], spec.decimal, spec.group)
    minus = [match[f"minus{n}"] for n in (1, 2, 3) if match[f"minus{n}"]]
    if match["open"]:
        minus.append("-")
    word = (match["word"] or "").upper()
    if word == "DR":
        minus.append("-")
    if len(minus) + (word == "CR") > 1:
        raise CellError("has more than one sign")
    if minus and minus[0] != "+":
        value = -value
    named = {_currency(match[side]) for side in ("before", "after") if match[side]} - {None}
    if len(named) > 1:
        raise CellError("names two currencies")
    return Sum(fits(value), named.pop() if named else None)


def _currency(written: str) -> str | None:
    known = SIGNS.get(written.lower(), "")
    return written.upper() if known == "" else known


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise CellError("is no number")
    return value


def fits(value: Decimal) -> Decimal:
    """Return the amount if the vocabulary can hold it exactly; raise `CellError` if not."""
    try:
        exact = value == round(value, PLACES)
    except InvalidOperation:
        exact = False
    if not exact or abs(value) >= 10**WHOLE_DIGITS:
        raise CellError("is an amount too large or too finely divided to be kept exactly")
    return value


def seconds(text: str, form: str) -> str:
    """Return a duration in seconds, as text; raise `CellError`."""
    text = text.strip()
    if form == "h:m:s":
        parts = re.fullmatch(r"(?:(\d+):)?(\d+):(\d{2}(?:\.\d+)?)", text)
        if not parts:
            raise CellError("is no duration h:m:s")
        return short(int(parts[1] or 0) * HOUR + int(parts[2]) * MINUTE + Decimal(parts[3]))
    return short(plain_number(text, ".", "") * (MINUTE if form == "minutes" else 1))


def short(value: Decimal) -> str:
    """Return a number without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=256)
def named_zone(name: str) -> tzinfo:
    """Return the zone of an IANA name or an offset such as +03:00; raise `ValueError`."""
    offset = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?([0-5]\d)?", name.strip())
    if offset and int(offset[2]) < 24:
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(span if offset[1] == "+" else -span)
    try:
        return ZoneInfo("UTC" if name in ("Z", "UTC", "GMT") else name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name} is neither an IANA zone nor an offset") from None


def moment(
    written: str, spec: Time, formats: tuple[str, ...], zone: tuple[tzinfo | None, str]
) -> Moment:
    """Read a time by the first of `formats` that fits; raise `CellError`.

    `zone` is what counts for a value without an offset, and its label.
    """
    for form in formats:
        found = _naive(written.strip(), form)
        if found is None:
            continue
        local, error, offset = found
        try:
            return _place(local, max(error, spec.error), offset, zone, spec.in_value)
        except OverflowError:
            raise CellError("is a time out of range") from None
    raise CellError(f"is not written as {' or '.join(formats)}")


def _place(
    local: datetime, error: int, offset: str, zone: tuple[tzinfo | None, str], in_value: bool
) -> Moment:
    if local.tzinfo is not None:
        return Moment(local.astimezone(UTC), error, offset)
    if in_value:
        raise CellError("carries no offset, though the mapping says so")
    where, label = zone
    if where is None:
        return Moment(local.replace(tzinfo=UTC), error + UNKNOWN_ZONE, "unknown")
    early, late = local.replace(tzinfo=where), local.replace(tzinfo=where, fold=1)
    if early.utcoffset() != late.utcoffset():  # the clocks change: twice, or not at all
        error = max(error, HOUR)
    return Moment(early.astimezone(UTC), error, label)


ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[T ](?P<clock>\d{2}(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?)?)"
    r" ?(?P<offset>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)


def _naive(text: str, form: str) -> tuple[datetime, int, str] | None:
    """Return a time with the precision of its writing and its offset as written, or None."""
    try:
        match form:
            case "iso":
                return iso(text)
            case "epoch" | "epoch_ms":
                count = plain_number(text.lstrip("-"), ".", "") * (-1 if text[:1] == "-" else 1)
                unit = 1000 if form == "epoch_ms" else 1
                whole = count == count.to_integral() and unit == 1
                found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
                    microseconds=int(count * 1_000_000 / unit)
                )
                return found, 1 if whole else 0, "UTC"
            case "excel":
                days = plain_number(text, ".", "")
                found = EXCEL_START + timedelta(seconds=round(days * DAY))
                return found, DAY if days == days.to_integral() else 1, ""
            case _:
                found = datetime.strptime(text, form)
                offset = found.strftime("%z") if found.tzinfo else ""
                return found, precision(form), offset
    except (ValueError, OverflowError, InvalidOperation):
        return None


def iso(text: str) -> tuple[datetime, int, str] | None:
    """Return an ISO 8601 time, its precision in seconds and its offset as written, or None.

    The time is naive where no offset is written. Raise `ValueError` where there is no such time.
    """
    match = ISO.fullmatch(text)
    if not match:
        return None
    clock, offset = match["clock"], match["offset"] or ""
    plain = match["date"] + (f"T{clock}" if clock else "")
    number = "+00:00" if offset in ("Z", "UTC", "GMT") else offset
    error = DAY if clock is None else (HOUR, MINUTE, 1)[clock.count(":")]
    if clock and ("." in clock or "," in clock):
        error = 0
    return datetime.fromisoformat(plain + number), error, offset


def precision(form: str) -> int:
    """Return the seconds that a format leaves open."""
    for directive, error in (("%f", 0), ("%S", 1), ("%M", MINUTE), ("%H", HOUR), ("%I", HOUR)):
        if directive in form:
            return error
    return DAY


def render(value: object, day_only: bool = False) -> str:
    """Return a workbook's cell as text: ISO times, numbers without a needless `.0`."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            value = _tidy(value)
            return value.date().isoformat() if day_only else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            total = round(value.total_seconds())
            return f"{total // HOUR}:{total // MINUTE % 60:02}:{total % 60:02}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{Decimal(str(value)):f}"
    return str(value)


def _tidy(value: datetime) -> datetime:
    """Take away the millisecond by which a workbook's day fractions miss a whole second."""
    rest = value.microsecond
    if 0 < rest < 1000:
        return value.replace(microsecond=0)
    if rest > 999_000:
        return value.replace(microsecond=0) + timedelta(seconds=1)
    return value


def readable(text: str, form: str) -> bool:
    """Say whether a time can be read by a format."""
    return _naive(text.strip(), form) is not None
