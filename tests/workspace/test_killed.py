"""kill -9 at any moment of `add` or `run`, then the same command again: the same end state."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest

from case import grant, warc, write_evidence
from palermo.workspace import Workspace

ROUNDS = 12


def palermo(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "palermo", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed(seconds: float, *words: str) -> bool:
    """Run a verb, kill its whole process group after `seconds`; return whether it was cut off."""
    process = palermo(*words)
    try:
        return process.wait(seconds) != 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def state(case: Path) -> dict[str, list[object]]:
    """Return what a case says, without numbers and times of when it was said."""
    with Workspace.open(case, "tester") as workspace:
        assert workspace.verify().faults == []
        tables = workspace.case.tables()
        found: dict[str, list[object]] = {}
        for name in ("events", "claims", "links", "identities", "findings"):
            table: pa.Table = tables.sql(f'SELECT * FROM "{name}" ORDER BY ALL')
            found[name] = [str(row) for row in table.to_pylist()]
        tables.close()
        found["exhibits"] = sorted(
            (e.id, e.sha256, e.events, e.problems, e.decoder) for e in workspace.exhibits().exhibits
        )
        found["problems"] = sorted(p.id for p in workspace.problems().problems)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_the_end_state_is_the_same_however_often_it_is_killed(tmp_path: Path) -> None:
    evidence = write_evidence(tmp_path / "evidence")
    for number in range(40):
        body = f"<p>Room {number} in Leeds, ask at 020 7946 0{number:03} or room{number}@example.org</p>"
        (evidence / f"p{number}.warc.gz").write_bytes(warc(f"https://a.example.org/{number}", body))
    cases = [tmp_path / "whole", tmp_path / "killed"]
    for case in cases:
        Workspace.new(case, grant(), actor="tester")
    for verb in (("add", str(cases[0]), str(evidence)), ("run", str(cases[0]))):
        assert palermo(*verb).wait() == 0
    rng = random.Random(20261123)
    cut = 0
    for verb in (("add", str(cases[1]), str(evidence)), ("run", str(cases[1]))):
        start = time.monotonic()
        assert killed(600, *verb[:1], "--help") is False
        begin = time.monotonic() - start  # what it takes to get going
        for _ in range(ROUNDS // 2):
            cut += killed(rng.uniform(0.8 * begin, begin + 2.0), *verb)
        assert palermo(*verb).wait() == 0
    assert cut >= 2, "too slow a machine or too quick a program: nothing was killed"
    assert state(cases[0]) == state(cases[1])


def test_a_second_run_adds_nothing(tmp_path: Path) -> None:
    case = tmp_path / "case"
    Workspace.new(case, grant(), actor="tester")
    evidence = write_evidence(tmp_path / "evidence")
    with Workspace.open(case, "tester") as workspace:
        first = workspace.add([str(evidence)])
        again = workspace.add([str(evidence)])
        assert (first.exhibits, again.exhibits, again.known) == (3, 0, 3)
        elsewhere = workspace.add([str(evidence)], origin="a second phone")
        assert elsewhere.exhibits == 3, "the same bytes from another origin are other exhibits"
        blobs = [p for p in (case / "vault").rglob("??/*") if p.is_file()]
        assert len(blobs) == 3
        ran = workspace.run()
        assert ran.events > 0
        repeated = workspace.run()
        assert (repeated.exhibits, repeated.events, repeated.claims) == (0, 0, 0)
        assert repeated.run == ran.run


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    case = tmp_path / "case"
    Workspace.new(case, grant(), actor="tester")
    with Workspace.open(case, "tester") as one, one.case.writer("add"):
        process = subprocess.run(
            [sys.executable, "-m", "palermo", "run", str(case)], capture_output=True, text=True
        )
    assert process.returncode == 5, process.stderr
    assert "another process" in process.stderr
