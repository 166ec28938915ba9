"""Reads the phone numbers of a run of digits: at once where they stand in line, else group by group."""

import re
from functools import lru_cache

from palermo.values import phone
from palermo.values.dividing import DATE, FEWEST, Manner, Reading, by_groups, counts
from palermo.values.phone import Form

_KEPT = 400  # characters: longer runs are tables of figures, and not worth remembering
_PART = re.compile(r"[0-9]+(?:[ ().*_~-]{1,3}[0-9]+)*")
_LINKED = re.compile(r" ?[,;/|\n] ?(\+?)\(?")  # between two whole numbers
_FIGURES = re.compile(r"[^0-9]+")
_FIGURES_ONLY = {c: None for c in range(128) if not 48 <= c < 58}
_UNDATED = re.compile(r"[0-9 ()+,;*_~|\n]*\Z")  # holds no date, time or position


def divide(run: str, region: str | None, manner: Manner) -> list[Reading]:
    """Return the numbers that a run of digits holds, in order."""
    return (_divide if len(run) < _KEPT else _divide.__wrapped__)(run, region, manner)


@lru_cache(maxsize=1 << 14)
def _divide(run: str, region: str | None, manner: Manner) -> list[Reading]:
    if not manner.backwards:
        plain = plainly(run, region, manner.plus)
        if plain is not None:
            return plain
    return by_groups(run, region, manner)


def plainly(run: str, region: str | None, plus: bool) -> list[Reading] | None:
    """Return what `by_groups` does where a run is of figures in which one whole number follows the
    other, as most are; otherwise None. No other division explains more of its digits."""
    if not run.isascii():
        return None
    end, stop = 0, len(run)
    if not _UNDATED.match(run):
        for date in DATE.finditer(run):
            if date.start() == end:  # what leads the numbers, or follows them
                end = date.end() + len(run[date.end() :]) - len(run[date.end() :].lstrip(" ,;\n"))
            elif date.end() == stop:
                stop = end + len(run[end : date.start()].rstrip(" ,;\n"))
            else:
                return None
        if end >= stop:
            return []
    return _in_line(run, end, stop, region, plus and end == 0)


def _in_line(run: str, end: int, stop: int, region: str | None, plus: bool) -> list[Reading] | None:
    readings: list[Reading] = []
    for part in _PART.finditer(run, end, stop):
        start = part.start()
        if start != end:
            link = _LINKED.fullmatch(run, end, start)
            if link is None:
                return None
            plus = bool(link.group(1))
        end = part.end()
        digits = part.group().translate(_FIGURES_ONLY)
        if not FEWEST <= len(digits) < 2 * FEWEST:
            return None
        number = phone.resolve(digits, region, plus)
        if number is None or not number.valid or number.form in (Form.CODE, Form.TRUNKLESS):
            return None
        if plus or not _are_amounts(part.group()):
            readings.append(Reading(start, end, number))
    return readings if end == stop else None


def _are_amounts(part: str) -> bool:
    parts = _FIGURES.split(part)
    return len(parts) > 1 and (
        counts(parts) or (parts[0] == "0" and part[1] == "." and len(parts) == 2)
    )
