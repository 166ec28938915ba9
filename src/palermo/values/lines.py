"""Lays texts out as lines in which phrases can be looked for, and leads from a line back to its text.

A line is folded, in small letters without accents; what joins words is one space; one stands before.
"""

import re
import unicodedata
from bisect import bisect_right

import polars as pl

# Scripts that write no spaces: a phrase may stand anywhere in a run of them.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_ACCENT = re.compile("[\u00c0-\u00de\u00e0-\u012f\u0131-\u024f\u1e00-\u1eff]")
APART = re.compile(f"[{SPACELESS}]")
STOPS = ".,;:!?()\n،。，؛、！？；："
_LOOSE = rf"[^\p{{L}}\p{{M}}\p{{N}}%{re.escape(STOPS)}]"  # Rust's regex, as the next
_CLOSE = rf"[{re.escape(STOPS)}]([\p{{L}}\p{{M}}\p{{N}}%])"
_MEETS = rf"([{SPACELESS}])([^{SPACELESS} ])"  # a script without spaces, and another
_MET = rf"([^{SPACELESS} ])([{SPACELESS}])"
_MEETING = re.compile(_MEETS)
_RUN = re.compile("  +")
# Up to a stop that ends it: one that no letter follows, which would make it a sign between words.
_CLAUSE = (
    rf"(?:[^{re.escape(STOPS)}]|[{re.escape(STOPS)}][\p{{L}}\p{{M}}\p{{N}}%])+[{re.escape(STOPS)}]*"
    rf"|[{re.escape(STOPS)}]+"
)


def _folds() -> dict[str, str]:
    """Letters that count as others, each one for one, so that spans stay what they are."""
    folds = dict(zip("đłøıæœðþßİёй", "dloiaoptsiеи", strict=True))
    folds |= dict(zip("أإآٱىیېکةۀہھۃؤئ", "اااايييكهههههوي", strict=True))
    folds |= dict.fromkeys("'’ʼ`´‘-‐‑\u200c\u00a0\u2009\u202f\t", " ")
    for code in (*range(0xC0, 0x250), *range(0x400, 0x530), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        plain = unicodedata.normalize("NFKD", letter)[0].lower()
        if plain != letter and plain.isalpha():
            folds.setdefault(letter, folds.get(plain, plain))
    return folds | {a.upper(): b for a, b in folds.items() if len(a.upper()) == 1}


_FOLDS = _folds()
_TABLE = str.maketrans(_FOLDS)


def fold(text: str) -> str:
    """Return `text` in small letters without accents, with a space for what joins words; every code
    point stays in its place."""
    return text.translate(_TABLE).lower()


def folded(texts: pl.Series) -> pl.Series:
    """Fold many texts at once."""
    plain = pl.col("text").str.replace_many([*_FOLDS], [*_FOLDS.values()]).str.to_lowercase()
    return pl.DataFrame({"text": texts}).select(plain).to_series()


def lines(texts: pl.Series) -> pl.DataFrame:
    """Return texts with their place (`at`, `written`), folded (`text`); with spaces for signs and for
    stops that no space follows (`loose`); so with single spaces, one before, and one where scripts
    meet (`line`); and so without stops and with one after (`plain`), where every whole word of a
    script that writes spaces has a space on either side."""
    table = pl.DataFrame({"written": texts, "text": folded(texts)}).with_row_index("at")
    loose = pl.col("text").str.replace_all(_LOOSE, " ").str.replace_all(_CLOSE, " ${1}")
    own = pl.col("loose").str.replace_all(_MEETS, "${1} ${2}").str.replace_all(" {2,}", " ")
    table = table.with_columns(loose=loose).with_columns(line=pl.lit(" ") + own)
    plain = pl.col("line").str.replace_all(f"[{re.escape(STOPS)}]", " ") + " "
    # Beside, a phrase that itself holds what parts it from its neighbours here is still found.
    parted = plain.str.replace_all("%", " ").str.replace_all(_MET, "${1} ${2}")
    both = pl.when(plain.str.contains(f"%|{_MET}")).then(plain + parted).otherwise(plain)
    return table.with_columns(plain=both)


def clauses(texts: pl.Series) -> pl.DataFrame:
    """Return the different clauses (`text`) that texts consist of, cut where no phrase reaches over;
    and where each stands: in which texts (`at`), from which code point on (`starts`)."""
    cut = pl.DataFrame({"text": texts}).select(pl.col("text").str.extract_all(_CLAUSE))
    cut = cut.with_row_index("at").explode("text", empty_as_null=False, keep_nulls=False)
    length = pl.col("text").str.len_chars()
    cut = cut.with_columns(starts=(length.cum_sum() - length).over("at"))
    return cut.group_by("text", maintain_order=True).agg("at", "starts")


class Way:
    """Leads from places in a line, which has a space before it and others elsewhere, to its text."""

    def __init__(self, loose: str, line: str) -> None:
        same = line[1:] == loose
        self._starts, self._shifts = ([0], [0]) if same else _moves(loose)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the text a stretch of the line stands."""
        first, last = start - 1, end - 2  # without the space before
        first += self._shifts[bisect_right(self._starts, first) - 1]
        last += self._shifts[bisect_right(self._starts, last) - 1]
        return first, last + 1


def _moves(loose: str) -> tuple[list[int], list[int]]:
    """Return from which places in a line on it stands by how much before its text: spaces that
    follow a space are left out of it, and one is put in where scripts meet."""
    found = [(m.start() + 1, m.end() - m.start() - 1) for m in _RUN.finditer(loose)]
    found += [(m.start(2), -1) for m in _MEETING.finditer(loose)]
    starts, shifts = [0], [0]
    for at, more in sorted(found):
        starts.append(at - shifts[-1] + (1 if more < 0 else 0))
        shifts.append(shifts[-1] + more)
    return starts, shifts


def goes_on(a: str, b: str) -> bool:
    """Whether two neighbours belong to one word of a script that writes spaces."""
    if not _of_a_word(b) or not _of_a_word(a):
        return False
    return (a < "\u0e00" and b < "\u0e00") or not (APART.match(a) or APART.match(b))


def _of_a_word(c: str) -> bool:
    return c.isalnum() or (not c.isascii() and unicodedata.category(c)[0] == "M")


def accented(text: str) -> bool:
    """Whether a text has Latin letters with accents."""
    return not text.isascii() and _ACCENT.search(text) is not None
