"""Reads digits however they are written: in any script, as look-alike letters, or as words.

A *group* is a stretch of digits with nothing visible between them. Words are English and Spanish;
"twenty one", "treinta y cuatro", "double seven" and "eight hundred" are read as they are said.
"""

import re
import sys
import unicodedata
from functools import cache
from typing import NamedTuple

# Letters and signs that stand in for a digit, by shape. The scripts are Latin, Greek, Cyrillic,
# Armenian and geometric signs; what Unicode itself calls a digit is not listed here.
_SHAPES = {
    "0": "OoОоΟοՕօ○◯⭕ⲞⲟߋƠơØøDQ",
    "1": "lIi|ıΙιІіӀӏ!¡Ιǀ",
    "2": "ZzΖƧƨ",
    "3": "ЗзƷʒӠӡE",
    "4": "ЧчA",
    "5": "SsЅѕ",
    "6": "бbG",
    "7": "TТ",
    "8": "BВΒßβ",
    "9": "gqԛ",
}
# D, E, A, T, ! and | are too common beside numbers ("3D", "1A", "7!") to be read as digits.
_TOO_COMMON = set("DQEATТ!¡|Øø⭕Чч")
LETTERS = {c: d for d, shapes in _SHAPES.items() for c in shapes if c not in _TOO_COMMON}
ROUND = {c for c, d in LETTERS.items() if d == "0"}  # read as a zero even when it stands alone
_HAN = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)) | dict(
    zip("壹贰叁肆伍陆柒捌玖幺两貳參陸", "12345678912236", strict=True)
)
HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0f\u20e3\u034f\u180e\u200e\u200f\u202a-\u202e\u2066-\u2069"


def _digits() -> dict[str, str]:
    """Every character that Unicode gives a digit value: all scripts, circled, superscript ..."""
    found = {}
    for code in range(0x80, sys.maxunicode + 1):
        value = unicodedata.digit(chr(code), None)
        if value is not None:
            found[chr(code)] = str(value)
    return found


DIGITS = {str(d): str(d) for d in range(10)} | _digits() | _HAN
_FIGURES = "".join(c for c in DIGITS if unicodedata.category(c) != "Nd")

_WORDS = {
    "0": "zero oh nought naught cero",
    "1": "one uno una",
    "2": "two dos",
    "3": "three tres",
    "4": "four cuatro quatro",
    "5": "five cinco",
    "6": "six seis",
    "7": "seven siete",
    "8": "eight ocho",
    "9": "nine nueve",
    "10": "ten diez",
    "11": "eleven once",
    "12": "twelve doce",
    "13": "thirteen trece",
    "14": "fourteen catorce",
    "15": "fifteen quince",
    "16": "sixteen dieciseis dieciséis",
    "17": "seventeen diecisiete",
    "18": "eighteen dieciocho",
    "19": "nineteen diecinueve",
    "20": "twenty veinte",
    "21": "veintiuno veintiún",
    "22": "veintidos veintidós",
    "23": "veintitres veintitrés",
    "24": "veinticuatro",
    "25": "veinticinco",
    "26": "veintiseis veintiséis",
    "27": "veintisiete",
    "28": "veintiocho",
    "29": "veintinueve",
    "30": "thirty treinta",
    "40": "forty fourty cuarenta",
    "50": "fifty cincuenta",
    "60": "sixty sesenta",
    "70": "seventy setenta",
    "80": "eighty ochenta",
    "90": "ninety noventa",
    "100": "hundred cien ciento",
    "600": "seiscientos",
    "700": "setecientos",
    "800": "ochocientos",
    "900": "novecientos",
    "x2": "double doble",
    "x3": "triple treble",
}
WORDS = {word: value for value, names in _WORDS.items() for word in names.split()}
_LEET = {"o": "[o0]", "i": "[i1]", "e": "[e3]", "s": "[s5]", "a": "[a4]"}
_BACK = str.maketrans("01345ıİſ", "oieasiis")


def _spelt(word: str) -> str:
    """A pattern for a word, or for the same word with digits for some letters: s3ven, f0ur."""
    return "".join(_LEET.get(c, c) for c in word)


WORD = "(?i:" + "|".join(_spelt(w) for w in sorted(WORDS, key=len, reverse=True)) + ")"
FIGURE = rf"\d{_FIGURES}"  # inside [...]
LOOK = "".join(re.escape(c) for c in LETTERS)  # inside [...]
_ATOM = re.compile(rf"(?P<word>{WORD})|(?P<figure>[{FIGURE}])|(?P<look>[{LOOK}])")
_PLAIN = re.compile(r"[0-9]+")
_ONLY_PLAIN = re.compile(r"[0-9 ().+/,;:\n\t_*~#-]*\Z")
_ONLY_HIDDEN = re.compile(rf"[{HIDDEN}]*\Z")
_AND = re.compile(r"\s+(?:y|and)\s+\Z|[\s-]+\Z", re.I)


class Group(NamedTuple):
    digits: str
    start: int
    end: int
    how: str  # "figures", or how it was disguised; several ways are joined by ", "
    pure: bool = False  # made of look-alike letters alone, so it may be no number at all


class _Atom(NamedTuple):
    digits: str
    start: int
    end: int
    how: str


def groups(text: str) -> list[Group]:
    """Return the groups of digits in `text`, in order."""
    if _ONLY_PLAIN.match(text):
        return [Group(m.group(), *m.span(), "figures") for m in _PLAIN.finditer(text)]
    atoms = _say([_atom(m) for m in _ATOM.finditer(text)], text)
    found: list[Group] = []
    first = 0
    for i, atom in enumerate(atoms):
        last = i + 1 == len(atoms)
        if last or not _ONLY_HIDDEN.match(text[atom.end : atoms[i + 1].start]):
            found.append(_group(atoms[first : i + 1], text))
            first = i + 1
    return found


def _atom(m: re.Match[str]) -> _Atom:
    written = m.group()
    if m.lastgroup == "word":
        word = written if written in WORDS else written.translate(_BACK).lower()
        value = WORDS[word]
        return _Atom(value, *m.span(), "words")
    if m.lastgroup == "look":
        return _Atom(LETTERS[written], *m.span(), "letters for digits")
    return _Atom(DIGITS[written], *m.span(), _figure(written))


@cache
def _figure(c: str) -> str:
    if c.isascii():
        return "figures"
    if unicodedata.decomposition(c):
        return "look-alike digits"
    return "Chinese numerals" if c in _HAN else "another script's digits"


def _say(atoms: list[_Atom], text: str) -> list[_Atom]:
    """Put words together as they are said: twenty + one, seiscientos + doce, double + seven."""
    out: list[_Atom] = []
    for atom in atoms:
        before = out[-1] if out else None
        near = before is not None and _AND.match(text[before.end : atom.start])
        if before is None or not near or before.how != "words":
            out.append(atom)
        elif before.digits[0] == "x" and atom.digits[0] == "x":
            out[-1] = atom
        elif before.digits[0] == "x":
            times = int(before.digits[1])
            out[-1] = _Atom(
                atom.digits[:1] * times + atom.digits[1:], before.start, atom.end, "words"
            )
        elif atom.how == "words" and atom.digits == "100" and len(before.digits) == 1:
            out[-1] = _Atom(before.digits + "00", before.start, atom.end, "words")
        elif atom.how == "words" and _adds(before.digits, atom.digits):
            total = str(int(before.digits) + int(atom.digits))
            out[-1] = _Atom(total, before.start, atom.end, "words")
        else:
            out.append(atom)
    return [a for a in out if a.digits[0] != "x"]


def _adds(before: str, after: str) -> bool:
    if after.startswith("0") or after[0] == "x":
        return False
    tens = len(before) == 2 and before[0] in "23456789" and before[1] == "0" and len(after) == 1
    return tens or (len(before) == 3 and before.endswith("00") and len(after) < 3)


def _group(atoms: list[_Atom], text: str) -> Group:
    start, end = atoms[0].start, atoms[-1].end
    ways = dict.fromkeys(a.how for a in atoms)
    if end - start > sum(a.end - a.start for a in atoms):
        ways[
            "keycaps" if "\u20e3" in text[start:end] + text[end : end + 2] else "hidden characters"
        ] = None
    pure = all(a.how == "letters for digits" for a in atoms)
    return Group("".join(a.digits for a in atoms), start, end, ", ".join(ways), pure)
