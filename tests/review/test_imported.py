"""Decisions that come in a file: their importer is the decider on record, and answers for them only
with a reason of their own."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from linked_case import A, B, make
from palermo.review.deciding import Request
from palermo.safeguards.refusal import Refused
from palermo.store import catalogue as c
from palermo.workspace import Workspace

PRIVATE = "phone:+442079460999"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("imported"))


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "case"))


def brought(
    workspace: Workspace, rows: Sequence[dict[str, str]], vouched: str | None = None
) -> None:
    requests = [Request(reason="Seen in the register", vouched=vouched, **row) for row in rows]
    workspace.decide_all(requests, strict=True)


OTHERS = {"by": "R. Elsewhere", "at": "2026-03-20T10:30Z"}
CONFIRMED = [{"act": "confirm", "a": A, **OTHERS}, {"act": "confirm", "a": A, "b": B, **OTHERS}]


def test_the_importer_is_on_record_and_the_claim_beside_and_in_the_log(case: Path) -> None:
    with Workspace.open(case, "importer") as workspace:
        brought(workspace, CONFIRMED)
        made = workspace.decisions().decisions[0]
        assert (made.actor, made.claimed_by, made.own) == ("importer", "R. Elsewhere", False)
        assert made.claimed_at and made.claimed_at.isoformat() == "2026-03-20T10:30:00+00:00"
        assert made.at > made.claimed_at, "it was decided here when it was brought"
        with workspace.case.catalogue.read() as connection:
            details = connection.execute(c.sa.select(c.custody_detail.c.detail)).scalars()
            told = [json.loads(detail) for detail in details]
        logged = next(t for t in told if t.get("act") == "confirm")
        assert logged["claimed_by"] == "R. Elsewhere" and "2026-03-20" in logged["claimed_at"]
        assert workspace.verify().sound


def test_an_altered_claim_is_found_out(case: Path) -> None:
    with Workspace.open(case, "importer") as workspace:
        brought(workspace, CONFIRMED)
        with workspace.case.catalogue.write() as connection:
            connection.execute(c.sa.update(c.decision).values(claimed_by=None))
        assert any("decision" in fault for fault in workspace.verify().faults)


def links_that_leave(workspace: Workspace) -> int:
    """Return how many links a package takes along; where nothing may leave, there is none."""
    try:
        return workspace.share("table", "Prosecutor", "Charging").rows["links"]
    except Refused as no:
        assert "nothing of the case has been reviewed" in no.why
        return 0


def test_somebody_elses_confirmations_clear_nothing_for_sharing(case: Path) -> None:
    with Workspace.open(case, "importer") as workspace:
        brought(workspace, CONFIRMED)
        assert links_that_leave(workspace) == 0
        brought(workspace, CONFIRMED, vouched="I have read each of them against the register")
        assert links_that_leave(workspace) > 0


ATTACKS = [
    ({"by": "importer"}, True, "the importer's own, taken in another place"),
    ({"by": "IMPORTER "}, True, "the same name, written otherwise"),
    ({}, True, "nobody else is named: the importer decides"),
    ({"by": "importer's chief"}, False, "a name that only begins alike"),
    ({"by": "R. Elsewhere"}, False, "somebody else"),
]


@pytest.mark.parametrize(("by", "clears", "why"), ATTACKS)
def test_only_what_the_importer_answers_for_clears(by, clears, why, case):
    with Workspace.open(case, "importer") as workspace:
        brought(workspace, [{"act": "confirm", "a": A, **by}])
        assert (links_that_leave(workspace) > 0) == clears, why


def test_a_blank_reason_vouches_for_nothing(case: Path) -> None:
    with Workspace.open(case, "importer") as workspace:
        brought(workspace, CONFIRMED, vouched="  ")
        assert links_that_leave(workspace) == 0


def test_it_orders_the_work_and_overrules_nobody_here(case: Path) -> None:
    with Workspace.open(case, "importer") as workspace:
        link = next(x for x in workspace.queue().links if A in (x.a.node, x.b.node))
        workspace.decide("reject", link.id, reason="Not theirs, I called")
        ends = {"a": link.a.node, "b": link.b.node}
        brought(workspace, [{"act": "confirm", **ends, **OTHERS}])
        shown = workspace.show(link.id).link
        assert shown and shown.decision == "reject"
        brought(workspace, [{"act": "reject", "a": A, "b": B, **OTHERS}])
        apart = [{n.node for n in workspace.network(x).identities[0].nodes} for x in (A, B)]
        assert B not in apart[0] and A not in apart[1], "a no holds, whoever says it"


def test_it_opens_no_masked_value(case: Path) -> None:
    with Workspace.open(case, "importer") as workspace:
        token = next(
            node.node
            for event in workspace.timeline().events
            for node in (party.value for party in event.parties)
            if node.masked
        )
        brought(workspace, [{"act": "reveal", "a": token, **OTHERS}])
        node = workspace.show(token).node
        assert node and node.masked
        rows = [
            {"act": "open_person", "a": "P1"},
            {"act": "tie", "a": "P1", "b": A},
            {"act": "tie", "a": "P1", "b": token},
            {"act": "set_role", "a": "P1", "role": "suspect"},
        ]
        brought(workspace, [row | OTHERS for row in rows])
        node = workspace.show(token).node
        assert node and node.masked, "a suspect by a file's word alone is protected"
        brought(workspace, [{"act": "reveal", "a": token, **OTHERS}], vouched="I read the order")
        node = workspace.show(token).node
        assert node and not node.masked


def test_it_takes_nobody_off_the_top_of_the_queue(case: Path) -> None:
    with Workspace.open(case, "importer") as workspace:
        noted = workspace.note("She is 15 years old and locked in")
        for act in ("no-risk", "confirm", "reject"):
            brought(workspace, [{"act": act, "a": noted.event, **OTHERS}])
            queue = workspace.queue()
            assert noted.event in {e.id for e in queue.events}, act
            assert next(e for e in queue.events if e.id == noted.event).risk, act
        brought(
            workspace, [{"act": "no-risk", "a": noted.event, **OTHERS}], vouched="I called them"
        )
        assert noted.event not in {e.id for e in workspace.queue().events}
