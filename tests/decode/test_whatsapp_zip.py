"""ZIPs of WhatsApp chats: what telephones write, what is broken, and what is meant to harm."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.decode.decoder import Context
from palermo.decode.whatsapp_zip import WhatsappZip
from palermo.testing import check_decoder
from palermo.vocabulary import Part, Problem

CHAT = (
    b"[20/01/19, 11:25:00] Ana: \xe2\x80\x8e<attached: 00000012-PHOTO-2019-01-20-11-25-00.jpg>\n"
    * 40
)
PHOTO = bytes(range(256)) * 300
NAME = "WhatsApp Chat - Ana.zip"


def make(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def read(raw: bytes, name: str = NAME):
    source = io.BytesIO(raw)
    parts, problems = [], []
    for item in WhatsappZip().read(source, Context(exhibit="x", name=name)):
        if isinstance(item, Part):
            with item.open() as stream:
                data = stream.read()
            assert WhatsappZip().payload(source, item.locator) == data
            parts.append((item.name, data))
        else:
            assert isinstance(item, Problem)
            problems.append(item)
    return parts, problems


EXPORT = make(("_chat.txt", CHAT), ("00000012-PHOTO-2019-01-20-11-25-00.jpg", PHOTO))


def test_text_and_attachments_become_parts() -> None:
    for raw in (EXPORT, make(("_chat.txt", CHAT), ("a.jpg", PHOTO), method=zipfile.ZIP_STORED)):
        parts, problems = read(raw)
        assert parts[0] == ("WhatsApp Chat - Ana/_chat.txt", CHAT)
        assert parts[1][1] == PHOTO
        assert not problems
    check_decoder(WhatsappZip(), EXPORT, Context(exhibit="x" + "0" * 32, name=NAME))


@pytest.mark.parametrize(
    ("name", "members", "sure", "why"),
    [
        (NAME, ["a.bin"], 0.95, "the archive's name"),
        ("export.zip", ["_chat.txt"], 0.9, "the text's name"),
        ("export.zip", ["WhatsApp Chat with Ana.txt"], 0.9, "Android's name of the text"),
        ("export.zip", ["IMG-20190120-WA0001.jpg"], 0.9, "an attachment's name"),
        ("book.xlsx", ["[Content_Types].xml", "xl/workbook.xml"], 0, "a workbook is a ZIP too"),
        ("files.zip", ["a.txt"], 0, "any other archive"),
        ("test.whatsAppMessages.zip", ["a.sqlite"], 0, "a database of the same application"),
        ("Chat de WhatsApp con Ana.zip", ["a.bin"], 0.95, "Spanish"),
    ],
)
def test_accepts(name: str, members: list[str], sure: float, why: str) -> None:
    raw = make(*((member, b"x") for member in members))
    assert WhatsappZip().accepts(raw[:65536], Context(exhibit="x", name=name)) == sure, why
    assert WhatsappZip().accepts(b"%PDF", Context(exhibit="x", name=name)) == 0


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\x\\a.jpg", "Users/x/a.jpg"),
        ("a/./../b.jpg", "a/b.jpg"),
        ("..", "unnamed"),
    ],
)
def test_names_cannot_lead_out_of_the_folder(name: str, safe: str) -> None:
    [part], problems = read(make((name, PHOTO)))
    assert part == (safe, PHOTO)
    assert [p.kind for p in problems] == ["unsafe name"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_member_of_the_same_name_is_kept_and_told() -> None:
    parts, problems = read(make(("a.jpg", PHOTO), ("a.jpg", PHOTO[::-1])))
    assert [data for _, data in parts] == [PHOTO, PHOTO[::-1]]
    assert [p.kind for p in problems] == ["duplicate name"]


def test_names_in_utf_8_without_the_flag_that_says_so() -> None:
    raw = make(("Füße.jpg", PHOTO))
    for at in (raw.find(b"PK\3\4") + 6, raw.find(b"PK\1\2") + 8):
        raw = raw[:at] + struct.pack("<H", 0) + raw[at + 2 :]
    assert read(raw)[0] == [("Füße.jpg", PHOTO)]


def test_an_encrypted_member_is_told_and_the_rest_read() -> None:
    raw = bytearray(EXPORT)
    raw[raw.find(b"PK\1\2") + 8] |= 1
    parts, problems = read(bytes(raw))
    assert [data for _, data in parts] == [PHOTO]
    assert [p.kind for p in problems] == ["encrypted"]
    assert "_chat.txt" in problems[0].locator


def test_a_bomb_is_not_unpacked() -> None:
    zeros = b"\0" * (80 << 20)
    parts, problems = read(make(("_chat.txt", CHAT), ("bomb.jpg", zeros)))
    assert len(parts) == 1
    assert [p.kind for p in problems] == ["bomb"]


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    raw = bytearray(make(("bomb.jpg", b"\0" * (80 << 20))))
    struct.pack_into("<L", raw, raw.find(b"PK\1\2") + 24, 1000)
    parts, problems = read(bytes(raw))
    assert not parts
    assert [p.kind for p in problems] == ["bomb"]


def test_members_laid_over_each_other_are_refused() -> None:
    raw = bytearray(make(("a.jpg", PHOTO), ("b.jpg", PHOTO)))
    second = raw.rfind(b"PK\1\2")
    struct.pack_into("<L", raw, second + 42, 0)  # both point to the first
    parts, problems = read(bytes(raw))
    assert len(parts) == 1
    assert [p.kind for p in problems] == ["bomb"]


def test_a_wrong_checksum_is_told_and_the_bytes_kept() -> None:
    raw = bytearray(make(("_chat.txt", CHAT), ("a.jpg", PHOTO), method=zipfile.ZIP_STORED))
    raw[raw.find(PHOTO) + 5] ^= 0xFF
    parts, problems = read(bytes(raw))
    assert len(parts) == 2
    assert [(p.kind, "checksum" in p.message) for p in problems] == [("damaged", True)]


def test_a_download_cut_off_gives_what_arrived() -> None:
    at = EXPORT.find(b"PK\3\4", 10)
    parts, problems = read(EXPORT[: at + 300])
    assert parts[0][1] == CHAT
    assert PHOTO.startswith(parts[1][1])
    assert [p.kind for p in problems] == ["damaged", "damaged"]
    assert "member:" in problems[1].locator


def streamed(*members: tuple[str, bytes]) -> bytes:
    """Write as telephones do: sizes and checksums only behind the data."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:
            self.data += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return bytes(pipe.data)


def test_members_are_found_without_sizes_or_directory() -> None:
    raw = streamed(("_chat.txt", CHAT), ("a.jpg", PHOTO), ("b.jpg", PHOTO[::-1]))
    whole, problems = read(raw)
    assert not problems
    cut, problems = read(raw[: raw.find(b"PK\1\2")])
    assert cut == whole
    assert [p.kind for p in problems] == ["damaged"]


def test_an_archive_in_the_archive_is_a_part() -> None:
    inner = make(("_chat.txt", CHAT))
    assert read(make(("inner.zip", inner)))[0] == [("inner.zip", inner)]


def test_an_empty_file_is_told() -> None:
    assert [p.kind for p in read(b"")[1]] == ["damaged"]


@given(st.binary(max_size=200), st.integers(0, len(EXPORT)))
def test_any_bytes_are_read_without_raising(noise: bytes, at: int) -> None:
    read(EXPORT[:at] + noise + EXPORT[at + len(noise) :])


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_unpacking_agrees_with_zlib(data: bytes, step: int) -> None:
    from palermo.decode.chat.zip_members import DEFLATED, Unpacking

    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(data) + packer.flush()
    stream = Unpacking(io.BytesIO(b"##" + packed + b"tail"), 2, 1 << 40, DEFLATED)
    found = b""
    while piece := stream.read(step):
        found += piece
    assert found == data
    assert stream.position == 2 + len(packed)
