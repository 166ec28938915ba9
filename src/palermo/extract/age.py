"""Finds ages that a text states of persons.

A thing's years are left out where the thing plainly is what they are said of ("the car is 12 years
old"); where it may be a place ("in a house, 16 years old") the age is kept.
"""

import re
from collections.abc import Iterator

from palermo.extract import counted
from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.extract.counted import LOOK, SENTENCE, TOKEN
from palermo.values import age
from palermo.values.lines import fold
from palermo.values.numerals import SPELLINGS, WORDS
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
# How number words end: two letters, and all of a word of one.
_LAST = "|".join(
    sorted({re.escape(w[-2:]) for w, v in _NUMBERS.items() if v.isdigit() and 0 < int(v) < 100})
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
    r"\s*(?:tuổi|周岁|岁|歲|ขวบ|годиков|añitos|anișori|anisori|ετών|χρονών)|\s*ዓመት(?:ቷ|ቱ|ቴ)|"
    r"\s*vjeç(?:are?|e)?|\s*taong gulang|\s*-?(?:летняя|летний|річна|річний)|\s?ساله"
)
_LIKELY = (
    r"\s*(?:años?|ani|anos|anni|ans|Jahre|лет|года|год|ปี|سنة|سنوات|عاما?ً?|років|роки|рік|"
    r"de ani|de ans|साल|वर्ष|سال|برس|বছর|tahun|vjet)"
)
_BEFORE = (
    r"(?:\bage[ds]?|\bI(?:'|’)?\s?a?m|\bshe is|\bshe(?:'|’)?s|\bhe(?:'|’)?s|edad|tengo|tiene|"
    r"vârst[aă]|varsta|"
    r"возраст|мне|ей|ему|年龄|年齡|今年|อายุ|عمري|العمر|عمرها|عمره|[aâ]ge|Alter|alter|età|idade|tuổi|"
    r"\bwe(?:'|’)?\s?(?:a?re)(?: both)?|вік|мені|їй|йому|उम्र|आयु|عمر|বয়স|\busia|\bumur|\bberusia|\bmosha|"
    r"ዕድሜ(?:ዬ|ዋ|ው)?|ηλικία|\byaşım|\byaşı|\bho|\bha|\btenho|\btem|\bam|"
    r"\bj['’]ai|\belle a)"
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


# "I have 15": years, where somebody asked for them or says so, or anything at all.
_HAS = re.compile(r"(?:ho|ha|tenho|tem|am|j['’]ai|elle a|tengo|tiene)\b", re.I)
_ASKED = re.compile(r"\b(?:años|edad|anni|età|anos|idade|ans|âge|quel age)\b", re.I)
_BACK = 80  # characters before, in which somebody asked
# "I am 15": the number must end the clause, or lead to what goes on after an age.
_IS = re.compile(
    r"(?:I\b|she|he\b|he['’]|we\b|мне|ей|ему|мені|їй|йому|今年|tengo|tiene|ho\b|ha\b|tenho|tem\b|am\b|j['’]ai|elle)",
    re.I,
)
_GOES_ON = re.compile(
    r"\s*(?:$|[^\w\s%]|\n|(?:and|or|but|from|in|now|y|e|o|de|con|si|și|и|й|та|из|но|з|und|aus|et)\b)",
    re.I,
)
_WE = re.compile(r"we\b(?!.*both)", re.I | re.S)
_GROUP = 13  # "we are 4" tells how many they are
_OF_ANYTHING = re.compile(r"летн|річн|jährig|lik\b|ساله", re.I)
_ENDS = frozenset([",", "(", "and", "is", "has", "runs", "with", "y", "e", "et", "und", "и"])


STATED = "stated with a word for age"


class Age(TextExtractor):
    """Finds ages that a text states, in figures or in words."""

    name = "age"
    version = "3"
    pattern = rf"(?i)(?:{_BEFORE}{_FIGURES}(?:{_TO}{_FIGURES})?(?:{_AFTER})?|"
    pattern += rf"{_FIGURES}(?:{_TO}{_FIGURES})?{_AFTER})"
    pattern = pattern.replace(r"\b", "")
    # Apart from figures: the words of many languages in one pattern with them are slow, and slower
    # where nothing stands before them; those are looked for where the end of one is.
    led = rf"(?i){_BEFORE}{_SPOKEN}(?:{_AFTER})?".replace(r"\b", "")
    spoken = rf"(?i){_SPOKEN}{_AFTER}".replace(r"\b", "")
    ended = rf"(?i)(?:{_LAST}){_AFTER}".replace(r"\b", "")

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        ended = batch.texts.str.contains(self.ended)
        for pattern, within in ((self.pattern, None), (self.spoken, ended), (self.led, None)):
            for index, text, spans in batch.candidates(pattern, within):
                for first, last in spans:
                    for hit in self.read(text, first, last, batch.regions[index]):
                        yield index, hit

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        # a word's end may look like what leads to an age: "Miriam 15 años", "Program: 2"
        parts = _PARTS.finditer(text, start, end)
        match = next((found for found in parts if found["before"] or found["after"]), None)
        if match is None:
            return
        start = match.start()
        if start and _glued(text[start - 1], text[start]):
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
        if after and (not sure or _OF_ANYTHING.search(after)) and counted.passed(text, last):
            return
        if _of_a_thing(text, start, last):
            return
        weighed = _weighed(text, match, start, last)
        if weighed:
            yield from _bounds(text, match, *weighed)


def _weighed(text: str, match: re.Match[str], start: int, last: int) -> tuple[float, str] | None:
    """Return how sure an age is, and why; None where the number is none."""
    before, after = match["before"], match["after"]
    if after and _SURE.match(after):
        return 0.95, STATED
    if not before:
        return counted.weigh(text, start, last)
    has = _HAS.match(before)
    if after:
        return (
            (0.5, "years that go on are counted")
            if has and counted.goes_on(text, last)
            else (0.9, STATED)
        )
    if text[last : last + 1] == "+" or (_IS.match(before) and not _GOES_ON.match(text, last)):
        return None
    if has:
        asked = _ASKED.search(text[max(0, start - _BACK) : start])
        return (
            (0.75, "a number, where an age was spoken of")
            if asked
            else (0.5, "a number of what is not said")
        )
    if _WE.match(before) and int(_years(re.split(_TO, match["age"])[0]) or 0) < _GROUP:
        return None
    return 0.75, STATED


def _of_a_thing(text: str, start: int, last: int) -> bool:
    """Whether an age is a thing's: the thing begins the clause, or follows at once."""
    lists = counted.words()
    things, between, places = lists["thing"], lists["between"].whole, lists["in"].whole
    before = fold(text[max(0, start - LOOK) : start])
    clause = SENTENCE.split(before)[-1]
    if clause.rstrip().endswith(things.apart):
        return True
    tokens = TOKEN.findall(clause)
    cut = len(clause) == LOOK and bool(tokens)
    while tokens and (tokens[-1] in between or tokens[-1] == "("):
        tokens.pop()
    listed = bool(tokens) and tokens[-1] == ","
    tokens = [t for t in tokens if t not in ",("] if listed else tokens
    if tokens and things.has(tokens[-1]):
        lead = [t for t in tokens[:-1] if t != ","]
        return not cut and len(lead) <= (1 if listed else 3) and not places & set(lead)
    after = TOKEN.findall(fold(text[last : last + LOOK]))
    return bool(after) and things.has(after[0]) and (len(after) < 2 or after[1] in _ENDS | places)


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
