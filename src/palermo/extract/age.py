"""Finds ages that a text states of persons.

A thing's years are left out where the thing plainly is what they are said of ("the car is 12 years
old"); where it may be a place ("in a house, 16 years old") the age is kept.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.values import age
from palermo.values.lines import APART, fold
from palermo.values.numerals import SPELLINGS, WORDS
from palermo.values.phrases import load
from palermo.vocabulary import Kind

# As written with its marks, and without them.
_NUMBERS = {w: v for w, v in WORDS.items() if w.isascii()} | SPELLINGS
_TENS = "|".join(
    w for w, v in _NUMBERS.items() if v.isdigit() and 20 <= int(v) < 100 and int(v) % 10 == 0
)
_UNITS = "|".join(w for w, v in _NUMBERS.items() if v.isdigit() and 0 < int(v) < 10)
_SMALL = "|".join(
    sorted(
        (w for w, v in _NUMBERS.items() if v.isdigit() and 0 < int(v) < 30), key=len, reverse=True
    )
)
# Tens and ones as Chinese writes them: 十五, 二十, 二十三.
_HAN = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_HAN_NUMBER = r"[二三四五六七八九]?十[一二三四五六七八九]?"
_AND = r"(?:[ -]|\s+(?:y|și|si|e|et|ve|dhe)\s+)"
_FIGURES = rf"(?:\d{{1,2}}|{_HAN_NUMBER})"
_SPOKEN = rf"(?:(?:{_TENS}){_AND}(?:{_UNITS})|(?:{_SMALL})|(?:{_TENS}))"
_TO = r"\s?(?:-|–|—|~|to|a|до|至|到|tới|đến|ถึง|bis|à)\s?"
_NUMBER = rf"(?:{_FIGURES}|{_SPOKEN})"
_RANGE = rf"{_NUMBER}(?:{_TO}{_NUMBER})?"
# What follows the number. The second half is said of other things too (see _NOT_OF_A_PERSON).
_SURELY = (
    r"\s*-?(?:years?|yrs?)[ -]?(?:old|of age)|\s?y\s?[./]?\s?o\b\.?|\s*años? de edad|"
    r"\s*ans? d'[aâ]ge|\s*Jahre alt|\s*jährige?[rs]?|\s*anos de idade|\s*yaş[ıi]nda(?:y[ıi]m)?|\s?'?lik\b|"
    r"\s*vjeç(?:are?|e)?|\s*taong gulang|\s*-?(?:летняя|летний|річна|річний)|\s?ساله"
)
_LIKELY = (
    r"\s*(?:años?|añitos|ani(?:șori|sori)?|anos|anni|ans|Jahre|лет|года|годиков|год|tuổi|岁|歲|周岁|"
    r"ปี|ขวบ|سنة|سنوات|عاما?ً?|років|роки|рік|de ani|de ans|साल|वर्ष|سال|برس|বছর|tahun|vjet)"
)
_BEFORE = (
    r"(?:\bage[ds]?|\bI(?:'|’)?\s?a?m|\bshe is|\bshe(?:'|’)?s|\bhe(?:'|’)?s|edad|tengo|tiene|"
    r"vârst[aă]|varsta|"
    r"возраст|мне|ей|ему|年龄|年齡|今年|อายุ|عمري|العمر|عمرها|عمره|[aâ]ge|Alter|alter|età|idade|tuổi|"
    r"\bwe(?:'|’)?\s?(?:a?re)(?: both)?|вік|мені|їй|йому|उम्र|आयु|عمر|বয়স|\busia|\bumur|\bberusia|\bmosha|"
    r"\byaşım|\byaşı|\bho|\bha|\btenho|\btem|\bj['’]ai|\belle a)"
    r"\s*(?:is|de|of|:|：|=|-|là)?\s*"
)
_AFTER = rf"(?:{_SURELY}|{_LIKELY})"
_PARTS = re.compile(rf"(?P<before>{_BEFORE})?(?P<age>{_RANGE})(?P<after>{_AFTER})?", re.I)
_SURE = re.compile(_SURELY, re.I)
_NOT_OF_A_PERSON = re.compile(
    r"\s*(?:de|of|в|у|lucr\w*|au service)?\s*(?:experien\w+|опыт\w*|garant\w+|warrant\w*|contra\w+|"
    r"vechime|visa|ago|antig\w+|"
    r"服务|经验|經驗|kinh nghiệm|ประสบการณ์|خبرة|later|pe piața|juntos|стаж\w*)|\s*(?:%|percent|€|£|\$|"
    r"eur|euro|kg|km|min|am\b|pm\b|h\b|hours?|"
    r"minut\w*|días|dias|zile|дней|weeks?|days?|months?|meses|luni|месяц\w*|people|rooms?|"
    r"[./:-]?\d)",
    re.I,
)
_AGO = re.compile(
    r"(?:hace|acum|for|over|since|desde|últimos|last|past|de|il y a|más de|peste|более|через)\s*\Z",
    re.I,
)
# "de 15 años" counts the years of a contract or a guarantee as well: a person must stand before it.
_OF_A_PERSON = re.compile(
    r"(?:[,;:(\n]|\b(?:niñ[oa]s?|chic[oa]s?|muchach[oa]s?|menor(?:es)?|hij[oa]s?|j[oó]ven(?:es)?|mujer(?:es)?|"
    r"hombres?|herman[oa]s?|adolescentes?|señoritas?|señoras?|bebés?|nen[eé]s?|personas?|"
    r"fat[aă]|fete(?:le)?|fetiț[aăe]|băi(?:at|eți)|copi(?:l|lă|i|lul)|fiic[aăe]|fiul?|tân[aă]r[aăe]?|tineri?|"
    r"femei[ae]?|bărba(?:t|ți)|minor[aăie]?|sor[aă]|frate|persoan[aăe]|dom?nișoar[aăe]|doamn[aăe]|"
    r"filles?|garçons?|enfants?|femmes?|hommes?|mineure?s?|personnes?|"
    r"menin[oa]s?|filh[oa]s?|garot[oa]s?|rapaz(?:es)?|moç[oa]s?|mulher(?:es)?|homens?|crianças?|irm[aã]o?s?|pessoas?)"
    r"(?:\s\w+)?)\s+de\s*\Z",
    re.I,
)


_HAS = re.compile(r"(?:ho|ha|tenho|tem|j['’]ai|elle a)\b", re.I)
_LOOK = 48  # characters on either side in which a thing is looked for
_SENTENCE = re.compile(r"[.!?;:\n。！？；：|]|\s[-–—]\s")
_TOKEN = re.compile(r"[^\W\d_]+(?:[\u0900-\u0dff]+[^\W\d_]*)*|[,(]")
_ENDS = frozenset([",", "(", "and", "is", "has", "runs", "with", "y", "e", "et", "und", "и"])


class Age(TextExtractor):
    """Finds ages that a text states, in figures or in words."""

    name = "age"
    version = "1"
    pattern = rf"(?i)(?:{_BEFORE}{_FIGURES}(?:{_TO}{_FIGURES})?(?:{_AFTER})?|"
    pattern += rf"{_FIGURES}(?:{_TO}{_FIGURES})?{_AFTER})"
    pattern = pattern.replace(r"\b", "")
    # Apart from figures: the words of many languages in one pattern with them are slow.
    spoken = (
        rf"(?i){_SPOKEN}{_AFTER}".replace(r"\b", ""),
        rf"(?i){_BEFORE}{_SPOKEN}(?:{_AFTER})?".replace(r"\b", ""),
    )

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        for pattern in (self.pattern, *self.spoken):
            for index, text, spans in batch.candidates(pattern):
                for first, last in spans:
                    for hit in self.read(text, first, last, batch.regions[index]):
                        yield index, hit

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        match = _PARTS.match(text, start, end)
        if match is None or (start and _glued(text[start - 1], text[start])):
            return
        after = match["after"] or ""
        last = match.end("after") if after else match.end("age")
        if last < len(text) and _glued(text[last - 1], text[last]):
            return
        sure = bool(_SURE.match(after))
        if not sure and (
            _NOT_OF_A_PERSON.match(text, last)
            or (not match["before"] and _since(text[max(0, start - 40) : start]))
        ):
            return
        if match["before"] and not after and text[last : last + 1] == "+":
            return
        if not after and _needs_years(match["before"]):
            return
        if _of_a_thing(text, start, last):
            return
        confidence = 0.95 if sure else 0.9 if match["before"] and after else 0.75
        reason = "stated with a word for age" if sure or match["before"] else "years are counted"
        yield from _bounds(text, match, confidence, reason)


def _needs_years(before: str | None) -> bool:
    """Whether a word says an age only together with years: "ho 23 anni", and not "ho 23 camere"."""
    return before is not None and _HAS.match(before) is not None


def _of_a_thing(text: str, start: int, last: int) -> bool:
    """Whether an age is a thing's: the thing begins the clause, or follows at once."""
    things, between, places = _things()
    before = fold(text[max(0, start - _LOOK) : start])
    clause = _SENTENCE.split(before)[-1]
    if clause.rstrip().endswith(things.apart):
        return True
    tokens = _TOKEN.findall(clause)
    cut = len(clause) == _LOOK and bool(tokens)
    while tokens and (tokens[-1] in between or tokens[-1] == "("):
        tokens.pop()
    listed = bool(tokens) and tokens[-1] == ","
    tokens = [t for t in tokens if t not in ",("] if listed else tokens
    if tokens and things.has(tokens[-1]):
        lead = [t for t in tokens[:-1] if t != ","]
        return not cut and len(lead) <= (1 if listed else 3) and not places & set(lead)
    after = _TOKEN.findall(fold(text[last : last + _LOOK]))
    return bool(after) and things.has(after[0]) and (len(after) < 2 or after[1] in _ENDS | places)


class _Things(NamedTuple):
    whole: frozenset[str]
    begun: tuple[str, ...]
    apart: tuple[str, ...]  # in scripts without spaces

    def has(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.begun)


@cache
def _things() -> tuple[_Things, frozenset[str], frozenset[str]]:
    """Return the list's things, the words that may stand between, and those that make a place."""
    lists = {
        key: [fold(one.strip()) for several in own.values() for one in several.split(",")]
        for key, own in load("age").items()
    }
    things = lists["thing"]
    apart = tuple(w for w in things if APART.search(w))
    begun = tuple(w.removesuffix("*") for w in things if w.endswith("*"))
    whole = frozenset(w for w in things if not w.endswith("*") and w not in apart)
    return _Things(whole, begun, apart), frozenset(lists["between"]), frozenset(lists["in"])


def _since(before: str) -> bool:
    """Whether the words before a count of years make it a time that has passed, or that lasts."""
    return bool(_AGO.search(before)) and not _OF_A_PERSON.search(before)


def _bounds(text: str, match: re.Match[str], confidence: float, reason: str) -> Iterator[Hit]:
    """One claim, or two of one span for a range."""
    numbers = list(re.finditer(_NUMBER, match["age"], re.I))
    values = [v for n in numbers if (v := _years(n.group()))]
    start, end = match.span("age")
    if len(values) == 1 and len(numbers) == 1:
        yield Hit(Kind.AGE, values[0], start, end, confidence, reason)
    elif len(values) == 2 and int(values[0]) < int(values[1]):
        for value, bound in zip(values, ("lowest", "highest"), strict=True):
            details = {"bound": bound}
            yield Hit(Kind.AGE, value, start, end, confidence - 0.1, reason + "; a range", details)


def _years(written: str) -> str | None:
    if written[0].isdecimal():
        return age.normalise(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return age.normalise(str(10 * _HAN.get(tens, 1) + _HAN.get(ones, 0)))
    words = [_NUMBERS[w] for w in re.split(r"[\s-]+", written.lower()) if w in _NUMBERS]
    return age.normalise(str(sum(int(w) for w in words)))


def _glued(a: str, b: str) -> bool:
    """Whether two neighbours belong to one word or number of an alphabet."""
    return (a.isalnum() and b.isalnum() and a < "\u0e00" and b < "\u0e00") or (
        a in ".,/:£€$+-" and b.isdecimal()
    )
