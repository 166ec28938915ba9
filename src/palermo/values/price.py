"""Prices: ``120.00 GBP`` or ``120.00 GBP/hour``; amounts are decimal, never floating point."""

import re
from decimal import Decimal, InvalidOperation

from palermo.values.text import words

# Signs and words that name one currency wherever they are written.
_EVERYWHERE = {
    "GBP": "£ gbp quid sterling",
    "EUR": "€ eur euro euros evro евро يورو 欧元 歐元 ยูโร",
    "USD": "us$ usd u$s 美元 美金 us-dollar доллар доллара долларов دولار đô",
    "CAD": "c$ ca$ cad cdn$",
    "AUD": "a$ au$ aud",
    "NZD": "nz$ nzd",
    "HKD": "hk$ hkd 港币",
    "SGD": "s$ sgd",
    "MXN": "mx$ mxn",
    "BRL": "r$ brl reais",
    "RUB": "₽ rub руб рублей рубля рубль р",
    "UAH": "₴ uah грн гривен",
    "RON": "ron lei leu",
    "VND": "₫ vnd vnđ đ đồng dong",
    "THB": "฿ thb baht บาท",
    "CNY": "cny rmb 元 块 人民币 yuan",
    "JPY": "jpy yen 日元 円",
    "KRW": "₩ krw 원",
    "INR": "₹ inr",
    "TRY": "₺ try tl lira",
    "PLN": "zł pln zl złotych",
    "CZK": "kč czk",
    "HUF": "huf",
    "BGN": "bgn лв лева",
    "CHF": "chf sfr",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "AED": "aed درهم dirhams dh dhs",
    "SAR": "sar ريال riyal",
    "EGP": "egp جنيه",
    "MAD": "mad",
    "ILS": "₪ ils nis",
    "NGN": "₦ ngn naira",
    "PHP": "₱ php",
    "COP": "cop",
    "ARS": "ars",
    "ZAR": "zar rand",
    "LYD": "lyd",
    "TND": "tnd",
    "USDT": "usdt",
    "BTC": "btc ₿",
}
CURRENCIES = {word: code for code, names in _EVERYWHERE.items() for word in names.split()}
# Signs and words that several countries share: the country decides, or else the likeliest is kept
# at a lower confidence; None where there is none.
_SHARED = {
    "$": ("dollar", "USD"),
    "dollar": ("dollar", "USD"),
    "dollars": ("dollar", "USD"),
    "bucks": ("dollar", "USD"),
    "pound": ("pound", "GBP"),
    "pounds": ("pound", "GBP"),
    "libras": ("pound", "GBP"),
    "¥": ("yen or yuan", None),
    "￥": ("yen or yuan", "CNY"),
    "kr": ("crown", None),
    "peso": ("peso", None),
    "pesos": ("peso", None),
    "dinar": ("dinar", None),
    "dinars": ("dinar", None),
    "دينار": ("dinar", None),
    "rupees": ("rupee", None),
    "rs": ("rupee", None),
}
_BY_REGION = {
    "dollar": {
        "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN",
        "CO": "COP", "AR": "ARS", "CL": "CLP",
    },
    "pound": {"GB": "GBP", "EG": "EGP", "LB": "LBP", "SD": "SDG", "SY": "SYP"},
    "yen or yuan": {"CN": "CNY", "JP": "JPY"},
    "crown": {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"},
    "peso": {"MX": "MXN", "CO": "COP", "AR": "ARS", "CL": "CLP", "PH": "PHP", "DO": "DOP", "UY": "UYU", "CU": "CUP"},
    "dinar": {"RS": "RSD", "TN": "TND", "DZ": "DZD", "LY": "LYD", "IQ": "IQD", "JO": "JOD", "KW": "KWD", "BH": "BHD"},
    "rupee": {"IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR"},
}  # fmt: skip
SHARED = frozenset(_SHARED)
# Codes that are words of some language too; only capitals are read as money.
_WORDS_TOO = words("mad try cop php tl nis ars ils sar rand dong huf cad sek nok inr")
UNITS = ("hour", "day", "night", "week", "month", "year", "person", "session")
_CODES = frozenset(CURRENCIES.values()) | {c for by in _BY_REGION.values() for c in by.values()}
_MULTIPLES = {
    "k": 1000, "к": 1000, "mil": 1000, "mii": 1000, "тыс": 1000, "тысяч": 1000, "nghìn": 1000,
    "ngàn": 1000, "tr": 10**6, "triệu": 10**6, "m": 10**6, "mio": 10**6, "million": 10**6,
    "millones": 10**6, "млн": 10**6, "千": 1000, "万": 10**4, "萬": 10**4, "w": 10**4, "百": 100,
    "พัน": 1000, "หมื่น": 10**4, "แสน": 10**5, "ألف": 1000, "آلاف": 1000, "مليون": 10**6,
}  # fmt: skip
MULTIPLES = frozenset(_MULTIPLES)
_PLACES = Decimal("0.01")
_MOST = Decimal(10) ** 15
_SPACES = re.compile(r"[\s\u00a0\u202f'’٬]")


def currency(written: str, region: str | None) -> tuple[str, bool] | None:
    """Return the ISO 4217 code, and whether it is sure, of a sign, code or word."""
    word = written.strip(". ").lower()
    if word in _WORDS_TOO and not written.isupper():
        return None
    if word in CURRENCIES:
        return CURRENCIES[word], True
    if word.upper() in _CODES:
        return word.upper(), True
    if word not in _SHARED:
        return None
    family, likeliest = _SHARED[word]
    known = _BY_REGION[family].get(region or "")
    if known:
        return known, True
    return (likeliest, False) if likeliest else None


def amount(written: str, multiple: str = "") -> Decimal | None:
    """Read an amount with either decimal sign and any mark for thousands: 1.250,50 or 1,250.50.

    One sign before three digits marks thousands, as prices have no third decimal.
    """
    text = "".join(str(int(c)) if c.isdecimal() else c for c in written.strip())
    text = _SPACES.sub("", text.replace("٫", ","))
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0 and len(text) - last - 1 != 3 and text.count(text[last]) == 1:
        text = re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
    else:
        text = re.sub(r"[.,]", "", text)
    try:
        value = Decimal(text) * _MULTIPLES.get(multiple.strip(". ").lower(), 1)
    except InvalidOperation:
        return None
    return value if 0 <= value < _MOST else None


def compose(value: Decimal, code: str, unit: str | None = None) -> str:
    if value.as_tuple().exponent not in (0, -1, -2):
        places = value.normalize()
        written = f"{places:f}" if code in ("BTC", "USDT") else f"{value.quantize(_PLACES):f}"
    else:
        written = f"{value.quantize(_PLACES):f}"
    return f"{written} {code}" + (f"/{unit}" if unit else "")


def normalise(written: str) -> str | None:
    """Return ``120 GBP`` or ``120.5 GBP/hour`` with two decimals, or None."""
    match = re.fullmatch(r"([0-9.,]+) ([A-Z]{3,4})(?:/([a-z]+))?", written.strip())
    if not match or match[2] not in _CODES or match[3] not in (None, *UNITS):
        return None
    try:
        value = Decimal(match[1])
    except InvalidOperation:
        return None
    return compose(value, match[2], match[3]) if value < _MOST else None


def validate(value: str) -> bool:
    return normalise(value) == value
