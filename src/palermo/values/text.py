"""Folds text so that spellings that a reader takes for the same become the same.

Compatibility forms, marks, case and the letters that Unicode does not decompose are folded;
Chinese, Japanese and Thai, which write no spaces, are cut into pairs of characters.
"""

import re
import unicodedata

LETTERS = str.maketrans(
    {
        "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "æ": "ae",
        "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "þ": "th", "أ": "ا", "إ": "ا", "آ": "ا",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ئ": "ي", "ـ": None,
        "ё": "е", "Ё": "Е", "й": "и", "Й": "И",
    }
)  # fmt: skip
SPACELESS = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0edf\u1000-\u109f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)


def words(text: str) -> frozenset[str]:
    """The words of a list kept as text."""
    return frozenset(text.split())


def fold(text: str) -> str:
    """Return `text` folded; folding twice changes nothing more.

    Pairs overlap (``abc`` becomes ``ab bc``), so a word of two or more characters is found wherever it
    stands; a run of one character stays as it is.
    """
    if text.isascii():
        return text.lower()
    folded = plain(text)
    return SPACELESS.sub(pairs, folded) if SPACELESS.search(folded) else folded


def plain(text: str) -> str:
    """Return `text` without case, marks and compatibility forms, and cut nowhere."""
    bare = unicodedata.normalize("NFKD", text.translate(LETTERS))
    bare = "".join([c for c in bare if unicodedata.category(c) != "Mn"])
    bare = unicodedata.normalize("NFKD", bare.translate(LETTERS).casefold()).translate(LETTERS)
    bare = "".join([c for c in bare if unicodedata.category(c) != "Mn"])
    return unicodedata.normalize("NFC", bare)


def pairs(m: re.Match[str]) -> str:
    run = m.group()
    if len(run) <= 2:
        return f" {run} "
    return " " + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + " "
