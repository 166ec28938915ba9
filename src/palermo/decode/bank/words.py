"""Finds what people wrote in a bank's entry, between the codes by which banks structure it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from palermo.decode.bank.flat import SUBFIELD, Flat, flatten
from palermo.vocabulary import Event, Stretch

# Subfields of remittance information; the others are the bank's: posting text, account, name.
REMITTANCE = frozenset(f"{n}" for n in (*range(20, 30), *range(60, 64)))
# What announces a value in SEPA's remittance subfields, and in the slashed form of SWIFT's usage
# guides and the Dutch banks. None of them but these announces words.
QUALIFIER = re.compile(
    r"(?<![A-Z])(?P<code>EREF|KREF|MREF|CREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF|"
    r"RCMT|CCTN|DDAT)\+"
)
SLASHED = re.compile(
    r"/(?P<code>ACCT|ADDR|BENM|BIC|CDTRREF|CDTRREFTP|CHGS|CNTP|CSID|EREF|EXCH|IBAN|ID|INIT|IREF|ISDT|"
    r"MARF|MREF|NAME|OCMT|ORDP|PREF|PURP|REMI|RTRN|STRD|SVCL|TRACE|TRCD|TRTP|ULTB|ULTC|ULTD|USTD)/"
)
WORDS = frozenset(("", "SVWZ", "REMI", "USTD", "ADDR"))
MIN_REPEATED = 3  # letters of a value that is taken out wherever it stands again
LETTERS = re.compile(r"[^\W\d_]{2}")
NUMBERED = re.compile(r"(?m)^\d\d(?P<words>[^\r\n]*[^\W\d_]{2}[^\r\n]*)")


def said(
    event: Event, flat: Flat, extra: str, fields: Sequence[tuple[str, int, int]]
) -> list[Stretch]:
    """Return what people wrote of an entry: no codes, and no party's name or account.

    `flat` is what its `:86:` fields say, `extra` what stands beside `:61:`; `fields` are tag, start
    and end of each value in the event's text.
    """
    found = list(_remittance(flat))
    for tag, first, last in fields:
        if tag == "NS":
            found += _numbered(event.text, first, last)
    _, start, end = fields[0]
    at = event.text.find(extra, start, end) if LETTERS.search(extra) else -1
    if at >= 0:
        found += _remittance(flatten(event.text, [(at, at + len(extra))]))
    typed = [(first - len(tag) - 2, first) for tag, first, _ in fields]
    for party in event.parties:
        if party.start is not None and party.end is not None:
            typed.append((party.start, party.end))
        if len(party.value) > MIN_REPEATED:
            typed += [m.span() for m in re.finditer(re.escape(party.value), event.text)]
    return _without(found, typed)


def _remittance(flat: Flat) -> Iterator[Stretch]:
    """Give what people wrote in `:86:`."""
    subfields = SUBFIELD.match(flat.text)
    if not subfields:
        yield from _between(flat, SLASHED, [(0, len(flat.text))])
        return
    mark = re.escape(subfields["mark"])
    pieces = re.compile(rf"{mark}(\d\d)([^{mark}]*)").finditer(flat.text, 3)
    yield from _between(
        flat, QUALIFIER, [piece.span(2) for piece in pieces if piece[1] in REMITTANCE]
    )


def _between(
    flat: Flat, codes: re.Pattern[str], ranges: Iterable[tuple[int, int]]
) -> Iterator[Stretch]:
    """Give the stretches that no code announces, or one of `WORDS`; a code counts until the next."""
    now = ""
    for start, end in ranges:
        for code in codes.finditer(flat.text, start, end):
            if now in WORDS and (found := flat.stretch(start, code.start())):
                yield found
            now, start = code["code"], code.end()
        if now in WORDS and (found := flat.stretch(start, end)):
            yield found


def _numbered(text: str, start: int, end: int) -> Iterator[Stretch]:
    """Give the lines of `:NS:` that hold words, without their numbers."""
    for line in NUMBERED.finditer(text, start, end):
        yield Stretch(*line.span("words"))


def _without(found: Iterable[Stretch], typed: Iterable[tuple[int, int]]) -> list[Stretch]:
    """Take values that are read as what they are out of the words around them."""
    left = list(found)
    for first, last in typed:
        cut = []
        for start, end in left:
            cut += [(start, min(end, first)), (max(start, last), end)]
        left = [Stretch(start, end) for start, end in cut if start < end]
    return sorted({*left})
