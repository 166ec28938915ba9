"""`add` and `run`, end to end, on adverts at two sizes a factor of ten apart.

The evidence is the crawls of a large training case: all records of its archives, and every tenth
of them. Cost should grow as the evidence does: at most twelve times for ten times the work.
`--json` prints figures for programs. Run: python bench/end_to_end.py --seed 901
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from palermo.decode.web.records import Record, records
from palermo.simulate import simulate


class Figures(NamedTuple):
    evidence: str
    megabytes: float
    events: int
    adverts: int
    wall: float  # seconds, add and run
    cpu: float
    adverts_per_second: float
    events_per_second: float
    peak: int  # MiB, of the largest process


def palermo(*words: str) -> tuple[float, float, int]:
    """Run a verb in a process of its own; return its wall and CPU seconds, and peak in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "palermo", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"palermo {words[0]} failed with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def tenth(archives: list[Path], folder: Path) -> Path:
    """Copy every tenth record of each archive, byte for byte."""
    (folder / "web").mkdir(parents=True)
    for path in archives:
        with path.open("rb") as source:
            starts = [
                int(re.findall(r"offset:(\d+)", item.locator)[0])
                for item in records(source)
                if isinstance(item, Record)
            ]
        content = path.read_bytes()
        spans = list(pairwise([*starts, len(content)]))[::10]
        (folder / "web" / path.name).write_bytes(b"".join(content[a:b] for a, b in spans))
    return folder


def measure(name: str, evidence: Path, case: Path) -> Figures:
    until = (date.today() + timedelta(days=30)).isoformat()
    palermo(
        "new", str(case), "--offence", "trafficking", "--authority", "Bench", "--basis", "Bench",
        "--until", until, "--approved-by", "A. Bench",
    )  # fmt: skip
    wall, cpu, peak = 0.0, 0.0, 0
    for words in (("add", str(case), str(evidence)), ("run", str(case))):
        seconds, used, most = palermo(*words)
        wall, cpu, peak = wall + seconds, cpu + used, max(peak, most)
    answer = subprocess.run(
        [sys.executable, "-m", "palermo", "status", str(case), "--json"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    events = json.loads(answer.stdout)["events"]
    total = sum(events.values())
    size = sum(p.stat().st_size for p in evidence.rglob("*") if p.is_file()) / 1e6
    adverts = events.get("advert", 0)
    return Figures(name, size, total, adverts, wall, cpu, adverts / wall, total / wall, peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=901)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        simulate(root / "training", asked.seed, "large")
        whole = root / "whole"
        shutil.copytree(root / "training" / "evidence" / "web", whole / "web")
        archives = sorted((whole / "web").rglob("*.warc*"))
        part = tenth(archives, root / "part")
        rows = [
            measure("a tenth of the crawls", part, root / "case-part"),
            measure("all crawls", whole, root / "case-whole"),
        ]
    if asked.json:
        print(json.dumps([row._asdict() for row in rows], indent=1))
        return
    print("| evidence | MB | events | adverts | wall s | CPU s | adverts/s | events/s | peak MiB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for r in rows:
        print(
            f"| {r.evidence} | {r.megabytes:.1f} | {r.events:,} | {r.adverts:,} | {r.wall:.1f} "
            f"| {r.cpu:.1f} | {r.adverts_per_second:.0f} | {r.events_per_second:.0f} | {r.peak} |"
        )
    small, large = rows
    print(
        f"\n{large.megabytes / small.megabytes:.1f} times the bytes, {large.events / small.events:.1f} "
        f"times the events: {large.wall / small.wall:.1f} times the wall time, "
        f"{large.cpu / small.cpu:.1f} times the CPU time."
    )


if __name__ == "__main__":
    main()
