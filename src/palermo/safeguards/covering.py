"""Finds what of an event may not be read: for what is shown, and for the index of its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from palermo.safeguards.masking import (
    CONTACT,
    PERSONAL,
    POSITION,
    Mask,
    Span,
    numbers,
    pairs,
    positions,
)
from palermo.safeguards.names import Held, Lone, Names
from palermo.store.engine import Tables
from palermo.vocabulary import PARTAKING, Kind, Role

# Roles of those whom an exhibit shows: files and chats are called after them.
PARTAKERS = ", ".join(f"'{r}'" for r in sorted(PARTAKING - {Role.POSTER, Role.DEVICE}))
PLACES = "SELECT DISTINCT written FROM claims WHERE kind = 'place' AND written IS NOT NULL"

Row = dict[str, Any]
People = Sequence[tuple[str, str]]  # (as written, node)

REPEATED = 6  # letters and digits of a value that is looked for wherever else it stands
# What only the machine writes: digests, and what a decoder has measured.
_OWN_DETAILS = frozenset({"sha256", "pdq", "mapping", "charset", "duration", "course", "speed"})


class Company:
    """Who takes part in an exhibit, ready to be looked for in its texts."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.lone = Lone([(w, n) for w, n in people if n.startswith(f"{Kind.NAME}:")])
        self._held = Held((x, (w, n)) for w, n in people for x in {w, *w.split()})

    def named_in(self, said: str) -> list[tuple[str, str]]:
        """Return those of whom a field writes a word."""
        return sorted({person for _, person in self._held.within(said)})


NOBODY = Company(())


@dataclass
class Told:
    """What an event's text writes: each span (where there is one), its words and node; and who
    takes part in its exhibit. `public`: an advert or page, which names people to everybody."""

    spans: list[tuple[Span | None, str, str]] = field(default_factory=list)
    company: Company = NOBODY
    public: bool = False

    @property
    def written(self) -> list[tuple[str, str]]:
        return [(words, node) for _, words, node in self.spans if words]


class Blank(Mask):
    """Leaves nothing in place of what somebody may not read: not even a published contact."""

    def hides(self, node: str) -> bool:
        kind = node.split(":", 1)[0]
        return kind in PERSONAL or kind in CONTACT or kind == POSITION

    def mark(self, node: str) -> str:
        return " "


BLANK = Blank(key=b"", published=frozenset(), revealed=frozenset())


@dataclass
class Covering:
    """What the tables know of people. `parents`: an exhibit that was taken out of another → that
    other."""

    tables: Tables
    mask: Mask
    parents: Mapping[str, str]

    def people_in(self, exhibits: Iterable[str] | None) -> dict[str, list[tuple[str, str]]]:
        """Return by exhibit (of all, where None are asked about) who takes part in it: files and
        chats are called after people."""
        asked = set(exhibits or ())
        if exhibits is not None and not asked:
            return {}
        children = [id for id, parent in self.parents.items() if parent in asked]
        rows = self.tables.sql(
            f"""SELECT DISTINCT exhibit, kind, value, written FROM claims
                WHERE ($1 OR exhibit IN (SELECT unnest($2))) AND role IN ({PARTAKERS})
                AND written <> ''""",
            [exhibits is None, [*asked, *children]],
        ).to_pylist()
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows:
            ways = {row["written"]} | ({row["value"]} if row["kind"] == Kind.NAME else set())
            # An archive is called after the people that the chat taken out of it shows.
            for exhibit in {row["exhibit"], self.parents.get(row["exhibit"])} - {None}:
                node = f"{row['kind']}:{row['value']}"
                found[str(exhibit)] += [(written, node) for written in sorted(ways)]
        return found

    @cached_property
    def everybody(self) -> list[tuple[str, str]]:
        rows = self.tables.sql("SELECT DISTINCT value FROM claims WHERE kind = 'name'").to_pylist()
        return [(row["value"], f"{Kind.NAME}:{row['value']}") for row in rows]

    @cached_property
    def names(self) -> Names:
        return Names(self.everybody, self.tables.sql(PLACES)["written"].to_pylist())

    def unclaimed(self, row: Row, text: str, told: Told, protected: bool) -> list[Span]:
        """Return the spans of an event's text that no claim marks; `protected`: its coordinates are
        somebody's."""
        spans = list(_repeated(text, told.written))
        if not told.public or self.mask.leaving:
            spans += self.names.spans(text)
        if not told.public:
            spans += told.company.lone.spans(text)
            if protected:
                spans += positions(text, row["lat"], row["lon"])
            spans += pairs(text) if row["lat"] is None else []
        return spans

    def text(self, text: str, told: Told) -> tuple[str, list[tuple[int, int, Span]]]:
        """Mask an event's text; return it, and where each span now stands."""
        return self.mask.text(text, [span for span, _, _ in told.spans if span])

    def fields(self, values: Mapping[str, str], told: Told) -> dict[str, str]:
        """Mask what fields beside an event's text hold: its own values, people, and numbers."""
        mask = self.mask
        people = told.company.named_in("\n".join(values.values()))
        covered = mask.values(values, [*told.written, *people])
        for name, value in covered.items():
            if name not in _OWN_DETAILS and value:
                spans = [] if told.public and not mask.leaving else self.names.spans(value)
                spans += numbers(value) if mask.leaving else []
                covered[name] = mask.text(value, spans)[0] if spans else value
        return covered


def _repeated(text: str, written: Sequence[tuple[str, str]]) -> Iterable[Span]:
    """Give where a text writes a person's value again: a statement's line and what explains it."""
    for words, node in {*written}:
        if node.split(":", 1)[0] in PERSONAL | CONTACT and len(words) >= REPEATED:
            at = text.find(words)
            while at >= 0:
                yield Span(start=at, end=at + len(words), node=node)
                at = text.find(words, at + len(words))
