"""The market: the same from the same seed however it is written, and true to its truth."""

import random
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from rapidfuzz.distance import Indel, Levenshtein

from palermo.decode.decoder import Context
from palermo.decode.warc import Warc
from palermo.simulate.market import Plan, texts, write_market
from palermo.simulate.market.contacts import COMMON, email, handle, phone, supply
from palermo.simulate.market.dice import Dice, Hand
from palermo.simulate.market.ground import LANGUAGES, REGIONS, TRADES
from palermo.simulate.market.plan import block
from palermo.simulate.market.template import bank
from palermo.simulate.market.wording import noisy
from palermo.simulate.phrases import SLOT, SPAN, tongue
from palermo.values import email as emails
from palermo.values import handle as handles
from palermo.values import phone as phones
from palermo.vocabulary import Event, EventKind, Statement

PLAN = Plan(seed=11, adverts=1200, days=4)


@pytest.fixture(scope="module")
def market(tmp_path_factory):
    folder = tmp_path_factory.mktemp("market") / "one"
    write_market(PLAN, folder, processes=1)
    return folder


@pytest.fixture(scope="module")
def truth(market):
    return pl.read_parquet(market / "truth" / "adverts" / "*.parquet")


def content(folder) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_market_goes_on_where_it_was_stopped_and_is_the_same(market, tmp_path):
    class StoppedError(Exception):
        pass

    def stop(_what: str, done: int, _total: int) -> None:
        if done >= 300:
            raise StoppedError

    with pytest.raises(StoppedError):
        write_market(PLAN, tmp_path / "two", processes=2, progress=stop)
    assert content(tmp_path / "two").keys() < content(market).keys()
    write_market(PLAN, tmp_path / "two", processes=2)
    assert content(tmp_path / "two") == content(market)


@pytest.mark.parametrize("other", [Plan(12, 1200, 4), Plan(11, 1201, 4), Plan(11, 1200, 5)])
def test_a_folder_holds_one_market(market, other):
    with pytest.raises(FileExistsError, match="another"):
        write_market(other, market)


def test_what_lies_there_is_not_written_over(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="not empty"):
        write_market(PLAN, tmp_path)


def test_the_truth_names_where_each_advert_stands(market, truth):
    """What the decoder reads in the archives are the truth's adverts, and no others."""
    found = []
    for path in sorted((market / "evidence" / "web").rglob("*.warc.gz")):
        name = path.relative_to(market / "evidence").as_posix()
        context = Context(exhibit="x", name=path.name, statement=Statement(region="GB", zone="UTC"))
        with path.open("rb") as source:
            items = list(Warc().read(source, context))
        assert all(isinstance(item, Event) for item in items), f"{name}: problems"
        adverts = [e for e in items if isinstance(e, Event) and e.kind is EventKind.ADVERT]
        found += [
            (name, int(e.locator.split(";")[0].removeprefix("offset:")), e.details["url"])
            for e in adverts
        ]
    assert sorted(found) == sorted(truth.select("file", "offset", "url").rows())
    assert len(found) == PLAN.adverts


def test_each_day_has_its_share_and_the_last_one_what_is_asked():
    plan = Plan(3, 10_000, 10, last_day=100)
    bounds = plan.bounds(0).tolist()
    assert bounds[-1] == 10_000
    assert [b - a for a, b in pairwise(bounds)] == [1100] * 9 + [100]


def test_an_operator_acts_in_order_of_time():
    drawn = block(PLAN, 0)
    when = drawn.day * 86_400 + drawn.second
    same = drawn.operator[1:] == drawn.operator[:-1]
    assert (when[1:][same] >= when[:-1][same]).all()
    assert (drawn.posting <= np.arange(len(when))).all()
    assert (drawn.operator[drawn.posting] == drawn.operator).all()
    repeats = drawn.posting != np.arange(len(when))
    assert repeats.any() and (drawn.day[drawn.posting] < drawn.day)[repeats].all()


def test_sizes_are_heavy_tailed():
    sizes = np.sort(block(Plan(1, 200_000), 0).size)
    assert 0.4 < (sizes == 1).mean() < 0.6
    top = sizes[-len(sizes) // 100 :].sum() / sizes.sum()
    assert top > 0.3, "a hundredth of the operators post a third of the adverts"


@pytest.mark.parametrize("region", REGIONS)
def test_numbers_are_dealt_once_and_are_fictional_ones(region):
    count = supply(region)
    some = [phone(region, place).value for place in range(count)]
    assert len(set(some)) == count
    for value in random.Random(region).sample(some, 300):
        assert phones.validate(value), value


def test_addresses_and_accounts_are_dealt_once_and_are_as_the_values_write_them():
    for make, values in ((email, emails), (handle, handles)):
        made = {make(place).value for place in range(300_000)}
        assert len(made) == 300_000
        assert all(values.validate(value) for value in list(made)[:2000])


def test_no_contact_has_two_operators(market, truth):
    contacts = pl.read_parquet(market / "truth" / "contacts" / "*.parquet")
    assert contacts["key"].n_unique() == len(contacts)
    owned = contacts.drop_nulls("operator")
    given = truth.select("operator", key="contacts").explode("key").unique()
    assert len(given.join(owned, on=["key", "operator"], how="anti")) == 0
    common = truth.select("operator", key="common").explode("key").drop_nulls()
    both = common.join(owned, on=["key", "operator"], how="semi")
    assert len(common) > 0 and len(both) == 0, "a list of contacts names others"


def test_adverts_with_the_same_content_say_the_same(truth):
    rows = pl.concat(texts(1200, 11))
    assert set(rows["script"]) == {script for _, script, _ in LANGUAGES}
    assert rows["cluster"].n_unique() == truth["cluster"].n_unique()
    again = pl.concat(texts(1200, 11))
    assert rows.equals(again)
    assert not rows.equals(pl.concat(texts(1200, 12)))


@pytest.mark.parametrize(("language", "step"), [("en", 0), ("ru", 0), ("zh", 2), ("th", 4)])
@pytest.mark.parametrize("rate", [0.02, 0.15])
def test_noise_changes_about_its_share_of_the_words(language, step, rate):
    known = bank(language).words
    hand = Hand(Dice(1, language).word(1))
    words = [known[hand.below(len(known))][: step or None] for _ in range(400)]
    words = [word for word in words if not step or len(word) == step]
    text = ("" if step else " ").join(words)
    shares = []
    for _ in range(30):
        again = noisy(text, language, rate, hand)
        if step:  # a word that is changed is at most `step` characters deleted and as many put in
            shares.append(Indel.distance(text, again) / len(text))
        else:
            shares.append(Levenshtein.distance(words, again.split(" ")) / len(words))
    assert 0.4 * rate < np.mean(shares) < 1.5 * rate


def test_common_numbers_are_kept_from_operators(market):
    contacts = pl.read_parquet(market / "truth" / "contacts" / "*.parquet")
    common = {phone(region, place).key for region in REGIONS for place in range(COMMON)}
    assert set(contacts.filter(pl.col("operator").is_null())["key"]) == common


@pytest.mark.parametrize("language", [language for language, _, _ in LANGUAGES])
def test_sentences_have_no_slot_that_nothing_fills(language):
    said = tongue(language)
    known = {*said["slots"], "given", "city", "price"}
    groups = [said["common"], *said["titles"].values(), *said["offers"].values()]
    for pattern in (pattern for group in groups for pattern in group):
        for name in SLOT.findall(pattern):
            assert name in known or SPAN.fullmatch(name), f"{pattern}: {name}"
    assert all("{contact}" in pattern for pattern in said["calls"])
    assert set(said["titles"]) == set(said["offers"]) == set(TRADES)
    assert all("{x}" in said["traps"][sort] for sort in ("hotline", "switchboard", "hotel", "taxi"))
