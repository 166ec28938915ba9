import random

import polars as pl
import pytest

from palermo.link import hubs
from palermo.link.codes import codes, pieces
from palermo.link.hubs import extend, gather, number
from palermo.link.kept import Run, compacted, settled
from palermo.link.likeness import NEAR, likeness
from palermo.link.sketch import keys


def coded(texts: list[str]) -> pl.DataFrame:
    words = codes(pieces(texts))
    ids = pl.Series([number(text) for text in words], dtype=pl.UInt64)
    return pl.DataFrame({"text": ids, "words": words})


def market(dice: random.Random, templates: int, copies: int) -> list[str]:
    """Texts of few sentences in common, some of them copied with changed words."""
    words = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ab", "en", "il", "or", "um")]
    bank = [dice.choices(words, k=7) for _ in range(templates // 2)]
    out = []
    for _ in range(templates):
        body = [w for s in dice.sample(bank, 2) for w in s] + dice.choices(words, k=12)
        for _ in range(1 + int(dice.expovariate(1 / copies))):
            rate = dice.choice((0, 0.02, 0.15, 0.25))
            out.append(" ".join(dice.choice(words) if dice.random() < rate else w for w in body))
    dice.shuffle(out)
    return out


def slow(texts: pl.DataFrame) -> dict[int, int]:
    """The definition, written down: texts in order of number, each to the first near hub that
    shares most keys."""
    listed: dict[int, list[int]] = {}
    hub, words = {}, {}
    for id, text in sorted(set(texts.iter_rows())):
        own, shares = keys([text])[1].tolist(), {}
        for key in own:
            for other in listed.get(key, [])[: hubs.FIRST]:
                shares[other] = shares.get(other, 0) + 1
        able = [(-n.bit_length(), h) for h, n in shares.items() if n >= hubs.SHARED]
        near = [h for _, h in sorted(able) if likeness(words[h], text)]
        hub[id] = near[0] if near else id
        if not near:
            words[id] = text
            for key in own:
                listed.setdefault(key, []).append(id)
    return hub


def where(runs: list[Run]) -> dict[int, int]:
    return dict(settled(runs).select("text", "hub").iter_rows())


@pytest.mark.parametrize("seed", range(4))
def test_all_at_once_as_defined(seed):
    texts = coded(market(random.Random(seed), 60, 5))
    assert where(gather(texts)) == slow(texts)


@pytest.mark.parametrize("first", [1, 2, 8])
@pytest.mark.parametrize("seed", range(6))
def test_day_by_day_is_as_all_at_once(seed, first, monkeypatch):
    # few hubs a key, so that lists overflow, and batches, so that runs are put together
    monkeypatch.setattr(hubs, "FIRST", first)
    monkeypatch.setattr(hubs, "BATCH", 50)
    dice = random.Random(f"{seed}/{first}")
    texts = coded(market(dice, 60, 5))
    whole = slow(texts)
    assert where(gather(texts)) == whole
    runs: list[Run] = []
    at = 0
    while at < len(texts):
        day = dice.choice((1, 3, 20, 100))
        runs.append(extend(runs, texts[at : at + day]))
        at += day
        if dice.random() < 0.3:
            runs = compacted(runs)
    assert where(runs) == whole


def test_templates_of_the_same_sentences_hide_few_copies(monkeypatch):
    dice = random.Random(8)
    words = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ab", "en", "il", "or", "um")]
    bank = [dice.choices(words, k=8) for _ in range(40)]
    texts = []
    for _ in range(400):  # each sentence stands in some 50 of them
        body = [w for s in dice.sample(bank, 5) for w in s]
        texts.append(" ".join(body))
        texts.append(" ".join(dice.choice(words) if dice.random() < 0.15 else w for w in body))
    rows = coded(texts)

    def found() -> int:
        hub = where(gather(rows))
        return sum(hub[a] == hub[b] for a, b in rows["text"].reshape((-1, 2)).to_list())

    of_first = found()
    monkeypatch.setattr(hubs, "FIRST", len(texts))
    assert of_first > 0.97 * found()


def test_a_day_names_only_what_it_changes():
    texts = coded(market(random.Random(9), 60, 5))
    before = gather(texts[:-5])
    run = extend(before, texts[-5:])
    old, new = where(before), where([*before, run])
    changed = {id for id in new if new[id] != old.get(id)}
    assert changed <= set(run.texts["text"]) and len(run.texts) < len(texts) / 4
    assert extend([*before, run], texts).texts.is_empty()


def test_members_are_near_their_hub_along_a_drift():
    dice = random.Random(5)
    words = ["".join(dice.choices("bdfgklmnprstaeiou", k=7)) for _ in range(3000)]
    body, chain = dice.choices(words, k=40), []
    for _ in range(120):  # each text is one word away from the last, the ends share nothing
        body = [*body[1:], dice.choice(words)]
        chain.append(" ".join(body))
    texts = coded(chain)
    found = settled(gather(texts)).join(texts, on="text")
    hub_words = dict(texts.iter_rows())
    assert found["hub"].n_unique() > 3
    for _, hub, like, own in found.iter_rows():
        assert likeness(hub_words[hub], own) == pytest.approx(like) and like >= NEAR


def test_nothing():
    assert where(gather(coded([]))) == {}
    assert extend([], coded([])).texts.is_empty()
