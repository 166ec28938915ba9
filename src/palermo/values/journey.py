"""Words and signs that join places to a journey, in many languages; read from `words/route.yaml`."""

import re
from functools import cache
from typing import NamedTuple

import polars as pl

from palermo.values.phrases import APART, SPACELESS, Phrases, load

ARROWS = "→|⇒|➡|⟶|➔|➜|»|=>|->|–>|—>|➝|↠|↣|⇢|✈"
_DASHES = "[-‐‑–—−~]"
_NAME = r"[\p{Lu}\p{Lo}]"
_HAN_FROM, _HAN_TO = "从|由|自|從", "到|至|去|往|前往|飞"
_AFTER = ("from_after", "to_after", "via_after")
# Turkish case endings after a name's apostrophe.
_TURKISH = r"(?P<from_after>['’](?:dan|den|tan|ten)\b)|(?P<to_after>['’](?:y?[ae]|n[ae])\b)"


class Join(NamedTuple):
    """A word or sign of a journey in a text: its role, and whether it needs another beside it."""

    start: int
    end: int
    role: str  # from, to, via, from_after, to_after, via_after, arrow, dash
    weak: bool


def _ways(key: str) -> tuple[list[str], list[str], list[str]]:
    """Return a role's words, its weak words, and those of scripts without spaces."""
    strong, weak, apart = [], [], []
    for several in load("route")[key].values():
        for one in re.split(r"\s*,\s*", several.strip()):
            word = re.escape(one.removeprefix("~")).replace(r"\ ", r"\s")
            kept = apart if APART.search(one) else weak if one.startswith("~") else strong
            kept.append(re.sub("['’]", "['’]", word))
    return strong, weak, apart


def _any(words: list[str]) -> str:
    return "|".join(sorted(set(words), key=lambda w: (-len(w), w))) or "(?!)"


@cache
def joins() -> re.Pattern[str]:
    parts = [rf"(?P<arrow>\s*(?:{ARROWS})\s*)", rf"(?P<dash>\s*{_DASHES}\s*)", _TURKISH]
    for key in ("via", "from", "to"):
        strong, weak, apart = _ways(key)
        weak = [w for w in weak if w not in strong]
        parts.append(rf"(?P<{key}>(?<!\w)(?:{_any(strong)})(?:(?<=['’])|(?!\w))|(?:{_any(apart)}))")
        parts.append(rf"(?P<weak_{key}>(?<!\w)(?:{_any(weak)})(?!\w))")
    for key in _AFTER:
        name = f"said_{key}"
        parts.append(rf"(?P<{name}>(?<!\w)(?:{_any(_ways(key)[0])})(?!\w))")
    return re.compile("|".join(parts), re.I)


def read(text: str) -> list[Join]:
    """Return the words and signs of a text that can join places, from left to right."""
    found = []
    for match in joins().finditer(text):
        group = match.lastgroup or ""
        role = group.removeprefix("said_").removeprefix("weak_")
        found.append(Join(*match.span(), role, group.startswith("weak_")))
    return found


@cache
def candidate() -> str:
    """Rust's regex of the texts in which places may be joined at all; most have none."""
    starts, to = _any(_ways("from")[0]), _any(_ways("to")[0] + _ways("to")[1])
    strong = _any([w for w in _ways("to")[0] if len(w) > 1])
    after = "|".join(w for key in _AFTER[:1] for w in _ways(key)[0])
    inside = rf"[^.!?;\n]{{1,60}}?"
    name = rf"(?:\p{{L}}{{1,3}}['’\s])?{_NAME}"
    patterns = (
        ARROWS,
        rf"[\p{{L}}\p{{M}}]{_DASHES}{_NAME}",
        rf"[\p{{L}}\p{{M}}]\s{_DASHES}\s{_NAME}",
        rf"(?:^|[^\p{{L}}])(?i:{starts})\s?{name}{inside}[^\p{{L}}](?i:{to})\s?{name}",
        rf"(?:^|[^\p{{L}}])(?i:{strong})\s{name}{inside}[^\p{{L}}](?i:{starts})\s?{name}",
        rf"{_NAME}[\p{{L}}\p{{M}}]+\s(?i:{strong})\s{_NAME}",
        r"(?:^|[^\p{L}])(?i:from)\s\p{L}+\s(?:\p{L}+\s)?(?i:to)\s\p{L}",
        rf"[\p{{L}}\p{{M}}]\s(?:{after})\s",
        r"['’](?:[dt][ae]n)[^\p{L}]",
        rf"(?:{_HAN_FROM})[{SPACELESS}]{{2,24}}(?:{_HAN_TO})[{SPACELESS}]",
        rf"จาก\s?[{SPACELESS}]{{3,40}}?\s?(?:ไป|ถึง|สู่)",
    )
    return "|".join(f"(?:{p})" for p in patterns).replace("(?!)|", "").replace("(?!\\w)", "")


@cache
def _travel() -> Phrases:
    return Phrases({"travel": load("route")["travel"]})


def travelling(texts: pl.Series) -> set[int]:
    """Return which of the texts speak of travel."""
    return {index for index, _, _ in _travel().find(texts)}
