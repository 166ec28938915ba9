"""Hash-only intake: nothing of a picture's bytes is in the case, and matching works all the same."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from case import CHAT, grant
from drawn import picture_of
from palermo.custody.quarantine import KnownMaterial
from palermo.decode.pictures.hash import pdq as hashed
from palermo.simulate.pictures import draw
from palermo.workspace import Workspace

DUTY = "Ring the duty officer of the fictional unit."


def jpeg(shot: int, size: tuple[int, int] = (1024, 768), serial: str = "") -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Exampleworks", "Mark 2"
    if serial:
        exif.get_ifd(0x8769)[0xA431] = serial
    exif.get_ifd(0x8769)[0x9003] = "2026:03:01 21:06:07"
    out = io.BytesIO()
    draw(77, shot).resize(size).save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


A, SMALLER, B, C = jpeg(1), jpeg(1, (640, 480)), jpeg(2, serial="SN-1"), jpeg(3, serial="SN-1")


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """A case whose pictures are hashed, because its authority says so or ("asked") it is asked."""
    asked = getattr(request, "param", "") == "asked"
    Workspace.new(
        tmp_path / "case", grant(scope={} if asked else {"pictures": "hashes"}), actor="tester"
    )
    with Workspace.open(tmp_path / "case", "tester") as workspace:
        add = workspace.add
        if asked:
            workspace.add = lambda where: add(where, hash_only=True)
        yield workspace


def folder_of(path: Path, files: dict[str, bytes]) -> str:
    path.mkdir()
    for name, raw in files.items():
        (path / name).write_bytes(raw)
    return str(path)


def assert_nowhere(folder: Path, *pictures: bytes) -> None:
    """Look in every file for any 64 bytes of the pictures: 64 in a row hold 32 that begin at a
    multiple of 32. Rows of one value are everybody's."""
    pieces = {raw[i : i + 32] for raw in pictures for i in range(0, len(raw) - 31, 32)}
    pieces = {piece for piece in pieces if len(set(piece)) > 4}
    assert len(pieces) > 100
    for path in (p for p in folder.rglob("*") if p.is_file()):
        raw = path.read_bytes()
        assert not [piece for piece in pieces if piece in raw], path


@pytest.mark.parametrize("case", ["", "asked"], indirect=True)
def test_no_byte_of_a_picture_is_in_the_case_and_it_is_matched_by_its_hashes(case, tmp_path):
    others = {form.lower(): picture_of(form, 9) for form in ("PNG", "WEBP", "GIF", "BMP", "TIFF")}
    files = {"a.jpg": A, "smaller.bin": SMALLER, "b.jpg": B, "c.txt": C, "chat.txt": CHAT.encode()}
    files |= {f"other.{form}": raw for form, raw in others.items()}
    where = folder_of(tmp_path / "e", files)
    added = case.add([where])
    assert (added.exhibits, added.refused) == (len(files), [])
    case.run()
    assert_nowhere(case.case.folder, A, SMALLER, B, C, *others.values())
    assert case.status().events["photograph"] == len(files) - 1
    tables = case.case.tables()
    links = tables.sql("SELECT kind, a, b FROM links").to_pylist()
    shown = {
        row["id"]: row["sha256"]
        for row in tables.sql(
            "SELECT id, details['sha256'] AS sha256 FROM events WHERE kind = 'photograph'"
        ).to_pylist()
    }
    tables.close()
    same: dict[str, set[str]] = {}
    for link in links:
        if link["kind"] in ("same_picture", "same_device") and link["a"] in shown:
            same.setdefault(f"{link['kind']} {link['b']}", set()).add(shown[link["a"]])
    digests = [hashlib.sha256(raw).hexdigest() for raw in (A, SMALLER, B, C)]
    assert any(k.startswith("same_picture") and {*digests[:2]} <= v for k, v in same.items())
    assert any(k.startswith("same_device") and v == {*digests[2:]} for k, v in same.items())
    assert case.verify().faults == []
    assert case.add([where]).known == len(files), "the same pictures again add nothing"


def test_why_leads_to_the_record(case: Workspace, tmp_path: Path) -> None:
    case.add([folder_of(tmp_path / "e", {"b.jpg": B})])
    case.run()
    (hit,) = case.search("Exampleworks").hits
    why = case.why(hit.event.id)
    (exhibit,) = case.exhibits().exhibits
    assert exhibit.name == "b.jpg.hashes.json" and exhibit.origin.endswith("/b.jpg")
    assert "not taken" in exhibit.method and exhibit.decoder == "picture_hashes"
    assert all(x.verified for x in why.excerpts) and "Exampleworks" in why.excerpts[0].words
    with pytest.raises(Exception, match=r"picture|authority"):
        case.picture(hit.event.id)


def test_what_holds_a_picture_is_refused_and_what_to_do_is_said(case, tmp_path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("WhatsApp Chat with Mara.txt", CHAT)
        archive.writestr("IMG-20260301-WA0001.jpg", A)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("WhatsApp Chat with Kim.txt", CHAT)
    files = {"a.zip": inner.getvalue(), "WhatsApp Chat with Kim.zip": plain.getvalue()}
    added = case.add([folder_of(tmp_path / "e", files)])
    assert added.exhibits == 1 and len(added.refused) == 1
    assert "a.zip" in added.refused[0] and "unpack it first" in added.refused[0]
    case.run()
    assert case.status().events["message"] > 0
    assert_nowhere(case.case.folder, A)


def test_a_broken_picture_and_a_film_leave_digest_size_and_a_problem(case, tmp_path) -> None:
    film = b"\0\0\0 ftypisom" + bytes(range(256)) * 40
    files = {"broken.jpg": A[:3000], "film.mp4": film}
    assert case.add([folder_of(tmp_path / "e", files)]).refused == []
    case.run()
    assert_nowhere(case.case.folder, A[:3000], film)
    events = [hit.event for hit in case.search("", kind="photograph").hits]
    digests = {hashlib.sha256(raw).hexdigest() for raw in files.values()}
    assert {event.details["sha256"] for event in events} == digests
    assert not any("pdq" in event.details for event in events)
    told = {p.name for p in case.problems().problems}
    assert told == {"broken.jpg.hashes.json", "film.mp4.hashes.json"}


def known(case: Workspace, folder: Path, line: str) -> None:
    path = folder / "national.txt"
    path.write_text(line)
    case.known(path, DUTY)


@pytest.mark.parametrize("kind", ["md5", "pdq"])
def test_known_material_is_not_even_recorded(kind: str, case: Workspace, tmp_path: Path) -> None:
    digest = hashed(draw(77, 1))[0] if kind == "pdq" else hashlib.new(kind, A).hexdigest()
    known(case, tmp_path, f"{kind}:{digest}")
    where = folder_of(tmp_path / "e", {"a.jpg": A, "b.jpg": B})
    with pytest.raises(KnownMaterial) as stopped:
        case.add([where])
    assert DUTY in stopped.value.next and "nothing of it was taken" in stopped.value.why
    again = case.add([where])  # goes on with the rest, and still says it
    assert again.exhibits == 1 and len(again.refused) == 1 and "known material" in again.refused[0]
    case.run()
    assert [e.name for e in case.exhibits().exhibits] == ["b.jpg.hashes.json"]
    sha256 = hashlib.sha256(A).hexdigest().encode()
    for path in (p for p in case.case.folder.rglob("*") if p.is_file()):
        assert kind == "sha256" or sha256 not in path.read_bytes(), path
    assert_nowhere(case.case.folder, A)
    acts = [entry.act for entry in case.custody().entries]
    assert acts.count("known material") == 1 and case.verify().faults == []


def test_a_known_file_that_is_no_picture_is_not_sealed_either(case, tmp_path) -> None:
    known(case, tmp_path, hashlib.md5(CHAT.encode()).hexdigest())
    with pytest.raises(KnownMaterial):
        case.add([folder_of(tmp_path / "e", {"chat.txt": CHAT.encode()})])
    assert case.exhibits().exhibits == []


@pytest.mark.parametrize("kind", ["sha256", "sha1"])
def test_a_record_is_held_when_a_list_comes_later(kind, case, tmp_path) -> None:
    film = b"\0\0\0 ftypisom" + bytes(range(256)) * 40
    case.add([folder_of(tmp_path / "e", {"a.jpg": A, "b.jpg": B, "film.mp4": film, "c.jpg": C})])
    case.run()
    lines = [f"{kind}:{hashlib.new(kind, raw).hexdigest()}" for raw in (A, film)]
    known(case, tmp_path, "\n".join([*lines, f"pdq:{hashed(draw(77, 2))[0]}"]))
    assert len(case.status().quarantined) == 3, "by the digests it tells, and by what it shows"
    case.run()
    assert case.status().events == {"photograph": 1}


def test_what_an_older_archive_holds_is_hashed_once_the_authority_says_so(tmp_path: Path) -> None:
    Workspace.new(tmp_path / "case", grant(), actor="tester")
    with Workspace.open(tmp_path / "case", "tester") as case:
        path = tmp_path / "WhatsApp Chat with Mara.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("WhatsApp Chat with Mara.txt", CHAT)
            archive.writestr("IMG-20260301-WA0001.jpg", A)
        case.add([str(path)])
        case.authorise(grant(scope={"pictures": "hashes"}))
        case.run()
        assert {e.decoder for e in case.exhibits().exhibits} >= {"picture_hashes"}
        assert "picture" not in {e.decoder for e in case.exhibits().exhibits}
