"""The search index: what `documents` makes of the lake's events, brought up to date at each run.

A run adds the documents of new files and removes those of files that are gone. The words of a chat,
call, payment or the like rest on whom the case knows, so documents that new names touch are made
again too. The result answers as an index made anew does.
"""

import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import sqlalchemy as sa
import tantivy

from palermo.safeguards.covering import BLANK, PARTAKERS, Covering
from palermo.safeguards.masking import PUBLIC
from palermo.safeguards.names import Names, letters
from palermo.safeguards.readable import WORDLESS, Readable
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.documents import (
    Documents,
    Source,
    event_schema,
    key_of,
    value_schema,
    words_analyzer,
)
from palermo.store.engine import Tables
from palermo.store.indexed import Held, Job, Record

ROWS = 32768  # of the lake, laid out at once
HEAP = 192 << 20
VALUES_HEAP = 64 << 20

# Kinds whose words rest on their own file alone.
_ALONE = ", ".join(f"'{kind}'" for kind in sorted({*PUBLIC, *WORDLESS}))


def pending(case: Case) -> Job | None:
    """Return what there is to do for a case's index."""
    f = c.lake_file.c
    with case.catalogue.read() as connection:
        events = sa.select(f.path).where(f.kind == "events")
        claims = sa.select(f.source, f.path).where(f.kind == "claims", f.source.in_(events))
        files = {row.source: row.path for row in connection.execute(claims.order_by(f.source))}
        taken_out = sa.select(c.exhibit.c.id, c.exhibit.c.parent).where(c.exhibit.c.parent != "")
        parents = {row.id: row.parent for row in connection.execute(taken_out)}
    folder, lake = case.folder / "index", case.lake.folder
    job = Job(folder=folder, lake=lake, key=case.key, files=files, parents=parents)
    return job if job.new or job.gone or Record.of(folder) is None else None


def update(job: Job) -> None:
    """Bring an index up to date in a copy, and put that in the old one's place when it is whole."""
    draft = job.folder.parent / f"{job.folder.name}-{uuid.uuid4().hex[:8]}"
    for part in ("events", "values"):
        _copy(job.folder / part if job.kept else None, draft / part)
    tables = job.tables([*job.kept, *job.new])
    try:
        Update(job, draft, tables).make()
    finally:
        tables.close()
    old = job.folder.parent / f"{job.folder.name}-old-{uuid.uuid4().hex[:8]}"
    if job.folder.exists():
        job.folder.rename(old)
    draft.rename(job.folder)
    for leftover in job.folder.parent.glob(f"{job.folder.name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _copy(old: Path | None, new: Path) -> None:
    """Give an index's files a second name: they are never written to again, only replaced."""
    new.mkdir(parents=True)
    for path in old.iterdir() if old else ():
        if path.suffix != ".lock":
            try:
                os.link(path, new / path.name)
            except OSError:  # a file system without links
                shutil.copyfile(path, new / path.name)


def opened(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("words", words_analyzer())
    return index


@dataclass
class Update:
    """One update of a draft, a copy of the index before. `tables`: the whole case."""

    job: Job
    draft: Path
    tables: Tables

    def make(self) -> None:
        job, found = self.job, self._private(self.job.new)
        touched = self._touched()
        exhibits = {*found["exhibit"], *touched["exhibit"]}
        covering = Covering(self.tables, BLANK, job.parents)
        documents = Documents(lake=job.lake, tables=self.tables, key=job.key,
                              readable=Readable(covering, exhibits))  # fmt: skip
        rows = self._events(documents, touched)
        self._values(documents)
        files = [held if held and job.files.get(held.events) == held.claims else None
                 for held in job.record.files]  # fmt: skip
        files += [Held(s.events, s.claims, rows.get(s.number, 0)) for s in job.new]
        fresh = {
            s.number for s in job.new if (job.lake / s.events).as_posix() in {*found["filename"]}
        }
        private = sorted(n for n in {*job.record.private, *fresh} if files[n])
        gone = job.record.gone + job.record.rows(job.gone) + touched.height
        Record(files=files, private=private, gone=gone).write(self.draft)

    # --- events -----------------------------------------------------------------------------

    def _events(self, documents: Documents, touched: pl.DataFrame) -> dict[int, int]:
        """Write what is new and touched; return by a new file's number its rows."""
        job, schema = self.job, event_schema()
        writer = opened(self.draft / "events", schema).writer(heap_size=HEAP, num_threads=1)
        gone = {
            "file": [source.number for source in job.gone],
            "key": touched.select(key_of(pl.col("id"))).to_series().to_list(),
        }
        for name, numbers in gone.items():
            # By query: by a term, numbers that are not signed are never met (tantivy-py 0.27).
            if numbers:
                query = tantivy.Query.term_set_query(schema, name, numbers)
                writer.delete_documents_by_query(query)
        rows: dict[int, int] = {}
        ids = touched["id"].to_list()
        again = [s for s in job.kept if (job.lake / s.events).as_posix() in {*touched["filename"]}]
        reread = (documents.read(batch, ids) for batch in self._batches(again))
        for frame in chain(reread, map(documents.read, self._batches(job.new))):
            for document in frame.drop("id", "exhibit").iter_rows(named=True):
                told = {name: value for name, value in document.items() if value is not None}
                writer.add_document(tantivy.Document.from_dict(told, schema))
            rows |= dict(frame.group_by("file").len().iter_rows())
        writer.commit()
        writer.wait_merging_threads()
        return rows

    def _batches(self, sources: Sequence[Source]) -> Iterator[list[Source]]:
        """Group files that are read at once: many are small."""
        batch: list[Source] = []
        rows = 0
        for source in sources:
            size = pq.read_metadata(self.job.lake / source.events).num_rows
            if batch and rows + size > ROWS:
                yield batch
                batch, rows = [], 0
            batch.append(source)
            rows += size
        if batch:
            yield batch

    # --- what rests on more than its own file -------------------------------------------------

    def _private(self, sources: Sequence[Source]) -> pl.DataFrame:
        """Return file and exhibit of the events that rest on whom the case knows."""
        return self._sql(
            f"""SELECT DISTINCT filename, exhibit FROM read_parquet($1, filename = true)
                WHERE kind NOT IN ({_ALONE})""",
            [source.events for source in sources],
            ("filename", "exhibit"),
        )

    def _touched(self) -> pl.DataFrame:
        """Return id, file and exhibit of the events held that may have other words now."""
        job = self.job
        rows = self._sql(
            f"""SELECT id, filename, exhibit, concat_ws(' ', text, place, details['title']) AS said
                FROM read_parquet($1, filename = true) WHERE kind NOT IN ({_ALONE})""",
            [source.events for source in job.kept if source.number in job.record.private],
            ("id", "filename", "exhibit", "said"),
        )
        if job.gone or rows.is_empty():
            return rows
        people = self._sql(
            f"SELECT DISTINCT exhibit FROM read_parquet($1) WHERE role IN ({PARTAKERS})",
            [source.claims for source in job.new],
            ("exhibit",),
        )["exhibit"].to_list()
        joined = {*people, *(job.parents.get(exhibit) for exhibit in people)} - {None}
        keys, together = self._names_before().unlike(self._names(self.tables))
        spelt = pl.Series([letters(said) for said in rows["said"]] if keys else [], dtype=pl.String)
        named = spelt.str.contains_any(keys) if keys else pl.lit(False)
        return rows.filter(
            pl.col("exhibit").is_in([*joined]) | named
            | (pl.col("said").str.contains_any(together) if together else pl.lit(False))
        )  # fmt: skip

    def _names_before(self) -> Names:
        tables = self.job.tables(self.job.kept)
        try:
            return self._names(tables)
        finally:
            tables.close()

    def _names(self, tables: Tables) -> Names:
        return Covering(tables, BLANK, self.job.parents).names

    def _sql(self, query: str, paths: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
        """Ask files of the lake."""
        if not paths:
            return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
        listed = [(self.job.lake / path).as_posix() for path in paths]
        frame = pl.from_arrow(self.tables.sql(query, [listed]))
        assert isinstance(frame, pl.DataFrame)
        return frame

    # --- values -------------------------------------------------------------------------------

    def _values(self, documents: Documents) -> None:
        """Write the values that are found by a part. Whether one is still shown anywhere is known
        from all files alone."""
        job, schema = self.job, value_schema()
        index = opened(self.draft / "values", schema)
        searcher = index.searcher()
        writer = index.writer(heap_size=VALUES_HEAP, num_threads=1)
        if job.gone:
            writer.delete_all_documents()
        known: set[int] = set()
        for batch in self._batches([*job.kept, *job.new] if job.gone else job.new):
            for value in documents.values(batch):
                node = value["node"]
                if node not in known and (job.gone or not searcher.doc_freq("node", node)):
                    writer.add_document(tantivy.Document.from_dict(value, schema))
                known.add(node)
        writer.commit()
        writer.wait_merging_threads()
