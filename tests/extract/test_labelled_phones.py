"""The labelled lines of the benchmark: what is promised of reading phone numbers."""

import csv
from pathlib import Path

import pytest

from palermo.extract.phone import Phone
from palermo.testing import check_extractor

LINES = Path(__file__).parents[2] / "bench" / "phones.csv"


@pytest.mark.parametrize("split", ["dev", "held"])
def test_f1(split: str) -> None:
    with LINES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split]
    assert len(rows) > 300 and len({row["region"] for row in rows}) > 20
    right = found = wanted = 0
    for region in {row["region"] for row in rows}:
        own = [row for row in rows if row["region"] == region]
        claims = check_extractor(Phone(), [row["text"] for row in own], region or None)
        for row, line in zip(own, claims, strict=True):
            values, expected = {c["value"] for c in line}, set(row["expected"].split())
            right += len(values & expected)
            found += len(values)
            wanted += len(expected)
    assert 2 * right / (found + wanted) >= 0.95
