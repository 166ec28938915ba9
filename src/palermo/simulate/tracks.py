"""Writes tracks: GPX, a vessel's own CSV, and what a coast station hears of AIS."""

import csv
import io
from collections.abc import Iterable

from pyais import encode_dict

from palermo.simulate.intake import Evidence
from palermo.simulate.story import Fix, Track

KNOT = 0.514444  # metres per second


def gpx(track: Track) -> str:
    """Write a GPX 1.1 track; a gap of two hours begins a new segment."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gpx version="1.1" creator="Fictional Tracker" xmlns="http://www.topografix.com/GPX/1/1">',
        f"<trk><name>{track.name}</name><trkseg>",
    ]
    before = None
    for fix in track.fixes:
        if before and (fix.time - before).total_seconds() > 7200:
            out.append("</trkseg><trkseg>")
        before = fix.time
        out.append(
            f'<trkpt lat="{fix.lat}" lon="{fix.lon}"><time>{fix.time:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
        )
    return "\n".join([*out, "</trkseg></trk></gpx>", ""])


def vessel(evidence: Evidence, track: Track, name: str) -> None:
    mmsi = track.holder.split(":")[-1]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["utc", "mmsi", "latitude", "longitude", "sog_kn", "cog"])
    for fix in track.fixes:
        writer.writerow(
            [
                f"{fix.time:%Y-%m-%d %H:%M:%S}",
                mmsi,
                fix.lat,
                fix.lon,
                round(fix.speed / KNOT, 1),
                fix.course,
            ]
        )
    mapping = evidence.mapping(
        "plotter",
        {
            "event": "position",
            "match": {"header": ["utc", "mmsi", "latitude", "longitude", "sog_kn", "cog"]},
            "time": {"column": "utc", "format": "%Y-%m-%d %H:%M:%S", "zone": "UTC"},
            "lat": "latitude",
            "lon": "longitude",
            "speed": {"column": "sog_kn", "unit": "knots"},
            "parties": [{"column": "mmsi", "kind": "vessel", "role": "device"}],
            "details": {"course": "cog"},
        },
    )
    skipper = evidence.story.actors[evidence.story.owner[track.holder]]
    evidence.write(
        f"{name}.csv", out.getvalue(), mapping=mapping, holder=f"phone:{skipper.first('phone')}"
    )
    evidence.bears(track.holder, mmsi, f"{name}.csv")


def ais(tracks: Iterable[Track]) -> str:
    """Write position reports of all vessels in order of time, each under a tag block with its time."""
    heard: list[tuple[Fix, str]] = [(f, t.holder.split(":")[-1]) for t in tracks for f in t.fixes]
    lines = []
    for fix, mmsi in sorted(heard, key=lambda pair: (pair[0].time, pair[1])):
        sentence = encode_dict(
            {
                "type": 1,
                "mmsi": mmsi,
                "lat": fix.lat,
                "lon": fix.lon,
                "course": fix.course,
                "speed": round(fix.speed / KNOT, 1),
                "second": fix.time.second,
            },
            talker_id="AI",
            sentence_type="VDM",
            radio_channel="A",
        )[0]
        tag = f"s:coast1,c:{int(fix.time.timestamp())}"
        check = 0
        for byte in tag.encode():
            check ^= byte
        lines.append(f"\\{tag}*{check:02X}\\{sentence}")
    return "\r\n".join(lines) + "\r\n"


def write_tracks(evidence: Evidence) -> None:
    heard = []
    for number, track in enumerate(t for t in evidence.story.tracks if t.fixes):
        name = f"tracks/{track.name}-{number + 1:02d}"
        if track.form == "gpx":
            evidence.write(f"{name}.gpx", gpx(track), holder=track.holder)
        elif track.form == "vessel":
            vessel(evidence, track, name)
        else:
            heard.append(track)
    if heard:
        evidence.write(
            "tracks/coast-station.nmea", ais(heard), note="what a coast station received"
        )
        for track in heard:
            # in the file the number is packed into six-bit characters: found by decoding only
            evidence.bears(track.holder, "", "tracks/coast-station.nmea")
