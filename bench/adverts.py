"""Adverts from web archives to networks, at several sizes, and a new day on top of each.

One run: writes a market of N adverts, and of a day more; brings in the N, reads and links them
(the full run), scores them, then brings in the new day and runs again. `--rebuild` also runs a case
of everything at once and compares the two. Other benches run as sections of it.
Run: python bench/adverts.py --sizes 100000 1000000
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measuring import Measured, disk, palermo, run_by_stage

SECTIONS = {
    "contacts": ["contacts.py"],
    "near_duplicates": ["near_duplicates.py"],
    "search": ["search"],
}
ORIGIN = "bench:market"
PACKAGES = ("duckdb", "polars", "pyarrow", "tantivy", "numpy")
MIB = 1 << 20


def main() -> None:
    asked = arguments()
    told: dict[str, Any] = {"machine": machine(), "sizes": []}
    with workplace(asked.folder) as folder:
        for size in asked.sizes:
            told["sizes"].append(one_size(folder / str(size), size, asked))
            if not asked.json:
                show(told["sizes"][-1])
            if not asked.keep:
                shutil.rmtree(folder / str(size))
    if asked.json:
        print(json.dumps(told, indent=1))
        return
    growth(told["sizes"])
    for name in asked.sections:
        print(f"\n## {name}\n", flush=True)
        script, *words = SECTIONS[name]
        subprocess.run([sys.executable, Path(__file__).with_name(script), *words], check=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000])
    parser.add_argument("--seed", type=int, default=902)
    parser.add_argument("--new-day", type=int, default=10_000, help="adverts of the new day")
    parser.add_argument("--rebuild", action="store_true", help="compare with all at once")
    parser.add_argument("--sections", nargs="*", choices=SECTIONS, default=[])
    parser.add_argument("--folder", type=Path, help="where to work; by default a temporary one")
    parser.add_argument("--keep", action="store_true", help="leave the cases there")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.platform()}, {os.cpu_count()} cores, {memory:.0f} GiB, load "
        f"{os.getloadavg()[0]:.1f}; Python {platform.python_version()}, {packages}"
    )


def one_size(folder: Path, size: int, asked: argparse.Namespace) -> dict[str, Any]:
    market, case = folder / "market", folder / "case"
    wrote = palermo(
        "simulate", str(market), "--adverts", str(size + asked.new_day), "--last-day",
        str(asked.new_day), "--seed", str(asked.seed),
    )  # fmt: skip
    old, new = split(market / "evidence", folder)
    told: dict[str, Any] = {"adverts": size, "new day": asked.new_day, "seed": asked.seed}
    told["simulate"] = figures(wrote, size + asked.new_day)
    told["full"] = full = bring(case, old, size, fresh=True)
    told["disk"] = {
        name: disk(case / name) // MIB for name in ("vault", "lake", "index")
    } | {"evidence": disk(old) // MIB}  # fmt: skip
    told["scores"] = scores(case, market / "truth")
    told["day"] = day = bring(case, new, asked.new_day)
    told["scores after the day"] = scores(case, market / "truth")
    told["share"] = {key: day["all"][key] / full["all"][key] for key in ("wall", "cpu")}
    if asked.rebuild:
        again = folder / "again"
        bring(again, market / "evidence", size + asked.new_day, fresh=True)
        told["rebuilt"] = compared(case, again)
        shutil.rmtree(again)
    return told


def split(evidence: Path, folder: Path) -> tuple[Path, Path]:
    """Lay out the evidence twice, without copying bytes: all days but the last, and the last."""
    days = sorted((evidence / "web").iterdir())
    for name, some in (("old", days[:-1]), ("new", days[-1:])):
        (folder / name / "web").mkdir(parents=True)
        shutil.copy(evidence / "intake.yaml", folder / name)
        for one in some:
            shutil.copytree(one, folder / name / "web" / one.name, copy_function=os.link)
    return folder / "old", folder / "new"


def bring(case: Path, evidence: Path, adverts: int, fresh: bool = False) -> dict[str, Any]:
    """Add and run; return the figures of both, of their sum, and of each stage."""
    if fresh:
        until = (date.today() + timedelta(days=30)).isoformat()
        palermo(
            "new", str(case), "--offence", "trafficking", "--authority", "Bench", "--basis",
            "Bench", "--until", until, "--approved-by", "A. Bench",
        )  # fmt: skip
    added = palermo("add", str(case), str(evidence), "--origin", ORIGIN)
    ran = run_by_stage(case)
    both = Measured(
        added.wall + ran.wall, added.cpu + ran.cpu, max(added.peak, ran.peak), "", ran.stages
    )
    return {
        "all": figures(both, adverts),
        "add": figures(added, adverts),
        "run": figures(ran, adverts),
        "stages": {name: {"wall": w, "cpu": c} for name, (w, c) in ran.stages.items()},
    }


def figures(measured: Measured, adverts: int) -> dict[str, float]:
    return {
        "wall": measured.wall,
        "cpu": measured.cpu,
        "adverts a second": adverts / measured.wall,
        "adverts a CPU-second": adverts / measured.cpu,
        "peak MiB": measured.peak / MIB,
    }


def scores(case: Path, truth: Path) -> dict[str, Any]:
    told = palermo("score", str(case), str(truth), "--json")
    answer: dict[str, Any] = json.loads(told.out)
    answer["scores"]["scoring"] = {"wall": told.wall, "peak MiB": told.peak / MIB}
    return answer


def compared(case: Path, again: Path) -> dict[str, int]:
    """Count rows that the day-by-day case and the one made at once do not have in common."""
    import duckdb

    from palermo.store.case import Case

    queries = {
        "events": "SELECT id FROM events",
        "claims": "SELECT id FROM claims",
        "links": "SELECT kind, a, b, round(score, 4) FROM links",
        "identities": "SELECT node, identity FROM identities",
    }
    differ = {}
    with closing(Case.open(case).tables()) as mine, closing(Case.open(again).tables()) as other:
        for kind, query in queries.items():
            one, two = mine.sql(query), other.sql(query)  # named in the query below
            both = "(FROM one EXCEPT ALL FROM two) UNION ALL (FROM two EXCEPT ALL FROM one)"
            assert len(one) + len(two) > 0, kind
            differ[kind] = duckdb.sql(f"SELECT count(*) FROM ({both})").fetchall()[0][0]
    return differ


def show(told: dict[str, Any]) -> None:
    print(f"\n## {told['adverts']:,} adverts, seed {told['seed']}\n")
    print("| work | wall s | CPU s | adverts/s | adverts/CPU-s | peak MiB |")
    print("|---|---|---|---|---|---|")
    rows = [("simulate", told["simulate"])]
    rows += [(f"full: {name}", told["full"][name]) for name in ("add", "run", "all")]
    rows += [
        (f"new day of {told['new day']:,}: {name}", told["day"][name])
        for name in ("add", "run", "all")
    ]
    for name, r in rows:
        print(
            f"| {name} | {r['wall']:.1f} | {r['cpu']:.1f} | {r['adverts a second']:,.0f} | "
            f"{r['adverts a CPU-second']:,.0f} | {r['peak MiB']:,.0f} |"
        )
    for what in ("full", "day"):
        stages = told[what]["stages"].items()
        print(f"\nStages, {what}: " + ", ".join(f"{n} {s['wall']:.1f} s ({s['cpu']:.1f} CPU-s)" for n, s in stages))  # fmt: skip
    print("Disk, MiB: " + ", ".join(f"{name} {size:,}" for name, size in told["disk"].items()))
    share = told["share"]
    print(f"The new day costs {share['wall']:.1%} of the full run's time, {share['cpu']:.1%} of its CPU time.")  # fmt: skip
    if "rebuilt" in told:
        print(f"Rows that differ from all at once: {told['rebuilt']}")
    for when in ("scores", "scores after the day"):
        print(f"\n{when.capitalize()}:\n")
        for name, found in told[when]["scores"].items():
            print(f"- {name}: " + ", ".join(f"{key} {value:.5g}" for key, value in found.items()))
        print(f"- traps that join: {', '.join(told[when]['traps_joining']) or 'none'}", flush=True)


def growth(sizes: list[dict[str, Any]]) -> None:
    print("\n## growth\n")
    print(
        "| adverts | wall s | CPU s | adverts/s | peak MiB | disk MiB | new day: wall s | CPU s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for told in sizes:
        r, day = told["full"]["all"], told["day"]["all"]
        print(
            f"| {told['adverts']:,} | {r['wall']:.0f} | {r['cpu']:.0f} | "
            f"{r['adverts a second']:,.0f} | {r['peak MiB']:,.0f} | "
            f"{sum(told['disk'].values()) - told['disk']['evidence']:,} | {day['wall']:.1f} | "
            f"{day['cpu']:.1f} |"
        )


if __name__ == "__main__":
    main()
