import random

import polars as pl
import pytest

from evidence import Case
from palermo.link.hubs import extend
from palermo.link.identities import ENOUGH, identities
from palermo.link.near_text import NearText, links, looked_at, signed
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
    assert "100 % of the words" in links[0]["reason"]


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


SCRIPTS = [
    ("安静明亮的房间靠近图书馆每周可以看房请联系我们的接待人员谢谢", "Chinese has no spaces"),
    (
        "図書館の近くの静かな部屋です。机と新しいベッドがあります。毎日見学できます",
        "nor has Japanese",
    ),
    ("ห้องพักเงียบสงบใกล้ห้องสมุดมีโต๊ะทำงานและเตียงใหม่ติดต่อเราได้ทุกวัน", "nor has Thai"),
    ("ຫ້ອງງຽບສະຫງົບໃກ້ຫໍສະໝຸດມີໂຕະເຮັດວຽກແລະຕຽງໃໝ່ຕິດຕໍ່ພວກເຮົາໄດ້ທຸກມື້", "nor has Lao"),
    ("បន្ទប់ស្ងាត់នៅជិតបណ្ណាល័យមានតុធ្វើការនិងគ្រែថ្មីអាចទាក់ទងមកយើងបានរាល់ថ្ងៃ", "nor has Khmer"),
    ("စာကြည့်တိုက်အနီးတိတ်ဆိတ်သောအခန်းစားပွဲနှင့်ကုတင်အသစ်ပါသည်နေ့တိုင်းဆက်သွယ်နိုင်ပါသည်", "nor has Burmese"),
    ("도서관 근처의 조용한 방, 책상과 새 침대가 있고 매일 볼 수 있습니다", "Korean has long words"),
    ("Тихая комната рядом с библиотекой, есть письменный стол и новая кровать", "Cyrillic"),
    ("غرفة هادئة قرب المكتبة فيها مكتب وسرير جديد وباب خاص ومطبخ نظيف", "Arabic"),
    ("पुस्तकालय के पास शांत कमरा, मेज और नया पलंग, हर दिन देख सकते हैं", "Devanagari"),
]


@pytest.mark.parametrize(("text", "why"), SCRIPTS)
def test_scripts(text, why):
    case = Case()
    case.advert("a", text=text + " 12")
    case.advert("b", text=text + " 345")
    for n, (other, _) in enumerate(SCRIPTS):
        if other != text:
            case.advert(f"other{n}", text=other)
    assert NearText().match(case).num_rows == 1, why


@pytest.mark.parametrize(("text", "why"), SCRIPTS)
def test_a_changed_word_in_any_script(text, why):
    case = Case()
    middle = len(text) // 2
    case.advert("a", text=text)
    case.advert("b", text=text[:middle] + text[middle + 3 :])
    assert NearText().match(case).num_rows == 1, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Ｂｒｉｇｈｔ room near the lib\u200brary with its own desk, quiet house, bills are within"
         " the rent", "full width, and a space of no width within a word"),
        ("BRIGHT ROOM near the ｌｉｂｒａｒｙ with its own desk! quiet house? bills are within the rent",
         "capitals and other signs"),
        ("𝐁𝐫𝐢𝐠𝐡𝐭 room near the library with its own dësk; quiet house: bills are within the rent",
         "letters from mathematics, and a mark"),
        ("Bright room near the library 5 with its own desk (£120, 3/7), quiet house, bills are"
         " within the rent", "numbers say nothing"),
    ],
)  # fmt: skip
def test_disguises_are_the_same_text(text, why):
    case = Case()
    case.advert("a", text=OTHER[0])
    case.advert("b", text=text)
    (link,) = NearText().match(case).to_pylist()
    assert link["score"] == pytest.approx(0.5), why


def test_a_day_more_is_as_all_at_once(case):
    texts, spans = looked_at(case)
    whole = NearText().match(case).to_pylist()
    for cut in range(len(texts) + 1):
        days = [signed(part, spans) for part in (texts[:cut], texts[cut:])]
        runs = []
        for day in days:
            runs.append(extend(runs, day.select("text", "words")))
        assert links(pl.concat(days), runs).to_pylist() == whole


EXAMPLE = (
    "Describe what you offer in a few friendly sentences. Say how you can be reached and at which"
    " hours. Never pay anything before you have seen what you pay for, and tell the site about"
    " whoever asks you to. This advert was placed by a private member of the site."
)
LONGER = " Members who write to each other here stay safe when they keep to the rules of the house."


@pytest.mark.parametrize("form", [EXAMPLE, EXAMPLE + LONGER])
def test_strangers_who_fill_in_one_form_are_not_joined(form):
    dice = random.Random(3)
    bodies = [
        "Small van with driver for hire on weekdays, moves pianos and wardrobes, two strong helpers,"
        " covers and straps, insured, from the harbour to any village of the county",
        "Teacher of the violin gives lessons to children and grown people at home, patient, has"
        " played in an orchestra, first lesson free, also theory and help before examinations",
    ]
    case, who = Case(), {}
    for n in range(6):
        body = bodies[n % 2].split()
        body[dice.randrange(len(body))] = "changed"
        text = " ".join(body)
        text = f"{form} {text}" if n < 4 else f"{text} {form}"
        who[case.advert(f"a{n}", text=text)] = n % 2
    links = NearText().match(case).to_pylist()
    assert links and all(who[row["a"]] == who[row["b"]] for row in links)


def test_a_copy_with_more_said_is_near():
    case = Case()
    more = " and ask for the blue door, a neighbour has the key, dogs and cats may come, no smoking"
    case.advert("a", text=f"{OTHER[0]}, call in the evening{more}")
    case.advert("b", text=f"{OTHER[0]}, call in the evening")
    assert NearText().match(case).num_rows == 1


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
