"""Deals out the market's contacts: fictional numbers, e-mail addresses and accounts, none twice."""

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from phonenumbers.phonemetadata import PhoneMetadata

from palermo.simulate.market.dice import MASK

CODES = {"GB": "44", "US": "1", "FR": "33", "AU": "61"}
# Ranges kept free for drama: Ofcom, NANPA, ARCEP, ACMA. The groups of a national number without
# its trunk prefix; the last group's free digits are counted up.
RANGES: dict[str, list[tuple[str, int]]] = {
    "GB": [
        ("20 7946 0", 3), ("7700 900", 3),
        *((f"{area} 496 0", 3) for area in (113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161)),
        ("191 498 0", 3), ("28 9649 6", 3), ("29 2018 0", 3),
    ],
    "FR": [*((f"{area} ", 4) for area in ("1 99 00", "2 61 91", "3 53 01", "4 65 71", "5 36 49", "6 39 98"))],
    "AU": [(f"{area} {middle} ", 4) for area in (2, 3, 7, 8) for middle in (5550, 7010)],
}  # fmt: skip
# Places at the front of each country's numbers are kept for contacts that are nobody's own.
COMMON = 400
HOSTS = ("mail.example.org", "post.example.net", "inbox.example.com", "letters.example.org")
SERVICES = ("telegram", "instagram", "wechat", "line")
_QUALITIES = (
    "amber bold brisk calm clear cosy crisp deep early fair fast fine fresh gentle glad gold "
    "grand green happy kind late light lucky mellow merry mild neat new noble open plain prime "
    "proud quick quiet rapid red ready royal sharp silver simple smart soft solid south steady "
    "sunny sure swift tall tidy true urban vivid warm west white wide wise young"
)
_THINGS = (
    "anchor apple arrow bay beacon bell bird boat bridge brook cedar circle cloud coast corner "
    "crown delta dove eagle field flag forest fox garden gate grove harbour hill home horse "
    "house island ivy key lake lamp leaf line maple market meadow mill moon mountain oak ocean "
    "orchard path pearl pine port rain river road rose sail shore sky star stone street summit "
    "tower trail valley wave willow wind wood"
)
ADJECTIVES, NOUNS = _QUALITIES.split(), _THINGS.split()


class Contact(NamedTuple):
    kind: str  # phone, email, handle
    value: str  # as `values` normalises it
    groups: tuple[str, ...] = ()  # of a number, national, without trunk prefix
    region: str = ""  # of a number

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.value}"


@cache
def _ranges(region: str) -> tuple[tuple[str, int], ...]:
    if region != "US":
        return tuple(RANGES[region])
    metadata = PhoneMetadata.metadata_for_region("US", None)
    assert metadata is not None and metadata.fixed_line is not None
    plan = re.compile(str(metadata.fixed_line.national_number_pattern))
    areas = (area for area in range(201, 990) if plan.fullmatch(f"{area}5550100"))
    return tuple((f"{area} 555 01", 2) for area in areas)


@cache
def _ends(region: str) -> list[int]:
    return list(accumulate(10**digits for _, digits in _ranges(region)))


def supply(region: str) -> int:
    """Return how many fictional numbers a country has."""
    return _ends(region)[-1]


def phone(region: str, number: int) -> Contact:
    """Return a country's fictional number by its place, 0 to `supply` - 1; in no visible order."""
    ends = _ends(region)
    place = (number * 7_368_787 + 1_299_709) % ends[-1]
    at = bisect_right(ends, place)
    stem, digits = _ranges(region)[at]
    written = f"{stem}{ends[at] - 1 - place:0{digits}d}"
    if region == "FR":
        written = written[:-2] + " " + written[-2:]
    groups = tuple(written.split())
    return Contact("phone", f"+{CODES[region]}{''.join(groups)}", groups, region)


def _name(number: int, mark: str) -> str:
    mixed = number * 0x2545F4914F6CDD1D & MASK & 0xFFFFFFFF  # odd: one to one on 32 bits
    mixed, first = divmod(mixed, len(ADJECTIVES))
    mixed, second = divmod(mixed, len(NOUNS))
    return f"{ADJECTIVES[first]}{mark}{NOUNS[second]}{mixed}"


def email(number: int) -> Contact:
    """Return an address by its place; each place below 2**32 has its own."""
    return Contact("email", f"{_name(number, '.')}@{HOSTS[number % len(HOSTS)]}")


def handle(number: int) -> Contact:
    return Contact("handle", f"{SERVICES[number % len(SERVICES)]}:{_name(number, '')}")
