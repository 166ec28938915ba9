"""Phone numbers: E.164, by the numbering plans of phonenumbers.

The plans are read straight from that library's metadata, because its `parse` costs more than all
the rest of reading a text; the tests hold the two against each other.
"""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
from phonenumbers.phonemetadata import PhoneMetadata

_TYPES = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip",
    "pager", "uan", "voicemail",
)  # fmt: skip
_ABROAD = ("011", "0011", "810")  # prefixes of large countries, which readers abroad are told too
_LONGEST_ABROAD = 15  # digits of an E.164 number

# Ranges that regulators keep free for drama (Ofcom, ARCEP, BNetzA, ComReg, PTS, ACMA). Some are not
# in the numbering plans, and training material is written with them.
_RESERVED = re.compile(
    r"44(?:1632960\d{3}|7700900\d{3}|207946 ?0\d{3}|1(?:1[3-8]|21|31|41|51|61)4960\d{3}|"
    r"1914980\d{3}|2896496\d{3}|2920180\d{3}|8081570\d{3}|9098790\d{3}|3069990\d{3})|"
    r"33(?:19900|26191|35301|46571|53649|63998)\d{4}|353209[1]\d{5}|"
    r"49(?:30|40|69|89)(?:23125|66969|90009|99998)\d{3}|49(?:1713920|17604069)\d{2,3}|"
    r"46(?:3139006|4062804|846500 ?4|98031920|7017406)\d{2}|61(?:[2378](?:5550|7010)\d{4}|"
    r"491570\d{3})"
)


class Form(StrEnum):
    """How a number says which country it belongs to."""

    INTERNATIONAL = "international"  # +44 20 ..., 0044 20 ...
    NATIONAL = "national"
    TRUNKLESS = "national without its trunk prefix"
    CODE = "country code without plus"
    SHARED = "shares the beginning of the number before it"


class Number(NamedTuple):
    value: str  # E.164
    form: Form
    valid: bool  # in an assigned or reserved range; otherwise only its length fits
    mobile: bool
    home: bool = False  # a country code without plus that is the region's own


class _Written(NamedTuple):
    """How some of a plan's numbers are written nationally."""

    leading: "re.Pattern[str]"
    whole: "re.Pattern[str]"
    zero: bool  # with the trunk prefix


class _Plan(NamedTuple):
    """One region's numbering plan."""

    code: str
    abroad: "re.Pattern[str] | None"  # what is dialled before a foreign number
    trunk: "re.Pattern[str] | None"
    transform: str | None
    formats: tuple[_Written, ...]  # how its numbers are written, where 0 is the trunk prefix
    general: "re.Pattern[str]"
    types: "re.Pattern[str]"
    mobile: "re.Pattern[str]"
    lengths: frozenset[int]
    shortest: int


@cache
def _plan(region: str, code: int = 0) -> _Plan | None:
    if region == "001":
        metadata = PhoneMetadata.metadata_for_nongeo_region(code, None)
    else:
        metadata = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None:
        return None
    patterns = [
        d.national_number_pattern
        for t in _TYPES
        if (d := getattr(metadata, t)) is not None and d.national_number_pattern
    ]
    mobile = metadata.mobile.national_number_pattern if metadata.mobile else None
    general = metadata.general_desc
    assert general is not None, region
    prefix = metadata.national_prefix_for_parsing
    return _Plan(
        code=str(metadata.country_code),
        abroad=re.compile(metadata.international_prefix) if metadata.international_prefix else None,
        trunk=re.compile(prefix) if prefix else None,
        transform=metadata.national_prefix_transform_rule,
        formats=_formats(metadata) if metadata.national_prefix == "0" else (),
        general=re.compile(general.national_number_pattern or "(?!)"),
        types=re.compile("|".join(f"(?:{p})" for p in patterns) or "(?!)"),
        mobile=re.compile(mobile or "(?!)"),
        lengths=frozenset(general.possible_length),
        shortest=min(general.possible_length),
    )


def _formats(metadata: PhoneMetadata) -> tuple[_Written, ...]:
    """Regions that share a country code have the formats of the main one."""
    regions = COUNTRY_CODE_TO_REGION_CODE.get(metadata.country_code or 0, ("001",))
    main = PhoneMetadata.metadata_for_region(regions[0], None)
    owner = metadata if metadata.number_format else main
    return tuple(
        _Written(
            leading=re.compile((f.leading_digits_pattern or [""])[-1]),
            whole=re.compile(f.pattern or "(?!)"),
            zero=(f.national_prefix_formatting_rule or "").lstrip("(").startswith("0"),
        )
        for f in (owner.number_format if owner else ())
    )


def _is_led(plan: _Plan, rest: str) -> bool:
    """Whether a number is usually led by a trunk prefix of 0."""
    for written in plan.formats:
        if written.leading.match(rest) and written.whole.fullmatch(rest):
            return written.zero
    return False


def _strip_trunk(plan: _Plan, digits: str) -> str:
    """Take off the trunk prefix, unless that turns a number of the plan into none."""
    match = plan.trunk.match(digits) if plan.trunk else None
    if not match or not match.group():
        return digits
    if plan.transform and match.lastindex and match.group(match.lastindex):
        rest = match.expand(plan.transform) + digits[match.end() :]
    else:
        rest = digits[match.end() :]
    if plan.general.fullmatch(digits) and not plan.general.fullmatch(rest):
        return digits
    return rest


@cache
def _plans(code: str) -> list[_Plan]:
    """The plans that share a country code: the first is the main one."""
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    return [plan for region in regions if (plan := _plan(region, int(code)))]


class _Ranges(NamedTuple):
    """The national significant numbers that all plans of a country code know, each as one pattern."""

    every: "re.Pattern[str]"
    mobile: "re.Pattern[str]"


@cache
def _ranges(code: str) -> _Ranges:
    plans = _plans(code)
    every = [f"(?={p.general.pattern}\\Z)(?:{p.types.pattern})" for p in plans]
    mobile = [f"(?={p.general.pattern}\\Z)(?:{p.mobile.pattern})" for p in plans]
    return _Ranges(re.compile("|".join(every)), re.compile("|".join(mobile)))


def _is_assigned(code: str, rest: str) -> bool:
    """Whether a national significant number is assigned or kept free."""
    return bool(_ranges(code).every.fullmatch(rest) or _RESERVED.fullmatch(code + rest))


def _of_code(digits: str) -> Number | None:
    """Read digits that begin with a country code."""
    if not digits or digits[0] == "0":
        return None
    code = next((c for c in (digits[:1], digits[:2], digits[:3]) if _plans(c)), None)
    if code is None:
        return None
    possible = None
    tried = set()
    for plan in _plans(code):
        rest = _strip_trunk(plan, digits[len(code) :])
        if rest in tried or len(code + rest) > _LONGEST_ABROAD:
            continue
        tried.add(rest)
        if _is_assigned(code, rest):
            mobile = bool(_ranges(code).mobile.fullmatch(rest))
            return Number(f"+{code}{rest}", Form.INTERNATIONAL, True, mobile)
        if possible is None and len(rest) in plan.lengths:
            possible = Number(f"+{code}{rest}", Form.INTERNATIONAL, False, False)
    return possible


def _of_region(digits: str, plan: _Plan) -> Number | None:
    """Read digits as they are dialled within a country."""
    if len(digits) < plan.shortest:
        return None
    rest = _strip_trunk(plan, digits)
    valid = _is_assigned(plan.code, rest)
    if not valid and len(rest) not in plan.lengths:
        return None
    form = Form.TRUNKLESS if rest == digits and _is_led(plan, rest) else Form.NATIONAL
    mobile = valid and bool(_ranges(plan.code).mobile.fullmatch(rest))
    return Number(f"+{plan.code}{rest}", form, valid, mobile)


@lru_cache(maxsize=1 << 17)
def resolve(digits: str, region: str | None, plus: bool = False) -> Number | None:
    """Read ASCII `digits` as a phone number, or return None; `plus` says that a plus led them.

    Without plus: what is dialled in `region`, then a number abroad after that region's (or the
    common) prefix, then a country code without its plus. A valid reading beats a possible one.
    """
    if not 4 <= len(digits) <= _LONGEST_ABROAD + 5:
        return None
    if plus:
        number = _of_code(digits)
        return number or (_of_code(digits[2:]) if digits.startswith("00") else None)
    plan = _plan(region) if region else None
    at_home = _of_region(digits, plan) if plan else None
    if at_home and at_home.valid:
        return at_home
    match = plan.abroad.match(digits) if plan and plan.abroad else None
    prefix = match.end() if match else 2 if digits.startswith("00") else 0
    if prefix and len(digits) > prefix + 6:
        number = _of_code(digits[prefix:])
        if number:
            return number
    for abroad in _ABROAD:
        number = _of_code(digits[len(abroad) :]) if digits.startswith(abroad) else None
        if number and number.valid and len(number.value) > 10:
            return number
    if 10 <= len(digits) <= _LONGEST_ABROAD and digits[0] != "0":
        number = _of_code(digits)
        if number and number.valid:
            home = plan is not None and number.value.startswith(plan.code, 1)
            return number._replace(form=Form.CODE, home=home)
    return at_home


def normalise(written: str, region: str | None = None) -> str | None:
    """Return E.164 for a number written in figures in a field of its own, or None.

    Reads a messenger's account (``447700900123@s.whatsapp.net``) and, where no country is known, a
    country code without its plus, since the field says that it is a number.
    """
    text = written.strip().split("@")[0].removeprefix("tel:")
    text = re.split(r"(?i)\s*(?:ext\.?|x|;|#)\s*(?=\S*\d)", text)[0]
    digits = "".join(str(int(c)) for c in text if c.isdecimal())
    number = resolve(digits, region, text.lstrip("( \u200e\u202a").startswith(("+", "＋")))
    # a filler (0000000000) has the length of a number, but its E.164 is read as another or as none
    stays = number and _of_code(number.value[1:])
    return number.value if number and stays and stays.value == number.value else None


def validate(value: str) -> bool:
    """Whether `value` is E.164 in an assigned or reserved range."""
    if not re.fullmatch(r"\+[1-9][0-9]{4,14}", value):
        return False
    number = resolve(value[1:], None, True)
    return number is not None and number.valid and number.value == value
