"""Tells a stated birth date from the other dates of a text."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from palermo.values.date import full_year

# Words that say of the date after them that it is a birth date.
BORN_BEFORE = (
    r"\bborn\b|\bbirth ?date\b|\b(?:date|year) of birth\b|\bd\.?\s?o\.?\s?b\b\.?|\bnacid[oa]s?\b|\bnaci[oó]|"
    r"\bfecha de nacimiento|\bn[aă]scut[aăe]?|\bdata na[sșş]terii|родил(?:ся|ась|ись)|"
    r"дата рождения|\bnée?s? (?:le|en)\b|\bdate de naissance|\bgeboren\b|\bgeb\.|"
    r"\bgeburtsdatum|\bnat[oa] (?:il|nel)\b|\bdata di nascita|\bnascid[oa]s?\b|\bnasceu\b|"
    r"\bdata de nascimento|\bsinh (?:ngày|năm)|\b(?:ngày|năm) sinh|出生(?!证|證)(?:日期|于|於)?|生于|生於|"
    r"วันเกิด|ปีเกิด|เกิดปี|مواليد|تاريخ الميلاد|تاريخ الولادة"
)
# The same of the date before them.
BORN_AFTER = r"\s?(?:出生(?!证|證)|生まれ|г\.?\s?р\.|г(?:ода|\.)\s?рождения|года? рождения)"
_BORN = re.compile(BORN_BEFORE, re.IGNORECASE)
_BORN_AFTER = re.compile(BORN_AFTER, re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
REACH = 25  # code points between the word and its date: "born on the 5th of"
_APART = re.compile(r"[\d;!?。；]|\.\s+[A-Z]")  # what shows that the date is another sentence's


class Born(NamedTuple):
    """A stated birth date: ISO 8601 as precise as written, its claim, and where it stands."""

    value: str
    claim: str | None  # null: a year alone
    at: int


def stated_births(text: str, dates: Sequence[Mapping[str, Any]]) -> Iterator[Born]:
    """Yield the dates of which a text says that somebody was born then; `dates` are the text's
    claims of kind date. Of several readings of one date the surest counts, and all that are as sure."""
    surest: dict[int, float] = {}
    for d in dates:
        surest[d["start"]] = max(d["confidence"], surest.get(d["start"], 0.0))
    dates = [d for d in dates if d["confidence"] == surest[d["start"]]]
    for born in _BORN.finditer(text):
        near = [d for d in dates if 0 <= d["start"] - born.end() <= REACH]
        near = [d for d in near if not _APART.search(text[born.end() : d["start"]])]
        first = min((d["start"] for d in near), default=None)
        yield from (Born(d["value"], d["id"], first) for d in near if d["start"] == first)
        year = _YEAR.search(text, born.end(), born.end() + REACH)
        if not near and year and not _APART.search(text[born.end() : year.start()]):
            yield Born(str(full_year(year.group())), None, year.start())
    for d in dates:
        if _BORN_AFTER.match(text, d["end"]):
            yield Born(d["value"], d["id"], d["start"])
    for year in _YEAR.finditer(text):
        inside = any(d["start"] <= year.start() < d["end"] for d in dates)
        if not inside and _BORN_AFTER.match(text, year.end()):
            yield Born(str(full_year(year.group())), None, year.start())


def age_at(born: str, at: date) -> tuple[int, int] | None:
    """Return the lowest and highest age in full years at a day of whoever was born on an ISO date,
    as precise as it is; None where that is no date, or lies after the day."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", born)
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or 0)
    day = int(match[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    if first > at:
        return None
    return max(0, _years(last, at)), _years(first, at)


def _years(born: date, at: date) -> int:
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))
