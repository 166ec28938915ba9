"""Near-duplicate clustering beside datasketch and rensa: ARI, texts a CPU-second, peak memory.

Texts are drawn: advert-like, from templates with slots, stock phrases that all share, and texts of
their own; then words are mistyped, dropped or replaced. All methods get the same word pairs and the
same thresholds, fixed in advance. Each run has a process of its own. `--json` prints figures for
programs. Run: python bench/near_duplicates.py --sizes 1000 20000 100000 --seeds 1 2 3
"""

import argparse
import json
import multiprocessing
import random
import re
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

NOISE = 0.02  # of words
NEAR = 0.5  # Jaccard of word pairs
PERMUTATIONS = 96
BANDS = 32
ALONE = 0.3  # the share of texts that are like no other
SYLLABLES = [a + b for a in "bcdfghlmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "il")]


class Figures(NamedTuple):
    method: str
    texts: int
    ari: float
    per_cpu_second: float
    megabytes: float


def make(n: int, seed: int) -> tuple[list[str], list[int]]:
    """Return texts and the template of each."""
    dice = random.Random(f"near duplicates/{seed}/{n}")
    words = ["".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(20_000)]
    common = [1 / (rank + 10) for rank in range(len(words))]  # as words are in language
    stock = [dice.choices(words, k=dice.randint(3, 7)) for _ in range(300)]
    pool = dice.choices(words, common, k=200_000)

    def draw(k: int) -> list[str]:
        return [dice.choice(pool) for _ in range(k)]

    texts: list[str] = []
    truth: list[int] = []
    template = 0
    while len(texts) < n:
        template += 1
        body = draw(dice.randint(18, 45))
        for _ in range(dice.randint(0, 2)):
            at = dice.randrange(len(body))
            body[at:at] = dice.choice(stock)
        slots = dice.sample(range(len(body)), dice.randint(1, 4))
        copies = 1 if dice.random() < ALONE else min(2 + int(dice.expovariate(1 / 12)), 200)
        for _ in range(min(copies, n - len(texts))):
            copy = list(body)
            for slot in slots:
                copy[slot] = str(dice.randint(1, 9999))
            texts.append(" ".join(noisy(copy, dice, words)))
            truth.append(template)
    order = dice.sample(range(n), n)
    return [texts[i] for i in order], [truth[i] for i in order]


def noisy(copy: list[str], dice: random.Random, words: list[str]) -> list[str]:
    out = []
    for word in copy:
        if dice.random() >= NOISE:
            out.append(word)
        elif (kind := dice.random()) < 0.5:
            out.append(dice.choice(words))
        elif kind < 0.8 and len(word) > 2:
            at = dice.randrange(1, len(word))
            out.append(word[:at] + dice.choice("aeiou") + word[at:])
    return out


def palermo(texts: list[str]) -> list[int]:
    from palermo.link.minhash import cluster
    from palermo.link.near_text import plain

    return cluster(plain(texts)).hub.tolist()


def pairs(text: str) -> list[str]:
    return list({f"{a} {b}" for a, b in pairwise(text.split())})


def datasketch(texts: list[str]) -> list[int]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    hashes = []
    for i, text in enumerate(texts):
        one = MinHash(num_perm=PERMUTATIONS)
        one.update_batch([pair.encode() for pair in pairs(text)])
        hashes.append(one)
        index.insert(i, one)
    return joined(len(texts), lambda i: [
        j for j in index.query(hashes[i]) if j < i and hashes[i].jaccard(hashes[j]) >= NEAR
    ])  # fmt: skip


def rensa(texts: list[str]) -> list[int]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=NEAR, num_perm=PERMUTATIONS, num_bands=BANDS)
    hashes = []
    for i, text in enumerate(texts):
        one = RMinHash(num_perm=PERMUTATIONS, seed=1)
        one.update(pairs(text))
        hashes.append(one)
        index.insert(i, one)
    return joined(len(texts), lambda i: [
        j for j in index.query(hashes[i]) if j < i and hashes[i].jaccard(hashes[j]) >= NEAR
    ])  # fmt: skip


def joined(n: int, near: Callable[[int], list[int]]) -> list[int]:
    parent = list(range(n))

    def find(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for i in range(n):
        for j in near(i):
            parent[find(i)] = find(j)
    return [find(i) for i in range(n)]


def adjusted_rand(truth: list[int], found: list[int]) -> float:
    """Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985."""

    def couples(counts: Counter) -> float:
        return sum(c * (c - 1) / 2 for c in counts.values())

    both = couples(Counter(zip(truth, found, strict=True)))
    a, b = couples(Counter(truth)), couples(Counter(found))
    expected = a * b / (len(truth) * (len(truth) - 1) / 2)
    most = (a + b) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


METHODS = {"palermo": palermo, "datasketch": datasketch, "rensa": rensa}


def measure(job: tuple[str, int, int]) -> Figures:
    method, n, seed = job
    texts, truth = make(n, seed)
    if method != "palermo":  # which makes slots of digits itself, on its own time
        texts = [re.sub(r"\d+", "□", text) for text in texts]
    METHODS[method](texts[:50])  # what is imported and compiled is not counted
    before = time.process_time()
    found = METHODS[method](texts)
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(method, n, adjusted_rand(truth, found), n / seconds, peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000, 100_000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    jobs = [(m, n, s) for n in given.sizes for m in given.methods for s in given.seeds]
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        runs = pool.map(measure, jobs, chunksize=1)
    if given.json:
        print(
            json.dumps([run._asdict() | {"seed": j[2]} for run, j in zip(runs, jobs, strict=True)])
        )
        return
    print("| texts | method | ARI (lowest) | texts / CPU-s (median) | peak MB |")
    print("|---|---|---|---|---|")
    for n in given.sizes:
        for method in given.methods:
            own = [run for run in runs if run.texts == n and run.method == method]
            ari = statistics.median(run.ari for run in own)
            low = min(run.ari for run in own)
            speed = statistics.median(run.per_cpu_second for run in own)
            peak = max(run.megabytes for run in own)
            print(f"| {n:,} | {method} | {ari:.4f} ({low:.4f}) | {speed:,.0f} | {peak:,.0f} |")


if __name__ == "__main__":
    main()
