"""No habit of writing that tells the language or script of an advert is used to suggest anybody."""

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.look import weighing
from palermo.look.sentences import without
from palermo.look.style import FEWEST, STAND_IN, habits, script, stand_in
from palermo.store.case import Case

LANGUAGES = {
    "en": "Clean room near the station! Ask for the keys, please.",
    "ru": "Чистая комната у вокзала, спросите ключи.",
    "zh": "车站附近有干净的房间，请打电话。",
    "ar": "غرفة نظيفة قرب المحطة، اتصل بنا.",
}
SCRIPTS = {"en": "LATIN", "ru": "CYRILLIC", "zh": "CJK", "ar": "ARABIC"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_script_of_a_text_is_known(language: str) -> None:
    assert script(LANGUAGES[language] + " 020") == SCRIPTS[language]


def test_a_habit_that_is_a_language_in_disguise_is_found_out() -> None:
    """Planted: capitals, commas of a script, and how long words are."""
    rows = [(name, habits(text, [])) for name, text in LANGUAGES.items() for _ in range(FEWEST)]
    labels = [name for name, _ in rows]
    for habit in ("capitals", "commas", "sentence_length"):
        assert stand_in([shown[habit] for _, shown in rows], labels) > STAND_IN, habit


def test_a_habit_of_one_poster_in_each_language_is_none() -> None:
    labels = [name for name in LANGUAGES for _ in range(2 * FEWEST)]
    assert stand_in([float(n % 2) for n in range(len(labels))], labels) < STAND_IN


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from("ab")), max_size=120))
def test_it_is_a_share_and_the_same_for_the_other_side(
    rows: list[tuple[float, str]],
) -> None:
    figure = stand_in([v for v, _ in rows], [name for _, name in rows])
    other = stand_in([v for v, _ in rows], ["b" if name == "a" else "a" for _, name in rows])
    assert 0 <= figure <= 1 and figure == pytest.approx(other)


def test_the_slow_way_to_count_pairs_agrees() -> None:
    values = [(n * 37 % 11) / 3 for n in range(90)]
    labels = ["x" if n % 3 else "y" for n in range(90)]
    xs = [v for v, name in zip(values, labels, strict=True) if name == "x"]
    ys = [v for v, name in zip(values, labels, strict=True) if name == "y"]
    pairs = sum((x > y) - (x < y) for x in xs for y in ys)
    assert stand_in(values, labels) == pytest.approx(abs(pairs) / (len(xs) * len(ys)))


def test_every_habit_was_tested_and_is_used_or_left_out_with_its_figure() -> None:
    weights = weighing.load()
    assert {*weights.habits, *weights.left_out} == {*habits("", [])}
    assert not {*weights.habits} & {*weights.left_out}
    assert all(figure > STAND_IN for figure in weights.left_out.values())
    assert {"capitals", "commas", "sentence_length"} <= {*weights.left_out}


def test_what_is_used_tells_neither_language_nor_script_on_evidence_it_was_not_chosen_on(
    trained: Path,
) -> None:
    tables = Case.open(trained).tables()
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    contacts: dict[str, list[str]] = defaultdict(list)
    for row in tables.sql(
        'SELECT event, start, "end" AS stop, written, role FROM claims WHERE start IS NOT NULL'
    ).to_pylist():
        spans[row["event"]].append((row["start"], row["stop"]))
        if row["role"] == "poster":
            contacts[row["event"]].append(row["written"])
    shown, scripts = [], []
    for row in tables.sql("SELECT id, text FROM events WHERE kind = 'advert'").to_pylist():
        bare = without(row["text"], spans[row["id"]])
        shown.append(habits(bare, contacts[row["id"]]))
        scripts.append(script(bare))
    tables.close()
    assert len({name for name in scripts if scripts.count(name) >= FEWEST}) > 1
    for habit in weighing.load().habits:
        assert stand_in([one[habit] for one in shown], scripts) <= STAND_IN, habit
    assert stand_in([one["capitals"] for one in shown], scripts) > STAND_IN, (
        "else nothing is tested"
    )
