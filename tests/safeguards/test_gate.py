"""The gate against those who would go round it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from case import grant, make, write_evidence
from palermo import wiring
from palermo.safeguards.refusal import Invalid, Refused
from palermo.store import catalogue as c
from palermo.workspace import Workspace


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("gate"))


BAD_AUTHORITIES = [
    ({"authority": " "}, Invalid, "an authority that says nothing is none"),
    ({"basis": ""}, Invalid, "no legal basis"),
    ({"approved_by": ""}, Invalid, "nobody approved it"),
    ({"approved_by": "tester"}, Refused, "approved by whoever asks"),
    ({"approved_by": " TESTER "}, Refused, "the same, written otherwise"),
    ({"approved_by": "tеster"}, Refused, "a Cyrillic letter makes no other person"),
    ({"approved_by": "t.e\u200bster."}, Refused, "neither do dots and invisible characters"),
    ({"until": "2020-01-01"}, Refused, "ended before it began"),
    ({"until": "next year"}, Invalid, "no date"),
    ({"offence": "littering"}, Invalid, "not what this program is for"),
    (
        {"scope": {"everything": ["yes"]}},
        Invalid,
        "a scope that no rule knows would narrow nothing",
    ),
]


@pytest.mark.parametrize(("changes", "error", "why"), BAD_AUTHORITIES)
def test_there_is_no_case_without_a_lawful_authority(
    changes: dict[str, object], error: type[Refused], why: str, tmp_path: Path
) -> None:
    with pytest.raises(error):
        Workspace.new(tmp_path / "case", grant(**changes), actor="tester")
    assert not (tmp_path / "case").exists(), why


VERBS = [
    ("add", lambda w: w.add(["."])),
    ("run", lambda w: w.run()),
    ("search", lambda w: w.search("room")),
    ("show", lambda w: w.show("phone:+442079460018")),
    ("why", lambda w: w.why("phone:+442079460018")),
    ("timeline", lambda w: w.timeline()),
    ("network", lambda w: w.network()),
    ("movements", lambda w: w.movements()),
    ("check", lambda w: w.check(["020 7946 0018"])),
    ("problems", lambda w: w.problems()),
    ("exhibits", lambda w: w.exhibits()),
    ("note", lambda w: w.note("x")),
    ("review", lambda w: w.queue()),
    ("decide", lambda w: w.decide("reveal", "phone:+442079460018", reason="x")),
    ("decisions", lambda w: w.decisions()),
    ("share", lambda w: w.share("report", "Prosecutor", "Charging")),
]


@pytest.mark.parametrize(("verb", "act"), VERBS, ids=[v for v, _ in VERBS])
def test_nothing_works_when_the_authority_has_ended_and_the_refusal_is_logged(verb, act, case):
    with Workspace.open(case, "tester") as workspace:
        later = datetime.now(UTC) + timedelta(days=60)
        object.__setattr__(workspace.gate, "clock", lambda: later)
        before = workspace.case.catalogue
        with before.read() as connection:
            count = sa.select(sa.func.count()).select_from(c.custody)
            entries = connection.execute(count).scalar_one()
        with pytest.raises(Refused, match="ended"):
            act(workspace)
        with before.read() as connection:
            last = connection.execute(
                sa.select(c.custody.c.act).order_by(c.custody.c.number.desc()).limit(1)
            ).scalar_one()
            assert connection.execute(count).scalar_one() == entries + 1
    assert last.startswith("refused")


@pytest.mark.parametrize("verb", ["verify", "custody", "status"])
def test_evidence_and_log_can_be_checked_after_the_end(verb: str, case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        later = datetime.now(UTC) + timedelta(days=60)
        object.__setattr__(workspace.gate, "clock", lambda: later)
        getattr(workspace, verb)()


def test_every_look_is_logged_with_actor_purpose_and_what_was_shown(case: Path) -> None:
    with Workspace.open(case, "K. Analyst", "Find the room") as workspace:
        workspace.search("room")
        entries = workspace.custody(limit=10_000).entries
    asked, shown = entries[-3], entries[-2]
    assert (asked.act, asked.actor, asked.purpose) == ("search", "K. Analyst", "Find the room")
    assert shown.act == "shown" and shown.purpose == "Find the room"


def test_an_empty_purpose_is_none(case: Path) -> None:
    with Workspace.open(case, "tester", " ") as workspace, pytest.raises(Refused, match="purpose"):
        workspace.search("room")


def test_a_source_outside_the_scope_is_not_even_sealed(tmp_path: Path) -> None:
    folder = write_evidence(tmp_path / "evidence")
    Workspace.new(tmp_path / "case", grant(scope={"sources": ["*.txt"]}), actor="tester")
    with Workspace.open(tmp_path / "case", "tester") as workspace:
        added = workspace.add([str(folder)])
        assert added.exhibits == 1 and len(added.refused) == 2
        kept = list((tmp_path / "case" / "vault").rglob("??/*"))
        assert len([p for p in kept if p.is_file()]) == 1
        acts = [e.act for e in workspace.custody(limit=1000).entries]
        assert acts.count("refused add") == 2


def test_events_outside_the_scope_are_set_aside_and_counted(tmp_path: Path) -> None:
    case = make(tmp_path, scope={"kinds": ["message"], "since": "2026-03-02"})
    with Workspace.open(case, "tester") as workspace:
        status = workspace.status()
        assert status.events == {"message": 1}
        outside = [p for p in workspace.problems().problems if p.kind == "out of scope"]
        assert sum(p.count for p in outside) >= 4
        assert workspace.search("room").total == 0


def test_an_act_outside_the_scope_is_refused(tmp_path: Path) -> None:
    case = make(tmp_path, scope={"acts": ["add", "run", "search"]})
    with Workspace.open(case, "tester") as workspace:
        assert workspace.search("room").total == 2
        with pytest.raises(Refused, match="covers only"):
            workspace.timeline()


def test_without_its_own_safeguards_nothing_is_allowed(case, monkeypatch):
    rules = dict(wiring.plugins("rules"))
    del rules["smuggled"]
    monkeypatch.setattr(wiring, "plugins", lambda group: rules)
    with Workspace.open(case, "tester") as workspace, pytest.raises(Refused, match="not installed"):
        workspace.search("room")


def test_a_plugin_rule_can_refuse_but_never_allow(case, monkeypatch):
    class Generous:
        name, version = "generous", "1"

        def refuse(self, action):
            return None

    rules = {"a_generous": Generous(), **wiring.plugins("rules")}
    monkeypatch.setattr(wiring, "plugins", lambda group: rules)
    with Workspace.open(case, "tester", " ") as workspace, pytest.raises(Refused):
        workspace.search("room")
