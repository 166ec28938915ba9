"""Letters that pass for Latin ones: of other scripts, in fancy styles, or with what is unseen between."""

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


def _styles() -> dict[str, str]:
    """Letters, digits and signs in a style of their own (bold, circled, wide) -> the plain ones."""
    found = {"İ": "I"}
    for code in (*range(0x2000, 0x3400), *range(0xFE50, 0x10000), *range(0x1D400, 0x1FC00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain.isascii() and (plain.isalnum() or plain in "@._-/+"):
            found[chr(code)] = plain
    for first in (0x1F150, 0x1F170):  # white on black, which Unicode takes for no letters
        found |= {chr(first + i): chr(65 + i) for i in range(26)}
    small = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
    return found | dict(zip(small, "abcdefghijklmnoprstuvwyz", strict=True))


_STYLES = _styles()
# Controls, joiners, selectors of variants, keycaps; inside [...].
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20e3\ufe00-\ufe0f\ufeff\u0640"  # the last draws Arabic letters out
)
_HIDDEN = re.compile(f"[{_UNSEEN}]")
_MIXED = re.compile(r"[^\W\d_]+(?:[._-]?[^\W\d_]+)*")
_SEEN = re.compile(f"[^{_UNSEEN}]", re.S)
_STYLED = re.compile(f"[{re.escape(''.join(_STYLES))}]")
_TOUCHING = re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]")
# Rust's regex for texts that `plain_letters` can change; not all of these are.
DISGUISED = f"[{_UNSEEN}]|{_STYLED.pattern}|{_TOUCHING.pattern}"


def plain_letters(text: str) -> tuple[str, list[int] | None]:
    """Return `text` in plain letters, without what cannot be seen; and where that made it shorter, the
    place of each of its characters, and of its end, in `text`."""
    plain = _STYLED.sub(lambda m: _STYLES[m.group()], text)
    at = None
    if _HIDDEN.search(plain):
        at = [m.start() for m in _SEEN.finditer(plain)]
        plain = "".join([plain[i] for i in at])
        at.append(len(text))
    return _MIXED.sub(_as_one_script, plain) if _TOUCHING.search(plain) else plain, at


def _as_one_script(match: re.Match[str]) -> str:
    """Return a word of Latin letters and look-alikes in letters of one script; any other as it is."""
    word = match.group()
    one = unmixed(word)
    return word if _OTHER.search(one) and _OWN.search(one) else one
