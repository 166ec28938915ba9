"""What one worker process does with one exhibit: open the sealed bytes, call a pure stage, write
what it gives as lake files that nobody sees until the catalogue names them."""

import errno
import gc
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from palermo import wiring
from palermo.decode.decoder import Context, Decoder, Divisible, Section
from palermo.link import near_text
from palermo.safeguards.known import KnownList, Match, match_picture
from palermo.safeguards.rules import scope as scopes
from palermo.store import lake
from palermo.vocabulary import CLAIMS, EVENTS, Event, Part, Problem, events_table

HEAD = 1 << 16
COLLECT_AFTER = 100_000  # objects: some of a batch of events; twice as many cost no less time
BATCH_ROWS = 4096
BATCH_CHARACTERS = 8 << 20
EXTRACT_ROWS, EXTRACT_BYTES = 16_384, 32 << 20  # at most, of one batch for the extractors
# Faults of the machine, not of the evidence: the reading is done again when they are mended.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeJob:
    """A bucket of exhibits to read: each blob with what the decoder may know of it."""

    bucket: str
    exhibits: Sequence[tuple[Path, Context]]
    scope: Mapping[str, Any]
    lake: Path
    drafts: Path
    known: Sequence[KnownList] = ()

    @property
    def section(self) -> Section | None:
        """What is read of the one exhibit, where it is not read whole."""
        return self.exhibits[0][1].section


@dataclass(slots=True, kw_only=True)
class Read:
    """What became of one exhibit. `decoder` is None where none understood it; of an exhibit with a
    `match` nothing more was read, and nothing of its bucket may be kept."""

    exhibit: str
    decoder: str | None = None
    events: int = 0
    problems: list[Problem] = field(default_factory=list)
    parts: list[tuple[str, str, Path]] = field(default_factory=list)  # name, locator, draft
    match: Match | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DivideJob:
    """A large exhibit, to be cut into sections of about `size` bytes."""

    blob: Path
    context: Context
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """The sections of an exhibit; none where its decoder reads whole exhibits alone."""

    decoder: str | None
    sections: list[Section]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    reads: list[Read]
    files: list[lake.File]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractJob:
    events: str
    lake: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SignJob:
    events: str
    claims: str
    lake: Path


def choose(source: BinaryIO, context: Context) -> Decoder | None:
    """Return the decoder that is surest of an exhibit; ties go to the first by name."""
    head = source.read(HEAD)
    source.seek(0)
    decoders: dict[str, Decoder] = wiring.plugins("decoders")
    sure = [(decoder.accepts(head, context), decoder) for decoder in decoders.values()]
    score, best = max(sure, key=lambda pair: pair[0], default=(0.0, None))
    return best if score > 0 else None


def divide(job: DivideJob) -> Divided:
    """Cut an exhibit into sections, if its decoder can."""
    with job.blob.open("rb") as source, _few_collections():
        decoder = choose(source, job.context)
        if not isinstance(decoder, Divisible):
            return Divided(decoder=decoder.name if decoder else None, sections=[])
        return Divided(decoder=decoder.name, sections=decoder.sections(source, job.size))


def decode(job: DecodeJob) -> Decoded:
    """Read a bucket's exhibits one after the other; their events share files."""
    reads: list[Read] = []
    with _few_collections():
        files = lake.write_all(job.lake, "events", job.bucket, _bucket(job, reads))
        if job.section and not files:  # what is there says that the section was read
            files = [lake.write(job.lake, "events", job.bucket, EVENTS.empty_table())]
    return Decoded(reads=reads, files=files)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles of garbage rarely: among the many events at hand there are next to none, and
    to go through them again and again takes a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _bucket(job: DecodeJob, reads: list[Read]) -> Iterator[pa.Table]:
    for blob, context in job.exhibits:
        read = Read(exhibit=context.exhibit)
        reads.append(read)
        with blob.open("rb") as source:
            decoder = choose(source, context)
            if decoder is None:
                what = (
                    "no decoder understands this file; it is sealed and kept. If it is a text that "
                    "somebody wrote, enter what it says: palermo note CASE"
                )
                read.problems.append(Problem(locator="", kind="not understood", message=what))
                continue
            read.decoder = decoder.name
            for table in _read(decoder, source, job, context, read):
                read.events += table.num_rows
                yield table
            if not (read.events or read.parts or read.problems or context.section):
                what = f"{decoder.name} found nothing in it; it is sealed and kept"
                read.problems.append(Problem(locator="", kind="empty", message=what))


def _read(
    decoder: Decoder, source: BinaryIO, job: DecodeJob, context: Context, read: Read
) -> Iterator[pa.Table]:
    batch: list[Event] = []
    characters = 0
    try:
        for item in decoder.read(source, context):
            match item:
                case Event():
                    read.match = match_picture(job.known, item.details)
                    if read.match:
                        return
                    batch.append(item)
                    characters += len(item.text)
                case Part():
                    read.parts.append((item.name, item.locator, _draft(item, job.drafts)))
                case Problem():
                    read.problems.append(item)
            if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
                full, batch, characters = batch, [], 0
                yield from _covered(decoder, full, job, context, read)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise
        # A fault of ours, not of the evidence: what was read is kept, and the fault is reported.
        message = f"the decoder {decoder.name} failed: {type(error).__name__}: {error}"
        read.problems.append(Problem(locator="", kind="decoder failed", message=message))
    yield from _covered(decoder, batch, job, context, read)


def _covered(
    decoder: Decoder, batch: list[Event], job: DecodeJob, context: Context, read: Read
) -> Iterator[pa.Table]:
    """Lay a batch out, without what the authority does not cover: that stays sealed and unread."""
    if not batch:
        return
    table = events_table(
        context.exhibit, batch, decoder.name, decoder.version, context.statement.region
    )
    kept = table.filter(scopes.within(table, job.scope)) if job.scope else table
    if outside := table.num_rows - kept.num_rows:
        what = "events lie outside the authority's scope and were set aside"
        read.problems.append(
            Problem(locator=batch[0].locator, kind="out of scope", message=what, count=outside)
        )
    if kept.num_rows:
        yield kept


def _draft(part: Part, drafts: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=drafts)
    with part.open() as source, open(handle, "wb") as out:  # noqa: PTH123 -- a descriptor
        shutil.copyfileobj(source, out, 1 << 20)
    return Path(name)


def extract(job: ExtractJob) -> lake.File:
    """Run every extractor over one file of events, batch by batch."""
    stem = Path(job.events).stem.split("-")[0]
    with _few_collections():
        claims = [CLAIMS.empty_table(), *_claims(job)]
    return lake.write(job.lake, "claims", stem, pa.concat_tables(claims))


def sign(job: SignJob) -> lake.File:
    """Sign the texts of one file of events, by which near ones are found."""
    texts = pl.read_parquet(job.lake / job.events, columns=["id", "posting", "kind", "text"])
    texts = texts.filter(pl.col("kind").is_in(list(near_text.WORDS)) & (pl.col("text") != ""))
    bearer = pl.coalesce("posting", "id")
    texts = texts.select(event="id", bearer=bearer, kind="kind", text="text").sort("event")
    columns = ["event", "start", "end", "kind"]
    spans = pl.read_parquet(job.lake / job.claims, columns=columns).sort(columns)
    signed = near_text.signed(texts, spans).select(lake.SIGNED.names)
    stem = Path(job.events).stem.split("-")[0]
    return lake.write(job.lake, "signed", stem, signed.to_arrow().cast(lake.SIGNED))


def _claims(job: ExtractJob) -> Iterator[pa.Table]:
    extractors = dict(wiring.plugins("extractors"))
    # What the decoder says a value is to the event comes before what the text alone lets guess:
    # of two claims with one id the first stands.
    ordered = [extractors.pop("parties"), *extractors.values()]
    file = pq.ParquetFile(job.lake / job.events)
    for batch in file.iter_batches(_rows(file.metadata)):
        events = pa.Table.from_batches([batch])
        found = pa.concat_tables([e.find(events).cast(CLAIMS) for e in ordered])
        if found.num_rows:
            first = pl.Series(pl.from_arrow(found["id"])).is_first_distinct()
            yield found.filter(first.to_arrow())


def _rows(file: pq.FileMetaData) -> int:
    """Return how many of a file's events are read at once: few of long texts, else as many as spare
    the extractors from laying their lists out again."""
    size: int = sum(file.row_group(n).total_byte_size for n in range(file.num_row_groups))
    rows: int = file.num_rows
    return max(1, min(EXTRACT_ROWS, EXTRACT_BYTES * rows // max(1, size)))
