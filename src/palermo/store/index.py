"""The search index: folded words of every event, storing nothing but the events' ids.

Values that are masked are left out; they are found by their exact value, through the claims.
"""

import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from palermo.safeguards.covering import BLANK, NOBODY, Company, Covering, Told
from palermo.safeguards.masking import CONTACT, PERSONAL, PUBLIC, Span
from palermo.safeguards.refusal import Refused
from palermo.store.engine import Tables
from palermo.values.text import fold

ROWS = 8192
# Texts whose folded form is kept at hand while building.
FOLDED = 50_000
# Stands in a whole index; another name than before where what is left out has changed.
_MADE = "covered-2"
# Hits of which facets are counted exactly.
DEEPEST = 10_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", stored=False, tokenizer_name="default")
    return builder.build()


def build(folder: Path, tables: Tables, parents: Mapping[str, str]) -> None:
    """Make the index anew, and put it in the old one's place when it is whole. `parents`: an exhibit
    that was taken out of another → that other."""
    draft = folder.parent / f"{folder.name}-{uuid.uuid4().hex[:8]}"
    draft.mkdir()
    index = tantivy.Index(_schema(), path=str(draft))
    writer = index.writer(heap_size=128 << 20, num_threads=1)
    folded = lru_cache(FOLDED)(fold)  # captures of one posting say the same
    for id, words in _readable(tables, parents):
        writer.add_document(tantivy.Document(id=id, words=folded(words)))
    writer.commit()
    writer.wait_merging_threads()
    (draft / _MADE).touch()
    old = folder.parent / f"{folder.name}-old-{uuid.uuid4().hex[:8]}"
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    for leftover in folder.parent.glob(f"{folder.name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _readable(tables: Tables, parents: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give every event's id and what of its words anybody may read."""
    hidden = ", ".join(f"'{kind}'" for kind in sorted({*PERSONAL, *CONTACT}))
    query = f"""
        SELECT e.id, e.kind, e.exhibit, e.lat, e.lon, coalesce(e.text, '') AS text,
               coalesce(e.place, '') AS place, coalesce(e.details['title'], '') AS title,
               list(struct_pack(s := c.start, e := c."end", w := c.written,
                                n := c.kind || ':' || c.value)) FILTER (WHERE c.id IS NOT NULL)
               AS claims
        FROM events e LEFT JOIN claims c ON c.event = e.id AND c.kind IN ({hidden})
        WHERE e.kind <> 'position' AND e.kind <> 'balance'
        GROUP BY ALL
    """
    covering = Covering(tables, BLANK, parents)
    companies = {id: Company(people) for id, people in covering.people_in(None).items()}
    _ = covering.names  # read now: while events stream, nothing else can be asked
    for batch in tables.stream(query, ROWS):
        for row in batch.to_pylist():
            told = Told([_marked(c) for c in row["claims"] or []], public=row["kind"] in PUBLIC)
            if not told.public:
                told.company = companies.get(row["exhibit"], NOBODY)
            fields = covering.fields({"title": row["title"], "place": row["place"]}, told)
            protected = row["lat"] is not None and row["lon"] is not None
            spans = covering.unclaimed(row, row["text"], told, protected)
            text = BLANK.without(row["text"], [*spans, *(s for s, _, _ in told.spans if s)])
            yield row["id"], f"{fields['title']} {fields['place']} {text}"


def _marked(claim: dict[str, Any]) -> tuple[Span | None, str, str]:
    span = None
    if claim["s"] is not None:
        span = Span(start=claim["s"], end=claim["e"], node=claim["n"])
    return span, claim["w"], claim["n"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An index to make in a process of its own."""

    folder: Path
    lake: Path
    files: Mapping[str, Sequence[str]]
    parents: Mapping[str, str]

    @property
    def size(self) -> int:
        return sum(
            (self.lake / path).stat().st_size for paths in self.files.values() for path in paths
        )


def rebuild(job: Job) -> None:
    tables = Tables(job.lake, job.files)
    try:
        build(job.folder, tables, job.parents)
    finally:
        tables.close()


def is_whole(folder: Path) -> bool:
    """Whether there is an index that leaves out what this version does."""
    return (folder / _MADE).is_file()


def search(folder: Path, words: str, limit: int = DEEPEST) -> tuple[list[tuple[float, str]], int]:
    """Return the best hits as (score, event id), and how many there are in all."""
    if not is_whole(folder):
        raise Refused(
            "search",
            "there is no search index: nothing was run yet, it was deleted, or an older version made it",
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
