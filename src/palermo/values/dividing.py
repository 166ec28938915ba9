"""Divides the groups of a run of digits into phone numbers.

A run such as "150 020 7946 0018 / 020 7946 0019 24/7" is read as the numbers that together explain
most of its digits; what is likelier an amount, a count, a date or part of a longer number is none.
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from palermo.values import phone
from palermo.values.digits import EDGED, Group, groups
from palermo.values.numerals import AND, OR
from palermo.values.phone import Form, Number

FEWEST = 7  # digits of a number, with its area code, in a country of any size
_MOST = 20  # digits: 15 of E.164 and what is dialled before
_SPARE = 4  # digits beside a number that make it part of a longer one
_PLUS = re.compile(r"[+＋﹢➕]")
_TRUNK = re.compile(r"0(?!0)")
_TIGHT = re.compile(r"[ \u00a0\u2009\u202f.\-‐‑–_]?\Z")
_WIDE = 10  # characters between two digits that keep them apart
_BREAK = re.compile(rf"[\n,;|/&]|\s(?i:{OR})\s")
_AND = re.compile(rf"\s(?i:{AND})\s")
# between a number and another's end
_LINK = re.compile(rf"\s*[/\\|,;&+]\s*(?:\.\.+|…)?|\s+(?i:{OR}|{AND})\s+(?:\.\.+|…)?")
_SLASHES = ("/", "\\", "|")
_NEAR = 20  # apart, in their last digits: numbers of one owner that follow each other
_LONGEST_END = 7  # digits
DATE = re.compile(
    r"(?<![\d.\-/])(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)?\d\d)(?![.\-/]?\d)"
    r"|(?<![\d/])24/7(?![\d/])"
    r"|(?<![\d-])\d{6,10}(?:-\d{6,10}){2,}"  # an account
    r"|(?<![\d-])(?:[01]?\d|2[0-4])-(?:[01]?\d|2[0-4])(?:[,;/] ?(?:[01]?\d|2[0-4])-(?:[01]?\d|2[0-4]))+(?![\d-])"
    r"|(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d|:\d)"
    r"|(?<![\d.])-?\d{1,3}\.\d{3,8}\s?[,;/ ]\s?-?\d{1,3}\.\d{3,8}(?![\d.])"  # a position
    r"|(?<![\d)/-])(?<![\d)]\s)(?:1[0-3]|[6-9])\d([-/])[4-9]\d\3(?:1[0-3]|[6-9])\d(?![\w/-])(?!\s?\d)"
)


class Reading(NamedTuple):
    """A number that stands in `run[start:end]`."""

    start: int
    end: int
    number: Number
    how: tuple[str, ...] = ("figures",)  # the ways in which its digits are written


class Manner(NamedTuple):
    """How a run is to be read."""

    plus: bool = False  # a plus led it
    spoken: bool = False  # words may stand for numbers
    backwards: bool = False  # from its end, if that gives a number


class _Choice(NamedTuple):
    """A number read from groups `first` to `last` of a run."""

    first: int
    last: int
    number: Number
    score: float = 0.0


class _Run(NamedTuple):
    found: list[Group]
    gaps: list[str]  # what stands between a group and the next
    plus_at: list[bool]  # whether a plus leads the group
    blocked: set[int]  # groups of a date, a time or a position
    region: str | None


def by_groups(run: str, region: str | None, manner: Manner) -> list[Reading]:
    """Return the numbers of a run by weighing all the ways to divide its groups."""
    found = [part for group in groups(run, manner.spoken) for part in _cut(group, region)]
    readings = _by_groups(run, found, region, manner)
    if not readings and EDGED.search(run):
        readings = _by_groups(run, groups(run, manner.spoken, True), region, manner)
    return readings


def _cut(group: Group, region: str | None) -> list[Group]:
    """Cut mobile numbers apart that were written without a sign between; any other group stays."""
    digits, size = group.digits, len(group.digits)
    if size < 2 * FEWEST or group.end - group.start != size or phone.resolve(digits, region):
        return [group]
    for count in (2, 3):
        step = size // count
        starts = range(0, size, step)
        parts = [phone.resolve(digits[i : i + step], region) for i in starts]
        if size % count == 0 and all(
            n is not None and n.valid and n.form is Form.NATIONAL and (n.mobile or digits[0] == "0")
            for n in parts
        ):
            return [
                group._replace(
                    digits=digits[i : i + step], start=group.start + i, end=group.start + i + step
                )
                for i in starts
            ]
    return [group]


def _by_groups(run: str, found: list[Group], region: str | None, manner: Manner) -> list[Reading]:
    if sum([len(g.digits) for g in found]) < FEWEST:
        return []
    blocked = _blocked(run, found)
    if sum([len(g.digits) for i, g in enumerate(found) if i not in blocked]) < FEWEST:
        return []
    chosen = _backwards(run, found, region, blocked) if manner.backwards else []
    turned = bool(chosen)
    if not chosen:
        chosen = _several(run, found, region, manner.plus, blocked)
    readings = []
    for choice in chosen:
        own = found[choice.first : choice.last + 1]
        how = dict.fromkeys(way for group in own for way in group.how.split(", "))
        if turned:
            how["figures from its end, as the text says"] = None
        readings.append(Reading(own[0].start, own[-1].end, choice.number, tuple(how)))
    return readings


def _several(
    run: str, found: list[Group], region: str | None, plus: bool, blocked: set[int]
) -> list[_Choice]:
    opening = plus or _PLUS.search(run[: found[0].start]) is not None
    gaps = [run[a.end : b.start] for a, b in itertools.pairwise(found)]
    between = gaps.count("+") > 2  # signs between digits, not before numbers
    plus_at = [
        opening,
        *(
            # "07700 900123+07700 900124": a plus between numbers leads none
            not between
            and _PLUS.search(gap) is not None
            and not (gap == "+" and _TRUNK.match(group.digits))
            for gap, group in zip(gaps, found[1:], strict=True)
        ),
    ]
    parts = _Run(found, gaps, plus_at, blocked, region)
    chosen = _choose(parts)
    taken = {i for r in chosen for i in range(r.first, r.last + 1)}
    kept = [r for r in chosen if _fits(r, parts, taken)]
    return sorted(kept + [s for r in kept for s in _shared(r, parts, taken)])


def _backwards(
    run: str, found: list[Group], region: str | None, blocked: set[int]
) -> list[_Choice]:
    """The numbers that a run holds when it is read from its end; none whose range is not assigned."""
    last = len(found) - 1
    turned = [g._replace(digits=g.digits[::-1]) for g in reversed(found)]
    gaps = [run[a.end : b.start] for a, b in itertools.pairwise(found)][::-1]
    plus_at = [bool(_PLUS.match(run, g.end)) for g in reversed(found)]
    parts = _Run(turned, gaps, plus_at, {last - i for i in blocked}, region)
    valid = [r for r in _choose(parts) if r.number.valid]
    return [r._replace(first=last - r.last, last=last - r.first) for r in reversed(valid)]


def _shared(r: _Choice, run: _Run, taken: set[int]) -> Iterator[_Choice]:
    """Yield the numbers that share the beginning of the one before them: 07700 900123/124."""
    found, gaps, plus_at, blocked, _ = run
    base = r.number
    for i in range(r.last + 1, len(found)):
        link, digits = _LINK.fullmatch(gaps[i - 1]), found[i].digits
        if not link or i in taken or i in blocked or plus_at[i] or found[i].pure:
            return
        if i + 1 < len(found) and _TIGHT.match(gaps[i]):
            return  # a longer number of another kind
        near = abs(int(digits) - int(base.value[-len(digits) :])) <= _NEAR
        tight = gaps[i - 1] in _SLASHES
        if len(digits) > _LONGEST_END or (len(digits) < 4 and not tight and not near):
            return
        number = phone.resolve(base.value[1 : -len(digits)] + digits, None, True)
        if not base.valid or number is None or not number.valid or digits == "24":
            return
        yield _Choice(i, i, number._replace(form=Form.SHARED))


def _blocked(run: str, found: list[Group]) -> set[int]:
    """Groups that are part of a date, a time or a position."""
    blocked = set()
    i = 0
    for match in DATE.finditer(run) if len(found) > 1 else ():
        while i < len(found) and found[i].end <= match.start():
            i += 1
        while i < len(found) and found[i].start < match.end():
            blocked.add(i)
            i += 1
    return blocked


def _choose(run: _Run) -> list[_Choice]:
    """The readings that do not overlap and have the highest scores together."""
    size = len(run.found)
    breaks = [_breaks(run, i) for i in range(size - 1)]
    best = [0.0] * (size + 1)
    choice: list[_Choice | None] = [None] * size
    for i in range(size - 1, -1, -1):
        best[i] = best[i + 1]
        for reading in _starting(run, breaks, i):
            score = reading.score + best[reading.last + 1]
            if score > best[i]:
                best[i], choice[i] = score, reading
    chosen: list[_Choice] = []
    i = 0
    while i < size:
        taken = choice[i]
        if taken:
            chosen.append(taken)
        i = taken.last + 1 if taken else i + 1
    return chosen


def _breaks(run: _Run, i: int) -> bool:
    """Whether what follows group `i` is likelier to part two numbers than to stand within one."""
    spoken = "words" in run.found[i].how or "words" in run.found[i + 1].how
    gap = run.gaps[i]
    return bool(_BREAK.search(gap) or (not spoken and _AND.search(gap)))


def _starting(run: _Run, breaks: list[bool], first: int) -> Iterator[_Choice]:
    """Yield the numbers that begin with group `first`."""
    found, gaps, plus_at, blocked, region = run
    digits, broken = "", 0
    for last in range(first, len(found)):
        if last in blocked or (last > first and (plus_at[last] or len(gaps[last - 1]) > _WIDE)):
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
        if found[last].pure and breaks[last - 1]:
            continue
        uniform = broken and len(set(gaps[first:last])) == 1  # one sign throughout is no break
        score = len(digits) - (0 if uniform else 1.5 * broken) - (0 if number.valid else 4)
        score -= sum(len(found[i].digits) for i in {first, last} if _loose(found[i]))
        score += 3 * plus_at[first]
        score -= 2 * (number.form is Form.CODE) + (number.form is Form.TRUNKLESS)
        yield _Choice(first, last, number, score)


def _loose(group: Group) -> bool:
    """Whether a group at a number's edge is likelier a short word: "is", "so", "Bill"."""
    return group.pure and set(group.digits) != {"0"}


def _fits(r: _Choice, run: _Run, taken: set[int]) -> bool:
    """Whether a number can be told from what stands beside it, and is no list of amounts."""
    found, gaps, plus_at, blocked, _ = run
    own = found[r.first : r.last + 1]
    amounts = counts([g.digits for g in own]) or _thousands(own, gaps[r.first : r.last])
    if amounts and not plus_at[r.first]:
        return False
    for step, edge in ((-1, r.first), (1, r.last)):
        spare, i = 0, edge + step
        while spare < _SPARE and 0 <= i < len(found) and i not in taken and i not in blocked:
            gap = gaps[min(i, i - step)]
            if not _TIGHT.match(gap) or (step == 1 and plus_at[i]) or found[i].pure:
                break
            if (
                i == edge + step
                and gap not in (" ", "\u00a0")
                and r.number.form is not Form.INTERNATIONAL
            ):
                return False
            spare += len(found[i].digits)
            i += step
        if spare >= _SPARE and not (step == -1 and plus_at[r.first]):
            return False
    return True


def counts(own: list[str]) -> bool:
    """Whether the groups are amounts or a count: 100 150 200, 1 2 3 4."""
    if len(own) < 3:
        return False
    values = [int(digits) for digits in own]
    steps = [b - a for a, b in itertools.pairwise(values)]
    if len(values) >= 5 and set(steps[:-1]) == {1}:
        return True
    near = all(a < b <= 4 * a for a, b in itertools.pairwise(values))
    return near and all(
        len(digits) > 1 and digits[0] != "0" and digits[-1] in "05" for digits in own
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
