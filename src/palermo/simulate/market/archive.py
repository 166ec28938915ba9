"""Writes a site's crawl of a day as a web archive, gzipped record by record."""

import gzip
import hashlib
import time
from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from palermo.simulate.market import pages
from palermo.simulate.market.adverts import Advert
from palermo.simulate.market.dice import MASK, Dice
from palermo.simulate.market.ground import SITES

LEVEL = 1  # of compression: crawlers hurry


@dataclass(frozen=True, slots=True)
class Capture:
    """An advert as a crawl met it. Times are seconds since 1970."""

    advert: Advert
    id: int  # the posting's number on its site
    captured: int
    posted: int


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a capture stands: the record's offset, and the advert's place on its page."""

    capture: Capture
    offset: int
    item: int


class Archive:
    """One WARC file, in memory until it is done: a day of one site."""

    def __init__(self, site: int, name: str, seed: int) -> None:
        self._site, self._number = SITES[site], site
        self._name = name
        self._dice = Dice(seed, name)
        self._count = 0
        self.out = BytesIO()

    def store(self, captures: Sequence[Capture]) -> Iterator[Stored]:
        """Write captures in order of time; several a page where the site is of that make."""
        if captures:
            self._info(captures[0].captured)
        if self._site.make != "list":
            for capture in captures:
                shown = self._shown(capture)
                url = f"https://{self._site.host}{pages.path(self._site, capture.id)}"
                offset = self._respond(url, capture.captured, pages.page(self._number, shown))
                yield Stored(capture, offset, 0)
            return
        for number, begin in enumerate(range(0, len(captures), pages.LISTED)):
            some = captures[begin : begin + pages.LISTED]
            heading = f"Newest adverts, page {number + 1}"
            body = pages.listing(self._number, heading, [self._shown(c) for c in some])
            # whoever has a page has it after all that it shows
            url = f"https://{self._site.host}/new?page={number + 1}"
            offset = self._respond(url, some[-1].captured, body)
            yield from (Stored(c, offset, item) for item, c in enumerate(some))

    def _shown(self, capture: Capture) -> pages.Shown:
        advert = capture.advert
        when = pages.posted(self._site, capture.posted)
        return (
            capture.id, pages.html(advert.title), advert.town, advert.price, when,
            pages.html(advert.body),
        )  # fmt: skip

    def _info(self, second: int) -> None:
        info = b"software: fictional-crawler/2.0\r\nformat: WARC File Format 1.1\r\n"
        named = f"WARC-Filename: {self._name}\r\n"
        self._record("warcinfo", named, second, "application/warc-fields", info)

    def _respond(self, url: str, second: int, body: bytes) -> int:
        coding, sent = "", body
        if self._site.transfer == "gzip":
            sent = gzip.compress(body, LEVEL, mtime=0)
            coding = "Content-Encoding: gzip\r\n"
        elif self._site.transfer == "chunked":
            sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            coding = "Transfer-Encoding: chunked\r\n"
        if self._site.transfer != "chunked":
            coding += f"Content-Length: {len(sent)}\r\n"
        head = (
            f"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\n{coding}"
            "\r\n"
        ).encode()
        digest = b32encode(hashlib.sha1(sent, usedforsecurity=False).digest()).decode()
        named = f"WARC-Target-URI: {url}\r\n"
        kind = "application/http; msgtype=response"
        offset = self._record(
            "response", f"{named}WARC-Payload-Digest: sha1:{digest}\r\n", second, kind, head + sent
        )
        if self._site.requests:
            asked = f"GET /{url.split('/', 3)[3]} HTTP/1.1\r\nHost: {self._site.host}\r\n\r\n"
            kind = "application/http; msgtype=request"
            self._record("request", named, second, kind, asked.encode())
        return offset

    def _record(self, sort: str, named: str, second: int, kind: str, block: bytes) -> int:
        self._count += 1
        one, two = self._dice.word(2 * self._count), self._dice.word(2 * self._count + 1)
        id = f"{(one << 64 | two) & (MASK << 64 | MASK):032x}"
        date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
        head = (
            f"WARC/1.1\r\nWARC-Type: {sort}\r\nWARC-Record-ID: <urn:uuid:{id[:8]}-{id[8:12]}-4"
            f"{id[13:16]}-a{id[17:20]}-{id[20:]}>\r\n{named}WARC-Date: {date}\r\nContent-Type: {kind}"
            f"\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        offset = self.out.tell()
        self.out.write(gzip.compress(b"%s%s\r\n\r\n" % (head.encode(), block), LEVEL, mtime=0))
        return offset
