"""Finds dates in text: ISO 8601, figures in any order, and months by name in many languages."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import date
from palermo.vocabulary import Kind

# Month by number -> names and abbreviations in English, Spanish, Romanian, Russian, French, German,
# Italian, Portuguese, Arabic (both sets) and Thai. Vietnamese and Chinese number their months.
_NAMES = {
    1: "january jan enero ene ianuarie ian января январь янв janvier januar jänner gennaio "
    "janeiro يناير كانون\u00a0الثاني มกราคม ม.ค.",
    2: "february feb febrero februarie февраля февраль фев février fevrier februar febbraio "
    "fevereiro فبراير شباط กุมภาพันธ์ ก.พ.",
    3: "march mar marzo martie марта март mars märz maerz março مارس آذار มีนาคม มี.ค.",
    4: "april apr abril abr aprilie апреля апрель апр avril aprile أبريل ابريل نيسان เมษายน เม.ย.",
    5: "may mayo mai мая май maggio maio مايو أيار พฤษภาคม พ.ค.",
    6: "june jun junio iunie iun июня июнь июн juin juni giugno junho يونيو حزيران มิถุนายน มิ.ย.",
    7: "july jul julio iulie iul июля июль июл juillet juli luglio julho يوليو تموز กรกฎาคม ก.ค.",
    8: "august aug agosto ago августа август авг août aout أغسطس اغسطس آب สิงหาคม ส.ค.",
    9: "september sept sep septiembre setiembre septembrie сентября сентябрь сен septembre "
    "settembre setembro سبتمبر أيلول กันยายน ก.ย.",
    10: "october oct octubre octombrie октября октябрь окт octobre oktober okt ottobre "
    "outubro أكتوبر اكتوبر تشرين\u00a0الأول ตุลาคม ต.ค.",
    11: "november nov noviembre noiembrie ноября ноябрь ноя novembre novembro نوفمبر "
    "تشرين\u00a0الثاني พฤศจิกายน พ.ย.",
    12: "december dec diciembre dic decembrie декабря декабрь дек décembre decembre dezember "
    "dez dicembre dezembro ديسمبر كانون\u00a0الأول ธันวาคม ธ.ค.",
}  # fmt: skip
_MONTHS = {n.replace("\u00a0", " "): m for m, names in _NAMES.items() for n in names.split(" ")}
_MONTH = "|".join(re.escape(n) for n in sorted(_MONTHS, key=len, reverse=True))
_WORDS_TOO = frozenset(
    ("may", "mar", "march", "mai", "jan", "sep", "dec", "set", "ago", "jun", "ian", "dic", "ene")
)

_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th|º|°|er|-?го|\.))?"
_OF = r"[\s,]{0,2}(?:de |of |del |d'|г\. )?"
_TIME = r"(?:(?:T|\s|,\s?){1,2}(?P<time>\d{1,2}:\d\d(?::\d\d)?)(?!\d))?"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d){_TIME}(?P<zone>(?<=\d:\d\d)(?:Z|"
    rf"[+-]\d\d:\d\d))?"
)
_FIGURES = re.compile(
    rf"(?P<a>\d{{1,4}})(?P<sep>[./-])(?P<b>\d{{1,2}})(?P=sep)(?P<c>\d{{1,4}}){_TIME}"
)
_DAY_FIRST = re.compile(rf"{_DAY}{_OF}(?P<month>{_MONTH})\.?(?:{_OF}(?P<year>\d{{4}}))?", re.I)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_MONTH})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year>\d{{4}}))?", re.I
)
_MONTH_ONLY = re.compile(rf"(?P<month>{_MONTH})\.?{_OF}(?P<year>\d{{4}})", re.I)
_HAN = re.compile(
    r"(?:(?P<year>\d{4})\s?年\s?)?(?P<month>\d{1,2})\s?月\s?(?:(?P<day>\d{1,2})\s?[日号號])?"
)
_VIET = re.compile(
    r"(?:ngày\s)?(?P<day>\d{1,2})\s(?:tháng|"
    r"thg)\s(?P<month>\d{1,2})(?:,?\s(?:năm\s)?(?P<year>\d{4}))?",
    re.I,
)
_STREET = re.compile(r"\s(?:street|st\.|road|rd\b|avenue|ave\b|strasse|straße|caddesi)", re.I)
_WRITTEN = (_ISO, _HAN, _VIET, _DAY_FIRST, _MONTH_FIRST, _MONTH_ONLY)


class Date(TextExtractor):
    """Finds dates in many languages; where day and month could be either, both readings are kept."""

    name = "date"
    version = "1"
    pattern = (
        r"(?i)\d{4}-\d\d-\d\d(?:[T\s,]{1,2}\d{1,2}:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?"
        r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[\s,]{1,2}\d{1,2}:\d\d(?::\d\d)?)?"
        r"|(?:\d{4}\s?年\s?)?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号號])?"
        r"|(?:ngày\s)?\d{1,2}\s(?:tháng|thg)\s\d{1,2}(?:,?\s(?:năm\s)?\d{4})?"
        rf"|\d{{1,2}}(?:\s?(?:st|nd|rd|th|º|°|er|-?го|\.))?{_OF}(?:{_MONTH})\.?(?:{_OF}\d{{4}})?"
        rf"|(?:{_MONTH})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?|(?:{_MONTH})\.?{_OF}\d{{4}}"
    )

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        if start and (
            (text[start - 1].isalnum() and text[start - 1] < "\u0e00") or text[start - 1] in "./-:"
        ):
            return
        for pattern in _WRITTEN:
            match = pattern.match(text, start)
            if match and not _runs_on(text, match.end()):
                yield from _written(match)
                return
        match = _FIGURES.match(text, start)
        if match and not _runs_on(text, match.end()):
            yield from _figures(match, region)


def _runs_on(text: str, end: int) -> bool:
    rest = text[end : end + 2]
    if not rest:
        return False
    if _STREET.match(text, end):
        return True
    if rest[0].isalnum() and rest[0] < "\u0e00":
        return text[end - 1].isalpha() == rest[0].isalpha() or text[end - 1].isdecimal()
    return rest[0] in "/-." and rest[1:].isdecimal()


def _written(match: re.Match[str]) -> Iterator[Hit]:
    """A date whose order is plain."""
    parts = match.groupdict()
    name = parts["month"].lower()
    month = _MONTHS.get(name) or (int(name) if name.isdecimal() else 0)
    year = date.full_year(parts["year"]) if parts.get("year") else None
    day = int(parts["day"]) if parts.get("day") else None
    if year is None and name in _WORDS_TOO and not parts["month"][0].isupper():
        return  # "5 may be", "2 mar"
    time = _clock(parts.get("time"))
    zone = parts.get("zone") if time else None
    value = date.compose(year, month, day, time + (zone or "")) if month else None
    if value is None:
        return
    confidence = 0.97 if year and day else 0.85 if year else 0.75
    reason = "month by name" if not name.isdecimal() else "year first" if day else "month and year"
    if year is None:
        reason += "; no year written"
    yield Hit(Kind.DATE, value, *match.span(), confidence, reason)


def _figures(match: re.Match[str], region: str | None) -> Iterator[Hit]:
    """A date in figures; one claim for each order that the calendar allows."""
    a, b, c = match["a"], match["b"], match["c"]
    time = _clock(match["time"])
    if len(a) == 4 and len(c) <= 2:
        orders = [("year, month, day", date.full_year(a), b, c)]
    elif len(a) <= 2 and len(c) in (2, 4):
        year = date.full_year(c)
        orders = [("day, month, year", year, b, a), ("month, day, year", year, a, b)]
    else:
        return
    values: dict[str, str] = {}
    for order, year, month, day in orders:
        value = date.compose(year, int(month), int(day), time)
        if value:
            values.setdefault(value, order)
    short = len(c) == 2 and len(a) != 4
    if short and match["sep"] == "." and not region:
        return  # 1.2.24 is as likely a version or an outline's number
    for value, order in values.items():
        confidence = 0.95 if len(values) == 1 else _share(order, match["sep"], region)
        reason = f"read as {order}" + ("; the other order is possible" if len(values) > 1 else "")
        if short:
            confidence, reason = confidence * 0.85, reason + "; the century is not written"
        yield Hit(Kind.DATE, value, *match.span(), round(confidence, 2), reason, {"order": order})


def _share(order: str, sep: str, region: str | None) -> float:
    """How likely an order is where both are possible: by country, and dots are not American."""
    american = region in ("US", "PH") and sep != "."
    likely = order.startswith("month") if american else order.startswith("day")
    if region is None and sep != ".":
        return 0.5
    return 0.85 if likely else 0.15


def _clock(written: str | None) -> str:
    """``9:05`` as ``09:05``; empty where it is no time of day."""
    if not written:
        return ""
    parts = [int(p) for p in written.split(":")]
    fits = parts[0] < 24 and all(p < 60 for p in parts[1:])
    return ":".join(f"{p:02}" for p in parts) if fits else ""
