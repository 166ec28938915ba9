"""Recognises what a line of an advert holds: a price, a contact, a place, a time.

Generous on purpose: it decides where adverts are and what their fields are as written; the
extractors decide what a value is.
"""

import hashlib
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from palermo.decode.web.posted import Reading, read_posted

SIGNS = "£€$¥₽₺₴₫฿₹₱₩₪₦₸₾₼₵﷼"
CODES = """GBP|EUR|USD|CHF|RON|lei|PLN|zł|CZK|Kč|HUF|Ft|BGN|лв|RSD|TRY|TL|RUB|руб|UAH|грн|VND|VNĐ|
đồng|đ|THB|baht|บาท|CNY|RMB|元|人民币|JPY|円|KRW|원|INR|Rs|PKR|AED|درهم|SAR|ريال|EGP|جنيه|دينار|MXN|
COP|BRL|SEK|NOK|DKK|kr|AUD|CAD|MYR|RM|IDR|Rp|PHP|NGN|KES|KSh|ZAR""".replace("\n", "")
AMOUNT = r"(?:\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})++(?:[.,]\d{1,2})?+|\d++(?:[.,]\d{1,2})?+)"
LED = rf"(?:[{SIGNS}]|(?<!\w)(?:{CODES})\.?)\s?{AMOUNT}"
FOLLOWED = rf"(?<![\w.,]){AMOUNT}\s?(?:[{SIGNS}]|(?:{CODES})(?![^\W\d_]))"
PRICE = re.compile(rf"{LED}|{FOLLOWED}", re.IGNORECASE)
PRICE_LED, PRICE_FOLLOWED = (re.compile(part, re.IGNORECASE) for part in (LED, FOLLOWED))
FIGURES = re.compile(r"\d+")
LONGEST_CODE = max(map(len, CODES.split("|"))) + 2  # with a full stop and a space
FEWEST_DIGITS = 5  # of a number that may be a phone's
PHONE = re.compile(r"(?<!\w)\+?[(]?(?:[\doOlI][\s().\-/_*•·|~\ufe0f\u20e3]{0,3}){7,16}(?!\w)")
MESSENGERS = (
    r"\b(?:whats?app|telegram|viber|wechat|weixin|zalo|line id|kakao(?:talk)?|snapchat)\b"
    r"|ватсап|вотсап|телеграм|вайбер|واتس|تيليجرام|تلغرام|微信|ไลน์"
)
REACH = re.compile(
    r"[\w.+-]{1,64}+\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,64}+\s?(?:\.|\(dot\)|\[dot\])\s?\w{2,24}"
    rf"|(?<![\w.])@\w{{4,32}}|{MESSENGERS}",
    re.IGNORECASE,
)
# One of these, in small letters, stands in all that `REACH` finds.
REACHED_BY = """@|(at)|[at]|whatsapp|whatapp|telegram|viber|wechat|weixin|zalo|line id|kakao|snapchat|
ватсап|вотсап|телеграм|вайбер|واتس|تيليجرام|تلغرام|微信|ไลน์""".replace("\n", "").split("|")
REACHED_BY_ASCII = [way for way in REACHED_BY if way.isascii()]
LONGEST_NAME = 66  # characters of an address up to its "@", with a space
CONTACT_HREF = re.compile(
    r"(?:tel|sms|callto|mailto|whatsapp|viber|tg|skype|line|weixin|zalo):"
    r"|https?://(?:www\.)?(?:wa\.me|(?:api|chat)\.whatsapp\.com|t\.me|telegram\.me|m\.me|zalo\.me"
    r"|line\.me|signal\.me|viber\.me)/",
    re.IGNORECASE,
)
# "Location", as labels say it.
PLACE_WORDS = """location|place|city|town|area|address|where|lugar|ubicación|ciudad|zona|dirección|
localitate|localitatea|oraș|oraşul|adresa|locație|loc|địa điểm|khu vực|địa chỉ|nơi làm việc|
thành phố|الموقع|المكان|المدينة|العنوان|مكان العمل|город|место|адрес|район|место работы|สถานที่|
พื้นที่|จังหวัด|ที่อยู่|地点|地址|位置|城市|地區|地区|工作地点|所在地|場所|위치|지역|주소|lieu|ville|
adresse|localisation|ort|standort|stadt|luogo|città|indirizzo|localidade|cidade|local|endereço|
miasto|lokalizacja|miejsce|adres|şehir|konum|yer|місто|місце|plaats|locatie""".replace("\n", "")
PLACE = re.compile(
    rf"(?<!\w)(?:{PLACE_WORDS})\s*[:：]\s*(?P<place>\S.{{0,79}})|📍\s*(?P<pin>\S.{{0,79}})", re.I
)
PLACE_LABEL = re.compile(rf"(?:{PLACE_WORDS})\s*[:：]?", re.IGNORECASE)
COLON = re.compile("[:：]")
BETWEEN = re.compile(r"\s+[·•|–—]\s+|\s*[|•·]\s*")
ENDS_PRICE = re.compile(r"[,;.|·•()\n\t–—]|\s[-+]\s|\d")
WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)
WIDE_WORTH = 3  # letters of an alphabet that one such character is worth, roughly
LETTERS = re.compile(r"[^\W\d_]+")
NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
DIGIT = re.compile(r"\d")
NOTICE = re.compile(
    r"©|\(c\)\s*\d{4}|copyright|cookie|куки|คุกกี้|쿠키|ملفات تعريف الارتباط", re.IGNORECASE
)
# One of these, in small letters, stands in all that `NOTICE` finds.
NOTED = ("©", "(c)", "copyright", "cookie", "куки", "คุกกี้", "쿠키", "ملفات تعريف الارتباط")
NOTED_ASCII = [word for word in NOTED if word.isascii()]
SHORT = 80  # letters: in longer lines, which are prose, a date or price is only talked about
PROSE = 25
SEEN = 8192  # characters of a line that are looked at: none with fields is as long
KEPT = 64  # characters of a line by which its reading is kept for lines like it; else by its digest
REMEMBERED = 1 << 16  # readings, some 300 bytes each


class Shown(NamedTuple):
    """What a line shows, wherever it stands."""

    letters: int
    price: str | None
    contacts: tuple[str, ...]
    posted: Reading | None
    place: str | None
    notice: bool  # it speaks of cookies or of who holds the rights in the site


@dataclass(slots=True)
class Line:
    """One line of a page: `pieces[begin:end]`, with what it shows as written."""

    begin: int
    end: int
    text: str
    letters: int = 0  # outside links; a Chinese or Thai character is worth several
    linked: int = 0
    price: str | None = None
    contacts: list[str] = field(default_factory=list)
    posted: Reading | None = None
    written: str = ""  # the time as written
    place: str | None = None
    notice: bool = False
    heading: bool = False

    @property
    def short(self) -> bool:
        return self.letters + self.linked <= SHORT

    @property
    def tells_time(self) -> bool:
        """Whether its time is a field: marked up as one, or on a line with little else."""
        return self.written != self.text or self.short


def read_line(begin: int, end: int, text: str, linked: float) -> Line:
    """Read a line of which the share `linked` stands in links."""
    seen = text[:SEEN]
    letters, price, contacts, posted, place, notice = _read(seen)
    if seen is not text:
        letters += len(text) - len(seen)
        notice = gives_notice(text)
    inside = round(letters * min(linked, 1)) if linked else 0
    return Line(
        begin, end, text, letters - inside, inside, price, [*contacts], posted, text, place, notice
    )


def _read(text: str) -> Shown:
    """Read a line's text; what lines show is kept for lines like it, since pages repeat them."""
    key = text if len(text) <= KEPT else hashlib.sha256(text.encode("utf-8", "replace")).digest()
    if (known := _kept.get(key)) is None:
        if len(_kept) >= REMEMBERED:
            _kept.clear()
        known = _kept[key] = _read_anew(text)
    return known


def _read_anew(text: str) -> Shown:
    seen = small(text)
    price = None
    contacts = _contacts(text, seen)
    posted = read_posted(text) if len(text) <= SHORT else None
    if figures := FIGURES.findall(text):
        if found := _price(text):
            price = _whole_price(text, found)
        if sum(map(len, figures)) >= FEWEST_DIGITS:
            contacts += filter(_may_be_phone, (m[0].strip() for m in PHONE.finditer(text)))
    named = PLACE.search(text) if _may_name_place(text) else None
    place = _trim(named["place"] or named["pin"]) if named else None
    if place is None and price is not None and posted is not None:
        place = _remainder(text, price)
    return Shown(_letters(text), price, tuple(contacts), posted, place, _notices(text, seen))


_kept: dict[str | bytes, Shown] = {}


def _letters(text: str) -> int:
    """Count letters; those of scripts without spaces are worth several."""
    if text.isascii():
        return len(text.encode("ascii").translate(None, NO_LETTERS))
    letters = sum(map(len, LETTERS.findall(text)))
    return letters + (WIDE_WORTH - 1) * sum(map(len, WIDE.findall(text)))


def _contacts(text: str, seen: str) -> list[str]:
    """Return what `REACH` finds, looked for only where it can be by the text in small letters."""
    ways = [way for way in (REACHED_BY_ASCII if seen.isascii() else REACHED_BY) if way in seen]
    if ways and len(seen) != len(text):
        return [found[0].strip() for found in REACH.finditer(text)]
    contacts: list[str] = []
    at = 0
    while ways:
        places = {way: place for way in ways if (place := seen.find(way, at)) >= 0}
        ways = [*places]
        start = max(at, min(places.values(), default=at) - LONGEST_NAME)
        found = REACH.search(text, start) if ways else None
        if found is None:
            break
        contacts.append(found[0].strip())
        at = found.end()
    return contacts


def _may_be_phone(number: str) -> bool:
    return len(DIGIT.findall(number)) >= FEWEST_DIGITS and not read_posted(number)


def gives_notice(text: str) -> bool:
    """Whether a line speaks of cookies or of who holds the rights in the site."""
    return _notices(text, small(text))


def _notices(text: str, seen: str) -> bool:
    noted = NOTED_ASCII if seen.isascii() else NOTED
    return any([word in seen for word in noted]) and NOTICE.search(text) is not None


def _may_name_place(text: str) -> bool:
    """Whether a place's label ends before a colon, or there is a pin."""
    for colon in COLON.finditer(text):
        before = text[max(0, colon.start() - KEPT) : colon.start()].rstrip()
        if not before or small(before).endswith(ENDS_PLACE):
            return True
    return "📍" in text


def small(text: str) -> str:
    """Return a text as patterns see it that ignore case: "i" stands for its Turkish sisters too."""
    if text.isascii():
        return text.lower()
    return text.casefold().replace("\u0307", "").replace("ı", "i")


ENDS_PLACE = tuple(small(word) for word in PLACE_WORDS.split("|"))
LEADS_PRICE = (*SIGNS, *(small(code) for code in CODES.split("|")))
FOLLOWS_PRICE = {small(code)[0] for code in CODES.split("|")} | set(SIGNS) | set(" .,'\u00a0\u202f")


def _price(text: str) -> re.Match[str] | None:
    """Return what `PRICE` finds first, looked for round figures alone."""
    for figures in FIGURES.finditer(text):
        at, end = figures.span()
        before = text[max(0, at - LONGEST_CODE) : at]
        if (
            small(before[:-1] if before[-1:].isspace() else before)
            .removesuffix(".")
            .endswith(LEADS_PRICE)
        ):
            for start in range(at - len(before), at):
                if found := PRICE_LED.match(text, start):
                    return found
        after = text[end : end + 1]
        may_follow = after and (after.isspace() or small(after)[:1] in FOLLOWS_PRICE)
        if may_follow and (found := PRICE_FOLLOWED.match(text, at)):
            return found
    return None


def _whole_price(text: str, found: re.Match[str]) -> str:
    """Return a price with what follows it on a short line: "per week", "/hour"."""
    rest = ENDS_PRICE.split(text[found.end() :], maxsplit=1)[0]
    unit = re.match(r"\s?\S*(?:\s\S+)?", rest)
    return (found[0] + (unit[0] if unit and len(rest) <= 24 else "")).strip()


def _remainder(text: str, price: str) -> str | None:
    """Return what a line holds besides a time and a price, if that is one part without digits."""
    parts = [part.strip() for part in BETWEEN.split(text) if part.strip()]
    rest = [part for part in parts if price not in part and read_posted(part) is None]
    if len(parts) != 3 or len(rest) != 1 or DIGIT.search(rest[0]) or len(rest[0]) > 40:
        return None
    return rest[0]


def _trim(place: str) -> str:
    """Return a place without what follows it on its line."""
    return BETWEEN.split(place, maxsplit=1)[0].strip(" ,;")
