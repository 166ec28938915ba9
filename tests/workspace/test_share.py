"""Sharing: what no person confirmed does not leave, and nothing leaves in the clear."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from case import make
from palermo.safeguards.refusal import NotFound, Refused
from palermo.store import catalogue as c
from palermo.workspace import Workspace

FORMATS = ("report", "table", "ftm")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make(tmp_path)


def text_of(folder: Path) -> str:
    """Return what a package's files say, unpacked."""
    import zipfile

    told = []
    for path in folder.rglob("*"):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                told += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
        elif path.suffix != ".pdf" and path.is_file():
            told.append(path.read_text(encoding="utf-8"))
    return "\n".join(told)


@pytest.mark.parametrize("format", FORMATS)
def test_a_package_holds_no_private_value_and_no_unreviewed_link(format: str, case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        event = next(e for e in workspace.timeline().events if "other number" in e.text)
        workspace.decide("exculpatory", event.id, reason="Says that the number is another's")
        shared = workspace.share(format, "Prosecutor's office", "Charging decision")
        told = text_of(Path(shared.folder))
    assert shared.rows["links"] == 0
    for value in ("Mara", "Quill", "7946 0999", "+442079460999", "+442079460018", "O2O 7946"):
        assert value not in told.replace("tester", ""), value


def test_exculpatory_items_and_rejections_are_always_disclosed(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        event = workspace.timeline().events[1]
        workspace.decide("exculpatory", event.id, reason="Speaks for the host")
        workspace.decide(
            "reject", "phone:+442079460018", "email:helper@example.org", "Another subscriber"
        )
        shared = workspace.share("report", "Prosecutor's office", "Charging decision")
        told = text_of(Path(shared.folder))
    assert "Speaks for the host" in told
    assert "Another subscriber" in told


REFUSED = [
    ("", "Charging", "no recipient"),
    ("Prosecutor", None, "purpose"),
    ("Prosecutor", " ", "purpose"),
]


@pytest.mark.parametrize(("to", "purpose", "why"), REFUSED)
def test_nothing_leaves_without_recipient_and_purpose(to, purpose, why, case):
    with Workspace.open(case, "tester") as workspace:
        with pytest.raises(Refused, match=why):
            workspace.share("report", to, purpose)
        assert not any((case / "packages").iterdir())


ENFORCEMENT = [
    ("Home Office Immigration Enforcement", "Charging"),
    ("Prosecutor", "Removal of irregular migrants found in the case"),
    ("Prosecutor", "Deportation order"),
    ("Oficina de Extranjería", "Expediente"),
    ("Прокуратура", "депортация"),
]


@pytest.mark.parametrize(("to", "purpose"), ENFORCEMENT)
def test_nothing_leaves_for_immigration_enforcement(to: str, purpose: str, case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        with pytest.raises(Refused, match="immigration enforcement"):
            workspace.share("table", to, purpose)
        assert not any((case / "packages").iterdir())


def test_nothing_of_a_shelter_leaves_not_even_in_words(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        event = next(e for e in workspace.timeline().events if "come to Leeds" in e.text)
        workspace.decide("exculpatory", event.id, reason="Offered help")
        workspace.decide("shelter", event.id, reason="A refuge")
        shared = workspace.share("table", "Prosecutor", "Charging")
        told = text_of(Path(shared.folder))
    assert "come to" not in told and any("shelter" in reason for reason in shared.withheld)


def test_a_reason_does_not_carry_names_and_numbers_out(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        event = workspace.timeline().events[1]
        reason = "Mara Quill (+44 20 7946 0888) told the officer, see 2026-03-01"
        workspace.decide("exculpatory", event.id, reason=reason)
        told = text_of(Path(workspace.share("report", "Prosecutor", "Charging").folder))
    assert "told the officer, see 2026-03-01" in told
    assert "Quill" not in told and "7946 0888" not in told


def test_an_unknown_format_is_not_found(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace, pytest.raises(NotFound):
        workspace.share("telegram", "Prosecutor", "Charging")


def test_a_package_is_on_record_with_every_row_that_left(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        event = workspace.timeline().events[0]
        workspace.decide("exculpatory", event.id, reason="x")
        shared = workspace.share("table", "Prosecutor", "Charging")
        with workspace.case.catalogue.read() as connection:
            row = connection.execute(sa.select(c.package)).one()
    assert row.rows["events"] == [event.id]
    about = json.loads((Path(shared.folder) / "package.json").read_text())
    assert about["recipient"] == "Prosecutor" and about["package"] == row.id


TAMPERED = [
    ("flip a byte of the report", lambda f: _flip(f / "chronology.xlsx"), "was altered"),
    ("change whom the package is for", lambda f: _flip(f / "package.json"), "was altered"),
    ("take a file away", lambda f: (f / "chronology.xlsx").unlink(), "is missing"),
    ("put a file in", lambda f: (f / "more.csv").write_text("x"), "put there later"),
    ("take the package away", lambda f: f.rename(f.parents[1] / "away"), "is missing"),
]


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(("what", "tamper", "why"), TAMPERED)
def test_verify_names_a_package_that_is_not_as_it_left(what, tamper, why, case):
    with Workspace.open(case, "tester") as workspace:
        event = workspace.timeline().events[0]
        workspace.decide("exculpatory", event.id, reason="x")
        shared = workspace.share("table", "Prosecutor", "Charging")
        assert workspace.verify().sound
        tamper(Path(shared.folder))
        faults = workspace.verify().faults
    assert any(shared.package in fault and why in fault for fault in faults), (what, faults)
