"""GPX: every point leads back to its bytes; damage costs the damaged points only."""

import io
import random
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.decode.decoder import Context
from palermo.decode.gpx import Gpx
from palermo.testing import check_decoder
from palermo.vocabulary import Event, Problem, Role, Statement

EXHIBIT = "x" + "0" * 32
TRACK = """<?xml version="1.0" encoding="{encoding}"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Example Logger 3">
 <metadata><author><name>A N Example</name>
  <email id="ane" domain="example.org"/></author></metadata>
 <wpt lat="51.5" lon="-0.1"><name>Café &amp; bar</name></wpt>
 <rte><rtept lat="51.6" lon="-0.2"/></rte>
 <trk><name>Night drive</name><trkseg>
  <trkpt lat="51.50000" lon="-0.10000"><ele>12.5</ele><time>2024-03-01T22:00:00Z</time></trkpt>
  <trkpt lat="51.51" lon="-0.11"><time>2024-03-01T23:01:00.5+01:00</time><speed>3.2</speed>
   <extensions><x:More xmlns:x="e"><x:hr>80</x:hr><x:mood>calm</x:mood></x:More></extensions>
  </trkpt>
  <trkpt lat="51.52" lon="-0.12"><time>2024-03-01T22:02:00</time></trkpt>
 </trkseg></trk>
</gpx>
"""


def read(data, **stated):
    context = Context(exhibit=EXHIBIT, name="a.gpx", statement=Statement(**stated))
    items = list(Gpx().read(io.BytesIO(data), context))
    events = [item for item in items if isinstance(item, Event)]
    return events, [item for item in items if isinstance(item, Problem)]


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "ISO-8859-1"])
def test_a_track(encoding):
    data = TRACK.format(encoding=encoding).encode(encoding)
    context = Context(
        exhibit=EXHIBIT, name="a.gpx", statement=Statement(zone="Europe/London", holder="phone:1")
    )
    assert Gpx().accepts(data[:65536], context) > 0.9
    items = check_decoder(Gpx(), data, context, variants=100)
    place, route, one, two, three = (item for item in items if isinstance(item, Event))
    assert place.place == "Café & bar" and place.time is None
    assert [e.details["type"] for e in (place, route, one)] == ["waypoint", "route", "track"]
    assert (one.lat, one.lon, one.details["elevation"]) == (51.5, -0.1, "12.5")
    assert one.details["track"] == "Night drive" and "track" not in route.details
    assert one.details["creator"] == "Example Logger 3"
    assert one.details["author_email"] == "ane@example.org"
    assert one.time == datetime(2024, 3, 1, 22, tzinfo=UTC) and one.zone == "Z"
    assert two.time == datetime(2024, 3, 1, 22, 1, 0, 500000, tzinfo=UTC) and two.zone == "+01:00"
    assert three.zone == "assumed Europe/London"
    assert [party.role for party in one.parties] == [Role.HOLDER]
    raw = Gpx().payload(io.BytesIO(data), one.locator).decode(one.details.get("charset", "utf-8"))
    assert raw == one.text and raw.startswith("<trkpt") and raw.endswith("</trkpt>")
    assert route.text == '<rtept lat="51.6" lon="-0.2"/>'
    (unknown,) = (item for item in items if isinstance(item, Problem))
    assert unknown.kind == "element" and "mood" in unknown.message


def test_a_time_without_zone_is_unknown_without_a_statement():
    events, _ = read(TRACK.format(encoding="UTF-8").encode())
    assert events[-1].zone == "unknown" and events[-1].time_error >= 14 * 3600


BOMB = """<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "{x}"><!ENTITY b "&a;&a;&a;">]>
<gpx><trk><trkseg><trkpt lat="1" lon="1"><name>&b;</name></trkpt></trkseg></trk></gpx>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<gpx><wpt lat="1" lon="1"><name>&a;</name></wpt></gpx>"""


@pytest.mark.parametrize("attack", [BOMB.replace("{x}", "x" * 1000), OUTSIDE])
def test_entities_are_refused(attack):
    events, problems = read(attack.encode())
    assert not events and problems[0].kind == "entity"


def test_damage_costs_the_damaged_points_only():
    points = [f'<trkpt lat="{n}.5" lon="1"><ele>{n}</ele></trkpt>' for n in range(40)]
    points[10] = '<trkpt lat="10.5" lon="1"><ele>10</el></trkpt>'
    points[20] = '<trkpt lat="20.5" lon="1><ele>20</ele></trkpt>'
    points[30] = '<trkpt lat="30.5" lon="1"><ele>30</ele>'
    data = ("<gpx><trk><trkseg>\n" + "\n".join(points) + "\n</trkseg></trk></gpx>").encode()
    events, problems = read(data)
    assert sorted(event.lat - 0.5 for event in events) == [n for n in range(40) if n % 10 or not n]
    offsets = [int(p.locator.split(";")[0].partition(":")[2]) for p in problems]
    for n, offset in zip((10, 20, 30), offsets, strict=True):
        start = data.index(points[n].encode())
        assert start <= offset <= start + len(points[n])


BAD = [
    ('lat="91" lon="1"', "no place on Earth"),
    ('lat="x" lon="1"', "lacks a readable lat or lon"),
    ('lon="1"', "lacks a readable lat or lon"),
    ('lat="nan" lon="1"', "lacks a readable lat or lon"),
]


@pytest.mark.parametrize(("attributes", "said"), BAD)
def test_points_without_a_place_are_kept_and_reported(attributes, said):
    data = f"<gpx><wpt {attributes}><name>here</name></wpt></gpx>".encode()
    (event,), (problem,) = read(data)
    assert event.lat is None and event.place == "here"
    assert said in problem.message and problem.locator == event.locator


@pytest.mark.parametrize("data", [b"", b"<gpx/>", b"<gpx>", b"\xff\xfe", b"no xml at all"])
def test_nothing_to_read_is_said(data):
    events, problems = read(data)
    assert not events and problems


coordinate = st.floats(-89, 89).map(lambda value: round(value, 6))
words = st.text(st.characters(codec="utf-8", categories=["L", "N", "S", "P"]), max_size=10)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(coordinate, coordinate, words), max_size=6))
def test_what_was_written_is_read(points):
    root = ET.Element("gpx")
    for lat, lon, name in points:
        ET.SubElement(ET.SubElement(root, "wpt", lat=str(lat), lon=str(lon)), "name").text = name
    data = ET.tostring(root, encoding="utf-8")
    events, _ = read(data)
    assert [(e.lat, e.lon, e.place or "") for e in events] == points
    for event in events:
        again = ET.fromstring(Gpx().payload(io.BytesIO(data), event.locator))
        assert float(again.get("lat")) == event.lat


def test_every_prefix_gives_the_points_that_are_whole():
    data = TRACK.format(encoding="UTF-8").encode()
    for cut in range(0, len(data), 11):
        events, problems = read(data[:cut])
        whole = data[:cut].count(b"</trkpt>") + data[:cut].count(b"</wpt>")
        whole += data[:cut].count(b'lon="-0.2"/>')
        assert len(events) == whole and problems


def test_points_across_chunks(monkeypatch):
    monkeypatch.setattr("palermo.decode.tracks.points.CHUNK", 7)
    dice = random.Random(1)
    points = [f'<trkpt lat="{dice.uniform(-80, 80):.5f}" lon="1"/>' for _ in range(50)]
    data = ("<gpx>" + " ".join(points) + "</gpx>").encode()
    events, problems = read(data)
    assert [event.text for event in events] == points and not problems
