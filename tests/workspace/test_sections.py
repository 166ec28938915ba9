"""A large exhibit is read in sections: what is finished is kept, and all give what the whole gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from case import ADVERT, grant, warc
from palermo.run import decoding, sections
from palermo.store.engine import Processes
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

PAGES = 40


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    folder.mkdir()
    pages = [
        warc(f"https://ads.example.org/{n}", ADVERT.replace("Leeds", f"Leeds {n}"))
        for n in range(PAGES)
    ]
    (folder / "all.warc.gz").write_bytes(b"".join(pages))
    return folder


def opened(tmp_path: Path, evidence: Path, name: str) -> Workspace:
    Workspace.new(tmp_path / name, grant(), actor="tester")
    workspace = Workspace.open(tmp_path / name, "tester")
    workspace.add([str(evidence)], Statement(region="GB", zone="Europe/London"))
    return workspace


def told(workspace: Workspace) -> dict[str, object]:
    assert workspace.verify().faults == []
    tables = workspace.case.tables()
    found: dict[str, object] = {
        name: [str(row) for row in tables.sql(f'SELECT * FROM "{name}" ORDER BY ALL').to_pylist()]
        for name in ("events", "claims", "links", "identities", "findings")
    }
    tables.close()
    found["exhibits"] = [
        (e.id, e.events, e.problems, e.decoder) for e in workspace.exhibits().exhibits
    ]
    found["problems"] = sorted(p.id for p in workspace.problems().problems)
    return found


def in_sections(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(sections, "SECTION_BYTES", size)
    monkeypatch.setattr(decoding, "SECTION_BYTES", size)


def test_an_exhibit_in_sections_tells_what_it_tells_whole(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path, evidence, "whole") as workspace:
        workspace.run()
        whole = told(workspace)
    in_sections(monkeypatch, 4096)
    with opened(tmp_path, evidence, "parted") as workspace:
        ran = workspace.run()
        assert told(workspace) == whole
        assert ran.exhibits == 1
        assert workspace.run().events == 0, "nothing is left to read"


def test_a_run_that_is_cut_off_goes_on_with_the_sections_that_are_left(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_sections(monkeypatch, 4096)
    read: list[str] = []
    plain = Processes.do

    def cut_off(most: int | None):
        def do(self, work, jobs, size) -> Iterator[object]:
            for done in plain(self, work, jobs, size):
                if section := getattr(done[0], "section", None):
                    if len(read) == most:
                        raise KeyboardInterrupt
                    read.append(section.name)
                yield done

        return do

    with opened(tmp_path, evidence, "cut") as workspace:
        monkeypatch.setattr(Processes, "do", cut_off(3))
        with pytest.raises(KeyboardInterrupt):
            workspace.run()
        assert len(read) == 3
        assert workspace.status().pending == 1, "an exhibit that is read in part is not read"
        monkeypatch.setattr(Processes, "do", cut_off(None))
        workspace.run()
        assert len(set(read)) == len(read) > 3, "no section is read twice"
        parted = told(workspace)
        assert workspace.run().events == 0
    monkeypatch.undo()
    with opened(tmp_path, evidence, "whole") as workspace:
        workspace.run()
        assert told(workspace) == parted
