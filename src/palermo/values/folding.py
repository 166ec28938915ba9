"""Folds many texts at once, exactly as `text.fold` folds one."""

import polars as pl
import pyarrow as pa

from palermo.values.text import LETTERS, SPACELESS, pairs

_FROM = [chr(letter) for letter in LETTERS]
_TO = [other or "" for other in LETTERS.values()]
# Small letters that case folding, unlike lowering, turns into others: ß, final sigma, Cherokee ...
# There are none above: ideographs have no case.
_CASES = {c: c.casefold() for c in map(chr, range(0x20000)) if c == c.lower() != c.casefold()}


def fold_all(texts: pl.Series) -> pl.Series:
    """Return texts folded, each as `fold` folds it; null stays null.

    No rule looks past a blank, and few different words make up many texts: each is folded once.
    """
    words = texts.str.split(" ")
    flat = words.explode(empty_as_null=False, keep_nulls=False)
    different = flat.unique()
    folded = flat.replace_strict(different, _folded(different), return_dtype=pl.String)
    ends = words.list.len().fill_null(0).cum_sum().cast(pl.Int64)
    offsets = pa.concat_arrays([pa.array([0], pa.int64()), ends.to_arrow()])
    lists = pa.LargeListArray.from_arrays(
        offsets, folded.to_arrow(compat_level=pl.CompatLevel.oldest())
    )
    joined = pl.Series(pl.from_arrow(lists)).list.join(" ")
    return joined.set(texts.is_null(), None) if texts.has_nulls() else joined


def _folded(texts: pl.Series) -> pl.Series:
    ascii = texts.str.len_bytes() == texts.str.len_chars()
    if ascii.all():
        return texts.str.to_lowercase()
    others = _plain(texts.filter(~ascii))
    spaceless = others.str.contains(SPACELESS.pattern)
    if spaceless.any():
        cut = [SPACELESS.sub(pairs, text) for text in others.filter(spaceless)]
        others = others.scatter(spaceless.arg_true(), cut)
    return texts.str.to_lowercase().scatter((~ascii).arg_true(), others)


def _plain(texts: pl.Series) -> pl.Series:
    bare = _bare(_letters(texts))
    lowered = _letters(bare).str.to_lowercase().str.replace_many([*_CASES], [*_CASES.values()])
    return _bare(lowered, last=True).str.normalize("NFC")


def _letters(texts: pl.Series) -> pl.Series:
    return texts.str.replace_many(_FROM, _TO)


def _bare(texts: pl.Series, last: bool = False) -> pl.Series:
    apart = texts.str.normalize("NFKD")
    return (_letters(apart) if last else apart).str.replace_all(r"\p{Mn}", "")
