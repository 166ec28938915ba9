"""Finds the machine-readable zones of travel documents in text (ICAO Doc 9303)."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import document, name
from palermo.values.document import Document, Field
from palermo.vocabulary import Kind

_LINE = re.compile(r"[A-Z0-9<\u2039\u00ab\uff1c]+")
_FILLER = str.maketrans("\u2039\uff1c", "<<")  # what some readers give for the filler
_WIDTHS = (44, 36, 30)


class Mrz(TextExtractor):
    """Finds the machine-readable lines of passports, visas and identity cards."""

    name = "mrz"
    version = "1"
    pattern = r"[PVIAC][A-Z<‹＜][A-Z<‹＜]{3}[A-Z0-9<‹＜]{25,39}(?:\s{1,4}[A-Z0-9<‹＜]{30,44}){1,2}"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        lines = [
            (m.start(), m.group().translate(_FILLER)) for m in _LINE.finditer(text, start, end)
        ]
        if start and text[start - 1].isalnum():
            return
        for count in (2, 3):
            zone = document.parse([line for _, line in lines[:count]])
            if zone:
                yield from _hits(zone, [at for at, _ in lines])
                return


def _hits(zone: Document, starts: list[int]) -> Iterator[Hit]:
    def span(field: Field) -> tuple[int, int]:
        return starts[field.line] + field.start, starts[field.line] + field.end

    if zone.wrong:
        confidence, reason = 0.4, "check digits that do not fit: " + ", ".join(zone.wrong)
    else:
        confidence, reason = 0.99, "all check digits fit"
    born = span(zone.birth)
    details = {
        "layout": zone.layout,
        "surname": zone.surname,
        "given": zone.given,
        "born": zone.born,
        "born_span": f"{born[0]}-{born[1]}",
        "expires": zone.expires,
        "sex": zone.sex,
        "nationality": zone.nationality,
    }
    yield Hit(Kind.DOCUMENT, zone.value, *span(zone.number), confidence, reason, details)
    written = name.normalise(f"{zone.surname}, {zone.given}".strip(", "))
    if written:
        parts = {"surname": zone.surname, "given": zone.given}
        # The names carry no check digit of their own.
        yield Hit(Kind.NAME, written, *span(zone.names), min(confidence, 0.9), reason, parts)
