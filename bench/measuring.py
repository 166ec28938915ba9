"""Runs a command and measures it with all its processes: wall, CPU, memory, and each stage's part."""

import json
import os
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

EVERY = 0.5  # seconds between looks; a look at large processes takes some milliseconds
TICK = os.sysconf("SC_CLK_TCK")


class Sample(NamedTuple):
    at: float
    cpu: float  # seconds so far, of all processes
    memory: int  # bytes: proportional set size of all processes, shared pages counted once


class Measured(NamedTuple):
    wall: float
    cpu: float
    peak: int  # bytes
    out: str
    stages: dict[str, tuple[float, float]]  # name to wall and CPU seconds


def measure(*command: str) -> Measured:
    """Run a command to its end; lines `stage NAME TIME` of its output divide it into stages.

    Raises RuntimeError where it fails.
    """
    start = time.time()
    samples = [Sample(start, 0.0, 0)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, samples, done))
    watcher.start()
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    end = time.time()
    done.set()
    watcher.join()
    if status:
        raise RuntimeError(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    cpu = usage.ru_utime + usage.ru_stime
    samples.append(Sample(end, cpu, 0))
    told = [line.removeprefix("stage ") for line in out.splitlines() if line.startswith("stage ")]
    marks = [line.rsplit(maxsplit=1) for line in told]
    peak = max(max(sample.memory for sample in samples), usage.ru_maxrss * 1024)
    return Measured(end - start, cpu, peak, out, _stages(marks, samples, end))


def _watch(root: int, samples: list[Sample], done: threading.Event) -> None:
    while not done.wait(EVERY):
        pids, cpu, memory = [root], 0.0, 0
        for pid in pids:
            try:
                pids += _children(pid)
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                cpu += sum(map(int, fields[11:15])) / TICK  # own time, and that of ended children
                memory += _proportional(pid)
            except (OSError, ValueError):  # it has ended meanwhile
                continue
        samples.append(Sample(time.time(), max(cpu, samples[-1].cpu), memory))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def _proportional(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _stages(
    marks: list[list[str]], samples: list[Sample], end: float
) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for (name, begin), (_, until) in pairwise([*marks, ["", str(end)]]):
        first, last = float(begin), float(until)
        wall, cpu = found.get(name, (0.0, 0.0))
        found[name] = (wall + last - first, cpu + _cpu_at(last, samples) - _cpu_at(first, samples))
    return found


def _cpu_at(moment: float, samples: list[Sample]) -> float:
    """Return the CPU time used by a moment, on the line between the looks before and after it."""
    for a, b in pairwise(samples):
        if a.at <= moment <= b.at:
            return a.cpu + (b.cpu - a.cpu) * (moment - a.at) / max(1e-9, b.at - a.at)
    return samples[-1].cpu


def palermo(*words: str) -> Measured:
    return measure(sys.executable, "-m", "palermo", *words)


def run_by_stage(case: Path) -> Measured:
    """Do what `palermo run` does, in a process of its own, and say when each stage begins."""
    return measure(sys.executable, __file__, str(case))


def disk(folder: Path) -> int:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_blocks * 512 for path in files)


def main() -> None:
    from palermo.workspace import Workspace

    last = ""

    def show(stage: str, _done: int, _total: int) -> None:
        nonlocal last
        if stage != last:
            print("stage", stage, time.time(), flush=True)
            last = stage

    print("stage start", time.time(), flush=True)
    answer = Workspace.open(Path(sys.argv[1])).run(show)
    print(json.dumps(answer.model_dump(mode="json")))


if __name__ == "__main__":
    main()
