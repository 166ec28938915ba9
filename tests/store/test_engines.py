"""A case kept on a PostgreSQL server answers as one kept in a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from case import grant
from linked_case import FILES, STATED, A, B, write
from palermo.review.deciding import Request
from palermo.safeguards.refusal import Invalid, Refused
from palermo.workspace import Workspace

# What differs between two cases of the same content: when, where and under which hash.
VOLATILE = frozenset(
    {"at", "acquired", "head", "entry", "subject", "seconds", "package", "folder", "case", "until"}
)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("engines") / "evidence")


def plain(answer: Any) -> Any:
    """Return an answer without what differs from case to case."""
    match answer:
        case dict():
            return {k: plain(v) for k, v in answer.items() if k not in VOLATILE}
        case list():
            return [plain(item) for item in answer]
    return answer


def worked(folder: Path, evidence: Path, database: str | None) -> dict[str, Any]:
    """Make a case, take it through every verb, and return what each answered."""
    Workspace.new(folder, grant(), actor="tester", database=database)
    with Workspace.open(folder, "tester") as w:
        told: dict[str, Any] = {
            "add": w.add([str(evidence)], STATED, origin="a phone"),
            "add again": w.add([str(evidence)], STATED, origin="a phone"),
            "run": w.run(),
            "run again": w.run(),
        }
        found = w.search("kitchen")
        told |= {
            "search": found,
            "check": w.check(["020 7946 0027", "+44 20 7946 0999", "nothing"]),
            "show": w.show(A),
            "why": w.why(found.hits[0].event.id),
            "timeline": w.timeline(),
            "network": w.network(A),
            "movements": w.movements(),
            "queue": w.queue(),
            "reject": w.decide("reject", A, B, "A shared switchboard"),
            "exculpatory": w.decide("exculpatory", found.hits[0].event.id, reason="Says so"),
            "person": w.decide("open_person", "P1", reason="Subscriber"),
            "tie": w.decide("tie", "person:1", A, "Register"),
            "role": w.decide("set_role", "person:1", reason="Posted", role="suspect"),
            "decisions": w.decisions(),
            "queue after": w.queue(),
            "shown person": w.show("person:1"),
            "share": w.share("table", "Prosecutor", "Charging decision"),
            "problems": w.problems(),
            "exhibits": w.exhibits(),
            "status": w.status(),
            "verify": w.verify(),
            "custody": w.custody(limit=1000),
        }
    assert told["verify"].sound, told["verify"].faults
    assert told["share"].rows["events"] and told["reject"].decisions
    return {verb: plain(answer.model_dump(mode="json")) for verb, answer in told.items()}


@pytest.mark.postgres
def test_both_engines_answer_every_verb_alike(
    evidence: Path,
    postgres: Callable[[], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("secrets.token_bytes", bytes)  # one key, so that tokens are alike too
    on_file = worked(tmp_path / "file", evidence, None)
    on_server = worked(tmp_path / "server", evidence, postgres())
    for verb, answer in on_file.items():
        assert on_server[verb] == answer, verb


WRONG = [
    {"act": "confirm", "a": A, "b": B, "reason": " "},
    {"act": "open_person", "a": "P1", "reason": "x", "at": "yesterday"},
    {"act": "set_role", "a": "person:1", "reason": "x", "role": "witness", "since": "2026-13-01"},
]
FAULTS = [
    ("UPDATE custody SET actor = 'other' WHERE number = 3", "custody entry 3 was altered"),
    ("UPDATE custody_detail SET detail = '{}' WHERE number = 3", "detail of custody entry 3"),
    ("UPDATE exhibit SET sha256 = 'd' WHERE number = 1", "sealed bytes are missing"),
    ("DELETE FROM custody_detail WHERE number = 4", "detail of custody entry 4 is missing"),
]


def test_alterations_are_found_and_refusals_leave_nothing(
    database: str | None, evidence: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    Workspace.new(case, grant(scope={"sources": ["a phone/*"]}), "tester", database)
    with Workspace.open(case, "tester") as w:
        refused = w.add([str(evidence)], STATED, origin="a laptop")
        assert refused.exhibits == 0 and len(refused.refused) == FILES
        assert list(w.case.vault.blobs()) == [], "what is out of scope is not even sealed"
        w.add([str(evidence / "page.html")], STATED, origin="a phone")
        w.decide("open_person", "P1", reason="Named in a tip")
        for wrong in WRONG:
            with pytest.raises(Invalid):
                w.decide_all([Request(**wrong)], strict=True)
        with pytest.raises(Refused, match="nothing in the case ties"):
            w.decide("set_role", "person:1", reason="A pattern says so", role="suspect")
        made = w.decisions().decisions
        assert [d.act for d in made] == ["open_person"]
        assert w.verify().sound
    for statement, fault in FAULTS:
        altered(case, statement)
        with Workspace.open(case, "tester") as w:
            faults = w.verify().faults
        assert any(fault in found for found in faults), (statement, faults)


def altered(case: Path, statement: str) -> None:
    """Do what someone with the server's or the file's password could."""
    with Workspace.open(case, "tester") as w, w.case.catalogue.engine.begin() as connection:
        assert connection.execute(sa.text(statement)).rowcount == 1
