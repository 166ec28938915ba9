"""Lists of phrases: how they are written, and that what is quick finds what is slow and obvious."""

import re
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.values import departure, fee, lines, listed, phrases, route
from palermo.values.denial import denied
from palermo.values.lines import fold
from palermo.values.phrases import Phrases, load
from palermo.vocabulary import Kind

LISTS = sorted(path.stem for path in (Path(phrases.__file__).parent / "words").glob("*.yaml"))
LANGUAGES = {"en", "es", "fr", "pt", "ro", "it", "de", "ru", "uk", "sq", "tr", "ar", "fa", "ur", "hi", "bn", "vi",
             "th", "zh", "tl", "id"}  # fmt: skip
SMALL = {
    "pay": {"en": "pay/paid on arrival, pay the? rest, debt", "es": "se paga al llegar"},
    "held": {"en": "money .. held by, deposit*", "ro": "fără avans", "zh": "包吃住, 钱 .. 保管"},
    "car": {"en": "car", "fr": "voiture, en car"},
    "part": {"en": "50% down"},
}


def said(texts: list[str], lists=SMALL) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[] for _ in texts]
    read = Phrases({"own": lists, "other": {"x": {"en": "on, car"}}})
    for index, _, own in read.find(pl.Series(texts, dtype=pl.String))["own"]:
        found[index] = [(texts[index][s.start : s.end], s.phrase.value) for s in own]
    return found


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("You pay on arrival", [("pay on arrival", "pay")], "words"),
        ("PAID  on\tarrival!", [("PAID  on\tarrival", "pay")], "capitals and other spaces"),
        ("pay-on-arrival", [("pay-on-arrival", "pay")], "hyphens join"),
        (
            "pay rest, pay the rest",
            [("pay rest", "pay"), ("pay the rest", "pay")],
            "may be missing",
        ),
        ("money is safely held by us", [("money is safely held by", "held")], "a gap of two words"),
        ("money, held by us", [], "a gap does not reach over a comma"),
        ("money a b c d held by us", [], "four words are too many"),
        ("deposits", [("deposits", "held")], "any ending"),
        ("card, scar, car", [("car", "car")], "whole words alone"),
        (
            "50% down%, car%",
            [("50% down", "part"), ("car", "car")],
            "a sign of its own is no letter",
        ),
        ("car用微信car联系", [("car", "car")] * 2, "beside a script without spaces"),
        (
            "fără avans, fara avans",
            [("fără avans", "held"), ("fara avans", "held")],
            "accents may be left out",
        ),
        ("cár", [], "an accent that the list has not makes another word"),
        ("餐厅包吃住。", [("包吃住", "held")], "no spaces around"),
        ("钱由他保管", [("钱由他保管", "held")], "a gap without spaces"),
        ("(car) “car” /car\ncar,car", [("car", "car")] * 5, "beside any sign"),
        (
            "包吃住car包吃住",
            [("包吃住", "held"), ("car", "car"), ("包吃住", "held")],
            "where scripts meet",
        ),
        ("voiture en car", [("voiture", "car"), ("en car", "car")], "the longer one, side by side"),
    ],
)
def test_finds(text, expected, why):
    assert said([text]) == [expected], why


PIECES = ["pay", "paid", "on", "arrival", "the", "rest", "money", "held", "by", "deposit", "s", "car", "en", "fără",
          "avans", "包吃住", "钱", "保管", " ", "  ", ", ", "-", ".", "\n", "x", "Ж", "é", "\u0301", "İ"]  # fmt: skip


TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=6)


@given(TEXTS, st.sampled_from([0, phrases.FEW]))
def test_agrees_with_looking_for_each_phrase_by_itself(texts, few):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases, "FEW", few)
        assert said(texts) == [slowly(text) for text in texts]


def slowly(text: str) -> list[tuple[str, str]]:
    """One regex a phrase over the folded text, its words with any spaces between."""
    found = []
    line = lines.lines(pl.Series([text], dtype=pl.String))["loose"][0]
    for words, phrase in phrases.written(SMALL):
        apart = not any(lines.APART.search(w) for word in words for w in word.either)
        pattern = phrases._pattern(words, apart)
        pattern = pattern.replace(" ", " +").replace("[^ +", "[^ ") if apart else pattern
        for match in re.finditer(pattern, line):
            found.append(phrases.Said(*match.span(), phrase))
    kept = [s for s in phrases._longest(found) if phrases._so_written(s, text)]
    return [(text[s.start : s.end], s.phrase.value) for s in kept]


@given(st.text(max_size=60))
def test_folding_moves_nothing(text):
    assert len(fold(text)) == len(text)
    assert lines.folded(pl.Series([text], dtype=pl.String))[0] == fold(text)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_sound(name):
    lists = load(name)
    assert all(languages.keys() <= LANGUAGES for languages in lists.values())
    if name != "age":
        assert {phrase.value for _, phrase in phrases.written(lists)} == lists.keys()


def test_denials():
    text = fold("no work visa, work visa not needed; a work visa")
    spans = [m.span() for m in re.finditer("work visa", text)]
    assert [denied(text, *span) for span in spans] == [True, True, False]
    assert denied(fold("casino visa"), 7, 11) is False, "“no” is the end of another word"


@pytest.mark.parametrize(
    ("validate", "good", "bad"),
    [
        (fee.validate, ["fare:900.00 EUR/person", "fee:5.00 EUR/child"], ["fare:900 EUR", "x:9.00 EUR", "", "fare:"]),
        (departure.validate, ["2026-03-12", "--03-12", "every:friday", "today"], ["12.3.", "everyfriday", ""]),
        (route.validate, ["geonames:1>country:IT"], ["geonames:1", "geonames:1>geonames:1", "a>b", ""]),
        (lambda v: listed.validate(Kind.SERVICE, v), ["visa", "passport"], ["offered", "said.copy", "", "x"]),
        (lambda v: listed.validate(Kind.TERM, v), ["on_arrival"], ["visa"]),
        (lambda v: listed.validate(Kind.WORDING, v), ["team"], ["on_arrival"]),
    ],
)  # fmt: skip
def test_values(validate, good, bad):
    assert all(validate(value) for value in good) and not any(validate(value) for value in bad)
