"""Turns a column mapping, as read from YAML, into a layout; refuses one that contradicts itself."""

import codecs
import re
from collections.abc import Mapping
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from palermo.decode.tables.cells import named_zone
from palermo.decode.tables.expect import MappingError, items, must, only, regex, whole, yes
from palermo.decode.tables.layout import (
    Amount,
    Antenna,
    Layout,
    Number,
    Outside,
    PartyColumn,
    Time,
    Value,
    fold,
)
from palermo.vocabulary import CONTENT_KINDS, EventKind, Kind, Role

ANTENNAS = "antennas"  # a table that others are joined with; it gives no events
DIRECTIONS = ("out", "in")
PARTY_KINDS = {kind.value for kind in Kind} - CONTENT_KINDS - {"picture"}
SPEEDS = {"knots": "0.514444", "km/h": "0.277778", "mph": "0.44704", "m/s": "1"}  # in m/s
PLAIN = ("place", "antenna", "currency", "posting")
DURATIONS = ("seconds", "minutes", "h:m:s")
NAMED_FORMATS = ("iso", "epoch", "epoch_ms", "excel")
FILE_KEYS = {
    "format", "encoding", "delimiter", "quote", "escape", "preamble", "columns", "footer", "sheet",
}  # fmt: skip
VALUE_KEYS = {"column", "columns", "join", "value", "values", "pattern", "none", "optional"}
KEYS = {
    "event", "match", "file", "time", "text", "place", "lat", "lon", "place_error", "antenna",
    "antennas", "antennas_file", "amount", "currency", "direction", "parties", "duration", "speed",
    "posting", "details", "skip", "ignore",
}  # fmt: skip


def parse(name: str, raw: Mapping[str, Any]) -> Layout:
    """Turn a mapping as read from YAML into a `Layout`; raise `MappingError` on the first fault."""
    try:
        return _layout(name, raw)
    except MappingError as error:
        raise MappingError(f"mapping {name}: {error}") from None
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise MappingError(f"mapping {name}: not of the expected shape ({error})") from error


def _layout(name: str, raw: Mapping[str, Any]) -> Layout:
    only(raw, KEYS, "the mapping")
    must("event" in raw, "needs `event`: the kind of event that a row is")
    kinds = {kind.value for kind in EventKind}
    must(str(raw["event"]) in kinds | {ANTENNAS}, f"event: {raw['event']} is no kind of event")
    match = only(raw.get("match") or {}, {"header", "name"}, "match")
    layout = Layout(
        name=name,
        kind=None if raw["event"] == ANTENNAS else EventKind(raw["event"]),
        header=tuple(str(column) for column in items(match.get("header"))),
        glob=str(match["name"]) if match.get("name") else None,
        outside=_outside(raw.get("file") or {}),
        time=_time(raw["time"]) if raw.get("time") else None,
        text=tuple(_value(item, "text") for item in items(raw.get("text"))),
        values={key: _value(raw[key], key) for key in PLAIN if key in raw},
        numbers=_numbers(raw),
        amount=_amount(raw["amount"]) if raw.get("amount") else None,
        direction=_direction(raw["direction"]) if raw.get("direction") else None,
        parties=tuple(_party(item) for item in items(raw.get("parties"))),
        duration=_duration(raw["duration"]) if raw.get("duration") else None,
        details={str(k): _value(v, f"details.{k}") for k, v in (raw.get("details") or {}).items()},
        antennas=antennas(items(raw.get("antennas"))),
        skip=tuple(_skip(item) for item in items(raw.get("skip"))),
        ignore=frozenset(str(column) for column in items(raw.get("ignore"))),
    )  # fmt: skip
    _agree(layout)
    return layout


def _agree(layout: Layout) -> None:
    signed = layout.amount is not None and (layout.amount.both is None or layout.amount.negative)
    by_direction = any("" not in party.roles for party in layout.parties)
    must(
        not by_direction or bool(layout.direction or signed),
        "parties have roles by direction, but nothing says the direction: add `direction`, "
        "`amount.sign`, or `debit` and `credit`",
    )
    must(
        not (layout.direction and signed and layout.amount and layout.amount.both is None),
        "`debit` and `credit` already say the direction: leave out `direction`",
    )
    must(("lat" in layout.numbers) == ("lon" in layout.numbers), "`lat` and `lon` go together")
    must(
        layout.kind is not EventKind.POSITION or "lat" in layout.numbers,
        "a position needs `lat` and `lon`",
    )
    must(
        layout.kind not in (EventKind.PAYMENT, EventKind.BALANCE) or layout.amount is not None,
        f"a {layout.kind} needs `amount`",
    )


def _value(raw: object, where: str, extra: frozenset[str] = frozenset()) -> Value:
    if not isinstance(raw, Mapping):
        raw = {"column": raw}
    only(raw, VALUE_KEYS | extra, where)
    columns = tuple(str(c) for c in items(raw.get("columns", raw.get("column"))))
    must(bool(columns) != ("value" in raw), f"{where}: needs `column`, `columns` or `value`")
    must(all(fold(c) for c in columns), f"{where}: a column's name is empty")
    meanings: Any = raw.get("values")
    return Value(
        columns=columns,
        keys=tuple(fold(c) for c in columns),
        join=str(raw.get("join", " ")),
        constant=str(raw["value"]) if "value" in raw else None,
        meanings={fold(str(k)): str(v) for k, v in meanings.items()} if meanings else None,
        pattern=regex(raw["pattern"], where) if raw.get("pattern") else None,
        none=frozenset(str(item).strip() for item in items(raw.get("none"))),
        optional=yes(raw.get("optional")),
    )


def _direction(raw: Mapping[str, Any]) -> Value:
    words = {str(w): way for way in DIRECTIONS for w in items(raw.get(way))}
    must(bool(words), "direction: needs the words for `out` and `in`")
    rest = {k: v for k, v in raw.items() if k not in DIRECTIONS}
    return _value({**rest, "values": words}, "direction")


def _time(raw: object) -> Time:
    if not isinstance(raw, Mapping):
        raw = {"column": raw}
    own = frozenset({"format", "formats", "zone", "error"})
    formats = tuple(str(f) for f in items(raw.get("formats", raw.get("format", "iso"))))
    must(bool(formats), "time: no format")
    _check_formats(formats)
    zone = raw.get("zone")
    value = _value({k: v for k, v in raw.items() if k not in own}, "time")
    if isinstance(zone, Mapping):
        by_column = _value(zone, "time.zone")
        return Time(value=value, formats=formats, zone_value=by_column, error=whole(raw, "error"))
    named = str(zone) if zone and zone != "in_value" else ""
    return Time(
        value=value,
        formats=formats,
        zone=_zone(named) if named else None,
        zone_name=named,
        in_value=zone == "in_value",
        error=whole(raw, "error"),
    )


def _check_formats(formats: tuple[str, ...]) -> None:
    orders = set()
    for text in formats:
        must(text in NAMED_FORMATS or "%" in text, f"time: {text} is no format")
        directives = re.findall(r"%(.)", text)
        unknown = set(directives) - set("dmYyHIMSfpbBjz%")
        must(not unknown, f"time: %{', %'.join(sorted(unknown))} cannot be used in a format")
        if "d" in directives and "m" in directives:
            first = directives.index("d") < directives.index("m")
            year_first = directives[0] in "Yy"
            orders.add((re.sub(r"%.", "", text)[:1], year_first, first))
    clash = {key[:2] for key in orders if (key[0], key[1], not key[2]) in orders}
    must(not clash, "time: one format has the day first, another the month: 05/04 would be both")


def _zone(name: str) -> tzinfo:
    try:
        return named_zone(name)
    except ValueError as error:
        raise MappingError(f"zone: {error}") from None


def _number(raw: object, where: str, extra: frozenset[str] = frozenset()) -> Number:
    if not isinstance(raw, Mapping):
        raw = {"column": raw}
    own = frozenset({"decimal", "group"}) | extra
    decimal, group = str(raw.get("decimal", ".")), str(raw.get("group", ""))
    must(decimal in (".", ","), f"{where}: decimal is `.` or `,`")
    must(len(group) <= 1 and group != decimal, f"{where}: group is one mark, not the decimal's")
    value = _value({k: v for k, v in raw.items() if k not in own}, where)
    return Number(value=value, decimal=decimal, group=group)


def _numbers(raw: Mapping[str, Any]) -> dict[str, Number]:
    found = {k: _number(raw[k], k) for k in ("lat", "lon", "place_error") if k in raw}
    if raw.get("speed"):
        unit = str(raw["speed"].get("unit"))
        must(unit in SPEEDS, f"speed: unit is one of {', '.join(SPEEDS)}")
        plain = _number(raw["speed"], "speed", frozenset({"unit"}))
        found["speed"] = Number(
            value=plain.value,
            decimal=plain.decimal,
            group=plain.group,
            factor=Decimal(SPEEDS[unit]),
        )
    return found


def _amount(raw: object) -> Amount:
    if not isinstance(raw, Mapping):
        raw = {"column": raw}
    marks = {k: raw[k] for k in ("decimal", "group", "none") if k in raw}
    if "debit" in raw or "credit" in raw:
        only(raw, {"debit", "credit", "sign", *marks}, "amount")
        must("debit" in raw and "credit" in raw, "amount: `debit` and `credit` go together")
        return Amount(
            negative="out" if yes(raw.get("sign")) else None,
            out=_number({**marks, "column": raw["debit"]}, "amount.debit"),
            into=_number({**marks, "column": raw["credit"]}, "amount.credit"),
        )
    negative = str(raw.get("negative", "out"))
    must(negative in DIRECTIONS, "amount: negative is `out` or `in`")
    both = _number(raw, "amount", frozenset({"sign", "negative"}))
    return Amount(both=both, negative=negative if yes(raw.get("sign")) else None)


def _party(raw: Mapping[str, Any]) -> PartyColumn:
    own = {"kind", "role", "holder", "split", "prefix"}
    holder = yes(raw.get("holder"))
    rest = {k: v for k, v in raw.items() if k not in own}
    must(not (holder and rest), "parties: `holder: true` takes no column")
    kinds = tuple(str(kind) for kind in items(raw.get("kind")))
    unknown = set(kinds) - PARTY_KINDS
    must(not unknown, f"parties: {', '.join(sorted(unknown))} is no kind of party")
    must(holder or bool(kinds), "parties: needs `kind`")
    role = raw.get("role")
    must(bool(role), "parties: needs `role`")
    if isinstance(role, Mapping):
        must(set(role) == set(DIRECTIONS), "parties: a role by direction has `out` and `in`")
        roles = {way: _role(role[way]) for way in DIRECTIONS}
    else:
        roles = {"": _role(role)}
    return PartyColumn(
        value=None if holder else _value(rest, "parties"),
        kinds=tuple(Kind(kind) for kind in kinds),
        roles=roles,
        split=str(raw.get("split", "")),
        prefix=str(raw.get("prefix", "")),
    )


def _role(word: object) -> Role:
    must(str(word) in {role.value for role in Role}, f"parties: {word} is no role")
    return Role(str(word))


def _duration(raw: object) -> tuple[Value, str]:
    if not isinstance(raw, Mapping):
        raw = {"column": raw}
    form = str(raw.get("format", "seconds"))
    must(form in DURATIONS, f"duration: format is one of {', '.join(DURATIONS)}")
    return _value({k: v for k, v in raw.items() if k != "format"}, "duration"), form


def _skip(raw: Mapping[str, Any]) -> tuple[Value, frozenset[str]]:
    words = frozenset(fold(str(word)) for word in items(raw.get("values")))
    must(bool(words), "skip: needs `values`")
    return _value({k: v for k, v in raw.items() if k != "values"}, "skip"), words


def antennas(rows: list[Any]) -> dict[str, Antenna]:
    """Lay out antenna rows by id; raise `MappingError` for one without a place on Earth."""
    table: dict[str, Antenna] = {}
    for row in rows:
        only(row, {"id", "lat", "lon", "name", "radius_m"}, "antennas")
        key = str(row.get("id", "")).strip()
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
            radius = float(row["radius_m"]) if row.get("radius_m") else None
        except (KeyError, TypeError, ValueError):
            raise MappingError(f"antennas: {key or 'a row'} has no readable lat, lon") from None
        on_earth = -90 <= lat <= 90 and -180 <= lon <= 180
        must(bool(key) and on_earth, f"antennas: {key or 'a row'} has no id or is not on Earth")
        known = table.get(key)
        found = Antenna(lat=lat, lon=lon, name=row.get("name") or None, radius=radius)
        must(known is None or known == found, f"antennas: {key} stands at two places")
        table[key] = found
    return table


def _outside(raw: Mapping[str, Any]) -> Outside:
    only(raw, FILE_KEYS, "file")
    form = raw.get("format")
    must(form in (None, "csv", "jsonl", "xlsx"), "file: format is csv, jsonl or xlsx")
    quote, escape = str(raw.get("quote", '"')), str(raw.get("escape", ""))
    delimiter = raw.get("delimiter")
    for mark in (quote, escape, str(delimiter or "")):
        must(len(mark) <= 1, f"file: {mark} is more than one character")
    if raw.get("encoding"):
        try:
            codecs.lookup(str(raw["encoding"]))
        except LookupError:
            raise MappingError(f"file: {raw['encoding']} is no encoding") from None
    columns = tuple(str(column) for column in items(raw.get("columns"))) or None
    return Outside(
        format=form,
        encoding=str(raw["encoding"]) if raw.get("encoding") else None,
        delimiter=str(delimiter) if delimiter else None,
        quote=quote,
        escape=escape,
        preamble=whole(raw, "preamble") if "preamble" in raw else None,
        columns=columns,
        footer=regex(raw["footer"], "file.footer") if raw.get("footer") else None,
        sheet=str(raw["sheet"]) if raw.get("sheet") else None,
    )
