"""Watches against those who would go round their limits."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

import consented_case
import linked_case
from case import grant
from palermo.review.deciding import Request
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.store import catalogue as c
from palermo.workspace import Workspace

NUMBER, WRITTEN = "phone:+442079460018", "020 7946 0018"
OTHER = "+44 20 7946 0555"  # that nothing of the case bears
WHY = "Named in the tip of 2 March"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linked_case.make(tmp_path_factory.mktemp("watch"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return Path(shutil.copytree(made, tmp_path / "case"))


@pytest.fixture(scope="module")
def used(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose one watch was met, looked at, and ended."""
    case = Path(shutil.copytree(made, tmp_path_factory.mktemp("used") / "case"))
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
        call(workspace, OTHER)
        workspace.alerts()
        workspace.end_watch(1, "It is found")
        assert workspace.verify().faults == []
    return case


def opened(case: Path, actor: str = "tester", purpose: str | None = None, days: int = 0):
    workspace = Workspace.open(case, actor, purpose)
    later = datetime.now(UTC) + timedelta(days=days)
    if days:
        object.__setattr__(workspace.gate, "clock", lambda: later)
    return workspace


def call(workspace: Workspace, number: str = WRITTEN) -> None:
    workspace.note(f"The driver called +44 {number.removeprefix('+44').strip().lstrip('0')}")


def over(case: Path) -> str | None:
    """Return why the first watch runs no more, whatever the authority lets be asked."""
    with opened(case) as workspace, workspace._looking() as query:
        return workspace._watching(query).register().watches[0].over


# --- what is new, and to whom ---------------------------------------------------------------


def test_only_what_was_read_since_is_told_and_to_each_actor_once(case: Path) -> None:
    with opened(case) as workspace:
        one = workspace.watch(WRITTEN, WHY).watches[0]
        assert (one.number, one.new, one.over) == (1, 0, None) and one.events > 1
        assert workspace.alerts().alerts == [], "what was there is no news"
        call(workspace)
        assert workspace.status().alerts == 1
        told = workspace.alerts()
        assert [alert.event.kind for alert in told.alerts] == ["note"]
        assert workspace.status().alerts == 0 and not workspace.alerts().alerts
    with opened(case, "another") as workspace:
        assert workspace.status().alerts == 1, "whoever did not look has not seen it"
        assert [a.number for a in workspace.alerts().alerts] == [told.through]


def test_each_alert_leads_to_the_bytes(case: Path) -> None:
    with opened(case) as workspace:
        workspace.watch(WRITTEN, WHY)
        call(workspace)
        alert = workspace.alerts().alerts[0]
        assert alert.claim is not None and alert.claim.value.node == NUMBER
        way = workspace.why(alert.why)
        assert way.excerpts and all(one.verified for one in way.excerpts)


def test_a_run_that_finds_alerts_says_so(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "more.txt"
    path.write_text(f"01/04/2026, 10:00 - +44 20 7946 0018: Call {OTHER}\n", encoding="utf-8")
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
        workspace.add([str(path)], linked_case.STATED)
        assert workspace.run().alerts == workspace.status().alerts == 1
        assert workspace.run().alerts == 1, "a run shows nothing: it marks nothing as seen"


def test_a_limit_leaves_the_rest_unseen(case: Path) -> None:
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
        for _ in range(3):
            call(workspace, OTHER)
        first = workspace.alerts(limit=2)
        assert (len(first.alerts), first.waiting) == (2, 3)
        assert len(workspace.alerts().alerts) == 1


def test_only_new_files_are_read_after_a_run(case: Path, monkeypatch) -> None:
    from palermo.run import sighting

    held: list[int] = []
    looked = sighting._met

    def counted(of, files, wanted):
        held.append(len(files))
        return looked(of, files, wanted)

    monkeypatch.setattr(sighting, "_met", counted)
    with opened(case) as workspace:
        call(workspace)
        workspace.watch(OTHER, WHY)
        assert held == [2], "a new watch is held against all that was read"
        call(workspace, OTHER)
        assert held == [2, 1], "a run's news against the watches"
        workspace.run()
        assert held == [2, 1], "nothing is new: nothing is read"


def test_a_second_reading_of_the_same_evidence_is_no_news(case: Path) -> None:
    with opened(case) as workspace:
        workspace.watch(WRITTEN, WHY)
        shutil.rmtree(case / "lake")
        workspace.run()
        assert workspace.alerts().alerts == []
        assert workspace.verify().faults == []


def test_a_number_once_seen_is_never_used_again(case: Path) -> None:
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
        call(workspace, OTHER)
        seen = workspace.alerts().through
        with closing(sqlite3.connect(case / "catalogue.sqlite")) as connection:
            connection.execute("DELETE FROM sighting")
            connection.commit()
        call(workspace, OTHER)
        assert [a.number for a in workspace.alerts().alerts] == [seen + 1]


def test_two_watches_on_one_value_are_one(case: Path) -> None:
    with opened(case) as workspace:
        workspace.watch("@example_travel", WHY)
        for typed in ("@Example_Travel", "telegram @example_travel"):
            with pytest.raises(Invalid, match="watch 1 is on it already"):
                workspace.watch(typed, WHY)
        workspace.end_watch(1, "Nothing came of it")
        assert workspace.watch("telegram @example_travel", WHY).watches[0].number == 2


# --- what is kept, and logged ---------------------------------------------------------------


def test_the_value_is_nowhere_in_the_catalogue(case: Path) -> None:
    """Neither in the register, nor in the log and its details, nor in the reason."""
    with opened(case) as workspace:
        before = dump(workspace)
        workspace.watch(OTHER, f"A tip names {OTHER}, and 00442079460555")
        call(workspace, "+44 20 7946 0018")
        workspace.alerts()
        after = dump(workspace)
    for form in ("79460555", "7946 0555"):
        assert form not in before and form not in after
    assert "phone~" in after


def dump(workspace: Workspace) -> str:
    with workspace.case.catalogue.read() as connection:
        names = ("watch", "sighting", "look", "custody", "custody_detail", "permit")
        tables = [c.metadata.tables[name] for name in names]
        return "\n".join(str(row) for t in tables for row in connection.execute(sa.select(t)))


def test_every_watch_and_every_look_is_logged_with_who_what_for_and_why(case: Path) -> None:
    with opened(case, "K. Analyst", "Find the driver") as workspace:
        workspace.watch(OTHER, WHY)
        call(workspace, OTHER)
        workspace.alerts()
        workspace.watches()
        workspace.end_watch(1, "It is found")
        entries = workspace.custody(limit=10_000).entries
        with workspace.case.catalogue.read() as connection:
            details = list(connection.execute(sa.select(c.custody_detail.c.detail)).scalars())
    acts = [e.act for e in entries if (e.actor, e.purpose) == ("K. Analyst", "Find the driver")]
    assert acts.count("watch") == 5, "asked, kept; listed; asked to end, ended"
    assert acts.count("alerts") == acts.count("alerts seen") == acts.count("sight") - 1 == 1
    said = [json.loads(detail) for detail in details]
    assert [d["reason"] for d in said if "tokens" in d] == [WHY]
    assert [d["watches"] for d in said if "through" in d and "watches" in d] == [{"1": WHY}]
    assert [d["why_ended"] for d in said if "why_ended" in d] == ["It is found"]


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_watch_begins_or_ends_without_a_reason(reason: str, case: Path) -> None:
    with opened(case) as workspace:
        with pytest.raises(Refused, match="for a reason"):
            workspace.watch(OTHER, reason)
        workspace.watch(OTHER, WHY)
        with pytest.raises(Refused, match="for a reason"):
            workspace.end_watch(1, reason)
        acts = [e.act for e in workspace.custody(limit=10_000).entries]
        assert acts.count("refused watch") == 2
        assert workspace.watches().watches[0].over is None


FORGED = [
    ("UPDATE watch SET tokens = '[\"phone~AAAAAAAAAAAAA\"]'", "watch 1: its row was altered"),
    ("UPDATE watch SET ended = NULL", "watch 1: its row was altered"),
    ("DELETE FROM look", "look 1 is in the custody log"),
    ("UPDATE look SET through = 999", "look 1: "),
    ("UPDATE sighting SET known = 1", "sighting 1: its row was altered"),
    ("INSERT INTO sought VALUES ('claims/none.parquet')", "sought claims/none.parquet has a row"),
]


@pytest.mark.parametrize(("statement", "fault"), FORGED)
def test_what_is_altered_behind_palermos_back_is_named(
    statement: str, fault: str, used: Path, tmp_path: Path
) -> None:
    case = Path(shutil.copytree(used, tmp_path / "case"))
    with closing(sqlite3.connect(case / "catalogue.sqlite")) as connection:
        assert connection.execute(statement).rowcount
        connection.commit()
    with opened(case) as workspace:
        assert any(told.startswith(fault) for told in workspace.verify().faults)


# --- how long, and under which authority ----------------------------------------------------


def test_a_watch_ends_with_its_authority_and_does_not_begin_again_with_the_next(
    case: Path,
) -> None:
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
    with opened(case, days=60) as workspace:
        with pytest.raises(Refused, match="ended"):
            workspace.alerts()
        assert workspace.status().alerts == 0
        since = (datetime.now(UTC) + timedelta(days=50)).date().isoformat()
        until = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
        workspace.authorise(grant(since=since, until=until))
        one = workspace.watches().watches[0]
        assert one.over and "authority 1 ended" in one.over
        call(workspace, OTHER)
        assert workspace.alerts().alerts == []


REPLACED = [
    ({}, None, "the same again"),
    ({"scope": {"acts": ["run", "watch", "alerts"]}}, None, "watching is covered"),
    ({"scope": {"acts": ["run", "search"]}}, "covers no watching", "it is not"),
    ({"offence": "smuggling"}, "is for smuggling", "another matter"),
]


@pytest.mark.parametrize(("changes", "why", "told"), REPLACED)
def test_a_watch_goes_on_under_an_authority_that_covers_it_and_under_no_other(
    changes: dict[str, object], why: str | None, told: str, case: Path
) -> None:
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
        workspace.authorise(grant(**changes))
        said = over(case)
        assert (said is None) if why is None else (why in str(said)), told
        workspace.authorise(grant(authority="Test order 3"))
        assert (over(case) is None) == (why is None), "what has ended stays ended"


def test_until_is_within_the_authority_and_holds(case: Path) -> None:
    def ahead(days: int) -> str:
        return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()

    with opened(case) as workspace:
        with pytest.raises(Invalid, match="the authority ends"):
            workspace.watch(OTHER, WHY, ahead(300))
        with pytest.raises(Invalid, match="is over"):
            workspace.watch(OTHER, WHY, "2020-01-01")
        workspace.watch(OTHER, WHY, ahead(3))
    with opened(case, days=5) as workspace:
        call(workspace, OTHER)
        assert workspace.alerts().alerts == []
        one = workspace.watches().watches[0]
        assert one.over and "it was to run until" in one.over, "it stays on record"
        with pytest.raises(Invalid, match="runs no more"):
            workspace.end_watch(1, "x")
        with pytest.raises(NotFound):
            workspace.end_watch(2, "x")


def test_an_authority_that_covers_no_watching_refuses_it(tmp_path: Path) -> None:
    Workspace.new(tmp_path / "case", grant(scope={"acts": ["add", "run"]}), actor="tester")
    with opened(tmp_path / "case") as workspace:
        for act in (lambda: workspace.watch(OTHER, WHY), workspace.watches, workspace.alerts):
            with pytest.raises(Refused, match="the authority covers only"):
                act()


# --- whom, and what for ---------------------------------------------------------------------

TIED = Request(act="tie", a="Person A", b=NUMBER, reason="Register")
ROLES = [
    ("victim", True),
    ("possible victim", True),
    ("witness", True),
    ("third party", True),
    (None, True),
    ("suspect", False),
]


def tie(workspace: Workspace, role: str | None) -> None:
    opened_ = Request(act="open_person", a="Person A", reason="Subscriber")
    given = Request(act="set_role", a="Person A", role=role, reason="Exhibit 1")
    told = workspace.decide_all([opened_, TIED, *([given] if role else [])])
    assert not told.refused


@pytest.mark.parametrize(("role", "protected"), ROLES)
def test_nobody_who_is_protected_is_watched(role: str | None, protected: bool, case: Path) -> None:
    with opened(case) as workspace:
        tie(workspace, role)
        if not protected:
            assert workspace.watch(WRITTEN, WHY).watches[0].over is None
            return
        for typed in (WRITTEN, NUMBER, "+44 20 7946 0018"):
            with pytest.raises(Refused, match="protected"):
                workspace.watch(typed, WHY)


def test_a_watch_falls_silent_when_its_value_turns_out_to_be_a_protected_persons(
    case: Path,
) -> None:
    with opened(case) as workspace:
        workspace.watch(WRITTEN, WHY)
        call(workspace)
        tie(workspace, "possible victim")
        assert workspace.status().alerts == 0 and workspace.alerts().alerts == []
        one = workspace.watches().watches[0]
        assert one.over and "protected" in one.over and (one.events, one.new) == (0, 0)
        workspace.decide("set_role", "Person A", reason="She was moved", role="victim")
        assert workspace.alerts().alerts == []


ENFORCEMENT = [
    (WHY, "Immigration enforcement"),
    ("For removal of migrants", None),
    ("To tell ICE where she is", None),
]


@pytest.mark.parametrize(("reason", "purpose"), ENFORCEMENT)
def test_nobody_is_watched_for_immigration_enforcement(
    reason: str, purpose: str | None, case: Path
) -> None:
    with (
        opened(case, purpose=purpose) as workspace,
        pytest.raises(Refused, match="immigration enforcement"),
    ):
        workspace.watch(OTHER, reason)


def test_no_alert_is_read_for_immigration_enforcement(case: Path) -> None:
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
        call(workspace, OTHER)
    with (
        opened(case, purpose="Deportation of the poster") as workspace,
        pytest.raises(Refused, match="immigration enforcement"),
    ):
        workspace.alerts()
    with opened(case) as workspace:
        assert workspace.status().alerts == 1, "nothing was shown"


# --- consent --------------------------------------------------------------------------------


def test_what_was_given_under_a_withdrawn_consent_is_no_alert(tmp_path: Path) -> None:
    """In the profile `ngo`: until what rests on it is taken out nothing is told; then it is gone."""
    Workspace.new(tmp_path / "case", grant(**consented_case.NGO), "tester")
    with opened(tmp_path / "case") as workspace:
        workspace.consent(consented_case.W07)
        workspace.run()
        workspace.watch(OTHER, WHY)
        with pytest.raises(Refused, match="consent"):
            call(workspace, OTHER)
        workspace.note(f"He called from {OTHER}", given="1")
        assert workspace.status().alerts == 1
        workspace.withdraw(1, "By telephone")
        assert workspace.status().alerts == 0 and workspace.alerts().alerts == []
        one = workspace.watches().watches[0]
        assert (one.events, one.new) == (0, 0) and one.value.masked
        with workspace.case.catalogue.read() as connection:
            assert not list(connection.execute(sa.select(c.sighting))), "no memory of it is kept"
        assert workspace.verify().faults == []


def test_between_a_consents_end_and_the_run_nothing_is_told(tmp_path: Path) -> None:
    Workspace.new(tmp_path / "case", grant(**consented_case.NGO), "tester")
    ends = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    given = consented_case.W07.__class__(
        giver="W-07", purpose="Help", language="ro", age="adult", until=ends
    )
    with opened(tmp_path / "case") as workspace:
        workspace.consent(given)
        workspace.run()
        workspace.watch(OTHER, WHY)
        workspace.note(f"He called from {OTHER}", given="1")
    with opened(tmp_path / "case", days=5) as workspace:
        assert workspace.status().alerts == 0
        with pytest.raises(Refused, match="not taken out yet"):
            workspace.alerts()


def test_what_turns_out_to_be_known_material_is_no_alert(case: Path, tmp_path: Path) -> None:
    with opened(case) as workspace:
        workspace.watch(OTHER, WHY)
        call(workspace, OTHER)
        exhibit = workspace.alerts(mark=False).alerts[0].event.exhibit
        with workspace.case.catalogue.read() as connection:
            query = sa.select(c.exhibit.c.sha256).where(c.exhibit.c.id == exhibit)
            digest = connection.execute(query).scalar_one()
        (tmp_path / "list").write_text(digest, encoding="utf-8")
        assert workspace.known(tmp_path / "list").quarantined
        assert workspace.status().alerts == 0 and workspace.alerts().alerts == []
        assert workspace.watches().watches[0].events == 0
