"""Reads the text that WhatsApp writes when a chat is exported."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from palermo.decode.chat.content import GENERATED, position, recognise
from palermo.decode.chat.lines import (
    Chunk,
    author_span,
    charset_of,
    chunks,
    decode,
    encoded_length,
    read_head,
    runs,
    show,
)
from palermo.decode.chat.stamp import is_buddhist, read_date
from palermo.decode.chat.survey import Chat, survey
from palermo.decode.clock import to_utc
from palermo.decode.decoder import Context
from palermo.vocabulary import Event, EventKind, Kind, Party, Problem, Role

_LOGS = frozenset(("info", "error", "warn", "warning", "debug", "trace", "fatal", "critical"))
_PHONE = re.compile(r"\+?[\d\s().\-\u2010-\u2015\u00a0\u202f]{7,25}")
_LOCATOR = re.compile(r"offset:(\d+);length:(\d+)")
_BLANK = b"\0\r\n \xef\xbb\xbf\xff\xfe"
_DAY = 86400


@dataclass(slots=True)
class _Tally:
    """Problems of a kind are told once, at the first place, with their number."""

    found: dict[str, Problem] = field(default_factory=dict)

    def add(self, kind: str, locator: str, message: str) -> None:
        if kind in self.found:
            self.found[kind].count += 1
        else:
            self.found[kind] = Problem(locator=locator, kind=kind, message=message)


class Whatsapp:
    """WhatsApp chats exported as text, in any language, date order and clock."""

    name = "whatsapp"
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        charset = charset_of(head)
        if charset == "utf-8" and b"\0" in head:
            return 0.0
        named = "whatsapp" in context.name.casefold() or "_chat" in context.name
        at_start = True
        for line in show(decode(head, charset)).split("\n"):
            start = read_head(line)
            if start is None:
                at_start = at_start and not line.strip("\ufeff \r")
                continue
            author = author_span(line[start.end :], frozenset())
            name = line[start.end :][slice(*author[:2])] if author else ""
            _, _, _, seconds = start.stamp.shape
            if name.casefold() in _LOGS or (seconds and not start.stamp.shape[0]):
                return 0.1  # a program's log has levels, or seconds with no brackets
            return 0.97 if named else 0.8 if at_start else 0.4
        return 0.0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Problem]:
        """Read the file twice: once for what only the whole tells, once for the messages."""
        chat = survey(source, context)
        if chat is None:
            message = "no line starts with a date and a time as WhatsApp writes them"
            yield Problem(locator="offset:0", kind="not understood", message=message)
            return
        yield from chat.problems
        tally = _Tally()
        previous: datetime | None = None
        for chunk in chunks(source, chat.charset, chat.shape):
            if chunk.head is None:
                if chunk.raw.strip(_BLANK):
                    tally.add("not understood", _place(chunk), "stands before the first message")
                continue
            local = _local(chunk, chat)
            event = _message(chunk, chat, context, tally)
            _set_time(event, chunk, chat, context, tally)
            if local and previous and local < previous:
                event.details = {**event.details, "out_of_order": "earlier than the one before it"}
            previous = local or previous
            yield event
        yield from tally.found.values()

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        """Return the message's bytes as they lie in the file, its date included."""
        found = _LOCATOR.fullmatch(locator)
        if found is None:
            raise ValueError(f"{locator!r} is no place in a WhatsApp export")
        source.seek(int(found[1]))
        return source.read(int(found[2]))


def _place(chunk: Chunk) -> str:
    return f"offset:{chunk.offset};length:{len(chunk.raw)}"


def _message(chunk: Chunk, chat: Chat, context: Context, tally: _Tally) -> Event:
    """Lay one message out, but for its time: text and map, who to whom, what came with it."""
    assert chunk.head is not None
    whole = decode(chunk.raw, chat.charset).rstrip("\r\n")
    begin = 0 if chunk.continues else chunk.head.end
    text, places = runs(whole[begin:], encoded_length(whole[:begin], chat.charset), chat.charset)
    event = Event(
        kind=EventKind.MESSAGE,
        locator=_place(chunk),
        time_written=chunk.head.written,
        text=text,
        map=places,
    )
    details = {"thread": chat.thread, "charset": chat.charset}
    if text != whole[begin:]:
        tally.add("encoding", event.locator, f"holds bytes that are not {chat.charset}")
    if chunk.continues:
        tally.add("long message", event.locator, "goes on with a message too long to hold at once")
        details["continues"] = "yes"
        event.details = details
        return event
    span = author_span(text, chat.authors)
    author = text[span[0] : span[1]] if span else None
    words = text[span[2] :] if span else text
    written = recognise(words)
    notice = span is None or (words.startswith(GENERATED) and not written)
    if pin := position(words):
        event.lat, event.lon = pin
        written["location"], notice = "sent", span is None
    event.details = {**details, **written, **({"system": "yes"} if notice else {})}
    if span and author and (not notice or author in chat.authors):
        event.parties = _parties((author, span[0], span[1]), chat, context)
    return event


def _parties(author: tuple[str, int, int], chat: Chat, context: Context) -> list[Party]:
    """Return the sender and, in a chat that is surely between two, the recipient.

    The exhibit's stated holder is one of the two then; the names say which.
    """
    name, start, end = author
    found = [Party(Role.SENDER, _kind(name), name, start, end)]
    if chat.contact is None:
        return found
    role, other = (Role.RECIPIENT, chat.owner) if name == chat.contact else (Role.SENDER, None)
    if role is Role.SENDER:
        found.append(Party(Role.RECIPIENT, _kind(chat.contact), chat.contact))
    elif other is not None:
        found.append(Party(Role.RECIPIENT, _kind(other), other))
    kind, _, value = (context.statement.holder or "").partition(":")
    if value and kind in set(Kind) and value != (chat.owner or ""):
        found.append(Party(role, Kind(kind), value))
    return found


def _kind(name: str) -> Kind:
    digits = sum(c.isdecimal() for c in name)
    return Kind.PHONE if _PHONE.fullmatch(name) and digits >= 7 else Kind.NAME


def _local(chunk: Chunk, chat: Chat) -> datetime | None:
    assert chunk.head is not None
    stamp = chunk.head.stamp
    day = read_date(stamp, chat.order.name)
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, stamp.hour, stamp.minute, stamp.second or 0)


def _set_time(event: Event, chunk: Chunk, chat: Chat, context: Context, tally: _Tally) -> None:
    """Set the time with all that is uncertain of it: minute or second, zone, order, half of day."""
    assert chunk.head is not None
    stamp, order, local = chunk.head.stamp, chat.order, _local(chunk, chat)
    if local is None:
        message = f"{chunk.head.written!r} names no day that is certain, read as {order.name}"
        tally.add("date", event.locator, f"{message}; the message is kept without a time")
        return
    moment = to_utc(local, context.statement.zone)
    error = moment.error + (60 if stamp.second is None else 1)
    others = [read_date(stamp, rival) for rival in order.rivals]
    error += max((abs((local.date() - day).days) for day in others if day), default=0) * _DAY
    if stamp.uncertain_half:
        error += _DAY // 2
        message = f"{chunk.head.written!r}: before or after noon is not known; the error covers it"
        tally.add("half of the day", event.locator, message)
    event.time, event.zone, event.time_error = moment.time, moment.zone, error
    event.details = {
        **event.details,
        "date_order": order.name,
        "date_order_confidence": order.confidence,
        "date_order_reason": order.reason,
    }
    if is_buddhist(stamp, order.name):
        event.details = {**event.details, "calendar": "Thai Buddhist"}
