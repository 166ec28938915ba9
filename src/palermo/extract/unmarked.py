"""Judges whether what stands beside a service's word is a name, where no sign says so."""

import re

from palermo.extract.services import APART, EVERYDAY
from palermo.values.coined import is_coined_among_words
from palermo.values.text import words

_AROUND = 90  # characters by whose words the language is told
_RARELY = words("snap imo inst vx wx")  # of the everyday ones, those that are rarely so
_APART = re.compile(APART, re.I)


def speaks(word: str, service: str, name: str, sign: bool) -> bool:
    """Whether a name that neither an @ nor a word announces can be one."""
    telling = any(c in name for c in "_.") or (
        any(c.isdigit() for c in name)
        and sum(c.isalpha() for c in name) > 2
        and not name[0].isdigit()
    )
    if service == "qq":
        return name.isdigit()
    if service == "whatsapp":
        return telling and sign
    if service == "signal":
        return re.search(r"\.\d\d+\Z", name) is not None
    if service == "snapchat" and "-" in name:
        return True
    if service in ("threema", "session"):
        return name == name.upper() if service == "threema" else len(name) == 66
    if not word.isascii() and len(name) > 3 and not name[0].isupper():
        return telling or word not in EVERYDAY or sign
    if _APART.fullmatch(word):
        return True
    if word in EVERYDAY:
        return telling and (sign or "_" in name or "." in name.strip(".") or not word.isascii())
    return telling or sign


def is_coined_here(text: str, place: tuple[int, int], word: re.Match[str]) -> bool:
    """Whether a name with no sign of one is likelier coined than the next word of a sentence."""
    start, end = place
    name, after = text[start:end], text[end : end + 1]
    if after.isalpha() or after == "?" or (name[0].isupper() and not name.isupper()):
        return False
    written = (word["latin"] or word["other"]).lower()
    if written in EVERYDAY and written not in _RARELY and not any(c.isdecimal() for c in name):
        return False
    first, last = min(start, word.start()), max(end, word.end())
    between = text[end : word.start()] if end < word.start() else text[word.end() : start]
    around = (text[max(0, first - _AROUND) : first], between, text[last : last + _AROUND])
    return is_coined_among_words(name, " ".join(around))
