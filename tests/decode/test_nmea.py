"""AIS sentences: positions and names of ships, honest about when."""

import io
from collections import Counter
from datetime import UTC, datetime

import pyais
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyais.encode import encode_dict

from palermo.decode.decoder import Context
from palermo.decode.nmea import Nmea
from palermo.testing import check_decoder
from palermo.vocabulary import Event, EventKind, Kind, Problem, Role, Statement

EXHIBIT = "x" + "0" * 32
SHIP = {"mmsi": 235070716, "lat": 50.77, "lon": -1.09, "speed": 10.0, "course": 157.8, "second": 9}


def read(data, **stated):
    context = Context(exhibit=EXHIBIT, name="a.nmea", statement=Statement(**stated))
    items = list(Nmea().read(io.BytesIO(data), context))
    events = [item for item in items if isinstance(item, Event)]
    return events, [item for item in items if isinstance(item, Problem)]


def sentence(kind=1, **values):
    return [line.encode() for line in encode_dict({"msg_type": kind, **SHIP, **values})]


def base(minute, second=0):
    when = dict(year=2024, month=3, day=1, hour=12, minute=minute, second=second)
    return sentence(4, mmsi=2320001, **when)[0]


NAMED = sentence(5, shipname="EXAMPLE STAR", callsign="EX1", destination="SOUTHAMPTON", imo=1234567)


def test_a_report():
    data = b"\r\n".join([*sentence(), *NAMED, *sentence(18, speed=102.3, course=360)]) + b"\r\n"
    items = check_decoder(Nmea(), data, variants=60)
    assert all(isinstance(item, Event) for item in items)
    report, static, other = items
    assert (round(report.lat, 4), round(report.lon, 4)) == (50.77, -1.09)
    assert report.details["speed"] == "5.144" and report.details["course"] == "157.8"
    assert report.details["second"] == "9"
    assert report.time is None and report.zone is None  # plain NMEA does not say when
    assert [(p.role, p.kind, p.value) for p in report.parties] == [
        (Role.DEVICE, Kind.VESSEL, "235070716")
    ]
    assert static.lat is None
    assert static.details["ship"] == "EXAMPLE STAR" and static.details["callsign"] == "EX1"
    assert static.details["destination"] == "SOUTHAMPTON"
    assert static.text == b"\n".join(NAMED).decode()
    assert Nmea().payload(io.BytesIO(data), static.locator) == b"\n".join(NAMED)
    assert "speed" not in other.details and "course" not in other.details


def tagged(tags, line):
    total = 0
    for byte in tags:
        total ^= byte
    return b"\\%s*%02X\\%s" % (tags, total, line)


WHEN = datetime(2024, 3, 1, 12, 0, 5, tzinfo=UTC)
STAMPS = [
    (lambda s: tagged(b"s:station,c:1709294405", s), "UTC", 1, "a tag block"),
    (lambda s: tagged(b"c:1709294405000", s), "UTC", 1, "a tag block in milliseconds"),
    (lambda s: s + b",1709294405", "UTC", 1, "seconds behind"),
    (lambda s: b"2024-03-01T12:00:05Z " + s, "Z", 1, "a receiver's log"),
    (lambda s: b"2024-03-01 12:00:05 " + s, "unknown", 50401, "a log without zone"),
]


@pytest.mark.parametrize(("write", "zone", "error", "why"), STAMPS)
def test_a_receivers_time(write, zone, error, why):
    data = write(sentence()[0])
    check_decoder(Nmea(), data, variants=20)
    (event,), problems = read(data)
    assert not problems
    assert (event.time, event.zone, event.time_error) == (WHEN, zone, error), why


def test_base_stations_say_when_reports_between_them_were():
    data = b"\n".join([*sentence(), base(0), *sentence(), base(1), *sentence()])
    events, _ = read(data)
    first, start, between, end, last = events
    assert first.time is None and last.time is None
    assert start.time == datetime(2024, 3, 1, 12, 0, tzinfo=UTC) and start.time_error == 1
    assert between.time == datetime(2024, 3, 1, 12, 0, 30, tzinfo=UTC)
    assert between.time_error == 31 and "base stations" in between.details["time_from"]
    assert end.time == datetime(2024, 3, 1, 12, 1, tzinfo=UTC)


def test_base_stations_out_of_order_say_nothing():
    events, _ = read(b"\n".join([base(5), *sentence(), base(1)]))
    assert events[1].time is None


def altered(line):
    return line.replace(b"*", b"0*", 1)


BROKEN = [
    ([altered(sentence()[0])], ["checksum"], 0, "a letter too many"),
    ([NAMED[0]], ["part"], 0, "the second part is missing"),
    ([NAMED[1]], ["part"], 0, "the first part is missing"),
    ([NAMED[0], *NAMED], ["part"], 1, "a first part twice"),
    ([NAMED[0], *sentence(), NAMED[1]], [], 2, "another report between two parts"),
    ([b"# log of a receiver"], ["sentence"], 0, "no sentence at all"),
    ([b"$GPGGA,1*%02X" % (0x4D ^ 0x1B)], ["checksum"], 0, "another kind, and its checksum wrong"),
    ([b"!AIVDM,1,1,,B,,0*25"] * 3, ["silent"], 0, "nothing in it, three times"),
    ([tagged(b"c:1", sentence()[0]).replace(b"c:1", b"c:2")], ["checksum"], 0, "a false tag block"),
]


@pytest.mark.parametrize(("lines", "kinds", "count", "why"), BROKEN)
def test_broken_lines_are_located(lines, kinds, count, why):
    data = b"\n".join([*lines, *sentence()])
    events, problems = read(data)
    assert [problem.kind for problem in problems] == kinds, why
    assert len(events) == count + 1, why
    for problem in problems:
        assert Nmea().payload(io.BytesIO(data), problem.locator).split(b"\n")[0] in lines
    if kinds == ["silent"]:
        assert problems[0].count == 3


def test_a_position_that_is_not_known_is_none():
    (event,), problems = read(sentence(lat=91, lon=181)[0])
    assert event.lat is None and event.details["position"] == "not available" and not problems


def test_a_safety_text():
    (event,), _ = read(sentence(14, text="MAN OVERBOARD")[0])
    assert event.kind is EventKind.MESSAGE and event.details["message"] == "MAN OVERBOARD"


def test_the_real_log_agrees_with_pyais(shared):
    data = shared("tracks/nmea_sample.txt").read_bytes()
    assert Nmea().accepts(data[:65536], Context(exhibit=EXHIBIT, name="x")) > 0.9
    events, problems = read(data)
    check_decoder(Nmea(), data, variants=5)
    expected = []
    for message in pyais.FileReaderStream(str(shared("tracks/nmea_sample.txt"))):
        try:
            found = message.decode()
        except pyais.exceptions.MissingPayloadException:
            continue
        if found.msg_type in (1, 2, 3, 4, 5, 18, 24):
            lat, lon = getattr(found, "lat", None), getattr(found, "lon", None)
            known = lat is not None and (lat, lon) != (91.0, 181.0)
            expected.append((found.mmsi, lat if known else None, lon if known else None))
    got = [(int(e.parties[0].value), e.lat, e.lon) for e in events]
    assert sorted(got, key=str) == sorted(expected, key=str)
    counts = Counter()
    for problem in problems:
        counts[problem.kind] += problem.count
    assert counts == {"silent": 100, "part": 20}  # no second part is in the file


@settings(max_examples=60, deadline=None)
@given(
    st.integers(201000000, 775999999),
    st.floats(-89, 89),
    st.floats(-179, 179),
    st.integers(0, 1000),
)
def test_what_was_written_is_read(mmsi, lat, lon, speed):
    (event,), _ = read(sentence(mmsi=mmsi, lat=lat, lon=lon, speed=speed / 10)[0])
    assert event.parties[0].value == str(mmsi)
    assert abs(event.lat - lat) < 1e-5 and abs(event.lon - lon) < 1e-5  # 1/10000 of a minute
    assert abs(float(event.details["speed"]) - speed / 10 * 0.514444) < 0.06


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([*NAMED, *sentence()])), max_size=8)
)
def test_any_bytes_are_survived(lines):
    check_decoder(Nmea(), b"\n".join(lines), variants=0)


def test_every_prefix():
    data = b"\n".join([*sentence(), *NAMED, *sentence()])
    for cut in range(len(data)):
        events, problems = read(data[:cut])
        assert events or problems
