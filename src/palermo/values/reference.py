"""Release codes and transfers' references: letters and digits, in capitals, nothing between."""

import re

_DIGITS = {
    c: str(d) for base in "٠۰०๐０" for d, c in enumerate(chr(ord(base) + i) for i in range(10))
}
_TO_ASCII = str.maketrans(_DIGITS)


def normalise(written: str) -> str | None:
    """Return the code, or None unless it has 3 to 24 letters and digits, one digit at least."""
    text = re.sub(r"[\s./\u2010-\u2015-]", "", written.translate(_TO_ASCII)).upper()
    if not re.fullmatch(r"[0-9A-Z]{3,24}", text) or not any(c.isdigit() for c in text):
        return None
    return text


def validate(value: str) -> bool:
    return normalise(value) == value
