import random
import re

import polars as pl
import pytest

from palermo.patterns.slots import templates

PHONE = re.compile(r"020 7946 0\d{3}")


def write(*clusters: list[str]):
    texts = [text for cluster in clusters for text in cluster]
    found = [(n, *m.span(), 0) for n, text in enumerate(texts) for m in PHONE.finditer(text)]
    spans = pl.DataFrame(found, ["row", "start", "end", "kind"], orient="row") if found else None
    return templates(clusters, spans, ["phone"])


@pytest.mark.parametrize(
    ("texts", "template", "values", "why"),
    [
        (
            [f"Room to let in {town} from {day}, call 020 7946 00{n} now"
             for n, (town, day) in enumerate([("Leeds", "Monday"), ("North Hull", "3 May"), ("York", "today")], 10)],
            "Room to let in {1} from {2}, call {phone} now",
            [("Leeds", "Monday", "020 7946 0010"), ("North Hull", "3 May", "020 7946 0011"), ("York", "today", "020 7946 0012")],
            "places, not words; a slot is named by what is read in it",
        ),
        (["a b x y c", "a b z c", "a b q r c"], "a b {1} c", [("x y",), ("z",), ("q r",)], "several words are one value"),
        (["a b c d", "a b c d"], "a b c d", [(), ()], "no slot"),
        (["a b c d", "a b extra c d"], "a b {1} c d", [("",), ("extra",)], "a slot that some leave empty"),
        (["Anna: a b c", "Eva: a b c"], "{1}: a b c", [("Anna",), ("Eva",)], "at the beginning"),
        (["a b c. Anna", "a b c. Eva!"], "a b c. {1}", [("Anna",), ("Eva",)], "at the end"),
        (["a b c 5 d", "a b c 17 d"], "a b c {number} d", [("5",), ("17",)], "digits"),
        (["a 5 b 7 c", "a 6 b 8 c"], "a {number} b {number 2} c", [("5", "7"), ("6", "8")], "names are told apart"),
        (
            ["安静明亮的房间靠近图书馆每周可以看房", "安静明亮的房间靠近火车站每周可以看房"],
            "安静明亮的房间靠近{1}每周可以看房", [("图书馆",), ("火车站",)], "Chinese",
        ),
        (["only here", "nothing shared"], "{1}", [("only here",), ("nothing shared",)], "nothing in common"),
        ([""], "", [()], "no text"),
    ],
)  # fmt: skip
def test_template(texts, template, values, why):
    (found,) = write(texts)
    assert (found.text, found.values) == (template, values), why
    assert len(found.slots) == len(values[0])


@pytest.mark.parametrize(("different", "slots"), [(1, ()), (2, ("1",)), (3, ("1",))])
def test_a_fifth_of_other_words_makes_a_slot(different, slots):
    texts = ["one two three four five"] * (10 - different)
    texts += [f"one two {word} four five" for word in ("x", "y", "z")[:different]]
    (found,) = write(texts)
    assert found.slots == slots


def test_clusters_do_not_touch_each_other():
    dice = random.Random(1)
    clusters = []
    for _ in range(150):  # more texts than are aligned at once
        words = ["".join(dice.choices("abcdefghij", k=6)) for _ in range(12)]
        slot = dice.randrange(1, 11)
        clusters.append(
            [
                " ".join([*words[:slot], f"020 7946 0{dice.randrange(1000):03}", *words[slot:]])
                for _ in range(dice.randint(2, 6))
            ]
        )
    together = write(*clusters)
    assert together == [write(cluster)[0] for cluster in clusters]
    for cluster, found in zip(clusters, together, strict=True):
        assert found.slots == ("phone",) and found.text.count("{phone}") == 1
        assert [found.text.replace("{phone}", value) for (value,) in found.values] == cluster
