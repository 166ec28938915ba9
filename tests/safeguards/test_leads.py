"""Leads against those who would learn from them of whom they may not."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from case import grant
from consented_case import NGO, page
from palermo.answers import Leads
from palermo.look import nearby
from palermo.review.deciding import Request
from palermo.safeguards.consenting import Given
from palermo.safeguards.refusal import Refused
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

OURS, HERS, THEIRS = (f"020 7946 0{n}" for n in ("018", "111", "222"))
A, B, C = (f"phone:+442079460{n}" for n in ("018", "111", "222"))
HERS_TOO = "phone:+442079460119"
NIGHT = "Steady hands wanted for night shifts in our small packing hall."
BED = "We have a bed for you above the bakery if you need one."
PAY = "Pay is 9.50 GBP per hour."
NETWORK = [
    ("Packer", 1, f"{NIGHT} {PAY} {BED}", "Leeds", OURS),
    ("Packers", 5, f"Start on Monday. {NIGHT} Ask for Lou at the gate. {PAY}", "York", OURS),
    ("Helper", 9, f"{BED} {PAY}", "Hull", OURS),
]
OTHERS = [
    ("Hands", 3, f"{NIGHT} {PAY}", "Leeds", THEIRS),
    ("Carry", 7, f"Lift and carry boxes by hand. {BED} {PAY}", "York", THEIRS),
]
HER_ADVERTS = [
    ("Loader", 2, f"{NIGHT} {PAY} {BED}", "Leeds", HERS),
    ("Loaders", 6, f"{NIGHT} {BED} {PAY}", "York", f"{HERS} or 020 7946 0119"),
]
STATED = Statement(region="GB", zone="Europe/London")
ROLES = [
    ("victim", True),
    ("possible victim", True),
    ("witness", True),
    ("third party", True),
    (None, True),
    ("suspect", False),
]


def build(folder: Path, **pages: list[tuple[object, ...]]) -> Path:
    Workspace.new(folder / "case", grant(), actor="tester")
    with opened(folder / "case") as workspace:
        for name, rows in pages.items():
            workspace.add([str(page(folder / f"{name}.html", *rows))], STATED)
        workspace.run()
        workspace.decide("confirm", A, reason="Register")
    return folder / "case"


@contextmanager
def opened(case: Path) -> Iterator[Workspace]:
    with Workspace.open(case, "tester") as workspace:
        yield workspace


def tie(workspace: Workspace, node: str, role: str | None) -> None:
    requests = [
        Request(act="open_person", a="Person A", reason="Subscriber"),
        Request(act="tie", a="Person A", b=node, reason="Register"),
        *([Request(act="set_role", a="Person A", role=role, reason="Exhibit 1")] if role else []),
    ]
    assert not workspace.decide_all(requests).refused


def told(leads: Leads) -> object:
    """All that is told; what differs from case to case anyway, ids and links, is left out."""
    found = json.loads(re.sub(r"\b([eix])[0-9a-f]{32}\b", r"\1", leads.model_dump_json()))
    for lead in found["leads"]:
        lead["events"].sort(key=lambda event: event["title"])
        for reason in lead["reasons"]:
            del reason["rests_on"]
    return found


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("without"), a=NETWORK, b=OTHERS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("with"), a=NETWORK, b=OTHERS, c=HER_ADVERTS)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "case"))


# --- who is protected -------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "protected"), ROLES)
def test_leads_are_as_if_whoever_is_protected_were_not_there(
    role: str | None, protected: bool, case: Path, without: Path
) -> None:
    """Not by a name, a reason, a count, a weight or a rank."""
    with opened(without) as workspace:
        absent = told(workspace.leads(A))
    with opened(case) as workspace:
        before = workspace.leads(A)
        assert any(lead.value and lead.value.node == B for lead in before.leads)
        tie(workspace, B, role)
        after = workspace.leads(A)
    assert (told(after) == absent) == protected
    assert any(lead.value and lead.value.node == C for lead in after.leads)


def test_no_reason_rests_on_evidence_of_whoever_is_protected(case: Path) -> None:
    with opened(case) as workspace:
        hers = {e.id for node in (B, HERS_TOO) for e in workspace.show(node).events}
        tie(workspace, B, "victim")
        for lead in workspace.leads(A).leads:
            for id in (id for reason in lead.reasons for id in reason.rests_on):
                shown = workspace.show(id)
                ends = {shown.link.a.node, shown.link.b.node} if shown.link else {id}
                assert not hers & ends and not (shown.claim and shown.claim.event in hers)


def test_her_other_number_is_hers_too(case: Path) -> None:
    """Only an advert ties the two: who is tied to one is protected with both."""
    with opened(case) as workspace:
        tie(workspace, HERS_TOO, "victim")
        assert B not in workspace.leads(A).model_dump_json()


def test_an_advert_that_is_hers_by_itself_is_no_lead(tmp_path: Path) -> None:
    bare = [("Loader", 2, f"{NIGHT} {PAY} {BED}", "Leeds", "at the gate")]
    case = build(tmp_path, a=NETWORK, c=bare)
    with opened(case) as workspace:
        lead = workspace.leads(A).leads[0]
        event = lead.events[0].id
        tie(workspace, event, "victim")
        after = workspace.leads(A)
    assert event not in after.model_dump_json() and after.total == 0


def test_whom_a_person_rejected_is_not_counted_once_protected(case: Path, without: Path) -> None:
    with opened(without) as workspace:
        absent = told(workspace.leads(A))
    with opened(case) as workspace:
        workspace.decide("reject", A, B, "Another hall")
        assert workspace.leads(A).rejected == 1
        tie(workspace, B, "victim")
        assert told(workspace.leads(A)) == absent


def test_a_value_of_hers_is_no_reason(tmp_path: Path) -> None:
    """Her account stands in the network's adverts and in a stranger's, with eleven others that keep
    it from tying the two."""
    listed = ", ".join(iban(n) for n in range(12))
    named = [
        ("Deposit", 4, f"{NIGHT} Pay the deposit to {iban(0)} first.", "Leeds", OURS),
        ("Accounts", 3, f"Accounts that we know: {listed}.", "Ely", THEIRS),
    ]
    case = build(tmp_path, a=NETWORK, c=named)

    def kinds(leads: Leads) -> set[str]:
        return {reason.kind for lead in leads.leads for reason in lead.reasons}

    with opened(case) as workspace:
        assert "contact" in kinds(workspace.leads(A)), "the attack would tell nothing"
        tie(workspace, f"iban:{iban(0)}", "victim")
        after = workspace.leads(A)
    assert "contact" not in kinds(after) and "iban" not in json.dumps(
        [[reason.says for lead in after.leads for reason in lead.reasons], after.shared_by_many]
        + [lead.against for lead in after.leads]
    )


def iban(n: int) -> str:
    number = f"WEST1234569876{5400 + n}"
    digits = "".join(str(int(c, 36)) for c in f"{number}GB00")
    return f"GB{98 - int(digits) % 97:02}{number}"


def test_who_is_protected_is_no_network_to_build_upon(case: Path) -> None:
    with opened(case) as workspace:
        workspace.decide("confirm", B, reason="Register")
        assert workspace.leads(B).leads
        tie(workspace, B, "victim")
        with pytest.raises(Refused, match="nothing else"):
            workspace.leads(B)


def test_what_very_many_share_is_counted_without_her(
    case: Path, without: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "MANY", 1)
    with opened(without) as workspace:
        absent = told(workspace.leads(A))
    with opened(case) as workspace:
        hers = {e.id for node in (B, HERS_TOO) for e in workspace.show(node).events}
        tie(workspace, B, "victim")
        leads = workspace.leads(A)
    assert leads.shared_by_many and told(leads) == absent
    assert not any(event in said for event in hers for said in leads.shared_by_many)


# --- what is masked, withdrawn or in quarantine --------------------------------------------------


def test_a_sentence_that_many_share_names_nobody_whom_the_case_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No claim reads the name in the adverts; a chat tells that it is one."""
    monkeypatch.setattr(nearby, "MANY", 1)
    asking = "please ask for mihaela dragomir at our back gate before noon."
    rows = [(title, day, f"{body} {asking}", place, contact)
            for title, day, body, place, contact in [*NETWORK, *OTHERS]]  # fmt: skip
    chat = tmp_path / "WhatsApp Chat with Lou.txt"
    chat.write_text(
        "03/03/2026, 10:00 - Mihaela Dragomir: The van is late\n"
        "03/03/2026, 10:02 - Lou: I will wait\n",
        encoding="utf-8",
    )
    case = build(tmp_path, a=rows)
    with opened(case) as workspace:
        workspace.add([str(chat)], STATED)
        workspace.run()
        shared = workspace.leads(A).shared_by_many
    assert any("back gate" in said for said in shared), "the attack would tell nothing"
    assert not any("mihaela" in said or "dragomir" in said for said in shared)


def test_of_what_was_withdrawn_no_lead_tells(tmp_path: Path) -> None:
    case = tmp_path / "case"
    Workspace.new(case, grant(**NGO), "tester")
    with opened(case) as workspace:
        given = Given(giver="W-07", purpose="Finding who", language="ro", age="adult")
        workspace.consent(given)
        public = Statement(region="GB", zone="Europe/London", consent="public")
        hers = Statement(region="GB", zone="Europe/London", consent="1")
        workspace.add([str(page(tmp_path / "a.html", *NETWORK))], public)
        workspace.add([str(page(tmp_path / "b.html", *OTHERS))], public)
        workspace.add([str(page(tmp_path / "c.html", *HER_ADVERTS))], hers)
        workspace.run()
        workspace.decide("confirm", A, reason="Register")
        assert B in workspace.leads(A).model_dump_json()
        workspace.withdraw(1, "She asked")
        for again in (False, True):
            if again:
                workspace.run()
            leads = workspace.leads(A).model_dump_json()
            assert B not in leads and "Loader" not in leads, again
