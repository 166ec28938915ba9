"""The contract of a decoder: bytes of one exhibit in, what happened out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol, runtime_checkable

from palermo.vocabulary import Event, Part, Problem, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Bytes `first` to `end` of an exhibit, that can be read by themselves, given what the decoder
    itself has noted of what stands `before` them."""

    first: int
    end: int
    before: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.first}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a decoder may know of the exhibit besides its bytes.

    `mappings` and `sites` are the case's saved column mappings and site descriptions by name,
    as read from YAML. Only of a `Divisible` decoder a `section` alone is to be read.
    """

    exhibit: str
    name: str
    statement: Statement = field(default_factory=Statement)
    mappings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sites: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    section: Section | None = None


@runtime_checkable
class Decoder(Protocol):
    """Reads one format. Pure: no vault, catalogue, clock or network.

    The first line of the class docstring says what it reads; it is shown to users. A decoder that
    reads by `Context.mappings` or `Context.sites` says so in an attribute `references`, a tuple of
    "mappings" and "sites": its exhibits are read again when those change.
    """

    name: str
    version: str

    def accepts(self, head: bytes, context: Context) -> float:
        """How surely the exhibit is of this format, from 0 (not) to 1, by its first 64 KiB.

        The surest decoder reads it; at 0 from all of them the exhibit is reported as not
        understood.
        """
        ...

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Part | Problem]:
        """Read a seekable stream in bounded memory.

        Never raise for bad bytes: yield what can be read, and a located `Problem` for the rest.
        """
        ...

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        """Return the decoded bytes that an event's `locator` names.

        An event's `map` points into them, so that every word can be shown in the original.
        """
        ...


@runtime_checkable
class Divisible(Protocol):
    """A decoder of files that may be large: their sections are read side by side, and each that is
    finished is kept. All together give what the whole does; of the kinds of problem that it only
    counts, an attribute `counted`, the counts are added up."""

    def sections(self, source: BinaryIO, size: int) -> list[Section]:
        """Cut an exhibit into sections of about `size` bytes, from its first byte to its last."""
        ...
