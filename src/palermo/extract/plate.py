"""Finds vehicle plates in text, where the event's country is known."""

import re
from collections.abc import Iterator
from functools import cache

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import plate
from palermo.vocabulary import Kind

_CUE = re.compile(
    r"(?:plate|reg(?:istration)?|vrm|number plate|licen[cs]e plate|car|van|vehicle|matr[ií]cula|"
    r"placa|coche|"
    r"immatriculation|plaque|voiture|kennzeichen|auto|wagen|targa|număr|numar|înmatriculare|"
    r"mașin[ăa]|masin[ăa])"
    r"[^\n]{0,20}\Z",
    re.I,
)


# Codes of currencies that are made of the letters of Spanish plates: 1000 GBP.
_AMOUNT = re.compile(r"(?:GBP|RMB|HKD|CHF|CZK|THB|SGD|BRL|DKK|RSD|PHP|BGN|TRY|KWD|PLN|SMS|KGS)\Z")


class Plate(TextExtractor):
    """Finds vehicle plates of the event's country (GB, ES, FR, IT, RO, DE)."""

    name = "plate"
    version = "1"
    pattern = r"[A-ZÄÖÜ0-9][A-ZÄÖÜ0-9 \x{a0}.·-]{3,200}[A-Z0-9]"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        for pattern, loose in _shapes(region):
            for match in pattern.finditer(text, start, end):
                first, last = match.span()
                cue = _CUE.search(text[max(0, first - 30) : first])
                value = plate.normalise(match.group(), region)
                if value is None or (loose and not cue) or _AMOUNT.search(match.group()):
                    continue
                if last < len(text) and text[last].isalnum():
                    continue
                reason = "a vehicle is spoken of" if cue else "of the shape of the country's plates"
                yield Hit(Kind.PLATE, value, first, last, 0.9 if cue else 0.6, reason)


@cache
def _shapes(region: str | None) -> list[tuple[re.Pattern[str], bool]]:
    shapes = plate.SHAPES.get(region or "", [])
    return [(re.compile(rf"(?<!\w)(?:{s.pattern})(?!\w)"), s.loose) for s in shapes]
