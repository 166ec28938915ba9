"""Divides a run of digit groups into phone numbers.

A run such as "150 020 7946 0018 / 020 7946 0019 24/7" is read as the numbers that together explain
most of its digits; what is likelier an amount, a count, a date or part of a longer number is none.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from palermo.values import phone
from palermo.values.digits import Group, groups
from palermo.values.phone import Form, Number

FEWEST = 7  # digits of a number, with its area code, in a country of any size
_MOST = 20  # digits: 15 of E.164 and what is dialled before
_SPARE = 4  # digits beside a number that make it part of a longer one
_KEPT = 400  # characters: longer runs are tables of figures, and not worth remembering
_PLUS = re.compile(r"[+＋﹢➕]")
_TIGHT = re.compile(r"[ \u00a0\u2009\u202f.\-‐‑–_]?\Z")
_BREAK = re.compile(r"[\n,;|/]")
_DATE = re.compile(
    r"(?<![\d.\-/])(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)?\d\d)(?![.\-/]?\d)"
    r"|(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d|:\d)"
)


class Reading(NamedTuple):
    """A number read from groups `first` to `last` of a run."""

    first: int
    last: int
    number: Number
    score: float


class _Run(NamedTuple):
    found: list[Group]
    gaps: list[str]  # what stands between a group and the next
    plus_at: list[bool]  # whether a plus leads the group
    blocked: set[int]  # groups of a date or a time
    region: str | None


def divide(run: str, region: str | None, plus: bool) -> tuple[list[Group], list[Reading]]:
    """Return the groups of a run, and the numbers chosen from them; `plus` led the run."""
    return (_divide if len(run) < _KEPT else _divide.__wrapped__)(run, region, plus)


@lru_cache(maxsize=1 << 14)
def _divide(run: str, region: str | None, plus: bool) -> tuple[list[Group], list[Reading]]:
    found = groups(run)
    if sum([len(g.digits) for g in found]) < FEWEST:
        return found, []
    opening = plus or _PLUS.search(run[: found[0].start]) is not None
    gaps = [run[a.end : b.start] for a, b in itertools.pairwise(found)]
    plus_at = [opening, *("+" in gap or _PLUS.search(gap) is not None for gap in gaps)]
    parts = _Run(found, gaps, plus_at, _blocked(run, found), region)
    chosen = _choose(parts)
    taken = {i for r in chosen for i in range(r.first, r.last + 1)}
    return found, [r for r in chosen if _fits(r, parts, taken)]


def _blocked(run: str, found: list[Group]) -> set[int]:
    """Groups that are part of a date or a time."""
    blocked = set()
    i = 0
    for match in _DATE.finditer(run) if len(found) > 1 else ():
        while i < len(found) and found[i].end <= match.start():
            i += 1
        while i < len(found) and found[i].start < match.end():
            blocked.add(i)
            i += 1
    return blocked


def _choose(run: _Run) -> list[Reading]:
    """The readings that do not overlap and have the highest scores together."""
    size = len(run.found)
    breaks = [_BREAK.search(gap) is not None for gap in run.gaps]
    best = [0.0] * (size + 1)
    choice: list[Reading | None] = [None] * size
    for i in range(size - 1, -1, -1):
        best[i] = best[i + 1]
        for reading in _readings(run, breaks, i):
            score = reading.score + best[reading.last + 1]
            if score > best[i]:
                best[i], choice[i] = score, reading
    chosen: list[Reading] = []
    i = 0
    while i < size:
        taken = choice[i]
        if taken:
            chosen.append(taken)
        i = taken.last + 1 if taken else i + 1
    return chosen


def _readings(run: _Run, breaks: list[bool], first: int) -> Iterator[Reading]:
    """Yield the numbers that begin with group `first`."""
    found, gaps, plus_at, blocked, region = run
    digits, broken = "", 0
    for last in range(first, len(found)):
        if last in blocked or (last > first and plus_at[last]):
            return
        if last > first and breaks[last - 1]:
            broken += 1
        digits += found[last].digits
        if len(digits) > _MOST:
            return
        if len(digits) < FEWEST:
            continue
        number = phone.resolve(digits, region, plus_at[first])
        if number is None or (last == first and found[first].pure):
            continue
        uniform = broken and len(set(gaps[first:last])) == 1  # one sign throughout is no break
        score = len(digits) - (0 if uniform else 1.5 * broken) - (0 if number.valid else 4)
        score -= sum(1.5 * len(found[i].digits) for i in {first, last} if _loose(found[i]))
        score += 3 * plus_at[first]
        score -= 2 * (number.form is Form.CODE) + (number.form is Form.TRUNKLESS)
        yield Reading(first, last, number, score)


def _loose(group: Group) -> bool:
    """Whether a group at a number's edge is likelier a short word: "is", "so", "Bill"."""
    return group.pure and set(group.digits) != {"0"}


def _fits(r: Reading, run: _Run, taken: set[int]) -> bool:
    """Whether a number can be told from what stands beside it, and is no list of amounts."""
    found, gaps, plus_at, blocked, _ = run
    own = found[r.first : r.last + 1]
    amounts = _counts(own) or _thousands(own, gaps[r.first : r.last])
    if amounts and not plus_at[r.first]:
        return False
    for step, edge in ((-1, r.first), (1, r.last)):
        spare, i = 0, edge + step
        while spare < _SPARE and 0 <= i < len(found) and i not in taken and i not in blocked:
            gap = gaps[min(i, i - step)]
            if not _TIGHT.match(gap) or (step == 1 and plus_at[i]) or found[i].pure:
                break
            if gap not in (" ", "\u00a0") and r.number.form is not Form.INTERNATIONAL:
                return False
            spare += len(found[i].digits)
            i += step
        if spare >= _SPARE and not (step == -1 and plus_at[r.first]):
            return False
    return True


def _counts(own: list[Group]) -> bool:
    """Whether the groups are amounts or a count: 100 150 200, 1 2 3 4."""
    if len(own) < 3:
        return False
    values = [int(g.digits) for g in own]
    steps = [b - a for a, b in itertools.pairwise(values)]
    if len(values) >= 5 and set(steps[:-1]) == {1}:
        return True
    return all(s > 0 for s in steps) and all(
        len(g.digits) > 1 and g.digits[0] != "0" and g.digits[-1] in "05" for g in own
    )


def _thousands(own: list[Group], gaps: list[str]) -> bool:
    """Whether the groups are one amount: 1,250,000 or 0.12345678."""
    if len(own) == 2 and own[0].digits == "0" and gaps == ["."]:
        return True
    return (
        len(own) > 2
        and set(gaps) == {","}
        and 0 < len(own[0].digits) <= 3
        and all(len(g.digits) == 3 for g in own[1:])
    )
