"""Letters of other scripts that pass for Latin ones, and words that mix scripts to pass unseen."""

import re
import unicodedata

_SMALL = dict(zip("аеорсухіјѕԁһԛѡոսօαορν", "aeopcyxijsdhqwnuoaopv", strict=True))
_LARGE = dict(
    zip(
        "АВЕЗНІЈКМОРСТУХЅԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧՕՍ",
        "ABE3HIJKMOPCTYXSQWABEZHIKMNOPTYXOU",
        strict=True,
    )
)
# One for one: each letter has the place that it had.
SMALL = str.maketrans(_SMALL)
LATIN = str.maketrans(_SMALL | {a: b for a, b in _LARGE.items() if b.isalpha()})
# Where a word stays mixed, its Latin letters are those that pass for Cyrillic ones.
_CYRILLIC = str.maketrans(
    {b: a for a, b in (_SMALL | _LARGE).items() if "\u0400" <= a <= "\u04ff" and b.isalpha()}
)
_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f\u0530-\u058f]")
_OWN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def unmixed(word: str) -> str:
    """Return a word that mixes Latin letters with look-alikes of one script, letter for letter; a
    word of one script stays as it is."""
    if word.isascii() or not (_OTHER.search(word) and _OWN.search(word)):
        return word
    latin = word.translate(LATIN)
    return word.translate(_CYRILLIC) if _OTHER.search(latin) else latin


def plainly(text: str) -> str:
    """Return a text in compatibility forms, without what cannot be seen."""
    whole = unicodedata.normalize("NFKC", text)
    return "".join(c for c in whole if unicodedata.category(c) != "Cf")
