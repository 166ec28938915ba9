"""A market's scores: right where all is found, and as a count of pairs says where it is not."""

from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from palermo.score import score_market
from palermo.simulate.market import Plan, write_market
from palermo.store.engine import Tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scored") / "market"
    write_market(Plan(seed=3, adverts=400, days=3), folder, processes=1)
    return folder / "truth"


@pytest.fixture
def truth(folder) -> pl.DataFrame:
    rows = pl.read_parquet(folder / "adverts" / "*.parquet").sort("captured", "url")
    return rows.with_row_index("row").with_columns(id=pl.format("e{}", pl.col("row").cast(pl.Utf8)))


def tables(truth: pl.DataFrame, **other: pl.DataFrame) -> Tables:
    """The tables of a case in which all of the truth was found, but for what is given."""
    first = truth.group_by("posting").agg(pl.col("id").min())
    hub = truth.join(first, on=["posting", "id"]).select("id", "cluster")
    hub = hub.with_columns(b=pl.col("id").min().over("cluster"))
    keys = pl.col("contacts").list.concat("common")
    claims = truth.select(event="id", key=keys, role=pl.lit("poster")).explode("key")
    found = {
        "events": truth.select(
            "id", posting=pl.col("url").str.strip_prefix("https://"), kind=pl.lit("advert")
        ),
        "claims": claims.drop_nulls().with_columns(
            pl.col("key").str.splitn(":", 2).struct.rename_fields(["kind", "value"])
        ).unnest("key"),
        "identities": truth.select(node="id", identity=pl.format("i{}", "operator")),
        "links": hub.filter(pl.col("id") != pl.col("b")).select(
            kind=pl.lit("near_text"), a="id", b="b"
        ),
    } | other  # fmt: skip
    return Tables(Path(), {}, {name: frame.to_arrow() for name, frame in found.items()})


def test_what_is_all_found_scores_one(folder, truth):
    told = score_market(tables(truth), folder)
    scores = told["scores"]
    assert scores["adverts"]["postings"] == truth["posting"].n_unique()
    assert scores["adverts"]["not found"] == scores["adverts"]["none of the truth"] == 0
    for name in ("identities", "identities, B-cubed", "contacts", "near-duplicates"):
        assert scores[name]["precision"] == scores[name]["recall"] == 1, name
    assert scores["near-duplicates"]["ARI"] == 1
    recalls = [f["recall"] for name, f in scores.items() if name.startswith("near-duplicates, ")]
    assert len(recalls) >= 10 and set(recalls) == {1.0}
    assert told["traps_joining"] == []


def test_identities_are_scored_as_pair_by_pair(folder, truth):
    wrong = truth.select(node="id", identity=pl.format("i{}", pl.col("operator") // 3))
    some = wrong.filter(pl.int_range(pl.len()) % 5 > 0)
    scores = score_market(tables(truth, identities=some), folder)["scores"]["identities"]
    first = truth.sort("id").unique("posting", keep="first")
    rows = first.join(some, left_on="id", right_on="node", how="left")
    rows = rows.with_columns(pl.col("identity").fill_null(pl.col("id")))
    pairs = list(combinations(rows.select("operator", "identity").rows(), 2))
    true = {i for i, (a, b) in enumerate(pairs) if a[0] == b[0]}
    said = {i for i, (a, b) in enumerate(pairs) if a[1] == b[1]}
    assert scores["precision"] == pytest.approx(len(true & said) / len(said))
    assert scores["recall"] == pytest.approx(len(true & said) / len(true))
    assert scores["identities of several operators"] > 0


def test_texts_that_are_found_alone_are_not_recalled(folder, truth):
    none = pl.DataFrame(schema={"kind": pl.String, "a": pl.String, "b": pl.String})
    scores = score_market(tables(truth, links=none), folder)["scores"]
    assert scores["near-duplicates"]["recall"] == 0
    recalls = [f["recall"] for name, f in scores.items() if name.startswith("near-duplicates, ")]
    assert set(recalls) == {0.0}


def test_contacts_missed_and_made_up_count(folder, truth):
    one = pl.DataFrame({"event": ["e0"], "role": ["poster"], "kind": ["phone"], "value": ["+1"]})
    scores = score_market(tables(truth, claims=one), folder)["scores"]["contacts"]
    assert scores["precision"] == scores["recall"] == 0


def test_adverts_that_are_none_of_the_truths_are_told(folder, truth):
    events = pl.DataFrame(
        {
            "id": ["e0", "ex"],
            "posting": [truth["url"][0][8:], "other.example.org/1"],
            "kind": "advert",
        }
    )
    told = score_market(tables(truth, events=events), folder)["scores"]["adverts"]
    assert told["none of the truth"] == 1
    assert told["not found"] == truth["posting"].n_unique() - 1


def test_a_common_number_that_joins_operators_is_named(folder, truth):
    common = truth.filter(pl.col("common").list.len() == 1)
    number = common["common"][0][0]
    nodes = pl.DataFrame({"node": [*truth["id"], number], "identity": "i"})
    assert number in score_market(tables(truth, identities=nodes), folder)["traps_joining"]
