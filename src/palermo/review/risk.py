"""Which events tell of a risk to life or to a child: stated ages and birth dates, and the words of
the operator's lists. Nothing else counts: no language, nationality, look or style.

A sign rests on the claim or the words that state it. Lists are the operator's own; we bring none.
Pure: tables in, `RISKS` out.
"""

import re
import unicodedata
from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import pyarrow as pa

from palermo.safeguards.masking import CONTACT, PERSONAL
from palermo.store.engine import Tables
from palermo.store.lake import RISKS
from palermo.values.date import full_year
from palermo.values.text import plain

VERSION = "1"
CHILD = 18  # Convention on the Rights of the Child, article 1
KINDS = ("life", "child")
ROWS = 8192
# Words that say of the date after them that it is a birth date.
_BEFORE = (
    r"\bborn\b|\bbirth ?date\b|\b(?:date|year) of birth\b|\bd\.?\s?o\.?\s?b\b\.?|\bnacid[oa]s?\b|\bnaci[oó]|"
    r"\bfecha de nacimiento|\bn[aă]scut[aăe]?|\bdata na[sșş]terii|родил(?:ся|ась|ись)|"
    r"дата рождения|\bnée?s? (?:le|en)\b|\bdate de naissance|\bgeboren\b|\bgeb\.|"
    r"\bgeburtsdatum|\bnat[oa] (?:il|nel)\b|\bdata di nascita|\bnascid[oa]s?\b|\bnasceu\b|"
    r"\bdata de nascimento|\bsinh (?:ngày|năm)|\b(?:ngày|năm) sinh|出生(?:日期|于|於)?|生于|生於|"
    r"วันเกิด|ปีเกิด|เกิดปี|مواليد|تاريخ الميلاد|تاريخ الولادة"
)
# The same of the date before them.
_AFTER = r"\s?(?:出生|生まれ|г\.?\s?р\.|г(?:ода|\.)\s?рождения|года? рождения)"
_BORN = re.compile(_BEFORE, re.IGNORECASE)
_BORN_AFTER = re.compile(_AFTER, re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
REACH = 25  # code points between the word and its date: "born on the 5th of"
_APART = re.compile(r"[\d;!?]|\.\s+[A-Z]")  # what shows that the date is another sentence's


@dataclass(frozen=True, slots=True)
class Sign:
    event: str
    to: str
    sign: str
    value: str
    reason: str
    claim: str | None


def signs(tables: Tables, lists: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """Return `RISKS` for what the events and claims state; `lists`: name → what `parse` gave."""
    found = [*_ages(tables), *_births(tables), *_documents(tables), *_words(tables, lists)]
    once = {(s.event, s.sign, s.value): s for s in reversed(found)}
    about = _about(tables, {s.event for s in found})
    within = {
        (about[s.event]["within"], s.sign, s.value) for s in found if about[s.event]["within"]
    }
    rows = [
        {"of": about[s.event]["posting"] or s.event}
        | {name: getattr(s, name) for name in RISKS.names if name != "of"}
        # A page says again what the adverts in it say.
        for key, s in sorted(once.items())
        if not (about[s.event]["kind"] == "page" and key in within)
    ]
    return pa.Table.from_pylist(rows, schema=RISKS)


def _about(tables: Tables, events: set[str]) -> dict[str, dict[str, Any]]:
    rows = tables.sql(
        "SELECT id, kind, posting, within FROM events WHERE id IN (SELECT unnest(?))",
        [sorted(events)],
    )
    return {row["id"]: row for row in rows.to_pylist()}


# --- stated ages and dates --------------------------------------------------------------------


def _ages(tables: Tables) -> Iterator[Sign]:
    rows = tables.sql(
        f"""SELECT event, value, min(id) AS claim FROM claims
            WHERE kind = 'age' AND TRY_CAST(value AS INTEGER) < {CHILD}
            GROUP BY event, value ORDER BY event, value"""
    )
    for row in rows.to_pylist():
        reason = f"it states an age of {row['value']}"
        yield Sign(row["event"], "child", "age", row["value"], reason, row["claim"])


def _latest(tables: Tables) -> datetime | None:
    latest: datetime | None = tables.sql("SELECT max(time) AS t FROM events")["t"][0].as_py()
    return latest


def _births(tables: Tables) -> Iterator[Sign]:
    """Yield signs for birth dates that texts state, by a date's claim or as a bare year."""
    rows = tables.sql(
        "SELECT id, time, text FROM events WHERE regexp_matches(text, ?) ORDER BY id",
        [f"(?i){_BEFORE}|{_AFTER.removeprefix(chr(92) + 's?')}"],
    ).to_pylist()
    dates: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables.sql(
        """SELECT event, id, value, start, "end" FROM claims WHERE kind = 'date'
           AND start IS NOT NULL AND event IN (SELECT unnest(?)) ORDER BY start, id""",
        [[row["id"] for row in rows]],
    ).to_pylist():
        dates[row["event"]].append(row)
    latest = _latest(tables) if rows else None
    for row in rows:
        at = row["time"] or latest
        for value, claim in stated_births(row["text"], dates[row["id"]]):
            yield from _young(row["id"], value, at, claim, "a birth date that it states")


def _documents(tables: Tables) -> Iterator[Sign]:
    """Yield signs for the birth dates in travel documents' machine-readable zones."""
    rows = tables.sql(
        """SELECT c.event, c.id, c.details['born'] AS born, e.time FROM claims c
           JOIN events e ON e.id = c.event
           WHERE c.kind = 'document' AND c.details['born'] <> '' ORDER BY c.id"""
    ).to_pylist()
    latest = _latest(tables) if rows else None
    for row in rows:
        what = "the birth date in a travel document"
        yield from _young(row["event"], row["born"], row["time"] or latest, row["id"], what)


def stated_births(
    text: str, dates: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, str | None]]:
    """Yield (date, its claim) where a text says of a date that somebody was born then; `dates` are
    the text's claims of kind date. A year alone has no claim."""
    for born in _BORN.finditer(text):
        near = [d for d in dates if 0 <= d["start"] - born.end() <= REACH]
        near = [d for d in near if not _APART.search(text[born.end() : d["start"]])]
        first = min((d["start"] for d in near), default=None)
        yield from ((d["value"], d["id"]) for d in near if d["start"] == first)
        year = _YEAR.search(text, born.end(), born.end() + REACH)
        if not near and year and not _APART.search(text[born.end() : year.start()]):
            yield str(full_year(year.group())), None
    for d in dates:
        if _BORN_AFTER.match(text, d["end"]):
            yield d["value"], d["id"]
    taken = [(d["start"], d["end"]) for d in dates]
    for year in _YEAR.finditer(text):
        inside = any(start <= year.start() < end for start, end in taken)
        if not inside and _BORN_AFTER.match(text, year.end()):
            yield str(full_year(year.group())), None


def age_at(born: str, at: date) -> tuple[int, int] | None:
    """Return the lowest and highest age in full years at a day of whoever was born on an ISO date,
    as precise as it is; None where that is no date, or lies after the day."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", born)
    if not match:
        return None
    year, month = int(match[1]), int(match[2] or 0)
    day = int(match[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    if first > at:
        return None
    return max(0, _years(last, at)), _years(first, at)


def _years(born: date, at: date) -> int:
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def _young(
    event: str, born: str, at: datetime | None, claim: str | None, what: str
) -> Iterator[Sign]:
    ages = age_at(born, at.date()) if at else None
    if ages is None or ages[0] >= CHILD:
        return
    # Not the date itself: it is nobody's business who sees that there is a risk.
    old = str(ages[0]) if ages[0] == ages[1] else f"{ages[0]} or {ages[1]}"
    yield Sign(event, "child", "born", born, f"by {what}, somebody was {old} at the time", claim)


# --- the operator's lists ---------------------------------------------------------------------


class ListError(ValueError):
    """What is wrong with a list of words."""


def parse(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a list as it is kept, ``{"risk": "life" or "child", "words": [...]}``; an empty list of
    words is a list that nothing is on. Raises `ListError`."""
    if unknown := sorted(raw.keys() - {"risk", "words"}):
        raise ListError(f"knows no {', '.join(map(repr, unknown))}: only risk and words")
    if raw.get("risk") not in KINDS:
        raise ListError(f"says under risk what its words tell of: {' or '.join(KINDS)}")
    words = raw.get("words") or []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ListError("has its words as a list of texts")
    for word in words:
        if not any(c.isalnum() for c in word.translate(LETTERS)):
            raise ListError(f"has {word!r}, in which there is no letter or figure")
    return {"risk": raw["risk"], "words": [" ".join(word.split()) for word in words]}


class _Letters(dict[int, str]):
    """Folds one letter at a time, for `str.translate`: no case, no accents; spaces and hyphens are
    one, and what is not seen (marks of direction, soft hyphens) is gone."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if category == "Cf":
            folded = ""
        elif letter.isspace() or category == "Pd":
            folded = " "
        else:
            folded = unicodedata.normalize("NFKD", plain(letter))
        self[code] = folded
        return folded


LETTERS = _Letters()
# Thai, Lao, Burmese, Khmer, Chinese and Japanese write no spaces between words.
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A list's word or words, ready to be looked for in folded texts."""

    name: str  # of its list
    to: str
    written: str
    needle: str  # its longest word
    pattern: re.Pattern[str]


def phrases(lists: Mapping[str, Mapping[str, Any]]) -> list[Phrase]:
    found = []
    for name, content in sorted(lists.items()):
        for written in content["words"]:
            words = written.translate(LETTERS).split()
            pattern = re.compile(r"\s+".join(map(re.escape, words)))
            longest = max(words, key=len)
            found.append(Phrase(name, content["risk"], written, longest, pattern))
    return found


def _in_word(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter)[0] in "LMN"


def whole(folded: str, start: int, end: int) -> bool:
    """Whether a stretch of folded text is not a part of a longer word; in scripts without spaces a
    word stands wherever it is written."""
    ends = ((folded[start - 1 : start], folded[start]), (folded[end : end + 1], folded[end - 1]))
    return not any(
        _in_word(outer) and _in_word(inner) and not _SPACELESS.match(inner) for outer, inner in ends
    )


def spans(text: str, phrase: Phrase) -> list[tuple[int, int]]:
    """Return where a text has a phrase in whole words, in code points of the text."""
    folded = text.translate(LETTERS)
    found = [m.span() for m in phrase.pattern.finditer(folded) if whole(folded, *m.span())]
    if not found:
        return []
    ends, total = [], 0  # by code point of the text: where its folded form ends
    for letter in text:
        total += len(letter.translate(LETTERS))
        ends.append(total)
    return [(bisect_left(ends, a + 1), bisect_left(ends, b) + 1) for a, b in found]


def _words(tables: Tables, lists: Mapping[str, Mapping[str, Any]]) -> Iterator[Sign]:
    wanted = phrases(lists)
    if not wanted:
        return
    hits = list(_hits(tables, wanted))
    hidden = _hidden(tables, sorted({event for event, _, _ in hits}))
    for event, phrase, where in hits:
        # A list is no way to find out whose masked name or number an event bears.
        covered = hidden[event]
        if all(any(s < end and start < e for start, end in covered) for s, e in where):
            continue
        reason = f"it has “{phrase.written}”, which is on this case's list “{phrase.name}”"
        yield Sign(event, phrase.to, "words", f"{phrase.name}/{phrase.written}", reason, None)


def _hits(
    tables: Tables, wanted: Sequence[Phrase]
) -> Iterator[tuple[str, Phrase, list[tuple[int, int]]]]:
    """Yield event, phrase and where it stands; texts without any needle are passed over at once."""
    needles = sorted({phrase.needle for phrase in wanted})
    for batch in tables.stream("SELECT id, text FROM events WHERE text <> '' ORDER BY id", ROWS):
        texts = batch.column("text").to_pylist()
        folded = pl.Series([text.translate(LETTERS) for text in texts], dtype=pl.String)
        candidates = folded.str.contains_any(needles).arg_true().to_list()
        for row in candidates:
            for phrase in wanted:
                if phrase.needle in folded[row] and (where := spans(texts[row], phrase)):
                    yield batch.column("id")[row].as_py(), phrase, where


def _hidden(tables: Tables, events: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Return by event the spans of claims that are or may be masked."""
    kinds = ", ".join(f"'{kind}'" for kind in sorted(PERSONAL | CONTACT))
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in tables.sql(
        f"""SELECT event, start, "end" AS stop FROM claims
            WHERE kind IN ({kinds}) AND start IS NOT NULL AND event IN (SELECT unnest(?))""",
        [list(events)],
    ).to_pylist():
        found[row["event"]].append((row["start"], row["stop"]))
    return found
