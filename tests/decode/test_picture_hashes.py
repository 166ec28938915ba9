"""Records of pictures that were hashed and not taken, and what a hostile one can do: nothing."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from palermo.decode.decoder import Context
from palermo.decode.picture import Picture
from palermo.decode.picture_hashes import KEPT, PictureHashes, compose
from palermo.simulate.pictures import draw
from palermo.testing import check_decoder
from palermo.vocabulary import Event, Problem

CONTEXT = Context(exhibit="x" + "0" * 32, name="a.jpg.hashes.json")


def jpeg(**tags: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = tags.get("make", "Exampleworks"), tags.get("model", "Mark 2")
    exif.get_ifd(0x8769)[0xA431] = "SN-20946"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 21:06:07"
    exif.get_ifd(0x8769)[0x9011] = "+01:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 30.0)})
    out = io.BytesIO()
    draw(5, 1).save(out, "JPEG", exif=exif)
    return out.getvalue()


def record(raw: bytes, name: str = "a.jpg") -> bytes:
    read = list(Picture().read(io.BytesIO(raw), Context(exhibit="", name=name)))
    digests = {"sha256": "ab" * 32, "sha1": "cd" * 20, "md5": "ef" * 16}
    return compose(name, len(raw), digests, read).written()


def read(raw: bytes) -> list[Event | Problem]:
    return list(PictureHashes().read(io.BytesIO(raw), CONTEXT))


def test_the_record_tells_when_where_and_by_which_device_as_the_picture_does() -> None:
    raw = jpeg()
    (whole,) = Picture().read(io.BytesIO(raw), Context(exhibit="", name="a.jpg"))
    (told,) = read(record(raw))
    for field in (
        "kind",
        "time",
        "time_error",
        "zone",
        "time_written",
        "lat",
        "lon",
        "place_error",
    ):
        assert getattr(told, field) == getattr(whole, field), field
    assert told.details["pdq"] == whole.details["pdq"]
    kept = [p for p in whole.parties if not p.value.startswith("sha256:")]
    assert [p for p in told.parties if not p.value.startswith("sha256:")] == kept
    assert "exif:Exampleworks:Mark 2:SN-20946" in {p.value for p in told.parties}


@pytest.mark.parametrize(
    "make", ["Exampleworks", 'a "make": "b', "Ünïcode 電", "tab\tand \\ slash"]
)
def test_its_words_lead_to_the_bytes_that_say_them(make: str) -> None:
    raw = jpeg()
    made = json.loads(record(raw)) | {"details": {"make": make, "model": "M"}}
    raw = json.dumps(made, sort_keys=True, ensure_ascii=False, indent=1).encode()
    (event,) = read(raw)
    assert len(event.map) == 3
    payload = PictureHashes().payload(io.BytesIO(raw), event.locator)
    for run in event.map:
        written = json.loads(b'"' + payload[run.first : run.last] + b'"')
        assert written == event.text[run.start : run.end]


def test_it_keeps_every_promise_of_a_decoder() -> None:
    check_decoder(PictureHashes(), record(jpeg()), CONTEXT)


def test_a_broken_picture_is_told() -> None:
    raw = jpeg()[:4000]
    items = read(record(raw))
    assert isinstance(items[0], Event) and "pdq" not in items[0].details
    assert [p.kind for p in items[1:]] and all(isinstance(p, Problem) for p in items[1:])


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "zz"}, {"lat": 91}, {"lat": "NaN"}, {"time": "2026-01-01T00:00:00"}, {"more": 1},
        {"record": "palermo picture hashes 2"}, {"size": -1}, {"details": {"make": 3}},
    ],
)  # fmt: skip
def test_a_damaged_record_is_named(change: dict[str, object]) -> None:
    (problem,) = read(json.dumps(json.loads(record(jpeg())) | change).encode())
    assert isinstance(problem, Problem) and problem.kind == "damaged"


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_any_bytes_end_in_events_or_problems(noise: bytes, at: int) -> None:
    raw = record_once()
    assert read(raw[:at] + noise + raw[at:])
    assert read(noise)


def record_once(made: list[bytes] = []) -> bytes:  # noqa: B006 -- one for all examples
    if not made:
        made.append(record(jpeg()))
    return made[0]


def test_a_record_cannot_slip_in_what_pictures_do_not_say() -> None:
    made = json.loads(record(jpeg())) | {"details": {"title": "words", "make": "M"}}
    (event,) = read(json.dumps(made).encode())
    assert set(event.details) <= {*KEPT, "sha256", "sha1", "md5", "charset", "intake", "url"}
