"""Known material: work stops, the exhibit is held, and nothing of it is told, shown or kept read."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from case import grant, write_evidence
from palermo.custody import known
from palermo.custody.quarantine import KnownMaterial
from palermo.decode.decoder import Context
from palermo.decode.picture import Picture
from palermo.safeguards.refusal import Refused
from palermo.simulate.pictures import draw
from palermo.ui.rest.app import create
from palermo.workspace import Workspace

DUTY = "Ring the duty officer of the fictional unit."
MAKE = "Exampleworks"


def jpeg(shot: int, size: tuple[int, int] = (1024, 768), quality: int = 90) -> bytes:
    out = io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = MAKE
    draw(77, shot).resize(size).save(out, "JPEG", quality=quality, exif=tags)
    return out.getvalue()


def pdq(raw: bytes) -> str:
    (event, *_) = Picture().read(io.BytesIO(raw), Context(exhibit="x", name=""))
    assert int(event.details["pdq_quality"]) >= 50
    return event.details["pdq"]


KNOWN, OTHER = jpeg(1), jpeg(2)
HASHES: dict[str, Callable[[bytes], str]] = {
    "sha256": lambda raw: hashlib.sha256(raw).hexdigest(),
    "md5": lambda raw: "md5:" + hashlib.md5(raw).hexdigest(),
    "sha1": lambda raw: hashlib.sha1(raw).hexdigest(),
    "pdq": lambda raw: "pdq:" + pdq(raw),
}


def the_list(folder: Path, *lines: str) -> Path:
    path = folder / "national.csv"
    path.write_text("\n".join(["# fictional", *lines]))
    return path


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Workspace]:
    Workspace.new(tmp_path / "case", grant(), actor="tester")
    with Workspace.open(tmp_path / "case", "tester") as workspace:
        yield workspace


def evidence(folder: Path, **files: bytes) -> Path:
    write_evidence(folder)
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return folder


def nothing_of_it(case: Workspace, number: int, raw: bytes, words: tuple[str, ...]) -> None:
    """Look everywhere an analyst can, and in every file but the sealed blob itself."""
    (held,) = [e for e in case.exhibits().exhibits if e.number == number]
    assert held.quarantined and held.name == "in quarantine"
    assert (held.origin, held.statement, held.events) == ("", {}, 0)
    sha256 = hashlib.sha256(raw).hexdigest()
    assert held.sha256 == sha256
    (problem,) = [p for p in case.problems().problems if p.exhibit_number == number]
    assert (problem.kind, problem.name) == ("in quarantine", "in quarantine")
    for look in (case.show, case.why):
        with pytest.raises(KnownMaterial, match=f"exhibit {number} "):
            look(held.id)
    status = case.status()
    assert number in status.quarantined and DUTY in status.duty
    tables = case.case.tables()
    for name in ("events", "claims", "links", "nodes", "findings", "identities"):
        told = json.dumps(tables.sql(f'SELECT * FROM "{name}"').to_pylist(), default=str)
        assert held.id not in told and sha256 not in told and pdq(raw) not in told
    tables.close()
    assert case.verify().faults == []
    folder = case.case.folder
    for path in (p for p in folder.rglob("*") if p.is_file()):
        if path.name != sha256 and path.parts[-3:-2] != ("vault",):
            data = path.read_bytes()
            assert raw[:64] not in data and raw[-64:] not in data, path
            if path.suffix == ".parquet" or "index" in path.parts:
                assert held.id.encode() not in data, path
    client = TestClient(create(folder, "tester", "t" * 43), base_url="http://127.0.0.1")
    client.headers["authorization"] = "Bearer " + "t" * 43
    assert client.get("/api/status").json()["quarantined"] == status.quarantined
    for route in ("exhibits", "problems", "events", "status"):
        answer = client.get(f"/api/{route}").text
        assert not any(word in answer for word in words), route
    for act in ("show", "why"):
        answer = client.get(f"/api/{act}/{held.id}")
        assert answer.status_code != 200 and not any(word in answer.text for word in words)


def test_known_files_are_held_as_they_are_sealed(case: Workspace, tmp_path: Path) -> None:
    known_files = {"sha256": KNOWN, "md5": jpeg(3), "sha1": jpeg(4)}
    kept = case.known(the_list(tmp_path, *(HASHES[k](raw) for k, raw in known_files.items())), DUTY)
    assert kept.hashes == {"sha256": 1, "md5": 1, "sha1": 1} and kept.quarantined == []
    files = {f"a-name-that-tells-{kind}.jpg": raw for kind, raw in known_files.items()}
    folder = evidence(tmp_path / "e", **files, **{"b.jpg": OTHER})
    for times in range(1, 4):  # the same command again goes on with the rest
        with pytest.raises(KnownMaterial) as stopped:
            case.add([str(folder)])
        assert DUTY in stopped.value.next and stopped.value.error == "known_material"
        numbers = case.status().quarantined
        assert len(numbers) == times and f"exhibit {numbers[-1]} " in stopped.value.why
        assert stopped.value.why.count("exhibit ") == 1, "it stops at the first"
    before = case.status().exhibits
    added = case.add([str(folder)])
    assert before + added.exhibits == 7 and added.known == before
    ran = case.run()
    assert ran.events > 0 and case.status().pending == 0
    assert any(e.name == "b.jpg" and e.events for e in case.exhibits().exhibits)
    by_digest = {e.sha256: e.number for e in case.exhibits().exhibits}
    for raw in known_files.values():
        number = by_digest[hashlib.sha256(raw).hexdigest()]
        nothing_of_it(case, number, raw, ("a-name-that-tells",))


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        (jpeg(1, (512, 384), 60), "smaller and saved again"),
    ],
)
def test_a_picture_that_shows_the_same_is_held_as_it_is_read(shown, why, case, tmp_path):
    case.known(the_list(tmp_path, HASHES["pdq"](KNOWN)), DUTY)
    folder = evidence(tmp_path / "e", **{"a-name-that-tells.jpg": shown, "b.jpg": OTHER})
    case.add([str(folder)])
    with pytest.raises(KnownMaterial) as stopped:
        case.run()
    assert "by pdq" in stopped.value.why and DUTY in stopped.value.next, why
    (number,) = case.status().quarantined
    case.run()
    assert case.status().pending == 0
    nothing_of_it(case, number, shown, ("a-name-that-tells", MAKE + "x"))
    assert any(e.name == "b.jpg" and e.events for e in case.exhibits().exhibits)
    again = tmp_path / "again"
    again.mkdir()
    (again / "other.jpg").write_bytes(shown)
    with pytest.raises(KnownMaterial):  # the same bytes from elsewhere, by whatever they matched
        case.add([str(again)])


@pytest.mark.parametrize("kind", ["sha256", "md5", "pdq"])
def test_a_list_that_comes_later_takes_back_what_was_read(kind, case, tmp_path):
    folder = evidence(tmp_path / "e", **{"a-name-that-tells.jpg": KNOWN, "b.jpg": OTHER})
    (folder / "copy.jpg").write_bytes(jpeg(1))
    case.add([str(folder)])
    case.run()
    event = next(e for e in case.search("").hits if e.event.details.get("pdq") == pdq(KNOWN)).event
    assert case.search(MAKE).total == 3
    kept = case.known(the_list(tmp_path, HASHES[kind](KNOWN)), DUTY)
    assert len(kept.quarantined) == 2
    with pytest.raises(Refused):
        case.show(event.id)
    with pytest.raises(Refused):
        case.search(MAKE)  # the index is gone, with its words
    assert case.status().pending > 0
    case.run()
    assert case.search(MAKE).total == 1 and case.status().pending == 0
    assert case.status().quarantined == kept.quarantined
    assert case.verify().faults == []
    with pytest.raises(Refused):
        case.why(event.id)
    before = case.known(the_list(tmp_path, HASHES[kind](KNOWN)), DUTY)
    assert before.quarantined == [], "what is held already is not held again"


@pytest.mark.parametrize("kind", ["sha1", "pdq"])
def test_a_known_picture_in_an_archive_is_held_and_its_archive_named(kind, case, tmp_path):
    case.known(the_list(tmp_path, HASHES[kind](KNOWN)), DUTY)
    chat = "01/03/2026, 21:06 - Mara Quill: IMG-20260301-WA0001.jpg (file attached)\n"
    folder = tmp_path / "e"
    folder.mkdir()
    with zipfile.ZipFile(folder / "WhatsApp Chat with Mara.zip", "w") as archive:
        archive.writestr("WhatsApp Chat with Mara.txt", chat)
        archive.writestr("IMG-20260301-WA0001.jpg", KNOWN)
        archive.writestr("IMG-20260301-WA0002.jpg", OTHER)
    case.add([str(folder)])
    with pytest.raises(KnownMaterial, match="taken out of exhibit 1") as stopped:
        case.run()
    assert "IMG-20260301-WA0001" not in stopped.value.why
    case.run()
    assert case.status().pending == 0 and case.status().exhibits == 4
    assert case.search("attached").total == 1, "the chat itself is read"
    (number,) = case.status().quarantined
    nothing_of_it(case, number, KNOWN, ())
    assert not list((case.case.folder / "vault" / "drafts").iterdir())


def test_what_was_taken_out_of_a_known_archive_is_held_too(case: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "e"
    folder.mkdir()
    path = folder / "WhatsApp Chat with Mara.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("WhatsApp Chat with Mara.txt", "01/03/2026, 21:06 - Mara Quill: Hello\n")
        archive.writestr("IMG-20260301-WA0001.jpg", KNOWN)
    case.add([str(folder)])
    case.run()
    kept = case.known(the_list(tmp_path, HASHES["sha1"](path.read_bytes())), DUTY)
    assert kept.quarantined == [1, 2, 3]
    assert case.run().events == 0 and case.status().events == {}


def test_nothing_of_it_is_shared(case: Workspace, tmp_path: Path) -> None:
    case.add([str(evidence(tmp_path / "e", **{"a-name-that-tells.jpg": KNOWN}))])
    case.run()
    event = next(e for e in case.search(MAKE).hits).event
    case.decide("exculpatory", event.id, reason="a test")
    case.known(the_list(tmp_path, HASHES["pdq"](KNOWN)), DUTY)
    case.run()
    shared = case.share("table", "A. Recipient", "a test")
    folder = case.case.folder / "packages" / Path(shared.folder).name
    sha256 = hashlib.sha256(KNOWN).hexdigest().encode()
    for path in (p for p in folder.rglob("*") if p.is_file()):
        raw = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                raw = b"".join(book.read(name) for name in book.namelist())
        assert sha256 not in raw and b"a-name-that-tells" not in raw, path


def test_a_list_that_was_altered_stops_all_work_and_is_named(case, tmp_path) -> None:
    case.known(the_list(tmp_path, HASHES["sha256"](KNOWN)), DUTY)
    (path,) = (case.case.folder / "known").iterdir()
    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    folder = evidence(tmp_path / "e", **{"a.jpg": KNOWN})
    for act in (lambda: case.add([str(folder)]), case.run):
        with pytest.raises(Refused, match="known-material list national") as refused:
            act()
        assert refused.value.error == "unsound"
    assert any("known-material list national" in fault for fault in case.verify().faults)
    path.unlink()
    assert case.status().quarantined == [], "what does not read evidence still answers"
    with pytest.raises(Refused, match="missing"):
        case.add([str(folder)])
    case.known(the_list(tmp_path, HASHES["sha256"](KNOWN)), DUTY)
    with pytest.raises(KnownMaterial):
        case.add([str(folder)])


def test_a_list_is_replaced_by_name_and_never_by_nothing(case: Workspace, tmp_path: Path) -> None:
    case.known(the_list(tmp_path, HASHES["sha256"](KNOWN)), DUTY)
    with pytest.raises(Refused, match="no hash"):
        case.known(the_list(tmp_path, "no hash", "at all"))
    kept = case.known(the_list(tmp_path, "no hash", HASHES["md5"](OTHER)))
    assert kept.refused == ["line 2: it is as long as no hash that is known here"]
    assert "Report it to the authority" in kept.duty, "a duty in general words, where none is given"
    assert [one.counts["md5"] for one in known.load(case.case)] == [1]
    assert len(list((case.case.folder / "known").iterdir())) == 1
    assert case.verify().faults == []


def test_a_quarantine_that_is_struck_out_is_found(case: Workspace, tmp_path: Path) -> None:
    case.add([str(evidence(tmp_path / "e", **{"a.jpg": KNOWN}))])
    case.known(the_list(tmp_path, HASHES["md5"](KNOWN)), DUTY)
    with case.case.catalogue.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM quarantine")
    assert any("quarantine x" in fault for fault in case.verify().faults)


@pytest.mark.parametrize("step", ["quarantine.record", "quarantine.hold", "known.save"])
def test_interrupted_at_any_step_the_same_command_ends_it(step, case, tmp_path, monkeypatch):
    case.add([str(evidence(tmp_path / "e", **{"a.jpg": KNOWN, "b.jpg": OTHER}))])
    case.run()
    path = the_list(tmp_path, HASHES["md5"](KNOWN))

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"palermo.custody.{step}", die)
        with pytest.raises(KeyboardInterrupt):
            case.known(path, DUTY)
    assert known.load(case.case) == [], "no list is the case's before all was held to it"
    assert case.verify().faults == []
    case.known(path, DUTY)
    (number,) = case.status().quarantined
    case.run()
    nothing_of_it(case, number, KNOWN, ("a.jpg",))


def test_killed_as_it_stops_the_run_goes_on(case, tmp_path, monkeypatch) -> None:
    case.known(the_list(tmp_path, HASHES["pdq"](KNOWN)), DUTY)
    case.add([str(evidence(tmp_path / "e", **{"a.jpg": KNOWN, "b.jpg": OTHER}))])

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("palermo.custody.quarantine.record", die)
        with pytest.raises(KeyboardInterrupt):
            case.run()
    assert case.search("").total == 0 and case.status().quarantined == []
    with pytest.raises(KnownMaterial):
        case.run()
    case.run()
    nothing_of_it(case, case.status().quarantined[0], KNOWN, ("a.jpg",))
