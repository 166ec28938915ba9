"""Reads the record of a picture that was hashed and not taken: what hash-only intake seals."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from palermo.decode.decoder import Context
from palermo.decode.picture import USABLE
from palermo.decode.tables.parties import holder_of
from palermo.vocabulary import Event, EventKind, Kind, Party, Problem, Role, Run

FORMAT = "palermo picture hashes 1"
_LIMIT = 1 << 20  # bytes of a record; ours have a few thousand
_HASH = re.compile(r"[0-9a-f]{64}")
# What a picture's file says of when, where and by which device; never its words or a thumbnail.
KEPT = (
    "altitude", "contradiction", "format", "frames", "gps_time", "height", "lens", "lens_serial",
    "make", "model", "orientation", "pdq", "pdq_quality", "pdq_upright", "serial", "software",
    "time_source", "width",
)  # fmt: skip
_TOLD = ("make", "model", "serial", "lens", "lens_serial", "software")


class Record(BaseModel):
    """What is kept of a picture: its name, size and hashes, and what its Exif tags say."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    record: str = Field(default=FORMAT, pattern=f"^{FORMAT}$")
    name: str
    size: int = Field(ge=0)
    # Lists of known material are of any of these; a record is held to those that come later.
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    sha1: str = Field(pattern=r"^[0-9a-f]{40}$")
    md5: str = Field(pattern=r"^[0-9a-f]{32}$")
    details: dict[str, str] = {}
    devices: list[str] = []
    time: AwareDatetime | None = None
    time_error: int | None = None
    zone: str | None = None
    time_written: str | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    place_error: float | None = None
    problems: list[tuple[str, str]] = []

    def written(self) -> bytes:
        """Return the record as it is sealed: the same picture gives the same bytes."""
        plain = self.model_dump(mode="json")
        told = json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=1)
        return told.encode("utf-8", "replace") + b"\n"


def compose(
    name: str, size: int, digests: Mapping[str, str], read: Iterable[Event | Problem]
) -> Record:
    """Return the record of a picture from its digests and what the decoder `picture` read in it."""
    record = Record.model_validate({"name": name, "size": size, **digests})
    for item in read:
        if isinstance(item, Problem):
            record.problems.append((item.kind, item.message))
            continue
        record.details = {key: item.details[key] for key in KEPT if key in item.details}
        record.devices = [p.value for p in item.parties if p.role == Role.DEVICE]
        record.time, record.time_error = item.time, item.time_error
        record.zone, record.time_written = item.zone, item.time_written
        record.lat, record.lon, record.place_error = item.lat, item.lon, item.place_error
    return record


class PictureHashes:
    """Records of pictures that were taken in by their hashes alone."""

    name = "picture_hashes"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        return 1.0 if head.startswith(b"{") and f'"record": "{FORMAT}"'.encode() in head else 0.0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Problem]:
        """Yield the photograph that the record tells of, and what was wrong with its file."""
        source.seek(0)
        raw = source.read(_LIMIT)
        whole = f"offset:0;length:{len(raw)}"
        try:
            record = Record.model_validate_json(raw)
        except ValidationError as error:
            fault = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, fault["loc"]))
            message = f"it is no record of a picture's hashes: {where} {fault['msg']}".strip()
            yield Problem(locator=whole, kind="damaged", message=message)
            return
        yield _event(record, raw, whole, context)
        for kind, message in record.problems:
            yield Problem(locator=whole, kind=kind, message=message)

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        """Return the record's bytes."""
        source.seek(0)
        return source.read(_LIMIT)


def _event(record: Record, raw: bytes, locator: str, context: Context) -> Event:
    text, runs = _text(record, raw)
    details = {key: value for key, value in record.details.items() if key in KEPT}
    details |= {"sha256": record.sha256, "sha1": record.sha1, "md5": record.md5}
    details |= {"charset": "utf-8", "intake": "hashes only"}
    if "://" in record.name:
        details["url"] = record.name  # adverts name it by this
    parties = [Party(Role.DEVICE, Kind.DEVICE, value) for value in record.devices]
    parties += [Party(Role.CONTENT, Kind.PICTURE, value) for value in _hashes(record)]
    if holder := holder_of(context.statement.holder):
        parties.append(Party(Role.HOLDER, *holder))
    return Event(
        kind=EventKind.PHOTOGRAPH,
        locator=locator,
        time=record.time,
        time_error=record.time_error,
        zone=record.zone,
        time_written=record.time_written,
        lat=record.lat,
        lon=record.lon,
        place_error=record.place_error,
        text=text,
        map=runs,
        parties=parties,
        details=details,
    )


def _hashes(record: Record) -> Iterator[str]:
    yield f"sha256:{record.sha256}"
    quality = record.details.get("pdq_quality", "")
    if quality.isascii() and quality.isdigit() and int(quality) >= USABLE:
        for key in ("pdq", "pdq_upright"):
            if _HASH.fullmatch(record.details.get(key, "")):
                yield f"pdq:{record.details[key]}"


def _text(record: Record, raw: bytes) -> tuple[str, list[Run]]:
    """Return what the record says in words, a line each, and where each stands in its bytes."""
    said = {key: record.details[key] for key in _TOLD if record.details.get(key)}
    if record.time_written:
        said["time_written"] = record.time_written
    lines: list[str] = []
    runs: list[Run] = []
    at = 0
    for key, value in said.items():
        lines.append(f"{key}: {value}")
        # Within a string quotes are escaped, so that no value can pass for a key.
        written = json.dumps(value, ensure_ascii=False)[1:-1].encode("utf-8", "replace")
        opening = f'"{key}": "'.encode()
        first = raw.find(opening + written + b'"')
        if first >= 0:
            first += len(opening)
            start = at + len(key) + 2
            runs.append(Run(start, start + len(value), first, first + len(written)))
        at += len(lines[-1]) + 1
    return "\n".join(lines), runs
