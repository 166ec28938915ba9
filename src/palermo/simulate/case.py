"""Writes a whole fictional case: the evidence, the truth apart from it, and the reviewers' decisions."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from palermo.progress import Progress, quiet
from palermo.simulate.bank import write_ledgers
from palermo.simulate.calls import write_records
from palermo.simulate.chats import write_chats
from palermo.simulate.damaged import write_damaged
from palermo.simulate.intake import Evidence
from palermo.simulate.pictures import write_albums
from palermo.simulate.plan import plan
from palermo.simulate.reviewers import write_decisions
from palermo.simulate.story import Size
from palermo.simulate.tips import write_partner, write_saved, write_tips
from palermo.simulate.tracks import write_tracks
from palermo.simulate.truth import write_truth
from palermo.simulate.warc import write_crawls


@dataclass(frozen=True, slots=True)
class Summary:
    """What a case holds, in counts."""

    seed: int
    size: str
    adverts: int
    files: int
    bytes: int


def simulate(folder: Path, seed: int, size: Size, progress: Progress = quiet) -> Summary:
    """Write the case of a seed into `folder`, which must be new or empty.

    Equal seeds and sizes give equal bytes. Raises FileExistsError where something lies there.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder for the case")
    story = plan(seed, size)
    evidence = Evidence(story, folder / "evidence")
    steps: list[tuple[str, Callable[[Evidence], None]]] = [
        ("crawls", write_crawls),
        ("saved pages", write_saved),
        ("chats", write_chats),
        ("calls", write_records),
        ("bank statements", write_ledgers),
        ("tracks", write_tracks),
        ("pictures", write_albums),
        ("tips", write_tips),
        ("a partner's adverts", write_partner),
    ]
    for done, (what, write) in enumerate(steps):
        progress(what, done, len(steps) + 1)
        write(evidence)
    progress("truth", len(steps), len(steps) + 1)
    problems = write_damaged(evidence)
    evidence.close()
    write_truth(story, folder / "truth", problems)
    write_decisions(story, folder / "decisions.jsonl")
    progress("truth", len(steps) + 1, len(steps) + 1)
    files = [path for path in evidence.folder.rglob("*") if path.is_file()]
    return Summary(
        seed, size, len(story.postings), len(files), sum(p.stat().st_size for p in files)
    )
