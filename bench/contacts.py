"""Finding contacts that people hide: ours, python-phonenumbers and DIG's extractors of etk.

Quality on the rows of `contacts.csv`; see `contacts.md` for how they were written. The half
"unseen" is scored once a release. With `--speed N`, texts a CPU-second on N simulated adverts of
at most two contacts each. etk runs in its own Python from where it lies: rivals/etk/README.md.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import phonenumbers
import pyarrow as pa
from phonenumbers import Leniency

from palermo.simulate.market.texts import texts as market
from palermo.vocabulary import Event, EventKind, events_table
from palermo.wiring import plugins

ROWS = Path(__file__).with_name("contacts.csv")
DRIVER = Path(__file__).with_name("rivals") / "etk" / "driver.py"
SETS = ("first", "second", "third", "fourth")
KINDS = ("phone", "email", "handle")
EXTRACTORS = (*KINDS, "url")
SERVICES = {"twitter": "x", "kakaotalk": "kakao", "odnoklassniki": "ok", "vkontakte": "vk"}
SEED = 3
RIVALS_READ = 20_000  # texts that a rival's speed is measured on, at most
Found = list[set[str]]  # of each text, "kind:value"


class Text(NamedTuple):
    text: str
    region: str | None


class Tally(NamedTuple):
    """Contacts wanted, found, and both."""

    wanted: int
    found: int
    right: int

    @property
    def figures(self) -> str:
        """Precision, recall and F1; where nothing is wanted, the number of false finds."""
        if not self.wanted:
            return f"{f'{self.found} false':>21}"
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.wanted
        f1 = 2 * self.right / (self.wanted + self.found)
        return f"{precision:7.3f}{recall:7.3f}{f1:7.3f}"


def ours(texts: list[Text]) -> tuple[Found, float]:
    """Return what is found and the CPU-seconds that all extractors of contacts took."""
    events = batch(texts)
    extractors = [plugins("extractors")[name] for name in EXTRACTORS]
    for extractor in extractors:
        extractor.find(events.slice(0, 50))  # what is loaded once
    start = time.process_time()
    tables = [extractor.find(events) for extractor in extractors]
    taken = time.process_time() - start
    place = {event: i for i, event in enumerate(events["id"].to_pylist())}
    found: Found = [set() for _ in texts]
    for claims in tables:
        columns = (claims[name].to_pylist() for name in ("event", "kind", "value"))
        for event, kind, value in zip(*columns, strict=True):
            if kind in KINDS:
                found[place[event]].add(key(kind, value))
    return found, taken


def batch(texts: list[Text]) -> pa.Table:
    rows = [
        Event(kind=EventKind.ADVERT, locator=f"row:{i}", text=one.text, region=one.region)
        for i, one in enumerate(texts)
    ]
    return events_table("x" + "0" * 32, rows, "bench", "1")


def key(kind: str, value: str) -> str:
    """Write a contact one way: services by one name, names and addresses in lower case."""
    if kind == "handle":
        service, _, name = value.casefold().partition(":")
        value = f"{SERVICES.get(service, service)}:{name.lstrip('@')}"
    return f"{kind}:{value.casefold()}"


def matcher(leniency: int) -> Callable[[list[Text]], tuple[Found, float]]:
    """Return python-phonenumbers' search for numbers that are valid, or only possible."""

    def find(texts: list[Text]) -> tuple[Found, float]:
        start = time.process_time()
        found = [
            {
                "phone:" + phonenumbers.format_number(m.number, phonenumbers.PhoneNumberFormat.E164)
                for m in phonenumbers.PhoneNumberMatcher(one.text, one.region, leniency)
            }
            for one in texts
        ]
        return found, time.process_time() - start

    return find


def etk(checkout: Path, python: str) -> Callable[[list[Text]], tuple[Found, float]]:
    def find(texts: list[Text]) -> tuple[Found, float]:
        lines = "".join(json.dumps({"text": one.text}) + "\n" for one in texts)
        command = [python, str(DRIVER), str(checkout)]
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"etk did not run, see bench/rivals/etk/README.md:\n{done.stderr}")
        sys.stderr.write(done.stderr)
        *answers, taken = map(json.loads, done.stdout.splitlines())
        found = [
            {with_country(value, one.region) if kind == "phone" else key(kind, value)
             for kind, value in answer}
            for one, answer in zip(texts, answers, strict=True)
        ]  # fmt: skip
        return found, taken

    return find


@lru_cache(maxsize=100_000)
def with_country(digits: str, region: str | None) -> str:
    """Give digits, which is all that etk says of a phone, the country that makes them valid."""
    number = None
    for written, country in ((digits, region), ("+" + digits.lstrip("+0"), None)):
        try:
            number = phonenumbers.parse(written, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            break
    if number is None:
        return f"phone:{digits}"
    return "phone:" + phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def script(text: str) -> str:
    """Return the script of most of the letters."""
    names = Counter(unicodedata.name(c, "?").split()[0] for c in text if c.isalpha())
    for look_alike in ("FULLWIDTH", "MATHEMATICAL"):
        names.pop(look_alike, None)
    return names.most_common(1)[0][0].lower() if names else "none"


def groups(row: dict[str, str]) -> dict[str, str]:
    return {
        "trick": row["trick"],
        "country": row["region"] or "none",
        "script": script(row["text"]),
    }


def tally(found: Iterable[set[str]], wanted: Iterable[set[str]], kinds: Iterable[str]) -> Tally:
    def only(values: set[str]) -> set[str]:
        return {v for v in values if v.split(":", 1)[0] in kinds}

    pairs = [(only(f), only(w)) for f, w in zip(found, wanted, strict=True)]
    return Tally(
        sum(len(w) for _, w in pairs), sum(len(f) for f, _ in pairs), sum(len(f & w) for f, w in pairs)
    )  # fmt: skip


class Reader(NamedTuple):
    name: str
    find: Callable[[list[Text]], tuple[Found, float]]
    kinds: tuple[str, ...]  # that it looks for; it is measured on these


def table(rows: list[dict[str, str]], read: dict[Reader, Found]) -> None:
    wanted = [{key(*v.split(":", 1)) for v in row["expected"].split()} for row in rows]
    print(f"{len(rows)} rows, {sum(map(len, wanted))} contacts. Precision, recall and F1:\n")
    print(f"{'':22}{'rows':>6}" + "".join(f"{r.name:>23}" for r in read))
    every = [True] * len(rows)
    line("all", every, wanted, read)
    for kind in KINDS:
        narrowed = {r._replace(kinds=(kind,)): f for r, f in read.items() if kind in r.kinds}
        line(kind, [any(v.startswith(kind) for v in w) for w in wanted], wanted, narrowed, every)
    parts = [groups(row) for row in rows]
    for sort in ("trick", "country", "script"):
        print(f"\nby {sort}")
        for name, _ in Counter(p[sort] for p in parts).most_common():
            line(name, [p[sort] == name for p in parts], wanted, read)


def line(
    name: str,
    chosen: list[bool],
    wanted: list[set[str]],
    read: dict[Reader, Found],
    scored: list[bool] | None = None,
) -> None:
    """Print one line; `scored`: the rows to score, where they are more than those counted."""
    at = [i for i, yes in enumerate(scored or chosen) if yes]
    cells = (
        tally((found[i] for i in at), (wanted[i] for i in at), reader.kinds).figures
        for reader, found in read.items()
    )
    print(f"{name[:22]:22}{sum(chosen):6}" + "".join(f"  {cell}" for cell in cells))


def errors(rows: list[dict[str, str]], found: Found) -> None:
    for row, has in zip(rows, found, strict=True):
        wanted = {key(*v.split(":", 1)) for v in row["expected"].split()}
        if has != wanted:
            missed, false = (" ".join(sorted(v)) or "-" for v in (wanted - has, has - wanted))
            place = f"{row['trick']} {row['language']} {row['region'] or 'none'}"
            print(f"{place}: {row['text']!r}\n    missed {missed}  false {false}  ({row['why']})")


def speed(readers: list[Reader], adverts: int) -> None:
    """Print texts a CPU-second; a rival reads the first of the same texts."""
    texts = list(islice(simulated(adverts), adverts))
    print(f"\n{len(texts)} simulated adverts of at most two contacts, seed {SEED}:")
    for reader in readers:
        some = texts if reader.find is ours else texts[:RIVALS_READ]
        _, taken = reader.find(some)
        print(f"{reader.name:24}{len(some) / taken:12,.0f} texts a CPU-second over {len(some):,}")


def simulated(adverts: int) -> Iterable[Text]:
    for frame in market(2 * adverts, SEED):
        columns = (frame[name].to_list() for name in ("text", "region", "contacts", "common"))
        for text, region, contacts, common in zip(*columns, strict=True):
            if len(contacts) + len(common) <= 2:
                yield Text(text, region)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tuning", "unseen"), default="tuning")
    parser.add_argument("--set", dest="part", choices=SETS, help="only rows of this set")
    parser.add_argument("--errors", action="store_true", help="list what we miss and what is false")
    parser.add_argument("--speed", type=int, metavar="N", help="measure speed on N adverts too")
    parser.add_argument("--etk", type=Path, metavar="PATH", help="a checkout of etk")
    parser.add_argument("--etk-python", metavar="PATH", help="its Python 2.7", default="python2.7")
    given = parser.parse_args()
    if given.half == "unseen":
        print("The unseen half is scored once a release; tune nothing on what it shows.\n")
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["half"] == given.half and given.part in (None, row["set"])
        ]
    readers = [
        Reader("palermo", ours, KINDS),
        Reader("phonenumbers, valid", matcher(Leniency.VALID), ("phone",)),
        Reader("phonenumbers, possible", matcher(Leniency.POSSIBLE), ("phone",)),
    ]
    if given.etk:
        readers.append(Reader("etk", etk(given.etk, given.etk_python), KINDS))
    else:
        print("Without etk: give --etk, see bench/rivals/etk/README.md.\n", file=sys.stderr)
    texts = [Text(row["text"], row["region"] or None) for row in rows]
    read = {reader: reader.find(texts)[0] for reader in readers}
    table(rows, read)
    if given.errors:
        print()
        errors(rows, read[readers[0]])
    if given.speed:
        speed(readers, given.speed)


if __name__ == "__main__":
    main()
