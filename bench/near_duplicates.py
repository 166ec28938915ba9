"""Near-duplicate clustering and templates beside InfoShield, datasketch and rensa.

Texts are those of the simulated market: eight languages of five scripts, cluster sizes
heavy-tailed, sentences that strangers share, words mistyped, dropped or replaced (`--noise`). Each
run has a process of its own; seconds are CPU-seconds of it and of what it starts. datasketch and
rensa get pairs of words with digits taken out and scripts without spaces cut, for which no time is
counted, and a threshold set beforehand (`--tune` tries others on seed 0); InfoShield has no
threshold and reads the texts themselves. Palermo's seconds hold everything from raw texts to the
templates and the values in their slots.

`--sms FILE` takes the UCI SMS spam collection: a message of ten words or more is taken for spam
where another message, not word for word the same, is near it: a template filled anew. (`any`: where
any other message is near it, a repetition too.) `--days N...` measures a day of 10,000 texts on top
of N, and memory. InfoShield needs its folder and a Python that has rivals/infoshield/requirements.txt
installed.

Run: python bench/near_duplicates.py --seeds 1 2 3 --noise 0.02 0.15 --sizes 100000 \\
       --infoshield FOLDER --infoshield-python PYTHON --infoshield-size 2000 --sms FILE --days 100000
"""

import argparse
import csv
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import polars as pl

PERMUTATIONS, BANDS = 96, 32
# InfoShield draws from a set which column is the id; with this seed it draws the id.
HASHSEED = "0"
# The likeness (Jaccard, of pairs of words) that joins two texts.
THRESHOLDS = {"datasketch": 0.4, "rensa": 0.4}
DAY = 10_000
CHECKED = 200_000  # texts of which all are gathered at once again to see that a day gives the same
WORDS = 10  # of an SMS message


class Job(NamedTuple):
    method: str
    texts: int
    seed: int
    noise: float
    threshold: float | None
    infoshield: tuple[str, str]
    sms: str | None = None


class Figures(NamedTuple):
    ari: float
    precision: float  # of pairs of texts in one cluster
    recall: float  # of pairs of texts of one template
    documents: (
        float  # of texts of a repeated template, found with another in a cluster mostly of it
    )
    per_second: float
    megabytes: float
    scripts: dict[str, float]  # the ARI within each script


def market(n: int, seed: int, noise: float) -> pl.DataFrame:
    from palermo.simulate.market import texts

    return pl.concat(list(texts(n, seed, noise))).head(n)


def palermo(texts: list[str], job: Job) -> list[int]:
    from palermo.link.hubs import gather
    from palermo.link.kept import settled
    from palermo.link.near_text import signed
    from palermo.patterns.slots import templates

    ids = [f"{n:012}" for n in range(len(texts))]
    rows = pl.DataFrame({"event": ids, "kind": "advert", "text": texts})
    none = pl.DataFrame(
        schema={"event": pl.String, "start": pl.Int32, "end": pl.Int32, "kind": pl.String}
    )
    known = signed(rows, none)
    found = known.join(settled(gather(known.select("text", "words"))), on="text")
    found = rows.select("event").join(found, on="event", how="left", maintain_order="left")
    hubs = found["hub"].to_list()
    clusters: dict[int, list[str]] = defaultdict(list)
    for hub, text in zip(hubs, texts, strict=True):
        if hub is not None:
            clusters[hub].append(text)
    templates([cluster for cluster in clusters.values() if len(cluster) > 1], None, [])
    return [-n if hub is None else hub for n, hub in enumerate(hubs, 1)]


def datasketch(tokens: list[list[str]], job: Job) -> list[int]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    hashes = []
    for i, pairs in enumerate(tokens):
        one = MinHash(num_perm=PERMUTATIONS)
        one.update_batch([pair.encode() for pair in pairs])
        hashes.append(one)
        index.insert(i, one)
    return joined(len(tokens), lambda i: [
        j for j in index.query(hashes[i]) if j < i and hashes[i].jaccard(hashes[j]) >= job.threshold
    ])  # fmt: skip


def rensa(tokens: list[list[str]], job: Job) -> list[int]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=job.threshold, num_perm=PERMUTATIONS, num_bands=BANDS)
    hashes = []
    for i, pairs in enumerate(tokens):
        one = RMinHash(num_perm=PERMUTATIONS, seed=1)
        one.update(pairs)
        hashes.append(one)
        index.insert(i, one)
    return joined(len(tokens), lambda i: [
        j for j in index.query(hashes[i]) if j < i and hashes[i].jaccard(hashes[j]) >= job.threshold
    ])  # fmt: skip


def infoshield(texts: list[str], job: Job) -> list[int]:
    """Its final clusters: a template of a coarse cluster; texts without one are alone."""
    folder, python = job.infoshield
    labels = list(range(-len(texts), 0))
    with tempfile.TemporaryDirectory(prefix="infoshield") as work:
        with Path(work, "texts.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["id", "text"])
            writer.writerows((n, " ".join(text.split())) for n, text in enumerate(texts))
        command = [python, str(Path(folder, "infoshield.py").resolve()), "texts.csv", "id", "text"]
        done = subprocess.run(
            command,
            cwd=work,
            capture_output=True,
            text=True,
            env={"MPLBACKEND": "agg", "PYTHONHASHSEED": HASHSEED},
        )
        if done.returncode:
            sys.exit(f"InfoShield failed:\n{done.stderr[-2000:]}")
        names: dict[tuple[str, str], int] = {}
        with Path(work, "template_table.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                name = (row["LSH Label"], row["Template #"])
                labels[int(row["ID"])] = names.setdefault(name, len(names))
    return labels


def pairs(texts: list[str]) -> list[list[str]]:
    import re

    from palermo.values.text import fold

    cut = (re.sub(r"\d+", "□", fold(text)).split() for text in texts)
    return [list({f"{a} {b}" for a, b in pairwise(words)}) for words in cut]


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


def couples(counts: Counter) -> float:
    return sum(c * (c - 1) / 2 for c in counts.values())


def adjusted_rand(truth: list[int], found: list[int]) -> float:
    """Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985."""
    both = couples(Counter(zip(truth, found, strict=True)))
    a, b = couples(Counter(truth)), couples(Counter(found))
    expected = a * b / (len(truth) * (len(truth) - 1) / 2)
    most = (a + b) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def documents(truth: list[int], found: list[int]) -> float:
    """The share of texts of repeated templates that are found: in a cluster with another text of
    their template, which has most of the cluster."""
    often, size = Counter(truth), Counter(found)
    both = Counter(zip(found, truth, strict=True))
    right = sum(n for (f, _), n in both.items() if n > 1 and 2 * n > size[f])
    return right / max(1, sum(n for n in often.values() if n > 1))


METHODS = {"palermo": palermo, "datasketch": datasketch, "rensa": rensa, "infoshield": infoshield}


def spent() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(job: Job, texts: list[str]) -> tuple[list[int], float]:
    method = METHODS[job.method]
    given = pairs(texts) if job.method in THRESHOLDS else texts
    if job.method != "infoshield":
        method(given[:50], job)  # what is imported and compiled is not counted
    before = spent()
    found = method(given, job)
    return found, spent() - before


def measure(job: Job) -> Figures:
    rows = market(job.texts, job.seed, job.noise)
    truth, scripts = rows["cluster"].to_list(), rows["script"].to_list()
    found, seconds = timed(job, rows["text"].to_list())
    each: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for script, t, f in zip(scripts, truth, found, strict=True):
        each[script][0].append(t)
        each[script][1].append(f)
    both = couples(Counter(zip(truth, found, strict=True)))
    who = resource.RUSAGE_CHILDREN if job.method == "infoshield" else resource.RUSAGE_SELF
    return Figures(
        ari=adjusted_rand(truth, found),
        precision=both / max(1.0, couples(Counter(found))),
        recall=both / max(1.0, couples(Counter(truth))),
        documents=documents(truth, found),
        per_second=job.texts / seconds,
        megabytes=resource.getrusage(who).ru_maxrss / 1024,
        scripts={script: adjusted_rand(*pair) for script, pair in sorted(each.items())},
    )


def spam(job: Job) -> dict[str, float]:
    """F1 on the SMS spam collection, by two rules."""
    with Path(job.sms or "").open(encoding="utf-8", errors="replace") as file:
        rows = [line.rstrip("\n").split("\t", 1) for line in file if "\t" in line]
    rows = [(label, text) for label, text in rows if len(text.split()) >= WORDS]
    texts = [text for _, text in rows]
    found, seconds = timed(job, texts)
    size, writings = Counter(found), defaultdict(set)
    for cluster, text in zip(found, texts, strict=True):
        writings[cluster].add(text)
    out = {"messages": len(texts), "per_second": len(texts) / seconds}
    for rule, said in (
        ("filled anew", [len(writings[cluster]) > 1 for cluster in found]),
        ("any", [size[cluster] > 1 for cluster in found]),
    ):
        right = sum(yes and label == "spam" for yes, (label, _) in zip(said, rows, strict=True))
        precision, recall = right / max(1, sum(said)), right / sum(r[0] == "spam" for r in rows)
        out[rule] = 2 * precision * recall / max(1e-9, precision + recall)
        out[f"{rule}: precision"], out[f"{rule}: recall"] = precision, recall
    return out


def day(job: Job) -> dict[str, float]:
    """Take a day's texts on top of `job.texts`, and see that all at once gives the same."""
    from palermo.link.hubs import extend, gather
    from palermo.link.kept import settled
    from palermo.link.near_text import signed
    from palermo.simulate.market import texts

    none = pl.DataFrame(
        schema={"event": pl.String, "start": pl.Int32, "end": pl.Int32, "kind": pl.String}
    )
    parts, signing = [], 0.0
    for batch in texts(job.texts + DAY, job.seed, job.noise):
        rows = batch.select(event=pl.lit(""), kind=pl.lit("advert"), text="text")
        before = spent()
        parts.append(signed(rows, none).select("text", "words"))
        signing += spent() - before
    whole = pl.concat(parts).sample(fraction=1, shuffle=True, seed=job.seed)
    base, new = whole[DAY:], whole[:DAY]
    start = spent()
    runs = gather(base)
    built = spent()
    run = extend(runs, new)
    extended = spent()
    size = sum(frame.estimated_size("mb") for one in runs for frame in one)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    same: bool | str = "not tried"
    if len(whole) <= CHECKED:
        same = settled([*runs, run]).equals(settled(gather(whole)))
    return {
        "texts": len(base), "signing, CPU-s": signing, "gathering, CPU-s": built - start,
        "day, CPU-s": extended - built, "day's signing, CPU-s": signing * DAY / len(whole),
        "went over": len(run.texts) - (~new["text"].unique().is_in(base["text"].implode())).sum(),
        "kept, MB": size, "peak, MB": peak, "as all at once": same,
    }  # fmt: skip


def table(rows: list[dict[str, object]]) -> str:
    def shown(value: object) -> str:
        if isinstance(value, float):
            return f"{value:,.0f}" if value >= 100 else f"{value:.4f}"
        return (
            f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
        )

    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(shown(row[name]) for name in names) + " |" for row in rows]
    return "\n".join(lines)


def summed(jobs: list[Job], figures: list[Figures]) -> dict[str, object]:
    """One row a method, size and noise: medians over seeds, and the lowest of what must hold."""

    def middle(name: str) -> float:
        return statistics.median(getattr(one, name) for one in figures)

    script, least = min(
        ((s, min(one.scripts[s] for one in figures)) for s in figures[0].scripts),
        key=lambda pair: pair[1],
    )
    return {
        "noise": jobs[0].noise, "texts": jobs[0].texts, "method": jobs[0].method,
        "ARI": middle("ari"), "lowest ARI": min(one.ari for one in figures),
        "lowest of a script": f"{least:.4f} ({script})", "pair precision": middle("precision"),
        "pair recall": middle("recall"), "documents": middle("documents"),
        "texts / CPU-s": middle("per_second"), "peak MB": max(one.megabytes for one in figures),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000])
    parser.add_argument("--noise", type=float, nargs="+", default=[0.02, 0.15])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument(
        "--methods", nargs="+", choices=METHODS, default=["palermo", "datasketch", "rensa"]
    )
    parser.add_argument("--infoshield", help="its folder")
    parser.add_argument("--infoshield-python", default=sys.executable)
    parser.add_argument(
        "--infoshield-size", type=int, default=2_000, help="all methods run at it too"
    )
    parser.add_argument("--sms", help="the SMS spam collection: label, tab, message")
    parser.add_argument(
        "--days", type=int, nargs="*", default=[], help="texts below a day of 10,000"
    )
    parser.add_argument(
        "--tune", action="store_true", help="try thresholds for the rivals on seed 0"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.infoshield and not Path(given.infoshield, "infoshield.py").is_file():
        parser.error(f"--infoshield: {given.infoshield} holds no infoshield.py")
    shield = (given.infoshield or "", given.infoshield_python)

    def job(method: str, n: int, seed: int, noise: float, threshold: float | None = None) -> Job:
        return Job(method, n, seed, noise, threshold or THRESHOLDS.get(method), shield)

    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        results: dict[str, list[dict[str, object]]] = defaultdict(list)
        if given.tune:
            for method in THRESHOLDS:
                for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
                    for noise in given.noise:
                        one = job(method, 20_000, 0, noise, threshold)
                        figures = pool.map(measure, [one], 1)
                        results["tuning"].append({"threshold": threshold, **summed([one], figures)})
        else:
            sized = [(n, given.methods) for n in given.sizes]
            if given.infoshield:
                sized.insert(0, (given.infoshield_size, [*given.methods, "infoshield"]))
            for noise in given.noise:
                for n, methods in sized:
                    for method in methods:
                        jobs = [job(method, n, seed, noise) for seed in given.seeds]
                        results["market"].append(summed(jobs, pool.map(measure, jobs, 1)))
            if given.sms:
                methods = [*given.methods, *(["infoshield"] if given.infoshield else [])]
                jobs = [job(method, 0, 0, 0)._replace(sms=given.sms) for method in methods]
                for one, row in zip(jobs, pool.map(spam, jobs, 1), strict=True):
                    results["sms"].append({"method": one.method, **row})
            jobs = [job("palermo", n, given.seeds[0], given.noise[0]) for n in given.days]
            results["days"] += pool.map(day, jobs, 1)
    if given.json:
        print(json.dumps(results))
    else:
        print("\n\n".join(table(rows) for rows in results.values() if rows))


if __name__ == "__main__":
    main()
