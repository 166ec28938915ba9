"""Search over many adverts: how long a search takes, through the workspace as a user's does, with
its permit, masking, facets and log; and beside it SQLite's FTS5.

    python bench/search --adverts 1000000 --folder DIR [--rival]

Lays a case (see `lay`), brings its index up to date, and asks a mixed set of questions in new order,
once with what it reads dropped from memory and then warm. What lies in the folder is used again.
Times are milliseconds of the wall and of the CPU; memory is of this process at its largest.
"""

import argparse
import os
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from lay import FIRST, Market, lay
from rival import Rival

from palermo.look.search import Search
from palermo.store import index
from palermo.store.hits import DEEPEST
from palermo.workspace import Workspace

EACH = 12  # questions of a sort
ROUNDS = 2


class Question(NamedTuple):
    sort: str
    words: str
    part: bool = False
    days: int | None = None  # from the first day on, three of them


def questions(market: Market, dice: random.Random) -> Iterator[Question]:
    texts = dice.sample(market.pool.to_list(), 4000)
    for sort, words in (("one frequent word", market.words[:40]), ("one word", market.words[400:4000]),
                        ("one rare word", market.words[50_000:])):  # fmt: skip
        yield from (Question(sort, word) for word in dice.sample(words.to_list(), EACH))
    often = Counter(word for text in texts for word in {*text.split()} if word.isalpha())
    common = [word for word, _ in often.most_common(4 * EACH)]
    yield from (Question("common words of texts", word) for word in common[::4])
    yield from (Question("two common words", " ".join(dice.sample(common, 2))) for _ in range(EACH))
    latin = [
        [w for w in text.split() if w.isascii() and w.isalpha() and len(w) > 3] for text in texts
    ]
    two = [dice.sample(words, 2) for words in latin if len(words) > 9]
    yield from (Question("two words of a text", " ".join(pair)) for pair in two[:EACH])
    yield from (Question("two words, three days", " ".join(pair), days=dice.randrange(170))
                for pair in two[EACH : 2 * EACH])  # fmt: skip
    for sort, first, last, size in (
        ("accents", "\u00e0", "\u017e", None), ("Cyrillic", "\u0430", "\u044f", None),
        ("Arabic", "\u0627", "\u064a", None), ("Thai", "\u0e01", "\u0e2e", 4), ("Chinese", "\u4e00", "\u9fff", 2),
    ):  # fmt: skip
        found = [
            w for text in texts for w in text.split() if sum(first <= c <= last for c in w) > 1
        ]
        for word in dice.sample(found, min(EACH, len(found))):
            at = dice.randrange(max(1, len(word) - (size or 0)))
            yield Question(sort, word[at : at + size] if size else word.strip(".,!?:;()"))
    posters = np.random.default_rng(dice.randrange(99)).integers(0, market.posters, EACH)
    for poster in posters:
        digits = f"7946{int(poster) * 7919 % 10_000_000:06d}"
        at = dice.randrange(3)
        yield Question("part of a number", digits[at : at + 7], part=True)
        yield Question(
            "part of a handle", f"{market.words[int(poster) % 5000]}_{str(poster)[:3]}", part=True
        )
    yield Question("part of very many", "7946", part=True)


class Taken(NamedTuple):
    wall: float
    cpu: float
    total: int


def drop(folder: Path) -> None:
    """Have the system forget what it holds of a folder's files."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def ask(questions_: list[Question], one: Callable[[Question], int]) -> dict[str, list[Taken]]:
    taken: dict[str, list[Taken]] = {}
    for question in questions_:
        wall, cpu = time.perf_counter(), time.process_time()
        total = one(question)
        spent = (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3
        taken.setdefault(question.sort, []).append(Taken(*spent, total))
    return taken


def tell(what: str, taken: dict[str, list[Taken]]) -> None:
    print(
        f"\n{what}\n{'':26}{'n':>4} {'wall: p50':>10} {'p95':>7} {'p99':>7} {'CPU: p50':>9} {'p95':>7}  found"
    )
    for sort, all_of_them in [
        *taken.items(),
        ("all", [one for some in taken.values() for one in some]),
    ]:
        wall, cpu = ([one[n] for one in all_of_them] for n in (0, 1))
        a, b, c = np.percentile(wall, [50, 95, 99])
        d, e = np.percentile(cpu, [50, 95])
        found = int(np.median([one.total for one in all_of_them]))
        print(f"{sort:26}{len(wall):4} {a:10.0f} {b:7.0f} {c:7.0f} {d:9.0f} {e:7.0f}  {found:,}")


def size(folder: Path) -> float:
    paths = [folder, *folder.rglob("*")]
    return sum(path.stat().st_size for path in paths if path.is_file()) / (1 << 20)


def timed(what: str, adverts: int, work: Callable[[], None]) -> None:
    def cpu() -> float:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    wall, start = time.perf_counter(), cpu()
    work()
    spent = cpu() - start
    print(f"{what}: {spent:.0f} CPU-s, {spent / adverts * 1e6:.0f} µs an advert, "
          f"{time.perf_counter() - wall:.0f} s of the wall, {peak():.0f} MiB at the largest", flush=True)  # fmt: skip


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--adverts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rival", action="store_true", help="build and ask SQLite's FTS5 too")
    given = parser.parse_args()
    market, folder = Market(given.adverts, given.seed), given.folder / "case"
    print(
        f"{given.adverts:,} adverts, seed {given.seed}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    if not folder.exists():
        timed("lay", given.adverts, lambda: lay(folder, market))
    with Workspace.open(folder, "bench") as workspace:
        if job := index.pending(workspace.case):
            timed("index", given.adverts, lambda: index.update(job))
        print(f"lake {size(folder / 'lake'):.0f} MiB, index {size(folder / 'index'):.0f} MiB")
        dice = random.Random(given.seed)
        asked = [*questions(market, dice)]
        dice.shuffle(asked)

        def search(question: Question) -> int:
            since, until = narrowed(question)
            found = workspace.search(question.words, since=since, until=until, limit=10)
            assert len(found.hits) == min(10, found.listed)
            return found.total

        for word in ("warming up", "020 7946 0018"):  # plugins are loaded once a process
            workspace.search(word)
        drop(folder)
        tell("Palermo, cold", ask(asked, search))
        for _ in range(ROUNDS - 1):
            dice.shuffle(asked)
            tell(f"Palermo, warm; load {os.getloadavg()[0]:.1f}", ask(asked, search))
        print(f"{peak():.0f} MiB at the largest")
        if given.rival:
            beside(given.folder, market, asked, workspace)


def narrowed(question: Question) -> tuple[datetime | None, datetime | None]:
    """From when until when a question asks."""
    since = None if question.days is None else FIRST + timedelta(days=question.days)
    return since, since and since + timedelta(days=3)


def beside(folder: Path, market: Market, asked: list[Question], workspace: Workspace) -> None:
    path = folder / "rival.sqlite"
    fresh = not path.exists()
    rival = Rival(path)
    if fresh:
        timed("FTS5", market.adverts, lambda: rival.build(market.batches()))
    print(f"FTS5 {size(path):.0f} MiB")

    def told(question: Question) -> tuple[str, bool, int | None, int | None]:
        since, until = (when and int(when.timestamp()) for when in narrowed(question))
        return question.words, question.part, since, until

    def search(question: Question) -> int:
        return rival.ask(*told(question))

    drop(folder)
    tell("SQLite FTS5, cold", ask(asked, search))
    tell(f"SQLite FTS5, warm; load {os.getloadavg()[0]:.1f}", ask(asked, search))
    shared: dict[str, list[tuple[int, int, int]]] = {}
    for question in asked:
        ours, theirs = found(workspace, question), {*map(number_of, rival.all(*told(question)))}
        if ours is not None:
            counted = len(ours & theirs), len(ours), len(theirs)
            shared.setdefault(question.sort, []).append(counted)
    print(f"\nWhat both find, of questions with at most {DEEPEST:,} hits\n"
          f"{'':26}{'n':>4} {'both':>9} {'Palermo alone':>14} {'FTS5 alone':>11}")  # fmt: skip
    for sort, counts in shared.items():
        both, ours_, theirs_ = (sum(one[n] for one in counts) for n in range(3))
        print(f"{sort:26}{len(counts):4} {both:9,} {ours_ - both:14,} {theirs_ - both:11,}")


def number_of(id: str) -> int:
    return int(id[1:17], 16)


def found(workspace: Workspace, question: Question) -> set[int] | None:
    """Return the keys of all that is found; None: too much to be told one by one."""
    since, until = narrowed(question)
    where = {"kind": None, "place": None, "site": None, "since": since, "until": until}
    hits = Search(workspace.case, datetime.now(UTC)).hits(question.words, where)
    return {*hits.rows["key"]} if hits.exact else None


if __name__ == "__main__":
    main()
