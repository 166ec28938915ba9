"""Finds phone numbers in text, as they are written to be read by people and missed by programs.

A pattern over the whole batch finds runs that could hold a number; each run is read into groups of
digits, and those groups are divided into numbers of the event's region or with a country code.
"""

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import phone
from palermo.values.digits import FIGURE, LETTERS, LOOK, WORD, Group, groups
from palermo.values.phone import Form, Number
from palermo.vocabulary import Kind

_ATOM = rf"(?:{WORD}|[{FIGURE}{LOOK}])"
# What may stand between two digits of one number: no letter, figure or currency sign.
_GAP = r"(?:\s(?:y|and|dash|dot|space|punto|guion)\s|[^\p{L}\p{N}\p{Sc}%@&=?°]{0,6})"

_PLUS = re.compile(r"(?:[+＋﹢➕][\s(\[️\u200b-\u200f]*|\bplus\s+)\Z", re.I)
_PLUS_WITHIN = re.compile(r"[+＋﹢➕]")
_TIGHT = re.compile(r"[ \u00a0\u2009\u202f.\-‐‑–_]?\Z")
_BREAK = re.compile(r"[\n,;|/]")
_CUE = re.compile(
    r"(?:tel|tél|phone|call|ring|whats?\s?app|sms|text|mob|cel|fon|handy|nummer|num[eé]ro|number|"
    r"contact|viber|signal|telegram|zalo|llama|sunat|wa\b|тел|звон|ватсап|номер|пишите|gọi|liên hệ|"
    r"số|"
    r"电话|電話|致电|手机|手機|号码|联系|微信|โทร|เบอร์|ติดต่อ|اتصل|هاتف|رقم|واتس|تلفن)[^\n]{0,14}\Z",
    re.I,
)
_NOT_A_PHONE = re.compile(
    r"(?:\b(?:iban|bic|card|carte|mtcn|order|ref|reference|invoice|isbn|issn|imei|imsi|iccid|mmsi|"
    r"imo|ssn|"
    r"passport|pasaporte|id|vat|tva|abn|acn|nip|pesel|regon|cnp|plz|dni|nie|nif|cif|siret|siren|"
    r"account|"
    r"acct|acc|cuenta|cont|konto|sort code|bsb|routing|swift|tracking|parcel|case|lot|ean|upc|gtin|"
    r"sku|zip|"
    r"version|ver|uuid|md5|sha1|sha256|serial|s/n|isin|licen[cs]e|policy|file|ticket|booking|код|"
    r"инн|"
    r"снилс|паспорт|счет|заказ|карта|gps|lat|latitude|lon|longitude|coordinates|population|years?|"
    r"odds|flights?|odds|score|scores|server|ip)\b|身份证|身份證|订单|卡号|账号)"
    r"\s*(?:no|nr|num|number|code|id|is|#|n[°º])?[\s.:#=№-]{0,4}\Z",
    re.I,
)
_LINK = re.compile(
    r"(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?(?:\S*&)?phone=|tel:|sms:|callto:|"
    r"viber://\S*number=)\S{0,4}\Z",
    re.I,
)
_URL = re.compile(r"(?:://|www\.|\.(?:com|org|net|info|co|io|me)\b/?)\S*\Z", re.I)
_GLUED = re.compile(r"(?:[^\W\d_][-_]?|[\w@#]|\d[-./])\Z")
_CUE_GLUED = re.compile(
    r"(?:tel|phone|call|ph|cell?|mob|mobile|wh?ats?app|wa|text|sms|fon|no|t|m|p)[-_.:]?\Z", re.I
)
_LATIN = re.compile(r"[A-Za-z]\Z")
_GLUED_AFTER = re.compile(
    r"[A-Z]|[a-z](?![a-z]{2})|@[\w]|[-_][^\W\d_]|\.\d|\.(?:jpe?g|png|html?|php|pdf|gif)\b"
)
_EXTENSION = re.compile(r"\s*(?:ext|x\d)", re.I)
_MONEY_AFTER = re.compile(
    r"\s?(?:[€£$¥₽₫฿₹](?!\s?\d)|(?:eur|euros?|usd|gbp|pounds?|dollars?|lei|ron|pesos|zł|pln|руб|"
    r"р\.|vnd|đ|元|块|บาท|جنيه|درهم|people|kg|km|cm)(?!\w))",
    re.I,
)
_DATE = re.compile(
    r"(?<![\d.\-/])(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)?\d\d)(?![.\-/]?\d)"
    r"|(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?!\d|:\d)"
)
_LEAD = 60  # characters before a number that can speak of it
_KEPT = 400  # characters: longer runs are tables of figures, and not worth remembering
_FEWEST = 7  # digits of a number, with its area code, in a country of any size


class _Reading(NamedTuple):
    """A number read from groups `first` to `last` of a run."""

    first: int
    last: int
    number: Number
    score: float


class Phone(TextExtractor):
    """Finds phone numbers, also when they are written with letters, words, signs or emoji."""

    name = "phone"
    version = "1"
    pattern = rf"{_ATOM}(?:{_GAP}{_ATOM}){{5,}}"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        for first, last, number, how in numbers(text, start, end, region):
            confidence, reason = _judge(number, how)
            yield Hit(
                Kind.PHONE, number.value, first, last, confidence, reason, {"form": number.form}
            )


def numbers(
    text: str, start: int, end: int, region: str | None
) -> Iterator[tuple[int, int, Number, list[str]]]:
    """Yield (start, end, number, how its digits are written) for a run of `text`."""
    start, end = _trim(text, start, end)
    run = text[start:end]
    plus_before = _PLUS.search(text[max(0, start - _LEAD) : start]) is not None
    divide = _divide if len(run) < _KEPT else _divide.__wrapped__
    found, readings = divide(run, region, plus_before)
    for reading in readings:
        own = found[reading.first : reading.last + 1]
        first, last = start + own[0].start, start + own[-1].end
        lead = text[max(0, first - _LEAD) : first]
        if not _stands_alone(lead, text[last : last + 20], reading.number, text, first):
            continue
        plus = _PLUS.search(lead)
        if plus and reading.number.form is Form.INTERNATIONAL:
            first -= len(lead) - plus.start()
        while last < len(text) and text[last] in "\ufe0f\u20e3":
            last += 1
        how = dict.fromkeys(way for group in own for way in group.how.split(", "))
        yield first, last, reading.number, list(how)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off look-alike letters at the edges that belong to a longer word: "fee[s 020 ...]"."""
    if start and text[start - 1].isalpha():
        while start < end and text[start] in LETTERS and text[start].isalpha():
            start += 1
    if end < len(text) and text[end].isalpha():
        while start < end and text[end - 1] in LETTERS and text[end - 1].isalpha():
            end -= 1
    return start, end


@lru_cache(maxsize=1 << 14)
def _divide(run: str, region: str | None, plus: bool) -> tuple[list[Group], list[_Reading]]:
    """Choose the numbers that together explain most of a run's digits."""
    found = groups(run)
    if sum([len(g.digits) for g in found]) < _FEWEST:
        return found, []
    blocked = _blocked(run, found)
    opening = plus or _PLUS_WITHIN.search(run[: found[0].start]) is not None
    plus_at = [opening, *[False] * (len(found) - 1)]
    gaps = [run[a.end : b.start] for a, b in itertools.pairwise(found)]
    for i, gap in enumerate(gaps):
        plus_at[i + 1] = bool(_PLUS_WITHIN.search(gap))
    best = [0.0] * (len(found) + 1)
    choice: list[_Reading | None] = [None] * len(found)
    for i in range(len(found) - 1, -1, -1):
        best[i] = best[i + 1]
        for reading in _readings(found, gaps, blocked, plus_at, i, region):
            score = reading.score + best[reading.last + 1]
            if score > best[i]:
                best[i], choice[i] = score, reading
    chosen = []
    i = 0
    while i < len(found):
        reading_here = choice[i]
        if reading_here:
            chosen.append(reading_here)
        i = reading_here.last + 1 if reading_here else i + 1
    taken = {i for r in chosen for i in range(r.first, r.last + 1)}
    return found, [r for r in chosen if _fits(r, found, gaps, blocked, taken, plus_at)]


def _readings(
    found: list[Group],
    gaps: list[str],
    blocked: set[int],
    plus_at: list[bool],
    first: int,
    region: str | None,
) -> Iterator[_Reading]:
    """Yield the numbers that begin with group `first`."""
    digits, breaks = "", 0
    for last in range(first, len(found)):
        if last in blocked or (last > first and plus_at[last]):
            return
        if last > first and _BREAK.search(gaps[last - 1]):
            breaks += gaps[last - 1] != gaps[first]  # one sign throughout is no break
        digits += found[last].digits
        if len(digits) > 20:
            return
        if len(digits) < _FEWEST:
            continue
        number = phone.resolve(digits, region, plus_at[first])
        if number is None or (last == first and found[first].pure):
            continue
        score = len(digits) - 1.5 * breaks - (0 if number.valid else 4)
        score -= sum(1.5 * len(found[i].digits) for i in {first, last} if _loose(found[i]))
        if plus_at[first]:
            score += 3
        if number.form is Form.CODE:
            score -= 2
        if number.form is Form.TRUNKLESS:
            score -= 1
        yield _Reading(first, last, number, score)


def _loose(group: Group) -> bool:
    """Whether a group at a number's edge is likelier a short word: "is", "so", "Bill"."""
    return group.pure and set(group.digits) != {"0"}


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


def _fits(
    r: _Reading,
    found: list[Group],
    gaps: list[str],
    blocked: set[int],
    taken: set[int],
    plus_at: list[bool],
) -> bool:
    """Whether a number can be told from what stands beside it, and is no list of amounts."""
    own = found[r.first : r.last + 1]
    if not plus_at[r.first] and (
        _counts(own, found, gaps, r) or _thousands(own, gaps[r.first : r.last])
    ):
        return False
    for step, edge in ((-1, r.first), (1, r.last)):
        spare, i = 0, edge + step
        while spare < 4 and 0 <= i < len(found) and i not in taken and i not in blocked:
            gap = gaps[min(i, i - step)]
            if not _TIGHT.match(gap) or (step == 1 and plus_at[i]):
                break
            if found[i].pure:
                break
            if gap not in (" ", "\u00a0") and r.number.form is not Form.INTERNATIONAL:
                return False
            spare += len(found[i].digits)
            i += step
        if spare >= 4 and not (step == -1 and plus_at[r.first]):
            return False
    return True


def _counts(own: list[Group], found: list[Group], gaps: list[str], r: _Reading) -> bool:
    """Whether the groups are amounts or a count: 100 150 200, 1 2 3 4."""
    values = [int(g.digits) for g in own]
    if len(values) < 3:
        return False
    steps = [b - a for a, b in itertools.pairwise(values)]
    if len(values) >= 5 and set(steps[:-1]) == {1}:
        return True
    rising = all(s > 0 for s in steps)
    return rising and all(
        len(g.digits) > 1 and g.digits[0] != "0" and g.digits[-1] in "05" for g in own
    )


def _thousands(own: list[Group], gaps: list[str]) -> bool:
    """Whether the groups are one amount with thousands marked: 1,250,000."""
    return (
        len(own) > 2
        and set(gaps) == {","}
        and 0 < len(own[0].digits) <= 3
        and all(len(g.digits) == 3 for g in own[1:])
    )


def _stands_alone(lead: str, rest: str, number: Number, text: str, at: int) -> bool:
    """Whether what stands around a number lets it be one."""
    if _LINK.search(lead):
        return True
    if _PLUS.search(lead) and number.form is Form.INTERNATIONAL:
        return not rest.startswith("@")
    if number.form is Form.INTERNATIONAL and not number.valid:
        return False
    token = (
        text[max(0, at - 200) : at].rsplit(maxsplit=1)[-1:]
        if lead and not lead[-1].isspace()
        else []
    )
    if token and _URL.search(token[0]):
        return False
    if _NOT_A_PHONE.search(lead):
        return False
    if _GLUED.search(lead) and not _CUE_GLUED.search(lead) and not _glued_script(lead):
        return False
    if _GLUED_AFTER.match(rest) and not _EXTENSION.match(rest):
        return False
    if number.valid and number.form is Form.NATIONAL:
        return not (_MONEY_AFTER.match(rest) and text[at] != "0")
    if _MONEY_AFTER.match(rest):
        return False
    if number.valid and (number.form is Form.INTERNATIONAL or number.mobile):
        return True
    return bool(_CUE.search(lead))


def _glued_script(lead: str) -> bool:
    """Scripts without spaces between words, or none: 电话02079460018."""
    return lead[-1].isalpha() and ord(lead[-1]) >= 0x0E00


def _judge(number: Number, how: list[str]) -> tuple[float, str]:
    """Return a confidence and the reason in words."""
    confidence = {
        Form.INTERNATIONAL: 0.98,
        Form.NATIONAL: 0.95,
        Form.TRUNKLESS: 0.75,
        Form.CODE: 0.7,
    }[number.form]
    reasons = [number.form.value]
    disguises = [w for w in how if w != "figures"]
    if disguises:
        confidence -= 0.08
        reasons.append("written with " + ", ".join(disguises))
    if not number.valid:
        confidence = 0.4
        reasons.append("its length fits, but no assigned range")
    return round(confidence, 2), "; ".join(reasons)
