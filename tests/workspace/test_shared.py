"""Every real file goes through `add` and `run`: read, or reported with its place; never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from case import grant
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

# Damaged by their makers: what of them cannot be read has a place.
BROKEN = {
    "bad.arc": "record",
    "example-bad-non-chunked.warc.gz": "gzip",
    "example-bad.warc.gz.bad": "gzip",
    "example-digest.warc": "digest",
    "example-trunc.warc": "digest",
    "example-wrong-chunks.warc.gz": "gzip",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = Path(__file__).resolve().parents[3] / "shared" / "data"
    if not data.is_dir():
        pytest.skip(f"real material is absent: {data}")
    made = tmp_path_factory.mktemp("shared") / "case"
    Workspace.new(made, grant(), actor="tester")
    with Workspace.open(made, "tester") as workspace:
        added = workspace.add([str(data)], Statement(region="US", zone="Europe/London"))
        assert added.exhibits == sum(1 for path in data.rglob("*") if path.is_file())
        workspace.run()
    return made


def test_no_decoder_fails_on_any_of_them(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        assert [p for p in workspace.problems().problems if p.kind == "decoder failed"] == []
        assert workspace.status().pending == 0


def test_every_file_gives_events_or_a_problem(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        exhibits = workspace.exhibits(10_000).exhibits
    # A container that gave its content as exhibits of their own may say nothing itself.
    containers = {e.parent for e in exhibits}
    silent = [e for e in exhibits if not e.events and not e.problems and e.id not in containers]
    assert [e.name for e in silent] == []


@pytest.mark.parametrize(("name", "kind"), BROKEN.items())
def test_what_is_damaged_is_reported_with_its_place(name: str, kind: str, case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        found = [p for p in workspace.problems().problems if p.name == name]
    assert any(p.kind == kind and p.locator.startswith("offset:") for p in found), found


KINDS = ["page", "call", "message", "payment", "balance", "photograph", "position"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_real_material_is_read(kind: str, case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        assert workspace.status().events.get(kind, 0) > 0


def test_any_event_leads_back_to_its_bytes(case: Path, shared: Callable[[str], Path]) -> None:
    with Workspace.open(case, "tester") as workspace:
        tables = workspace.case.tables()
        ids = tables.sql(
            "SELECT min(id) AS id FROM events WHERE text <> '' GROUP BY method, kind ORDER BY 1"
        )["id"].to_pylist()
        tables.close()
        assert len(ids) >= 7
        for id in ids:
            why = workspace.why(id)
            assert why.custody and all(excerpt.verified for excerpt in why.excerpts), id
