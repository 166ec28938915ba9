"""The search index: folded words of every event, storing nothing but the events' ids.

Values that are masked are left out; they are found by their exact value, through the claims.
"""

import shutil
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tantivy

from palermo.safeguards.masking import CONTACT, PERSONAL, PUBLIC
from palermo.safeguards.names import Names
from palermo.safeguards.refusal import Refused
from palermo.store.engine import Tables
from palermo.values.text import fold

ROWS = 8192
# Texts whose folded form is kept at hand while building.
FOLDED = 50_000
# Hits of which facets are counted exactly.
DEEPEST = 10_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", stored=False, tokenizer_name="default")
    return builder.build()


def build(folder: Path, tables: Tables) -> None:
    """Make the index anew, and put it in the old one's place when it is whole."""
    draft = folder.parent / f"{folder.name}-{uuid.uuid4().hex[:8]}"
    draft.mkdir()
    index = tantivy.Index(_schema(), path=str(draft))
    writer = index.writer(heap_size=128 << 20, num_threads=1)
    hidden = ", ".join(f"'{kind}'" for kind in sorted({*PERSONAL, *CONTACT}))
    query = f"""
        SELECT e.id, e.kind, e.text, coalesce(e.place, '') AS place,
               coalesce(e.details['title'], '') AS title,
               list(struct_pack(s := c.start, e := c."end") ORDER BY c.start)
                   FILTER (WHERE c.start IS NOT NULL) AS spans
        FROM events e LEFT JOIN claims c ON c.event = e.id AND c.kind IN ({hidden})
        WHERE e.kind <> 'position' AND e.kind <> 'balance'
        GROUP BY ALL
    """
    known = tables.sql("SELECT DISTINCT value FROM claims WHERE kind = 'name'")["value"].to_pylist()
    places = tables.sql("SELECT DISTINCT written FROM claims WHERE kind = 'place'")["written"]
    names = Names(((name, name) for name in known), filter(None, places.to_pylist()))
    folded = lru_cache(FOLDED)(fold)  # captures of one posting say the same
    for batch in tables.stream(query, ROWS):
        for row in batch.to_pylist():
            spans = row["spans"] or []
            if row["kind"] not in PUBLIC:  # people are named there whom a claim names elsewhere
                spans += [{"s": s.start, "e": s.end} for s in names.spans(row["text"] or "")]
                spans.sort(key=lambda span: span["s"])
            words = f"{row['title']} {row['place']} {_without(row['text'], spans)}"
            writer.add_document(tantivy.Document(id=row["id"], words=folded(words)))
    writer.commit()
    writer.wait_merging_threads()
    old = folder.parent / f"{folder.name}-old-{uuid.uuid4().hex[:8]}"
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    for leftover in folder.parent.glob(f"{folder.name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An index to make in a process of its own."""

    folder: Path
    lake: Path
    files: Mapping[str, Sequence[str]]

    @property
    def size(self) -> int:
        return sum(
            (self.lake / path).stat().st_size for paths in self.files.values() for path in paths
        )


def rebuild(job: Job) -> None:
    tables = Tables(job.lake, job.files)
    try:
        build(job.folder, tables)
    finally:
        tables.close()


def _without(text: str | None, spans: Sequence[dict[str, int]]) -> str:
    out, at = [], 0
    for span in spans:
        if span["s"] >= at:
            out.append((text or "")[at : span["s"]])
        at = max(at, span["e"])
    return " ".join([*out, (text or "")[at:]])


def is_whole(folder: Path) -> bool:
    return (folder / "meta.json").is_file()


def search(folder: Path, words: str, limit: int = DEEPEST) -> tuple[list[tuple[float, str]], int]:
    """Return the best hits as (score, event id), and how many there are in all."""
    if not is_whole(folder):
        raise Refused(
            "search",
            "there is no search index: nothing was run yet, or it was deleted",
            "Make it: palermo run CASE",
            "not_found",
        )
    index = tantivy.Index.open(str(folder))
    terms = _terms(words)
    if not terms:
        return [], 0
    schema = index.schema
    parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
    for term in terms:
        query = tantivy.Query.term_query(schema, "words", term)
        parts.append((tantivy.Occur.Must, query))
    searcher = index.searcher()
    result = searcher.search(tantivy.Query.boolean_query(parts), limit=limit, count=True)
    hits = [(float(score), str(searcher.doc(address)["id"][0])) for score, address in result.hits]
    return hits, int(result.count or 0)  # type: ignore[attr-defined]


def _terms(words: str) -> list[str]:
    """Cut folded words as the index's tokenizer does: runs of letters and digits."""
    folded = fold(words)
    cut = "".join(c if c.isalnum() else " " for c in folded)
    return sorted({term for term in cut.split() if len(term) <= 39})
