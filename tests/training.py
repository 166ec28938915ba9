"""A training investigation as a case: adverts, chats, calls, payments and tips of a small one."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from case import grant
from palermo.simulate import simulate
from palermo.workspace import Workspace

ACTOR = "analyst"
# Thousands of positions and photographs take most of the time, and show nothing more here.
LEFT_OUT = ("tracks", "pictures", "damaged")


def train(folder: Path, seed: int = 5) -> Path:
    simulate(folder / "investigation", seed, "small")
    evidence = folder / "investigation" / "evidence"
    for part in LEFT_OUT:
        shutil.rmtree(evidence / part, ignore_errors=True)
    until = (datetime.now(UTC) + timedelta(days=300)).date().isoformat()
    Workspace.new(folder / "case", grant(authority="Training order", until=until), ACTOR)
    with Workspace.open(folder / "case", ACTOR) as workspace:
        workspace.add([str(evidence)])
        workspace.run()
    return folder / "case"
