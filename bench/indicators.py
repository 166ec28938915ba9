"""Scores what is read off adverts for journeys, work and documents, on the lines of `indicators.csv`.

Every line is labelled with all that it says of the kinds below. A line's half is decided by its hash;
the unseen half is only ever counted: ``python bench/indicators.py [--errors]`` lists the errors of
the seen half. Routes and names are held against the label as written, the others by value.
"""

import csv
import hashlib
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import pyarrow as pa

from palermo.vocabulary import Event, EventKind, events_table
from palermo.wiring import plugins

LINES = Path(__file__).with_name("indicators.csv")
EXTRACTORS = ("route", "fee", "term", "service", "offer", "departure", "wording", "name", "age")
KINDS = ("route", "fee", "term", "service", "departure", "wording", "name", "age")
Counts = dict[tuple[str, str, str], Counter]  # half, kind, language -> right, found, wanted


def half(text: str) -> str:
    return "seen" if hashlib.sha256(text.encode()).digest()[0] % 2 else "unseen"


def labels(row: dict[str, str]) -> set[tuple[str, str]]:
    return {tuple(one.split("=", 1)) for one in row["expected"].split(" ; ") if one}


def told(claim: dict) -> tuple[str, str]:
    details = dict(claim["details"])
    written = {"route": details.get("written"), "name": claim["written"]}
    return claim["kind"], written.get(claim["kind"]) or claim["value"]


def found(rows: list[dict[str, str]]) -> list[set[tuple[str, str]]]:
    events = batch([r["text"] for r in rows], [r["region"] or None for r in rows])
    at = {id: n for n, id in enumerate(events["id"].to_pylist())}
    sets: list[set[tuple[str, str]]] = [set() for _ in rows]
    for name in EXTRACTORS:
        for claim in plugins("extractors")[name].find(events).to_pylist():
            sets[at[claim["event"]]].add(told(claim))
    return sets


def count(rows: list[dict[str, str]], sets: list[set[tuple[str, str]]]) -> Counts:
    counts: Counts = defaultdict(Counter)
    for row, got in zip(rows, sets, strict=True):
        wanted = labels(row)
        for name, pairs in (("found", got), ("wanted", wanted), ("right", got & wanted)):
            for kind, _ in pairs:
                for key in ((kind, "all"), ("all", row["language"]), ("all", "all")):
                    counts[half(row["text"]), *key][name] += 1
    return counts


def show(counts: Counts) -> None:
    print(f"{'kind':12}{'language':10}" + 2 * f"{'precision':>11}{'recall':>8}{'labels':>8}")
    for kind, language in sorted({key[1:] for key in counts}):
        line = f"{kind:12}{language:10}"
        for which in ("seen", "unseen"):
            n = counts[which, kind, language]
            precision = n["right"] / n["found"] if n["found"] else 1.0
            recall = n["right"] / n["wanted"] if n["wanted"] else 1.0
            line += f"{precision:11.3f}{recall:8.3f}{n['wanted']:8}"
        print(line)


def batch(texts: list[str], regions: list[str | None]) -> pa.Table:
    own = [
        Event(kind=EventKind.ADVERT, locator=f"row:{n}", text=text, region=region)
        for n, (text, region) in enumerate(zip(texts, regions, strict=True))
    ]
    return events_table("x" + "0" * 32, own, "bench", "1")


def speed(rows: list[dict[str, str]]) -> None:
    """Texts per CPU-second: on lines of the set put together, no two alike, in which every second
    word is one that is looked for; and with each beside four ordinary lines of the same length."""
    dense = [
        f"{a['text']} {b['text']} {n}"
        for n in range(60)
        for a, b in zip(rows, rows[7:], strict=False)
    ]
    plain = [r["text"] for r in rows if not r["expected"]]
    dice = random.Random(3)
    sparse = [
        text if n % 5 == 0 else f"{dice.choice(plain)} {dice.choice(plain)} {n}"
        for n, text in enumerate(dense)
    ]
    sets = {"dense": dense, "sparse": sparse}
    batches = {name: batch(texts, [None] * len(texts)) for name, texts in sets.items()}
    for name, texts in sets.items():
        size = sum(map(len, texts)) / len(texts)
        print(f"\n{name}: {len(texts)} texts of {size:.0f} characters", end="")
    print(f"\n{'texts per CPU-second':24}{'dense':>12}{'claims a text':>16}{'sparse':>12}")
    for name in EXTRACTORS:
        extractor, line = plugins("extractors")[name], f"{name:24}"
        for events in batches.values():
            extractor.find(events.slice(0, 100))  # what is loaded once
            start = time.process_time()
            claims = extractor.find(events)
            rate = events.num_rows / (time.process_time() - start)
            line += f"{rate:12,.0f}"
            if events is batches["dense"]:
                line += f"{claims.num_rows / events.num_rows:16.2f}"
        print(line)


def main() -> None:
    with LINES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sets = found(rows)
    if "--errors" in sys.argv:
        for row, got in zip(rows, sets, strict=True):
            wanted = labels(row)
            if half(row["text"]) == "seen" and got != wanted:
                print(
                    f"{row['language']} {row['text']}\n   missed {sorted(wanted - got)} wrong {sorted(got - wanted)}"
                )
        return
    show(count(rows, sets))
    speed(rows)


if __name__ == "__main__":
    main()
