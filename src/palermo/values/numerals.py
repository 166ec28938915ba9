"""Looks up words for numbers, however their letters are written.

A word is looked up folded: without case, accents and stand-in letters or figures (s3ven, zérо).
"""

import re
import unicodedata
from collections.abc import Iterable

from palermo.values.spoken import SPOKEN

_STEPS = (
    (0, 1),
    (10, 1),
    (20, 10),
    (100, 100),
)  # the first number of each of the four, and the step
_TIMES = {
    "x2": "double doble dobro duplo dublu doppio двойная двойной",
    "x3": "triple treble triplo triplu тройной тройная",
}
_ALIKE = dict(zip("аеорсухіјѕοαρνі", "aeopcyxijsoapvi", strict=True))
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s"}
_ARABIC = dict(zip("أإآٱةىیک", "ااااهييك", strict=True))
_LETTERS = {"đ": "d", "ı": "i", "ſ": "s", "ł": "l", "ё": "e", "'": "'", "’": "'", "ʼ": "'"}


def _skeletons() -> dict[int, str]:
    """Character -> what it is looked up as, one for one."""
    found = {}
    for code in (*range(0xC0, 0x500), *range(0x1E00, 0x2000)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        found[chr(code)] = _ALIKE.get(base, base)
    found |= {c.upper(): b for c, b in _ALIKE.items()}
    return str.maketrans(
        {chr(c): chr(c + 32) for c in range(65, 91)} | found | _ALIKE | _LEET | _ARABIC | _LETTERS
    )


_SKELETON = _skeletons()


def skeleton(word: str) -> str:
    """Return the form in which a word is looked up; it is as long as the word."""
    return word.translate(_SKELETON)


_UNITS = ("uno", "dós", "trés", "cuatro", "cinco", "séis", "siete", "ocho", "nueve")


def _joined() -> dict[str, str]:
    """Numbers of two parts that are written as one word."""
    found = {}
    (units, _, tens, *_), (it_units, _, it_tens, *_) = SPOKEN["German"], SPOKEN["Italian"]
    for t, ten in enumerate(tens.split(), 2):
        for u, unit in enumerate(units.replace("eins/", "").split()):
            for a in unit.split("/"):
                for b in ten.split("/"):
                    if u:
                        found[f"{a}und{b}"] = f"{t}{u}"
    for t, ten in enumerate(it_tens.split(), 2):
        for u, unit in enumerate(it_units.split()):
            if u:
                unit = unit.split("/")[0]
                found[(ten[:-1] if unit[0] in "uo" else ten) + unit] = f"{t}{u}"
    for u, unit in enumerate(_UNITS, 1):
        found[f"veinti{unit}"] = f"2{u}"
    for u, unit in enumerate(SPOKEN["Hungarian"][0].split()):
        if u:
            found |= dict.fromkeys((f"huszon{name}" for name in unit.split("/")), f"2{u}")
    return found


def _spellings() -> dict[str, str]:
    """Every spelling with its value; the languages named first keep a word that several have."""
    found: dict[str, str] = {}
    for parts in SPOKEN.values():
        for (first, step), part in zip(_STEPS, parts, strict=False):
            for i, names in enumerate(part.split()):
                for name in names.replace("_", " ").split("/"):
                    found.setdefault(name, str(first + i * step))
    del found["-"]
    for value, names in _TIMES.items():
        found |= dict.fromkeys(names.split(), value)
    return found | _joined()


SPELLINGS = _spellings()
WORDS = {
    skeleton(unicodedata.normalize(form, name)): value
    for name, value in reversed(SPELLINGS.items())
    for form in ("NFD", "NFC")
}


def _trie(names: Iterable[str]) -> str:
    """A pattern for the longest of some words: much faster than to try one after another."""
    heads: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        heads.setdefault(name[:1], []).append(name[1:])
    ends = heads.pop("", None) is not None
    branches = [re.escape(head) + _trie(tails) for head, tails in heads.items()]
    whole = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return "" if not branches else whole + ("?" if ends else "")


WORD = re.compile(_trie(WORDS))  # in a skeleton


# What is said between the parts of one number, between its digits, and between two numbers.
AND = r"(?:and|y|e|et|și|si|и|і|und|en|و)"
SAID = (
    r"(?:then|dash|hyphen|dot|space|slash|minus|linie|kropka|kreska|my[sś]lnik|bindestrich|trattino|streepje|tire|nokta|tačka|crta|punto|gui[oó]n|espacio|luego|point|tiret|espace|puis|"
    r"ponto|h[ií]fen|tra[cç]o|espa[cç]o|depois|punct|liniu[tț]ă?|spa[tț]iu|apoi|тире|дефис|точка|пробел|"
    r"потом|затем|strich|punkt|leerzeichen|dann|chấm|gạch|فاصلة|شرطة|نقطة|ثم|横杠|杠|空格|点)"
)
# What stands between two numbers.
OR = r"(?:or|ou|sau|или|або|oder|oppure|lub|veya|atau|hoặc|và|أو|او|และ|หรือ|或者|或|和|및|또는|ή)"
BETWEEN = rf"(?:{AND}|{SAID})"


def _hints() -> tuple[str, ...]:
    """Rust's regexes, one of which is met in every text in which a number is said: two words for
    numbers side by side, one between figures, or a zero before them.

    There are several, with few words and no counted repetitions: so their states stay few.
    """
    names: set[str] = set(" ".join(_TIMES.values()).split()) | {"hundred"}
    for parts in SPOKEN.values():
        names |= {
            name.replace("_", " ") for p in parts for many in p.split() for name in many.split("/")
        }
    names -= {"-", "cent", "cents", "sto"}  # which follow figures, too
    stressless = {_without_accents(n) for n in names}
    latin = "|".join(
        sorted({n for n in stressless if n.isascii()} | _FIGURED, key=len, reverse=True)
    )
    cased = {v for n in names if not n.isascii() for v in (n, n.capitalize(), n.upper())}
    other = "|".join(sorted(cased, key=len, reverse=True))
    gap = r"[ ,.;:/*~_()\n-]*"
    one, edge = rf"(?i-u:{latin})", r"(?-u:\b)"
    return (
        rf"[0-9]{gap}{one}{gap}[0-9]|{edge}{one}{gap}{one}|{edge}(?i-u:zero|cero|oh|null?|nol){gap}[0-9]",
        rf"(?:{other}){gap}(?:{other})",
        rf"[0-9]{gap}(?:{other}){gap}[0-9]|(?:ноль|zéro|صفر|không){gap}[0-9]",
        rf"[0-9][ .,(\[{{<)-]+(?i:{SAID})[ .,)\]}}>(+-]+[0-9]",
        rf"[0-9][0-9][ )]+(?i:{OR}|{AND}) [(+.…]*[0-9]",
    )


def _without_accents(word: str) -> str:
    marks = unicodedata.normalize("NFD", word.translate({0x111: "d", 0x131: "i", 0x142: "l"}))
    return "".join(c for c in marks if not unicodedata.combining(c))


_FIGURED = {
    "zer0",
    "0ne",
    "on3",
    "tw0",
    "thr33",
    "thre3",
    "f0ur",
    "fiv3",
    "s1x",
    "s3ven",
    "sev3n",
    "e1ght",
    "n1ne",
}
HINTS = _hints()
