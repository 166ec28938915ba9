"""Reads a note: an observation, person or event that an investigator entered by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from palermo.decode.decoder import Context
from palermo.vocabulary import Event, EventKind, Kind, Part, Party, Problem, Role, Run

MAGIC = b"Palermo-Note: 1\n"
FIELDS = ("Time", "Place", "Latitude", "Longitude", "By", "Source")
# Notes are typed by people; more than this is some other file with our first line.
LONGEST = 4 << 20


def compose(text: str, **fields: str | None) -> bytes:
    """Return the bytes of a note: a line a field, an empty line, the text."""
    unknown = fields.keys() - {name.lower() for name in FIELDS}
    assert not unknown, unknown
    head = [
        f"{name}: {' '.join(value.split())}\n"
        for name in FIELDS
        if (value := fields.get(name.lower()))
    ]
    return MAGIC + "".join(head).encode() + b"\n" + text.encode("utf-8", "replace")


class Note:
    """Notes entered with `palermo note`: what was observed, when, where and by whom."""

    name = "note"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        return 1.0 if head.startswith(MAGIC) else 0.0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Part | Problem]:
        content = source.read(LONGEST + 1)
        head, gap, body = content.partition(b"\n\n")
        if not gap or len(content) > LONGEST:
            what = "the note has no text" if not gap else f"the note is longer than {LONGEST} bytes"
            yield Problem(locator="offset:0", kind="damaged", message=what)
            return
        fields: dict[str, str] = {}
        strange: list[str] = []
        for line in head.decode("utf-8", "replace").splitlines()[1:]:
            name, colon, value = line.partition(": ")
            if name in FIELDS and colon:
                fields[name] = value
            else:
                strange.append(line)
        if strange:
            what = f"not a field: {strange[0][:200]!r}"
            yield Problem(locator="offset:0", kind="damaged", message=what, count=len(strange))
        text = body.decode("utf-8", "replace")
        exact = text.encode("utf-8") == body
        if not exact:
            what = "the text is not UTF-8 throughout"
            yield Problem(locator=f"offset:{len(head) + 2}", kind="damaged", message=what)
        event = Event(kind=EventKind.NOTE, locator="offset:0", text=text)
        if text:
            event.map = [Run(0, len(text), len(head) + 2, len(content))]
        event.details = {"by": fields.get("By", ""), "source": fields.get("Source", "")}
        event.place = fields.get("Place")
        if by := fields.get("By"):
            event.parties = [Party(Role.REPORTER, Kind.NAME, by)]
        problem = _place_in_time_and_space(event, fields)
        yield event
        if problem:
            yield problem

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        return source.read(LONGEST)


def _place_in_time_and_space(event: Event, fields: dict[str, str]) -> Problem | None:
    try:
        if written := fields.get("Time"):
            time = datetime.fromisoformat(written)
            event.time_written = written
            event.zone = time.strftime("%z") if time.tzinfo else "unknown"
            event.time = time if time.tzinfo else time.replace(tzinfo=UTC)
            precise = 86400 if len(written) <= 10 else 60
            event.time_error = precise if time.tzinfo else max(precise, 50400)
        if "Latitude" in fields and "Longitude" in fields:
            lat, lon = float(fields["Latitude"]), float(fields["Longitude"])
            if not (-90 <= lat <= 90 and -180 <= lon <= 180):
                raise ValueError(f"{lat}, {lon} is no place on Earth")
            event.lat, event.lon = lat, lon
    except (ValueError, OverflowError) as error:
        return Problem(locator="offset:0", kind="damaged", message=str(error))
    return None
