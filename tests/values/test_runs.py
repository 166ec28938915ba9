"""Runs of digits: the quick way held against weighing all the ways to divide them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.values.dividing import Manner, Reading, by_groups
from palermo.values.runs import divide, plainly

PIECES = [
    "020 7946 0018", "07700 900123", "+44 20 7946 0018", "442079460018", "(020) 7946-0018", "(212) 555-0123", "212.555.0123",
    "2125550123", "612 34 56 78", "8 (912) 345-67-89", "030 23125 001", "1 2 3", "100 150 200", "24/7", "12/05/2024",
    "18:00", "90-60-90", "51.507351, -0.127758", "2079460018", "7946 0018", "0.1234567", "1,250,000", "555-0123",
]  # fmt: skip
LINKS = [" ", ", ", " / ", "/", "; ", "\n", " - ", "-", ".", ",", "  ", " | "]
REGIONS = ["GB", "US", "ES", "RU", "DE", "IT", "DK", "BR", None]


def told(readings: list[Reading]) -> list[tuple[int, int, str]]:
    return [(r.start, r.end, r.number.value) for r in readings]


def agree(run: str, region: str | None, plus: bool) -> None:
    quick = plainly(run, region, plus)
    if quick is not None:
        assert told(quick) == told(by_groups(run, region, Manner(plus=plus))), (run, region, plus)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(LINKS)), min_size=1, max_size=3),
    st.sampled_from(REGIONS),
    st.booleans(),
)
def test_the_quick_way_agrees_with_the_slow_one(parts, region: str | None, plus: bool) -> None:
    run = "".join(piece + link for piece, link in parts).rstrip(" ,/;\n-.|").lstrip("+(")
    agree(run, region, plus)


def test_the_quick_way_agrees_on_figures_at_random_and_is_often_taken() -> None:
    dice = random.Random(11)
    taken = 0
    for _ in range(4000):
        groups = [
            "".join(dice.choices("0123456789", k=dice.randrange(1, 7)))
            for _ in range(dice.randrange(1, 5))
        ]
        run = dice.choice("0123456789") + dice.choice([" ", "-", ".", ""]).join(groups)
        region = dice.choice(REGIONS)
        agree(run, region, False)
        taken += plainly(run, region, False) is not None
    assert taken > 60


SHARED = [
    ("07700 900123/124", ["+447700900123", "+447700900124"], "the last three"),
    ("07700 900123/4", ["+447700900123", "+447700900124"], "the last one"),
    ("07700 900123 or 900456", ["+447700900123", "+447700900456"], "the last six"),
    ("07700 900123, 124", ["+447700900123", "+447700900124"], "after a comma, near"),
    ("07700 900123, 400", ["+447700900123"], "after a comma and far: likelier a price"),
    ("07700 900123 24/7", ["+447700900123"], "round the clock"),
    ("07700 900123 / 180 / 250", ["+447700900123"], "prices"),
]  # fmt: skip


@pytest.mark.parametrize(("run", "values", "why"), SHARED)
def test_numbers_that_share_their_beginning(run: str, values: list[str], why: str) -> None:
    assert [r.number.value for r in divide(run, "GB", Manner())] == values, why


@pytest.mark.parametrize(
    ("run", "region", "value"),
    [("321009 00770", "GB", "+447700900123"), ("21 43 65 716", "ES", "+34617563412"), ("8100 6497 020", "GB", "+442079460018")],
)  # fmt: skip
def test_backwards(run: str, region: str, value: str) -> None:
    assert [r.number.value for r in divide(run, region, Manner(backwards=True))] == [value]


def test_what_is_no_number_backwards_is_read_forwards() -> None:
    [reading] = divide("020 7946 0018", "GB", Manner(backwards=True))
    assert reading.number.value == "+442079460018"
