"""Web archives: sound ones agree with warcio, damaged ones yield the rest and say what is wrong."""

import base64
import gzip
import hashlib
import io
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from palermo.decode.decoder import Context
from palermo.decode.warc import Warc
from palermo.decode.web.http import dechunk
from palermo.decode.web.page import NO_ADVERT
from palermo.testing import check_decoder
from palermo.vocabulary import Event, Part, Problem

HTML = b"<html><title>Rooms</title><body><h1>Rooms</h1><p>Call 020&nbsp;7946 0018</p></body></html>"
URL = "http://example.org/rooms"


def record(sort="response", url=URL, body=HTML, media="text/html", status="200 OK", **more):
    """Return a WARC record as bytes; `more` are HTTP headers (h_) and WARC headers (w_)."""
    http = {name[2:].replace("_", "-"): value for name, value in more.items() if name[:2] == "h_"}
    head = "".join(
        f"{name}: {value}\r\n" for name, value in {"Content-Type": media, **http}.items()
    )
    block = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    warc = {
        "WARC-Type": sort,
        "WARC-Target-URI": url,
        "WARC-Date": "2024-05-01T10:00:00Z",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        **{
            f"WARC-{name[2:].replace('_', '-')}": value
            for name, value in more.items()
            if name[:2] == "w_"
        },
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in warc.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def read(data, name="example.warc"):
    items = check_decoder(Warc(), data, Context(exhibit="x" + "0" * 32, name=name), variants=12)
    return (
        [item for item in items if isinstance(item, Event)],
        [item for item in items if isinstance(item, Part)],
        # what is on the pages is another test's
        [item for item in items if isinstance(item, Problem) and item.kind != NO_ADVERT],
    )


SOUND = [
    "example.warc",
    "example.warc.gz",
    "example.arc",
    "example.arc.gz",
    "example-iana.org-chunked.warc",
    "example-resource.warc.gz",
    "example-wget-bad-target-uri.warc.gz",
    "post-test.warc.gz",
]


@pytest.mark.parametrize("name", SOUND)
def test_sound_files_agree_with_warcio(shared, name):
    data = shared(f"web/warcio/{name}").read_bytes()
    events, parts, problems = read(data, name)
    assert problems == []
    theirs = [
        (r.rec_headers.get_header("WARC-Target-URI") or r.rec_headers.get_header("uri"), body)
        for r in ArchiveIterator(io.BytesIO(data))
        if r.rec_type in ("response", "resource") and (body := r.content_stream().read())
    ]
    fresh = [event for event in events if "refers" not in event.locator]
    ours = [(e.details["url"], Warc().payload(io.BytesIO(data), e.locator)) for e in fresh]
    ours += [(part.name, part.open().read()) for part in parts]
    assert sorted(ours) == sorted(theirs)


DAMAGED = [  # file, pages, problems' kinds, why
    ("bad.arc", 0, {"record"}, "lengths that are no numbers"),
    ("example-bad-non-chunked.warc.gz", 2, {"gzip"}, "all records in one gzip member"),
    ("example-bad.warc.gz.bad", 2, {"gzip"}, "all records in one gzip member"),
    ("example-digest.warc", 0, {"digest"}, "the first of four payload digests is wrong"),
    ("example-space-in-url.arc", 1, {"record"}, "twelve bytes fewer than stated"),
    ("example-trunc.warc", 1, {"http", "digest", "record"}, "a length two bytes short"),
    ("example-wrong-chunks.warc.gz", 1, {"gzip", "digest"}, "one record over two gzip members"),
]


@pytest.mark.parametrize(("name", "pages", "kinds", "why"), DAMAGED, ids=lambda v: str(v)[:32])
def test_damaged_files_yield_the_rest_and_say_where(shared, name, pages, kinds, why):
    events, _, problems = read(shared(f"web/warcio/{name}").read_bytes(), name)
    assert len(events) == pages
    assert {problem.kind for problem in problems} == kinds
    assert all(problem.locator.startswith("offset:") for problem in problems)


def test_a_page_says_where_and_when():
    (page,), _, problems = read(record())
    assert not problems
    assert page.text == "Rooms\nRooms\nCall 020\xa07946 0018"
    assert page.time.isoformat() == "2024-05-01T10:00:00+00:00" and page.time_error == 1
    assert page.details["url"] == URL and page.details["title"] == "Rooms"
    assert page.details["status"] == "200"
    data = record()
    assert page.locator == f"offset:0;length:{len(data) - 4}"


BODIES = [
    ("gzip", {"h_Content_Encoding": "gzip"}, gzip.compress(HTML, mtime=0)),
    ("deflate", {"h_Content_Encoding": "deflate"}, zlib.compress(HTML)),
    (
        "raw deflate, as some servers send",
        {"h_Content_Encoding": "deflate"},
        zlib.compress(HTML)[2:-4],
    ),
    ("brotli", {"h_Content_Encoding": "br"}, brotli.compress(HTML)),
    (
        "chunked",
        {"h_Transfer_Encoding": "chunked"},
        b"4\r\n" + HTML[:4] + b"\r\n%x;x\r\n" % (len(HTML) - 4) + HTML[4:] + b"\r\n0\r\n\r\n",
    ),
]


@pytest.mark.parametrize(("why", "headers", "body"), BODIES, ids=[row[0] for row in BODIES])
def test_codings_are_undone(why, headers, body):
    data = record(body=body, **headers)
    (page,), _, problems = read(data)
    assert not problems
    assert Warc().payload(io.BytesIO(data), page.locator) == HTML


BAD_BODIES = [
    ("not chunked at all", {"h_Transfer_Encoding": "chunked"}, HTML, "chunked and is not"),
    (
        "gzip cut short",
        {"h_Content_Encoding": "gzip"},
        gzip.compress(HTML, mtime=0)[:-30],
        "cut short",
    ),
    ("not gzip", {"h_Content_Encoding": "gzip"}, HTML, "stated to be gzip"),
    ("unknown coding", {"h_Content_Encoding": "zstd"}, HTML, "'zstd'"),
]


@pytest.mark.parametrize(
    ("why", "headers", "body", "says"), BAD_BODIES, ids=[r[0] for r in BAD_BODIES]
)
def test_wrong_codings_are_reported(why, headers, body, says):
    (page,), _, problems = read(record(body=body, **headers))
    assert page.text.startswith("Rooms") or "cut" in why
    assert any(says in problem.message for problem in problems)


def test_digests_are_verified():
    good = hashlib.sha256(HTML).hexdigest()
    _, _, problems = read(record(w_Payload_Digest=f"sha256:{good}"))
    assert not problems
    _, _, problems = read(record(w_Payload_Digest=f"sha256:{good[::-1]}"))
    assert [problem.kind for problem in problems] == ["digest"]
    _, _, problems = read(record(w_Payload_Digest="crc32:00000000"))
    assert "no known digest" in problems[0].message


def test_pictures_become_parts_and_furniture_does_not():
    data = (
        record(url="http://example.org/a.jpg", body=b"\xff\xd8\xff picture", media="image/jpeg")
        + record(url="http://example.org/b", body=b"\x89PNG\r\n\x1a\n", media="text/html")
        + record(url="http://example.org/a.css", body=b"p {}", media="text/css")
        + record(sort="request")
        + record(status="302 Found", h_Location="/b")
        + record(url="http://example.org/c.pdf", body=b"%PDF-1.7", media="application/pdf")
    )
    events, parts, problems = read(data)
    assert [part.name.rpartition("/")[2] for part in parts] == ["a.jpg", "b", "c.pdf"]
    assert parts[0].open().read() == b"\xff\xd8\xff picture"
    assert events == [] and problems == []


def test_a_revisit_is_a_sighting_of_the_earlier_payload():
    digest = "sha1:" + hashlib.sha1(HTML).hexdigest()
    again = record("revisit", body=b"", w_Payload_Digest=digest).replace(b"05-01T", b"06-02T")
    data = record(w_Payload_Digest=digest) + again
    (first, second), _, problems = read(data)
    assert not problems
    assert first.text == second.text and second.time.month == 6
    (alone,), _, problems = read(again)
    assert [problem.kind for problem in problems] == ["revisit"]
    assert alone.text == "" and alone.time == second.time  # seen again, though not what


def test_a_revisit_may_mean_the_payload_in_another_form():
    sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML)
    stated = "sha1:" + base64.b32encode(hashlib.sha1(HTML).digest()).decode()
    again = record("revisit", body=b"", w_Payload_Digest=stated)
    first, second = read(record(body=sent, h_Transfer_Encoding="chunked") + again)[0]
    assert first.text == second.text


def test_a_wrong_length_does_not_swallow_the_next_record():
    one, two = record(), record(url="http://example.org/two")
    size = len(one) - 4 - one.index(b"\r\n\r\n") - 4
    for stated in (size + 50, size - 20):
        data = one.replace(f"Content-Length: {size}".encode(), f"Content-Length: {stated}".encode())
        events, _, problems = read(data + two)
        assert [event.details["url"] for event in events] == [URL, "http://example.org/two"]
        assert problems


@pytest.mark.parametrize("joined", [False, True], ids=["a member a record", "one member"])
def test_damage_in_the_middle_loses_only_what_it_hits(joined):
    rows = [record(url=f"http://example.org/{n}", body=HTML + b"%d" % n) for n in range(6)]
    if joined:
        data = b"".join(rows)
        at = len(rows[0]) + 3
        data = data[:at] + b"\0\0\0" + data[at + 3 :]
    else:
        members = [gzip.compress(row, mtime=0) for row in rows]
        at = len(members[0]) + 30
        data = b"".join(members)
        data = data[:at] + bytes(40) + data[at + 40 :]
    events, _, problems = read(data)
    assert {event.details["url"][-1] for event in events} >= set("02345")
    assert problems


def test_a_carried_warc_stays_in_one_piece():
    inner = record(url="http://example.org/inner")
    outer = record(
        url="http://example.org/x.warc", body=b"\r\n\r\n" + inner, media="application/warc"
    )
    _, parts, problems = read(outer + record())
    assert not problems
    assert [part.name for part in parts] == ["http://example.org/x.warc"]


@given(st.binary(max_size=300), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_chunks_are_joined_as_they_were_cut(data, cuts):
    step = len(data) // (cuts + 1) + 1
    chunks = [data[at : at + step] for at in range(0, len(data), step)]
    sent = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    assert dechunk(sent) == (data, None)


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_without_raising(data):
    check_decoder(Warc(), b"WARC/1.0\r\nWARC-Type: response\r\n" + data, variants=0)
    check_decoder(Warc(), b"\x1f\x8b\x08" + data, variants=0)


def shown(data, section=None):
    """What a file or a section of it gives; how often a problem was met is counted by section."""
    context = Context(exhibit="x" + "0" * 32, name="x.warc", section=section)
    items = [*Warc().read(io.BytesIO(data), context)]
    events = [item for item in items if isinstance(item, Event)]
    parts = [
        (item.name, item.locator, item.open().read()) for item in items if isinstance(item, Part)
    ]
    problems = {(p.locator, p.kind, p.message) for p in items if isinstance(p, Problem)}
    return events, parts, {one for one in problems if one[1] != NO_ADVERT}


def check_sections(data, size):
    sections = Warc().sections(io.BytesIO(data), size)
    assert [s.first for s in sections] == [0, *(s.end for s in sections[:-1])]
    assert sections[-1].end == len(data)
    read = [shown(data, section) for section in sections]
    events, parts, problems = shown(data)
    assert [event for one in read for event in one[0]] == events
    assert [part for one in read for part in one[1]] == parts
    assert set().union(*(one[2] for one in read)) == problems
    return sections


DIGEST = "sha1:" + hashlib.sha1(HTML).hexdigest()
PIECES = st.sampled_from(
    [
        record(),
        record(w_Payload_Digest=DIGEST),
        record("revisit", body=b"", w_Payload_Digest=DIGEST),
        record("revisit", body=b"", w_Payload_Digest="sha1:" + "0" * 40),
        record(url="http://example.org/p.jpg", body=b"\xff\xd8\xff p", media="image/jpeg"),
        record("request", body=b""),
        record().replace(b"Content-Length: 1", b"Content-Length: 2"),
        record(url="http://example.org/x.warc", body=b"\r\n" + record(), media="application/warc"),
        b"no record\r\n",
        b"WARC/1.0\r\n\r\n",
        record()[:90],
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=9), st.booleans(), st.integers(1, 1500), st.booleans())
@settings(max_examples=150, deadline=None)
def test_sections_give_together_what_the_whole_gives(pieces, zipped, size, damaged):
    members = [gzip.compress(piece, mtime=0) for piece in pieces] if zipped else pieces
    data = b"".join(members)
    if damaged:
        data = data[: len(data) // 2] + bytes(9) + data[len(data) // 2 + 9 :]
    check_sections(data, size)


@pytest.mark.parametrize("name", [*SOUND, *(row[0] for row in DAMAGED)])
def test_sections_of_real_files_give_what_the_whole_gives(shared, name):
    data = shared(f"web/warcio/{name}").read_bytes()
    check_sections(data, 2000)
