import pytest

from evidence import Case
from palermo.link.identities import ENOUGH, identities
from palermo.link.same_identifier import SameIdentifier


def together(case: Case, *nodes: str) -> bool:
    found = identities(SameIdentifier().match(case)).to_pylist()
    where = {row["node"]: row["identity"] for row in found}
    return len({where.get(node, node) for node in nodes}) == 1


def phone(n: int) -> str:
    return f"phone:+4420794600{n:02d}"


def rotating(case: Case) -> list[str]:
    # one operator: each advert gives two of its numbers, the next shares one of them
    return [case.advert(f"r{n}", phone(n), phone(n + 1)) for n in range(12)]


def hotline(case: Case, n: int = 8, extra: tuple[str, ...] = ()) -> list[str]:
    # independent posters, each with a number of their own on three adverts, all naming the hotline
    return [
        case.advert(f"h{n}-{i}", f"phone:+1202555{100 + n:04d}", phone(99), *extra)
        for n in range(n)
        for i in range(3)
    ]


def test_rotating_numbers_hold_together():
    case = Case()
    adverts = rotating(case)
    assert together(case, *adverts)


def test_a_hotline_joins_nobody():
    case = Case()
    adverts = hotline(case)
    assert together(case, *adverts[:3])  # their own number
    assert not together(case, adverts[0], adverts[3])
    link = next(
        row
        for row in SameIdentifier().match(case).to_pylist()
        if row["a"] == adverts[0] and row["b"] == phone(99)
    )
    assert link["score"] < ENOUGH
    assert "8.0 groups" in link["reason"]


def test_two_common_values_do_not_vouch_for_each_other():
    case = Case()
    adverts = hotline(case, extra=("email:help@example.org", "phone:+442079460098"))
    assert not together(case, adverts[0], adverts[3])


def test_a_hotel_that_busy_posters_name_once_each_joins_nobody():
    case = Case()
    for n, p in enumerate("abcd"):
        for i in range(30):
            case.advert(f"{p}{i}", f"email:{p}@example.org", f"phone:+1{n}02555{i:04d}")
    hotel = [case.advert(f"hotel-{p}", f"email:{p}@example.org", phone(98)) for p in "abcd"]
    assert not together(case, hotel[0], hotel[1])


@pytest.mark.parametrize("order", [1, -1])
def test_links_do_not_depend_on_the_order_of_rows(order):
    case = Case()
    rotating(case)
    hotline(case)
    expected = SameIdentifier().match(case).to_pylist()
    case.events, case.claims = case.events[::order], case.claims[::order]
    assert SameIdentifier().match(case).to_pylist() == expected


def test_an_advert_with_no_other_contact_stays_with_a_common_number():
    case = Case()
    hotline(case)
    agency = [case.advert(f"agency{i}", phone(99)) for i in range(5)]
    assert together(case, *agency)


@pytest.mark.parametrize(
    ("role", "tied", "why"),
    [
        ("payer", True, "one payer's account and phone in one payment"),
        ("mentioned", False, "a mentioned value is nobody's act"),
        ("reporter", False, "a reporter is never linked"),
        ("traveller", False, "travellers on one list are several people"),
    ],
)
def test_two_values_on_one_side_of_an_act(role, tied, why):
    case = Case()
    case.event("p", kind="payment", claims=[(role, "phone", "+442079460001"), (role, "iban", "X1")])
    assert together(case, phone(1), "iban:X1") is tied, why


def test_the_two_parties_of_an_act_are_never_merged():
    case = Case()
    for n in range(5):
        case.event(
            f"c{n}",
            kind="call",
            claims=[("caller", "phone", "+442079460001"), ("callee", "phone", "+442079460002")],
        )
    assert not together(case, phone(1), phone(2))


def test_a_payment_company_joins_no_payees():
    case = Case()
    for n in range(10):
        claims = [("payee", "iban", "GB00COMPANY"), ("payee", "phone", f"+44207946{n:04d}")]
        case.event(f"p{n}", kind="payment", claims=claims)
    assert not together(case, "phone:+442079460000", "phone:+442079460001")


def test_a_list_of_contacts_is_not_one_poster():
    case = Case()
    case.advert("list", *[phone(n) for n in range(12)])
    own = [case.advert(f"own{n}", phone(n)) for n in range(12)]
    assert not together(case, own[0], own[1])


def test_names_and_domains_alone_tie_nobody():
    case = Case()
    a = case.advert("a", "name:Example Person", "domain:example.org")
    b = case.advert("b", "name:Example Person", "domain:example.org")
    assert not together(case, a, b)


def test_the_address_of_a_list_is_no_posting():
    case = Case()
    listing = "ads.example.org/new"
    shown = [case.advert(f"l{n}", phone(n), posting=listing) for n in range(3)]
    again = case.advert("l9", phone(0), posting=listing)
    for n, advert in enumerate(shown[1:], 1):
        assert not together(case, shown[0], advert), n
    assert together(case, shown[0], again), "a contact ties as ever"


def test_a_posting_whose_number_is_changed_stays_one():
    case = Case()
    a = case.advert("a", phone(1), posting="ads.example.org/1")
    b = case.advert("b", phone(2), posting="ads.example.org/1")
    assert together(case, a, b)


def test_captures_of_one_posting_are_one_author():
    case = Case()
    a = case.advert("a", posting="https://ads.example.org/1")
    b = case.advert("b", posting="https://ads.example.org/1")
    assert together(case, a, b)


def test_a_number_in_the_sites_own_parts_is_the_sites():
    case = Case()
    a, b = case.advert("a", phone(1)), case.advert("b", phone(1))
    for n in range(4):
        case.event(f"page{n}", kind="page", claims=[("site", "phone", "+442079460001")])
    assert not together(case, a, b)
