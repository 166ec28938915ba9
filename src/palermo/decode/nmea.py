"""Reads AIS reports of ships in NMEA 0183 sentences."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, BinaryIO

from pyais.messages import AISSentence

from palermo.decode.clock import UNKNOWN_ZONE_ERROR
from palermo.decode.decoder import Context
from palermo.decode.tally import Tally
from palermo.decode.tracks.sentences import LOCATOR, Sentence, messages
from palermo.vocabulary import Event, EventKind, Kind, Party, Problem, Role, Run

POSITIONS = {1, 2, 3, 4, 9, 11, 18, 19, 21, 27}
BASE_STATIONS = {4, 11}  # carry the time in UTC
STATIC = {5, 24}
TEXTS = {12, 14}
MANAGEMENT = {7, 10, 13, 15, 16, 17, 20, 22, 23}  # of the channel; nothing of a ship's doings
KNOT = Decimal("0.514444")  # m/s
NO_SPEED, NO_COURSE, NO_HEADING = 102.3, 360, 511
GOOD_FIX = 10.0  # metres: what the report's accuracy flag promises
WAITING = 5000  # reports that wait for the next base station's time
LONGEST_GAP = timedelta(hours=1)
ONCE = frozenset({"silent", "binary", "other"})
NAMES = {
    "shipname": "ship", "callsign": "callsign", "destination": "destination", "imo": "imo",
    "ship_type": "ship_type", "vendorid": "vendor", "model": "model", "serial": "serial",
    "draught": "draught", "name": "ship",
}  # fmt: skip


class Nmea:
    """Reads AIS reports of ships (NMEA 0183): positions, names, destinations."""

    name = "nmea"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        found = len(re.findall(rb"[!$](?:AI|AB|AN|AR|AS|AT|AX|BS|SA)VD[MO],\d,\d,", head))
        return 0.97 if found > 2 else 0.8 if found else 0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Problem]:
        tally = Tally(ONCE)
        clock = _Clock()
        seen = False
        for sentences, fault in messages(source, context.statement.zone):
            seen = True
            if fault:
                yield from tally.problem(_locator(sentences), *fault)
                continue
            event, base, trouble = _read(sentences)
            if trouble:
                yield from tally.problem(_locator(sentences), *trouble)
            if event:
                yield from clock.give(event, base)
        yield from clock.rest()
        yield from tally.rest()
        if not seen:
            yield Problem(locator="offset:0", kind="empty", message="the file holds no sentence")

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        match = LOCATOR.fullmatch(locator)
        if not match:
            raise ValueError(f"{locator} names no sentence")
        pieces = []
        pairs = zip(match["offset"].split(","), match["length"].split(","), strict=True)
        for offset, length in pairs:
            source.seek(int(offset))
            pieces.append(source.read(int(length)))
        return b"\n".join(pieces)


class _Clock:
    """Gives events in order; those without time wait for base stations to say when they were.

    A log keeps the order of receipt, so a report lies between the base station reports before and
    after it. Their times are used only where they are in order and less than an hour apart.
    """

    def __init__(self) -> None:
        self.before: datetime | None = None
        self.waiting: list[Event] = []

    def give(self, event: Event, base: bool) -> Iterator[Event]:
        if not base:
            self.waiting.append(event)
            if len(self.waiting) > WAITING:
                self.before = None
                yield from self.rest()
            return
        before, after = self.before, event.time
        if before and after and timedelta(0) <= after - before <= LONGEST_GAP:
            middle = before + (after - before) / 2
            for each in self.waiting:
                if each.time is None:
                    each.time, each.zone = middle, "UTC"
                    each.time_error = int((after - before).total_seconds() / 2) + 1
                    each.details = {**each.details, "time_from": "base stations before and after"}
        yield from self.rest()
        self.before = after
        yield event

    def rest(self) -> Iterator[Event]:
        waiting, self.waiting = self.waiting, []
        yield from waiting


def _locator(sentences: list[Sentence]) -> str:
    offsets = ",".join(str(each.offset) for each in sentences)
    return f"offset:{offsets};length:{','.join(str(len(each.raw)) for each in sentences)}"


def _read(sentences: list[Sentence]) -> tuple[Event | None, bool, tuple[str, str] | None]:
    """Return a message's event, whether it is a base station's, and what is wrong with it."""
    try:
        parts = [AISSentence(each.sentence) for each in sentences]
        whole = AISSentence.assemble_from_iterable(parts)
        kind = int(whole.ais_id)
        found: dict[str, Any] = whole.decode().asdict()
    except Exception as error:  # whatever the package lets through on noise that has a checksum
        return None, False, ("message", f"cannot be decoded: {type(error).__name__}")
    if kind in MANAGEMENT:
        return None, False, None
    if kind not in POSITIONS | STATIC | TEXTS:
        return None, False, ("binary", f"messages of type {kind} are not read")
    event = _event(sentences, found, kind)
    trouble = _place(event, found) if kind in POSITIONS else None
    if kind in BASE_STATIONS:
        base_time = _base_time(found)
        if base_time and event.time is None:
            event.time, event.time_error, event.zone = base_time, 1, "UTC"
        return event, base_time is not None, trouble
    return event, False, trouble


def _event(sentences: list[Sentence], found: dict[str, Any], kind: int) -> Event:
    raw = b"\n".join(each.raw for each in sentences)
    text = raw.decode("ascii", "replace")
    details = {"message_type": str(kind)}
    for name, detail in NAMES.items():
        value = found.get(name)
        if value not in (None, "", 0, 0.0):
            details[detail] = str(value.value if isinstance(value, Enum) else value).strip()
    if kind in TEXTS and found.get("text"):
        details["message"] = str(found["text"])
    if found.get("second") is not None and int(found["second"]) < 60:
        details["second"] = str(int(found["second"]))  # of the minute, UTC
    first = sentences[0]
    event = Event(
        kind=EventKind.MESSAGE if kind in TEXTS else EventKind.POSITION,
        locator=_locator(sentences),
        text=text,
        map=[Run(0, len(text), 0, len(raw))] if raw.isascii() else [],
        said=[],
        details=_movement(details, found),
    )
    if first.time:
        event.time, event.zone, event.time_error = first.time, first.zone, first.error
        event.time_written = first.time_written
        if first.zone == "unknown":
            event.time_error = UNKNOWN_ZONE_ERROR + first.error
    if mmsi := found.get("mmsi"):
        role = Role.SENDER if kind in TEXTS else Role.DEVICE
        event.parties = [Party(role, Kind.VESSEL, f"{int(mmsi):09}")]
    return event


def _movement(details: dict[str, str], found: dict[str, Any]) -> dict[str, str]:
    speed, course, heading = (found.get(name) for name in ("speed", "course", "heading"))
    if speed is not None and float(speed) < NO_SPEED:
        details["speed"] = f"{round(Decimal(str(float(speed))) * KNOT, 3)}"
    if course is not None and float(course) < NO_COURSE:
        details["course"] = f"{float(course):g}"
    if heading is not None and int(heading) < NO_HEADING:
        details["heading"] = str(int(heading))
    status = found.get("status")
    if isinstance(status, Enum):
        details["status"] = status.name
    return details


def _place(event: Event, found: dict[str, Any]) -> tuple[str, str] | None:
    lat, lon = found.get("lat"), found.get("lon")
    if lat is None or lon is None:
        return ("message", "breaks off before the position")
    if (float(lat), float(lon)) == (91.0, 181.0):
        event.details = {**event.details, "position": "not available"}
    elif abs(float(lat)) > 90 or abs(float(lon)) > 180:
        return ("value", "lies at no place on Earth")
    else:
        event.lat, event.lon = float(lat), float(lon)
        event.place_error = GOOD_FIX if found.get("accuracy") else None
    return None


def _base_time(found: dict[str, Any]) -> datetime | None:
    try:
        year, month, day, hour, minute, second = (
            int(found[name]) for name in ("year", "month", "day", "hour", "minute", "second")
        )
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (KeyError, TypeError, ValueError):
        return None  # zeros and 24:60 stand for "not available"
