"""Payment cards: digits alone, Luhn's check digit and an issuer's range (ISO/IEC 7812)."""

import re

from stdnum import luhn

# Brand, its numbers' beginnings and lengths, as the networks publish them.
_BRANDS = (
    ("visa", re.compile(r"4(?:\d{12}|\d{15}|\d{18})\Z")),
    (
        "mastercard",
        re.compile(r"(?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})\Z"),
    ),
    ("american express", re.compile(r"3[47]\d{13}\Z")),
    ("diners club", re.compile(r"3(?:0[0-5]|[689]\d)\d{11}\Z")),
    ("discover", re.compile(r"6(?:011|4[4-9]\d|5\d\d)\d{12}\Z")),
    ("jcb", re.compile(r"35(?:2[89]|[3-8]\d)\d{12}\Z")),
    ("unionpay", re.compile(r"62\d{14,17}\Z")),
    ("maestro", re.compile(r"(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}\Z")),
    ("mir", re.compile(r"220[0-4]\d{12,15}\Z")),
    ("troy", re.compile(r"9792\d{12}\Z")),
)


def normalise(written: str) -> str | None:
    digits = re.sub(r"[\s.\u2010-\u2015-]", "", written)
    if not digits.isascii() or brand(digits) is None or len(set(digits)) == 1:
        return None
    return digits if luhn.is_valid(digits) else None


def brand(digits: str) -> str | None:
    """Return the network whose range the number is in."""
    return next((name for name, shape in _BRANDS if shape.match(digits)), None)


def validate(value: str) -> bool:
    return normalise(value) == value
