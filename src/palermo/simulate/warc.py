"""Writes the crawls of the fictional sites as WARC files, gzipped and plain."""

import gzip
import hashlib
import uuid
from base64 import b32encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from palermo.simulate import pages, pictures
from palermo.simulate.intake import Evidence
from palermo.simulate.story import Posting, Story
from palermo.simulate.world import SITE_ZONE, Site

ROWS = 25  # adverts on a listing page


class Crawl:
    """One WARC file of one site. Record ids are digests of the seed, so that equal is equal."""

    def __init__(self, story: Story, site: Site, out: BinaryIO, name: str) -> None:
        self._story = story
        self._site = site
        self._name = name
        self._count = 0
        self._time = story.start
        self._writer = WARCWriter(out, gzip=name.endswith(".gz"), warc_version="WARC/1.1")

    def begin(self, time: datetime) -> None:
        self._time = time
        info = f"software: fictional-crawler/1.0\r\nformat: WARC File Format 1.1\r\nhostname: {self._site.host}\r\n"
        record = self._writer.create_warc_record(
            None,
            "warcinfo",
            payload=BytesIO(info.encode()),
            length=len(info),
            warc_content_type="application/warc-fields",
            warc_headers_dict=self._headers() | {"WARC-Filename": self._name},
        )
        self._writer.write_record(record)

    def _headers(self) -> dict[str, str]:
        self._count += 1
        digest = hashlib.sha256(f"{self._story.seed}/{self._name}/{self._count}".encode()).digest()
        return {
            "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}>",
            "WARC-Date": self._time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    def respond(self, url: str, body: bytes, media: str, again: bool = False) -> None:
        """Write a response, or a revisit where the same bytes had been there before."""
        self._time += timedelta(seconds=2)
        head = [("Content-Type", media), ("Server", "nginx"), ("X-Cache", "MISS")]
        coded = body
        if media.startswith("text/html") and self._site.transfer == "gzip":
            coded = gzip.compress(body, 6, mtime=0)
            head.append(("Content-Encoding", "gzip"))
        if media.startswith("text/html") and self._site.transfer == "chunked":
            coded = _chunks(body)
            head.append(("Transfer-Encoding", "chunked"))
        else:
            head.append(("Content-Length", str(len(coded))))
        if self._site.transfer == "plain" and not again:
            self._request(url)
        extra = self._headers()
        kind = "revisit" if again else "response"
        if again:
            extra["WARC-Profile"] = (
                "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
            )
            extra["WARC-Refers-To-Target-URI"] = url
            digest = hashlib.sha1(body, usedforsecurity=False).digest()
            extra["WARC-Payload-Digest"] = "sha1:" + _base32(digest)
            coded = b""
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(coded),
            length=len(coded),
            http_headers=StatusAndHeaders("200 OK", head, protocol="HTTP/1.1"),
            warc_headers_dict=extra,
        )
        self._writer.write_record(record)

    def _request(self, url: str) -> None:
        host, path = url.split("/", 3)[2:]
        record = self._writer.create_warc_record(
            url,
            "request",
            http_headers=StatusAndHeaders(
                f"GET /{path} HTTP/1.1", [("Host", host)], is_http_request=True
            ),
            warc_headers_dict=self._headers(),
        )
        self._writer.write_record(record)


def _base32(digest: bytes) -> str:
    return b32encode(digest).decode()


def _chunks(body: bytes, size: int = 1400) -> bytes:
    parts = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def write_crawls(evidence: Evidence) -> None:
    """Write each site's crawls, six in a file; the last site's files are not gzipped."""
    story = evidence.story
    step = timedelta(days=7 if story.size == "large" else 4)
    for number, site in enumerate(story.sites):
        mine = [posting for posting in story.postings if posting.site == site]
        suffix = ".warc" if number == len(story.sites) - 1 else ".warc.gz"
        times = []
        time = story.start + timedelta(days=1, hours=3, minutes=number)
        while time < story.end + step:
            times.append(time)
            time += step
        per_file = 6
        for part in range(0, len(times), per_file):
            name = f"{site.host.split('.')[0]}-{part // per_file + 1:02d}{suffix}"
            with evidence.path(f"web/{name}").open("wb") as out:
                crawl = Crawl(story, site, out, name)
                _crawl_site(story, (site, mine), times[part : part + per_file], crawl, step)
            evidence.bears(f"email:{site.support}", site.support, f"web/{name}")
            evidence.state(f"web/{name}", region=site.region, zone=SITE_ZONE[site.region])


def _crawl_site(
    story: Story,
    kit: tuple[Site, Sequence[Posting]],
    times: Sequence[datetime],
    crawl: Crawl,
    step: timedelta,
) -> None:
    site, mine = kit
    rng = story.stream(f"crawl/{site.host}/{times[0]:%j}")
    media = f"text/html; charset={site.charset}"
    seen: set[str] = set()  # pictures in this file
    for time in times:
        crawl.begin(time)
        fresh = [p for p in mine if time - step <= p.posted < time]
        older = [p for p in mine if time - 3 * step <= p.posted < time - step]
        if time == times[0] and time - step < story.start:
            fresh = [p for p in mine if p.posted < time]
        visible = sorted(fresh + older, key=lambda p: p.posted, reverse=True)
        for page in range(0, min(len(visible), 20 * ROWS), ROWS):
            body = pages.listing(
                site, f"Newest adverts, page {page // ROWS + 1}", visible[page : page + ROWS]
            )
            crawl.respond(f"https://{site.host}/new?page={page // ROWS + 1}", body, media)
        for posting in fresh + [p for p in older if rng.random() < 0.2]:
            others = rng.sample(visible, min(3, len(visible)))
            body = pages.detail(posting, [p for p in others if p is not posting])
            crawl.respond(posting.url, body, media)
            for copy in posting.pictures:
                path = pages.image_path(copy.shot.id, copy.variant)
                if path not in seen:
                    seen.add(path)
                    picture = pictures.shown(story.seed, copy.shot, copy.variant)
                    crawl.respond(f"https://{site.host}{path}", picture, "image/jpeg")
        _furniture(story, site, crawl, time)


def _furniture(story: Story, site: Site, crawl: Crawl, time: datetime) -> None:
    """Crawl pages that are no adverts: an article with the advice line, unchanged the next time."""
    line = next((k for k, t in story.traps.items() if t[0] == "hotline"), "phone:")
    media = f"text/html; charset={site.charset}"
    number = int(time.strftime("%j")) // 14
    body = pages.article(site, number, f"Free advice line: {line[6:]}", story.start)
    crawl.respond(f"https://{site.host}/advice/{number}", body, media)
    if number % 2:
        crawl.respond(f"https://{site.host}/advice/{number}", body, media, again=True)
