"""Finds phone numbers in text, as they are written to be read by people and missed by programs.

A pattern over the whole batch finds runs that could hold a number; each run is read into groups of
digits, and those groups are divided into numbers of the event's region or with a country code.
"""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values.digits import FIGURE, LETTERS, LOOK, WORD
from palermo.values.phone import Form, Number
from palermo.values.runs import divide
from palermo.vocabulary import Kind

_ATOM = rf"(?:{WORD}|[{FIGURE}{LOOK}])"
# What may stand between two digits of one number: no letter, figure, sign of currency or measure.
_GAP = r"(?:\s(?:y|and|dash|dot|space|punto|guion)\s|[^\p{L}\p{N}\p{Sc}%@&=?°'’″′\x22]{0,6})"

_PLUS = re.compile(r"(?:[+＋﹢➕][\s(\[️\u200b-\u200f]*|\bplus\s+|%2B)\Z", re.I)
_CUE = re.compile(
    r"(?:[☎📞📱✆☏📲]|tel|tél|phone|call|ring|whats?\s?app|sms|text|mob|cel|fon|handy|nummer|num[eé]ro|number|"
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
_LINKS = re.compile(r"[/:=]")
_URL = re.compile(r"(?:://|www\.|\.(?:com|org|net|info|co|io|me)\b/?)\S*\Z", re.I)
_CUE_AFTER = re.compile(
    r"[^\w\n]{0,4}(?:whats?\s?app|viber|telegram|text\b|call\b|sms\b|zalo|ватсап|微信|واتس)", re.I
)
_NAME_BEFORE = re.compile(r"(?<![\w@#/.:=-])[^\W\d_]{2,}[a-zà-ž]\Z")
_GLUED = re.compile(r"(?:[^\W\d_][-_]?|[\w@#]|\d[-./])\Z")
_CUE_GLUED = re.compile(
    r"(?:tel|phone|call|ph|cell?|mob|mobile|wh?ats?app|wa|text|sms|fon|no|t|m|p)[-_.:]?\Z", re.I
)
_MONEY_BEFORE = re.compile(r"(?<!\d)(?<!\d\s)(?:[€£$¥₽₫฿₹]|\b(?:eur|usd|gbp))\s?\Z", re.I)
_GLUED_AFTER = re.compile(
    r"[A-Z]|[a-z](?![a-z]{2})|@[\w]|[-_][^\W\d_]|\.\d|\.(?:jpe?g|png|html?|php|pdf|gif)\b"
)
_EXTENSION = re.compile(r"\s*(?:ext|x\d)", re.I)
_MONEY_AFTER = re.compile(
    r"\s?(?:[€£$¥₽₫฿₹](?!\s?\d)|(?:eur|euros?|usd|gbp|pounds?|dollars?|lei|ron|pesos|zł|pln|руб|"
    r"р\.|vnd|đ|元|块|บาท|جنيه|درهم|people|kg|km|cm)(?!\w))",
    re.I,
)
# A teaser breaks its text off like this, also inside a number: what is left can be valid, and not
# the number that was written.
_CUT = re.compile(r"\d*\s?(?:…|\.\.\.)")
_LEAD = 60  # characters before a number that can speak of it


class Phone(TextExtractor):
    """Finds phone numbers, also when they are written with letters, words, signs or emoji."""

    name = "phone"
    version = "1"
    pattern = rf"{_ATOM}(?:{_GAP}{_ATOM}){{5,}}"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        for first, last, number, how in numbers(text, start, end, region):
            confidence, reason = _judge(number, how)
            if _CUT.match(text, last):
                confidence, reason = min(confidence, 0.3), f"{reason}; cut off, may be another's"
            yield Hit(
                Kind.PHONE, number.value, first, last, confidence, reason, {"form": number.form}
            )


def numbers(
    text: str, start: int, end: int, region: str | None
) -> Iterator[tuple[int, int, Number, list[str]]]:
    """Yield (start, end, number, how its digits are written) for a run of `text`."""
    start, end = _trim(text, start, end)
    run = text[start:end]
    found, readings = divide(run, region, _plus(text, start) < start)
    done = start
    for reading in readings:
        own = found[reading.first : reading.last + 1]
        first, last = start + own[0].start, start + own[-1].end
        # What an accepted number ends with says nothing of the next: 0123/646 ...
        lead = text[max(done if done > start else 0, first - _LEAD) : first]
        if not _stands_alone(lead, text[last : last + 20], reading.number, text, first):
            continue
        if reading.number.form is Form.INTERNATIONAL:
            first = _plus(text, first)
        while last < len(text) and text[last] in "\ufe0f\u20e3":
            last += 1
        how = dict.fromkeys(way for group in own for way in group.how.split(", "))
        done = last
        yield first, last, reading.number, list(how)


def _plus(text: str, at: int) -> int:
    """Return where the plus that leads a number at `at` begins, or `at` where there is none."""
    near = text[max(0, at - 8) : at]
    match = _PLUS.search(near)
    return at - len(near) + match.start() if match else at


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Take off look-alike letters at the edges that belong to a longer word: "fee[s 020 ...]"."""
    if start and text[start - 1].isalpha():
        while start < end and text[start] in LETTERS and text[start].isalpha():
            start += 1
        while start < end and text[start].isspace():
            start += 1
    if text.startswith("2B", start) and text[max(0, start - 1) : start] == "%":
        start += 2  # a plus in a URL
    if end < len(text) and text[end].isalpha():
        while start < end and text[end - 1] in LETTERS and text[end - 1].isalpha():
            end -= 1
    return start, end


def _stands_alone(lead: str, rest: str, number: Number, text: str, at: int) -> bool:
    """Whether what stands around a number lets it be one."""
    if _LINKS.search(lead[-6:]) and _LINK.search(lead):
        return True
    if number.form is Form.INTERNATIONAL and _plus(text, at) < at:
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
    if _NOT_A_PHONE.search(lead[-28:]) or _MONEY_BEFORE.search(lead[-7:]):
        return False
    if _GLUED.search(lead[-2:]) and not _may_touch(lead, number):
        return False
    if _GLUED_AFTER.match(rest) and not _EXTENSION.match(rest):
        return False
    if number.valid and number.form is Form.NATIONAL:
        return not (_MONEY_AFTER.match(rest) and text[at] != "0")
    if _MONEY_AFTER.match(rest):
        return False
    if number.valid and (number.form is Form.INTERNATIONAL or number.mobile):
        return True
    return bool(_CUE.search(lead) or _CUE_AFTER.match(rest))


def _may_touch(lead: str, number: Number) -> bool:
    """Whether a word may touch a number: tel020 ..., Anna020 ..., and 电话020 ... without spaces."""
    if _CUE_GLUED.search(lead[-10:]) or (lead[-1].isalpha() and ord(lead[-1]) >= 0x0E00):
        return True
    plain = number.valid and number.form is Form.NATIONAL
    return plain and _NAME_BEFORE.search(lead[-20:]) is not None


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
