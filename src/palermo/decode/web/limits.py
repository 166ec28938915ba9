"""How much of a page is read, whatever it is made to become: bytes, text, elements, depth."""

import codecs
import re
from array import array

# Elements that hold nothing or that the next of their kind closes; the others can pile up.
FLAT = set(
    b"area base br col embed hr img input link meta param source track wbr p li dd dt tr td th "
    b"tbody thead tfoot option optgroup a html head body colgroup caption".split()
)
DEEPEST = 400  # browsers stop at about 512; the parser's time grows with the square of the depth
# What a page is read up to: no page that people read is as large, and memory grows with each.
MOST_BYTES = 16 << 20
MOST_RECODED = 2 << 20  # bytes of a page whose charset has to be gone through byte by byte
MOST_TEXT = 2 << 20  # bytes
MOST_ELEMENTS = 100_000
MOST_ATTRIBUTES = 256  # of one element; the parser's time grows with their square
# Elements that the parser opens again in every block until they are closed, so that a few bytes
# of text can become many elements: https://html.spec.whatwg.org/#formatting
FORMATTING = set(b"b big code em font i nobr s small strike strong tt u".split())
MOST_FORMATTING = 16  # of those, open at once
MADE_BY_ENDS = {b"p", b"br"}  # their end tags make elements too
QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


class Stack:
    """Which elements are open, roughly, and how many the parser will make of what was read."""

    def __init__(self) -> None:
        self.depth = self.formatting = self.elements = 0

    def open(self, name: bytes) -> bool:
        """Whether an element may be opened here."""
        formatting = name in FORMATTING
        nested = name not in FLAT
        self.depth += nested
        self.formatting += formatting
        if (nested and self.depth > DEEPEST) or (formatting and self.formatting > MOST_FORMATTING):
            return False
        self.elements += 1 if formatting else 1 + min(self.formatting, MOST_FORMATTING)
        return True

    def close(self, name: bytes) -> None:
        self.depth -= name not in FLAT and self.depth > 0
        self.formatting -= name in FORMATTING and self.formatting > 0
        self.elements += name in MADE_BY_ENDS


def has_many_attributes(tag: bytes) -> bool:
    if len(tag) <= 2 * MOST_ATTRIBUTES:
        return False
    return len(QUOTED.sub(b"", tag).replace(b"=", b" ").split()) > MOST_ATTRIBUTES


def whole(raw: bytes, most: int, charset: str) -> int:
    """Return how many bytes, at most `most`, end with a whole character."""
    if len(raw) <= most:
        return len(raw)
    decoder = codecs.getincrementaldecoder(charset)("replace")
    try:
        decoder.decode(raw[:most])
    except UnicodeError:  # what it holds back is no character's beginning: see `transcode`
        return most
    return most - len(decoder.getstate()[0])


def transcode(raw: bytes, charset: str) -> "tuple[bytes, array[int]]":
    """Return the page in UTF-8 and, for each of its bytes and its end, the place in `raw`."""
    decoder = codecs.getincrementaldecoder(charset)("replace")
    out = bytearray()
    back = array("L")
    start = 0  # of the bytes not yet turned into a character
    for at in range(len(raw) + 1):
        final = at == len(raw)
        try:
            text = decoder.decode(raw[at : at + 1], final)
        except UnicodeError:  # an escape that never ends fills what the decoder holds back
            decoder.reset()
            text = "\ufffd"
        if not text:
            continue
        if not out:
            text = text.lstrip("\ufeff")
        data = text.encode("utf-8", "replace")
        out += data
        back.extend([start] * len(data))
        start = min(at + 1, len(raw))
    back.append(start)
    return bytes(out), back
