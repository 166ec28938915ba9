"""Every way in which a value that somebody typed can be meant, kind by kind.

A list line or an ID is a field of its own, so a national number needs no word before it; but nothing
says of which kind it is. So each kind is tried, and the case decides which reading is in it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from stdnum.iso7064 import mod_97_10

from palermo.extract import parties
from palermo.values import card, email, handle, iban, phone, plate, reference, url, wallet
from palermo.values.text import fold
from palermo.vocabulary import Kind

_BETWEEN = re.compile(r"[\s.,·/_\u2010-\u2015-]")
_PHONE = re.compile(
    r"(?:tel:)?[\d\s()+.,/·_\u2010-\u2015-]*\d[\d\s()]*(?:(?:ext\.?|x|;ext=)\s*\d+)?"
)
_HANDLE = re.compile(r"@?([\w.][\w.-]{1,63})")
_PLATED = re.compile(r"([A-Za-z]{2})[ :]\s*(.+)")
_DOCUMENT = re.compile(
    r"(?:(?:passport|visa|identity)(?:\s+no\.?)?[: ]\s*)?([A-Za-z0-9]{6,20})", re.I
)
_NAME = re.compile(r"[^\W\d_][^\d_@:/\\<>{}\[\]|#=+*?!]*")
# The shapes of what carries a checksum, whether or not it is right.
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_COIN = re.compile(
    r"0x[0-9a-fA-F]{40}|(?:bc1|BC1)[a-zA-Z0-9]{11,87}"
    r"|[13T](?=\w*\d)(?=\w*[a-z])[1-9A-HJ-NP-Za-km-z]{24,34}"
)
_DIGEST = {32: "an MD5", 40: "a SHA-1", 96: "a SHA-384", 128: "a SHA-512"}
_HEX = re.compile(r"[0-9a-fA-F]{16,}")
_FEWEST = 5  # digits of a telephone number in a field of its own
_NAME_WORDS = 8


class Reading(NamedTuple):
    """One way to read what was typed.

    `loose`: `value` is only the end of the case's values: a handle's name without its service, a
    document's number without its issuer. `sure`: the writing itself shows the kind.
    """

    kind: Kind
    value: str
    how: str
    loose: bool = False
    sure: bool = True


Read = Callable[[str, Sequence[str]], Iterator[Reading | str]]


def clean(text: str) -> str:
    """Return a typed value in compatibility form, without what cannot be seen, quotes and commas
    around it."""
    visible = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join("".join(visible).split()).strip("\"'“”„«»‘’,; ")


def read(text: str, regions: Sequence[str]) -> tuple[list[Reading], list[str]]:
    """Return the readings of a cleaned value, and what is wrong with it as a value of some kind.

    `regions`: the ISO 3166 countries whose national numbers and plates are tried.
    """
    kind, colon, rest = text.partition(":")
    kinds: Sequence[Kind] = [*_READ]
    if colon and kind.lower() in set(Kind) and rest.strip():
        kinds, text = [Kind(kind.lower())], rest.strip()
        if kinds[0] not in _READ:
            return [Reading(kinds[0], text, f"as a {kinds[0]}")], []
    readings: dict[tuple[str, str], Reading] = {}
    faults: list[str] = []
    for one in kinds:
        for found in _READ[one](text, regions):
            if isinstance(found, str):
                faults.append(found)
            else:
                readings.setdefault((found.kind, found.value), found)
    return sorted(readings.values(), key=lambda r: not r.sure), faults


def compact(text: str) -> str:
    """Return a value as it is compared with what is written in the case: letters and digits."""
    return "".join(c for c in text.lower() if c.isalnum())


def named(text: str) -> str:
    """Return a name as names are compared: folded, signs out, the family name's comma turned."""
    family, comma, given = text.partition(",")
    told = f"{given} {family}" if comma else text
    return " ".join(re.sub(r"[^\w\s]", " ", fold(told)).split())


def _phones(text: str, regions: Sequence[str]) -> Iterator[Reading | str]:
    digits = sum(c.isdecimal() for c in text)
    if digits < _FEWEST or not _PHONE.fullmatch(text.lower()):
        return
    abroad = text.removeprefix("tel:").lstrip("( ").startswith(("+", "00"))
    seen = set()
    for region in (None, *regions):
        value = phone.normalise(text, region)
        if value is None or value in seen:
            continue
        seen.add(value)
        if region:
            how = f"as a telephone number dialled in {region}"
        else:
            how = "as an international number" if abroad else "as a country code without its +"
        valid = phone.validate(value)
        yield Reading(
            Kind.PHONE, value, how if valid else f"{how}, in no assigned range", sure=valid
        )
    if not seen:
        told = f"international and dialled in {', '.join(regions)}" if regions else "international"
        stated = "" if regions else "; no exhibit of the case states a region: palermo add --region"
        yield f"as a telephone number it fits no numbering plan ({told}){stated}"


def _emails(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    if value := email.normalise(text):
        yield Reading(Kind.EMAIL, value, "as an e-mail address")


def _handles(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    service, colon, name = text.replace(" @", ":", 1).partition(":")
    value = handle.normalise(f"{service}:{name}") if colon else None
    if value and service.lower() in {*handle.SERVICES, "unknown"}:
        yield Reading(Kind.HANDLE, value, f"as a handle of {service.lower()}")
        alone = value.partition(":")[2]
        yield Reading(
            Kind.HANDLE, f"unknown:{alone}", "as a handle whose platform is not told", sure=False
        )
    elif (
        (match := _HANDLE.fullmatch(text))
        and any(c.isalpha() for c in text)
        and not _HEX.fullmatch(text)
    ):
        sure = text.startswith("@")
        yield Reading(
            Kind.HANDLE, match[1].rstrip(".").lower(), "as a handle of any platform", True, sure
        )


def _urls(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    full = url.SCHEME.match(text) is not None
    if ("@" in text and not full) or (value := url.normalise(text)) is None:
        return
    host, path = value.split("/", 3)[2:]
    if full or path:
        for scheme in ("https", "http"):
            for end in {path, path.rstrip("/")}:
                same = f"{scheme}://{host}/{end}"
                yield Reading(Kind.URL, same, "as a web address", sure=same == value)
    domain = url.domain(text)
    if domain:
        alone = not full and not path
        how = "as a domain" if domain == host else f"by the domain of {host}"
        yield Reading(Kind.DOMAIN, domain, how, sure=alone)


def _ibans(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    joined = _BETWEEN.sub("", text).upper().removeprefix("IBAN")
    if value := iban.normalise(joined):
        yield Reading(Kind.IBAN, value, "as an IBAN")
    elif _IBAN.fullmatch(joined):
        wrong = not mod_97_10.is_valid(joined[4:] + joined[:4])
        yield f"as an IBAN its {'checksum' if wrong else 'length or structure'} is wrong"


def _cards(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    digits = _BETWEEN.sub("", text)
    if value := card.normalise(digits):
        yield Reading(Kind.CARD, value, f"as a card of {card.brand(value)}")
    elif digits.isascii() and digits.isdecimal() and card.brand(digits):
        yield f"as a card of {card.brand(digits)} its checksum is wrong"


def _wallets(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    address = text.rpartition(":")[2].strip()
    if value := wallet.normalise(text):
        yield Reading(Kind.WALLET, value, f"as an address of {value.partition(':')[0]}")
    elif _COIN.fullmatch(address):
        yield "as a coin's address its checksum is wrong"


def _plates(text: str, regions: Sequence[str]) -> Iterator[Reading | str]:
    match = _PLATED.fullmatch(text)
    country = match[1].upper() if match else ""
    if match and country in plate.SHAPES and (value := plate.normalise(match[2], country)):
        yield Reading(Kind.PLATE, value, f"as a plate of {country}")
    for region in plate.SHAPES:
        if value := plate.normalise(text, region):
            stated = region in regions
            yield Reading(Kind.PLATE, value, f"as a plate of {region}", sure=stated)
    joined = _BETWEEN.sub("", text).upper()
    if re.fullmatch(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]{4,10}", joined):
        yield Reading(Kind.PLATE, joined, "as a plate of any country", True, False)


def _vessels(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    if match := re.fullmatch(r"(mmsi)?[\s:]*([2-7]\d{8})", text, re.I):
        yield Reading(Kind.VESSEL, f"mmsi:{match[2]}", "as a vessel's MMSI", sure=bool(match[1]))


def _pictures(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    scheme, _colon, rest = text.lower().rpartition(":")
    digits = rest.strip()
    if not re.fullmatch(r"[0-9a-f]{16,128}", digits):
        return
    if len(digits) == 64:
        for name, told in (("sha256", "a SHA-256"), ("pdq", "a PDQ hash of a picture")):
            if scheme in ("", name):
                yield Reading(Kind.PICTURE, f"{name}:{digits}", f"as {told}")
    elif len(digits) in _DIGEST:
        yield f"as {_DIGEST[len(digits)]} digest it cannot be looked up: a case keeps SHA-256 and PDQ"


def _documents(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    if text.count(":") in (1, 2) and re.fullmatch(r"[a-z]+:[A-Za-z]{1,3}:\w+", text):
        kind, issuer, number = text.split(":")
        yield Reading(Kind.DOCUMENT, f"{kind}:{issuer.upper()}:{number.upper()}", "as a document")
    elif (match := _DOCUMENT.fullmatch(text)) and any(c.isdigit() for c in match[1]):
        sure = match[1] != text
        yield Reading(Kind.DOCUMENT, match[1].upper(), "as a document's number", True, sure)


def _accounts(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    if sum(c.isdecimal() for c in text) >= _FEWEST and re.fullmatch(r"[\w\s.*/-]{5,40}", text):
        value, known = parties.normalise(Kind.ACCOUNT, text, None)
        if known:
            yield Reading(Kind.ACCOUNT, value, "as an account number", sure=False)


def _references(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    if value := reference.normalise(text):
        yield Reading(Kind.REFERENCE, value, "as a payment's reference", sure=False)


def _names(text: str, _: Sequence[str]) -> Iterator[Reading | str]:
    if len(text) > 1 and _NAME.fullmatch(text) and len(text.split()) <= _NAME_WORDS:
        yield Reading(Kind.NAME, named(text), "as a name", sure=False)


_READ: dict[Kind, Read] = {
    Kind.PHONE: _phones,
    Kind.EMAIL: _emails,
    Kind.HANDLE: _handles,
    Kind.URL: _urls,
    Kind.DOMAIN: _urls,
    Kind.IBAN: _ibans,
    Kind.CARD: _cards,
    Kind.WALLET: _wallets,
    Kind.PLATE: _plates,
    Kind.VESSEL: _vessels,
    Kind.PICTURE: _pictures,
    Kind.DOCUMENT: _documents,
    Kind.ACCOUNT: _accounts,
    Kind.REFERENCE: _references,
    Kind.NAME: _names,
}
