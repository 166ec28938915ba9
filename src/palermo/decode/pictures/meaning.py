"""Reads out of Exif tags when, where and by which device a photograph was taken."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from palermo.decode.clock import UNKNOWN_ZONE_ERROR, to_utc
from palermo.decode.pictures.exif import Exif, Tag

_WRITTEN = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})[ T]+(\d{1,2})\D(\d{1,2})(?:\D(\d{1,2}))?\D*")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
_FIX_AGE = 600  # seconds that a position's own time may lag behind without being a contradiction
# time, part of a second, offset from UTC; what it is the time of
_TIMES = (
    ("Photo", 0x9003, 0x9291, 0x9011, "DateTimeOriginal"),
    ("Photo", 0x9004, 0x9292, 0x9012, "DateTimeDigitized"),
    ("Image", 0x0132, 0x9290, 0x9010, "DateTime, when the file was last changed"),
)
_NO_SERIAL = re.compile(r"[0\s.\-]*|n/?a|none|unknown|null|x+|(\d)\1+", re.IGNORECASE)


class Taken(NamedTuple):
    time: datetime  # aware, UTC
    error: int
    zone: str
    written: str
    source: str
    offset_known: bool


class Place(NamedTuple):
    lat: float
    lon: float
    error: float | None  # metres
    altitude: float | None


def taken(exif: Exif, zone: str | None) -> Taken | None:
    """Return when the picture was taken, by the camera's clock, which nothing vouches for."""
    for directory, number, part, offset, source in _TIMES:
        tag = exif.get(directory, number)
        found = _WRITTEN.fullmatch(tag.text) if tag else None
        if tag is None or found is None:
            continue
        numbers = [int(group or 0) for group in found.groups()]
        try:
            local = datetime(*numbers)  # type: ignore[arg-type]
        except ValueError:
            continue  # 0000:00:00, a clock never set
        error = 1 if found[6] else 60
        local += timedelta(seconds=_part(exif.get("Photo", part)))
        written = tag.text
        if hours := _offset(exif.get("Photo", offset)):
            try:
                time = local.replace(tzinfo=hours[1]).astimezone(UTC)
            except OverflowError:
                continue
            return Taken(time, error, hours[0], f"{written} {hours[0]}", source, True)
        moment = to_utc(local, zone)
        known = moment.zone != "unknown"
        return Taken(moment.time, moment.error + error, moment.zone, written, source, known)
    return None


def _part(tag: Tag | None) -> float:
    return float(f"0.{tag.text}") if tag and tag.text.isascii() and tag.text.isdigit() else 0.0


def _offset(tag: Tag | None) -> tuple[str, timezone] | None:
    if tag is None:
        return None
    if tag.text == "Z":
        return "+00:00", UTC
    found = _OFFSET.fullmatch(tag.text)
    if found is None:
        return None
    delta = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if delta.total_seconds() > UNKNOWN_ZONE_ERROR:
        return None
    sign = -1 if found[1] == "-" else 1
    return f"{found[1]}{found[2]}:{found[3]}", timezone(sign * delta)


def gps_time(exif: Exif) -> datetime | None:
    """Return the time of the position, which satellites tell in UTC."""
    day, clock = exif.get("GPS", 0x1D), exif.get("GPS", 0x07)
    numbers = _decimals(clock)
    found = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})", day.text) if day else None
    if found is None or numbers is None:
        return None
    try:
        start = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
        hours, minutes, seconds = numbers
        return start + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except (ValueError, OverflowError):
        return None


def contradiction(moment: Taken, gps: datetime) -> str | None:
    """Say how the camera's clock and the satellites' disagree, where no zone explains it."""
    apart = abs((moment.time - gps).total_seconds())
    allowed = moment.error + _FIX_AGE
    if apart <= allowed:
        return None
    zone = "" if moment.offset_known else ", more than any time zone explains"
    return f"GPS time {gps.isoformat()} lies {timedelta(seconds=round(apart))} from it{zone}"


def place(exif: Exif) -> tuple[Place | None, str | None]:
    """Return the position, and why there is none where tags of one are there."""
    tags = [exif.get("GPS", number) for number in (1, 2, 3, 4)]
    if tags[1] is None and tags[3] is None:
        return None, None
    lat = _degrees(tags[1], tags[0], {"N": 1, "S": -1})
    lon = _degrees(tags[3], tags[2], {"E": 1, "W": -1})
    if lat is None or lon is None:
        return None, "the GPS tags hold no whole position (degrees and hemisphere)"
    if abs(lat) > 90 or abs(lon) > 180:
        return None, f"the GPS position {lat:.6f}, {lon:.6f} is not on Earth"
    if lat == 0 and lon == 0:
        return None, "the GPS position is 0, 0, as devices write that have none"
    error, altitude = _decimals(exif.get("GPS", 0x1F), 1), _decimals(exif.get("GPS", 0x06), 1)
    below = exif.get("GPS", 0x05)
    sign = -1 if below and below.numbers[:1] == (1,) else 1
    return (
        Place(lat, lon, error[0] if error else None, sign * altitude[0] if altitude else None),
        None,
    )


def _degrees(value: Tag | None, hemisphere: Tag | None, signs: dict[str, int]) -> float | None:
    numbers = _decimals(value)
    sign = signs.get(hemisphere.text[:1].upper()) if hemisphere else None
    if numbers is None or sign is None:
        return None
    degrees, minutes, seconds = numbers
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _decimals(tag: Tag | None, wanted: int = 3) -> list[float] | None:
    """Return `wanted` numbers; a part left out, or written 0/0 after the first, counts as 0."""
    if tag is None or not tag.rationals or not tag.rationals[0][1]:
        return None
    found = [n / d if d else 0.0 for n, d in tag.rationals[:wanted]]
    return found + [0.0] * (wanted - len(found))


def serials(exif: Exif) -> list[str]:
    """Return "<make>:<model>:<serial>" of camera and lens, only where there is a serial.

    Rows of noughts and the like are what makers write in place of one.
    """
    make, model = _word(exif, "Image", 0x010F), _word(exif, "Image", 0x0110)
    body = _word(exif, "Photo", 0xA431) or _word(exif, "Image", 0xC62F)
    lens = _word(exif, "Photo", 0xA435)
    lens_make = _word(exif, "Photo", 0xA433) or make
    found = [(make, model, body), (lens_make, _word(exif, "Photo", 0xA434), lens)]
    return [
        ":".join(part.replace(":", " ") for part in row)
        for row in found
        if row[2] and not _NO_SERIAL.fullmatch(row[2])
    ]


def _word(exif: Exif, directory: str, number: int) -> str:
    tag = exif.get(directory, number)
    return tag.text if tag else ""
