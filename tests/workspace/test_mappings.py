"""A mapping that is saved has those tables read again whose reading may rest on it, and no others."""

from pathlib import Path

import pytest

from case import grant
from palermo.workspace import Workspace

TABLE = "when,who,words\n2026-03-01 10:00:00,{who},Ask for a room\n"
FOUND = (
    "time,channel,text\n2026-03-01 10:00:00,web,A van at night\n"  # as a mapping of our own says
)
MAPPING = (
    "event: tip\nmatch: {{header: [when, who, words]}}\ntime: when\ntext: [{text}]\nignore: [who]\n"
)
INTAKE = """exhibits:
  - {files: "a.csv", mapping: alpha}
  - {files: "b.csv", mapping: beta}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    (folder / "mappings").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text(TABLE.format(who=name), encoding="utf-8")
    (folder / "c.csv").write_text(FOUND, encoding="utf-8")
    for name in ("alpha", "beta"):
        path = folder / "mappings" / f"{name}.yaml"
        path.write_text(MAPPING.format(text="words"), encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    Workspace.new(tmp_path / "case", grant(), actor="tester")
    return tmp_path / "case"


def texts(workspace: Workspace) -> list[str]:
    hits = workspace.search("", limit=100).hits
    return sorted(hit.event.text or "" for hit in hits)


def test_only_what_may_rest_on_a_mapping_is_read_again(case: Path, folder: Path) -> None:
    (folder / "intake.yaml").write_text(INTAKE, encoding="utf-8")
    with Workspace.open(case, "tester") as workspace:
        assert workspace.add([str(folder)]).exhibits == 3
        assert workspace.run().exhibits == 3
        assert workspace.run().exhibits == 0
        changed = folder / "mappings" / "alpha.yaml"
        changed.write_text(MAPPING.format(text="who"), encoding="utf-8")
        workspace.save_mapping(changed)
        # a.csv names it; c.csv names none, so that a mapping might fit it better; b.csv neither
        assert workspace.run().exhibits == 2
        assert texts(workspace) == ["A van at night", "Ask for a room", "a"]


def test_a_missing_mapping_is_awaited(case: Path, folder: Path) -> None:
    (folder / "intake.yaml").write_text(INTAKE, encoding="utf-8")
    late = folder / "mappings" / "beta.yaml"
    content = late.read_text(encoding="utf-8")
    late.unlink()
    with Workspace.open(case, "tester") as workspace:
        workspace.add([str(folder)])
        workspace.run()
        (told,) = workspace.problems().problems
        assert told.kind == "mapping" and "beta" in told.message
        late.write_text(content, encoding="utf-8")
        workspace.save_mapping(late)
        assert workspace.run().exhibits == 2  # b.csv, and c.csv as before
        assert workspace.problems().problems == []


def test_mappings_need_no_intake_file(case: Path, folder: Path) -> None:
    other = folder / "mappings" / "no-mapping.yaml"
    other.write_text("rooms: [1, 2]\n", encoding="utf-8")
    (folder / "mappings" / "beta.yaml").unlink()
    with Workspace.open(case, "tester") as workspace:
        assert workspace.add([str(folder)]).exhibits == 5, "and nothing that was added is lost"
        workspace.run()
        assert texts(workspace) == ["A van at night", "Ask for a room", "Ask for a room"]


def test_what_can_be_mended_comes_first_and_a_problem_is_one_line(
    case: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.csv").write_text(FOUND + "\n".join(["x,web,y"] * 3) + "\n", encoding="utf-8")
    (folder / "b.csv").write_text(TABLE.format(who="b"), encoding="utf-8")
    (folder / "c.bin").write_bytes(bytes(range(256)))
    with Workspace.open(case, "tester") as workspace:
        workspace.add([str(folder)])
        ran = workspace.run()
        told = workspace.problems().problems
        assert [p.kind for p in told][:2] == ["not understood", "mapping"]
        assert {p.exhibit_number for p in told[2:]} == {1}
        assert ran.problems == workspace.status().problems == len(told)
