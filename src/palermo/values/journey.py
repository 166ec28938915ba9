"""Words and signs that join places to a journey, in many languages; read from `words/route.yaml`."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import polars as pl

from palermo.values.lines import APART, SPACELESS
from palermo.values.phrases import load

_ARROWS = "→|⇒|➡|⟶|➔|➜|»|=>|->|–>|—>|➝|↠|↣|⇢|✈"
_DASHES = "[-‐‑–—−~]"
_NAME = r"[\p{Lu}\p{Lo}]"
_APOSTROPHE = re.compile("['’]")
_SIGN = re.compile("(?P<arrow>[→⇒➡⟶➔➜»➝↠↣⇢✈]|[-=–—]+>)|(?P<dash>[-‐‑–—−~])")
_ROLES = ("via", "from", "to", "from_after", "to_after", "via_after")
# Turkish case endings, after a name's apostrophe.
_ENDINGS = {e: "from_after" for e in ("dan", "den", "tan", "ten")}
_ENDINGS |= {e: "to_after" for e in ("a", "e", "ya", "ye", "na", "ne")}
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff\u200c]+[^\W\d_]*)*")
_MARKS = re.compile("[\u0300-\u036f\u0900-\u0dff\u200c]")

Span = tuple[int, int]


def cut(text: str) -> list[Span]:
    """Return where the words of a text stand; an apostrophe parts words."""
    return [m.span() for m in (_MARKED if _MARKS.search(text) else _WORD).finditer(text)]


class Join(NamedTuple):
    """A word or sign of a journey in a text: its role, and whether it needs another beside it."""

    start: int
    end: int
    role: str  # from, to, via, from_after, to_after, via_after, arrow, dash
    weak: bool = False


class _Word(NamedTuple):
    role: str
    weak: bool
    elided: bool  # an apostrophe follows: "d'Alger"


def _written(key: str) -> Iterator[tuple[str, bool]]:
    """Yield a role's words, and whether each is weak."""
    for several in load("route")[key].values():
        for one in re.split(r"\s*,\s*", several.strip()):
            yield one.removeprefix("~"), one.startswith("~")


@cache
def _words() -> dict[tuple[str, ...], _Word]:
    """Words of a journey as they are cut, the strong ones before the weak."""
    known: dict[tuple[str, ...], _Word] = {}
    for role in _ROLES:
        for written, weak in sorted(_written(role), key=lambda pair: pair[1]):
            if not APART.search(written):
                parts = tuple(written[a:b].lower() for a, b in cut(written))
                known.setdefault(parts, _Word(role, weak, written.endswith("'")))
    return known


@cache
def _apart() -> re.Pattern[str]:
    """The words of a journey in scripts without spaces."""
    by_role = {role: [w for w, _ in _written(role) if APART.search(w)] for role in _ROLES}
    return re.compile("|".join(f"(?P<{r}>{_any(words)})" for r, words in by_role.items() if words))


def read(text: str, words: Sequence[Span]) -> list[Join]:
    """Return what can join places in a text that is cut into `words`, from left to right."""
    found = [Join(*m.span(), m.lastgroup or "") for m in _SIGN.finditer(text)]
    if APART.search(text):
        found += [Join(*m.span(), m.lastgroup or "") for m in _apart().finditer(text)]
    known, begun = _words(), _begun()
    low = text.replace("İ", "i").lower()
    lower = [low[a:b] for a, b in words]
    for at, word in enumerate(lower):
        if word in begun:
            for n in range(min(3, len(words) - at), 0, -1):
                said = known.get(tuple(lower[at : at + n]))
                if said and _fits(text, words[at + n - 1], said):
                    found.append(Join(words[at][0], words[at + n - 1][1], said.role, said.weak))
                    break
    for sign in _APOSTROPHE.finditer(text):
        at = bisect_left(words, (sign.end(), 0))
        if at < len(words) and words[at][0] == sign.end() and lower[at] in _ENDINGS:
            found.append(Join(sign.start(), words[at][1], _ENDINGS[lower[at]]))
    return sorted(found)


@cache
def _begun() -> frozenset[str]:
    return frozenset(parts[0] for parts in _words())


def _fits(text: str, last: Span, word: _Word) -> bool:
    return not word.elided or _APOSTROPHE.match(text, last[1]) is not None


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, set(words)), key=lambda w: (-len(w), w)))


@cache
def _candidates() -> tuple[str, ...]:
    """Rust's regexes of the texts in which places may be joined at all: each is quick by itself, and
    all in one are not."""
    words = {role: [w for w, _ in _written(role) if not APART.search(w)] for role in _ROLES}
    apart = {role: [w for w, _ in _written(role) if APART.search(w)] for role in _ROLES}
    starts, ends = _any(words["from"]), _any(words["to"])
    strong = _any([w for w, weak in _written("to") if len(w) > 1 and not weak and w in words["to"]])
    name = rf"(?:\p{{L}}{{1,3}}['’\s])?{_NAME}"
    inside = r"[^.!?;\n]{1,60}?"
    before = r"(?:^|[^\p{L}])"
    return (
        _ARROWS,
        rf"[\p{{L}}\p{{M}}]{_DASHES}{_NAME}",
        rf"[\p{{L}}\p{{M}}]\s{_DASHES}\s{_NAME}",
        rf"{before}(?i:{starts})\s?{name}{inside}[^\p{{L}}](?i:{ends})\s?{name}",
        rf"{before}(?i:{strong})\s{name}{inside}[^\p{{L}}](?i:{starts})\s?{name}",
        rf"{_NAME}[\p{{L}}\p{{M}}]+\s(?i:{strong})\s{_NAME}",
        rf"{before}(?i:from)\s\p{{L}}+\s(?:\p{{L}}+\s)?(?i:to)\s\p{{L}}",
        rf"[\p{{L}}\p{{M}}]\s(?:{_any(words['from_after'])})\s",
        r"['’](?:[dt][ae]n)[^\p{L}]",
        rf"(?:{_any(apart['from'])})\s?[{SPACELESS}]{{2,40}}\s?(?:{_any(apart['to'])})",
    )


def candidates(texts: pl.Series) -> pl.Series:
    """Return of each text whether places may be joined in it."""
    text = pl.col("text")
    marks = [text.str.contains(pattern) for pattern in _candidates()]
    return pl.DataFrame({"text": texts}).select(pl.any_horizontal(marks)).to_series()
