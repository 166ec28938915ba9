"""Reads lists of phrases by value and language, and finds them in texts of any script.

A list is a YAML file of ``value: {language: phrases}``; phrases stand apart by commas. In a phrase
``a/b`` is either word, ``a_b`` two words in the place of one, ``a/b?`` may be missing, ``a*`` has any
ending, ``..`` is up to three words; ``~a`` is a weak phrase. Neither case counts nor what joins words,
nor accents that are left out.
"""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import resources
from typing import NamedTuple

import polars as pl
import yaml

# Scripts that write no spaces: a phrase may stand anywhere in a run of them.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_ACCENT = re.compile("[\u00c0-\u00de\u00e0-\u012f\u0131-\u024f\u1e00-\u1eff]")
APART = re.compile(f"[{SPACELESS}]")
_STOPS = ".,;:!?()\n،。，؛、！？；："
_WORD = f"[^ {re.escape(_STOPS)}{SPACELESS}]"
_GAP = f"(?: {_WORD}+){{0,3}}"
_CLITICS = ("", "و", "ف", "ب", "ل")  # what Arabic writes together with the word after it
_LOOSE = rf"[^\p{{L}}\p{{M}}\p{{N}}%{re.escape(_STOPS)}]"  # Rust's regex, as the next
_CLOSE = rf"[{re.escape(_STOPS)}]([\p{{L}}\p{{M}}\p{{N}}%])"
_MEETS = rf"([{SPACELESS}])([^{SPACELESS} ])"  # a script without spaces, and another
# Marks that belong to the letter before; Python's \w has none of them.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09d7"
_MEETING = re.compile(_MEETS)
_RUN = re.compile("  +")
_BEGINS = rf"(?:(?<![^\W_])(?<![{_MARKS}])|(?<=[{SPACELESS}]))"
_ENDS = rf"(?:(?![^\W_]|[{_MARKS}])|(?=[{SPACELESS}]))"
_DOTTED = re.compile("\u093c")  # the dot under borrowed letters of Hindi, often left out
_SHORT = 5  # characters up to which accents count
_NEAR = 24  # characters before a phrase in which it is denied
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Lists = Mapping[str, Mapping[str, str]]


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


class Phrases:
    """The phrases of a list, to be looked for in many texts at once.

    What a phrase must hold, letter for letter, is looked for in all texts by one automaton; only
    where that is not all of the phrase, a regex then reads what stands around.
    """

    def __init__(self, lists: Lists) -> None:
        self._whole: dict[str, Phrase] = {}
        self._parts: dict[str, list[tuple[re.Pattern[str], Phrase]]] = defaultdict(list)
        for words, phrase in _written(lists):
            for lead in _CLITICS if phrase.language in ("ar", "fa") else ("",):
                first = words[0]._replace(either=tuple(lead + w for w in words[0].either))
                self._lay([first, *words[1:]], phrase)

    def _lay(self, words: list[Word], phrase: Phrase) -> None:
        apart = "" if any(APART.search(w) for word in words for w in word.either) else " "
        if GAP not in words and not any("*" in w for word in words for w in word.either):
            for literal in _literals(words, apart):
                known = self._whole.get(apart + literal)
                if known is None or (known.accents and not phrase.accents):
                    self._whole[apart + literal] = phrase
            return
        pattern = re.compile(_pattern(words, bool(apart)))
        for literal in _literals(_core(words), apart):
            self._parts[apart + literal.replace("*", "")].append((pattern, phrase))

    @cached_property
    def values(self) -> frozenset[str]:
        parts = (phrase for several in self._parts.values() for _, phrase in several)
        return frozenset(p.value for p in itertools.chain(self._whole.values(), parts))

    @cached_property
    def _needles(self) -> list[str]:
        return [*self._whole.keys() | self._parts.keys()]

    def find(
        self, texts: pl.Series, within: pl.Series | None = None
    ) -> Iterator[tuple[int, str, list[Said]]]:
        """Yield (index, folded text, phrases from left to right) of the texts that say any, of those
        marked in `within` alone where it is given; of phrases that overlap, the one that begins first
        and is longest."""
        lines = _lines(texts)
        if within is not None:
            lines = lines.filter(within)
        hits = pl.col("line").str.extract_many(self._needles, overlapping=True)
        lines = lines.with_columns(hits=hits).filter(pl.col("hits").list.len() > 0)
        for index, written, text, loose, line, found in lines.iter_rows():
            read = [*self._read(line, set(found))]
            if not read:
                continue
            placed = _placed(_longest(read) if len(read) > 1 else read, loose, line)
            if said := [one for one in placed if _so_written(one, written)]:
                yield index, text, said

    def marks(self, texts: pl.Series, values: Iterable[str]) -> pl.Series:
        """Return of each text whether it may say a phrase of these values."""
        wanted = set(values)
        needles = [n for n, phrase in self._whole.items() if phrase.value in wanted]
        needles += [n for n, ps in self._parts.items() if any(p.value in wanted for _, p in ps)]
        return _lines(texts)["line"].str.contains_any(needles)

    def _read(self, line: str, found: Iterable[str]) -> Iterator[Said]:
        for needle in found:
            if phrase := self._whole.get(needle):
                at = line.find(needle)
                while at >= 0:
                    end = at + len(needle)
                    apart = needle[0] == " "
                    if not apart or end == len(line) or not goes_on(line[end - 1], line[end]):
                        yield Said(at + apart, end, phrase)
                    at = line.find(needle, at + 1)
            for pattern, phrase in self._parts.get(needle, ()):
                for match in pattern.finditer(line):
                    yield Said(*match.span(), phrase)


_last: tuple[pl.Series, pl.DataFrame] | None = None


def _lines(texts: pl.Series) -> pl.DataFrame:
    """Return texts with their place, folded; with spaces for signs and for stops that no space
    follows; and so with single spaces, one before, and one where scripts meet. The extractors look
    for one list after another in the same texts, so they are kept until others come."""
    global _last
    if _last is None or _last[0] is not texts:
        lines = pl.DataFrame({"written": texts, "text": folded(texts)}).with_row_index("at")
        loose = pl.col("text").str.replace_all(_LOOSE, " ").str.replace_all(_CLOSE, " ${1}")
        own = pl.col("loose").str.replace_all(_MEETS, "${1} ${2}").str.replace_all(" {2,}", " ")
        own = pl.lit(" ") + own
        _last = texts, lines.with_columns(loose=loose).with_columns(line=own)
    return _last[1]


def load(name: str) -> dict[str, dict[str, str]]:
    """Read a list that lies in `words/`."""
    data = resources.files("palermo.values") / "words" / f"{name}.yaml"
    lists: dict[str, dict[str, str]] = yaml.load(data.read_text("utf-8"), _LOADER)
    return lists


@cache
def phrases(name: str) -> Phrases:
    """Return a list's phrases, read when first asked for."""
    return Phrases(load(name))


@cache
def _deniers() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Words that deny what follows, those that stand joined to it, and those after what they deny."""
    before: set[str] = set()
    joined: set[str] = set()
    after: set[str] = set()
    for words, phrase in _written(load("denial")):
        for literal in _literals(words, " "):
            if phrase.value == "after":
                after.add(literal)
            else:
                (joined if APART.search(literal) else before).add(literal)
    return frozenset(before), tuple(sorted(joined)), tuple(sorted(after))


def denied(text: str, start: int, end: int) -> bool:
    """Whether words beside a phrase of a folded text deny it: "no ...", "no such ...", "... not
    needed"."""
    before, joined, after = _deniers()
    if text[end : end + 3 * _NEAR].lstrip().startswith(after):
        return True
    words = text[max(0, start - _NEAR) : start].split()
    if not words:
        return False
    if start > _NEAR and text[start - _NEAR - 1].isalnum():
        words[0] = _STOPS[0]  # cut in two
    last = words[-1]
    if last[-1] in _STOPS:
        return False
    if last in before or last.endswith(joined):
        return True
    second = words[-2] if len(words) > 1 else _STOPS[0]
    if second[-1] in _STOPS:
        return False
    third = words[-3] if len(words) > 2 else ""
    return second in before or f"{second} {last}" in before or f"{third} {second}" in before


def goes_on(a: str, b: str) -> bool:
    """Whether two neighbours belong to one word of a script that writes spaces."""
    if not _of_a_word(b) or not _of_a_word(a):
        return False
    return (a < "\u0e00" and b < "\u0e00") or not (APART.match(a) or APART.match(b))


def _of_a_word(c: str) -> bool:
    return c.isalnum() or (not c.isascii() and unicodedata.category(c)[0] == "M")


def _written(lists: Lists) -> Iterator[tuple[list[Word], Phrase]]:
    for value, by_language in lists.items():
        for language, several in by_language.items():
            for one in filter(None, re.split(r"\s*[,\n]\s*", several.strip())):
                accents = _accented(one)
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


def _accented(text: str) -> bool:
    """Whether a text has Latin letters with accents."""
    return not text.isascii() and _ACCENT.search(text) is not None


def _literals(words: Iterable[Word], apart: str) -> Iterator[str]:
    """Yield the ways in which words can be written."""
    choices = [(*word.either, *(("",) if word.optional else ())) for word in words]
    for chosen in itertools.product(*choices):
        if literal := apart.join(filter(None, chosen)):
            yield literal


def _core(words: list[Word]) -> list[Word]:
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


def _pattern(words: list[Word], apart: bool) -> str:
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
    for one in sorted(said, key=lambda s: (s.start, -s.end)):
        if one.start >= end:
            yield one
            end = one.end


def _placed(said: Iterable[Said], loose: str, line: str) -> Iterator[Said]:
    """Move phrases from a line, which has a space before it and others elsewhere, to its text."""
    if line[1:] == loose:
        yield from (Said(s - 1, e - 1, phrase) for s, e, phrase in said)
        return
    starts, shifts = _moves(loose)
    for start, end, phrase in said:
        first, last = start - 1, end - 2  # without the space before
        first += shifts[bisect_right(starts, first) - 1]
        last += shifts[bisect_right(starts, last) - 1]
        yield Said(first, last + 1, phrase)


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


def _so_written(said: Said, text: str) -> bool:
    """Whether a phrase has no accent that the list has not ("și" is not "si"); of a short one that
    the list writes with accents, whether it has any ("no" is not "nợ")."""
    start, end, (_, _, _, accents) = said
    return (accents and end - start > _SHORT) or accents == _accented(text[start:end])
