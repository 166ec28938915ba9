"""The verb `search`: asks the index, and reads from the lake no more than is shown.

Hits are masked as every other answer is, by the query layer, over tables that hold these events.
"""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import polars as pl

from palermo import answers
from palermo.look.hiding import is_event
from palermo.look.naming import Meanings
from palermo.look.opening import Few, Whole, over_few
from palermo.look.reading import clean
from palermo.review import decisions
from palermo.safeguards.masking import number
from palermo.store.case import Case
from palermo.store.documents import key_of
from palermo.store.hits import DEEPEST, Asked, Hits, Index
from palermo.values.text import fold

SNIPPET = 240
FEW = 3  # letters of a word that is shown within others too

# What narrows a search: kind, place, site, since, until.
Where = Mapping[str, str | datetime | None]


@dataclass
class Search:
    """One search of a case, at one moment."""

    case: Case
    at: datetime

    def search(self, words: str, where: Where, limit: int, offset: int) -> answers.Found:
        """Find events by words, folded, or by a part of a value that an advert shows; a whole value
        is found by what it is, masked or not. What was seen often is listed once."""
        asked = self._asked(words, where)
        # One reader stays: the database's files are opened and closed with the first and last.
        with self.case.catalogue.read(), closing(Whole(self.case)) as whole:
            hits = self._index.find(asked)
            with ThreadPoolExecutor(1) as beside:  # counting holds no lock, and takes long of many
                facets = beside.submit(self._index.facets, asked, hits.nodes)
                listed = self._listed(hits, asked, whole)
                page = listed.slice(offset, limit)
                return answers.Found(
                    query=words.strip(),
                    total=hits.total,
                    listed=listed.height,
                    exact=hits.exact,
                    hits=self._hits(page, asked, hits, whole) if len(page) else [],
                    facets=facets.result(),
                )

    def hits(self, words: str, where: Where) -> Hits:
        """Return all that is found, as the index names it, and in its order."""
        return self._index.find(self._asked(words, where))

    @cached_property
    def _index(self) -> Index:
        with self.case.catalogue.read() as connection:
            live = self.case.lake.files(connection, "events")
        return Index(self.case.folder / "index", live)

    def _asked(self, words: str, where: Where) -> Asked:
        words = words.strip()
        if is_event(words):
            return Asked(keys=[int(words[1:17], 16)], **where)  # type: ignore[arg-type]
        nodes = Meanings(self.case).numbers(words) if words else ()
        return Asked(words=words, nodes=nodes, part=clean(words), **where)  # type: ignore[arg-type]

    # --- order --------------------------------------------------------------------------------

    def _listed(self, hits: Hits, asked: Asked, whole: Whole) -> pl.DataFrame:
        """Return what is listed, each once: what is at risk, then the best."""
        risky = self._risky(whole)
        rows = hits.rows
        if asked.every and not hits.exact and len(risky):
            first = self._index.find(asked._replace(keys=risky[:DEEPEST].to_list()))
            rows = pl.concat([first.rows, rows]).unique("key", keep="first", maintain_order=True)
        at_risk = pl.col("key").is_in(risky.implode())
        return rows.sort(at_risk, descending=True, maintain_order=True).unique(
            "fold", keep="first", maintain_order=True
        )

    def _risky(self, whole: Whole) -> pl.Series:
        """Return the keys of the events at risk: by signs that stand, or by what people said."""
        with self.case.catalogue.read() as connection:
            said = decisions.on_risk(decisions.load(connection))
        if said:
            found = pl.Series(self._standing(whole, said), dtype=pl.String)
        else:
            found = pl.Series(pl.from_arrow(whole.column("risks", "event")), dtype=pl.String)
        return found.to_frame("id").select(key_of(pl.col("id"))).to_series()

    def _standing(self, whole: Whole, said: Mapping[str, decisions.Made]) -> list[str]:
        """Return the events at risk where people have said so, or not so."""
        off = [a for a, made in said.items() if made.act == "no-risk"]
        signs = whole.sql(
            """SELECT DISTINCT event FROM risks r WHERE NOT EXISTS (
                 SELECT 1 FROM risks o WHERE o.event IN (SELECT unnest(?))
                 AND o.of = r.of AND o.sign = r.sign AND o.value = r.value)""",
            [off],
        )["event"].to_pylist()
        with closing((query := over_few(self.case, whole, Few.none(), self.at)).tables):
            people = [owner for owner, made in query.marks.said.items() if made.act == "risk"]
        members = whole.sql(
            "SELECT node FROM identities WHERE identity IN (SELECT unnest(?))", [people]
        )["node"].to_pylist()
        on = [a for a, made in said.items() if made.act == "risk"]
        return [id for id in (*signs, *on, *people, *members) if is_event(id)]

    # --- what is shown --------------------------------------------------------------------------

    def _hits(
        self, page: pl.DataFrame, asked: Asked, hits: Hits, whole: Whole
    ) -> list[answers.Hit]:
        few = Few.at(self.case, [self._index.where(at) for at in page["at"]])
        query = over_few(self.case, whole, few, self.at)
        with closing(query.tables):
            ids = {int(id[1:17], 16): id for id in few.events["id"].to_pylist()}
            shown = {event.id: event for event in query.by_id(ids[key] for key in page["key"])}
        quotes = self._quotes(few, {*asked.nodes, *hits.nodes})
        sightings = self._index.sightings({*page["fold"]})
        found = []
        for key, fold_, score in page.select("key", "fold", "score").iter_rows():
            event = shown[ids[key]]
            snippet, spans = _snippet(event.text, asked.words, quotes.get(event.id, ()))
            seen = sightings[fold_]
            found.append(
                answers.Hit(
                    event=event,
                    score=round(score, 3),
                    snippet=snippet,
                    spans=spans,
                    sightings=seen.times,
                    first=seen.first,
                    last=seen.last,
                )
            )
        return found

    def _quotes(self, few: Few, numbers: set[int]) -> dict[str, list[str]]:
        """Return by event how it writes the values that were found; masked, its text does not."""
        found: dict[str, list[str]] = {}
        if numbers:
            for claim in few.claims.select(["event", "kind", "value", "written"]).to_pylist():
                if (
                    claim["written"]
                    and number(self.case.key, f"{claim['kind']}:{claim['value']}") in numbers
                ):
                    found.setdefault(claim["event"], []).append(claim["written"])
        return found


def _snippet(text: str, words: str, quotes: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Cut a text around what was found in it first, and say where in the cut it stands."""
    spans = _spans(text, words)
    spans |= {m.span() for quote in quotes for m in re.finditer(re.escape(quote), text)}
    whole = {
        (a, b)
        for a, b in spans
        if not any(c <= a and b <= d and (a, b) != (c, d) for c, d in spans)
    }
    ordered = sorted(whole)
    start = max(0, (ordered[0][0] if ordered else 0) - SNIPPET // 3)
    inside = [(a - start, b - start) for a, b in ordered if b <= start + SNIPPET]
    return text[start : start + SNIPPET], inside


def _spans(text: str, words: str) -> set[tuple[int, int]]:
    """Return where words stand in a text: whole words by their folded form, and in scripts written
    without spaces, which fold into pairs of characters, the characters themselves."""
    spaced: set[str] = set()
    spans: set[tuple[int, int]] = set()
    for word in words.split():
        folded = fold(word)
        if folded == folded.strip():
            spaced.add(folded)
        else:
            spans |= {match.span() for match in re.finditer(re.escape(word), text, re.IGNORECASE)}
    for match in re.finditer(r"\w+", text):
        folded = fold(match.group()).strip()
        if any(word == folded or (len(word) >= FEW and word in folded) for word in spaced):
            spans.add(match.span())
    return spans
