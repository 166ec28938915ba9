"""Every extractor on its rows of cases; each says why it is there, and half of them hold nothing."""

import csv
from pathlib import Path

import pytest

from palermo.testing import check_extractor
from palermo.wiring import plugins

CASES = Path(__file__).with_name("cases")
BY_NAME = {path.stem: path for path in CASES.glob("*.csv")}


def rows(name: str) -> list[dict[str, str]]:
    with BY_NAME[name].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_text_extractor_has_cases() -> None:
    assert set(BY_NAME) | {"parties"} == set(plugins("extractors"))


@pytest.mark.parametrize(
    ("name", "case"),
    [(name, row) for name in sorted(BY_NAME) if name != "place" for row in rows(name)],
    ids=lambda x: x if isinstance(x, str) else x["text"][:40],
)
def test_case(name: str, case: dict[str, str]) -> None:
    [claims] = check_extractor(plugins("extractors")[name], [case["text"]], case["region"] or None)
    expected = set(case["expected"].split(" ; ")) if case["expected"] else set()
    assert {c["value"] for c in claims} == expected, case["why"]
