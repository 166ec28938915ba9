"""Dates as ISO 8601, as precise as written: 2024, 2024-05, 2024-05-12, --05-12, 2024-05-12T10:30."""

import re
from datetime import date

_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<time>\d\d:\d\d(?::\d\d)?(?:Z|"
    r"[+-]\d\d:\d\d)?))?)?)?\Z"
    r"|--(?P<m>\d\d)-(?P<d>\d\d)\Z"
)
_LEAP = 2000  # a year in which every day of the calendar exists
EARLIEST, LATEST = 1900, 2100
_PIVOT = 70  # two-digit years from 70 on are 19xx, as POSIX has it (69 there; 70 is the Unix epoch)


def compose(year: int | None, month: int, day: int | None, time: str = "") -> str | None:
    """Return the date, or None where the calendar has none such. Without a year: ``--05-12``."""
    try:
        date(year or _LEAP, month, day or 1)
    except ValueError:
        return None
    if year is None:
        return f"--{month:02}-{day:02}" if day else None
    if not EARLIEST <= year <= LATEST:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" + (f"T{time}" if time else "")


def full_year(written: str) -> int:
    """Read a year of two or four digits; a Buddhist year (25xx) becomes the common one."""
    year = int(written)
    if len(written) == 2:
        return year + (1900 if year >= _PIVOT else 2000)
    return year - 543 if 2443 <= year <= 2643 else year


def normalise(written: str) -> str | None:
    """Return an ISO 8601 date of one of the shapes above as it is, or None."""
    match = _SHAPE.match(written.strip()) if written.isascii() else None
    if match is None:
        return None
    if match["m"]:
        return compose(None, int(match["m"]), int(match["d"]))
    if match["month"] is None:
        return match["year"] if EARLIEST <= int(match["year"]) <= LATEST else None
    if match["time"] and not re.match(
        r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\Z|[Z+-])", match["time"]
    ):
        return None
    day = int(match["day"]) if match["day"] else None
    return compose(int(match["year"]), int(match["month"]), day, match["time"] or "")


def validate(value: str) -> bool:
    return normalise(value) == value
