"""Follows docs/start-here.md: its commands can be pasted, in order, on the case that `make demo` makes.

The training case of the tests stands in for the demo's, which takes longer to make.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from linked_case import UNTIL
from palermo import demo
from palermo.workspace import Workspace
from prose import ROOT, blocks

PAGE = ROOT / "docs" / "start-here.md"


def commands() -> list[str]:
    code = [
        block.code.replace("\\\n", " ")
        for block in blocks(PAGE)
        if block.language in {"sh", "console"}
    ]
    return [line for text in code for line in text.splitlines() if line.strip()]


def test_the_case_that_the_page_names_is_the_demo_s() -> None:
    defaults = dict(re.findall(r"^(SEED|SIZE) \?= (\w+)$", (ROOT / "Makefile").read_text(), re.M))
    case = demo.case_of(defaults["SIZE"], defaults["SEED"]).as_posix()
    named = {w for line in commands() for w in shlex.split(line) if w.startswith("demo/")}
    assert named == {case}
    assert f"`{case}`" in PAGE.read_text("utf-8")


def test_every_command_on_the_page_runs(trained: Path, tmp_path: Path) -> None:
    case = tmp_path / demo.case_of("small", "1")
    shutil.copytree(trained, case)
    with Workspace.open(case, "officer") as workspace:  # the demo's case comes reviewed
        event = workspace.timeline(limit=1).events[0]
        workspace.decide("confirm", event.id, reason="Read in the original")
    for given in ("given", "crawl"):
        (tmp_path / given).mkdir()
        (tmp_path / given / f"{given}.txt").write_text("A room, ask 020 7946 0018", "utf-8")
    done = []
    for line in commands():
        words = shlex.split(re.sub(r"--until \S+", f"--until {UNTIL}", line))
        if words == ["make", "demo"]:
            continue  # its recipe is the module whose case is used here
        if words[0] == "echo":
            (tmp_path / words[-1]).write_text(words[1] + "\n", encoding="utf-8")
            continue
        assert words[0] == "palermo", line
        told = subprocess.run(
            [sys.executable, "-m", "palermo", *words[1:]],
            cwd=tmp_path,
            env={**os.environ, "LOGNAME": "officer"},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert told.returncode == 0 and told.stdout.strip(), (line, told.stderr)
        done.append(words[1])
    assert {"status", "check", "why", "show", "timeline", "share", "verify"} <= set(done)
