"""Reads one row at a time as a layout says: an event, and what is wrong with the row."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from palermo.decode.tables import cells as meaning
from palermo.decode.tables import texts
from palermo.decode.tables.cells import CellError
from palermo.decode.tables.grammar import DIRECTIONS
from palermo.decode.tables.layout import Layout, PartyColumn, Value, fold
from palermo.decode.tables.parties import holder_of, kind_of
from palermo.decode.tables.rows import Cell, Row
from palermo.decode.tables.workbook import is_temporal
from palermo.vocabulary import Event, EventKind, Kind, Party, Role, Statement

# a row without one of these is no such event; of the other kinds, the text is evidence by itself
TIMED = {EventKind.CALL, EventKind.PAYMENT, EventKind.BALANCE, EventKind.POSITION}
MONEY = {EventKind.PAYMENT, EventKind.BALANCE}


class Taken(NamedTuple):
    """A value, and the cell that it stands in as it is; None where it was made of several."""

    text: str
    cell: Cell | None


class Reader:
    """Follows one layout through the rows of one table."""

    def __init__(
        self, layout: Layout, columns: Sequence[str], statement: Statement, exhibit: str
    ) -> None:
        """Raise `ValueError` where the statement's zone is none."""
        self.layout, self.exhibit, self.columns = layout, exhibit, columns
        self.tells = cache(layout.tells)
        self.index = {name: at for at, name in reversed(list(enumerate(map(fold, columns))))}
        self.holder = holder_of(statement.holder)
        self.zone: tuple[tzinfo | None, str] = (None, "unknown")
        if layout.time and layout.time.zone:
            self.zone = (layout.time.zone, f"assumed {layout.time.zone_name}")
        elif statement.zone:
            self.zone = (meaning.named_zone(statement.zone), f"assumed {statement.zone}")

    def event(self, row: Row) -> tuple[Event | None, list[tuple[str, str]]]:
        """Return the row's event, or None where it is none, and its faults as kind and message."""
        return _Pass(self, row).event()


class _Pass:
    """One row on its way to an event."""

    def __init__(self, reader: Reader, row: Row) -> None:
        self.reader, self.layout, self.row = reader, reader.layout, row
        self.faults = list(row.complaints)
        self.index = reader.index
        if row.names is not None:
            names = map(fold, row.names)
            self.index = {name: at for at, name in reversed(list(enumerate(names)))}

    def event(self) -> tuple[Event | None, list[tuple[str, str]]]:
        layout = self.layout
        assert layout.kind is not None, "a table of antennas is read by `antennas`"
        for value, words in layout.skip:
            if fold(self.take(value).text) in words:
                return None, []
        event = Event(kind=layout.kind, locator=self.row.locator, details={})
        details: dict[str, str] = {"mapping": layout.name}
        kept = self.time(event)
        direction = self.amount(event) if layout.amount else None
        if layout.direction:
            direction = self.direction(direction)
        kept = self.numbers(event, details) and kept
        self.values(event, details)
        if direction:
            details["direction"] = direction
        self.antenna(event, details)
        self.lay_out(event)
        for spec in layout.parties:
            event.parties += self.parties(spec, direction, event)
        if self.row.charset != "utf-8":
            details["charset"] = self.row.charset
        event.details = details
        missing = layout.amount is not None and event.amount is None
        if (layout.kind in TIMED and not kept) or missing:
            return None, self.faults
        return event, self.faults

    def fault(self, value: Value, message: str) -> None:
        where = " + ".join(value.columns)
        self.faults.append(("value", f"column {where} {message}"))

    def cells(self, key: str) -> list[Cell]:
        """Return a column's cells: one, or a JSON list's items."""
        at = self.index.get(key)
        if at is not None:
            return [self.row.cells[at]] if at < len(self.row.cells) else []
        if self.row.names is None:
            return []
        items: list[Cell] = []
        while (at := self.index.get(f"{key}.{len(items)}")) is not None:
            items.append(self.row.cells[at])
        return items

    def take(self, value: Value) -> Taken:
        """Return what the mapping makes of the row's cells; an empty text is "not known"."""
        if value.constant is not None:
            return Taken(value.constant, None)
        if len(value.keys) == 1:
            found = self.cells(value.keys[0])
        else:
            found = [cell for key in value.keys for cell in self.cells(key)]
        found = [cell for cell in found if cell.value.strip() not in value.none | {""}]
        if not found:
            return Taken("", None)
        if len(found) > 1:
            taken = Taken(value.join.join(cell.value.strip() for cell in found), None)
        else:
            taken = Taken(found[0].value.strip(), found[0])
        return self.translate(value, taken)

    def translate(self, value: Value, taken: Taken) -> Taken:
        if value.pattern:
            match = value.pattern.search(taken.text)
            if not match:
                self.fault(value, f"does not match {value.pattern.pattern}")
                return Taken("", None)
            taken = Taken(match[1 if match.re.groups else 0] or "", taken.cell)
        if value.meanings is not None:
            known = value.meanings.get(fold(taken.text))
            if known is None:
                self.fault(value, "holds a word that the mapping does not know")
                return taken
            return Taken(known, None)
        return taken

    def time(self, event: Event) -> bool:
        spec = self.layout.time
        if spec is None:
            return True
        taken = self.take(spec.value)
        if not taken.text:
            if not spec.value.optional:
                self.fault(spec.value, "is empty: the row has no time")
            return False
        event.time_written = taken.text
        formats, zone = spec.formats, self.reader.zone
        if spec.zone_value:
            zone = self.zone(spec.zone_value)
        text = taken.text
        if any(is_temporal(cell.typed) for key in spec.value.keys for cell in self.cells(key)):
            formats = ("iso",)
            if event.kind in MONEY:  # a workbook has no bare dates: banks' are at midnight
                text = text.removesuffix(" 00:00:00")
        try:
            read = meaning.moment(text, spec, formats, zone)
            event.time, event.time_error, event.zone = read
        except CellError as error:
            self.fault(spec.value, str(error))
            return False
        return True

    def zone(self, value: Value) -> tuple[tzinfo | None, str]:
        written = self.take(value).text
        try:
            return meaning.named_zone(written), written
        except ValueError:
            self.fault(value, "names no zone")
            return None, ""

    def amount(self, event: Event) -> str | None:
        """Set the amount and return the direction that it says."""
        spec = self.layout.amount
        assert spec is not None
        sides = {"": spec.both, "out": spec.out, "in": spec.into}
        found = {}
        for way, number in sides.items():
            cell = self.cell(number.value) if number else None
            if number is None or cell is None:
                continue
            try:
                found[way] = meaning.money(cell, number)
            except CellError as error:
                self.fault(number.value, str(error))
        if len(found) == 2 and any(not each.amount for each in found.values()):
            found = {way: each for way, each in found.items() if each.amount} or found
        if len(found) != 1:
            columns = [number.value for number in sides.values() if number]
            if not any(kind == "value" for kind, _ in self.faults):
                self.fault(columns[0], "and its like hold no amount, or more than one")
            return None
        way, each = found.popitem()
        minus = each.amount < 0
        if way and minus and spec.negative is None:
            number = spec.out if way == "out" else spec.into
            assert number is not None
            self.fault(number.value, "holds a minus, and the mapping does not say what it means")
            return None
        event.currency = each.currency
        event.amount = each.amount if event.kind is EventKind.BALANCE else abs(each.amount)
        if way:  # with a sign, a debit is written with a minus; one without takes a debit back
            as_written = minus == (way == "out") or spec.negative is None
            return way if as_written else _other(way)
        if spec.negative is None:
            return None
        return spec.negative if minus else _other(spec.negative)

    def direction(self, signed: str | None) -> str | None:
        spec = self.layout.direction
        assert spec is not None
        word = self.take(spec).text
        if word not in DIRECTIONS:
            if not word:
                self.fault(spec, "is empty: who gave and who received is not known")
            return None
        if signed and signed != word:
            self.fault(spec, "and the amount's sign contradict each other: the column is followed")
        return word

    def cell(self, value: Value) -> Cell | None:
        """Return the one cell to be read as a number, or None where it is empty."""
        taken = self.take(value)
        if not taken.text:
            return None
        if taken.cell and taken.cell.value.strip() == taken.text:
            return taken.cell
        return Cell(taken.text)

    def numbers(self, event: Event, details: dict[str, str]) -> bool:
        found: dict[str, Decimal] = {}
        for name, spec in self.layout.numbers.items():
            cell = self.cell(spec.value)
            if cell is None:
                if event.kind is EventKind.POSITION and name in ("lat", "lon"):
                    self.fault(spec.value, "is empty: the row has no position")
                continue
            try:
                found[name] = _bounded(name, meaning.number(cell, spec))
            except CellError as error:
                self.fault(spec.value, str(error))
        if "speed" in found:
            details["speed"] = meaning.short(round(found["speed"], 3))
        if "lat" not in found or "lon" not in found:
            return event.kind is not EventKind.POSITION
        event.lat, event.lon = float(found["lat"]), float(found["lon"])
        if "place_error" in found:
            event.place_error = float(found["place_error"])
        return True

    def values(self, event: Event, details: dict[str, str]) -> None:
        values = {name: self.take(value).text for name, value in self.layout.values.items()}
        event.place = values.get("place") or None
        event.posting = values.get("posting") or None
        event.currency = values.get("currency", "").upper() or event.currency
        for name, value in self.layout.details.items():
            if text := self.take(value).text:
                details[name] = text
        if self.layout.duration:
            value, form = self.layout.duration
            if text := self.take(value).text:
                try:
                    details["duration"] = meaning.seconds(text, form)
                except CellError as error:
                    self.fault(value, str(error))

    def antenna(self, event: Event, details: dict[str, str]) -> None:
        spec = self.layout.values.get("antenna")
        key = self.take(spec).text if spec else ""
        if not spec or not key:
            return
        details["antenna"] = key
        place = f"antenna:{self.reader.exhibit}:{'_'.join(key.split())}"
        event.parties.append(Party(Role.CONTENT, Kind.PLACE, place))
        known = self.layout.antennas.get(key)
        if known is None:
            if self.layout.antennas:
                self.fault(spec, "names an antenna that the mapping's table lacks")
            return
        if event.lat is None:
            event.lat, event.lon, event.place_error = known.lat, known.lon, known.radius
        event.place = event.place or known.name

    def lay_out(self, event: Event) -> None:
        """Set the event's text, and the way from there to the row's bytes."""
        if self.layout.text:
            keys = [key for value in self.layout.text for key in value.keys]
            cells = [cell for key in keys for cell in self.cells(key)]
            event.text, event.map = texts.chosen(self.row, cells)
        else:
            event.text, event.map = texts.whole(self.row)
            event.said = texts.said(self.row, self.reader.columns, self.reader.tells)

    def parties(self, spec: PartyColumn, direction: str | None, event: Event) -> Iterator[Party]:
        role = spec.roles.get("") or spec.roles.get(direction or "", Role.MENTIONED)
        if spec.value is None:
            if self.reader.holder is None:
                self.faults.append(("holder", "no holder is stated for the exhibit"))
            elif direction or "" in spec.roles:
                yield Party(role, *self.reader.holder)
            return
        for taken in self.take_each(spec.value):
            parts = taken.text.split(spec.split) if spec.split else [taken.text]
            at = 0
            for text in filter(None, map(str.strip, parts)):
                start = self.find(event, taken.cell, text, at) if not spec.prefix else None
                at = (start or 0) + len(text)
                span = (start, start + len(text)) if start is not None else (None, None)
                kind = kind_of(spec.kinds, text)
                if kind is None:
                    self.fault(spec.value, f"holds what is no {' or '.join(spec.kinds)}")
                else:
                    yield Party(role, kind, spec.prefix + text, *span)

    def take_each(self, value: Value) -> list[Taken]:
        """Return what `take` does, or each item by itself where the column is a JSON list."""
        items = self.cells(value.keys[0]) if len(value.keys) == 1 else []
        if len(items) < 2:
            return [self.take(value)]
        items = [cell for cell in items if cell.value.strip() not in value.none | {""}]
        return [self.translate(value, Taken(cell.value.strip(), cell)) for cell in items]

    def find(self, event: Event, cell: Cell | None, text: str, after: int) -> int | None:
        """Return where in the event's text a cell's value stands, if it stands there as it is."""
        if cell is None or cell.start < 0:
            return None
        if self.layout.text:
            at = event.text.find(text)
            return at if at >= 0 else None
        at = event.text.find(text, max(cell.start, after), cell.end)
        return at if at >= 0 else None


def _bounded(name: str, value: Decimal) -> Decimal:
    limit = {"lat": 90, "lon": 180}.get(name)
    if limit and abs(value) > limit:
        raise CellError(f"is no {name} on Earth")
    return value


def _other(way: str) -> str:
    return "in" if way == "out" else "out"
