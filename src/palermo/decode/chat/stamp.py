"""Reads the date and time that starts a message of a WhatsApp export, in any locale's layout."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

MARKS = "\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff"  # direction marks, BOM
_DROP = re.compile(f"[{MARKS}]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000\t]")

# The bracketed layout is written by iPhones and by copying from WhatsApp Web, the other by Android.
HEADER = re.compile(
    rf"[{MARKS}]*(?:\[(?P<bracketed>[^\]\n]{{8,64}})\][ \u00a0]?"
    rf"|(?P<bare>\d[^\[\n]{{6,64}}?)[ \u00a0\u202f][-–—][ \u00a0])"
)
_DATE = r"(?P<a>\d{1,4})\s?(?P<sep>[./\-年])\s?(?P<b>\d{1,2})\s?[./\-月]\s?(?P<c>\d{1,4})(?:日|\.)?"
_TIME = r"(?P<h>\d{1,2})(?:[:.]|\s?[h時时시]\s?)(?P<m>\d{2})(?:(?:[:.]|[分분]\s?)(?P<s>\d{2}))?"
_DATE_FIRST = re.compile(rf"{_DATE}(?P<before>\D{{1,24}}?){_TIME}(?P<after>\D{{0,24}})")
_TIME_FIRST = re.compile(rf"(?P<before>\D{{0,24}}?){_TIME}(?P<after>\D{{1,24}}?){_DATE}")

_FOLD = re.compile(r"[_\s.,،、'’״\"\u200c\u200d]+")


def _fold(words: str) -> str:
    return _FOLD.sub("", words.casefold())


def _folded(words: str) -> frozenset[str]:
    return frozenset(_fold(word) for word in words.split())


# Half-day markers of the locales of Unicode CLDR in which telephones are sold. A marker missing
# here is reported and widens the time's error; it is never read as morning by default.
AM = _folded(
    "am a.m. ص صباحًا صباحا ق.ظ. قبل‌ازظهر غ.م. ب.ن چ.ب לפנה״צ 上午 凌晨 清晨 早上 午前 오전 पूर्वाह्न "
    "পূর্বাহ্ণ ਪੂ.ਦੁ. ପୂର୍ବାହ୍ନ ପୂ පෙ.ව. ก่อนเที่ยง ກ່ອນທ່ຽງ နံနက် ብ.ቀ. ቅ.ቀ. ጥዋት sa πμ π.μ. de. öö e.paradites "
    "paradite p.d. dop. dopoldne fm f.m. f.h. ap. g.öň gh wd to bn prije_podne prijepodne "
    "priekšp. priešpiet pr.p. vm. pg yb r.n. vorm. förmiddag пр.об. претпл. дп апн прије_подне "
    "пре_подне ү.ө. таңкы тң эи то"
)
PM = _folded(
    "pm p.m. م مساءً مساء ب.ظ. بعدازظهر غ.و. د.ن چ.ك אחה״צ 下午 晚上 中午 午後 오후 अपराह्न অপরাহ্ণ "
    "ਬਾ.ਦੁ. ଅପରାହ୍ନ ප.ව. หลังเที่ยง ຫຼັງທ່ຽງ ညနေ ድ.ቀ. ከሰዓት ch μμ μ.μ. du. ös e.pasdites pasdite m.d. "
    "odp. pop. popoldne em e.m. e.h. ip. g.soň gd wb tk pn po_podne popodne pēcp. pēcpusd. popiet "
    "nm. ptg yh i.n. nachm. eftermiddag сл.об. попл. пп апд по_подне поподне ү.х. "
    "түштөн_кийинки эк тк"
)
# Words that stand beside the time and say nothing of the half of the day.
_GLUE = _folded("klo kl à às as alas a las um lúc uhr г ч uur hod at в o om στις ora -")


Shape = tuple[bool, bool, str, bool]  # bracketed, time first, date separator, with seconds


class Stamp(NamedTuple):
    """The numbers of a date as written, whose order is decided for the whole file."""

    a: int
    b: int
    c: int
    widths: tuple[int, int]  # digits of `a` and `c`
    hour: int
    minute: int
    second: int | None
    uncertain_half: bool  # a half-day marker stood there that is not known
    thai: bool  # written in Thai digits
    year_may_lead: bool  # laid out as in Korean, or in digits as in Nepali
    upper: bool  # AM or PM in capital Latin letters
    shape: Shape


def _half(before: str, after: str) -> str | None:
    """Return am, pm, ? for a marker that is not known, or None where none is written."""
    unknown = False
    for words in (after, before):
        key = _fold(words)
        if key in AM:
            return "am"
        if key in PM:
            return "pm"
        unknown = unknown or bool(key and key not in _GLUE)
    return "?" if unknown else None


@lru_cache(maxsize=4096)
def read_stamp(written: str, bracketed: bool) -> Stamp | None:
    """Read what stands before the author; None where it is no date with a time."""
    clean = _SPACES.sub(" ", _DROP.sub("", written)).strip()
    found = _DATE_FIRST.fullmatch(clean)
    time_first = found is None
    found = found or _TIME_FIRST.fullmatch(clean)
    if found is None:
        return None
    widths = (len(found["a"]), len(found["c"]))
    if 3 in widths or widths == (4, 4):
        return None
    half = _half(found["before"], found["after"])
    hour, minute = int(found["h"]), int(found["m"])
    second = int(found["s"]) if found["s"] else None
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    if half in ("am", "pm") and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Stamp(
        a=int(found["a"]),
        b=int(found["b"]),
        c=int(found["c"]),
        widths=widths,
        hour=hour,
        minute=minute,
        second=second,
        uncertain_half=half == "?" and hour <= 12,
        thai="\u0e50" <= found["a"][0] <= "\u0e59",
        year_may_lead=bool(re.search(r"\d\. \d+\. ", clean)) or "०" <= found["a"][0] <= "९",
        upper=bool(re.search(r"\b[AP]M\b", clean)),
        shape=(bracketed, time_first, found["sep"], second is not None),
    )


def _year(number: int, width: int, thai: bool) -> int | None:
    """Return the Gregorian year, or None where the calendar is not certain.

    WhatsApp began in 2009. Four digits from 2552 on can only be Thai Buddhist years; two digits
    from 52 to 87 too, until 2052. Years 1388 to 1480 may be Persian or Islamic: not decided.
    """
    if width == 4:
        year = number - 543 if 2552 <= number <= 2642 else number
        return year if 2009 <= year <= 2099 else None
    if thai or 52 <= number <= 87:
        return 2500 + number - 543 if number >= 52 else None
    return 2000 + number if 9 <= number < 52 else None


def is_buddhist(stamp: Stamp, order: str) -> bool:
    number, width = (stamp.a, stamp.widths[0]) if order == "ymd" else (stamp.c, stamp.widths[1])
    return number >= 2552 if width == 4 else stamp.thai or 52 <= number <= 87


@lru_cache(maxsize=4096)
def read_date(stamp: Stamp, order: str) -> date | None:
    """Return the day that `stamp` names when read in `order` (dmy, mdy or ymd), if there is one."""
    first, last = stamp.widths
    if order == "ymd":
        width, number, month, day = first, stamp.a, stamp.b, stamp.c
    elif order == "dmy":
        width, number, month, day = last, stamp.c, stamp.b, stamp.a
    else:
        width, number, month, day = last, stamp.c, stamp.a, stamp.b
    year = _year(number, width, stamp.thai) if width in (2, 4) else None
    if year is None or ((first == 4) != (order == "ymd") and 4 in (first, last)):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
