"""Who is suggested to a confirmed network, on what grounds; and that nothing comes of it by itself."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from case import grant
from linked_case import ADVERT, STATED
from palermo.answers import Lead, Leads
from palermo.look import weighing
from palermo.review.deciding import Request
from palermo.safeguards.refusal import Refused
from palermo.store import catalogue as c
from palermo.workspace import Workspace

OURS, THEIRS, STRANGER, HOTLINE = (f"020 7946 0{n}" for n in ("018", "111", "222", "333"))
A, B = "phone:+442079460018", "phone:+442079460111"
NIGHT = "Steady hands wanted for night shifts in our small packing hall."
BED = "We have a bed for you above the bakery if you need one."
POPULAR = (
    "Honest tidy worker offers garden help on weekdays, brings own tools and a van, fair rates, "
    "please ask for references from earlier customers before you decide on anything."
)
# title, day, body, place, contact
ADVERTS = [
    ("Packer", 1, f"{NIGHT} Pay is 9.50 GBP per hour. {BED}", "Leeds", OURS),
    ("Packers", 5, f"Start on Monday. {NIGHT} Ask for Lou at the gate. 9.50 GBP per hour.", "York", OURS),
    ("Helper", 9, f"{BED} Pay is 9.50 GBP per hour, every Friday.", "Hull", OURS),
    ("Tidy", 2, POPULAR, "Leeds", OURS),
    ("Loader", 2, f"{NIGHT} Pay is 9.50 GBP per hour.", "Leeds", THEIRS),
    ("Loaders", 6, f"Lift and carry boxes by hand. {BED} 9.50 GBP per hour.", "York", THEIRS),
    ("Piano lessons", 6, "A patient teacher comes to your home on Sundays.", "York", STRANGER),
    *((f"Garden {n}", n, POPULAR, town, f"020 7946 04{n:02}")
      for n, town in enumerate(("Bath", "Ely", "Wells", "Ripon"), 11)),
]  # fmt: skip


def page(*rows: tuple[object, ...]) -> str:
    named = ("title", "day", "body", "place", "contact")
    body = "\n".join(ADVERT.format(**dict(zip(named, row, strict=True))) for row in rows)
    return f"<html><head><title>Work</title></head><body>{body}</body></html>"


def build(folder: Path, *more: tuple[object, ...]) -> Path:
    evidence = folder / "evidence"
    evidence.mkdir(parents=True)
    (evidence / "page.html").write_text(page(*ADVERTS, *more), encoding="utf-8")
    Workspace.new(folder / "case", grant(), actor="tester")
    with Workspace.open(folder / "case", "tester") as workspace:
        workspace.add([str(evidence)], STATED)
        workspace.run()
    return folder / "case"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("leads"))


@pytest.fixture(scope="module")
def confirmed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = Path(shutil.copytree(made, tmp_path_factory.mktemp("confirmed") / "case"))
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("confirm", A, reason="The carrier's register")
    return case


@pytest.fixture
def case(confirmed: Path, tmp_path: Path) -> Path:
    """A copy to change, of which one number is confirmed."""
    return Path(shutil.copytree(confirmed, tmp_path / "case"))


def of(leads: Leads, node: str) -> Lead | None:
    return next((lead for lead in leads.leads if lead.value and lead.value.node == node), None)


def asked(case: Path, id: str = A) -> Leads:
    with Workspace.open(case, "tester") as workspace:
        return workspace.leads(id)


# --- on what it rests -------------------------------------------------------------------------


def test_nothing_is_suggested_to_what_no_person_has_confirmed(made: Path, tmp_path: Path) -> None:
    case = Path(shutil.copytree(made, tmp_path / "case"))
    with Workspace.open(case, "tester") as workspace:
        with pytest.raises(Refused) as no:
            workspace.leads(A)
        assert "nobody here has confirmed" in no.value.why and "--act confirm" in no.value.next
        taken_over = Request(act="confirm", a=A, reason="Register", by="R. Viewer")
        workspace.decide_all([taken_over])
        with pytest.raises(Refused, match="nobody here has confirmed"):
            workspace.leads(A)
        vouched = Request(act="confirm", a=A, reason="Register", by="R. Viewer", vouched="I asked")
        workspace.decide_all([vouched])
        assert workspace.leads(A).adverts == 4


def test_an_event_and_an_identity_name_the_network_too(confirmed: Path) -> None:
    by_value = asked(confirmed)
    with Workspace.open(confirmed, "tester") as workspace:
        event = workspace.show(A).events[0].id
    for id in (by_value.id, event, OURS):
        assert asked(confirmed, id).leads == by_value.leads
    with pytest.raises(Refused, match="nobody here has confirmed"):
        asked(confirmed, B)


def test_a_confirmation_that_no_advert_bears_leads_nowhere(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.note("His other number is +44 20 7946 0888")
        workspace.decide("confirm", "phone:+442079460888", reason="Register")
        with pytest.raises(Refused, match="no advert"):
            workspace.leads("phone:+442079460888")


# --- who, and why -----------------------------------------------------------------------------


def test_who_says_the_same_in_the_same_places_at_the_same_price_comes_first(
    confirmed: Path,
) -> None:
    leads = asked(confirmed)
    first = leads.leads[0]
    assert first.value and first.value.node == B and first.adverts == 2
    assert {"sentence", "price", "place"} <= {reason.kind for reason in first.reasons}
    assert first.score == max(lead.score for lead in leads.leads) < 1
    assert "no probability" in leads.says and leads.learned
    assert of(leads, "phone:+442079460222") is None, "a town alone leads to nobody"
    assert of(leads, A) is None, "who is in it is no lead"


def test_every_reason_leads_to_the_bytes(confirmed: Path) -> None:
    first = asked(confirmed).leads[0]
    with Workspace.open(confirmed, "tester") as workspace:
        for reason in first.reasons:
            assert reason.rests_on and reason.points > 0
            for id in reason.rests_on:
                assert workspace.why(id).excerpts, (reason.kind, id)


def test_points_are_weights_by_figures_and_are_shown(confirmed: Path) -> None:
    leads = asked(confirmed)
    assert leads.weights == weighing.load().weights
    for lead in leads.leads:
        assert all(reason.points <= leads.weights[reason.kind] + 0.01 for reason in lead.reasons)
        total = sum(reason.points for reason in lead.reasons)
        assert lead.score == pytest.approx(weighing.strength(total), abs=0.02)


def test_a_text_that_many_have_counts_against_whoever_has_it(confirmed: Path) -> None:
    leads = asked(confirmed).leads
    copied = [lead for lead in leads if lead.events[0].title.startswith("Garden")]
    assert len(copied) == 4
    for lead in copied:
        assert "text" in {reason.kind for reason in lead.reasons}
        assert any("copied" in said for said in lead.against)
        assert lead.score < leads[0].score / 2


# --- what people have decided -------------------------------------------------------------------


def test_a_lead_changes_nothing(case: Path) -> None:
    def state() -> object:
        with Workspace.open(case, "tester") as workspace:
            tables = workspace.case.tables()
            rows = [tables.sql(f"SELECT * FROM {t} ORDER BY ALL") for t in ("links", "identities")]
            tables.close()
            return rows, len(workspace.decisions().decisions), workspace.queue().total

    before = state()
    assert asked(case).leads
    assert state() == before


def test_who_is_rejected_is_never_suggested_again(case: Path, tmp_path: Path) -> None:
    lead = of(asked(case), B)
    assert lead
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("reject", lead.a, lead.b, "Another hall, see exhibit 1")
        told = workspace.leads(A)
        assert of(told, B) is None and told.rejected == 1
        more = tmp_path / "more.html"
        row = ("Night", 20, f"{NIGHT} {BED} Pay is 9.50 GBP per hour.", "Hull", THEIRS)
        more.write_text(page(row), encoding="utf-8")
        workspace.add([str(more)], STATED)
        workspace.run()
        assert of(workspace.leads(A), B) is None, "nor with new evidence"


def test_who_is_confirmed_joins_the_network(case: Path) -> None:
    lead = of(asked(case), B)
    assert lead
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("confirm", lead.a, lead.b, "One payroll, exhibit 1")
        told = workspace.leads(A)
        assert of(told, B) is None and told.adverts == 6
        assert {node.node for node in told.confirmed} == {A, B}


def test_who_was_confirmed_as_another_comes_with_that_and_counts_for_less(case: Path) -> None:
    before = of(asked(case), B)
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("confirm", B, reason="Another subscriber")
    after = of(asked(case), B)
    assert before and after and after.score < before.score
    assert any("confirmed it apart" in said for said in after.against)


def test_who_is_tied_to_another_person_comes_with_that(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        opened = Request(act="open_person", a="Person B", reason="Subscriber")
        tied = Request(act="tie", a="Person B", b=B, reason="Register")
        suspect = Request(act="set_role", a="Person B", role="suspect", reason="Register")
        workspace.decide_all([opened, tied, suspect])
    lead = of(asked(case), B)
    assert lead and any("person 1" in said for said in lead.against)


def test_a_value_that_a_person_has_set_apart_is_no_reason(tmp_path: Path) -> None:
    shared = [
        ("Painter", 3, "Walls and doors painted with care.", "Ely", f"020 7946 0555 or {HOTLINE}"),
        ("Porter", 4, f"{NIGHT} Come and see us.", "Leeds", f"{OURS} or {HOTLINE}"),
    ]
    case = build(tmp_path, *shared)
    painter = "phone:+442079460555"
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("confirm", A, reason="Register")
        workspace.decide("generic", "phone:+442079460333", reason="An advice line")
        lead = of(workspace.leads(A), painter)
    assert lead is None or "contact" not in {reason.kind for reason in lead.reasons}


# --- masked, and logged -------------------------------------------------------------------------


def test_no_reason_shows_what_is_masked(tmp_path: Path) -> None:
    """An account in a list of many ties nobody, and is a reason all the same."""
    accounts = [iban(n) for n in range(10)]
    rows = [
        ("Deposit", 3, f"Pay the deposit to {accounts[0]} first.", "Ely", OURS),
        ("Deposits", 4, f"Accounts: {', '.join(accounts)}.", "Bath", "020 7946 0666"),
    ]
    case = build(tmp_path, *rows)
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("confirm", A, reason="Register")
        leads = workspace.leads(A)
        lead = of(leads, "phone:+442079460666")
        assert lead
        says = next(reason.says for reason in lead.reasons if reason.kind == "contact")
        assert "iban~" in says
        workspace.decide("generic", f"iban:{accounts[0]}", reason="A payment company")
        apart = workspace.leads(A)
    told = leads.model_dump_json() + apart.model_dump_json()
    assert not any(account in told or account[4:] in told for account in accounts)


def iban(n: int) -> str:
    number = f"WEST1234569876{5400 + n}"
    digits = "".join(str(int(c, 36)) for c in f"{number}GB00")
    return f"GB{98 - int(digits) % 97:02}{number}"


def test_the_look_is_logged_with_its_purpose(confirmed: Path) -> None:
    with Workspace.open(confirmed, "K. Analyst", "Find the hall") as workspace:
        workspace.leads(A)
        log = workspace.custody(limit=10).entries
        assert [(e.act, e.purpose) for e in log[-3:-1]] == [
            ("leads", "Find the hall"),
            ("shown", "Find the hall"),
        ]
        with workspace.case.catalogue.read() as connection:
            held = connection.execute(sa.select(sa.func.count()).select_from(c.decision))
            assert held.scalar_one() == 1


def test_what_has_nothing_in_common_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The neighbourhood is read, and not the case: strangers add nothing to what is compared."""
    from palermo.look import leads

    compared: list[int] = []
    gather = leads.gather

    def counted(*asked):
        near = gather(*asked)
        compared.append(near.adverts.height + near.claims.height)
        return near

    monkeypatch.setattr(leads, "gather", counted)
    strangers = [
        (f"Trade {n}", 3, f"Workshop number {'x' * n} repairs clocks and bells of all ages.", "Ely",
         f"020 7946 07{n:02}")
        for n in range(10, 40)
    ]  # fmt: skip
    for folder, rows in ((tmp_path / "few", []), (tmp_path / "many", strangers)):
        with Workspace.open(build(folder, *rows), "tester") as workspace:
            workspace.decide("confirm", A, reason="Register")
            workspace.leads(A)
    assert compared[0] == compared[1]
