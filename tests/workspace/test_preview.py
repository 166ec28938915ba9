"""What a package would hold is told before it is written: the same as it then holds, and no more."""

import shutil
from pathlib import Path

import pytest

import linked_case
from linked_case import A
from palermo.safeguards.refusal import NotFound, Refused
from palermo.workspace import Workspace

TO, FOR = "Prosecutor's office", "Charging decision"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linked_case.make(tmp_path_factory.mktemp("preview"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


def files(case: Path) -> list[str]:
    return sorted(path.name for path in (case / "packages").rglob("*"))


@pytest.mark.parametrize("format", ["report", "table", "ftm"])
def test_the_preview_tells_what_the_package_then_holds(format: str, case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("confirm", A, reason="Read with exhibit 2")
        told = workspace.preview(format, TO, FOR)
        assert files(case) == [], "nothing is written"
        shared = workspace.share(format, TO, FOR)
    assert {name: told.rows[name] for name in shared.rows} == shared.rows
    assert told.withheld == shared.withheld
    assert sum(told.events.values()) == shared.rows["events"] > 0
    assert sum(exhibit.events for exhibit in told.exhibits) == shared.rows["events"]
    assert sum(told.links.values()) == shared.rows["links"] and not told.refusals


def test_a_preview_is_a_look_that_the_log_keeps(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.preview("report", TO, FOR)
        acts = [(entry.act, entry.purpose) for entry in workspace.custody().entries][-3:]
        assert ("preview", FOR) in acts
        assert not any(act == "share" for act, _ in acts), "nothing was shared"
        assert workspace.status().packages == 0 and workspace.verify().sound


REFUSED = [
    ("", FOR, "no recipient"),
    (TO, " ", "purpose"),
    ("Home Office Immigration Enforcement", FOR, "immigration enforcement"),
]


@pytest.mark.parametrize(("to", "purpose", "why"), REFUSED)
def test_a_preview_is_refused_as_the_package_would_be(
    to: str, purpose: str, why: str, case: Path
) -> None:
    with Workspace.open(case, "tester") as workspace:
        with pytest.raises(Refused, match=why):
            workspace.preview("report", to, purpose)
        assert workspace.custody().entries[-2].act.startswith("refused")


def test_a_preview_holds_no_masked_value(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("exculpatory", workspace.timeline().events[0].id, reason="x")
        told = workspace.preview("report", TO, FOR).model_dump_json()
    assert not any(value in told for value in ("Mara", "Quill", "7946 0999", "+442079460999"))


def test_an_unknown_format_is_not_found(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace, pytest.raises(NotFound):
        workspace.preview("telegram", TO, FOR)
