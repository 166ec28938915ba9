"""Phrases of one's own against the language of a trade, in scripts with and without spaces."""

import itertools
import random

import polars as pl
import pytest

from palermo.patterns.own_words import KEPT, TEXTS, own_words, phrases

OWN = "our blue heron lodge keeps seven quiet lofts behind the copper mill"
TRADE = "please call after six in the evening and ask for the friendly manager"


def clusters(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["cluster", "account", "text"], orient="row")


def others(*rows: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"account": pl.String, "text": pl.String}, orient="row")


def share(found: pl.DataFrame) -> dict[str, float]:
    return dict(found.sort("cluster").iter_rows())


def crowd(text: str, size: int) -> list[tuple[str, str]]:
    return [(f"stranger{n}", f"Number {n} here. {text}") for n in range(size)]


@pytest.mark.parametrize(
    ("text", "used", "expected", "why"),
    [
        (OWN, 0, 1.0, "nobody else says it"),
        (TRADE, 50, 0.0, "everybody says it"),
        (TRADE.upper().replace(" ", "  "), 50, 0.0, "case and spaces are no wording"),
        (TRADE, 3, 1.0, "no more others than accounts of its own"),
        (TRADE, 4, 0.0, "one more"),
        ("ring 4 then 5 or 6", 0, 0.0, "no phrase without a number in it"),
        ("", 0, 0.0, "no words"),
    ],
)
def test_share_of_own_words(text, used, expected, why):
    mine = clusters(*(("c", f"a{n}", text) for n in range(3)))
    crowded = others(*((a, t) for _, a, t in mine.iter_rows()), *crowd(TRADE, used))
    assert share(own_words(mine, crowded, 1.0)) == {"c": expected}, why


def test_half_of_a_text_may_be_borrowed():
    mine = clusters(*(("c", f"a{n}", f"{OWN}. {TRADE}") for n in range(3)))
    found = share(own_words(mine, others(*crowd(TRADE, 50)), 1.0))["c"]
    assert 0.4 < found < 0.7


def test_a_sample_counts_for_all_that_it_stands_for():
    mine = clusters(*(("c", f"a{n}", TRADE) for n in range(3)))
    seen = others(("stranger", TRADE))
    assert share(own_words(mine, seen, 1.0)) == {"c": 1.0}
    assert share(own_words(mine, seen, 5.0)) == {"c": 0.0}


def test_the_own_accounts_are_no_others_however_often_they_post():
    mine = clusters(*(("c", f"a{n}", OWN) for n in range(3)))
    again = others(*((f"a{n % 3}", f"{n}: {OWN}") for n in range(40)))
    assert share(own_words(mine, again, 1.0)) == {"c": 1.0}


@pytest.mark.parametrize(
    "text",
    [
        "บ้านพักริมน้ำเงียบสงบมีห้องว่างสำหรับคนงานใหม่",
        "河边安静的木屋为新来的工人准备了七间空房",
        "بيت هادئ قرب النهر فيه سبع غرف جاهزة للعمال الجدد",
        "тихий дом у реки держит семь комнат для новых рабочих",
    ],
)
def test_any_script_has_phrases(text):
    assert phrases([text]).height >= 3
    mine = clusters(*(("c", f"a{n}", text) for n in range(3)))
    assert share(own_words(mine, others(*crowd("another thing", 9)), 1.0)) == {"c": 1.0}
    assert share(own_words(mine, others(*crowd(text, 9)), 1.0)) == {"c": 0.0}


def slow(mine: pl.DataFrame, crowded: pl.DataFrame, scale: float) -> dict[str, float]:
    """The obvious way, for words between spaces: every four of them."""

    def fours(text: str) -> set[tuple[str, ...]]:
        words = text.split()
        return set(zip(*(words[n:] for n in range(4)), strict=False))

    out = {}
    for cluster, rows in itertools.groupby(mine.sort("cluster").iter_rows(), lambda row: row[0]):
        texts = [(account, fours(text)) for _, account, text in rows]
        accounts = {account for account, _ in texts}
        first = texts[:TEXTS]
        said = {p for _, of in first for p in of}
        said = {p for p in said if sum(p in of for _, of in first) >= KEPT * len(first)}
        heard = {
            p: {a for a, text in crowded.iter_rows() if p in fours(text)} - accounts for p in said
        }
        own = [p for p in said if len(heard[p]) * scale <= len(accounts)]
        out[cluster] = len(own) / len(said) if said else 0.0
    return out


@pytest.mark.parametrize("seed", range(6))
def test_equals_the_slow_version(seed):
    dice = random.Random(seed)
    words = ["bana", "diru", "kolo", "lana", "miru"]

    def said(size: int) -> str:
        return " ".join(dice.choices(words[: 3 + dice.randrange(3)], k=size))

    rows = []
    for cluster in range(5):
        stem = said(9)
        rows += [
            (f"c{cluster}", f"a{cluster}-{n % 4}", f"{stem} {said(2)}")
            for n in range(dice.randrange(3, 30))
        ]
    mine = clusters(*rows)
    crowded = others(*((f"o{n}", said(12)) for n in range(60)))
    scale = dice.choice([1.0, 2.5])
    found = share(own_words(mine, crowded, scale))
    assert found == pytest.approx(slow(mine, crowded, scale))
    assert len(set(found.values())) > 1
