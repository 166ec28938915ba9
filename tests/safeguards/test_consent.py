"""Profiles and consent against those who would go round them."""

import dataclasses
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from case import grant
from consented_case import (
    CLINIC,
    IN_CHAT,
    NGO,
    PAGE,
    PROSECUTION,
    PUBLISHED,
    STATED,
    TOLD,
    W07,
    evidence,
    make,
)
from palermo.review.deciding import Request
from palermo.safeguards import consent, profile
from palermo.safeguards.consenting import Given
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

A, B = "phone:+442079460018", "phone:+442079460027"
PRIVATE = "phone:+442079460999"  # that only the chat shows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("consent"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    return shutil.copytree(made, tmp_path / "case")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A case of the profile `ngo`, with nothing in it."""
    Workspace.new(tmp_path / "case", grant(**NGO), actor="tester")
    return tmp_path / "case"


# --- profiles -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", profile.names())
def test_every_profile_says_what_it_requires(name: str) -> None:
    known = profile.load(name)
    assert known.says and {*known.requires, *known.asks} <= {
        f.name for f in dataclasses.fields(type(grant()))
    }
    assert {"police", "ngo"} <= set(profile.names())


def test_switching_the_profile_changes_what_is_required(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="necessity"):
        Workspace.new(tmp_path / "ngo", grant(profile="ngo"), actor="tester")
    Workspace.new(tmp_path / "police", grant(), actor="tester")
    with Workspace.open(tmp_path / "police", "tester") as workspace:
        status = workspace.status()
        assert (status.profile, status.scope) == ("police", "the whole authority")
        assert "not stated" in status.necessity
        with pytest.raises(Invalid, match="necessity"):
            workspace.authorise(grant(profile="ngo"))
        workspace.authorise(grant(**NGO))
        assert workspace.status().profile == "ngo"
        workspace.authorise(grant(necessity="More people ask"))
        assert workspace.status().profile == "ngo", "a new authority keeps the profile"


NO_GRANTS = [
    ({"necessity": "  "}, Invalid, "words that say nothing are no necessity"),
    ({"profile": "ngo", "necessity": "\t"}, Invalid, "nor where it is required"),
    ({"profile": "customs"}, Invalid, "a profile that is not there requires nothing"),
    ({"profile": "../profiles/ngo"}, Invalid, "a path is no profile"),
    ({"profile": "police", "approved_by": "Tester"}, Refused, "who asks does not approve"),
]


@pytest.mark.parametrize(("changes", "error", "why"), NO_GRANTS)
def test_a_profile_is_not_switched_by_whoever_asks_for_it(changes, error, why, empty: Path) -> None:
    with Workspace.open(empty, "tester") as workspace:
        with pytest.raises(error):
            workspace.authorise(grant(**changes))
        assert workspace.status().profile == "ngo", why


# --- the record -----------------------------------------------------------------------------

NO_CONSENTS = [
    ({"giver": "+44 20 7946 0018"}, "a telephone number says who it is"),
    ({"giver": "W02079460018"}, "so does one behind a letter"),
    ({"giver": "mara7@example.org"}, "so does an e-mail"),
    ({"giver": "@mara7"}, "so does a handle"),
    ({"giver": "Mara Quill"}, "so does a name"),
    ({"giver": "Mara"}, "one word may be a name"),
    ({"giver": "42"}, "a number alone is lost among numbers"),
    ({"giver": " "}, "nobody"),
    ({"purpose": " "}, "consent to anything is none"),
    ({"language": ""}, "nobody knows whether it was understood"),
    ({"language": "his own"}, "no language"),
    ({"age": "17"}, "no age band"),
    ({"age": "child"}, "a child does not consent alone"),
    ({"age": "unknown"}, "who may be a child is treated as one"),
    ({"age": "child", "guardian": " "}, "a guardian who is nobody"),
    ({"age": "child", "guardian": "w-07"}, "the child is not its own guardian"),
    ({"age": "child", "guardian": "Tester"}, "who takes the evidence does not speak for the child"),
    ({"recipients": [PROSECUTION, " "]}, "a recipient without a name"),
    ({"given": "2999-01-01"}, "not given yet"),
    ({"given": "2026-03-01", "until": "2026-03-01"}, "over before it began"),
]


@pytest.mark.parametrize(("changes", "why"), NO_CONSENTS)
def test_what_is_no_consent_is_not_recorded(changes, why, made: Path) -> None:
    with Workspace.open(made, "tester") as workspace:
        with pytest.raises(Invalid):
            workspace.consent(dataclasses.replace(W07, **changes))
        assert len(workspace.consents().consents) == 2, why


def test_whose_age_is_not_stated_is_treated_as_a_child(made: Path) -> None:
    with Workspace.open(made, "tester") as workspace, pytest.raises(Invalid, match="guardian"):
        workspace.consent(Given(giver="W-20", purpose="Help", language="en"))


# --- entering -------------------------------------------------------------------------------

NOT_ENTERED = [
    (None, "without the consent", "nothing is stated"),
    ("9", "no consent 9", "nobody gave that"),
    ("0", "no consent 0", "nor that"),
    ("1", "withdrawn", "taken back"),
    ("2", "ended", "over by the clock"),
]


@pytest.mark.parametrize(("stated", "told", "why"), NOT_ENTERED)
def test_nothing_enters_without_a_consent_in_force(stated, told, why, empty: Path) -> None:
    _, given = evidence(empty.parent / "evidence")
    ends = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    with Workspace.open(empty, "tester") as workspace:
        workspace.consent(W07)
        workspace.consent(dataclasses.replace(W07, given="2026-01-01", until=ends))
        workspace.withdraw(1, "by telephone")
        added = workspace.add([str(given)], Statement(consent=stated))
        assert added.exhibits == 0 and all(told in line for line in added.refused), why
        assert len(added.refused) == 2
        with pytest.raises(Refused, match=told):
            workspace.note(TOLD, given=stated)
        assert workspace.status().exhibits == 0
        acts = [entry.act for entry in workspace.custody().entries]
        assert acts.count("refused add") == 2 and "refused note" in acts


def test_what_is_no_number_is_no_consent(empty: Path) -> None:
    _, given = evidence(empty.parent / "evidence")
    with Workspace.open(empty, "tester") as workspace:
        for stated in ("yes", "-1", "1.0", "publicly"):
            with pytest.raises(Invalid, match="no consent"):
                workspace.add([str(given)], Statement(consent=stated))
            with pytest.raises(Invalid, match="no consent"):
                workspace.note(TOLD, given=stated)


def test_what_was_stated_at_sealing_stands(empty: Path) -> None:
    _, given = evidence(empty.parent / "evidence")
    with Workspace.open(empty, "tester") as workspace:
        workspace.consent(W07)
        workspace.consent(dataclasses.replace(W07, recipients=[CLINIC]))
        assert workspace.add([str(given)], Statement(consent="1")).exhibits == 2
        again = workspace.add([str(given)], Statement(consent="2"))
        assert again.exhibits == 0 and len(again.refused) == 2
        assert all("sealed already, under consent 1" in line for line in again.refused)
        assert not workspace.add([str(given)], Statement(consent="1")).refused
        new = workspace.add([str(given)], Statement(consent="2"), origin="given again in May")
        assert new.exhibits == 2


def test_an_intake_file_states_consent_file_by_file(empty: Path) -> None:
    folder = evidence(empty.parent / "evidence")[0].parent
    rows = '- {files: "public/*", consent: public}\n- {files: "given/*.html", consent: 01}\n'
    (folder / "intake.yaml").write_text(f"exhibits:\n{rows}", encoding="utf-8")
    with Workspace.open(empty, "tester") as workspace:
        workspace.consent(W07)
        added = workspace.add([str(folder)])
        stated = {x.name: x.statement["consent"] for x in workspace.exhibits().exhibits}
    assert stated == {"page.html": "public", "saved.html": "1"}
    assert len(added.refused) == 1 and "Mara" in added.refused[0]


def test_in_the_police_profile_a_consent_that_is_given_counts_the_same(tmp_path: Path) -> None:
    Workspace.new(tmp_path / "case", grant(), actor="tester")
    public, given = evidence(tmp_path / "evidence")
    with Workspace.open(tmp_path / "case", "tester") as workspace:
        assert workspace.add([str(public)]).exhibits == 1, "none is required"
        assert workspace.add([str(given)], Statement(consent="1")).exhibits == 0
        workspace.consent(W07)
        assert workspace.add([str(given)], Statement(**STATED, consent="1")).exhibits == 2
        workspace.run()
        assert workspace.search(IN_CHAT).total == 1
        workspace.withdraw(1, "in person")
        assert workspace.search(IN_CHAT).total == 0


# --- withdrawal -----------------------------------------------------------------------------


def lake(case: Path) -> str:
    """Return every text that the lake's files hold."""
    tables = [pq.read_table(path) for path in (case / "lake").rglob("*.parquet")]
    return "\n".join(str(table.to_pylist()) for table in tables)


def joined(workspace: Workspace) -> bool:
    """Whether the number that only the chat shows, and that is masked, is one with another."""
    identities = [i.nodes for i in workspace.network().identities]
    return any(
        A in {n.node for n in nodes} and any(n.masked for n in nodes) for nodes in identities
    )


def test_what_was_withdrawn_is_gone_from_everywhere_but_the_vault(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("confirm", A, PRIVATE, reason="One seller")
        before = workspace.status()
        gone = workspace.search(IN_CHAT).hits[0].event.id
        assert PAGE in lake(case) and IN_CHAT in lake(case)
        assert joined(workspace)
        told = workspace.withdraw(1, "W-07 called").consents[0]
        assert "withdrawn" in (told.over or "") and told.reason == "W-07 called"
        after = workspace.status()
        assert after.exhibits == before.exhibits and after.withheld == 3, "the chat's archive too"
        assert after.pending == 0 and not after.stale
        assert workspace.search(IN_CHAT).total == 0 == workspace.search(PAGE).total
        assert workspace.search("van").total and workspace.search("blue").total, "the rest stays"
        assert all(IN_CHAT not in e.text for e in workspace.timeline().events)
        for verb in (workspace.show, workspace.why):
            with pytest.raises(NotFound):
                verb(gone)
        assert not joined(workspace), "a decision keeps no memory of it"
        withheld = [x for x in workspace.exhibits().exhibits if x.withheld]
        assert workspace.verify().sound
    assert len(withheld) == 3
    assert all("Mara" not in x.name + x.origin and "withdrawn" in x.name for x in withheld)
    assert PAGE not in lake(case) and IN_CHAT not in lake(case)


def test_a_withdrawal_is_taken_when_the_authority_has_ended(case: Path) -> None:
    shutil.copytree(case / "index", case / "index-0a1b2c3d")  # as a run leaves it that is killed
    with Workspace.open(case, "tester") as workspace:
        later = datetime.now(UTC) + timedelta(days=60)
        object.__setattr__(workspace.gate, "clock", lambda: later)
        workspace.withdraw(1, "by letter")
        with pytest.raises(Refused, match="ended"):
            workspace.search(PUBLISHED)
    assert PAGE not in lake(case) and IN_CHAT not in lake(case)
    assert not [*case.glob("index*")]


def test_nothing_is_read_between_a_withdrawal_and_its_consequences(case: Path, monkeypatch) -> None:
    def killed(*_):
        raise KeyboardInterrupt

    with Workspace.open(case, "tester") as workspace:
        monkeypatch.setattr("palermo.custody.withheld.take_out", killed)
        with pytest.raises(KeyboardInterrupt):
            workspace.withdraw(1, "by telephone")
        monkeypatch.undo()
        reads = (workspace.timeline, workspace.network, workspace.exhibits, workspace.queue)
        for read in (
            *reads,
            lambda: workspace.search("van"),
            lambda: workspace.check(["020 7946 0018"]),
        ):
            with pytest.raises(Refused, match="withdrawn"):
                read()
        workspace.run()
        assert workspace.search(PAGE).total == 0 and workspace.search("van").total


def test_a_consent_that_ends_by_the_clock_is_over(empty: Path) -> None:
    with Workspace.open(empty, "tester") as workspace:
        ends = datetime.now(UTC) + timedelta(minutes=5)
        workspace.consent(dataclasses.replace(W07, until=ends.isoformat()))
        workspace.note(TOLD, given="1")
        assert workspace.search("blue").total == 1
        object.__setattr__(workspace.gate, "clock", lambda: ends)
        with pytest.raises(Refused, match="ended"):
            workspace.search("blue")
        workspace.run()
        assert workspace.search("blue").total == 0 and workspace.status().withheld == 1


def test_a_copy_called_public_does_not_bring_back_what_was_withdrawn(case: Path, tmp_path) -> None:
    copy = tmp_path / "elsewhere.html"
    shutil.copy(case.parent / "evidence" / "given" / "saved.html", copy) if (
        case.parent / "evidence"
    ).exists() else evidence(tmp_path / "again") and shutil.copy(
        tmp_path / "again" / "given" / "saved.html", copy
    )
    with Workspace.open(case, "tester") as workspace:
        workspace.add([str(copy)], Statement(**STATED, consent="public"))
        workspace.run()
        workspace.withdraw(1, "by telephone")
        assert workspace.search(PAGE).total == 0
        assert workspace.status().withheld == 4


def test_nothing_undoes_a_withdrawal(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        with pytest.raises(NotFound):
            workspace.withdraw(9, "by telephone")
        with pytest.raises(Invalid, match="how it was withdrawn"):
            workspace.withdraw(2, " ")
        workspace.withdraw(2, "by telephone")
        with pytest.raises(Invalid, match="was withdrawn"):
            workspace.withdraw(2, "again")
        again = evidence(case.parent / "again")[0]
        assert workspace.add([str(again)], Statement(consent="2")).exhibits == 0
        with workspace.case.catalogue.read() as connection:
            assert consent.load(connection)[2].reason == "by telephone"
        assert workspace.verify().sound


# --- sharing --------------------------------------------------------------------------------


def reviewed(workspace: Workspace) -> None:
    """Confirm every link, that A and B are one's, and tag an event of each source."""
    links = [Request(act="confirm", a=link.id, reason="Read") for link in workspace.queue().links]
    events = [
        Request(act="exculpatory", a=hit.event.id, reason=f"Speaks for her: {words}")
        for words in ("van", "Evening", "other number", "blue")
        for hit in workspace.search(words).hits
    ]
    both = Request(act="confirm", a=A, b=B, reason="Mara Quill says so")
    assert len(workspace.decide_all([*links, both, *events]).decisions) >= 8


def package(workspace: Workspace, to: str, format: str = "table") -> tuple[str, dict[str, int]]:
    """Share, and return all that the package's files say, unpacked, and what was withheld."""
    shared = workspace.share(format, to, "Protection")
    told = []
    for path in Path(shared.folder).iterdir():
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                told += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
        elif path.suffix != ".pdf":
            told.append(path.read_text("utf-8"))
    return "\n".join(told), shared.withheld


@pytest.fixture(scope="module")
def ready(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = shutil.copytree(made, tmp_path_factory.mktemp("ready") / "case")
    with Workspace.open(case, "tester") as workspace:
        reviewed(workspace)
    return case


RECIPIENTS = [
    (PROSECUTION, {PAGE, IN_CHAT, PUBLISHED}, {TOLD}, "W-07 agreed to it, W-12 to nobody"),
    ("example  PROSECUTION ", {PAGE, IN_CHAT}, {TOLD}, "the same, spelt otherwise"),
    (CLINIC, {PUBLISHED}, {PAGE, IN_CHAT, TOLD, "Mara", "Quill"}, "nobody agreed to it"),
]


@pytest.mark.parametrize(("to", "there", "not_there", "why"), RECIPIENTS)
def test_what_was_given_goes_only_where_its_giver_agreed_to(to, there, not_there, why, ready):
    with Workspace.open(ready, "tester") as workspace:
        told, withheld = package(workspace, to)
    assert all(words in told for words in there), why
    assert not any(words in told for words in not_there), why
    assert any("no consent names it" in reason for reason in withheld)


def test_what_rests_on_one_who_agreed_and_one_who_did_not_stays(ready: Path) -> None:
    with Workspace.open(ready, "tester") as workspace:
        wide, narrow = (workspace.share("ftm", to, "Protection") for to in (PROSECUTION, CLINIC))
    assert (wide.rows["links"], narrow.rows["links"]) == (5, 2), "two of them are of her page"
    reasons = {r for r in narrow.withheld if "no consent names it" in r}
    assert {r.split()[0] for r in reasons} >= {"events", "links", "decisions"}


def test_exculpatory_items_that_may_not_go_are_disclosed_without_their_words(ready: Path) -> None:
    with Workspace.open(ready, "tester") as workspace:
        told, _ = package(workspace, CLINIC)
    assert "[withheld: no consent names this recipient]" in told
    assert "Speaks for her: van" in told and "Speaks for her: blue" not in told


NO_RECIPIENTS = [
    ("Another Office", "covers sharing only with", "nobody approved it"),
    ("Example Prosecution Immigration Unit", "covers sharing only with", "another office"),
    ("Ехample Prosecution", "covers sharing only with", "look-alike letters make another name"),
    ("Example\u200b Prosecution", "covers sharing only with", "so does what cannot be seen"),
]


@pytest.mark.parametrize(("to", "told", "why"), NO_RECIPIENTS)
def test_nothing_is_shared_by_default(to, told, why, ready: Path) -> None:
    with Workspace.open(ready, "tester") as workspace:
        before = workspace.status().packages
        with pytest.raises(Refused, match=told):
            workspace.share("table", to, "Protection")
        assert workspace.status().packages == before, why


def test_without_recipients_in_the_authority_nothing_is_shared(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.authorise(grant(**NGO | {"scope": {}}))
        with pytest.raises(Refused, match="names no recipient"):
            workspace.share("table", PROSECUTION, "Protection")


def test_with_nothing_that_may_go_there_is_no_package(empty: Path) -> None:
    with Workspace.open(empty, "tester") as workspace:
        workspace.consent(W07)
        noted = workspace.note(TOLD, given="1")
        workspace.decide("exculpatory", noted.event, reason="Speaks for her")
        with pytest.raises(Refused, match="nothing is left"):
            workspace.share("table", CLINIC, "Protection")
        assert not any((empty / "packages").iterdir())


def test_the_last_look_asks_the_consents_themselves(ready: Path, monkeypatch) -> None:
    """However a package was put together: here clearance takes the whole case for open."""
    from palermo.share import views as module

    class Careless(module.Views):
        def __init__(self, **values):
            values |= {"open": values["whole"], "closed": {}}
            super().__init__(**values)

    monkeypatch.setattr(module, "Views", Careless)
    with Workspace.open(ready, "tester") as workspace:
        with pytest.raises(Refused, match="may not go to this recipient"):
            workspace.share("table", CLINIC, "Protection")
        assert workspace.custody().entries[-2].act == "refused share"


def test_a_copy_called_public_does_not_go_where_its_giver_did_not_agree_to(case, tmp_path) -> None:
    _, given = evidence(tmp_path / "again")
    shutil.copy(given / "saved.html", tmp_path / "found.html")
    with Workspace.open(case, "tester") as workspace:
        workspace.add([str(tmp_path / "found.html")], Statement(**STATED, consent="public"))
        workspace.run()
        reviewed(workspace)
        assert PAGE not in package(workspace, CLINIC)[0]


def test_the_police_do_not_share_past_a_consent_either(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.authorise(grant(profile="police", necessity="An inquiry was opened"))
        reviewed(workspace)
        told, _ = package(workspace, "Another Office")
        assert PAGE not in told and IN_CHAT not in told and PUBLISHED in told
        workspace.authorise(grant(scope={"recipients": ["Prosecutor's office"]}))
        with pytest.raises(Refused, match="covers sharing only with"):
            workspace.share("table", "Another Office", "Protection")


def test_after_a_withdrawal_nothing_of_it_is_shared_with_those_it_named(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        reviewed(workspace)
        workspace.withdraw(1, "by telephone")
        told, _ = package(workspace, PROSECUTION)
    assert not any(words in told for words in (PAGE, IN_CHAT, "Mara", "Quill"))
    assert PUBLISHED in told


def test_a_package_says_under_which_profile_it_was_made(ready: Path) -> None:
    with Workspace.open(ready, "tester") as workspace:
        told, _ = package(workspace, PROSECUTION, "report")
    assert '"profile": "ngo"' in told and "recipients: Example Prosecution" in told
    assert "People ask for help" in told
