"""Writes a market: archives by day and site, what is stated of them, and the truth apart.

A piece of work is some of a block's adverts of one day. Its files are written under other names
and take theirs when they are whole, the truth last, so that what has its truth is done: after an
interruption the rest is written, and the result is the same to the byte.
"""

import dataclasses
import os
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import polars as pl
import yaml

from palermo.progress import Progress, quiet
from palermo.simulate.market.adverts import Maker
from palermo.simulate.market.archive import Archive, Capture
from palermo.simulate.market.dice import Dice, Ints
from palermo.simulate.market.ground import SITES, ZONES
from palermo.simulate.market.plan import SECONDS, Plan
from palermo.simulate.market.truth import README, common_contacts, contacts_of, rows_of, store

FORMAT = 1  # raised when the same plan gives other bytes
# A crawl meets a posting within this many seconds; most of them soon.
SEEN_WITHIN = 30 * 3600
PIECE = 40_000  # adverts that a process holds at a time, about 150 MB


class Piece(NamedTuple):
    """Adverts of one day: `first` to `last` of the block's, in order of time."""

    block: int
    day: int
    part: int
    first: int
    last: int


@dataclasses.dataclass(frozen=True, slots=True)
class Summary:
    """What a market holds, in counts, and how fast it was written."""

    seed: int
    adverts: int
    days: int
    files: int
    bytes: int
    seconds: float


def write_market(
    plan: Plan, folder: Path, processes: int | None = None, progress: Progress = quiet
) -> Summary:
    """Write a market into `folder`, or what of it is not there yet.

    Raises FileExistsError where something else lies there.
    """
    start = time.perf_counter()
    _claim(plan, folder)
    todo = [piece for piece in pieces(plan) if not _truth(plan, folder, piece).exists()]
    done = plan.adverts - sum(piece.last - piece.first for piece in todo)
    progress("adverts", done, plan.adverts)
    for count in _worked(plan, folder, todo, processes or os.cpu_count() or 1):
        done += count
        progress("adverts", done, plan.adverts)
    store(common_contacts(), folder / "truth" / "contacts" / "common.parquet")
    sizes = [path.stat().st_size for path in (folder / "evidence").rglob("*.warc.gz")]
    taken = time.perf_counter() - start
    return Summary(plan.seed, plan.adverts, plan.days, len(sizes), sum(sizes), round(taken, 2))


def pieces(plan: Plan) -> Iterator[Piece]:
    for block in range(plan.blocks):
        bounds = plan.bounds(block)
        for day, (first, last) in enumerate(pairwise(bounds.tolist())):
            for part, begin in enumerate(range(first, last, PIECE)):
                yield Piece(block, day, part, begin, min(begin + PIECE, last))


def _claim(plan: Plan, folder: Path) -> None:
    """Note whose folder it is, and what is stated of the archives."""
    note = folder / "market.yaml"
    said = dataclasses.asdict(plan) | {"format": FORMAT}
    if note.is_file():
        if yaml.safe_load(note.read_text("utf-8")) != said:
            raise FileExistsError(f"{folder} holds another market; name another folder")
        return
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a folder that does not exist")
    for name in ("evidence", "truth/adverts", "truth/contacts"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "truth" / "README.md").write_text(README, "utf-8")
    rows = [
        {"files": f"web/*/{site.name}-*.warc.gz", "region": site.region, "zone": ZONES[site.region]}
        for site in SITES
    ]
    stated = yaml.safe_dump({"exhibits": rows}, sort_keys=False)
    (folder / "evidence" / "intake.yaml").write_text(stated, "utf-8")
    note.write_text(yaml.safe_dump(said, sort_keys=False), "utf-8")


def _worked(plan: Plan, folder: Path, todo: list[Piece], processes: int) -> Iterator[int]:
    """Do the pieces of work and yield each one's number of adverts; a few wait at a time."""
    if processes == 1:
        yield from (_piece(plan, folder, piece) for piece in todo)
        return
    left = iter(todo)
    context = get_context("spawn")
    deaf = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear
    with ProcessPoolExecutor(processes, mp_context=context, initializer=deaf) as pool:

        def give(piece: Piece) -> Future[int]:
            return pool.submit(_piece, plan, folder, piece)

        waiting = {give(piece) for piece in islice(left, 2 * processes)}
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= {give(piece) for piece in islice(left, len(done))}
                yield from (future.result() for future in done)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _truth(plan: Plan, folder: Path, piece: Piece) -> Path:
    name = f"day={plan.day(piece.day)}-{piece.block:03d}-{piece.part:03d}.parquet"
    return folder / "truth" / "adverts" / name


@lru_cache(maxsize=1)
def _maker(plan: Plan, block: int) -> Maker:
    return Maker(plan, block)


def _piece(plan: Plan, folder: Path, piece: Piece) -> int:
    """Write a piece; return how many adverts it has."""
    maker, date = _maker(plan, piece.block), plan.day(piece.day)
    by_site: dict[int, list[Capture]] = defaultdict(list)
    for capture in _captures(plan, maker, maker.block.order[piece.first : piece.last]):
        by_site[capture.advert.site].append(capture)
    truths = []
    for site, captures in sorted(by_site.items()):
        name = f"web/day={date}/{SITES[site].name}-{piece.block:03d}-{piece.part:03d}.warc.gz"
        archive = Archive(site, name, plan.seed)
        stored = list(archive.store(captures))
        _place(folder / "evidence" / name, archive.out.getvalue())
        truths.append(rows_of(name, maker.block, stored))
    if piece.day == piece.part == 0:
        table = contacts_of(maker.deal, maker.block)
        store(table, folder / "truth" / "contacts" / f"{piece.block:03d}.parquet")
    store(pl.concat(truths), _truth(plan, folder, piece))
    return piece.last - piece.first


def _captures(plan: Plan, maker: Maker, places: Ints) -> Iterator[Capture]:
    drawn, first = maker.block, plan.day(0)
    start = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp())
    posting = drawn.posting[places]
    captured = start + drawn.day[places] * SECONDS + drawn.second[places]
    before = Dice(plan.seed, "seen").unit(drawn.base + posting) ** 3 * SEEN_WITHIN
    seen = start + drawn.day[posting] * SECONDS + drawn.second[posting]
    posted = seen - 60 - before.astype("int64")
    # odd: one to one on 32 bits
    ids = (drawn.base + posting).astype("uint64") * 2_654_435_769 % 2**32 + 10**9
    columns = (column.tolist() for column in (ids, captured, posted))
    for advert, id, at, when in zip(maker.adverts(places), *columns, strict=True):
        yield Capture(advert, id, at, when)


def _place(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
