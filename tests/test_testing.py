"""The checks that plugins run must themselves catch a decoder that breaks its promises."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

import pytest

from palermo.decode.decoder import Context
from palermo.testing import check_decoder
from palermo.vocabulary import Event, EventKind, Kind, Part, Party, Problem, Role, Run


class Lines:
    """One tip a line."""

    name = "lines"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        return 0.1

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Part | Problem]:
        source.seek(0)
        offset = 0
        for line in source.readlines():
            try:
                text = line.decode()
                yield self.event(f"offset:{offset};length:{len(line)}", text, len(line))
            except UnicodeDecodeError:
                yield Problem(locator=f"offset:{offset}", kind="charset", message="not UTF-8")
            offset += len(line)

    def event(self, locator: str, text: str, size: int) -> Event:
        return Event(
            kind=EventKind.TIP, locator=locator, text=text, map=[Run(0, len(text), 0, size)]
        )

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        offset, length = (int(part.split(":")[1]) for part in locator.split(";"))
        source.seek(offset)
        return source.read(length)


class Raises(Lines):
    def read(self, source, context):
        yield from super().read(source, context)
        source.seek(0)
        source.read().decode()


class SameLocator(Lines):
    def event(self, locator, text, size):
        return super().event("offset:0;length:1", text[:1], 1)


class Shifted(Lines):
    def event(self, locator, text, size):
        event = super().event(locator, text, size)
        event.map = [Run(0, len(text) - 1, 1, size)]
        return event


class NaiveTime(Lines):
    def event(self, locator, text, size):
        event = super().event(locator, text, size)
        event.time, event.zone = datetime(2024, 5, 1), "+00:00"
        return event


class TooSure(Lines):
    def event(self, locator, text, size):
        event = super().event(locator, text, size)
        event.time, event.zone, event.time_error = datetime(2024, 5, 1, tzinfo=UTC), "unknown", 60
        return event


class GuessedRegion(Lines):
    def event(self, locator, text, size):
        event = super().event(locator, text, size)
        event.region = "GB"
        return event


class WrongSpan(Lines):
    def event(self, locator, text, size):
        event = super().event(locator, text, size)
        event.parties = [Party(Role.REPORTER, Kind.NAME, "Example", 0, 3)]
        return event


class Closes(Lines):
    def read(self, source, context):
        yield from super().read(source, context)
        source.close()


DATA = "A lorry at the old quay, 02:10\nSame men, naïve plates\n".encode()


def test_an_honest_decoder_passes():
    items = check_decoder(Lines(), DATA)
    assert [item.text for item in items] == DATA.decode().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("decoder", "says"),
    [
        (Raises(), "raised UnicodeDecodeError"),
        (SameLocator(), "share a locator"),
        (Shifted(), "its text is"),
        (NaiveTime(), "not aware"),
        (TooSure(), "zone unknown"),
        (GuessedRegion(), "region was guessed"),
        (WrongSpan(), "its span is"),
        (Closes(), "closed the source"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Lines) else value,
)
def test_a_broken_promise_is_named(decoder, says):
    with pytest.raises(AssertionError, match=says):
        check_decoder(decoder, DATA)


def test_parts_are_opened_while_the_reading_goes_on():
    class Moves(Lines):
        def read(self, source, context):
            source.seek(0)
            yield Part(name="a", locator="offset:0;length:2", open=lambda: io.BytesIO(b"a"))
            yield from super().read(source, context)

    assert len(check_decoder(Moves(), DATA)) == 3
