"""Makes text of evidence safe to show: what would be invisible or act on the page is spelt out.

A control character, a bidirectional override, a byte order mark, a lone surrogate or an unassigned
code point is written as ⟨U+202E⟩, so that a reader sees that it stands in the evidence.
"""

import unicodedata

# Invisible, but needed for writing (joiners, marks of direction) or harmless (soft hyphen).
KEPT = frozenset("\n\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")
LINE_ENDS = {"\r": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n", "\v": "\n", "\f": "\n"}


def spelt(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


def plain(text: str) -> str:
    """Return `text` with nothing in it that could be hidden or could act; lines end in LF."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(c if c.isprintable() else _shown(c) for c in text)


def _shown(character: str) -> str:
    if character in KEPT:
        return character
    if character in LINE_ENDS:
        return LINE_ENDS[character]
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " "
    return spelt(character)


def rightward(text: str) -> bool:
    """Tell whether the first strong character of `text` is written left to right.

    Source: Unicode Standard Annex 9, rules P2 and P3.
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return True
        if kind in ("R", "AL"):
            return False
    return True
