"""Reading phone numbers: ours and python-phonenumbers' matcher, side by side in one run.

Quality on the labelled lines of `phones.csv` (only "held" was never looked at while tuning), speed
on lines made here. Then the speed of every extractor on the same lines.
"""

import csv
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import phonenumbers
import pyarrow as pa

from palermo.extract.phone import Phone
from palermo.vocabulary import Event, EventKind, events_table
from palermo.wiring import plugins

LINES = Path(__file__).with_name("phones.csv")
FILLER = [
    "room",
    "to",
    "let",
    "near",
    "the",
    "station",
    "quiet",
    "house",
    "furnished",
    "available",
    "now",
    "please",
    "call",
    "for",
    "details",
    "work",
    "in",
    "hotel",
    "farm",
    "kitchen",
    "driver",
    "cleaner",
    "good",
    "pay",
    "no",
    "experience",
    "needed",
    "trabajo",
    "limpio",
    "habitación",
    "cerca",
    "centro",
    "llame",
    "hoy",
    "transport",
    "persoane",
    "preț",
    "bun",
    "работа",
    "комната",
    "рядом",
    "phòng",
    "đẹp",
    "giá",
    "rẻ",
    "London",
    "Leeds",
    "Madrid",
    "£90",
    "120€",
    "24/7",
    "18:00",
    "12/05/2024",
    "2",
    "3",
    "4",
    "SW1A",
]
Finder = Callable[[list[str], list[str | None]], list[set[str]]]


def ours(texts: list[str], regions: list[str | None]) -> list[set[str]]:
    events = batch(texts, regions)
    claims = Phone().find(events)
    found: dict[str, set[str]] = {}
    for event, value in zip(claims["event"].to_pylist(), claims["value"].to_pylist(), strict=True):
        found.setdefault(event, set()).add(value)
    return [found.get(event, set()) for event in events["id"].to_pylist()]


def theirs(texts: list[str], regions: list[str | None]) -> list[set[str]]:
    return [
        {
            phonenumbers.format_number(m.number, phonenumbers.PhoneNumberFormat.E164)
            for m in phonenumbers.PhoneNumberMatcher(text, region)
        }
        for text, region in zip(texts, regions, strict=True)
    ]


def batch(texts: list[str], regions: list[str | None]) -> pa.Table:
    rows = [
        Event(kind=EventKind.ADVERT, locator=f"row:{i}", text=text, region=region)
        for i, (text, region) in enumerate(zip(texts, regions, strict=True))
    ]
    return events_table("x" + "0" * 32, rows, "bench", "1")


def labelled(split: str) -> list[dict[str, str]]:
    with LINES.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["split"] == split]


def f1(find: Finder, rows: list[dict[str, str]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over the numbers of all lines."""
    found = find([r["text"] for r in rows], [r["region"] or None for r in rows])
    wanted = [set(r["expected"].split()) for r in rows]
    right = sum(len(f & w) for f, w in zip(found, wanted, strict=True))
    precision = right / max(1, sum(map(len, found)))
    recall = right / max(1, sum(map(len, wanted)))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def made(lines: int, seed: int = 5) -> tuple[list[str], list[str | None]]:
    """Lines of 30 words, three in four with a number of their own, a third of those disguised."""
    dice = random.Random(seed)
    texts, regions = [], []
    for _ in range(lines):
        words = dice.choices(FILLER, k=30)
        region = dice.choice(["GB", "US"])
        if dice.random() < 0.75:
            number = f"020 7946 {dice.randrange(1000):04}"
            if region == "US":
                number = f"{dice.randrange(201, 990)} 555 {100 + dice.randrange(100):04}"
            if dice.random() < 0.33:
                number = dice.choice(
                    [number.replace("0", "O"), ".".join(number), number + "\u200b"]
                )
            words.insert(dice.randrange(30), number)
        texts.append(" ".join(words))
        regions.append(region)
    return texts, regions


def speed(work: Callable[[], object], lines: int) -> float:
    """Lines per CPU-second, threads and all."""
    start = time.process_time()
    work()
    return lines / (time.process_time() - start)


def main(lines: int = 100_000) -> None:
    texts, regions = made(lines)
    events = batch(texts, regions)
    print(f"{'':24}{'precision':>11}{'recall':>9}{'F1':>9}{'texts/CPU-s':>13}")
    for name, find, rate in (
        ("palermo", ours, speed(lambda: Phone().find(events), lines)),
        ("python-phonenumbers", theirs, speed(lambda: theirs(texts, regions), lines)),
    ):
        for split in ("dev", "held"):
            precision, recall, score = f1(find, labelled(split))
            print(
                f"{name + ', ' + split:24}{precision:11.3f}{recall:9.3f}{score:9.3f}{rate:13,.0f}"
            )
    sample = events.slice(0, lines // 5)
    for name, extractor in plugins("extractors").items():
        extractor.find(sample.slice(0, 100))  # what is loaded once
        rate = speed(lambda extractor=extractor: extractor.find(sample), sample.num_rows)
        print(f"{name:24}{'':29}{rate:13,.0f}")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:]))
