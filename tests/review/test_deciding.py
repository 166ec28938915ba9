"""Decisions: a no takes its consequences with it, and nobody is made a suspect for travelling."""

from pathlib import Path

import pytest

from case import grant
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.vocabulary import Role, Statement
from palermo.workspace import Workspace

PAGE = """<html><head><title>Work</title></head><body>{adverts}</body></html>"""
ADVERT = """<article class="ad"><h2>{title}</h2><p class="date">Posted 2026-03-{day:02} 10:00</p>
<p class="body">{body}</p><p class="place">{place}</p><p class="contact">{contact}</p></article>"""
ROWS = [
    ("Kitchen helper wanted", 1, "We look for a helper in our kitchen, nine pounds an hour.", "Leeds", "020 7946 0018"),
    ("Cleaner for offices", 3, "Evening work in large offices, paid every week in full.", "Bradford", "020 7946 0018 or 020 7946 0027"),
    ("Driver with licence", 5, "A van is provided, early mornings, weekends are free.", "Sheffield", "020 7946 0027"),
    ("Room to let", 6, "Bright room near the station, bills are included, quiet house.", "York", "020 7946 0500"),
    ("Piano lessons", 7, "Patient teacher gives lessons at home to children and adults.", "Hull", "020 7946 0600"),
]  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    folder.mkdir()
    adverts = "\n".join(
        ADVERT.format(title=t, day=d, body=b, place=p, contact=c) for t, d, b, p, c in ROWS
    )
    (folder / "page.html").write_text(PAGE.format(adverts=adverts), encoding="utf-8")
    made = tmp_path / "case"
    Workspace.new(made, grant(), actor="tester")
    with Workspace.open(made, "tester") as workspace:
        workspace.add([str(folder)], Statement(region="GB", zone="Europe/London"))
        workspace.run()
    return made


A, B = "phone:+442079460018", "phone:+442079460027"


def identity(workspace: Workspace, node: str) -> set[str]:
    network = workspace.network(node, depth=1)
    first = network.identities[0]
    return {n.node for n in first.nodes if n.kind == "phone"}


def test_a_rejection_takes_two_values_apart_everywhere_and_for_good(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        assert identity(workspace, A) == {A, B}, "one advert bears both numbers"
        whole = workspace.network(A).identities[0].id
        before = workspace.timeline(whole).total
        decided = workspace.decide("reject", A, B, "An agency's switchboard, see its register")
        assert decided.decisions[0].actor == "tester"
        assert identity(workspace, A) == {A}
        assert identity(workspace, B) == {B}
        parts = [workspace.network(node).identities[0].id for node in (A, B)]
        assert before == 3 and max(workspace.timeline(part).total for part in parts) < before
        workspace.run()
        assert identity(workspace, A) == {A}, "a no holds on every rebuild"


def test_a_later_confirmation_brings_them_together_again(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("reject", A, B, "Looked like two people")
        workspace.decide("confirm", A, B, "The register shows one subscriber")
        assert identity(workspace, A) == {A, B}
        assert len(workspace.decisions().decisions) == 2, "no decision is ever erased"


def test_confirming_a_value_settles_its_links_but_for_those_with_a_decision(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        links = [x for x in workspace.queue().links if A in (x.a.node, x.b.node)]
        workspace.decide("reject", links[0].id, reason="Not this one")
        workspace.decide("confirm", A, reason="The carrier's register: one subscriber")
        settled = {x.id: workspace.show(x.id).link.decision for x in links}
        assert settled.pop(links[0].id) == "reject"
        assert settled and set(settled.values()) == {"confirm"}
        shared = workspace.share("table", "Prosecutor", "Charging")
        assert shared.rows["links"] == len(settled)


def test_a_stated_child_stands_on_top_of_the_queue(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    rows = [*ROWS, ("Helper", 8, "Girl, 15 years old, helps in a house.", "Leeds", "020 7946 0700"),
            ("Helper again", 9, "Aged 15, works in a house, any day.", "Leeds", "020 7946 0700")]  # fmt: skip
    adverts = "".join(
        ADVERT.format(title=t, day=d, body=b, place=p, contact=c) for t, d, b, p, c in rows
    )
    (folder / "page.html").write_text(PAGE.format(adverts=adverts), encoding="utf-8")
    Workspace.new(tmp_path / "case", grant(), actor="tester")
    with Workspace.open(tmp_path / "case", "tester") as workspace:
        workspace.add([str(folder)], Statement(region="GB", zone="Europe/London"))
        workspace.run()
        links = workspace.queue().links
    first = [{link.a.node, link.b.node} for link in links[:2]]
    assert all("phone:+442079460700" in ends for ends in first), links


def test_a_decision_is_on_a_value_as_anyone_writes_it_and_on_one_thing_only(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        event = workspace.timeline().events[0].id
        for name, node in (("020 7946 0500", "phone:+442079460500"), (event[:12], event)):
            assert workspace.decide("generic", name, reason="x").decisions[0].a == node
        for nothing in ("exhibit 1", "person 1", "i" + "0" * 32, "e" + "0" * 32, "c" + "0" * 32):
            with pytest.raises(NotFound):
                workspace.decide("generic", nothing, reason="x")


def test_rejecting_a_link_by_its_id_names_its_ends(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        link = workspace.queue().links[0]
        made = workspace.decide("reject", link.id, reason="Not theirs").decisions[0]
        assert {made.a, made.b} == {link.a.node, link.b.node}
        assert link.id not in {waiting.id for waiting in workspace.queue().links}


BAD = [
    ({"act": "confirm", "a": A, "b": B, "reason": ""}, Invalid, "no reason"),
    ({"act": "hang", "a": A, "reason": "x"}, Invalid, "no such act"),
    ({"act": "reject", "a": A, "reason": "x"}, Invalid, "one value is no pair"),
    ({"act": "reject", "a": A, "b": "phone:+15550100", "reason": "x"}, NotFound, "not in the case"),
    ({"act": "reject", "a": "l" + "0" * 32, "reason": "x"}, NotFound, "no such link"),
    ({"act": "set_role", "a": "person:9", "role": "suspect", "reason": "x"}, NotFound, "nobody"),
]


@pytest.mark.parametrize(("request_", "error", "why"), BAD)
def test_what_is_no_decision_is_refused(request_, error, why, case):
    with Workspace.open(case, "tester") as workspace:
        with pytest.raises(error):
            workspace.decide(**request_)
        assert workspace.decisions().decisions == [], why


def test_a_person_tied_to_an_own_act_can_be_a_suspect(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("open_person", "P1", reason="Subscriber of the number")
        workspace.decide("tie", "person:1", A, "Register of the carrier")
        workspace.decide("set_role", "person:1", reason="Posted three adverts", role="suspect")
        person = workspace.show("person:1").person
        assert person and person.roles[0].role == "suspect"


TRAVEL = """Paid by,Paid to,Amount,Date
{payer},{payee},120.00,2026-03-01
"""


def test_nobody_is_made_a_suspect_for_having_paid_for_a_journey(tmp_path: Path) -> None:
    from palermo.safeguards.rule import Action
    from palermo.safeguards.rules.smuggled import SmuggledIsNoSuspect

    def asked(*roles: str) -> object:
        ties = {(role, "payment") for role in roles}
        from datetime import UTC, datetime

        facts = {"role": "suspect", "ties": ties}
        action = Action(
            act="review", actor="a", purpose="p", at=datetime.now(UTC), authority=None, facts=facts
        )
        return SmuggledIsNoSuspect().refuse(action)

    acts = {"poster", "payee"}
    for role in Role:
        assert (asked(role.value) is None) == (role.value in acts), role
    everything_else = [role.value for role in Role if role.value not in acts]
    assert asked(*everything_else), "all of it together is still no act of one's own"
    assert asked("traveller", "payee") is None


def test_a_person_with_no_tie_to_an_act_cannot_be_made_a_suspect(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        workspace.decide("open_person", "P1", reason="Named in a tip")
        with pytest.raises(Refused, match="nothing in the case ties"):
            workspace.decide("set_role", "person:1", reason="A pattern says so", role="suspect")
        entries = workspace.custody(limit=1000).entries
        assert any(entry.act == "refused review" for entry in entries)
