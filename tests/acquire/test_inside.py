"""What holds pictures is known by its bytes, however it is packed, and whatever it is called."""

import base64
import bz2
import gzip
import io
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from case import CHAT, warc
from drawn import picture_of
from palermo.acquire import inside

TEXT = ("Room above the shop, ask at 020 7946 0018. " * 400).encode()


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, raw in members:
            archive.writestr(name, raw)
    return out.getvalue()


def tarred(raw: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


def without_directory(raw: bytes) -> bytes:
    return raw[: raw.index(b"PK\1\2")]


JPEG, PNG, GIF, WEBP, BMP, TIFF = map(picture_of, ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"))
WRAPS: dict[str, Callable[[bytes], bytes]] = {
    "in a ZIP under another name": lambda raw: zipped(("a.txt", TEXT), ("b.txt", raw)),
    "in a ZIP unpacked": lambda raw: zipped(("b", raw), method=zipfile.ZIP_STORED),
    "in a ZIP in a ZIP": lambda raw: zipped(("x.docx", zipped(("word/media/i.bin", raw)))),
    "in a ZIP without its directory": lambda raw: without_directory(zipped(("b", raw))),
    "in a tar": tarred,
    "in a tar.gz": lambda raw: gzip.compress(tarred(raw)),
    "in a ZIP in a tar": lambda raw: tarred(zipped(("b", raw))),
    "in the second member of a gzip": lambda raw: gzip.compress(TEXT) + gzip.compress(raw),
    "in a damaged gzip": lambda raw: gzip.compress(raw)[:-9],
    "behind other bytes": lambda raw: TEXT + raw,
    "as base64": lambda raw: b"<img src='data:;base64," + base64.b64encode(raw) + b"'>",
    "as base64 in JSON": lambda raw: base64.b64encode(raw).replace(b"/", b"\\/"),
    "as base64 in lines": lambda raw: TEXT + base64.encodebytes(raw),
    "as base64 for addresses": lambda raw: TEXT + base64.urlsafe_b64encode(raw),
}


def why(raw: bytes) -> str | None:
    return inside.refusal(io.BytesIO(raw))


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_is_found_however_it_is_packed(wrap: str, form: str) -> None:
    if "base64" in wrap and form == "WEBP":
        assert why(WRAPS[wrap](WEBP)) is not None
        return
    assert why(WRAPS[wrap](picture_of(form))) == inside.HOLDS


@pytest.mark.parametrize("form", ["BMP", "TIFF"])
def test_plainer_formats_are_found_too(form: str) -> None:
    assert why(zipped(("a", picture_of(form)))) == inside.HOLDS


def test_a_web_archive_with_a_picture_is_found_and_one_without_is_not() -> None:
    assert why(warc()) is None
    page = f"<img src='data:image/png;base64,{base64.b64encode(PNG).decode()}'>"
    assert why(warc(body=page)) == inside.HOLDS


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (TEXT, "words"),
        (CHAT.encode("utf-16"), "a chat in wide letters"),
        (b"", "nothing"),
        (zipped(("a.txt", TEXT), ("b.csv", b"a,b\n" * 999)), "a ZIP of words"),
        (gzip.compress(tarred(zipped(("a", TEXT)))), "words, packed three times"),
        (
            b"GIF89a and JPEG are formats; RADIIRO, %PNG, ftyp, BM 2026 too. " * 50,
            "talk of pictures",
        ),
        (random.Random(4).randbytes(1 << 20), "noise"),
        (bytes(range(256)) * 400, "every byte"),
    ],
)
def test_what_holds_none_is_let_in(raw: bytes, kind: str) -> None:
    assert why(raw) is None, kind


def test_a_jpeg_is_found_by_its_second_marker_or_by_its_first_words() -> None:
    odd = b"\xff\xd8\xff\xe5\0\x06abcd" + JPEG[2:]  # begins as no program's pictures do
    assert why(TEXT + odd) == inside.HOLDS
    assert why(TEXT + JPEG[:12] + b"\r\n8\r\n" + JPEG[12:]) == inside.HOLDS, "sent in chunks"
    assert why(TEXT + b"\xff\xd8\xff\xe5\0\x06abcd" + TEXT) is None, "three bytes by chance"
    assert why(b"see /9j/4AAQ for more. " * 40) is None, "a few letters by chance"


@pytest.mark.parametrize("raw", [bz2.compress(JPEG), lzma.compress(JPEG), b"7z\xbc\xaf\x27\x1c"])
def test_what_cannot_be_looked_into_counts_as_holding_some(raw: bytes) -> None:
    assert why(raw) == inside.CLOSED
    assert why(zipped(("a", raw))) == inside.CLOSED


def test_an_encrypted_member_cannot_be_looked_into() -> None:
    raw = bytearray(zipped(("a.txt", TEXT)))
    raw[6] |= 1
    assert why(bytes(raw)) == inside.CLOSED


def test_a_bomb_and_a_nest_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "_MOST", 1 << 20)
    assert why(gzip.compress(bytes(4 << 20))) == inside.CLOSED
    nest = TEXT
    for _ in range(9):
        nest = zipped(("a", nest))
    assert why(nest) == inside.CLOSED


def test_a_picture_astride_what_is_read_at_once_is_found(tmp_path: Path) -> None:
    for before in range((1 << 16) - 12, (1 << 16) + 4):
        path = tmp_path / "a"
        path.write_bytes(b"x" * before + JPEG)
        with path.open("rb") as source:
            assert inside.refusal(source) == inside.HOLDS
        assert why(gzip.compress(b"x" * before + JPEG)) == inside.HOLDS


@given(st.binary(max_size=3000))
def test_any_bytes_are_judged(raw: bytes) -> None:
    assert why(raw) in (None, inside.HOLDS, inside.CLOSED)
    assert why(raw + JPEG) is not None


@pytest.mark.parametrize("head", [b"\0\0\0 ftypisom", b"\x1aE\xdf\xa3", b"RIFF\1\2\3\4AVI LIST"])
def test_films_are_known_by_their_first_bytes(head: bytes) -> None:
    assert inside.moving(head + os.urandom(40))
    assert not inside.moving(b"\0\0\0 ftypM4A " + bytes(40)), "sound is no film"


def test_every_format_that_is_drawn_is_a_picture() -> None:
    for raw in (JPEG, PNG, GIF, WEBP, BMP, TIFF):
        assert inside.picture(raw[: inside.HEAD])
        Image.open(io.BytesIO(raw)).verify()
