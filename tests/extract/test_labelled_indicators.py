"""The labelled adverts of `bench/indicators.csv`: the seen half holds what was measured on it."""

import csv
import importlib.util
from pathlib import Path

import pytest

from palermo.values import age, departure, fee, listed, name, route
from palermo.vocabulary import Kind

BENCH = Path(__file__).parents[2] / "bench" / "indicators.py"
# What was measured, rounded down; F1 by kind.
LEAST = {"route": 0.97, "fee": 0.85, "term": 0.98, "service": 0.97, "departure": 0.95, "wording": 0.98, "name": 0.97,
         "age": 0.9}  # fmt: skip


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("indicators", BENCH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows(bench) -> list[dict[str, str]]:
    with bench.LINES.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if bench.half(row["text"]) == "seen"]


def test_the_seen_half_is_read_as_well_as_measured(bench, rows):
    counts = bench.count(rows, bench.found(rows))
    for kind, least in LEAST.items():
        n = counts["seen", kind, "all"]
        f1 = 2 * n["right"] / (n["found"] + n["wanted"])
        assert f1 >= least, f"{kind}: {f1:.3f}"


def test_every_value_is_one_of_its_kind(bench, rows):
    kinds = {
        "fee": fee.validate,
        "departure": departure.validate,
        "age": age.validate,
        "name": name.validate,
    }
    kinds |= {
        k: lambda v, k=k: listed.validate(k, v) for k in (Kind.SERVICE, Kind.TERM, Kind.WORDING)
    }
    found = bench.found(rows)
    assert all(kinds[kind](value) for pairs in found for kind, value in pairs if kind in kinds)
    from palermo.wiring import plugins

    events = bench.batch([row["text"] for row in rows], [None] * len(rows))
    values = plugins("extractors")["route"].find(events)["value"].to_pylist()
    assert values and all(map(route.validate, values))
