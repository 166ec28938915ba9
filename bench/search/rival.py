"""SQLite's full-text index over the same adverts: what a user without Palermo would reach for."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

FACETS = ("place", "site", "month")
DEEPEST = 10_000


class Rival:
    """FTS5 for words (marks folded), and FTS5's trigrams for values; facets by a join."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("PRAGMA journal_mode = off")

    def build(self, batches: Iterable[pl.DataFrame]) -> None:
        db = self.db
        db.execute(
            "CREATE VIRTUAL TABLE words USING fts5(text, content='', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        db.execute("CREATE VIRTUAL TABLE parts USING fts5(value, tokenize='trigram')")
        db.execute(
            "CREATE TABLE advert (id INTEGER PRIMARY KEY, event, place, site, time, month, text)"
        )
        db.execute("CREATE TABLE bears (value INTEGER, advert INTEGER)")
        known: dict[str, int] = {}
        for batch in batches:
            month = batch["time"].dt.strftime("%Y-%m")
            time = batch["time"].dt.epoch("s")
            rows = zip(batch["number"], batch["id"], batch["place"], batch["site"], time, month,
                       batch["text"], strict=True)  # fmt: skip
            db.executemany("INSERT INTO advert VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            db.executemany(
                "INSERT INTO words (rowid, text) VALUES (?, ?)",
                zip(batch["number"], batch["text"], strict=True),
            )
            db.executemany("INSERT INTO bears VALUES (?, ?)", self._values(batch, known))
        db.executemany("INSERT INTO parts (rowid, value) VALUES (?, ?)",
                       ((n, value) for value, n in known.items()))  # fmt: skip
        db.execute("CREATE INDEX bearing ON bears (value)")
        db.execute("CREATE INDEX timed ON advert (time)")
        db.commit()

    def _values(self, batch: pl.DataFrame, known: dict[str, int]) -> Iterator[tuple[int, int]]:
        for name in ("phone", "handle"):
            for value, number in zip(batch[name], batch["number"], strict=True):
                yield known.setdefault(value, len(known)), number

    def all(self, words: str, part: bool, since: int | None, until: int | None) -> list[str]:
        """Return the ids of all that is found."""
        found, asked, narrowed = _asked(words, part, since, until)
        told = self.db.execute(f"SELECT event FROM advert WHERE id IN ({found}){narrowed}", [asked])
        return [row[0] for row in told]

    def ask(self, words: str, part: bool, since: int | None, until: int | None) -> int:
        """Find the ten best with their rows, count all, and count facets of the first 10,000."""
        found, asked, narrowed = _asked(words, part, since, until)
        order = "" if part else " ORDER BY rank"
        if narrowed:
            found = f"SELECT id FROM advert WHERE id IN ({found}){narrowed}"
            order = ""
        best = self.db.execute(f"{found}{order} LIMIT 10", [asked]).fetchall()
        marks = ", ".join(str(row[0]) for row in best)
        self.db.execute(f"SELECT * FROM advert WHERE id IN ({marks})").fetchall()
        total: int = self.db.execute(
            f"SELECT count(DISTINCT id) FROM ({found})", [asked]
        ).fetchone()[0]
        for facet in FACETS:
            self.db.execute(
                f"SELECT {facet}, count(*) FROM advert WHERE id IN ({found} LIMIT {DEEPEST}) GROUP BY 1",
                [asked],
            ).fetchall()
        return total


def _asked(words: str, part: bool, since: int | None, until: int | None) -> tuple[str, str, str]:
    """Return SQL for what is found, its parameter, and what narrows it."""
    if part:
        found = "SELECT advert AS id FROM bears WHERE value IN (SELECT rowid FROM parts WHERE value MATCH ?)"
    else:
        found = "SELECT rowid AS id FROM words WHERE words MATCH ?"
    asked = '"' + words + '"' if part else " ".join(f'"{word}"' for word in words.split())
    return found, asked, "" if since is None else f" AND time >= {since} AND time < {until}"
