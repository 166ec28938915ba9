"""Writes call-detail records in four carriers' layouts, with the mappings that read them."""

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from palermo.simulate.intake import Evidence
from palermo.simulate.story import Call, CallRecord, Story
from palermo.simulate.traffic import MASTS, spot
from palermo.simulate.workbook import workbook
from palermo.simulate.world import City
from palermo.simulate.writing import national

BOTH = {"out": "caller", "in": "callee"}, {"out": "callee", "in": "caller"}


def mast(place: City, number: int, story: Story) -> tuple[str, float, float, str]:
    """Return an antenna's id, position and name."""
    lat, lon = spot(place, f"mast/{number}", 3000, story)
    return f"{place.name[:3].upper()}{number + 1:02d}", lat, lon, f"{place.name} {number + 1}"


def _csv(rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _antennas(record: CallRecord, story: Story) -> list[tuple[str, float, float, str]]:
    places = sorted({(call.city.name, call.city) for call in record.calls}, key=lambda p: p[0])
    return [mast(place, n, story) for _, place in places for n in range(MASTS)]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _other(call: Call, region: str) -> str:
    """Write the other number as the carrier does: nationally at home, in full from abroad."""
    home = {"GB": "+44", "US": "+1"}[region]
    return "".join(national(call.other)) if call.other.startswith(home) else call.other


def northtel(evidence: Evidence, record: CallRecord, name: str) -> str:
    """British, with lines before the header, local times and a table of antennas by their id."""
    story, zone = evidence.story, ZoneInfo("Europe/London")
    rows: list[list[object]] = [["Northtel disclosure"], ["Subscriber", record.holder], []]
    rows.append(["Type", "Direction", "Other party", "Start", "Duration", "Cell", "Tariff"])
    for call in record.calls:
        rows.append(
            [
                "SMS" if call.sms else "Voice",
                "MO" if call.out else "MT",
                _other(call, "GB"),
                call.start.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S"),
                _clock(call.seconds),
                mast(call.city, call.mast, story)[0],
                "S1",
            ]
        )
    rows.append([f"Total {len(record.calls)} rows"])
    table = f"{name.split('/')[-1]}_antennas"
    evidence.write(
        f"mappings/{table}.csv", _csv([("id", "lat", "lon", "name"), *_antennas(record, story)])
    )
    mapping = evidence.mapping(
        name.split("/")[-1],
        {
            "event": "call",
            "file": {"delimiter": ";", "encoding": "cp1252", "preamble": 3, "footer": "^Total"},
            "time": {"column": "Start", "format": "%d/%m/%Y %H:%M:%S", "zone": "Europe/London"},
            "direction": {"column": "Direction", "out": ["MO"], "in": ["MT"]},
            "parties": _holder_and("Other party"),
            "duration": {"column": "Duration", "format": "h:m:s"},
            "antenna": "Cell",
            "antennas_file": f"{table}.csv",
            "details": {"type": {"column": "Type", "values": {"Voice": "call", "SMS": "sms"}}},
            "ignore": ["Tariff"],
        },
    )
    evidence.write(
        f"{name}.csv",
        _csv(rows, ";").encode("cp1252"),
        region="GB",
        holder=f"phone:{record.holder}",
        mapping=mapping,
    )
    return f"{name}.csv"


def _holder_and(column: str) -> list[dict[str, Any]]:
    return [{"holder": True, "role": BOTH[0]}, {"column": column, "kind": "phone", "role": BOTH[1]}]


def mobilia(evidence: Evidence, record: CallRecord, name: str) -> str:
    """A workbook with date cells, the target's number in a column and positions in the row."""
    zone = ZoneInfo("Europe/London")
    rows: list[list[object]] = [
        [
            "Target",
            "Other number",
            "In or out",
            "Date and time",
            "Seconds",
            "Service",
            "Site",
            "Site latitude",
            "Site longitude",
        ]
    ]
    for call in record.calls:
        _, lat, lon, site = mast(call.city, call.mast, evidence.story)
        rows.append(
            [
                record.holder,
                call.other,
                "Outgoing" if call.out else "Incoming",
                call.start.astimezone(zone).replace(tzinfo=None),
                call.seconds,
                "Text" if call.sms else "Call",
                site,
                lat,
                lon,
            ]
        )
    mapping = evidence.mapping(
        "mobilia",
        {
            "event": "call",
            "match": {"header": ["Target", "Other number", "In or out", "Date and time"]},
            "time": {"column": "Date and time", "zone": "Europe/London"},
            "direction": {"column": "In or out", "out": ["Outgoing"], "in": ["Incoming"]},
            "parties": _target_and("Target", "Other number"),
            "duration": {"column": "Seconds", "format": "seconds"},
            "place": "Site",
            "lat": "Site latitude",
            "lon": "Site longitude",
            "place_error": {"value": "2000"},
            "details": {"type": {"column": "Service", "values": {"Call": "call", "Text": "sms"}}},
        },
    )
    evidence.write(
        f"{name}.xlsx",
        workbook({"Calls": rows}),
        region=record.region,
        holder=f"phone:{record.holder}",
        mapping=mapping,
    )
    return f"{name}.xlsx"


def _target_and(target: str, other: str) -> list[dict[str, Any]]:
    return [
        {"column": target, "kind": "phone", "role": BOTH[0]},
        {"column": other, "kind": "phone", "role": BOTH[1]},
    ]


def lonestar(evidence: Evidence, record: CallRecord, name: str) -> str:
    """American: month first, a twelve-hour clock in UTC, national numbers, comma separated."""
    rows: list[list[object]] = [
        ["DIR", "OTHER", "DATE (UTC)", "TIME (UTC)", "SECS", "KIND", "LAT", "LONG", "CELL ID"]
    ]
    for call in record.calls:
        cell, lat, lon, _ = mast(call.city, call.mast, evidence.story)
        rows.append(
            [
                "O" if call.out else "I",
                _other(call, "US"),
                call.start.strftime("%m/%d/%Y"),
                call.start.strftime("%I:%M:%S %p"),
                call.seconds,
                "S" if call.sms else "V",
                lat,
                lon,
                cell,
            ]
        )
    mapping = evidence.mapping(
        "lonestar",
        {
            "event": "call",
            "match": {"header": ["DIR", "OTHER", "DATE (UTC)", "TIME (UTC)", "SECS"]},
            "time": {
                "columns": ["DATE (UTC)", "TIME (UTC)"],
                "format": "%m/%d/%Y %I:%M:%S %p",
                "zone": "UTC",
            },
            "direction": {"column": "DIR", "out": ["O"], "in": ["I"]},
            "parties": _holder_and("OTHER"),
            "duration": {"column": "SECS", "format": "seconds"},
            "antenna": "CELL ID",
            "lat": "LAT",
            "lon": "LONG",
            "details": {"type": {"column": "KIND", "values": {"V": "call", "S": "sms"}}},
        },
    )
    evidence.write(
        f"{name}.csv", _csv(rows), region="US", holder=f"phone:{record.holder}", mapping=mapping
    )
    return f"{name}.csv"


def interlink(evidence: Evidence, record: CallRecord, name: str) -> str:
    """Times with their offset, full numbers, antennas listed in the mapping itself."""
    rows: list[list[object]] = [
        ["start", "target", "other", "flow", "minutes", "service", "antenna"]
    ]
    for call in record.calls:
        local = call.start.astimezone(call.city.tz)
        rows.append(
            [
                local.isoformat(timespec="seconds"),
                record.holder,
                call.other,
                "from" if call.out else "to",
                round(call.seconds / 60, 2),
                "sms" if call.sms else "call",
                mast(call.city, call.mast, evidence.story)[0],
            ]
        )
    table = [
        {"id": i, "lat": lat, "lon": lon, "name": title, "radius_m": 2500}
        for i, lat, lon, title in _antennas(record, evidence.story)
    ]
    mapping = evidence.mapping(
        name.split("/")[-1],
        {
            "event": "call",
            "time": {"column": "start", "format": "iso", "zone": "in_value"},
            "direction": {"column": "flow", "out": ["from"], "in": ["to"]},
            "parties": _target_and("target", "other"),
            "duration": {"column": "minutes", "format": "minutes"},
            "antenna": "antenna",
            "antennas": table,
            "details": {"type": "service"},
        },
    )
    evidence.write(
        f"{name}.csv",
        _csv(rows, "\t"),
        region=record.region,
        holder=f"phone:{record.holder}",
        mapping=mapping,
    )
    return f"{name}.csv"


Layout = Callable[[Evidence, CallRecord, str], str]
LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "GB": (northtel, mobilia, interlink),
    "US": (lonestar, interlink, mobilia),
}


def write_records(evidence: Evidence) -> None:
    rng = evidence.story.stream("carriers")
    layouts = {region: _shuffled(choice, rng) for region, choice in LAYOUTS.items()}
    for number, record in enumerate(r for r in evidence.story.records if r.calls):
        region = record.region if record.region in LAYOUTS else "GB"
        layout = layouts[region][number % len(layouts[region])]
        file = layout(evidence, record, f"calls/{layout.__name__}_{number + 1:02d}")
        national_form = layout in (northtel, lonestar)
        for call in record.calls:
            written = _other(call, region) if national_form else call.other
            evidence.bears(f"phone:{call.other}", written, file)
        if layout != lonestar:
            evidence.bears(f"phone:{record.holder}", record.holder, file)


def _shuffled(layouts: tuple[Layout, ...], rng: random.Random) -> list[Layout]:
    return rng.sample(layouts, len(layouts))
