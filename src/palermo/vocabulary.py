"""The nouns that every stage speaks, as types and as Arrow schemas.

An id is a letter and 32 hexadecimal digits of SHA-256 over what the thing *is*, never over the
software that found it: ``x`` exhibit, ``e`` event, ``c`` claim, ``l`` link, ``f`` finding,
``p`` problem. The same input gives the same id on every machine.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from operator import attrgetter
from typing import BinaryIO, NamedTuple

import pyarrow as pa

SEPARATOR = "\x1f"


def identify(letter: str, *parts: str) -> str:
    """Return the id of a thing made of `parts`; equal parts give equal ids."""
    digest = hashlib.sha256(SEPARATOR.join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return letter + digest[:32]


class Offence(StrEnum):
    TRAFFICKING = "trafficking"
    SMUGGLING = "smuggling"


class EventKind(StrEnum):
    PAGE = "page"
    ADVERT = "advert"
    MESSAGE = "message"
    CALL = "call"
    PAYMENT = "payment"
    BALANCE = "balance"
    POSITION = "position"
    PHOTOGRAPH = "photograph"
    TIP = "tip"
    NOTE = "note"


class Role(StrEnum):
    """What a value is to the event that bears it.

    The first block says whose act the event is; two values in such a role of one event may belong
    to one person. `MENTIONED` never ties the value to the event's author.
    """

    POSTER = "poster"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CALLER = "caller"
    CALLEE = "callee"
    PAYER = "payer"
    PAYEE = "payee"
    HOLDER = "holder"  # who held the device or account that the exhibit came from
    DEVICE = "device"
    TRAVELLER = "traveller"
    REPORTER = "reporter"
    SITE = "site"  # belongs to the web site, not to the poster
    MENTIONED = "mentioned"
    CONTENT = "content"  # a value of the text itself: price, place, date, age


# Roles in which a value takes part in the event itself.
PARTAKING = frozenset(Role) - {Role.MENTIONED, Role.CONTENT, Role.SITE}


class Kind(StrEnum):
    """The kinds of value a claim can have; `values/<kind>.py` normalises and masks it."""

    PHONE = "phone"  # E.164: +442079460018
    EMAIL = "email"
    HANDLE = "handle"  # service:name, e.g. telegram:example_travel
    URL = "url"
    DOMAIN = "domain"
    PRICE = "price"  # "120.00 GBP" or "120.00 GBP/hour"
    AGE = "age"
    PLACE = "place"  # geonames:2643743, or antenna:<exhibit>:<cell>
    DATE = "date"  # ISO 8601, as precise as written
    IBAN = "iban"
    ACCOUNT = "account"  # a bank account that is no IBAN
    CARD = "card"
    WALLET = "wallet"  # bitcoin:..., ethereum:...
    PLATE = "plate"  # GB:AB12CDE
    DOCUMENT = "document"  # passport:GBR:123456789, from an MRZ
    NAME = "name"
    PICTURE = "picture"  # sha256:... or pdq:<64 hex>
    DEVICE = "device"  # exif:<make>:<model>:<serial>
    VESSEL = "vessel"  # mmsi:235012345
    REFERENCE = "reference"  # a release code, a transfer's reference
    ROUTE = "route"  # places in order: geonames:3183875>country:IT
    FEE = "fee"  # what a price is for: "fare:900.00 EUR/person", "wage:12.50 GBP/hour"
    TERM = "term"  # how and when to pay, of a closed list: on_arrival, instalments ...
    SERVICE = "service"  # what is offered, of a closed list: transport.boat, visa, passport ...
    DEPARTURE = "departure"  # a journey's date or days: 2026-03-12, --03-12, every:friday, today
    WORDING = "wording"  # of movement, of others, of control; shown, and never scored


# Values of a text's own content, which say nothing of who wrote it: nobody is linked, named or
# masked by them. They are readings of words, so nothing is concluded from one alone.
CONTENT_KINDS = frozenset(
    {
        Kind.PRICE, Kind.AGE, Kind.PLACE, Kind.DATE, Kind.ROUTE, Kind.FEE, Kind.TERM, Kind.SERVICE,
        Kind.DEPARTURE, Kind.WORDING,
    }
)  # fmt: skip


TIME = pa.timestamp("us", tz="UTC")
MONEY = pa.decimal128(28, 8)

PARTY = pa.struct(
    [
        ("role", pa.string()),
        ("kind", pa.string()),
        ("value", pa.string()),  # as written; the extractor `parties` normalises it
        ("start", pa.int32()),  # span in `text`, in code points; null where it is not in the text
        ("end", pa.int32()),
    ]
)
RUN = pa.struct(
    [
        ("start", pa.int32()),  # code points of `text`
        ("end", pa.int32()),
        ("first", pa.int64()),  # bytes of the payload that `locator` names
        ("last", pa.int64()),
    ]
)
STRETCH = pa.struct([("start", pa.int32()), ("end", pa.int32())])  # code points of `text`

EVENTS = pa.schema(
    [
        ("id", pa.string()),
        ("exhibit", pa.string()),
        ("kind", pa.string()),
        ("locator", pa.string()),  # where in the exhibit, read by the same decoder's `payload`
        ("time", TIME),
        ("time_error", pa.int64()),  # seconds either way; null: not known
        ("zone", pa.string()),  # the offset or zone as written, or "assumed <zone>"
        ("time_written", pa.string()),
        ("place", pa.string()),  # as written
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("place_error", pa.float64()),  # metres
        ("text", pa.string()),
        ("map", pa.list_(RUN)),  # from code points of `text` to bytes of the payload
        ("said", pa.list_(STRETCH)),  # what of `text` a person wrote; null: all of it
        ("amount", MONEY),
        ("currency", pa.string()),  # ISO 4217, or the coin's ticker
        ("parties", pa.list_(PARTY)),
        ("region", pa.string()),  # ISO 3166 country whose national formats apply; null: not known
        ("within", pa.string()),  # the event this one is part of: an advert's page
        ("posting", pa.string()),  # what several captures are sightings of
        ("details", pa.map_(pa.string(), pa.string())),
        ("method", pa.string()),
        ("version", pa.string()),
    ]
)

CLAIMS = pa.schema(
    [
        ("id", pa.string()),
        ("event", pa.string()),
        ("exhibit", pa.string()),
        ("kind", pa.string()),
        ("value", pa.string()),
        ("written", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("role", pa.string()),
        ("confidence", pa.float32()),
        ("reason", pa.string()),
        ("details", pa.map_(pa.string(), pa.string())),
        ("method", pa.string()),
        ("version", pa.string()),
    ]
)

LINKS = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("a", pa.string()),  # a node: an event's id, or "<kind>:<value>"
        ("b", pa.string()),
        ("score", pa.float32()),  # 0 to 1: strength, not a probability
        ("claims", pa.list_(pa.string())),  # the claims or events it rests on
        ("reason", pa.string()),
        ("method", pa.string()),
        ("version", pa.string()),
    ]
)

FINDINGS = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),  # the pattern's name
        ("subjects", pa.list_(pa.string())),  # nodes
        ("score", pa.float32()),
        ("start", TIME),
        ("end", TIME),
        ("title", pa.string()),
        ("reason", pa.string()),
        ("counter", pa.string()),  # what speaks against it
        ("evidence", pa.list_(pa.string())),  # events, claims, links
        ("details", pa.string()),  # JSON, documented by the pattern
        ("method", pa.string()),
        ("version", pa.string()),
    ]
)

PROBLEMS = pa.schema(
    [
        ("id", pa.string()),
        ("exhibit", pa.string()),
        ("locator", pa.string()),
        ("kind", pa.string()),
        ("message", pa.string()),
        ("count", pa.int64()),
    ]
)


class Party(NamedTuple):
    role: Role
    kind: Kind
    value: str
    start: int | None = None
    end: int | None = None


class Run(NamedTuple):
    """Code points `start` to `end` of a text came from bytes `first` to `last` of the payload."""

    start: int
    end: int
    first: int
    last: int


class Stretch(NamedTuple):
    """Code points `start` to `end` of a text."""

    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Event:
    """One thing that happened, as one exhibit tells it; a row of `EVENTS` before it has an id."""

    kind: EventKind
    locator: str
    time: datetime | None = None
    time_error: int | None = None
    zone: str | None = None
    time_written: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    place_error: float | None = None
    text: str = ""
    map: list[Run] = field(default_factory=list)
    said: list[Stretch] | None = None  # None: a person wrote all of `text`; of a record, its words
    amount: Decimal | None = None
    currency: str | None = None
    parties: list[Party] = field(default_factory=list)
    region: str | None = None
    within: str | None = None  # the locator and kind of the event it is part of, as "kind@locator"
    posting: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Part:
    """Something inside an exhibit that is sealed as an exhibit of its own."""

    name: str
    locator: str
    open: Callable[[], BinaryIO]


@dataclass(slots=True, kw_only=True)
class Problem:
    """What could not be read, and where. `count` says how many like it were met."""

    locator: str
    kind: str
    message: str
    count: int = 1


@dataclass(slots=True, kw_only=True)
class Capture:
    """Bytes as they came: where from, by which method, and what their bringer states of them."""

    origin: str
    name: str
    open: Callable[[], BinaryIO]
    method: str
    captured: datetime | None = None
    statement: "Statement"
    within: tuple[str, str] | None = None  # the exhibit it was taken out of, and the locator there


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What whoever brought the bytes says of them; kept with the acquisition, never guessed."""

    region: str | None = None  # ISO 3166 country for national formats
    zone: str | None = None  # IANA zone for times written without one
    holder: str | None = None  # "<kind>:<value>", whose phone or account it is
    mapping: str | None = None  # name of the saved column mapping
    consent: str | None = None  # number of the consent it was given under, or "public"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    id: str
    sha256: str
    size: int
    origin: str
    name: str
    parent: str | None
    statement: Statement


def event_id(exhibit: str, locator: str, kind: str) -> str:
    return identify("e", exhibit, locator, kind)


def events_table(
    exhibit: str, events: Iterable[Event], method: str, version: str, region: str | None = None
) -> pa.Table:
    """Lay events out as `EVENTS`; the exhibit's stated `region` fills those that name none."""
    rows = list(events)
    ids = [event_id(exhibit, e.locator, e.kind) for e in rows]
    known = {f"{e.kind}@{e.locator}": id_ for e, id_ in zip(rows, ids, strict=True)}
    made: dict[str, pa.Array | list[object]] = {
        "id": ids,
        "exhibit": pa.repeat(exhibit, len(rows)),
        "within": [
            None if e.within is None else known.get(e.within) or _id_of(exhibit, e.within)
            for e in rows
        ],
        "region": [e.region or region for e in rows],
        "map": _lists([e.map for e in rows], RUN),
        "said": _lists([e.said for e in rows], STRETCH),
        "parties": _lists([e.parties for e in rows], PARTY),
        "details": _maps([e.details for e in rows]),
        "method": pa.repeat(method, len(rows)),
        "version": pa.repeat(version, len(rows)),
    }
    arrays = [
        column
        if isinstance(column := made.get(f.name), pa.Array)
        else pa.array([*map(attrgetter(f.name), rows)] if column is None else column, f.type)
        for f in EVENTS
    ]
    return pa.Table.from_arrays(arrays, schema=EVENTS)


def _id_of(exhibit: str, within: str) -> str:
    kind, _, locator = within.partition("@")
    return event_id(exhibit, locator, kind)


def _lists(lists: Sequence[Sequence[tuple[object, ...]] | None], kind: pa.StructType) -> pa.Array:
    """Lay lists of tuples out as lists of structs, by column: one by one takes ten times as long."""
    items = [item for items in lists if items for item in items]
    columns = list(zip(*items, strict=True)) if items else [()] * kind.num_fields
    fields = [kind.field(at) for at in range(kind.num_fields)]
    arrays = [pa.array(column, f.type) for column, f in zip(columns, fields, strict=True)]
    return pa.ListArray.from_arrays(
        _offsets(lists),
        pa.StructArray.from_arrays(arrays, fields=fields),
        mask=pa.array([items is None for items in lists], pa.bool_()),
    )


def _maps(maps: Sequence[Mapping[str, str]]) -> pa.Array:
    keys = pa.array([key for one in maps for key in one], pa.string())
    values = pa.array([value for one in maps for value in one.values()], pa.string())
    return pa.MapArray.from_arrays(_offsets(maps), keys, values)


def _offsets(parts: Sequence[Sized | None]) -> pa.Array:
    return pa.array(accumulate((len(part or ()) for part in parts), initial=0), pa.int32())
