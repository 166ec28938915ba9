"""Cuts a GPX file into its points, each with its bytes; reads on after damage."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from palermo.vocabulary import Problem

CHUNK = 256 << 10
LONGEST = 1 << 20  # bytes of one point
DEEPEST = 100
POINTS = ("trkpt", "rtept", "wpt")
POINT = re.compile(rb"<(?P<name>(?:\w+:)?(?:trkpt|rtept|wpt))[\s/>]")
BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@dataclass(slots=True)
class Point:
    """One point as it stands in the file."""

    kind: str
    attributes: dict[str, str]
    heading: dict[str, str]  # what the file and the track say of all their points
    offset: int = 0
    raw: bytes = b""
    charset: str = "utf-8"
    values: dict[str, str] = field(default_factory=dict)

    @property
    def locator(self) -> str:
        return f"offset:{self.offset};length:{len(self.raw)}"


class _RefusedError(Exception):
    """The file declares entities, by which a small file can grow without bound or read others."""


class Points:
    """Reads one file in a stream; only the bytes of the point at hand are kept."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.text: list[str] = []
        self.heading: dict[str, str] = {}
        self.point: Point | None = None
        self.ending: Point | None = None  # its end tag was met; where it ends, the next event says
        self.window, self.base = b"", 0
        self.last = 0  # where the last event started: what follows may still be unread
        self.charset = "utf-8"
        self.done: list[Point | Problem] = []

    def read(self, source: BinaryIO) -> Iterator[Point | Problem]:
        source.seek(0)
        parser = self._parser()
        try:
            while chunk := source.read(CHUNK):
                self._start_of_file(chunk)
                self.window += chunk
                parser.Parse(chunk, False)
                self._forget()
                yield from self._take()
            parser.Parse(b"", True)
            yield from self._take()
        except _RefusedError as refused:
            yield from self._take()
            message = f"{refused}: refused, nothing after it is read"
            yield Problem(
                locator=f"offset:{parser.CurrentByteIndex}", kind="entity", message=message
            )
        except expat.ExpatError as error:
            at = parser.ErrorByteIndex if parser.ErrorByteIndex >= 0 else self.last
            self._close(max(at, self.last))
            yield from self._take()
            why = expat.ErrorString(error.code)
            message = f"is not well-formed: {why}; after it, only whole points are read"
            yield Problem(locator=f"offset:{at}", kind="xml", message=message)
            yield from self._rest(source, at)

    def _parser(self, charset: str | None = None) -> expat.XMLParserType:
        parser = expat.ParserCreate(charset)
        parser.buffer_text = False
        parser.StartElementHandler = lambda name, attributes: self._start(parser, name, attributes)
        parser.EndElementHandler = lambda name: self._end(parser, name)
        parser.CharacterDataHandler = lambda text: self._data(parser, text)
        parser.EntityDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declaration
        return parser

    def _start_of_file(self, chunk: bytes) -> None:
        if self.base == 0 and not self.window:
            self.charset = next((name for mark, name in BOMS if chunk.startswith(mark)), "utf-8")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and self.charset == "utf-8":
            try:
                "".encode(encoding)
                self.charset = encoding.lower()
            except LookupError:
                pass

    def _refuse(self, *_: object) -> None:
        raise _RefusedError("declares entities")

    def _start(self, parser: expat.XMLParserType, name: str, attributes: dict[str, str]) -> None:
        self._close(parser.CurrentByteIndex)
        name = name.rpartition(":")[2]
        self.path.append(name)
        if len(self.path) > DEEPEST:
            raise _RefusedError(f"nests elements more than {DEEPEST} deep")
        self.text = []
        if name in POINTS and self.point is None:
            self.point = Point(name, attributes, dict(self.heading), parser.CurrentByteIndex)
        elif name == "gpx" and attributes.get("creator"):
            self.heading["creator"] = attributes["creator"]
        elif name in ("trk", "rte"):
            self.heading.pop("track", None)
        elif name == "email" and {"id", "domain"} <= attributes.keys():
            self.heading["author_email"] = f"{attributes['id']}@{attributes['domain']}"

    def _data(self, parser: expat.XMLParserType, text: str) -> None:
        self._close(parser.CurrentByteIndex)
        if self.point is not None or self.path[-1:] in (["name"], ["src"]):
            self.text.append(text)

    def _end(self, parser: expat.XMLParserType, name: str) -> None:
        self._close(parser.CurrentByteIndex)
        name = self.path.pop()
        value = "".join(self.text).strip()
        self.text = []
        parent = self.path[-1] if self.path else ""
        if name in POINTS and self.point is not None:
            self.ending, self.point = self.point, None
        elif self.point is not None:
            if value:
                self.point.values[name] = value
        elif value and name == "name" and parent in ("trk", "rte"):
            self.heading["track"] = value
        elif value and name == "name" and parent == "author":
            self.heading["author"] = value

    def _close(self, at: int) -> None:
        """Finish the point whose end tag came last: it ends where this event starts."""
        self.last = at
        point, self.ending = self.ending, None
        if point is None:
            return
        first = point.offset - self.base
        if first < 0:
            message = f"a point of more than {LONGEST} bytes is not read"
            self.done.append(Problem(locator=f"offset:{point.offset}", kind="xml", message=message))
            return
        raw = self.window[first : at - self.base]
        end = ">".encode(self.charset)
        point.raw = raw[: raw.rfind(end) + len(end)]
        point.charset = self.charset
        self.done.append(point)

    def _forget(self) -> None:
        """Drop the bytes that no open point needs."""
        keep = self.point or self.ending
        start = keep.offset if keep else self.last
        start = max(start, self.base + len(self.window) - LONGEST)
        if start > self.base:
            self.window, self.base = self.window[start - self.base :], start

    def _take(self) -> Iterator[Point | Problem]:
        done, self.done = self.done, []
        yield from done

    def _rest(self, source: BinaryIO, at: int) -> Iterator[Point | Problem]:
        """Give the whole points after the damage at `at`, each read by itself."""
        if self.charset.startswith("utf-16"):
            return
        source.seek(at)
        pending, offset = b"", at
        while True:
            chunk = source.read(CHUNK)
            pending += chunk
            used = 0
            starts = list(POINT.finditer(pending))
            for match, following in zip(starts, [*starts[1:], None], strict=False):
                end = _end_of(pending, match, following.start() if following else None)
                if end < 0:
                    used = match.start()
                    break
                used = end
                yield from self._fragment(pending[match.start() : end], offset + match.start())
            else:
                used = max(used, len(pending) - 64)
            used = max(used, len(pending) - LONGEST)
            pending, offset = pending[used:], offset + used
            if not chunk:
                return

    def _fragment(self, raw: bytes, offset: int) -> Iterator[Point | Problem]:
        inner = Points()
        inner.heading, inner.window, inner.charset = dict(self.heading), raw, self.charset
        try:
            inner._parser(self.charset).Parse(raw, True)
        except (expat.ExpatError, _RefusedError, ValueError):
            yield Problem(
                locator=f"offset:{offset};length:{len(raw)}",
                kind="xml",
                message="a damaged point is not read",
            )
            return
        inner._close(len(raw))
        for point in inner.done:
            if isinstance(point, Point):
                point.offset += offset
            yield point


def _end_of(data: bytes, start: re.Match[bytes], following: int | None) -> int:
    """Return where a point ends: at the latest where the next one starts; -1: not yet there."""
    last = len(data) if following is None else following
    missing = -1 if following is None else following
    tag = data.find(b">", start.end() - 1, last)
    if tag < 0:
        return missing
    if data[tag - 1 : tag] == b"/":
        return tag + 1
    close = b"</" + start["name"] + b">"
    end = data.find(close, tag, last)
    return end + len(close) if end >= 0 else missing
