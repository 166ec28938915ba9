"""Finds prices in text: amount, currency and what it is per, ranges included."""

import re
from collections.abc import Iterator
from decimal import Decimal

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import price
from palermo.vocabulary import Kind


def _any(words: "frozenset[str] | dict[str, str]") -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_AMOUNT = r"\d{1,3}(?:[.,'’\x{a0}\x{202f}٬ ]\d{3})+(?:[.,٫]\d{1,2})?|\d+(?:[.,٫]\d{1,8})?"
_MULTIPLE = rf"(?:\s?(?:{_any(price.MULTIPLES)})\.?)?"
_WHOLE = rf"(?:{_MULTIPLE}(?![a-zà-žа-я])|)"
_CURRENCY = f"{_any(frozenset(price.CURRENCIES) | price.SHARED)}|HUF|CLP|ISK"
_DASH = r"\s?(?:-|–|—|~|to|a|до|至|到|đến|ถึง|bis|à|până la)\s?"
_ONE = rf"(?:{_AMOUNT}){_MULTIPLE}"
_BOTH = rf"(?:{_ONE})(?:{_DASH}(?:{_CURRENCY})?\s?(?:{_ONE}))?"
_UNITS = {
    "hour": r"h|hrs?|hours?|hora|heures?|oră|ora|ore|час|часа|std|stunde|giờ|小时|小時|ชั่วโมง|ชม|ساعة|"
    r"الساعة|بالساعة|hourly",
    "night": r"nights?|noche|nuit|noapte|ночь|nacht|đêm|晚|คืน|ليلة|overnight",
    "day": r"days?|día|dia|jour|zi|день|сутки|tag|ngày|天|日|วัน|يوم|اليوم|يوميا|daily|diarios|par "
    r"jour",
    "week": r"weeks?|wk|pw|semana|semaine|săptămână|saptamana|неделю|woche|tuần|周|星期|สัปดาห์|أسبوع|"
    r"الأسبوع|weekly|semanales",
    "month": r"months?|mo|mth|pcm|pm|mes|mois|lună|luna|мес|месяц|monat|monatlich|tháng|月|เดือน|"
    r"شهر|الشهر|شهريا|monthly|mensual(?:es)?|lunar",
    "year": r"years?|yr|pa|año|an|ans|год|jahr|năm|年|ปี|سنة|سنويا|annum|yearly",
    "person": r"persons?|people|pers|pp|head|persona|personne|persoan[aă]|человека|чел|kopf|người|"
    r"人|คน|للشخص|شخص|الشخص",
}
_PER = (
    r"\s?(?:/|\bper\b|\ban?\b|\bp(?=/)|\bpor\b|\bal\b|\bla\b|\bpe\b|\bpar\b|\b(?:de )?l'|\bpro\b|\bim\b|"
    r"\bin der\b|в|за|с|mỗi|một|每|一|ต่อ|في|لكل|\bthe\b|\bfor\b)\s?/?\s?"
)
_UNIT = {
    unit: re.compile(
        rf"(?:{_PER})(?:{words})\.?(?!\w)|\s?(?:{_alone})(?!\w)|{_PER}(?:{_glued})", re.I
    )
    for unit, words in _UNITS.items()
    for _alone in [
        "|".join(
            w
            for w in words.split("|")
            if w.endswith(("ly", "ales", "lich", "lunar", "يا")) or w in ("pcm", "pw", "pa", "pp")
        )
        or "(?!)"
    ]
    for _glued in ["|".join(w for w in words.split("|") if ord(w[0]) > 0x0E00) or "(?!)"]
}
_LEAD_UNIT = re.compile(
    r"(?P<month>每月|月薪|monthly|mensual|lunar|tháng|salariu|месяц)\W{0,3}\Z|(?P<day>日薪|每天|"
    r"daily)\W{0,3}\Z|(?P<hour>时薪|每小时|hourly|per hour|\b1\s?h(?:(?:ou)?r)?)\W{0,3}\Z",
    re.I,
)
_DURATION = re.compile(
    r"\s?(?:for|per|/|x|-|:)?\s?(?P<n>\d{1,2}(?:[.,]5)?|half|½)\s?(?P<unit>h(?:ou)?rs?|h|"
    r"min(?:ute)?s?|nights?|days?|weeks?)\b",
    re.I,
)
_PARTS = re.compile(
    (
        rf"(?P<before>{_CURRENCY})?\s?(?P<low>{_AMOUNT})(?P<times>{_WHOLE})"
        rf"(?:{_DASH}(?:{_CURRENCY})?\s?(?P<high>{_AMOUNT})(?P<times2>{_WHOLE}))?\s?(?P<after>{_CURRENCY})?"
    ).replace(r"\x{a0}", "\u00a0").replace(r"\x{202f}", "\u202f"),
    re.I,
)  # fmt: skip
# What touches a number that is a part of a code, and not "from" or "ph".
_CODE_BEFORE = re.compile(r"(?<![^\W\d_])[A-Za-z]\Z|\d[A-Za-z]{1,2}\Z")
_CODE_AFTER = re.compile(r"[A-Za-z]*[A-Z0-9_]")
_SIGNS = "£$€¥₽₴₫฿₩₹₺₪₦₱₿"


class Price(TextExtractor):
    """Finds prices in many currencies and languages, with what they are per."""

    name = "price"
    version = "1"
    pattern = rf"(?i)(?:{_CURRENCY})\s?{_BOTH}(?:\s?(?:{_CURRENCY}))?|{_BOTH}\s?(?:{_CURRENCY})"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        if start and text[start - 1] in _SIGNS and text[start].isdecimal():
            start -= 1  # the candidate before this one took the sign for its own
        match = _PARTS.match(text, start, end)
        after = match and match["after"]
        if match and after and after in _SIGNS and text[match.end() : match.end() + 1].isdecimal():
            # "room 5 £40", "£100 £200": the sign belongs to what follows
            first = start if match["before"] else match.start("after")
            last = match.start("after") if match["before"] else min(len(text), match.end() + 40)
            match = _PARTS.match(text, first, last)
        if match:
            yield from _read(text, match, region)


def _read(text: str, match: re.Match[str], region: str | None) -> Iterator[Hit]:
    before, after = match["before"], match["after"]
    start = match.start("before") if before else match.start("low")
    if start and _joins(text[start - 1], text[start]):
        return
    code = price.currency(before, region) if before else None
    stop = match.end("times2") if match["high"] else match.end("times")
    if after and not _ends(text, match.end("after"), after):
        after = None
    if code is None and after:
        code = price.currency(after, region)
        start = match.start("low")
    if code is None or (before and before.isalpha() and start and text[start - 1].isalnum()):
        return
    if after and price.currency(after, region) == code:
        stop = match.end("after")
    if stop < len(text) and _joins(text[stop - 1], text[stop]):
        return
    unit, details = _per(text, start, stop)
    if not (unit or details) and _in_a_code(text, start, stop):
        return
    yield from _hits(match, text, (start, stop), code, unit, details)


def _hits(
    match: re.Match[str],
    text: str,
    span: tuple[int, int],
    code: tuple[str, bool],
    unit: str | None,
    details: dict[str, str],
) -> Iterator[Hit]:
    confidence = 0.95 if code[1] else 0.6
    reason = "amount and currency" if code[1] else "amount and a currency of several countries"
    high = price.amount(match["high"], match["times2"]) if match["high"] else None
    low = price.amount(match["low"], match["times"] or (match["times2"] if high else "") or "")
    if low is None or low == 0:
        return
    bounds: list[tuple[Decimal, dict[str, str]]] = [(low, details)]
    if high is not None and high > low:
        bounds = [(low, {**details, "bound": "lowest"}), (high, {**details, "bound": "highest"})]
    elif high is not None:
        bounds = [(low, details), (high, details)]
    for value, more in bounds:
        yield Hit(Kind.PRICE, price.compose(value, code[0], unit), *span, confidence, reason, more)


def _per(text: str, start: int, stop: int) -> tuple[str | None, dict[str, str]]:
    """Return the unit that follows or leads the amount, or what length of time it buys."""
    follows = (
        text[stop + 1 : stop + 2] if text[stop : stop + 1].isspace() else text[stop : stop + 1]
    )
    if follows.isalpha() or follows == "/":
        for unit, pattern in _UNIT.items():
            if pattern.match(text, stop):
                return unit, {}
    duration = _DURATION.match(text, stop)
    if duration:
        whole = f"{duration['n']} {duration['unit'].lower()}"
        one = duration["n"] == "1" and duration["unit"].lower().startswith("h")
        return ("hour" if one else None), {"for": whole}
    lead = _LEAD_UNIT.search(text[max(0, start - 16) : start])
    return (lead.lastgroup if lead else None), {}


def _in_a_code(text: str, start: int, stop: int) -> bool:
    """Whether the number is a part of something longer: "btc 1Bv...", "M4 GBP"."""
    if text[start].isdecimal():
        return _CODE_BEFORE.search(text[max(0, start - 3) : start]) is not None
    return text[stop - 1].isdecimal() and _CODE_AFTER.match(text, stop) is not None


def _joins(a: str, b: str) -> bool:
    """Whether two neighbours belong to one word or number."""
    if a.isdecimal() and b.isdecimal():
        return True
    if a in ".,:/-_#@" and b.isdecimal():
        return a in "._#@" or False
    return a.isalpha() and b.isalpha() and a < "\u0e00" and b < "\u0e00"


def _ends(text: str, end: int, word: str) -> bool:
    """Whether a currency's word is whole: "lei", not "leisure"."""
    return not (
        word[-1].isalpha()
        and word[-1] < "\u0e00"
        and end < len(text)
        and text[end].isalpha()
        and text[end] < "\u0e00"
    )
