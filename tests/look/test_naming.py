"""What a user types after CASE, and each line of a list, held against one small case."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import linked_case
from case import grant
from palermo import answers
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

CHAT = """01/03/2026, 21:05 - Messages and calls are end-to-end encrypted.
01/03/2026, 21:06 - Ana Brook: Pay to GB33BUKB20201555555556, not to the old one
01/03/2026, 21:07 - Dan Field: Write to me, telegram: @quiet_mara or instagram: @quiet_mara
02/03/2026, 21:07 - Ana Brook: My card is 4111 1111 1111 1111, plate AB12 CDE
"""
IBAN = "GB33BUKB20201555555555"
ROWS = f"""booked,amount,currency,payer,payee,reference
2026-03-01,120.00,GBP,{IBAN},GB94BARC10201530093459,ROOM 4
"""
MAPPING = """event: payment
match: {header: [booked, amount, currency, payer, payee, reference]}
time: {column: booked, format: "%Y-%m-%d", zone: Europe/London}
amount: {column: amount}
currency: {column: currency}
parties:
  - {column: payer, kind: iban, role: payer}
  - {column: payee, kind: iban, role: payee}
details: {reference: reference}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("naming")
    Workspace.new(folder / "case", grant(), actor="tester")
    evidence = linked_case.write(folder / "evidence")
    (evidence / "WhatsApp Chat with Ana Brook.txt").write_text(CHAT, encoding="utf-8")
    (evidence / "bank.csv").write_text(ROWS, encoding="utf-8")
    (folder / "bank.yaml").write_text(MAPPING, encoding="utf-8")
    with Workspace.open(folder / "case", "tester") as workspace:
        workspace.save_mapping(folder / "bank.yaml")
        workspace.add([str(evidence)], Statement(region="GB", zone="Europe/London"))
        workspace.run()
    return folder / "case"


@pytest.fixture(scope="module")
def workspace(made: Path) -> Iterator[Workspace]:
    with Workspace.open(made, "tester") as opened:
        yield opened


def token(workspace: Workspace, written: str) -> str:
    (line,) = workspace.check([written]).lines
    assert line.matches[0].node is not None
    return line.matches[0].node


# --- check ------------------------------------------------------------------------------------

# line, answer, words of the why or of a match's reading, why the row is here
CHECKED = [
    ("020 7946 0018", "found", "dialled in GB", "the region is stated of the exhibits"),
    ("+44 (0)20 7946 0018", "found", "international", "another writing of the same"),
    ("O2O 7946 oo18", "found", "letters for digits", "letters in place of digits"),
    ("020 7946 0555", "absent", "dialled in GB", "understood, but nobody has it"),
    ("99", "not understood", "form of no identifier", "too short for anything"),
    ("?!", "not understood", "form of no identifier", "nothing at all"),
    ("@quiet_mara", "found", "of telegram", "any platform's, and which is said"),
    ("@quiet_mara", "found", "of instagram", "the other one too"),
    ("viber: quiet_mara", "absent", "handle of viber", "another platform's is another account"),
    (IBAN, "found", "as an IBAN", "in a bank's table"),
    ("GB33 BUKB 2020 1555 5555 55", "found", "as an IBAN", "the same in fours"),
    ("GB33BUKB20201555555556", "found", "checksum is wrong", "a wrong checksum is said"),
    ("GB33 BUKB 2020 1555 5555 56", "found", "in the words", "and it is compared as written"),
    ("GB33BUKB20201555555557", "absent", "checksum is wrong", "wrong, and nowhere"),
    ("4111 1111 1111 1111", "found", "card of visa", "a card in a message"),
    ("4111 1111 1111 1112", "absent", "checksum is wrong", "a card's check digit"),
    ("ab12cde", "found", "plate of GB", "a plate without its space"),
    ("HELPER@example.org", "found", "e-mail", "capitals"),
    ("https://ads.example.org/42", "found", "address of pages", "where a page was captured"),
    ("example.org", "found", "domain of pages", "the domain of a page"),
    ("brook, ANA", "found", "as a name", "a name folded and turned"),
    ("Ana", "absent", "as a name", "a part of a name is not the name"),
    ("Ask for the room, 020 7946 0027", "found", "020 7946 0027", "a number in a sentence"),
    ("https://ads.example.org/43", "absent", "web address", "another page of the same site"),
]


@pytest.mark.parametrize(("line", "answer", "said", "why"), CHECKED)
def test_every_line_gets_an_answer(line, answer, said, why, workspace):
    (looked,) = workspace.check([line]).lines
    assert looked.answer == answer, (why, looked)
    assert said in "; ".join([looked.why, *(m.reading for m in looked.matches)]), (why, looked)
    assert all(m.events or m.ids for m in looked.matches)
    assert bool(looked.matches) is (answer == "found")


def test_a_match_says_where(workspace: Workspace) -> None:
    (looked,) = workspace.check(["020 7946 0018"]).lines
    (match,) = looked.matches
    events = {event.id: event for event in workspace.show(str(match.node)).events}
    assert set(match.ids) == set(events)
    assert match.exhibits == sorted({event.exhibit_number for event in events.values()})


def test_the_digest_of_a_file_finds_its_exhibit(workspace: Workspace) -> None:
    exhibit = workspace.exhibits().exhibits[0]
    for written in (exhibit.sha256, exhibit.sha256.upper(), f"sha256:{exhibit.sha256}"):
        (looked,) = workspace.check([written]).lines
        assert [m.exhibits for m in looked.matches] == [[exhibit.number]]


def test_a_part_of_a_masked_value_finds_nothing(workspace: Workspace) -> None:
    assert workspace.check(["+44 20 7946 0999"]).lines[0].answer == "found"
    parts = ["7946 0999", "946099", "207946099", "+44 20 7946 099", "02079460"]
    assert {line.answer for line in workspace.check(parts).lines} == {"absent"}
    assert workspace.check(["20201555"]).lines[0].answer == "absent", "of an account in a row"


def test_a_table_is_answered_cell_by_cell(workspace: Workspace) -> None:
    lines = ["nr;phone;seen", "1;020 7946 0018;Leeds", "2;;York", "3;+44 20 7946 0555;Hull"]
    checked = workspace.check(lines)
    assert [(x.line, x.column, x.answer) for x in checked.lines] == [
        (2, "phone", "found"), (3, "phone", "not understood"), (4, "phone", "absent"),
    ]  # fmt: skip
    assert (checked.found, checked.absent, checked.not_understood) == (1, 1, 1)


def test_before_anything_is_read_nothing_is_called_absent(tmp_path: Path) -> None:
    Workspace.new(tmp_path / "case", grant(), actor="tester")
    with Workspace.open(tmp_path / "case", "tester") as empty:
        with pytest.raises(NotFound, match="nothing of this case has been read") as refused:
            empty.check(["020 7946 0018"])
        assert "palermo run CASE" in refused.value.next


def test_what_was_added_since_is_told_as_unread(made: Path, tmp_path: Path) -> None:
    case = shutil.copytree(made, tmp_path / "case")
    (tmp_path / "new.txt").write_text("Ask 020 7946 0555", encoding="utf-8")
    with Workspace.open(case, "tester") as later:
        later.add([str(tmp_path / "new.txt")])
        assert later.check(["020 7946 0555"]).unread == 1


# --- show, why, network, timeline, movements ------------------------------------------------------

NAMED = [
    ("020 7946 0018", "phone:+442079460018", "as people write it"),
    ("phone:+442079460018", "phone:+442079460018", "as we write it"),
    ("phone:020 7946 0018", "phone:+442079460018", "the kind, and the value as people write it"),
    ("O2O 7946 oo18", "phone:+442079460018", "as the advert writes it"),
    ("“020-7946-0018”", "phone:+442079460018", "quoted by a word processor"),
    ("Helper@example.org", "email:helper@example.org", "capitals"),
]


@pytest.mark.parametrize(("name", "node", "why"), NAMED)
def test_a_value_is_named_as_people_write_it(name, node, why, workspace):
    shown = workspace.show(name)
    assert shown.node and shown.node.node == node, why
    assert workspace.why(name).steps[0].id == node
    assert workspace.timeline(name).total == workspace.timeline(node).total
    assert workspace.network(name) == workspace.network(node)
    assert workspace.movements(name) == workspace.movements(node)


def test_a_masked_value_is_named_by_its_mark_or_by_itself(workspace: Workspace) -> None:
    mark = token(workspace, "GB33 BUKB 2020 1555 5555 55")
    for name in (mark, f"[{mark}]", mark.lower(), IBAN, "GB33 BUKB 2020 1555 5555 55"):
        shown = workspace.show(name)
        assert shown.node and shown.node.node == mark and shown.node.masked and shown.events


@pytest.mark.parametrize("name", ["exhibit 2", "Exhibit EX-2", "x2", "EX-2", "exhibit no. 2"])
def test_an_exhibit_is_named_by_its_number(name: str, workspace: Workspace) -> None:
    shown = workspace.show(name)
    assert shown.exhibit and shown.exhibit.number == 2
    assert workspace.timeline(name).total == workspace.timeline(shown.exhibit.id).total
    assert workspace.why(name).steps[0].what == "exhibit"


@pytest.mark.parametrize("length", [8, 12, 32, 33])
def test_an_id_is_named_by_how_it_begins(length: int, workspace: Workspace) -> None:
    event = workspace.timeline().events[0]
    shown = workspace.show(event.id[:length])
    assert shown.event and shown.event.id == event.id
    assert workspace.why(event.id[:length]).steps[-1].what in ("event", "exhibit")


def test_what_begins_several_ids_names_them(workspace: Workspace) -> None:
    first = workspace.timeline().events[0].id[:8]
    reader = type(workspace)._reader
    with reader(workspace, "show", {}) as (opened, _):
        naming = opened.naming
        naming._begun = lambda part: [e.id for e in workspace.timeline().events[:3]]
        with pytest.raises(Invalid) as several:
            naming.resolve(first, "show")
    told = several.value
    assert all(e.id in told.why for e in workspace.timeline().events[:3])
    assert told.next.startswith("Name one of them: palermo show CASE e")


def test_a_handle_of_two_platforms_is_asked_about(workspace: Workspace) -> None:
    with pytest.raises(Invalid, match="it can mean") as several:
        workspace.show("@quiet_mara")
    assert "of telegram" in several.value.why and "of instagram" in several.value.why
    node = several.value.next.split()[-1].strip("'")
    assert workspace.show(node).events, "what it proposes is found"


NOT_FOUND = [
    ("020 7946 0555", "dialled in GB", "what was tried is told"),
    ("@nobody_here", "handle of any platform", "what was tried is told"),
    ("exhibit 99", "exhibits 1 to", "how many there are is told"),
    ("phone~AAAAAAAAAAAAA", "marks differ from case to case", "another case's mark"),
    ("e" + "0" * 9, "nothing in this case", "no id begins so"),
    ("GB33BUKB20201555555557", "checksum is wrong", "what is wrong with it"),
    ("?!", "form of no identifier", "nothing could be tried"),
]


@pytest.mark.parametrize("verb", ["show", "why", "timeline", "network", "movements"])
@pytest.mark.parametrize(("name", "said", "why"), NOT_FOUND)
def test_what_is_not_there_says_what_was_tried(verb, name, said, why, workspace):
    with pytest.raises(NotFound) as refused:
        getattr(workspace, verb)(name)
    assert said in refused.value.why, why
    assert "palermo " in refused.value.next


@pytest.mark.parametrize("verb", ["network", "movements"])
def test_what_takes_part_in_nothing_says_so(verb: str, workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="an exhibit takes part in nothing"):
        getattr(workspace, verb)("exhibit 1")


def test_a_name_of_one_exhibit_is_an_identity_of_its_own(workspace: Workspace) -> None:
    network = workspace.network("Ana Brook")
    assert isinstance(network, answers.Network)
    assert any(i.kinds.get("message") for i in network.identities)
