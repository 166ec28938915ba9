"""`make demo`: the training case through every stage, then the workbench."""

import argparse
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from palermo.ui.cli.common import Exit

FOLDER = Path("demo")


def palermo(*words: str) -> None:
    """Run one verb as a user would, and stop where it fails."""
    out = sys.stderr if words[0] in {"simulate", "new", "add", "run", "review"} else None
    code = subprocess.run([sys.executable, "-m", "palermo", *words], stdout=out).returncode
    if code not in (Exit.OK, Exit.PARTLY):
        sys.exit(code)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--size", default="small")
    parser.add_argument("--no-serve", action="store_true")
    asked = parser.parse_args()
    training = FOLDER / f"training-{asked.size}-{asked.seed}"
    case = FOLDER / f"case-{asked.size}-{asked.seed}"
    if not (training / "decisions.jsonl").exists():
        palermo("simulate", str(training), "--seed", asked.seed, "--size", asked.size)
    if not (case / "case.json").exists():
        until = (date.today() + timedelta(days=365)).isoformat()
        palermo(
            "new", str(case), "--offence", "trafficking",
            "--authority", "Training order 1", "--basis", "Training on fictional material",
            "--necessity", "None of it concerns a real person", "--until", until,
            "--approved-by", "A. Trainer",
        )  # fmt: skip
    palermo("add", str(case), str(training / "evidence"))
    palermo("run", str(case))
    if not _decided(case):
        palermo("review", str(case), "--from", str(training / "decisions.jsonl"))
    palermo("status", str(case))
    if not asked.no_serve:
        # In this process's place, so that whoever ends it ends the service.
        os.execv(sys.executable, [sys.executable, "-m", "palermo", "serve", str(case)])


def _decided(case: Path) -> bool:
    from palermo.workspace import Workspace

    with Workspace.open(case) as workspace:
        return workspace.status().decisions > 0


if __name__ == "__main__":
    main()
