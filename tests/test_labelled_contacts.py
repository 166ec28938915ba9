"""The labelled contacts of the benchmark are what `bench/contacts.md` says of them."""

import csv
import hashlib
import re
import unicodedata
from pathlib import Path

import phonenumbers
import pytest

ROWS = Path(__file__).parents[1] / "bench" / "contacts.csv"
RESERVED = re.compile(r"(^|\.)(example|test|invalid|example\.(org|com|net))$")
UNLISTED = ("+447700900", "+3363998")  # kept for fiction, and not known to python-phonenumbers
SERVICES = {
    "discord", "facebook", "imo", "instagram", "kakao", "kik", "line", "ok", "qq", "session", "signal",
    "skype", "snapchat", "telegram", "threema", "tiktok", "viber", "vk", "wechat", "wire", "x", "zalo",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_wide_enough(rows: list[dict[str, str]]) -> None:
    with_contact = [row for row in rows if row["expected"]]
    assert len(rows) >= 2_000
    assert len({row["region"] for row in with_contact}) >= 45
    assert len({row["language"] for row in with_contact}) >= 40
    bare = len(rows) - len(with_contact) + sum(row["trick"] == "beside" for row in rows)
    assert 0.25 <= bare / len(rows) <= 0.35


def test_no_text_twice_even_with_other_digits(rows: list[dict[str, str]]) -> None:
    words = [
        re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", row["text"]).casefold())
        for row in rows
    ]
    assert len(set(words)) == len(rows)


def test_half_follows_from_the_text_and_its_set(rows: list[dict[str, str]]) -> None:
    for row in rows:
        even = hashlib.sha256(row["text"].encode()).digest()[0] % 2 == 0
        halves = {"first": "tuning" if even else "unseen", "fourth": "unseen"}
        assert row["half"] == halves.get(row["set"], "tuning")


def test_every_row_says_why(rows: list[dict[str, str]]) -> None:
    assert all(row["why"] and row["trick"] and row["language"] for row in rows)


def test_contacts_are_well_formed_and_fictional(rows: list[dict[str, str]]) -> None:
    for contact in (c for row in rows for c in row["expected"].split()):
        kind, value = contact.split(":", 1)
        if kind == "phone":
            number = phonenumbers.parse(value)
            assert phonenumbers.is_possible_number(number), value
            assert phonenumbers.is_valid_number(number) or value.startswith(UNLISTED), value
        elif kind == "email":
            assert value == value.lower() and RESERVED.search(value.split("@")[1]), value
        else:
            assert kind == "handle" and value.split(":")[0] in SERVICES, contact
