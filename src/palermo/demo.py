"""`make demo`: the training case through every stage, then the workbench."""

import argparse
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from palermo.counting import many
from palermo.ui.cli.common import Exit
from palermo.workspace import Workspace

FOLDER = Path("demo")


def palermo(*words: str) -> None:
    """Run one verb as a user would, and stop where it fails."""
    out = sys.stderr if words[0] in {"simulate", "new", "add", "run", "review"} else None
    code = subprocess.run([sys.executable, "-m", "palermo", *words], stdout=out).returncode
    if code not in (Exit.OK, Exit.PARTLY):
        sys.exit(code)


def case_of(size: str, seed: str) -> Path:
    return FOLDER / f"case-{size}-{seed}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--size", default="small")
    parser.add_argument("--no-serve", action="store_true")
    asked = parser.parse_args()
    training = FOLDER / f"training-{asked.size}-{asked.seed}"
    case = case_of(asked.size, asked.seed)
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
        vouched = "A training case: its reviewers are as invented as its evidence"
        palermo(
            "review", str(case), "--from", str(training / "decisions.jsonl"), "--reason", vouched
        )
    with Workspace.open(case) as workspace:
        print("\n".join(found(workspace, training / "truth")))
    print(f"The case:   {case}; for example: palermo status {case}")
    if not asked.no_serve:
        # In this process's place, so that whoever ends it ends the service.
        os.execv(sys.executable, [sys.executable, "-m", "palermo", "serve", str(case)])


def found(workspace: Workspace, truth: Path) -> list[str]:
    """Return what came out of the training case, in ten lines."""
    status, movements = workspace.status(), workspace.movements()
    sound, scored = workspace.verify(), workspace.score(truth)
    travellers = {stay.identity for stay in movements.stays}
    held = "; ".join(
        f"{name} precision {scored.scores[name]['precision']:.2f}, "
        f"recall {scored.scores[name]['recall']:.2f}"
        for name in ("identities", "movements")
    )
    joined = ", ".join(scored.traps_joining) or "none"
    return [
        f"Read:       {many(status.exhibits, 'exhibit')} ({status.bytes / 1e6:.1f} MB); "
        f"{many(status.problems, 'problem')} in them: palermo problems {workspace.case.folder}",
        f"Happened:   {_most(status.events)}",
        f"Said:       {_most(status.claims)}",
        f"Linked:     {_most(status.links)}",
        f"Identities: {status.identities:,} of several values each; "
        f"{many(status.persons, 'person')} opened by reviewers",
        f"Patterns:   {_most(status.findings)}; {many(status.decisions, 'decision')} of reviewers",
        f"Movements:  {many(len(movements.stays), 'stay')} of {many(len(travellers), 'identity', 'identities')}; "
        f"{many(len(movements.contradictions), 'contradiction')}",
        f"Truth:      {held}",
        f"Traps:      numbers that wrongly join two groups: {joined}",
        f"Custody:    {many(sound.entries, 'entry', 'entries')}, "
        f"{'sound' if sound.sound else 'NOT sound'}; {sound.head}",
    ]


def _most(counts: dict[str, int], shown: int = 5) -> str:
    """Name the most frequent kinds and how many there are of all."""
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    named = ", ".join(f"{number:,} {kind}" for kind, number in ordered[:shown])
    return f"{sum(counts.values()):,}: {named}" + (", ..." if len(ordered) > shown else "")


def _decided(case: Path) -> bool:
    with Workspace.open(case) as workspace:
        return workspace.status().decisions > 0


if __name__ == "__main__":
    main()
