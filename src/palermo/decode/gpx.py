"""Reads tracks, routes and waypoints in GPX."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from pathlib import PurePath
from typing import BinaryIO

from palermo.decode.clock import to_utc
from palermo.decode.decoder import Context
from palermo.decode.tables.cells import iso
from palermo.decode.tables.parties import holder_of
from palermo.decode.tally import Tally
from palermo.decode.tracks.points import Point, Points
from palermo.vocabulary import Event, EventKind, Party, Problem, Role, Run, Stretch

LOCATOR = re.compile(r"offset:(?P<offset>\d+);length:(?P<length>\d+)")
WORDS = re.compile(r"<(?:\w+:)?(?:name|desc|cmt)>(?P<words>[^<]*\S[^<]*)<")
MOST_NAMES = 1000  # of elements not known, that are told apart
TYPES = {"trkpt": "track", "rtept": "route", "wpt": "waypoint"}
KEPT = {"name", "desc", "cmt", "type", "src", "hdop", "sat", "fix"}  # as details
# of the receiver's state and of the traveller's body, which say nothing of where and when
IGNORED = {
    "vdop", "pdop", "magvar", "geoidheight", "ageofdgpsdata", "dgpsid", "sym", "number", "link",
    "url", "urlname", "text", "hr", "cad", "atemp", "wtemp", "power", "temp",
}  # fmt: skip


class Gpx:
    """Reads tracks, routes and waypoints in GPX."""

    name = "gpx"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        if re.search(rb"<(?:\w+:)?gpx[\s>]", head.replace(b"\0", b"")[:4096]):
            return 0.97
        return 0.5 if PurePath(context.name).suffix.casefold() == ".gpx" else 0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Problem]:
        tally = Tally()
        spare: Counter[str] = Counter()
        first: dict[str, str] = {}
        seen = False
        for item in Points().read(source):
            if isinstance(item, Problem):
                yield item
                continue
            seen = True
            event, faults = _event(item, context)
            yield event
            for fault in faults:
                yield from tally.problem(item.locator, "value", fault)
            for name in item.values.keys() - KEPT - IGNORED - {"time", "ele", "speed", "course"}:
                if name not in spare and len(spare) >= MOST_NAMES:
                    name = "(others)"
                spare[name] += 1
                first.setdefault(name, item.locator)
        yield from tally.rest()
        for name, count in sorted(spare.items()):
            message = f"element {name} is not known: {count} points hold one"
            yield Problem(locator=first[name], kind="element", message=message, count=count)
        if not seen:
            yield Problem(locator="offset:0", kind="empty", message="the file holds no point")

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        match = LOCATOR.fullmatch(locator)
        if not match:
            raise ValueError(f"{locator} names no point")
        source.seek(int(match["offset"]))
        return source.read(int(match["length"]))


def _event(point: Point, context: Context) -> tuple[Event, list[str]]:
    text = point.raw.decode(point.charset, "replace")
    event = Event(
        kind=EventKind.POSITION,
        locator=point.locator,
        text=text,
        map=[Run(0, len(text), 0, len(point.raw))],
        said=[Stretch(*words.span("words")) for words in WORDS.finditer(text)],
        place=point.values.get("name"),
    )
    faults = [*_place(event, point), *_time(event, point, context)]
    details = {"type": TYPES[point.kind], **point.heading}
    details |= {name: value for name, value in point.values.items() if name in KEPT}
    if point.charset != "utf-8":
        details["charset"] = point.charset
    for name, detail in (("ele", "elevation"), ("speed", "speed"), ("course", "course")):
        if name in point.values:
            if _number(point.values[name]) is None:
                faults.append(f"element {name} is no number")
            else:
                details[detail] = point.values[name]
    event.details = details
    if holder := holder_of(context.statement.holder):
        event.parties = [Party(Role.HOLDER, *holder)]
    return event, faults


def _place(event: Event, point: Point) -> Iterator[str]:
    lat, lon = (_number(point.attributes.get(name, "")) for name in ("lat", "lon"))
    if lat is None or lon is None:
        yield "lacks a readable lat or lon"
    elif abs(lat) > 90 or abs(lon) > 180:
        yield "lies at no place on Earth"
    else:
        event.lat, event.lon = lat, lon


def _time(event: Event, point: Point, context: Context) -> Iterator[str]:
    written = point.values.get("time")
    if written is None:
        return
    event.time_written = written
    try:
        found = iso(written)
    except ValueError:
        found = None
    if found is None:
        yield "has a time that is not written as ISO 8601"
        return
    time, error, offset = found
    try:
        if time.tzinfo is None:
            moment = to_utc(time, context.statement.zone)
            event.time, event.zone, event.time_error = (
                moment.time,
                moment.zone,
                moment.error + error,
            )
        else:
            event.time, event.zone, event.time_error = time.astimezone(UTC), offset, error
    except OverflowError:
        yield "has a time out of range"


def _number(written: str) -> float | None:
    if re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", written.strip()):
        return float(written)
    return None
