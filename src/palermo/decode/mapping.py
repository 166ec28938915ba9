"""Column mappings: load them, check one against a sample, have one suggested."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from palermo.decode.tables.cells import readable
from palermo.decode.tables.expect import MappingError
from palermo.decode.tables.grammar import antennas, parse
from palermo.decode.tables.layout import Layout, fold
from palermo.decode.tables.reading import Reader
from palermo.decode.tables.recognise import HEAD, Found, Sight, fit, format_of, table_rows
from palermo.decode.tables.suggesting import draft
from palermo.decode.tables.workbook import Workbook, WorkbookError
from palermo.vocabulary import Event, Statement

__all__ = ["MappingError", "builtin", "check", "load", "parse", "read", "read_yaml", "suggest"]

SAMPLE = 20  # rows that `check` reads
ANTENNA_COLUMNS = ("id", "lat", "lon", "name", "radius_m")


def read_yaml(text: str) -> dict[str, Any]:
    """Read a mapping's YAML; every scalar stays text, so that `No` or `1` is what was written."""
    try:  # the base loader makes no objects
        raw = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise MappingError(f"is no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(raw, dict):
        raise MappingError("is no map of keys")
    return raw


def load(folder: Path) -> dict[str, dict[str, Any]]:
    """Read every `*.yaml` in a folder by its name; raise `MappingError` for a faulty one."""
    return {path.stem: read(path) for path in sorted(folder.glob("*.yaml"))}


def read(path: Path) -> dict[str, Any]:
    """Read one mapping, antennas filled in from the file that it names; raise `MappingError`.

    What it returns is plain data, fit to be kept with the case and given to decoders.
    """
    try:
        raw = read_yaml(path.read_text("utf-8-sig"))
        if "antennas_file" in raw:
            raw["antennas"] = _antennas_file(path.parent, raw.pop("antennas_file"))
        parse(path.stem, raw)
    except (MappingError, OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}: {error}") from error
    return raw


def _antennas_file(folder: Path, spec: object) -> list[dict[str, str]]:
    """Read the antennas' CSV file beside a mapping as rows of `ANTENNA_COLUMNS`."""
    wanted = {"file": str(spec)} if isinstance(spec, str) else dict(spec)  # type: ignore[call-overload]
    unknown = set(wanted) - {"file", *ANTENNA_COLUMNS}
    if "file" not in wanted or unknown:
        raise MappingError("antennas_file: needs `file`, and may name id, lat, lon, name, radius_m")
    path = folder / wanted["file"]
    if path.resolve().parent != folder.resolve():
        raise MappingError(f"antennas_file: {wanted['file']} is not beside the mapping")
    text = path.read_text("utf-8-sig")
    comma = max(",;\t|", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=comma)
    columns = [fold(name) for name in next(reader, [])]
    at = {}
    for key in ANTENNA_COLUMNS:
        name = fold(wanted.get(key, key))
        if name in columns:
            at[key] = columns.index(name)
        elif key in wanted or key in ("id", "lat", "lon"):
            raise MappingError(
                f"antennas_file: {path.name} has no column {name}: name it as `{key}`"
            )
    rows = [{k: row[n].strip() for k, n in at.items() if n < len(row)} for row in reader if row]
    antennas(list(rows))
    return rows


@cache
def builtin() -> dict[str, Layout]:
    """Return the mappings that come with Palermo, by name."""
    folder = resources.files("palermo.decode") / "mappings"
    files = sorted((file for file in folder.iterdir()), key=lambda file: file.name)
    return {
        file.name.removesuffix(".yaml"): parse(
            file.name.removesuffix(".yaml"), read_yaml(file.read_text("utf-8"))
        )
        for file in files
        if file.name.endswith(".yaml")
    }


def check(mapping: Mapping[str, Any], sample: BinaryIO, name: str = "draft") -> list[str]:
    """Say row by row what a mapping reads from a file's first rows, and what is wrong."""
    try:
        layout = parse(name, mapping)
    except MappingError as error:
        return [f"wrong: {error}"]
    sample.seek(0)
    head = sample.read(HEAD)
    try:
        book = Workbook(sample) if format_of(head) == "xlsx" else None
        found = fit(layout, Sight(head, "", book))
        if found is None or found.lacks:
            return [_misfit(layout, found)]
        return list(_says(layout, found, sample, head, book))
    except WorkbookError as error:
        return [f"wrong: the file {error}"]


def _misfit(layout: Layout, found: Found | None) -> str:
    if found is None:
        names = ", ".join(layout.needed().values()) or "as the mapping names"
        return f"wrong: no header with the columns {names} in the first rows"
    return f"wrong: the file lacks {', '.join(found.lacks)}; it has {', '.join(found.columns)}"


def _says(
    layout: Layout, found: Found, sample: BinaryIO, head: bytes, book: Workbook | None
) -> list[str]:
    reader = Reader(layout, found.columns, Statement(holder="name:the holder"), "")
    said = []
    handled = layout.handled()
    spare = [name for name in found.columns if fold(name) not in handled]
    if spare:
        said.append(f"not mapped, name or ignore them: {', '.join(spare)}")
    start = found.header.number if found.header else layout.outside.preamble or 0
    rows = (row for row in table_rows(sample, found, head, book) if row.number > start)
    written = []
    for row in islice(rows, SAMPLE):
        if layout.kind is None:
            said.append(f"row {row.number}: an antenna")
            continue
        event, faults = reader.event(row)
        said.append(f"row {row.number}: {_summary(event) if event else 'no event'}")
        said += [f"row {row.number}: wrong: {message}" for _, message in faults]
        if event and event.time_written:
            written.append(event.time_written)
    return said + _doubts(layout, written)


def _summary(event: Event) -> str:
    parts = [event.kind.value]
    if event.time:
        parts.append(f"{event.time:%Y-%m-%d %H:%M:%S} UTC ({event.zone}, ± {event.time_error} s)")
    if event.amount is not None:
        parts.append(f"{event.amount} {event.currency or 'no currency'}")
    if event.lat is not None:
        parts.append(f"at {event.lat}, {event.lon}")
    parts += [event.place] if event.place else []
    parts += [f"{party.role} {party.kind} {party.value}" for party in event.parties]
    parts += [f"{k} {v}" for k, v in event.details.items() if k != "mapping"]
    return "; ".join(parts)


def _doubts(layout: Layout, written: list[str]) -> list[str]:
    """Say where the sample does not tell the mapping's reading from another one."""
    said = []
    for form in layout.time.formats if layout.time else ():
        if "%d" not in form or "%m" not in form:
            continue
        other = form.replace("%d", "%\0").replace("%m", "%d").replace("%\0", "%m")
        mine = [text for text in written if readable(text, form)]
        if mine and all(readable(text, other) for text in mine):
            said.append(f"doubtful: every date sampled would also be read by {other}")
    return said


def suggest(head: bytes, name: str = "") -> dict[str, Any] | None:
    """Propose a mapping for a table with a common header, or None.

    A draft for a person to correct and save: it guesses, and is never used by itself.
    """
    return draft(head, name)
