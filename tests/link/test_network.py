from datetime import timedelta
from decimal import Decimal

import pyarrow as pa

from evidence import START, Case
from palermo.link.network import COMPANY, edges, network
from palermo.patterns.movements import STAYS

A, B, C = (f"+44207946000{n}" for n in range(3))


def act(case: Case, key: str, kind: str, roles: tuple[str, str], who: tuple[str, str], **values):
    claims = [(role, "phone", value) for role, value in zip(roles, who, strict=True)]
    case.event(key, kind=kind, claims=claims, **{"time": START, **values})


def only(case: Case, kind: str) -> dict:
    (row,) = [row for row in edges(case).to_pylist() if row["kind"] == kind]
    return row


def test_calls_are_counted_and_dated_by_direction():
    case = Case()
    for n in range(3):
        time = START + timedelta(days=n)
        act(case, f"c{n}", "call", ("caller", "callee"), (A, B), time=time)
    act(case, "back", "call", ("caller", "callee"), (B, A))
    rows = {(r["a"], r["b"]): r for r in edges(case).to_pylist()}
    there = rows[f"phone:{A}", f"phone:{B}"]
    assert (there["count"], there["last"] - there["first"]) == (3, timedelta(days=2))
    assert rows[f"phone:{B}", f"phone:{A}"]["count"] == 1


def test_payments_are_summed_by_currency_without_rounding():
    case = Case()
    for n, (amount, currency) in enumerate([("0.10", "GBP"), ("0.20", "GBP"), ("5", "EUR")]):
        values = {"amount": Decimal(amount), "currency": currency}
        act(case, f"p{n}", "payment", ("payer", "payee"), (A, B), **values)
    amounts = {m["currency"]: Decimal(m["amount"]) for m in only(case, "payment")["amounts"]}
    assert amounts == {"GBP": Decimal("0.30"), "EUR": Decimal(5)}


def test_dealings_are_between_identities_and_never_with_oneself():
    case = Case()
    act(case, "ab", "call", ("caller", "callee"), (A, B))
    act(case, "ac", "call", ("caller", "callee"), (A, C))
    nodes = [f"phone:{A}", f"phone:{B}"]
    case.identities = pa.table({"node": nodes, "identity": ["i1", "i1"]})
    (row,) = edges(case).to_pylist()
    assert (row["a"], row["b"]) == ("i1", f"phone:{C}")


def test_a_message_mentions_and_an_advert_mentions():
    case = Case()
    act(case, "m", "message", ("sender", "mentioned"), (A, B))
    assert (only(case, "mention")["a"], only(case, "mention")["b"]) == (f"phone:{A}", f"phone:{B}")


def test_a_saved_name_is_of_its_exhibit():
    case = Case()
    claims = [("sender", "name", "Example"), ("recipient", "phone", B)]
    for exhibit in ("x1", "x2"):
        case.event(f"m{exhibit}", kind="message", claims=claims, time=START, exhibit=exhibit)
    assert {row["a"] for row in edges(case).to_pylist()} == {"name:x1:Example", "name:x2:Example"}


def test_who_travels_together_and_who_merely_boards_the_same_ferry():
    case = Case()
    few = [("traveller", "document", f"passport:GBR:{n}") for n in range(3)]
    case.event("few", kind="note", claims=few, time=START)
    assert edges(case).num_rows == 3
    many = [("traveller", "document", f"passport:GBR:1{n}") for n in range(COMPANY + 1)]
    case.event("many", kind="note", claims=many, time=START)
    assert edges(case).num_rows == 3


def test_depth_and_weight():
    case = Case()
    for n, (a, b) in enumerate([(A, B), (A, B), (B, C)]):
        act(case, f"c{n}", "call", ("caller", "callee"), (a, b))
    near = network(case, f"phone:{A}", 1)
    assert near.identities == [f"phone:{A}", f"phone:{B}"] and near.edges.num_rows == 1
    assert network(case, f"phone:{A}", 2).identities[-1] == f"phone:{C}"
    assert network(case, f"phone:{A}", 2, most=2).edges.num_rows == 1
    assert network(case, "phone:+0", 3).identities == ["phone:+0"]


def test_meeting_is_the_same_place_in_the_same_hour():
    def stay(who: str, lat: float, hour: float, basis: str = "observed") -> dict:
        start = START + timedelta(hours=hour)
        end = start + timedelta(hours=2)
        values = {"identity": who, "lat": lat, "lon": 0.0, "start": start, "end": end}
        return values | {"basis": basis, "events": [f"e{who}"], "uncertainty": 50.0}

    rows = [stay("i1", 51, 0), stay("i2", 51, 1), stay("i3", 51, 9), stay("i4", 52, 0)]
    rows.append(stay("i5", 51, 0, "claimed"))
    table = pa.Table.from_pylist([dict.fromkeys(STAYS.names) | r for r in rows], schema=STAYS)
    (row,) = edges(Case(), table).to_pylist()
    assert (row["a"], row["b"], row["kind"], row["count"]) == ("i1", "i2", "place", 2)
