"""The training case, end to end: found, linked, scored against its truth, reviewed and shared."""

from pathlib import Path

import pytest

from case import grant
from palermo.review.deciding import Request
from palermo.safeguards.refusal import Refused
from palermo.simulate import simulate
from palermo.ui.cli.review import rows
from palermo.workspace import Workspace

SEED = 20261123


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    simulate(folder / "training", SEED, "small")
    Workspace.new(folder / "case", grant(), actor="tester")
    with Workspace.open(folder / "case", "tester") as workspace:
        workspace.add([str(folder / "training" / "evidence")])
        workspace.run()
    return folder


def test_what_is_linked_is_right_and_no_trap_joins(made: Path) -> None:
    with Workspace.open(made / "case", "tester") as workspace:
        scored = workspace.score(made / "training" / "truth")
    assert scored.scores["identities"]["precision"] >= 0.98
    assert scored.scores["identities"]["recall"] >= 0.6, "small cases hold few ties"
    assert scored.scores["movements"]["recall"] >= 0.85
    assert scored.traps_joining == []


def test_only_the_deliberately_damaged_files_have_problems(made: Path) -> None:
    with Workspace.open(made / "case", "tester") as workspace:
        problems = workspace.problems().problems
    damaged = {path.name for path in (made / "training" / "evidence" / "damaged").iterdir()}
    inside = {p.name for p in problems} - damaged
    # Parts of a damaged crawl are damaged with it; a site's own page on how to reach it is no advert.
    expected = {"picture", "damaged", "no advert"}
    assert all(p.kind in expected for p in problems if p.name in inside), problems


def test_every_finding_and_link_leads_back_to_verified_bytes(made: Path) -> None:
    with Workspace.open(made / "case", "tester") as workspace:
        queue = workspace.queue(limit=10)
        assert queue.findings and queue.links
        for id in [f.id for f in queue.findings[:4]] + [link.id for link in queue.links[:4]]:
            why = workspace.why(id)
            assert why.excerpts and all(e.verified for e in why.excerpts), id


def test_reviewers_decide_and_a_package_leaves_without_what_they_did_not_confirm(
    made: Path,
) -> None:
    with Workspace.open(made / "case", "tester") as workspace:
        vouched = "A training case: its reviewers are as invented as its evidence"
        listed = rows(made / "training" / "decisions.jsonl")
        requests = [Request(**row, vouched=vouched) for row in listed]
        decided = workspace.decide_all(requests)
        assert len(decided.decisions) >= 0.9 * len(requests), decided.refused
        with pytest.raises(Refused):
            workspace.share("report", "", "Charging")
        shared = workspace.share("report", "Prosecutor's office", "Charging decision")
        status = workspace.status()
    rejected = [d for d in decided.decisions if d.act in {"reject", "exculpatory"}]
    told = (Path(shared.folder) / "report.html").read_text(encoding="utf-8")
    assert rejected and all(" ".join(d.reason.split())[:40] in told for d in rejected)
    assert 0 < shared.rows["links"] < sum(status.links.values())
    assert (Path(shared.folder) / "report.pdf").read_bytes().startswith(b"%PDF")
