"""What a case's search index holds, and what there is to do to it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from palermo.store.documents import Source
from palermo.store.engine import Tables

# Stands in the record of a whole index; another name than before where what is left out changes.
MADE = "covered-3"
RECORD = "files.json"


class Held(NamedTuple):
    """A file of events, the file of its claims, and how many rows of the index are from them."""

    events: str
    claims: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What an index holds. `files`: by number; None: taken out again. `private`: the numbers of those
    whose words rest on more than themselves. `gone`: rows taken out since it was made."""

    files: list[Held | None] = field(default_factory=list)
    private: list[int] = field(default_factory=list)
    gone: int = 0

    @classmethod
    def of(cls, folder: Path) -> "Record | None":
        """Read the record of an index that leaves out what this version does."""
        try:
            told = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            if told["made"] != MADE:
                return None
            files = [Held(*held) if held else None for held in told["files"]]
            return cls(files=files, private=told["private"], gone=told["gone"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        told = {"made": MADE, "files": self.files, "private": self.private, "gone": self.gone}
        (folder / RECORD).write_text(json.dumps(told), encoding="utf-8")

    def split(self, files: Mapping[str, str]) -> tuple[list[Source], list[Source]]:
        """Return what of it is among `files`, and what is not."""
        held = [Source(n, h.events, h.claims) for n, h in enumerate(self.files) if h]
        kept = [source for source in held if files.get(source.events) == source.claims]
        return kept, [source for source in held if files.get(source.events) != source.claims]

    def rows(self, sources: Iterable[Source]) -> int:
        return sum(held.rows for s in sources if (held := self.files[s.number]))


@dataclass(frozen=True, kw_only=True)
class Job:
    """An index to bring up to date, in a process of its own. `files`: events → their claims."""

    folder: Path
    lake: Path
    key: bytes
    files: Mapping[str, str]
    parents: Mapping[str, str]

    @cached_property
    def record(self) -> Record:
        """What can be gone on from: of an index more full of holes than not, nothing."""
        record = Record.of(self.folder) or Record()
        kept, gone = record.split(self.files)
        return record if record.gone + record.rows(gone) <= record.rows(kept) else Record()

    @cached_property
    def kept(self) -> list[Source]:
        return self.record.split(self.files)[0]

    @cached_property
    def gone(self) -> list[Source]:
        return self.record.split(self.files)[1]

    @cached_property
    def new(self) -> list[Source]:
        have = {source.events for source in self.kept}
        new = [pair for pair in self.files.items() if pair[0] not in have]
        return [Source(n, *pair) for n, pair in enumerate(new, len(self.record.files))]

    @property
    def size(self) -> int:
        """Bytes of files to read."""
        paths = (path for s in self.new for path in (s.events, s.claims))
        return sum((self.lake / path).stat().st_size for path in paths)

    def tables(self, sources: Iterable[Source]) -> Tables:
        files = [*sources]
        return Tables(
            self.lake, {"events": [s.events for s in files], "claims": [s.claims for s in files]}
        )
