from datetime import timedelta

import pyarrow as pa
import pytest

from evidence import START, Case
from palermo.link.handover import Handover
from palermo.link.identities import identities
from palermo.link.near_text import NearText
from palermo.link.same_identifier import SameIdentifier
from palermo.testing import check_matcher

TEXT = "bright studio in the north with a quiet entrance, visits by appointment, card or cash, ask"
OTHER = "two friendly people clean carpets and curtains at your home and bring everything they need"
PHONES = ["+442079460001", "+442079460002", "+442079460003"]


def turn(case: Case, phone: str, days: list[float], text: str = TEXT, picture: str = "ab") -> None:
    for day in days:
        claims = [("content", "picture", f"sha256:{picture * 32}")] if picture else []
        values = {"text": f"{text} {day}", "time": START + timedelta(days=day)}
        case.advert(f"{phone}{day}{text}{picture}", f"phone:{phone}", claims=claims, **values)


def joined(case: Case) -> bool:
    case.links = NearText().match(case)
    same = SameIdentifier().match(case)
    case.links = pa.concat_tables([case.links, same])
    found = check_matcher(Handover(), case)
    nodes = identities(pa.concat_tables([found, same])).to_pylist()
    where = {row["node"]: row["identity"] for row in nodes}
    return where[f"phone:{PHONES[0]}"] == where[f"phone:{PHONES[1]}"]


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        ([0, 3, 6], [7, 9, 12], True, "the second number begins when the first ends"),
        ([0, 3, 6], [5, 9, 12], True, "they may overlap for a few days"),
        ([0, 3, 6], [1, 4, 8], False, "a copy runs beside its original"),
        ([0, 3, 6], [30, 33], False, "a month later anyone may have found the text"),
        ([0, 3, 6], [7], False, "one advert is no habit"),
    ],
)
def test_turns(one, other, expected, why):
    case = Case()
    turn(case, PHONES[0], one)
    turn(case, PHONES[1], other)
    assert joined(case) is expected, why


def test_text_or_picture_alone_is_not_enough():
    for text, picture in ((OTHER, "ab"), (TEXT, "")):
        case = Case()
        turn(case, PHONES[0], [0, 3, 6])
        turn(case, PHONES[1], [7, 9, 12], text, picture)
        assert not joined(case)


def test_a_stock_picture_says_nothing():
    case = Case()
    turn(case, PHONES[0], [0, 3, 6])
    turn(case, PHONES[1], [7, 9, 12])
    for phone in ("+442079460008", "+442079460009"):  # others show it too, with a text of their own
        turn(case, phone, [2, 5], OTHER)
    assert not joined(case)


def test_one_who_uses_both_beside_the_others_unmakes_the_turns():
    case = Case()
    turn(case, PHONES[0], [0, 3, 6])
    turn(case, PHONES[1], [7, 9, 12])
    turn(case, PHONES[2], [1, 5, 10])
    assert not joined(case)
