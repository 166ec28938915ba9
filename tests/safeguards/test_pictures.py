"""Pictures against those who would see, leak or be harmed by them."""

import hashlib
import io
import shutil
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from case import grant
from linked_case import ADVERT, ADVERTS
from palermo import wiring
from palermo.safeguards.consenting import Given
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.vocabulary import Statement
from palermo.workspace import Workspace
from photographs import SECRET, bomb, photograph, save, scene

CHAT = """01/03/2026, 21:06 - Mara Quill: Is the room still free?
01/03/2026, 21:07 - +44 20 7946 0018: {name} (file attached)
01/03/2026, 21:09 - Mara Quill: Yes, that one
"""
PAGE = "".join(
    ADVERT.format(title=title, day=day, body=body, place=place, contact=contact).replace(
        "<p class", f'<img src="/pictures/{day}.jpg" alt="the place"><p class', 1
    )
    for title, day, body, place, contact in ADVERTS
)
IN_FOLDER, IN_ZIP = "IMG-20260301-WA0001.jpg", "IMG-20260301-WA0002.jpg"
STATED = Statement(region="GB", zone="Europe/London")


def warc() -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for path, kind, body in (
        ("42", "text/html; charset=utf-8", f"<html><body>{PAGE}</body></html>".encode()),
        ("pictures/3.jpg", "image/jpeg", save(scene(seed=3))),
    ):
        head = StatusAndHeaders("200 OK", [("Content-Type", kind)], "HTTP/1.1")
        record = writer.create_warc_record(
            f"https://ads.example.org/{path}",
            "response",
            payload=io.BytesIO(body),
            http_headers=head,
            warc_headers_dict={"WARC-Date": "2026-03-02T09:00:00Z"},
        )
        writer.write_record(record)
    return out.getvalue()


def write(folder: Path) -> Path:
    """A photograph, a chat beside its picture, the same in an archive, an advert with its picture,
    and two files that cannot be shown."""
    for name in ("phone", "chat", "other"):
        (folder / name).mkdir(parents=True)
    (folder / "phone" / "DSC1.jpg").write_bytes(photograph())
    (folder / "chat" / "WhatsApp Chat with Mara Quill.txt").write_text(CHAT.format(name=IN_FOLDER))
    (folder / "chat" / IN_FOLDER).write_bytes(save(scene(seed=4)))
    (folder / "other" / IN_FOLDER).write_bytes(save(scene(seed=5)))  # of the same name, elsewhere
    with zipfile.ZipFile(folder / "WhatsApp Chat with Mara Quill.zip", "w") as archive:
        archive.writestr("WhatsApp Chat with Mara Quill.txt", CHAT.format(name=IN_ZIP))
        archive.writestr(IN_ZIP, save(scene(seed=6)))
    (folder / "page.warc.gz").write_bytes(warc())
    (folder / "bomb.png").write_bytes(bomb())
    (folder / "cut.jpg").write_bytes(photograph()[:3000])
    return folder


def make(folder: Path, **scope: object) -> Path:
    Workspace.new(folder / "case", grant(scope=scope), actor="tester")
    with Workspace.open(folder / "case", "tester") as workspace:
        workspace.add([str(write(folder / "evidence"))], STATED)
        workspace.run()
    return folder / "case"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("pictures"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "case")


def exhibit(workspace: Workspace, name: str, folder: str = "") -> str:
    return next(
        x.id for x in workspace.exhibits().exhibits if x.name == name and folder in x.origin
    )


def event(workspace: Workspace, kind: str, words: str = "") -> str:
    found = [hit.event for hit in workspace.search(words, kind=kind, limit=100).hits]
    assert found, kind
    return found[0].id


def acts(workspace: Workspace) -> list[tuple[str, str]]:
    return [(e.act, e.subject) for e in workspace.custody(limit=10_000).entries]


def test_a_picture_is_blurred_unless_a_reason_is_given(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        blurred = workspace.picture(photo)
        clear = workspace.picture(photo, "To tell whether it is the room of the advert")
    assert Image.open(io.BytesIO(blurred.content)).size == (8, 6)
    assert Image.open(io.BytesIO(clear.content)).size == (640, 480)
    assert SECRET.encode() not in blurred.content + clear.content


@pytest.mark.parametrize("reason", ["", " ", "\n\t "])
def test_no_reason_shows_nothing_and_is_logged(case: Path, reason: str) -> None:
    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        with pytest.raises(Refused, match="for a reason only"):
            workspace.picture(photo, reason)
        assert acts(workspace)[-2][0] == "refused picture"
        assert workspace.status().exposure == 0


def test_every_clear_showing_is_logged_on_its_exhibit_and_counted(case: Path) -> None:
    with Workspace.open(case, "tester", "Find the room") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        workspace.picture(photo)
        assert workspace.status().exposure == 0
        assert [workspace.picture(photo, "To see the door").exposure for _ in range(2)] == [1, 2]
        assert workspace.status().exposure == 2
        assert acts(workspace).count(("picture shown clear", photo)) == 2
        told = [e for e in workspace.why(photo).custody if e.act == "picture shown clear"]
        assert [(e.actor, e.purpose) for e in told] == [("tester", "Find the room")] * 2
    with sqlite3.connect(case / "catalogue.sqlite") as catalogue:
        details = [row[0] for row in catalogue.execute("SELECT detail FROM custody_detail")]
    assert sum("To see the door" in d and photo in d for d in details) >= 2
    with Workspace.open(case, "somebody else") as workspace:
        assert workspace.status().exposure == 0


def test_nothing_of_a_picture_is_kept(case: Path) -> None:
    def files() -> set[Path]:
        return {p for p in case.rglob("*") if not p.name.startswith("catalogue.sqlite")}

    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        before = files()
        clear = workspace.picture(photo, "To see the door").content
        assert files() == before
    kept = (case / "catalogue.sqlite").read_bytes()
    assert clear[600:700] not in kept


@pytest.mark.parametrize("value", ["none", "hashes"])
@pytest.mark.parametrize("reason", [None, "To see the door"])
def test_an_authority_without_pictures_shows_none(
    case: Path, value: str, reason: str | None
) -> None:
    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        workspace.authorise(grant(scope={"pictures": value}))
        assert workspace.status().pictures == value
        with pytest.raises(Refused, match="no looking at pictures"):
            workspace.picture(photo, reason)
        assert acts(workspace)[-2][0] == "refused picture"


@pytest.mark.parametrize(
    ("scope", "why"),
    [
        ({"pictures": "some"}, "no such word"),
        ({"pictures": ["none"]}, "a list would be compared with nothing"),
        ({"pictures": ""}, "nothing said"),
        ({"exposure": "many"}, "no number"),
        ({"exposure": -1}, "less than none"),
        ({"exposure": ["5", "9"]}, "two numbers"),
    ],
)
def test_a_scope_that_could_be_read_two_ways_is_no_scope(
    scope: dict[str, object], why: str, tmp_path: Path
) -> None:
    with pytest.raises(Invalid):
        Workspace.new(tmp_path / "case", grant(scope=scope), actor="tester")


def test_only_so_many_a_day(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        workspace.authorise(grant(scope={"exposure": "2"}))
        for _ in range(2):
            workspace.picture(photo, "To see the door")
        with pytest.raises(Refused, match="2 pictures a day"):
            workspace.picture(photo, "To see the door")
        workspace.picture(photo)  # the blurred form harms nobody
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        object.__setattr__(workspace.gate, "clock", lambda: tomorrow)
        workspace.picture(photo, "To see the door")
    with Workspace.open(case, "somebody else") as workspace:
        workspace.picture(photo, "To see the door")


def test_no_picture_when_the_authority_has_ended(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        later = datetime.now(UTC) + timedelta(days=60)
        object.__setattr__(workspace.gate, "clock", lambda: later)
        for reason in (None, "To see the door"):
            with pytest.raises(Refused, match="ended"):
                workspace.picture(photo, reason)


def test_known_material_is_shown_to_nobody_not_even_blurred(case: Path, tmp_path: Path) -> None:
    known = tmp_path / "national.txt"
    known.write_text(hashlib.sha256(photograph()).hexdigest())
    with Workspace.open(case, "tester") as workspace:
        exhibit_id = exhibit(workspace, "DSC1.jpg")
        photo = workspace.show(exhibit_id).pictures[0].id
        workspace.picture(photo)
        workspace.known(known, "Call the duty officer at once.")
        for reason in (None, "To see the door"):
            with pytest.raises(Refused, match="quarantine") as no:
                workspace.picture(exhibit_id, reason)
            assert "Call the duty officer" in no.value.next
            assert acts(workspace)[-2][0] == "refused picture"
            with pytest.raises(Refused):
                workspace.picture(photo, reason)


def test_what_was_given_with_a_consent_that_was_withdrawn_is_shown_no_more(
    case: Path, tmp_path: Path
) -> None:
    (tmp_path / "GIVEN.jpg").write_bytes(photograph(seed=7))
    with Workspace.open(case, "tester") as workspace:
        agreed = Given(giver="C-7", purpose="To find the room", language="ro", age="adult")
        number = workspace.consent(agreed).consents[0].number
        workspace.add([str(tmp_path / "GIVEN.jpg")], Statement(consent=str(number)))
        workspace.run()
        given = exhibit(workspace, "GIVEN.jpg")
        photo = workspace.show(given).pictures[0].id
        workspace.picture(given, "To see the door")
        workspace.withdraw(number, "Said so on the telephone")
        for reason in (None, "To see the door"):
            with pytest.raises(Refused, match="withheld"):
                workspace.picture(given, reason)
            with pytest.raises(Refused):
                workspace.picture(photo, reason)


def test_a_picture_outside_the_scope_is_not_shown(tmp_path: Path) -> None:
    """Its bytes are sealed, but nothing that was read says that it may be looked at."""
    case = make(tmp_path, kinds=["message"])
    with Workspace.open(case, "tester") as workspace, pytest.raises(NotFound):
        workspace.picture(exhibit(workspace, "DSC1.jpg"), "To see the door")


def test_only_pictures_are_shown(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        message = event(workspace, "message")
        chat = workspace.show(message).event.exhibit
        for id in (chat, message, "e404", "x' OR 1=1 --", "../key", ""):
            with pytest.raises(NotFound):
                workspace.picture(id, "To see the door")


def test_what_was_taken_in_by_its_hashes_says_so(case: Path, tmp_path: Path) -> None:
    (tmp_path / "HASHED.jpg").write_bytes(photograph(seed=8))
    with Workspace.open(case, "tester") as workspace:
        workspace.add([str(tmp_path / "HASHED.jpg")], STATED, hash_only=True)
        workspace.run()
        photo = next(
            hit.event
            for hit in workspace.search("", kind="photograph", limit=100).hits
            if hit.event.details.get("intake")
        )
        assert workspace.show(photo.id).pictures == []
        for id in (photo.id, photo.exhibit):
            with pytest.raises(NotFound, match="by its hashes alone"):
                workspace.picture(id, "To see the door")


def test_an_altered_blob_is_not_shown_as_the_evidence(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        blob = workspace.case.vault.path(hashlib.sha256(photograph()).hexdigest())
        blob.chmod(0o644)
        blob.write_bytes(save(scene(seed=9)))
        with pytest.raises(Refused, match="altered") as no:
            workspace.picture(photo, "To see the door")
        assert no.value.error == "unsound"
        assert workspace.status().exposure == 0


@pytest.mark.parametrize(
    ("name", "words"), [("bomb.png", "pixels are more than"), ("cut.jpg", "cannot be decoded")]
)
def test_what_cannot_be_shown_says_why_and_counts_for_nothing(
    case: Path, name: str, words: str
) -> None:
    with Workspace.open(case, "tester") as workspace:
        for reason in (None, "To see the door"):
            with pytest.raises(Invalid, match=words):
                workspace.picture(exhibit(workspace, name), reason)
        assert workspace.status().exposure == 0


def test_without_its_rule_nothing_is_allowed(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workspace.open(case, "tester") as workspace:
        photo = exhibit(workspace, "DSC1.jpg")
        rules = {name: r for name, r in wiring.plugins("rules").items() if name != "pictures"}
        monkeypatch.setattr(wiring, "plugins", lambda group: rules)
        with pytest.raises(Refused, match="not installed"):
            workspace.picture(photo)


# --- which pictures a thing shows -----------------------------------------------------------


def test_a_message_shows_the_picture_that_came_with_it(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        for name, folder in ((IN_FOLDER, "/chat/"), (IN_ZIP, "")):
            message = next(
                hit.event.id
                for hit in workspace.search("", kind="message", limit=100).hits
                if hit.event.details.get("attachment") == name
            )
            [picture] = workspace.show(message).pictures
            assert picture.exhibit == exhibit(workspace, name, folder)
            workspace.picture(picture.id, "To see the room")


def test_an_advert_shows_the_picture_that_it_names(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        [picture] = workspace.show(event(workspace, "advert", "offices")).pictures
        assert picture.exhibit == exhibit(workspace, "https://ads.example.org/pictures/3.jpg")
        assert workspace.show(event(workspace, "advert", "kitchen")).pictures == []  # not captured
        [same] = workspace.show(picture.exhibit).pictures
        assert same == picture
        assert workspace.show(picture.id).pictures == [picture]


def test_what_shows_no_picture_names_none(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        words = next(
            hit.event.id
            for hit in workspace.search("", kind="message", limit=100).hits
            if "attachment" not in hit.event.details
        )
        assert workspace.show(words).pictures == []
        assert workspace.show(exhibit(workspace, "page.warc.gz")).pictures == []
