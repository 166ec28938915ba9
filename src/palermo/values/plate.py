"""Vehicle plates of countries whose patterns we know, as ``GB:AB12CDE``."""

import re
from typing import NamedTuple

_SEP = r"[ \u00a0.·-]?"


class Shape(NamedTuple):
    """A current pattern of a country's plates; `loose` ones need a word that speaks of a plate."""

    pattern: str
    loose: bool = False


_RO = (
    "AB|AR|AG|BC|BH|BN|BT|BV|BR|BZ|CS|CL|CJ|CT|CV|DB|DJ|GL|GR|GJ|HR|HD|IL|IS|IF|MM|MH|MS|NT|OT|PH|"
    "SM|SJ|SB|"
    "SV|TR|TM|TL|VS|VL|VN"
)
SHAPES = {
    # Two letters (no I, Q, Z in the first place), age identifier, three letters (no I, Q).
    "GB": [
        Shape(rf"[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{{2}}{_SEP}[A-HJ-PR-Z]{{3}}"),
        Shape(rf"[A-HJ-NP-TV-Y][0-9]{{1,3}}{_SEP}[A-HJ-PR-Z]{{3}}", loose=True),
    ],
    "ES": [
        Shape(rf"[0-9]{{4}}{_SEP}[BCDFGHJKLMNPRSTVWXYZ]{{3}}"),
        Shape(rf"[A-Z]{{1,2}}{_SEP}[0-9]{{4}}{_SEP}[A-Z]{{1,2}}", loose=True),
    ],
    "FR": [
        Shape(rf"[A-HJ-NP-TV-Z]{{2}}{_SEP}[0-9]{{3}}{_SEP}[A-HJ-NP-TV-Z]{{2}}"),
        Shape(rf"[0-9]{{1,4}}{_SEP}[A-Z]{{2,3}}{_SEP}(?:[0-9]{{2}}|2[AB])", loose=True),
    ],
    "IT": [Shape(rf"[A-HJ-NPR-TV-Z]{{2}}{_SEP}[0-9]{{3}}{_SEP}[A-HJ-NPR-TV-Z]{{2}}")],
    "RO": [Shape(rf"(?:(?:{_RO}){_SEP}[0-9]{{2}}|B{_SEP}[0-9]{{2,3}}){_SEP}[A-HJ-PR-Z]{{3}}")],
    "DE": [Shape(r"[A-ZÄÖÜ]{1,3}(?:-| |- )[A-Z]{1,2} ?[1-9][0-9]{0,3}[EH]?", loose=True)],
}


def normalise(written: str, region: str | None) -> str | None:
    """Return ``country:plate`` with separators out, or None where the country's shapes do not fit.

    German plates keep one hyphen after the district: ``M-AB 12`` and ``MA-B 12`` differ.
    """
    text = " ".join(written.upper().split())
    if region not in SHAPES or not any(re.fullmatch(s.pattern, text) for s in SHAPES[region]):
        return None
    if region == "DE":
        district, rest = re.split(r"[- ]+", text, maxsplit=1)
        return f"DE:{district}-{rest.replace(' ', '')}"
    return f"{region}:{re.sub(r'[^A-Z0-9]', '', text)}"


def validate(value: str) -> bool:
    region, _, plate = value.partition(":")
    return normalise(plate, region) == value
