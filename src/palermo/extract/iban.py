"""Finds international bank account numbers in text, by their checksum."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import iban
from palermo.vocabulary import Kind

_LONGEST, _SHORTEST = 34, 15
_GAPS = re.compile(r"[ \u00a0.-]")


class Iban(TextExtractor):
    """Finds IBANs whose checksum and length are right for their country."""

    name = "iban"
    version = "1"
    pattern = r"(?i)[a-z]{2}[ \x{a0}]?\d{2}(?:[ \x{a0}.-]?[a-z0-9]){11,34}"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        if start and text[start - 1].isascii() and text[start - 1].isalnum():
            return
        kept = [i for i in range(start, end) if not _GAPS.match(text[i])]
        for size in range(min(_LONGEST, len(kept)), _SHORTEST - 1, -1):
            last = kept[size - 1] + 1
            if last < len(text) and text[last].isascii() and text[last].isalnum():
                continue
            value = iban.normalise("".join(text[i] for i in kept[:size]))
            if value:
                yield Hit(Kind.IBAN, value, start, last, 0.99, "checksum and length are right")
                return
