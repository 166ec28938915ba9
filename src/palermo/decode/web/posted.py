"""Reads when an advert says that it was posted: dates and "2 hours ago", in many languages.

Names of months and the forms of relative times are the Unicode CLDR's, through Babel.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache

from babel import Locale

from palermo.decode.clock import Moment, to_utc

LANGUAGES = """
en es pt fr it de nl ro ca gl pl cs sk sl hr sr bg mk ru uk be lt lv et fi sv nb da hu el tr
az ar fa he ur hi bn pa ta te ne si th vi id ms km lo my zh zh_Hant ja ko ka hy sq sw am so fil
mn kk uz
"""
UNITS = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86400,
    "week": 7 * 86400,
    "month": 2_629_746,  # a twelfth of the mean Gregorian year
    "year": 31_556_952,
}
DAY = 86400
AHEAD = timedelta(days=2)  # a page's clock and zone may run ahead of the capture's
# Forms that people write and the CLDR leaves out; "{0}" is the number.
MORE_FORMS = {
    "minute": "{0} mins ago|{0}m ago|a minute ago|{0} мин назад",
    "hour": "{0} hrs ago|{0}h ago|an hour ago|1 hr ago|hace una hora|acum o oră|час назад|"
    "منذ ساعة|{0} ชม. ที่แล้ว|cách đây {0} giờ|{0}個小時前|{0}个小时前",
    "day": "{0}d ago|a day ago|hace un día|acum o zi|день назад|منذ يوم|cách đây {0} ngày",
    "week": "{0}w ago|a week ago|hace una semana|неделю назад|منذ أسبوع",
    "month": "a month ago|hace un mes|месяц назад|منذ شهر",
    "year": "a year ago|hace un año|год назад|منذ سنة",
}
TODAY = """today|hoy|hoje|aujourd'hui|aujourd’hui|oggi|heute|vandaag|azi|astăzi|dziś|dzisiaj|dnes|
danas|сегодня|сьогодні|днес|σήμερα|bugün|اليوم|امروز|היום|आज|วันนี้|hôm nay|hari ini|今天|今日|
오늘|ngayon"""
YESTERDAY = """yesterday|ayer|ontem|hier|ieri|gestern|gisteren|wczoraj|včera|jučer|juče|вчера|
вчора|χθες|dün|أمس|دیروز|אתמול|เมื่อวาน|เมื่อวานนี้|hôm qua|kemarin|昨天|昨日|어제|kahapon"""
CLOCK = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-4])[:.h]([0-5]\d)(?::([0-5]\d))?(?![\d/-])\s*([ap]\.?m\b)?"
)
ISO = re.compile(
    r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)"
    r"(?:[t ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?)?"
)
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?![\d/-])")
EAST = re.compile(r"(?:(\d{2,4})\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]")
VIETNAMESE = re.compile(r"(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2})(?:,?\s+(?:năm\s+)?(\d{4}))?")
WORD = r"[^\W\d_][^\s\d,/()|·:–—-]{1,24}"
LINK = r"(?:(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:de\s|of\s|d['’])?\s*)"
DAY_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}}){LINK}({WORD})(?:[\s,]+(?:de\s|del\s|พ\.ศ\.\s)?(\d{{4}}))?(?!\d)"
)
NAMED_DAY = re.compile(rf"({WORD})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?(?![\d:])")
NUMBER = re.compile(r"\d{1,4}")
TELLING = 4  # characters of a form by which it is looked for
LONGEST = 80  # characters of a text that a phrase without a number dates
BARE = (0,)  # lengths of what follows where no form begins so
Phrase = tuple[int, str, int, int]  # its rank, the longest first; itself; seconds ago, the unit's
ORDERS = {"en-us": False, "us": False}  # month before day; others write the day first


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says of a time: seconds ago, or dates that it can mean and a clock time."""

    ago: int | None = None
    unit: int = DAY
    dates: tuple[tuple[int | None, int, int], ...] = ()  # (year, month, day), day first if in doubt
    clock: tuple[int, int, int] | None = None
    offset: str | None = None
    day_first: bool | None = None  # what a date that reads one way only shows of the page's habit


@dataclass(frozen=True, slots=True)
class Posted:
    time: datetime
    error: int  # seconds either way
    zone: str


@lru_cache(maxsize=65536)
def read_posted(text: str) -> Reading | None:
    """Read a short text; None where it states no time."""
    text = _fold(text)
    return (_dated(text) if NUMBER.search(text) else None) or _ago(text)


def place_in_time(
    reading: Reading, captured: datetime | None, zone: str | None, day_first: bool | None
) -> Posted | None:
    """Return the time that a reading means on a page captured then, or None where none fits.

    `zone` is an IANA name that someone stated; `day_first` is the page's habit, None if unknown.
    """
    if reading.ago is not None:
        if captured is None:
            return None
        try:
            return Posted(captured - timedelta(seconds=reading.ago), reading.unit, "+00:00")
        except OverflowError:  # before the first year there is
            return None
    moments = [_moment(*parts, reading, zone, captured) for parts in reading.dates]
    fit = [moment for moment in moments if moment is not None]
    if not fit:
        return None
    if len(fit) == 2 and day_first is not None:
        fit = fit[:1] if day_first else fit[1:]
    latest = max(fit)
    error = latest.error + (DAY if reading.clock is None else 60)
    if len(fit) == 2:
        error += int(abs(fit[0].time - fit[1].time).total_seconds())
    return Posted(latest.time, error, latest.zone)


def habit(readings: list[Reading], hint: str) -> bool | None:
    """Return whether a page's dates put the day first: by its own dates, else by its language."""
    votes = {reading.day_first for reading in readings} - {None}
    if len(votes) == 1:
        return votes.pop()
    if not hint or hint == "en" or len(votes) == 2:
        return None
    return ORDERS.get(hint, True)


def _moment(
    year: int | None, month: int, day: int, reading: Reading, zone: str | None, now: datetime | None
) -> Moment | None:
    """Return the moment; a date without a year is the last such date before `now`."""
    clock = reading.clock or (0, 0, 0)
    guesses = [year] if year is not None else [now.year, now.year - 1] if now is not None else []
    for guess in guesses:
        try:
            moment = _placed(datetime(guess, month, day, *clock), _offset(reading.offset), zone)
        except (ValueError, OverflowError):  # no such day, or beyond the years there are
            continue
        # a capture may be dated to the last day there is
        if now is None or moment.time <= now or moment.time - now <= AHEAD:
            return moment
    return None


def _placed(local: datetime, offset: timezone | None, zone: str | None) -> Moment:
    if offset is None:
        return to_utc(local, zone)
    return Moment(local.replace(tzinfo=offset).astimezone(UTC), _written(offset), 0)


def _offset(written: str | None) -> timezone | None:
    if written is None:
        return None
    digits = written.replace(":", "")
    if not digits[1:].isdigit():
        return UTC
    minutes = int(digits[1:3]) * 60 + int(digits[3:5])
    return timezone((-1 if digits[0] == "-" else 1) * timedelta(minutes=min(minutes, 1439)))


def _written(offset: timezone) -> str:
    return str(offset).removeprefix("UTC") or "+00:00"


def _dated(text: str) -> Reading | None:
    if match := ISO.search(text):
        year, _, month, day, hour, minute, second, offset = match.groups()
        clock = (int(hour), int(minute), int(second or 0)) if hour else _clock(text[match.end() :])
        return _reading([(int(year), int(month), int(day))], clock, offset, None)
    if match := NUMERIC.search(text):
        one, other, year = int(match[1]), int(match[3]), _year(match[4])
        days = [(year, other, one), (year, one, other)]
        shows = True if one > 12 else False if other > 12 else None
        return _reading(days, _clock(text[match.end() :]), None, shows)
    far_east = "月" in text or "월" in text
    if match := EAST.search(text) if far_east else None:
        date_ = (_year(match[1]) if match[1] else None, int(match[2]), int(match[3]))
        return _reading([date_], _clock(text[match.end() :]), None, None)
    if match := VIETNAMESE.search(text):
        date_ = (_year(match[3]) if match[3] else None, int(match[2]), int(match[1]))
        return _reading([date_], _clock(text), None, None)
    for pattern, day_at, name_at in ((DAY_NAMED, 1, 2), (NAMED_DAY, 2, 1)):
        for match in pattern.finditer(text):
            month = months().get(match[name_at].rstrip(".")) or months().get(match[name_at])
            if month:
                date_ = (_year(match[3]) if match[3] else None, month, int(match[day_at]))
                rest = text[: match.start()] + " " + text[match.end() :]
                return _reading([date_], _clock(rest), None, None)
    return None


def _reading(
    dates: Sequence[tuple[int | None, int, int]],
    clock: tuple[int, int, int] | None,
    offset: str | None,
    day_first: bool | None,
) -> Reading | None:
    real = tuple(dict.fromkeys(d for d in dates if _is_date(*d)))
    return Reading(None, DAY, real, clock, offset, day_first) if real else None


def _is_date(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return year is None or 1990 <= year <= 2100


def _year(written: str) -> int:
    year = int(written)
    if year < 100:
        return 2000 + year
    return year - 543 if 2400 <= year <= 2700 else year  # the Buddhist era


def _clock(text: str) -> tuple[int, int, int] | None:
    match = CLOCK.search(text[:60])
    if match is None:
        return None
    hour = int(match[1]) % 24
    if match[4] and hour <= 12:
        hour = hour % 12 + (12 if match[4].startswith("p") else 0)
    return hour, int(match[2]), int(match[3] or 0)


def _ago(text: str) -> Reading | None:
    forms, sizes, whole = relative_forms()
    for match in NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        lengths = (
            sizes.get(after[:4]) or sizes.get(after[:3]) or sizes.get(after[:2])
            or sizes.get(after[:1]) or BARE
        )  # fmt: skip
        for end in lengths:
            known = forms.get(after[:end])
            if known is None or not _ends_word(after, end):
                continue
            for prefix, unit in known:
                if before.endswith(prefix) and (prefix or _begins_word(before)):
                    return Reading(int(match[0]) * UNITS[unit], UNITS[unit])
    if len(text) > LONGEST:
        return None
    starts = [start for start in (_ascii_starts() if text.isascii() else whole) if start in text]
    phrases = [phrase for start in starts for phrase in whole[start] if phrase[1] in text]
    for _, phrase, ago, length in sorted(phrases):
        at = text.find(phrase)
        if _ends_word(text, at + len(phrase)) and _begins_word(text[:at]):
            return Reading(ago, length)
    return None


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalpha() or not text[end].isascii()


def _begins_word(before: str) -> bool:
    return not before or not before[-1].isalnum() or not before[-1].isascii()


@cache
def relative_forms() -> tuple[
    dict[str, list[tuple[str, str]]], dict[str, list[int]], dict[str, list[Phrase]]
]:
    """Return what follows a number to what stands before it and the unit; how long that can be, by
    its first characters, down to none; and whole phrases by their own."""
    forms: dict[str, set[tuple[str, str]]] = {}
    whole: dict[str, tuple[int, int]] = {}

    def add(form: str, unit: str, count: int = 1) -> None:
        before, found, after = _fold(form).partition("{0}")
        if found:
            # "-3 h" is as often the end of a range; what is left still covers each language
            if not f"{before}{after}".isascii() or sum(map(str.isalpha, before + after)) > 2:
                forms.setdefault(after, set()).add((before, unit))
                forms.setdefault(after.lstrip(), set()).add((before, unit))
        else:
            whole.setdefault(before, (count * UNITS[unit], UNITS[unit]))

    for language in LANGUAGES.split():
        fields = Locale.parse(language)._data["date_fields"]
        for unit in UNITS:
            for width in ("", "-short", "-narrow"):
                past = fields.get(f"{unit}{width}", {}).get("past", {})
                for plural, form in past.items():
                    for said in {form, _said_else(form)}:
                        add(said, unit, 2 if plural == "two" else 1)
    for unit, written in MORE_FORMS.items():
        for form in written.split("|"):
            add(form, unit)
    for days, words in enumerate((TODAY, YESTERDAY)):
        for word in words.split("|"):
            whole[_fold(word)] = (days * DAY, DAY)
    phrases: dict[str, list[Phrase]] = {}
    for rank, (phrase, told) in enumerate(sorted(whole.items(), key=lambda item: -len(item[0]))):
        phrases.setdefault(phrase[:TELLING], []).append((rank, phrase, *told))
    longest = {
        after: sorted(rows, key=lambda row: (-len(row[0]), row)) for after, rows in forms.items()
    }
    sizes: dict[str, set[int]] = {}
    for after in forms:
        for most in range(1, TELLING + 1):
            shorter = {size for size in range(most) if after[:size] in forms}
            sizes.setdefault(after[:most], shorter).add(len(after))
    return longest, {first: sorted(n, reverse=True) for first, n in sizes.items()}, phrases


@cache
def _ascii_starts() -> list[str]:
    """Return how whole phrases begin that may stand in an ASCII text."""
    return [start for start in relative_forms()[2] if start.isascii()]


def _said_else(form: str) -> str:
    """Return a form as sites write it where the CLDR prefers another word."""
    return form.replace("قبل", "منذ").replace("ที่ผ่านมา", "ที่แล้ว")


@cache
def months() -> dict[str, int]:
    """Return the names of months, folded; those that differ between languages are left out."""
    found: dict[str, set[int]] = {}
    for name in LANGUAGES.split():
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, written in Locale.parse(name).months[context][width].items():
                    folded = _fold(str(written))
                    if len(folded) > 1 and not any(letter.isdigit() for letter in folded):
                        found.setdefault(folded, set()).add(number)
                        found.setdefault(folded.rstrip("."), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}


def _fold(text: str) -> str:
    """Return text in lower case, its digits in ASCII, white space and marks of direction plain."""
    if text.isascii():
        return " ".join(text.lower().split())
    text = unicodedata.normalize("NFC", text).casefold().translate(_plain)
    return " ".join(text.split())


class _Plain(dict[int, str | None]):
    """What stands for a character, by its code point: None for marks of direction."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        digit = str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        plain = self[code] = None if unicodedata.category(letter) == "Cf" else digit
        return plain


_plain = _Plain()
