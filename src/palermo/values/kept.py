"""Keeps what takes long to make beside the module that makes it, as Python keeps compiled modules.

A file holds columns of Arrow, is mapped and not read, and so costs next to nothing to open. Its name
tells what it was made of: of other sources another file is made. Where none can be written, what is
made serves this process alone.
"""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import polars as pl
import pyarrow as pa

Columns = Mapping[str, pa.Array]


def kept(
    module: str, name: str, made_of: Sequence[Path | str], make: Callable[[], Columns]
) -> Columns:
    """Return the columns that `make` makes, kept beside the file `module`. They depend on nothing but
    that file, `made_of` (files, or versions of libraries) and polars, whose hashes they may hold."""
    told = "\n".join(map(_told, [Path(module), *made_of, f"polars {pl.__version__}"]))
    digest = hashlib.sha256(told.encode()).hexdigest()[:12]
    path = Path(cache_from_source(module)).with_name(f"{name}-{digest}.arrow")
    try:
        return _read(path)
    except (OSError, pa.ArrowInvalid):
        made = make()
    with suppress(OSError):  # a folder that may not be written, or is full
        _write(path, made)
        for older in path.parent.glob(f"{name}-*.arrow"):
            if older != path:
                older.unlink()
    return made


def _told(source: Path | str) -> str:
    if isinstance(source, str):
        return source
    about = source.stat()
    return f"{source.name} {about.st_size} {about.st_mtime_ns}"


def _read(path: Path) -> Columns:
    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
    return {
        name: column.chunk(0).values
        for name, column in zip(table.column_names, table.columns, strict=True)
    }


def _write(path: Path, columns: Columns) -> None:
    """Write columns of any lengths, each as one list; whoever opens the file finds all or nothing."""
    lists = {
        name: pa.LargeListArray.from_arrays(pa.array([0, len(column)], pa.int64()), column)
        for name, column in columns.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        table = pa.table(lists)
        with pa.ipc.new_file(str(draft), table.schema) as out:
            out.write_table(table)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
