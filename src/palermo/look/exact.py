"""Reads the one exact value that somebody wants to watch, or says why it is none and what to do."""

import re
import shlex
from collections.abc import Sequence
from typing import NamedTuple

from palermo.look.naming import ID, Naming, is_mark
from palermo.look.reading import Reading, clean
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.values import handle
from palermo.vocabulary import Kind

WHAT = "watch it"
# What is somebody's or something's own. A name is many people's; prices, places, services and what
# else an advert says are nobody's.
KINDS = frozenset(
    {
        Kind.PHONE, Kind.EMAIL, Kind.HANDLE, Kind.URL, Kind.DOMAIN, Kind.IBAN, Kind.ACCOUNT,
        Kind.CARD, Kind.WALLET, Kind.PLATE, Kind.DOCUMENT, Kind.PICTURE, Kind.DEVICE, Kind.VESSEL,
        Kind.REFERENCE,
    }
)  # fmt: skip
_PATTERN = re.compile(r"[*?%|\\{}\[\]]")
_ADDRESS = re.compile(r"https?://", re.I)
_LISTED = 6  # readings told where a value can mean several
# How a value is written whole whose end alone was typed.
_LOOSE = {
    Kind.HANDLE: "@so",
    Kind.PLATE: "plate:GB:AB12CDE",
    Kind.DOCUMENT: "document:passport:GBR:123456789",
}
_ONE = (
    "Give one whole value: a telephone number, e-mail, @handle, plate, account, picture's hash ..."
)


class Exact(NamedTuple):
    """A value as it is watched. It is several nodes where it is told in several ways: a handle whose
    platform is not told, a picture's digest by either hash."""

    nodes: list[str]
    how: str


def exact(typed: str, naming: Naming) -> Exact:
    """Return the value that is typed in any usual way. Raises for a name, a pattern, an id, and what
    can mean several values."""
    text = clean(typed)
    if is_mark(text):
        return _marked(text, naming)
    if ID.fullmatch(text) or re.match(r"person\b", text, re.I):
        why = "a watch is on a value; an event, identity or person is more than one"
        raise Invalid(WHAT, why, f"See its values: palermo show CASE {shlex.quote(text)}")
    if _PATTERN.search(text) and not _ADDRESS.match(text):
        raise Invalid(WHAT, "it is a pattern, and only an exact value is watched", _ONE)
    readings, faults = naming.readings([text])[0]
    typed_kind = text.partition(":")[0].lower() in set(Kind)
    meant = [r for r in readings if r.kind in KINDS and (r.sure or (typed_kind and not r.loose))]
    if len({(r.kind, r.value) for r in meant}) == 1 or _is_one(meant):
        return Exact(sorted({node for r in meant for node in _nodes(r)}), meant[0].how)
    if meant:
        raise _several(meant)
    raise _none(readings, faults)


def _marked(text: str, naming: Naming) -> Exact:
    node = naming.marked(text)
    if node is None:
        why = "no value of this case has this mark: marks differ from case to case"
        raise NotFound(WHAT, why, "Give the value itself")
    if node.partition(":")[0] not in KINDS:
        raise _none([Reading(Kind(node.partition(":")[0]), "", "")], [])
    return Exact([node], "by its mark")


def _is_one(readings: Sequence[Reading]) -> bool:
    """Whether readings are hashes of one picture: 64 digits may be of either kind."""
    kinds = {r.kind for r in readings}
    return kinds == {Kind.PICTURE} and len({r.value.partition(":")[2] for r in readings}) == 1


def _nodes(reading: Reading) -> list[str]:
    if reading.kind == Kind.HANDLE and reading.loose:
        return [f"{Kind.HANDLE}:{service}:{reading.value}" for service in _services()]
    return [f"{reading.kind}:{reading.value}"]


def _services() -> list[str]:
    return sorted({*handle.SERVICES, "unknown"})


def _several(readings: Sequence[Reading]) -> Invalid:
    told = "; ".join(f"{r.kind}:{r.value}, {r.how}" for r in readings[:_LISTED])
    first = shlex.quote(f"{readings[0].kind}:{readings[0].value}")
    next = f"Say which: palermo watch CASE {first} --reason TEXT"
    return Invalid(WHAT, f"it can mean {told}", next)


def _none(readings: Sequence[Reading], faults: Sequence[str]) -> Invalid:
    if wrong := [fault for fault in faults if "checksum" in fault]:
        return Invalid(WHAT, "; ".join(wrong), "Read it again where it stands, and give it anew")
    if any(r.kind == Kind.NAME for r in readings):
        return Invalid(
            WHAT,
            "a name is no identifier: many people bear one, and it is written in many ways",
            "Watch a number, address or account of whom you mean (a handle is written @so), and look "
            "for the name itself with: palermo search CASE WORDS",
        )
    own = [r for r in readings if r.kind in KINDS][:_LISTED]
    if own:
        ways = " or ".join(dict.fromkeys(r.how for r in own))
        forms = " or ".join(dict.fromkeys(_LOOSE.get(r.kind, f"{r.kind}:{r.value}") for r in own))
        return Invalid(
            WHAT, f"it can be read {ways}, and nothing in it says which", f"Say: {forms}"
        )
    if readings:
        return Invalid(WHAT, f"a {readings[0].kind} is nobody's own", _ONE)
    return Invalid(WHAT, "; ".join(faults) or "it has the form of no identifier", _ONE)
