import pytest

from evidence import Case
from palermo.link.identities import ENOUGH, identities
from palermo.link.near_text import NearText
from palermo.link.same_identifier import SameIdentifier

TEMPLATE = (
    "Seats to the coast every {day}, warm vehicle and careful driver, small luggage is welcome,"
    " pay {price} when you arrive in {place}, write to {contact} and ask for the next departure"
)
OTHER = [
    "Bright room near the library with its own desk, quiet house, bills are within the rent",
    "Kitchen porter wanted from Monday, uniform given, meals on shift, training by the chef",
    "Curtains and carpets cleaned at your home by two friendly people who bring everything",
]


def written(case: Case, key: str, contact: str, n: int) -> str:
    filled = {"day": "Friday", "price": f"{40 + n} GBP", "place": f"Town {n}", "contact": contact}
    text = TEMPLATE.format(**filled)
    spans = [(k, filled[k], text.index(filled[k])) for k in ("price", "place", "contact")]
    id = case.advert(key, text=text)
    for k, value, start in spans:
        kind = "phone" if k == "contact" else k
        role = "poster" if k == "contact" else "content"
        case.claim(id, role, kind, value, start, start + len(value))
    return id


@pytest.fixture
def case() -> Case:
    case = Case()
    for n in range(4):
        written(case, f"t{n}", f"+4420794600{n:02d}", n)
    for n, text in enumerate(OTHER):
        case.advert(f"o{n}", text=text)
    return case


def test_a_template_is_one_star_whatever_fills_its_slots(case):
    links = NearText().match(case).to_pylist()
    assert len(links) == 3 and len({row["b"] for row in links}) == 1
    assert all(0.4 <= row["score"] <= 0.5 for row in links)
    assert "100 % of the word pairs" in links[0]["reason"]


def test_a_copied_text_alone_merges_nobody(case):
    links = NearText().match(case)
    assert max(links["score"].to_pylist()) < ENOUGH
    nodes = identities(links).to_pylist()
    assert len({row["identity"] for row in nodes}) == len(nodes)


def test_links_do_not_depend_on_the_order_of_rows(case):
    expected = NearText().match(case).to_pylist()
    case.events.reverse()
    case.claims.reverse()
    assert NearText().match(case).to_pylist() == expected


def test_captures_of_one_posting_are_one_text():
    case = Case()
    for n in range(3):
        case.advert(f"a{n}", text=OTHER[0], posting="p1")
    assert NearText().match(case).num_rows == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("安静明亮的房间靠近图书馆每周可以看房请联系我们的接待人员谢谢", "Chinese has no spaces"),
        ("ห้องพักเงียบสงบใกล้ห้องสมุดมีโต๊ะทำงานและเตียงใหม่ติดต่อเราได้ทุกวัน", "neither has Thai"),
        ("Тихая комната рядом с библиотекой, есть письменный стол и новая кровать", "Cyrillic"),
        ("غرفة هادئة قرب المكتبة فيها مكتب وسرير جديد وباب خاص ومطبخ نظيف", "Arabic"),
    ],
)
def test_scripts(text, why):
    case = Case()
    case.advert("a", text=text + " 12")
    case.advert("b", text=text + " 345")
    assert NearText().match(case).num_rows == 1, why


def test_a_shared_handle_and_a_shared_template_hold_rotating_numbers_together():
    # each number is seen once: only the handle is common, and the text says that it is no hotline
    case = Case()
    adverts = []
    for n in range(8):
        id = written(case, f"t{n}", f"+4420794600{n:02d}", n)
        case.claim(id, "poster", "handle", "telegram:example_route")
        adverts.append(id)
    case.links = NearText().match(case)
    nodes = identities(SameIdentifier().match(case)).to_pylist()
    where = {row["node"]: row["identity"] for row in nodes}
    assert len({where[a] for a in adverts}) == 1


def test_a_template_that_strangers_use_too_does_not_vouch_for_a_common_value():
    case = Case()
    adverts = []
    for n in range(16):
        id = written(case, f"t{n}", f"+4420794600{n:02d}", n)
        if n < 8:
            case.claim(id, "poster", "handle", "telegram:example_help")
        adverts.append(id)
    case.links = NearText().match(case)
    nodes = identities(SameIdentifier().match(case)).to_pylist()
    where = {row["node"]: row["identity"] for row in nodes}
    assert len({where[a] for a in adverts[:8]}) == 8
