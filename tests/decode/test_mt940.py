"""Bank statements: the golden files of the package mt-940, and each statement's own arithmetic."""

import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.decode.decoder import Context
from palermo.decode.mt940 import Mt940
from palermo.testing import check_decoder
from palermo.vocabulary import Event, EventKind, Kind, Problem, Role, Statement

EXHIBIT = "x" + "0" * 32
STATEMENT = """\
:20:STMT1
:25:DE89370400440532013000
:28C:7/1
:60F:C240301EUR1000,00
:61:2403040305D250,00NTRFRENT-MARCH//B1
:86:166?00SEPA?20Rent March?30BYLADEM1001?31GB82WEST12345698765432?32Harbour
?33 Lettings
:61:240306C70,50NTRFNONREF
:86:/ORDP//NAME/A N EXAMPLE/REMI/thanks
:61:240306RC10,00NTRFBACK
:86:taken back
:62F:C240306EUR810,50
-
"""


def read(data, **stated):
    context = Context(exhibit=EXHIBIT, name="a.sta", statement=Statement(**stated))
    items = list(Mt940().read(io.BytesIO(data), context))
    events = [item for item in items if isinstance(item, Event)]
    return events, [item for item in items if isinstance(item, Problem)]


def of_kind(events, kind):
    return [event for event in events if event.kind is kind]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_statement(end):
    data = STATEMENT.replace("\n", end).encode()
    context = Context(exhibit=EXHIBIT, name="a.sta", statement=Statement(zone="Europe/Berlin"))
    items = check_decoder(Mt940(), data, context, variants=100)
    assert not [item for item in items if isinstance(item, Problem)]
    rent, gift, reversal = of_kind(items, EventKind.PAYMENT)
    assert (rent.amount, rent.currency) == (Decimal("250.00"), "EUR")
    assert rent.time == datetime(2024, 3, 3, 23, tzinfo=UTC) and rent.time_error == 86400
    assert rent.details == {
        "statement": "7/1", "direction": "out", "type": "NTRF", "bank_reference": "B1",
        "reference": "RENT-MARCH", "booked": "2024-03-05",
    }  # fmt: skip
    assert [(p.role, p.kind, p.value) for p in rent.parties] == [
        (Role.PAYER, Kind.IBAN, "DE89370400440532013000"),
        (Role.PAYEE, Kind.IBAN, "GB82WEST12345698765432"),
        (Role.PAYEE, Kind.NAME, "Harbour Lettings"),
    ]
    iban = rent.parties[1]
    assert rent.text[iban.start : iban.end] == iban.value
    assert Mt940().payload(io.BytesIO(data), rent.locator).decode() == rent.text
    assert rent.text.startswith(":61:2403040305D") and rent.text.endswith("Lettings")
    assert [(p.role, p.kind) for p in gift.parties] == [
        (Role.PAYEE, Kind.IBAN),
        (Role.PAYER, Kind.NAME),
    ]
    assert reversal.details["direction"] == "out" and reversal.details["reversal"] == "yes"
    opening, closing = of_kind(items, EventKind.BALANCE)
    assert (opening.amount, closing.amount) == (Decimal("1000.00"), Decimal("810.50"))


WRONG = [
    ("D250,00NTRF", "D25O,00NTRF", "the amount is no number", ["field", "balance"]),
    (":61:2403040305D", ":61:2413040305D", "no thirteenth month", ["field", "balance"]),
    ("D250,00", "D251,00", "an altered amount does not add up", ["balance"]),
    (":62F:C240306EUR810,50", ":62F:X", "no balance", ["field"]),
    (":60F:C240301EUR1000,00", ":60F:?", "no opening", ["field", *["currency"] * 3, "balance"]),
    (":86:taken", ":99:taken", "an unknown field", ["field"]),
    (":61:240306C70,50NTRFNONREF\n", "", "its details join the one before", ["balance"]),
    ("-\n", "-\nwhat is this?\n", "something outside", ["field"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why", "kinds"), WRONG)
def test_damage_is_located_and_the_rest_is_read(old, new, why, kinds):
    assert old in STATEMENT
    data = STATEMENT.replace(old, new).encode()
    events, problems = read(data)
    assert [problem.kind for problem in problems] == kinds, why
    assert len(events) >= 3
    for problem in problems:
        assert Mt940().payload(io.BytesIO(data), problem.locator)


def test_february_of_thirty_days():
    events, problems = read(STATEMENT.replace(":61:2403040305D", ":61:2402300230D").encode())
    assert of_kind(events, EventKind.PAYMENT)[0].time.date() == date(2024, 2, 29)
    assert [problem.kind for problem in problems] == ["date"]


def test_the_entry_date_takes_the_year_that_is_near():
    events, _ = read(STATEMENT.replace(":61:2403040305D", ":61:2412310102D").encode())
    assert of_kind(events, EventKind.PAYMENT)[0].details["booked"] == "2025-01-02"


def test_letters_of_an_old_encoding_are_read_and_reported():
    data = STATEMENT.replace("thanks", "merçi").encode("cp1252")
    events, problems = read(data)
    assert "merçi" in of_kind(events, EventKind.PAYMENT)[1].text
    assert [(problem.kind, problem.count) for problem in problems] == [("encoding", 1)]


def test_every_prefix_of_a_statement():
    data = STATEMENT.encode()
    for cut in range(0, len(data), 7):
        events, problems = read(data[:cut])
        entries = data[:cut].count(b":61:")
        payments = len(of_kind(events, EventKind.PAYMENT))
        assert entries - 1 <= payments <= entries
        assert payments == entries or problems


amounts = st.decimals(Decimal("0.00"), Decimal("99999999.99"), places=2)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(amounts, st.sampled_from(["C", "D", "RC", "RD"])), max_size=8), amounts)
def test_what_was_written_is_read(entries, opening):
    sign = {"C": 1, "D": -1, "RC": -1, "RD": 1}
    closing = opening + sum(amount * sign[mark] for amount, mark in entries)
    lines = [":20:X", ":25:12345678", ":28C:1", f":60F:C240101GBP{opening}".replace(".", ",")]
    for amount, mark in entries:
        lines += [f":61:240102{mark}{amount}NTRFREF".replace(".", ","), ":86:x"]
    side = "C" if closing >= 0 else "D"
    lines.append(f":62F:{side}240103GBP{abs(closing)}".replace(".", ","))
    events, problems = read("\r\n".join(lines).encode())
    assert not problems
    found = [(e.amount, e.details["direction"]) for e in of_kind(events, EventKind.PAYMENT)]
    assert found == [(a, "in" if sign[mark] > 0 else "out") for a, mark in entries]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*STATEMENT.splitlines(), ":86:", ":61:", "-}", "{1:x}", ":NS:22A", "\0é"]),
        max_size=20,
    )
)
def test_any_order_of_lines_is_survived(lines):
    data = "\n".join(lines).encode()
    context = Context(exhibit=EXHIBIT, name="a.sta")
    check_decoder(Mt940(), data, context, variants=0)


class Golden(yaml.SafeLoader):
    """Reads the dumps of mt-940's objects as plain data; makes no object of theirs."""


def _apply(loader, suffix, node):
    args = loader.construct_sequence(node, deep=True) if node.id == "sequence" else None
    if suffix == "decimal.Decimal":
        return Decimal(args[0])
    if suffix == "mt940.models.Date":
        return date(args[0][0] * 256 + args[0][1], args[0][2], args[0][3])
    return None


def _object(loader, _, node):
    found = {}
    yield found  # the transactions refer back to it
    found.update(loader.construct_mapping(node, deep=True))


PYTHON = "tag:yaml.org,2002:python/"
Golden.add_multi_constructor(PYTHON + "object/apply:", _apply)
Golden.add_multi_constructor(PYTHON + "object:", _object)
Golden.add_multi_constructor(PYTHON + "name:", lambda *_: None)

STATEMENTS = [
    "jejik/abnamro", "jejik/generic", "jejik/ing", "jejik/knab", "jejik/postfinance",
    "jejik/rabobank", "jejik/rabobank-iban", "jejik/sns", "jejik/triodos", "mBank/mt940",
    "mBank/mt942", "mBank/with_newline_in_tnr", "sberbank/171011_01234945",
]  # fmt: skip
SIGN = {"in": 1, "out": -1}


def written(*parts):
    """Where a line is cut into reference and rest differs; what is written does not."""
    return re.sub(r"[\s/]|NONREF", "", "".join(part or "" for part in parts))


@pytest.mark.parametrize("name", STATEMENTS)
def test_golden_files(shared, name):
    data = shared(f"money/mt940/{name}.sta").read_bytes()
    golden = yaml.load(shared(f"money/mt940/{name}.yml").read_text("utf-8"), Loader=Golden)
    items = check_decoder(Mt940(), data, variants=30)
    payments = of_kind([item for item in items if isinstance(item, Event)], EventKind.PAYMENT)
    expected = [each["data"] for each in golden["transactions"]]
    assert len(payments) == len(expected)
    for event, want in zip(payments, expected, strict=True):
        assert event.amount * SIGN[event.details["direction"]] == want["amount"]["amount"]
        assert event.currency == want["amount"]["currency"]
        assert event.time.date() == want["date"]
        if want.get("entry_date"):
            assert event.details["booked"] == want["entry_date"].isoformat()
        assert event.details.get("type", "") == want["id"].strip()
        details = event.details
        assert written(
            details.get("reference"), details.get("bank_reference"), details.get("supplement")
        ) == written(want["customer_reference"], want["bank_reference"], want["extra_details"])
        # the package adds what explains the statement to its last entry; here it is the balance's
        offset = int(event.locator.split(";")[0].partition(":")[2])
        rest = re.sub(r"(?m)^:62F:.*\n|^:86:", "", data[offset:].decode())
        assert written(want.get("transaction_details")) in written(rest)
    balances = {
        "final_opening_balance": "opening",
        "final_closing_balance": "closing",
        "available_balance": "available",
    }
    found = defaultdict(list)
    for event in of_kind(items, EventKind.BALANCE):
        if "intermediate" not in event.details:
            found[event.details["type"]].append((event.amount, event.currency, event.time.date()))
    for key, kind in balances.items():
        want = golden["data"].get(key)  # of the last statement
        assert bool(want) == bool(found[kind])
        if want:
            amount = want["amount"]
            assert found[kind][-1] == (amount["amount"], amount["currency"], want["date"])


OTHER_SIDES = [
    ("jejik/rabobank-iban", 0, ["NL70ABNA0987654321", "CONTRA ACCOUNT HOLDER"]),
    ("jejik/rabobank", 0, ["0121470966", "W.P. Jansen"]),
    ("jejik/knab", 1, ["NL65INGB0123456789", "PICQER"]),
    ("jejik/sns", 0, ["0987654321", "marechal s"]),
    ("mBank/mt940", 0, ["56114010810000267002001001", "JAN NOWAK"]),
]


@pytest.mark.parametrize(("name", "at", "values"), OTHER_SIDES)
def test_the_other_side_is_found(shared, name, at, values):
    events, _ = read(shared(f"money/mt940/{name}.sta").read_bytes())
    event = of_kind(events, EventKind.PAYMENT)[at]
    assert sorted(p.value for p in event.parties[1:]) == sorted(values)
    assert len({p.role for p in event.parties}) == 2


FILES = [*(f"{name}.sta" for name in STATEMENTS), "ASNB/0708271685_09022020_164516.940.txt"]


def odd_statements(text):
    """Count the statements that do not add up, in the plainest way."""
    odd = 0
    for block in re.split(r"(?m)^:20:", text)[1:]:
        moved = Decimal(0)
        for mark, amount in re.findall(r"(?m)^:61:\d{6}(?:\d{4})?(R?[DC])[A-Z]?([\d,]+)", block):
            moved += Decimal(amount.replace(",", ".")) * (-1 if mark in ("D", "RC") else 1)
        ends = dict(re.findall(r"(?m)^:(6[02]).:([CD]\d{6}[A-Z]{3}[\d,]+)", block))
        if len(ends) == 2:
            first, last = (
                Decimal(ends[tag][10:].replace(",", ".")) * (-1 if ends[tag][0] == "D" else 1)
                for tag in ("60", "62")
            )
            odd += first + moved != last
    return odd


@pytest.mark.parametrize("name", FILES)
def test_statements_add_up_or_are_reported(shared, name):
    """Those who published the files made them unrecognisable, and some sums with them."""
    data = shared(f"money/mt940/{name}").read_bytes()
    assert Mt940().accepts(data[:65536], Context(exhibit=EXHIBIT, name=name)) > 0.9
    _, problems = read(data)
    kinds = [problem.kind for problem in problems]
    assert kinds == ["balance"] * odd_statements(data.decode())


SAID = [
    (":86:166?00SEPA?20SVWZ+Rent fo?21r Sofia?22EREF+A-1?31GB82WEST12345698765432?32A B",
     ["Rent fo", "r Sofia"], [], "remittance, subfield by subfield"),
    (":86:/IBAN/GB82WEST12345698765432/NAME/PARIS CAFE/REMI/call 020 7946 0018/EREF/7",
     ["call 020 7946 0018"], ["PARIS CAFE"], "neither codes nor the other side"),
    (":86:RENT MARCH, thanks", ["RENT MARCH, thanks"], [], "all where there are no codes"),
    (":86:first\n:86:second", ["first\n", "second"], [], "no field's tag"),
    (":86:166?20x?31GB82WEST1234\n5698765432?32Elena Po?33pa", ["x"], ["Elena Po?33pa"],
     "a name and an account that codes and lines break"),
]  # fmt: skip


@pytest.mark.parametrize(("details", "said", "names", "why"), SAID)
def test_what_people_wrote_of_an_entry(details, said, names, why):
    data = STATEMENT.replace(":86:/ORDP//NAME/A N EXAMPLE/REMI/thanks", details).encode()
    events, _ = read(data)
    event = of_kind(events, EventKind.PAYMENT)[1]
    assert [event.text[a:b] for a, b in event.said] == said, why
    spans = {event.text[p.start : p.end] for p in event.parties if p.start is not None}
    assert set(names) <= spans, why
    if "GB82" in details:
        assert any(p.value == "GB82WEST12345698765432" for p in event.parties), why
        assert any("GB82WEST1234" in span for span in spans), why
    assert all(event.said == [] for event in of_kind(events, EventKind.BALANCE))
