"""Turns the parties that a decoder names (sender, payee, holder ...) into claims."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import pyarrow as pa

from palermo.extract.claims import Found, table
from palermo.values import (
    age,
    card,
    date,
    email,
    handle,
    iban,
    name,
    phone,
    plate,
    price,
    reference,
    url,
    wallet,
)
from palermo.vocabulary import Kind, Role

Normaliser = Callable[[str, str | None], str | None]
_ANTENNA = re.compile(r"(?:antenna|geonames|osm):\S+")
_MMSI = re.compile(r"(?:mmsi:)?\s*(\d{9})")
_PICTURE = re.compile(r"(?:(sha256):)?([0-9a-f]{64})|(pdq):([0-9a-f]{64})", re.I)
_PREFIXED = re.compile(r"([a-z0-9]+):(\S.*)", re.S)


def _account(written: str) -> str | None:
    """An account that is no IBAN: letters and digits, upper case, separators out."""
    kept = re.sub(r"[\s.\-\u2010-\u2015/]", "", written).upper()
    return (
        kept
        if re.fullmatch(r"[0-9A-Z*:_]{2,64}", kept) and any(c.isdigit() for c in kept)
        else None
    )


def _picture(written: str) -> str | None:
    match = _PICTURE.fullmatch(written.strip())
    if not match:
        return None
    return f"{'pdq' if match[3] else 'sha256'}:{(match[2] or match[4]).lower()}"


def _vessel(written: str) -> str | None:
    match = _MMSI.fullmatch(written.strip())
    return f"mmsi:{match[1]}" if match else None


def _prefixed(written: str) -> str | None:
    """``exif:<make>:<model>:<serial>`` and the like: spaces tidied, the rest as given."""
    tidy = " ".join(written.split())
    return tidy if _PREFIXED.fullmatch(tidy) else None


_NORMALISE: dict[str, Normaliser] = {
    Kind.PHONE: phone.normalise,
    Kind.EMAIL: lambda written, _: email.normalise(written),
    Kind.HANDLE: lambda written, _: handle.normalise(written),
    Kind.URL: lambda written, _: url.normalise(written),
    Kind.DOMAIN: lambda written, _: url.domain(written),
    Kind.IBAN: lambda written, _: iban.normalise(written),
    Kind.CARD: lambda written, _: card.normalise(written),
    Kind.ACCOUNT: lambda written, _: _account(written),
    Kind.PICTURE: lambda written, _: _picture(written),
    Kind.VESSEL: lambda written, _: _vessel(written),
    Kind.DEVICE: lambda written, _: _prefixed(written),
    Kind.DOCUMENT: lambda written, _: _prefixed(written),
    Kind.WALLET: lambda written, _: wallet.normalise(written),
    Kind.PLATE: plate.normalise,
    Kind.REFERENCE: lambda written, _: reference.normalise(written),
    Kind.PRICE: lambda written, _: price.normalise(written),
    Kind.AGE: lambda written, _: age.normalise(written),
    Kind.DATE: lambda written, _: date.normalise(written),
    Kind.PLACE: lambda written, _: written.strip() if _ANTENNA.fullmatch(written.strip()) else None,
}


@lru_cache(maxsize=1 << 16)
def normalise(kind: str, written: str, region: str | None) -> tuple[str, bool]:
    """Return a party's value and whether it could be normalised; ``raw:<written>`` if it could not."""
    change = _NORMALISE.get(kind)
    value = change(written, region) if change else name.normalise(written)
    return (value, True) if value else ("raw:" + written.strip(), False)


class Parties:
    """Reads who took part: the sender, payee, holder and others that a record names."""

    name = "parties"
    version = "1"

    def find(self, events: pa.Table) -> pa.Table:
        return table(events, self._found(events), self.name, self.version)

    def _found(self, events: pa.Table) -> Iterator[Found]:
        texts = events.column("text").to_pylist()
        regions = events.column("region").to_pylist()
        for row, parties in enumerate(events.column("parties").to_pylist()):
            for party in parties or ():
                written = party["value"]
                if not written or not written.strip():
                    continue
                value, known = normalise(party["kind"], written, regions[row])
                start, end = party["start"], party["end"]
                if start is not None and (texts[row] or "")[start:end]:
                    written = texts[row][start:end]
                else:
                    start = end = None
                reason = (
                    "named by the record" if known else "named by the record; not of the usual form"
                )
                yield Found(
                    row, Kind(party["kind"]), value, written, start, end, Role(party["role"]),
                    1.0 if known else 0.3, reason,
                )  # fmt: skip
