"""What is shown of a picture: turned, scaled and bare; or too coarse to make anything out."""

import io
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from palermo.look.picture import CLEAR, COARSE, GREYS, CannotBeShownError, Drawn, draw
from photographs import SECRET, bomb, photograph, save, scene, told_png


def shown(raw: bytes, clear: bool = True) -> tuple[Image.Image, Drawn]:
    drawn = draw(io.BytesIO(raw), len(raw), clear)
    return Image.open(io.BytesIO(drawn.content)), drawn


def segments(raw: bytes) -> list[int]:
    """Return the markers of a JPEG up to its pixels."""
    found, at = [], 2
    while raw[at + 1] != 0xDA:
        found.append(raw[at + 1])
        at += 2 + struct.unpack_from(">H", raw, at + 2)[0]
    return found


def chunks(raw: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(raw):
        found.append(raw[at + 4 : at + 8])
        at += 12 + struct.unpack_from(">L", raw, at)[0]
    return found


@pytest.mark.parametrize("raw", [photograph(), told_png(scene())], ids=["JPEG", "PNG"])
@pytest.mark.parametrize("clear", [True, False])
def test_no_metadata_comes_through(raw: bytes, clear: bool) -> None:
    image, drawn = shown(raw, clear)
    assert SECRET.encode() in raw
    assert SECRET.encode() not in drawn.content and b"SN-0001" not in drawn.content
    assert b"Exif" not in drawn.content
    assert not image.getexif()
    if clear:  # JFIF's own head, tables and the frame
        assert drawn.media_type == "image/jpeg"
        assert {*segments(drawn.content)} <= {0xE0, 0xDB, 0xC0, 0xC4}
    else:
        assert drawn.media_type == "image/png"
        assert chunks(drawn.content) == [b"IHDR", b"IDAT", b"IEND"]


FORMS = [
    ("JPEG", {}),
    ("JPEG", {"progressive": True}),
    ("PNG", {}),
    ("WEBP", {}),
    ("AVIF", {}),
    ("GIF", {}),
    ("TIFF", {}),
    ("BMP", {}),
]


@pytest.mark.parametrize(("form", "how"), FORMS, ids=lambda x: str(x))
def test_every_format_is_shown(form: str, how: dict[str, bool]) -> None:
    image, _ = shown(save(scene(400, 300), form, **how))
    assert image.size == (400, 300)
    red, green, _ = image.convert("RGB").getpixel((60, 60))
    assert red > 180 and green < 80
    coarse, _ = shown(save(scene(400, 300), form, **how), clear=False)
    assert max(coarse.size) == COARSE


def test_heif_is_shown(shared: Callable[[str], Path]) -> None:
    raw = shared("images/exif/samplefilehub.heif").read_bytes()
    assert shown(raw)[0].size == (640, 426)
    assert max(shown(raw, clear=False)[0].size) == COARSE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_every_colour_mode_is_shown(mode: str) -> None:
    if mode == "I;16":
        image = Image.fromarray((np.arange(64 * 48) * 20).astype(np.uint16).reshape(48, 64))
    else:
        image = scene(64, 48).convert(mode)
    form = "TIFF" if mode in ("CMYK", "YCbCr") else "PNG"
    assert shown(save(image, form))[0].mode == "RGB"


COARSE_CASES = [
    (photograph(), "a photograph"),
    (save(scene(3000, 2000), "PNG"), "many pixels"),
    (save(scene(40, 4000), "PNG"), "high and narrow"),
    (save(Image.effect_noise((800, 600), 120), "PNG"), "noise"),
    (save(scene(6, 5), "PNG"), "smaller than a blurred one"),
]


@pytest.mark.parametrize(("raw", "why"), COARSE_CASES, ids=[why for _, why in COARSE_CASES])
def test_the_blurred_form_holds_a_handful_of_greys(raw: bytes, why: str) -> None:
    image, drawn = shown(raw, clear=False)
    assert image.mode == "L"
    assert image.width * image.height <= COARSE * COARSE
    assert len(np.unique(np.asarray(image))) <= GREYS
    assert len(drawn.content) < 200


def test_the_blurred_form_tells_no_detail() -> None:
    """Lines of a pixel, words and edges leave no trace: what is left is the light of its parts."""
    plain = Image.new("L", (800, 800), 120)
    lined = Image.fromarray((np.indices((800, 800)).sum(0) % 2 * 240).astype(np.uint8))
    assert shown(save(plain, "PNG"), False)[1] == shown(save(lined, "PNG"), False)[1]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_shown_the_right_way_up(orientation: int) -> None:
    image, _ = shown(photograph(orientation=orientation))
    assert image.size == ((640, 480) if orientation < 5 else (480, 640))
    red = np.asarray(image)[..., 0].astype(int) - np.asarray(image)[..., 1]
    top, left = red[: image.height // 2], red[:, : image.width // 2]
    # Where the camera's upper left corner is to be seen (Exif 2.32, tag Orientation).
    at_top, at_left = orientation in (1, 2, 5, 6), orientation in (1, 4, 5, 8)
    assert bool(top.mean() > red.mean()) is at_top
    assert bool(left.mean() > red.mean()) is at_left


def test_a_large_picture_is_scaled_and_a_small_one_is_not_blown_up() -> None:
    assert shown(save(scene(4000, 3000)))[0].size == (CLEAR, CLEAR * 3 // 4)
    assert shown(save(scene(40, 30)))[0].size == (40, 30)


def test_what_is_not_opaque_lies_on_white() -> None:
    """Pixels under full transparency may hold another picture."""
    image = scene(40, 40).convert("RGBA")
    image.putalpha(0)
    seen, _ = shown(save(image, "PNG"))
    assert min(np.asarray(seen).ravel()) > 250


whole = photograph()
huge = bytearray(save(scene(64, 48)))
struct.pack_into(">HH", huge, huge.index(b"\xff\xc0") + 5, 65_500, 65_500)
BROKEN = [
    (bomb(), "pixels are more than", "a bomb of pixels"),
    (bytes(huge), "pixels are more than", "a JPEG that claims to be huge"),
    (whole[: len(whole) // 2], "cannot be decoded", "cut in the middle"),
    (whole[:30], "cannot be decoded", "cut in its head"),
    (b"", "does not start as", "empty"),
    (b"Rooms by the day", "does not start as", "no picture"),
    (b"\0\0\0\x18ftypheic" + b"\0" * 90, "cannot be decoded", "a HEIF of nothing"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "does not start as", "a drawing with scripts"),
]


@pytest.mark.parametrize(("raw", "words", "why"), BROKEN, ids=[why for _, _, why in BROKEN])
@pytest.mark.parametrize("clear", [True, False])
def test_a_broken_picture_says_why_it_cannot_be_shown(
    raw: bytes, words: str, why: str, clear: bool
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(CannotBeShownError, match=words):
            draw(io.BytesIO(raw), len(raw), clear)
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()


SMALL = save(scene(64, 48))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SMALL)), st.binary(max_size=40))
def test_any_bytes_are_shown_or_refused(at: int, noise: bytes) -> None:
    raw = SMALL[:at] + noise + SMALL[at + len(noise) :]
    try:
        image, _ = shown(raw)
    except CannotBeShownError:
        return
    assert image.format == "JPEG"
