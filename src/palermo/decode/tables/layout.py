"""What a column mapping says of a table, as types."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal

from palermo.vocabulary import EventKind, Kind, Role

# What columns are called, and details that a mapping makes of them, in which people write freely.
NARRATIVE = re.compile(
    r"(?<!\w)(?:text|title|subject|body|message|notes?|memo|purpose|narrati(?:ve|on)|descri\w+|remarks?|"
    r"comments?|remittance|reference|particulars|details|"
    r"\w*verwendungszweck|\w*text|betreff|bemerkung\w*|notiz\w*|nachricht|"
    r"concepto|observaci\w+|asunto|motivo|mensaje|detalles?|libell[ée]|motif|objet|communication|"
    r"commentaires?|omschrijving|mededeling\w*|causale|oggetto|explica[tț]\w+|detalii|mesaj|"
    r"opis|tytuł\w*|назначение|описание|комментари\w+|примечани\w+|сообщение|текст|"
    r"(?:ال)?وصف|(?:ال)?بيان|ملاحظات|رسالة|nội dung|diễn giải|ghi chú|mô tả|หมายเหตุ|รายละเอียด|ข้อความ)(?!\w)|"
    r"备注|備註|摘要|附言|用途|说明|說明|留言"
)
# Events that are writing themselves; of the others, a row is a record with perhaps a note in it.
WRITING = frozenset(
    {EventKind.ADVERT, EventKind.MESSAGE, EventKind.TIP, EventKind.NOTE, EventKind.PAGE}
)

ITEM = re.compile(r"\.\d+\Z")  # of a JSON list


def fold(column: str) -> str:
    """Return the form in which two spellings of one column's name are equal."""
    return " ".join(column.split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Where a value comes from: columns or a constant, and how it is read."""

    columns: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()  # the columns' names, folded
    join: str = " "
    constant: str | None = None
    meanings: Mapping[str, str] | None = None
    pattern: re.Pattern[str] | None = None
    none: frozenset[str] = frozenset()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    value: Value
    decimal: str = "."
    group: str = ""
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A payment's amount: one column, or one for each direction."""

    both: Number | None = None
    out: Number | None = None
    into: Number | None = None
    negative: str | None = None  # the direction that a minus means


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    value: Value
    formats: tuple[str, ...] = ("iso",)
    zone: tzinfo | None = None
    zone_name: str = ""
    zone_value: Value | None = None
    in_value: bool = False
    error: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyColumn:
    value: Value | None  # None: the exhibit's holder
    kinds: tuple[Kind, ...]
    roles: Mapping[str, Role]  # by direction; "" where the direction does not matter
    split: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """How the table lies in its file; None: to be seen in the file."""

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quote: str = '"'
    escape: str = ""
    preamble: int | None = None
    columns: tuple[str, ...] | None = None
    footer: re.Pattern[str] | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Antenna:
    lat: float
    lon: float
    name: str | None = None
    radius: float | None = None  # metres


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One mapping, checked and ready to be followed."""

    name: str
    kind: EventKind | None  # None: a table of antennas
    header: tuple[str, ...] = ()
    glob: str | None = None
    outside: Outside = Outside()
    time: Time | None = None
    text: tuple[Value, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    numbers: Mapping[str, Number] = field(default_factory=dict)
    amount: Amount | None = None
    direction: Value | None = None
    parties: tuple[PartyColumn, ...] = ()
    duration: tuple[Value, str] | None = None
    details: Mapping[str, Value] = field(default_factory=dict)
    antennas: Mapping[str, Antenna] = field(default_factory=dict)
    skip: tuple[tuple[Value, frozenset[str]], ...] = ()
    ignore: frozenset[str] = frozenset()

    def sources(self) -> Iterator[Value]:
        """Give every value that the mapping reads."""
        yield from self.text
        yield from self.details.values()
        yield from self.typed()

    def typed(self) -> Iterator[Value]:
        """Give the values that are read as what they are, not as words."""
        yield from self.values.values()
        yield from (number.value for number in self.numbers.values())
        yield from (column for column, _ in self.skip)
        if self.time:
            yield self.time.value
            if self.time.zone_value:
                yield self.time.zone_value
        if self.amount:
            for number in (self.amount.both, self.amount.out, self.amount.into):
                if number:
                    yield number.value
        if self.direction:
            yield self.direction
        if self.duration:
            yield self.duration[0]
        yield from (party.value for party in self.parties if party.value)

    def tells(self, column: str) -> bool:
        """Say whether people write freely in a column, by its name or its detail's."""
        key = ITEM.sub("", fold(column))
        if any(key in value.keys for value in self.typed()):
            return False
        if self.kind in WRITING and key not in set(map(fold, self.ignore)):
            return True
        names = [name for name, value in self.details.items() if key in value.keys]
        return any(NARRATIVE.search(name) for name in (key, *map(fold, names)))

    def needed(self) -> dict[str, str]:
        """Return the columns that the file must have: folded name to name."""
        found = {fold(name): name for name in self.header}
        for value in self.sources():
            if not value.optional:
                found.update(zip(value.keys, value.columns, strict=True))
        return found

    def handled(self) -> set[str]:
        """Return the folded names of the columns that are read or ignored on purpose."""
        read = {key for value in self.sources() for key in value.keys}
        return read | {fold(name) for name in self.ignore}
