"""Reads digits however they are written: in any script, as look-alike letters, or as words.

A *group* is a stretch of digits with nothing visible between them. Words are read as they are said:
"twenty one", "treinta y cuatro", "quatre-vingt-dix", "double seven", "eight hundred".
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from palermo.values.numerals import AND, BETWEEN, OR, WORD, WORDS, skeleton

# Letters and signs that stand in for a digit, by shape. The scripts are Latin, Greek, Cyrillic,
# Armenian and geometric signs; what Unicode itself calls a digit is not listed here.
_SHAPES = {
    "0": "OoОоΟοՕօ○◯◎⚪⚫🅾ⲞⲟߋƠơ",
    "1": "lIiıΙιІіӀӏǀ",
    "2": "ZzΖƧƨ",
    "3": "ЗзƷʒӠӡ",
    "5": "SsЅѕ",
    "6": "бbG",
    "8": "BВΒßβ",
    "9": "gqԛ",
}
# Shapes too common beside numbers ("3D", "1A", "7!") to be digits unless they stand within one.
_WITHIN = {"0": "DQØø⭕", "1": "!|L", "3": "Eeεє€", "4": "AaЧч", "7": "TtТт"}
LETTERS = {c: d for d, shapes in _SHAPES.items() for c in shapes}
ROUND = {c for c, d in LETTERS.items() if d == "0"}  # read as a zero even when it stands alone
_FLANKED = {c: d for d, shapes in _WITHIN.items() for c in shapes}
ALIKE = frozenset(LETTERS) | frozenset(_FLANKED)
_SYLLABLES = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)) | dict(
    zip("壹贰叁肆伍陆柒捌玖幺两貳參陸洞拐勾", "12345678912236079", strict=True)
)
_SYLLABLES |= dict(zip("공영일이삼사오육칠팔구", "00123456789", strict=True))
HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\u20e3\u20dd-\u20e0\u0300-\u036f\U000e0001-\U000e007f\U000e0100-\U000e01ef"
)  # inside [...]; also the marks that turn a digit into a keycap or strike it through


def _digits() -> dict[str, str]:
    """Every character that Unicode gives a digit value: all scripts, circled, superscript ..."""
    found = {}
    for code in range(0x80, sys.maxunicode + 1):
        value = unicodedata.digit(chr(code), None)
        if value is not None:
            found[chr(code)] = str(value)
    return found


DIGITS = {str(d): str(d) for d in range(10)} | _digits() | _SYLLABLES
_FIGURES = "".join(c for c in DIGITS if unicodedata.category(c) != "Nd")
FIGURE = rf"\d{_FIGURES}"  # inside [...]
LOOK = "".join(re.escape(c) for c in LETTERS)  # inside [...]
WITHIN = "".join(re.escape(c) for c in _FLANKED)  # inside [...]
_ATOM = re.compile(
    rf"(?P<between>(?<=[\s(\[{{<])(?i:{BETWEEN}|{OR})(?=[\s)\]}}>]))|(?P<figure>[{FIGURE}])|(?P<look>[{LOOK}])"
    rf"|(?<=[{FIGURE}{LOOK}])(?P<within>[{WITHIN}]{{1,2}})(?=[{FIGURE}{LOOK}])"
)
# Letters that begin or end a group: E6, 12E.
EDGED = re.compile(rf"(?<=[{FIGURE}])[EA](?![^\W_])|(?<![^\W_])[EA](?=[{FIGURE}])")
# In a whole text, where most letters are words': figures with look-alikes among them, or O for 0.
_FIGURES_APART = re.compile(
    rf"(?<![^\W\d_])[{LOOK}]*[{FIGURE}](?:[{FIGURE}{LOOK}]|[{WITHIN}](?=[{FIGURE}{LOOK}]))*"
    rf"|(?<!\w)[oOоО]{{1,3}}(?!\w)"
)
_BRIDGE = re.compile(
    rf"[^\w%@=?°'’″′\"]{{0,10}}|\W{{0,3}}\s(?i:{BETWEEN}|{OR})\s\W{{0,3}}|\s?[(\[{{<]\s?(?i:{BETWEEN})\s?[)\]}}>]\s?"
    rf"|\s?و",
)
_PLAIN = re.compile(r"[0-9]+")
_ONLY_PLAIN = re.compile(r"[0-9 ().+/,;:\n\t_*~#-]*\Z")
_ONLY_HIDDEN = re.compile(rf"[{HIDDEN}]*\Z")
_HUNDRED_ALONE = ("yuz", "cent", "szaz", "sto")  # which also say one hundred, with no word before
_JOINED = re.compile(rf"\s*(?:{AND}\s+|{AND}(?<=و)|-)\s*\Z|\s*\Z", re.I)


class Group(NamedTuple):
    digits: str
    start: int
    end: int
    how: str  # "figures", or how it was disguised; several ways are joined by ", "
    pure: bool = False  # of look-alike letters alone or one lone word: it may be no number at all


class _Atom(NamedTuple):
    digits: str
    start: int
    end: int
    how: str
    word: str = ""  # its skeleton


def groups(text: str, spoken: bool = False, edged: bool = False) -> list[Group]:
    """Return the groups of digits in `text`, in order; words for numbers only where they may be
    `spoken`, and E and A at the edge of a group only where it may be `edged` by them."""
    if _ONLY_PLAIN.match(text):
        return [Group(m.group(), *m.span(), "figures") for m in _PLAIN.finditer(text)]
    atoms = list(_signs(text))
    if edged:
        letters = [
            _Atom(_FLANKED[m.group()], *m.span(), "letters for digits")
            for m in EDGED.finditer(text)
        ]
        atoms = sorted([*atoms, *letters], key=lambda a: a.start)
    if spoken:
        words = list(_said(text))
        free = [a for a in atoms if not any(w.start < a.end and a.start < w.end for w in words)]
        atoms = _say(sorted([*words, *free], key=lambda a: a.start), text)
    found: list[Group] = []
    first = 0
    for i, atom in enumerate(atoms):
        last = i + 1 == len(atoms)
        if last or not _ONLY_HIDDEN.match(text[atom.end : atoms[i + 1].start]):
            found.append(_group(atoms, first, i, text))
            first = i + 1
    return found


def spoken_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text in which words and figures follow each other, apart by what may
    stand within a number."""
    words = [(w.start, w.end) for w in _said(text)]
    rest = text  # words may touch figures: 7seven0zero
    for start, end in words:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    parts = sorted([*words, *(m.span() for m in _FIGURES_APART.finditer(rest))])
    first = 0
    for i, part in enumerate(parts):
        last = i + 1 == len(parts)
        if last or not _BRIDGE.fullmatch(text, part[1], parts[i + 1][0]):
            yield parts[first][0], part[1]
            first = i + 1


def _said(text: str) -> Iterator[_Atom]:
    """Yield the words for numbers: whole words, or three and more that are written as one."""
    bare = skeleton(text)
    chain: list[_Atom] = []
    for m in WORD.finditer(bare):
        start, end = m.span()
        figures = sum(c.isdecimal() for c in text[start:end])
        if figures * 2 > end - start:
            continue
        if chain and chain[-1].end != start:
            yield from _whole_words(chain, text)
            chain = []
        chain.append(_Atom(WORDS[m.group()], start, end, "words", m.group()))
    yield from _whole_words(chain, text)


def _whole_words(chain: list[_Atom], text: str) -> list[_Atom]:
    """Return words that touch each other, unless they are a part of another word: somet[one]."""
    if not chain:
        return chain
    start, end = chain[0].start, chain[-1].end
    before, after = text[start - 1 : start], text[end : end + 1]
    part = (before != "و" and _is_of_word(before)) or _is_of_word(after)
    return chain if not part or len(chain) > 2 else []


def _is_of_word(c: str) -> bool:
    """Whether a character belongs to a word, in a script that writes spaces between its words."""
    return c < "\u0e00" and unicodedata.category(c or " ")[0] in "LM"


def _signs(text: str) -> Iterator[_Atom]:
    for m in _ATOM.finditer(text):
        written, how = m.group(), m.lastgroup
        if how == "figure":
            yield _Atom(DIGITS[written], m.start(), m.end(), _figure(written))
        elif how != "between":
            digits = "".join([LETTERS.get(c) or _FLANKED[c] for c in written])
            yield _Atom(digits, m.start(), m.end(), "letters for digits")


@cache
def _figure(c: str) -> str:
    if c.isascii():
        return "figures"
    if unicodedata.decomposition(c):
        return "look-alike digits"
    return "numerals of the language" if c in _SYLLABLES else "another script's digits"


def _say(atoms: list[_Atom], text: str) -> list[_Atom]:
    """Put words together as they are said: twenty + one, nine + hundred + twelve, double + seven."""
    said = _hundreds(_doubles(atoms, text), text)
    out: list[_Atom] = []
    for i, atom in enumerate(said):
        before = out[-1] if out else None
        after = said[i + 1] if i + 1 < len(said) else None
        total = None
        if before and before.word and atom.word:
            gap = text[before.end : atom.start]
            listed = after is not None and _alone(atom) and _alone(after)
            total = _sum(before, atom, gap, listed) if _JOINED.match(gap) else None
        if before and total:
            out[-1] = _Atom(total, before.start, atom.end, "words", atom.word)
        else:
            out.append(atom)
    return out


def _alone(atom: _Atom) -> bool:
    return len(atom.digits) == 1 and bool(atom.word)


def _doubles(atoms: list[_Atom], text: str) -> list[_Atom]:
    """Write out double and triple; where nothing follows to be doubled, the word says nothing."""
    out: list[_Atom] = []
    times: _Atom | None = None
    for atom in atoms:
        if atom.digits[0] == "x":
            times = atom
            continue
        if times and text[times.end : atom.start].strip(" -") == "":
            digits = atom.digits[0] * int(times.digits[1]) + atom.digits[1:]
            atom = atom._replace(digits=digits, start=times.start, how="words")
        out.append(atom)
        times = None
    return out


def _hundreds(atoms: list[_Atom], text: str) -> list[_Atom]:
    out: list[_Atom] = []
    for atom in atoms:
        before = out[-1] if out else None
        if (
            before
            and atom.digits == "100"
            and before.word
            and len(before.digits) == 1
            and before.digits != "0"
            and text[before.end : atom.start].strip(" -") == ""
            and not (atom.word in _HUNDRED_ALONE and _ends_ten(out, text))
        ):
            out[-1] = _Atom(before.digits + "00", before.start, atom.end, "words", atom.word)
        else:
            out.append(atom)
    return out


def _ends_ten(atoms: list[_Atom], text: str) -> bool:
    """Whether the last of the words is the unit of a ten: (otuz) iki, which "yüz" follows."""
    if len(atoms) < 2 or not atoms[-2].word:
        return False
    ten, unit = atoms[-2:]
    gap = text[ten.end : unit.start]
    return (
        len(ten.digits) == 2
        and _JOINED.match(gap) is not None
        and _sum(ten, unit, gap, False) is not None
    )


def _sum(before: _Atom, atom: _Atom, gap: str, listed: bool) -> str | None:
    """Return the number that two words say together, or None where each is one of its own.

    `listed` says that another single digit follows: "nine hundred one two three" is 900 1 2 3.
    """
    a, b = before.digits, atom.digits
    if "و" in gap and len(a) == 1 and len(b) == 2 and b.endswith("0") and a != "0" and b != "10":
        return b[0] + a  # Arabic says units first
    if before.word == "quatre" and atom.word in ("vingt", "vingts") and gap.strip() in ("", "-"):
        return "80"
    if before.word in ("soixante", "vingt", "vingts") and a in ("60", "80") and 9 < int(b) < 17:
        return str(int(a) + int(b))
    if before.word == "dix" and b in ("7", "8", "9"):
        return str(int(a) + int(b))
    if b.startswith("0") or len(b) >= len(a) or int(a) < 20 or set(a[-len(b) :]) != {"0"}:
        return None
    if listed and len(a) > 2 and not gap.strip():
        return None
    return str(int(a) + int(b))


def _group(atoms: list[_Atom], first: int, last: int, text: str) -> Group:
    own = atoms[first : last + 1]
    start, end = own[0].start, own[-1].end
    ways = dict.fromkeys(a.how for a in own)
    if end - start > sum(a.end - a.start for a in own) and "words" not in ways:
        ways[
            "keycaps" if "\u20e3" in text[start:end] + text[end : end + 2] else "hidden characters"
        ] = None
    pure = all(a.how == "letters for digits" for a in own)
    if first == last and own[0].word and " " not in text[start:end]:
        beside = atoms[max(0, first - 1) : first] + atoms[last + 1 : last + 2]
        pure = not any(a.word for a in beside)
    return Group("".join(a.digits for a in own), start, end, ", ".join(ways), pure)
