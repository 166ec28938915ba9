"""Reads lists of phrases by value and language, and finds them in texts of any script.

A list is a YAML file of ``value: {language: phrases}``; phrases stand apart by commas. In a phrase
``a/b`` is either word, ``a_b`` two words in the place of one, ``a/b?`` may be missing, ``a*`` has any
ending, ``..`` is up to three words; ``~a`` is a weak phrase. Neither case counts nor what joins words,
nor accents that are left out.
"""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from typing import NamedTuple

import polars as pl
import yaml

from palermo.values.lines import (
    APART,
    SPACELESS,
    STOPS,
    Way,
    accented,
    clauses,
    fold,
    folded,
    goes_on,
    lines,
)

_WORD = f"[^ {re.escape(STOPS)}{SPACELESS}]"
_GAP = f"(?: {_WORD}+){{0,3}}"
_CLITICS = ("", "و", "ف", "ب", "ل")  # what Arabic writes together with the word after it
# Marks that belong to the letter before; Python's \w has none of them.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09d7"
_BEGINS = rf"(?:(?<![^\W_])(?<![{_MARKS}])|(?<=[{SPACELESS}]))"
_ENDS = rf"(?:(?![^\W_]|[{_MARKS}])|(?=[{SPACELESS}]))"
_DOTTED = re.compile("\u093c")  # the dot under borrowed letters of Hindi, often left out
_SHORT = 5  # characters up to which accents count
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Lists = Mapping[str, Mapping[str, str]]
Read = tuple[int, str, list["Said"]]  # a text's index, the text folded, its phrases


class Phrase(NamedTuple):
    value: str
    language: str
    weak: bool
    accents: bool  # whether the list writes it with accents


class Said(NamedTuple):
    """A phrase in a text; `start` and `end` in code points."""

    start: int
    end: int
    phrase: Phrase


class Word(NamedTuple):
    """A word of a phrase, folded: any of `either`; of the gap there is none."""

    either: tuple[str, ...]
    optional: bool = False


GAP = Word(())


class _Loose:
    """A phrase with a gap or with any ending: where its core stands, a regex reads what is around."""

    def __init__(self, words: tuple[Word, ...], apart: bool, phrase: Phrase) -> None:
        self._words, self._apart, self._phrase = words, apart, phrase
        core = self.core = _core(words)
        self._led = list(words[: len(core)]) == core

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_pattern(self._words, self._apart))

    def find(self, line: str, core: str) -> Iterator[Said]:
        """Yield where the phrase stands of which `core`, one of the ways to write it, is in the line."""
        if not self._led:
            for match in self._pattern.finditer(line):
                yield Said(*match.span(), self._phrase)
            return
        at = line.find(core)
        while at >= 0:
            found = self._pattern.match(line, at)
            if found:
                yield Said(*found.span(), self._phrase)
            at = line.find(core, found.end() if found else at + 1)


FEW = 4096  # bytes of texts in which each phrase is looked for by itself


class Phrases:
    """The phrases of several lists, by name, to be looked for in many texts at once.

    What a phrase must hold, letter for letter, is looked for by one automaton for all lists: one pass
    finds the words, and whose they are is told after it.
    """

    def __init__(self, named: Mapping[str, Lists]) -> None:
        self._whole: dict[str, dict[str, Phrase]] = defaultdict(dict)
        self._loose: dict[str, list[tuple[str, _Loose]]] = defaultdict(list)
        self._names = list(named)
        for name, lists in named.items():
            for words, phrase in written(lists):
                for lead in _CLITICS if phrase.language in ("ar", "fa") else ("",):
                    first = words[0]._replace(either=tuple(lead + w for w in words[0].either))
                    self._lay(name, (first, *words[1:]), phrase)
        self._needles = [*self._whole.keys() | self._loose.keys()]

    def _lay(self, name: str, words: tuple[Word, ...], phrase: Phrase) -> None:
        apart = "" if any(APART.search(w) for word in words for w in word.either) else " "
        if GAP not in words and not any("*" in w for word in words for w in word.either):
            for literal in literals(words, apart):
                own = self._whole[apart + literal + ("" if "%" in literal else apart)]
                known = own.get(name)
                if known is None or (known.accents and not phrase.accents):
                    own[name] = phrase
            return
        loose = _Loose(words, bool(apart), phrase)
        for literal in literals(loose.core, apart):
            self._loose[apart + literal.replace("*", "")].append((name, loose))

    def find(self, texts: pl.Series) -> dict[str, list[Read]]:
        """Return for each list (index, folded text, phrases from left to right) of the texts that say
        any; of phrases that overlap, the one that begins first and is longest."""
        cut = clauses(texts)
        by_clause = dict(self._in_clauses(cut["text"]))
        stands = cut.select("at", "starts")[list(by_clause)]
        stands = stands.with_columns(clause=pl.Series([*by_clause], dtype=pl.UInt32))
        stands = stands.explode("at", "starts").sort("at", "starts")
        told = stands["at"].unique(maintain_order=True)
        folds = dict(zip(told, folded(texts.gather(told)), strict=True))
        found: dict[str, list[Read]] = {name: [] for name in self._names}
        for at, shift, clause in stands.iter_rows():
            for name, said in by_clause[clause].items():
                own = found[name]
                if not own or own[-1][0] != at:
                    own.append((at, folds[at], []))
                own[-1][2].extend([Said(a + shift, b + shift, one) for a, b, one in said])
        return found

    def _in_clauses(self, texts: pl.Series) -> Iterator[tuple[int, dict[str, list[Said]]]]:
        """Yield what clauses say, by list."""
        told = lines(texts)
        sought = self._sought(told["plain"])
        if not sought:
            return
        hits = pl.col("plain").str.extract_many(sought, overlapping=True)
        told = told.with_columns(hits=hits.list.unique()).drop("plain", "text")
        told = told.filter(pl.col("hits").list.len() > 0)
        for index, as_written, loose, line, needles in told.iter_rows():
            found = {}
            way = Way(loose, line)
            for name, read in self._read(line, needles).items():
                several = _longest(read) if len(read) > 1 else read
                placed = [Said(*way.back(start, end), phrase) for start, end, phrase in several]
                if said := [one for one in placed if _so_written(one, as_written)]:
                    found[name] = said
            if found:
                yield index, found

    def _sought(self, plain: pl.Series) -> list[str]:
        """Return what to look for. The automaton of all takes longer to make than to look in a few
        lines for each."""
        if int(plain.str.len_bytes().sum()) > FEW:
            return self._needles
        whole = "\n".join(plain.drop_nulls())
        return [needle for needle in self._needles if needle in whole]

    def _read(self, line: str, needles: Iterable[str]) -> dict[str, list[Said]]:
        """Return what stands in a line, by list."""
        read: dict[str, list[Said]] = {}
        for needle in needles:
            if whole := self._whole.get(needle):
                for span in _spans(line, needle):
                    for name, phrase in whole.items():
                        read.setdefault(name, []).append(Said(*span, phrase))
            for name, loose in self._loose.get(needle, ()):
                if said := [*loose.find(line, needle.lstrip(" "))]:
                    read.setdefault(name, []).extend(said)
        return read


def _spans(line: str, needle: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands, of which the needle may have spaces around: as whole words, then."""
    apart = needle[0] == " "
    sought = needle.rstrip(" ")
    at = line.find(sought)
    while at >= 0:
        end = at + len(sought)
        if not apart or end == len(line) or not goes_on(line[end - 1], line[end]):
            yield at + apart, end
        at = line.find(sought, at + 1)


def load(name: str) -> dict[str, dict[str, str]]:
    """Read a list that lies in `words/`."""
    data = resources.files("palermo.values") / "words" / f"{name}.yaml"
    lists: dict[str, dict[str, str]] = yaml.load(data.read_text("utf-8"), _LOADER)
    return lists


def written(lists: Lists) -> Iterator[tuple[list[Word], Phrase]]:
    for value, by_language in lists.items():
        for language, several in by_language.items():
            for one in filter(None, re.split(r"\s*[,\n]\s*", several.strip())):
                accents = accented(one)
                phrase = Phrase(value, language, one.startswith("~"), accents)
                plain = unicodedata.normalize("NFC", one.removeprefix("~"))
                for way in {plain, _DOTTED.sub("", plain), _whole_letters(plain)}:
                    yield [_word(word) for word in way.split()], phrase


def _word(written: str) -> Word:
    if written == "..":
        return GAP
    ways = written.removesuffix("?").replace("_", " ").replace(".", " ").split("/")
    either = tuple(" ".join(fold(one).split()) for one in ways)
    return Word(either, written.endswith("?"))


def _whole_letters(text: str) -> str:
    """Put Bengali and Hindi letters with a dot together, as some keyboards write them."""
    for letter in "\u09dc\u09dd\u09df\u095b\u095c\u095d\u095e\u0958\u0959\u095a":
        text = text.replace(unicodedata.normalize("NFD", letter), letter)
    return text


def literals(words: Iterable[Word], apart: str) -> Iterator[str]:
    """Yield the ways in which words can be written."""
    choices = [(*word.either, *(("",) if word.optional else ())) for word in words]
    for chosen in itertools.product(*choices):
        if literal := apart.join(filter(None, chosen)):
            yield literal


def _core(words: Iterable[Word]) -> list[Word]:
    """Return the longest stretch of words that always stand there, with endings at its end alone."""
    stretches: list[list[Word]] = [[]]
    for word in words:
        if word == GAP or word.optional:
            stretches.append([])
            continue
        stretches[-1].append(word)
        if any("*" in w for w in word.either):
            stretches.append([])
    return max(stretches, key=lambda s: sum(min(map(len, word.either)) for word in s))


def _pattern(words: Iterable[Word], apart: bool) -> str:
    pattern, begun = "", False
    for word in words:
        if word == GAP:
            pattern += _GAP if apart else f"[{SPACELESS} ]{{0,6}}?"
            continue
        either = "|".join(map(_ending, word.either))
        optional = "?" if word.optional else ""
        if not apart:
            pattern += f"(?:{either}){optional}"
        elif begun:
            pattern += f"(?: (?:{either})){optional}"
        else:
            pattern += f"(?:(?:{either}) ){optional}" if optional else f"(?:{either})"
            begun = not optional
    return f"{_BEGINS}(?:{pattern}){_ENDS}" if apart else pattern


def _ending(word: str) -> str:
    return re.escape(word).replace(r"\*", f"{_WORD}*")


def _longest(said: Iterable[Said]) -> Iterator[Said]:
    end = -1
    for one in sorted(said, key=lambda s: (s.start, -s.end, s.phrase)):
        if one.start >= end:
            yield one
            end = one.end


def _so_written(said: Said, text: str) -> bool:
    """Whether a phrase has no accent that the list has not ("și" is not "si"); of a short one that
    the list writes with accents, whether it has any ("no" is not "nợ")."""
    start, end, (_, _, _, accents) = said
    return (accents and end - start > _SHORT) or accents == accented(text[start:end])
