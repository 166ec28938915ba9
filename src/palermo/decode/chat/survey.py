"""Learns from a whole WhatsApp export what no single message tells: layout, date order, voices."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from palermo.decode.chat.content import GENERATED, recognise
from palermo.decode.chat.lines import author_span, charset_of, decode, lines, read_head, show
from palermo.decode.chat.order import Order, Survey
from palermo.decode.chat.stamp import Shape
from palermo.decode.decoder import Context
from palermo.vocabulary import Problem

_NAMES = 10_000  # a chat has at most some thousand members
_SHAPES = 64
_QUOTED = re.compile(r'["“„«]([^"“”„«»\n]{1,100})["”“»]')
_COPY = re.compile(r"\s*\(\d+\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What the first pass learned of the whole file."""

    charset: str
    shape: Shape
    order: Order
    authors: frozenset[str]
    thread: str
    contact: str | None  # the one other person, where the chat is surely between two
    owner: str | None  # the name under which the phone's holder writes, in such a chat
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Voices:
    """Who writes in the messages of one layout, and what notices name."""

    dates: Survey = field(default_factory=Survey)
    locator: str = ""
    authors: Counter[str] = field(default_factory=Counter)
    quoted: set[str] = field(default_factory=set)  # a group's name is quoted in its notices
    opened_by: str | None = None  # whom an iPhone names as author of the first notice: the chat

    def add(self, rest: str) -> None:
        span = author_span(rest, frozenset())
        if span is None:
            if len(self.quoted) < _NAMES:
                self.quoted.update(_QUOTED.findall(rest))
            return
        name, words = rest[span[0] : span[1]], rest[span[2] :]
        if words.startswith(GENERATED) and not recognise(words):
            if self.dates.count == 1:
                self.opened_by = name
            if len(self.quoted) < _NAMES:
                self.quoted.update(_QUOTED.findall(words))
        elif name in self.authors or len(self.authors) < _NAMES:
            self.authors[name] += 1

    def thread(self, name: str) -> str:
        """Return the chat's name: by the file, or by the archive or first notice of an iPhone."""
        path = PurePosixPath(re.sub(r"\.txt$", "", name, flags=re.IGNORECASE))
        stem = _COPY.sub("", path.name)
        if stem != "_chat":
            return stem
        folder = re.sub(r"\.zip$", "", path.parent.name, flags=re.IGNORECASE)
        return _COPY.sub("", folder) or self.opened_by or stem

    def contact(self, thread: str) -> str | None:
        """Return the other person, where at most two write and the chat bears one's name.

        A chat between two is named after the contact, never after the phone's holder.
        """
        if len(self.authors) > 2:
            return None
        named = [a for a in self.authors if thread == a or re.search(rf"\s{re.escape(a)}$", thread)]
        return named[0] if len(named) == 1 and named[0] not in self.quoted else None


def survey(source: BinaryIO, context: Context) -> Chat | None:
    """Read the whole file once; None where no line of it starts a message."""
    source.seek(0)
    charset = charset_of(source.read(4))
    layouts: dict[Shape, _Voices] = {}
    for offset, raw, cut in lines(source, charset):
        text = show(decode(raw, charset))
        head = None if cut else read_head(text)
        if head is None or (len(layouts) == _SHAPES and head.stamp.shape not in layouts):
            continue
        voices = layouts.setdefault(
            head.stamp.shape, _Voices(locator=f"offset:{offset};length:{len(raw)}")
        )
        voices.dates.add(head.stamp)
        voices.add(text[head.end :])
    if not layouts:
        return None
    shape = _main_shape(layouts)
    voices = layouts[shape]
    order = voices.dates.decide(context.statement.region)
    thread = voices.thread(context.name)
    contact = voices.contact(thread)
    others = [name for name in voices.authors if name != contact]
    return Chat(
        charset=charset,
        shape=shape,
        order=order,
        authors=frozenset(voices.authors),
        thread=thread,
        contact=contact,
        owner=others[0] if contact is not None and others else None,
        problems=(*_doubt(order), *_strange(layouts, shape)),
    )


def _main_shape(layouts: dict[Shape, _Voices]) -> Shape:
    """An export starts with a date in its own layout; a chat pasted into a message may be longer.

    Only where the first layout is next to nothing in the file is the commonest one taken.
    """
    first = next(iter(layouts))
    commonest = max(layouts, key=lambda shape: layouts[shape].dates.count)
    few = layouts[first].dates.count * 20 < layouts[commonest].dates.count
    return commonest if few else first


def _doubt(order: Order) -> Iterator[Problem]:
    if order.confidence == "assumed":
        yield Problem(
            locator="offset:0",
            kind="assumed date order",
            message=f"dates are read as {order.name}: {order.reason}. State the exhibit's region "
            "if that is wrong; each time's error covers the other reading",
        )


def _strange(layouts: dict[Shape, _Voices], main: Shape) -> Iterator[Problem]:
    for shape, voices in layouts.items():
        if shape != main:
            yield Problem(
                locator=voices.locator,
                kind="layout",
                message="looks like the start of a message in another layout than the file's; "
                "kept as part of the message before it",
                count=voices.dates.count,
            )
