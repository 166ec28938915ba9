"""Travel documents by their machine-readable zone, with its check digits (ICAO Doc 9303)."""

import re
from typing import NamedTuple

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (7, 3, 1)
_TYPES = {"P": "passport", "V": "visa", "I": "identity", "A": "identity", "C": "identity"}


class Field(NamedTuple):
    """A stretch of the zone: line, first and last + 1 character."""

    line: int
    start: int
    end: int


class _Layout(NamedTuple):
    lines: int
    width: int
    number: Field
    birth: Field
    sex: Field
    expiry: Field
    nationality: Field
    names: Field
    composite: tuple[Field, ...]  # what the last check digit covers
    last: Field


# Parts 4 to 6 of Doc 9303. Each field that is checked is followed by its check digit.
_LAYOUTS = {
    "TD3": _Layout(
        2, 44, Field(1, 0, 9), Field(1, 13, 19), Field(1, 20, 21), Field(1, 21, 27), Field(1, 10, 13),
        Field(0, 5, 44), (Field(1, 0, 10), Field(1, 13, 20), Field(1, 21, 43)), Field(1, 43, 44),
    ),
    "TD2": _Layout(
        2, 36, Field(1, 0, 9), Field(1, 13, 19), Field(1, 20, 21), Field(1, 21, 27), Field(1, 10, 13),
        Field(0, 5, 36), (Field(1, 0, 10), Field(1, 13, 20), Field(1, 21, 35)), Field(1, 35, 36),
    ),
    "TD1": _Layout(
        3, 30, Field(0, 5, 14), Field(1, 0, 6), Field(1, 7, 8), Field(1, 8, 14), Field(1, 15, 18),
        Field(2, 0, 30), (Field(0, 5, 30), Field(1, 0, 7), Field(1, 8, 15), Field(1, 18, 29)),
        Field(1, 29, 30),
    ),
}  # fmt: skip


class Document(NamedTuple):
    value: str  # type:issuer:number, e.g. passport:GBR:123456789
    layout: str
    surname: str
    given: str
    born: str  # ISO 8601; empty where not stated
    expires: str
    sex: str
    nationality: str
    wrong: tuple[str, ...]  # the names of the check digits that do not fit
    number: Field
    names: Field
    birth: Field


def check_digit(text: str) -> int:
    """ICAO's check digit; a filler counts nothing, a letter from A = 10."""
    values = (0 if c == "<" else _ALPHABET.index(c) for c in text)
    return sum(v * _WEIGHTS[i % 3] for i, v in enumerate(values)) % 10


def parse(lines: list[str]) -> Document | None:
    """Read the lines of a zone; None where their number, length or kind fit no layout."""
    shape = (len(lines), len(lines[0]) if lines else 0)
    name = next((n for n, x in _LAYOUTS.items() if (x.lines, x.width) == shape), None)
    kind = lines[0][0] if name else ""
    if name is None or kind not in _TYPES or any(len(line) != shape[1] for line in lines):
        return None
    if not all(re.fullmatch(r"[A-Z0-9<]+", line) for line in lines):
        return None
    if (kind == "P") != (name == "TD3") and kind != "V":
        return None
    layout = _LAYOUTS[name]
    number, long_number = _number(lines, layout, name)
    surname, _, given = _cut(lines, layout.names).strip("<").partition("<<")
    expires = _date(_cut(lines, layout.expiry), "2099")
    return Document(
        value=f"{_TYPES[kind]}:{lines[0][2:5].strip('<')}:{number}",
        layout=name,
        surname=_words(surname),
        given=_words(given),
        born=_date(_cut(lines, layout.birth), expires or "2099"),
        expires=expires,
        sex=_cut(lines, layout.sex).strip("<"),
        nationality=_cut(lines, layout.nationality).strip("<"),
        wrong=tuple(_wrong(lines, layout, kind == "V", long_number)),
        number=layout.number,
        names=layout.names,
        birth=layout.birth,
    )


def _cut(lines: list[str], field: Field) -> str:
    return lines[field.line][field.start : field.end]


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _number(lines: list[str], layout: _Layout, name: str) -> tuple[str, str]:
    """Return the document's number, and the long one with its check digit where it runs over
    into the optional data (TD1 and TD2, Doc 9303 part 5, note j)."""
    short = _cut(lines, layout.number)
    after = lines[layout.number.line][layout.number.end :]
    if after[0] != "<" or name == "TD3":
        return short.strip("<"), ""
    optional = after[1:16] if name == "TD1" else lines[1][28:35]
    extra = optional.split("<")[0]
    return (short + extra[:-1]).strip("<"), short + extra if extra else ""


def _wrong(lines: list[str], layout: _Layout, visa: bool, long_number: str) -> list[str]:
    """Name the check digits that do not fit; visas have no composite one."""
    checks = {"number": layout.number, "birth": layout.birth, "expiry": layout.expiry}
    wrong = []
    for what, field in checks.items():
        text, digit = _cut(lines, field), lines[field.line][field.end]
        if what == "number" and long_number:
            text, digit = long_number[:-1], long_number[-1]
        if not digit.isdigit() or check_digit(text) != int(digit):
            wrong.append(what)
    composite = "".join(_cut(lines, f) for f in layout.composite)
    last = _cut(lines, layout.last)
    if not visa and (not last.isdigit() or check_digit(composite) != int(last)):
        wrong.append("composite")
    return wrong


def _date(text: str, latest: str) -> str:
    """YYMMDD as ISO 8601, as late as `latest` allows; unknown parts (``<<``) are left out."""
    match = re.fullmatch(r"(\d\d)(0[1-9]|1[0-2]|<<)(0[1-9]|[12]\d|3[01]|<<)", text)
    if not match:
        return ""
    parts = [p for p in match.groups()[1:] if p != "<<"] if match[2] != "<<" else []
    late = "-".join([f"20{match[1]}", *parts])
    return late if late <= latest else "19" + late[2:]


def validate(value: str) -> bool:
    return bool(re.fullmatch(r"(?:passport|visa|identity):[A-Z]{1,3}:[A-Z0-9]{1,22}", value))
