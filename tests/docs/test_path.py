"""Follows docs/path-of-a-fact.md: its commands print what the page says they print."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from prose import ROOT, blocks

PAGE = ROOT / "docs" / "path-of-a-fact.md"
# What differs from case to case: hashes, the time of day, keyed tokens, packages, entries.
VARIES = [
    (r"\b[0-9a-f]{64}\b(?!, from)", "<hash>"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", "<now>"),
    (r"~[A-Z2-7]{13}\b", "~<token>"),
    (r"\bk[0-9a-f]{32} in [^:]*(?:\w:)?[^:]*:", "<package>:"),
]


def plain(line: str) -> str:
    for pattern, told in VARIES:
        line = re.sub(pattern, told, line)
    return line.rstrip()


def steps() -> Iterator[tuple[list[str], list[str]]]:
    """Yield each command of the page with the lines that it should print."""
    for block in blocks(PAGE):
        if block.language != "console":
            continue
        for told in re.split(r"^\$ ", block.code, flags=re.M)[1:]:
            command, *lines = told.splitlines()
            yield shlex.split(command), lines


def test_every_command_prints_what_the_page_says(tmp_path: Path) -> None:
    for block in blocks(PAGE):
        if block.title:
            path = tmp_path / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, "utf-8", newline="\n")
    followed = list(steps())
    assert len(followed) == 10
    for (program, *words), expected in followed:
        assert program == "palermo"
        done = subprocess.run(
            [sys.executable, "-m", "palermo", *words],
            cwd=tmp_path,
            env={**os.environ, "LOGNAME": "officer"},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        said = [plain(line) for line in done.stdout.splitlines()]
        at, gap = 0, False
        for line in map(plain, expected):
            if line == "…":
                gap = True
                continue
            assert line in said[at:] if gap else said[at : at + 1] == [line], (words, line, said)
            at, gap = said.index(line, at) + 1, False
        assert gap or at == len(said), (words, said[at:])
