"""Reads web archives: WARC and ARC, plain or gzipped, sound or damaged."""

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from palermo.decode.decoder import Context, Section
from palermo.decode.tally import Tally
from palermo.decode.web.digests import digest_fault
from palermo.decode.web.http import Response, split
from palermo.decode.web.page import NO_ADVERT, Shot, read_page
from palermo.decode.web.records import ARC_START, GZIP, START, Record, begins, record_at, records
from palermo.decode.web.revisits import Seen, answer_of, url_of
from palermo.vocabulary import Event, Part, Problem

PAGES = {"text/html", "application/xhtml+xml"}
CAPTURES = {"response", "resource", "conversion"}
# Records about the capture, not of it.
IGNORED = {"warcinfo", "request", "metadata"}
# What a page needs to look and move as it does, and holds nothing that anybody said.
FURNITURE = re.compile(
    r"text/css|(text|application)/(x-)?(java|ecma)script|(application/)?(x-)?font"
)
UNSAID = {"", "application/octet-stream", "unknown/unknown", "no-type", "application/http"}
MARKUP = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n", "image/png"),
    (b"GIF8", "image/gif"),
)
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z?$")
DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")

Item = Event | Part | Problem


class Warc:
    """Web archives (WARC and ARC): pages, the adverts on them, and their pictures."""

    name = "warc"
    references = ("sites",)
    counted = frozenset({NO_ADVERT})
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        if head.startswith(GZIP):
            try:
                head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 4096)
            except zlib.error:
                head = b""
        if START.match(head) or (head.startswith(b"filedesc:") and ARC_START.match(head)):
            return 1.0
        named = re.search(r"\.w?arc(\.gz)?$", context.name.lower()) is not None
        return 0.6 if named or re.search(rb"^WARC/\d\.\d\r?\n", head, re.MULTILINE) else 0.0

    def sections(self, source: BinaryIO, size: int) -> list[Section]:
        """Cut where a record begins; what a section's revisits refer to is noted beforehand."""
        seen = Seen(source)
        cuts: list[tuple[int, dict[str, str]]] = [(0, {})]
        for record in records(source):
            if not isinstance(record, Record):
                continue
            start = begins(record)
            if start is not None and start - cuts[-1][0] >= size:
                cuts.append((start, {}))
            if record.headers.get("warc-type") in CAPTURES:
                seen.add(record)
            elif record.headers.get("warc-type") != "revisit":
                continue
            elif (before := seen.before(record)) is not None:
                cuts[-1][1][record.locator] = before
        ends = [*(start for start, _ in cuts[1:]), source.seek(0, 2)]
        return [
            Section(first=start, end=end, before=before)
            for (start, before), end in zip(cuts, ends, strict=True)
        ]

    def read(self, source: BinaryIO, context: Context) -> Iterator[Item]:
        seen = Seen(source)
        tally = Tally(self.counted)
        within = (context.section.first, context.section.end) if context.section else ()
        for framed in records(source, *within):
            read: Iterable[Item] = [framed] if isinstance(framed, Problem) else ()
            if isinstance(framed, Record):
                read = self._record(framed, source, context, seen)
            for item in read:
                if isinstance(item, Problem):
                    yield from tally.problem(item.locator, item.kind, item.message)
                else:
                    yield item
        yield from tally.rest()

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        """Return a record's body as a browser saw it; a revisit's is the earlier record's."""
        place = dict(part.split(":", 1) for part in locator.split(";"))
        if "refers" in place:
            offset, _, inner = place["refers"].partition("/")
            locator = f"offset:{offset};inner:{inner or 0}"
        return answer_of(record_at(source, locator)).body

    def _record(
        self, record: Record, source: BinaryIO, context: Context, seen: Seen
    ) -> Iterator[Item]:
        for kind, message in record.faults:
            yield Problem(locator=record.locator, kind=kind, message=f"the record {message}")
        sort = record.headers.get("warc-type", "")
        if sort in IGNORED:
            yield from _digest_problems(record, [split(record.block)[1], record.block])
            return
        if sort == "revisit":
            yield from self._revisit(record, source, context, seen)
            return
        if sort not in CAPTURES:
            message = f"a record of type {sort[:40]!r} is not read"
            yield Problem(locator=record.locator, kind="record", message=message)
            return
        answer = answer_of(record)
        yield from _answer_problems(record, answer)
        seen.add(record)
        yield from self._content(record, answer, record.locator, source, context)

    def _revisit(
        self, record: Record, source: BinaryIO, context: Context, seen: Seen
    ) -> Iterator[Item]:
        """Read a record that says: the same as before. It is a sighting of the earlier payload."""
        noted = context.section.before if context.section else {}
        before = noted.get(record.locator) or seen.before(record)
        if before is None:
            digest = record.headers.get("warc-payload-digest", "no digest")
            message = f"equals an earlier capture, which is not in this file ({digest[:140]})"
            yield Problem(locator=record.locator, kind="revisit", message=message)
            yield from self._content(record, answer_of(record), record.locator, source, context)
            return
        place = dict(part.split(":", 1) for part in before.split(";"))
        locator = f"{record.locator};refers:{place['offset']}/{place.get('inner', '0')}"
        answer = answer_of(record_at(source, before))
        yield from self._content(record, answer, locator, source, context)

    def _content(
        self, record: Record, answer: Response, locator: str, source: BinaryIO, context: Context
    ) -> Iterator[Item]:
        if answer.status is not None and 300 <= answer.status < 400:
            return  # a redirect holds nothing but where to go; its target is a record of its own
        media_type = _media_type(answer)
        url = url_of(record)
        if media_type in PAGES:
            written = record.headers.get("warc-date")
            time = _time(written or "")
            if time is None:
                message = f"the record's date is not readable: {written!r}"
                yield Problem(locator=locator, kind="time", message=message)
            shot = Shot(
                raw=answer.body,
                locator=locator,
                url=url,
                time=time,
                time_written=written,
                media_type=media_type,
                status=answer.status,
                charset=answer.charset,
            )
            yield from read_page(shot, context)
        elif answer.body and not FURNITURE.match(media_type):
            yield Part(
                name=url or locator,
                locator=locator,
                open=lambda: io.BytesIO(self.payload(source, locator)),
            )


def _answer_problems(record: Record, answer: Response) -> Iterator[Problem]:
    for fault in answer.faults:
        yield Problem(locator=record.locator, kind="http", message=f"the response {fault}")
    if cut := record.headers.get("warc-truncated"):
        message = f"the capture itself was cut short ({cut[:40]})"
        yield Problem(locator=record.locator, kind="truncated", message=message)
    # Tools differ in what they call the payload: the body as sent, without chunks, or decoded.
    yield from _digest_problems(record, [answer.raw, answer.whole, answer.body])


def _digest_problems(record: Record, bodies: list[bytes]) -> Iterator[Problem]:
    for name, contents in (("block", [record.block]), ("payload", bodies)):
        if fault := digest_fault(record, f"warc-{name}-digest", contents):
            yield Problem(locator=record.locator, kind="digest", message=fault)


def _media_type(answer: Response) -> str:
    """Return what the body is: as stated, unless nothing is stated or a picture belies it."""
    stated = answer.media_type
    if stated in UNSAID or stated in PAGES:
        for magic, kind in PICTURES:
            if answer.body.startswith(magic):
                return kind
        if stated in UNSAID and MARKUP.match(answer.body[:2048]):
            return "text/html"
    return stated


def _time(written: str) -> datetime | None:
    match = ISO.match(written) or DIGITS.match(written)
    if match is None:
        return None
    try:
        return datetime(*(int(group or 0) for group in match.groups()), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None
