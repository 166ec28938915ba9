"""Finds names and aliases as advertisers write them: "ask for ...", "my name is ...", "known as ...".

A name is only read beside a word that announces one; a capital letter alone announces nothing. What
is found is masked as every name is, ties nobody to anybody, and belongs to no one outside its event.
"""

import re
from collections.abc import Iterator, Sequence

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.values import name
from palermo.values.lines import APART, fold, goes_on
from palermo.values.phrases import Said, load
from palermo.values.text import words
from palermo.vocabulary import Kind

_CONFIDENCE = {"called": 0.9, "contact": 0.75, "title": 0.8, "alias": 0.8, "call": 0.6, "am": 0.85}
_WHY = {
    "called": "words that tell a name stand before it",
    "contact": "words that ask for somebody stand before it",
    "call": "“call” or the like stands before it",
    "title": "a title stands before it",
    "alias": "words that tell another name stand before it",
    "am": "“I am” stands before it, and an age after it",
    "after": "a title stands after it",
}
_LEAD = re.compile(
    r"[ \t]?(?P<stop>\.)?[:：=\-–—]?[ \t\"“«'‘(]{0,2}(?:(?:to|la|el|el sr|a|an|il|den|die|si|kay|de|d)\s)?"
)
_CASED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARTICLES = frozenset(
    ("de", "da", "dos", "del", "van", "von", "bin", "ben", "al", "el", "la", "di")
)
_JOINED = words("ابو ام عبد بو بنت بن ابن الشيخ ال")  # Arabic words that begin a name
_LONGEST = 3  # words
_SHORTEST = 3  # letters of a name that is looked for elsewhere in its text
_TOLD = "the text tells this name elsewhere"
_FIGURE = re.compile(r"(?<!\d)\d{1,2}[ \t\xa0]?\Z")  # of an hour, of a measure
_AGE = re.compile(r"\s?[,(]?\s?\d{2}\b")
_THAI = re.compile("[\u0e01-\u0e4e]{2,14}")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_HAN_END = ("先生", "女士", "小姐", "老板", "经理", "老师", "姐", "哥", "总")
_UNCASED = re.compile("[\u0590-\u06ff\u0750-\u077f\u0900-\u0dff\u200c]+")

_LISTS = load("name")


def _listed(key: str) -> frozenset[str]:
    several = ",".join(_LISTS[key].values())
    return frozenset(fold(one.strip()) for one in several.split(","))


_STOP = _listed("stop")
_SHORT = _listed("abbreviation")
_STOP_APART = tuple(sorted(stop for stop in _STOP if APART.match(stop)))
_SURNAMES = frozenset(one.strip() for one in _LISTS["surname"]["zh"].split(","))


class Name(TextExtractor):
    """Finds names and aliases of persons after words that announce one; they are masked."""

    name = "name"
    version = "2"

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        texts = batch.texts.to_list()
        for index, _, said in batch.said(self.name):
            found: list[Hit] = []
            for n, one in enumerate(said):
                if not found or one.start >= found[-1].end:
                    hit = _read(texts[index], said, n)
                    found += [hit] if hit else []
            for hit in (*found, *_again(texts[index], found)):
                yield index, hit


def _again(text: str, found: Sequence[Hit]) -> Iterator[Hit]:
    """Yield where else a text writes a name that it has told: there too it must be masked."""
    taken = [(hit.start, hit.end) for hit in found]
    for hit in found:
        written = text[hit.start : hit.end]
        at = text.find(written) if len(written) >= _SHORTEST else -1
        while at >= 0:
            end = at + len(written)
            whole = not (at and goes_on(text[at - 1], text[at])) and not (
                end < len(text) and goes_on(text[end - 1], text[end])
            )
            if whole and all(end <= a or b <= at for a, b in taken):
                taken.append((at, end))
                yield hit._replace(start=at, end=end, confidence=0.6, reason=_TOLD)
            at = text.find(written, end)


def _read(text: str, said: Sequence[Said], n: int) -> Hit | None:
    """Return the name that a cue announces, or None."""
    cue = said[n]
    key = cue.phrase.value
    if key == "after":
        return _before(text, cue)
    if _is_unit(text, cue):
        return None
    lead = _LEAD.match(text, cue.end)
    if lead and lead["stop"] and fold(text[cue.start : cue.end]) not in _SHORT:
        return None  # the sentence ends there
    start = lead.end() if lead else cue.end
    following = said[n + 1] if n + 1 < len(said) else None
    if following and following.start <= start + 1 and following.phrase.value != "after":
        return None  # "call Mr ...": the nearer cue tells more
    stop = following.start if following and following.start > start else len(text)
    end = _end(text, start, stop, cue)
    if end is None or (key == "am" and not _AGE.match(text, end)):
        return None
    return _hit(text, start, end, key)


def _is_unit(text: str, cue: Said) -> bool:
    """Whether a cue of two letters belongs to the figure before it: "9 pm" asks nobody to write."""
    if cue.phrase.value != "call" or len(text[cue.start : cue.end].strip()) > 2:
        return False
    return bool(_FIGURE.search(text, max(0, cue.start - 4), cue.start))


def _hit(text: str, start: int, end: int, key: str) -> Hit | None:
    value = name.normalise(text[start:end])
    if value is None or len(value) < 2:
        return None
    return Hit(Kind.NAME, value, start, end, _CONFIDENCE.get(key, 0.75), _WHY[key])


def _end(text: str, start: int, stop: int, cue: Said) -> int | None:
    """Return where the name ends that begins at `start`; None where there is none."""
    letter = text[start : start + 1]
    if not letter.isalpha():
        return None
    if _HAN.match(letter):
        return _han(text, start, cue)
    if APART.match(letter):
        thai = _THAI.match(text, start, stop)
        return thai.end() if thai and not thai[0].startswith(_STOP_APART) else None
    if letter.lower() == letter.upper():
        return _uncased(text, start, cue)
    return _cased(text, start, stop, cue)


def _cased(text: str, start: int, stop: int, cue: Said) -> int | None:
    """Read up to three words with capitals; of a text in capitals only, one word."""
    end, count = None, 0
    written = text[cue.start : cue.end]
    if len(written.strip()) == 1 and not (written.isupper() and text[cue.end : cue.end + 1] == "."):
        return None  # "M. ...", and not "5 m ..."
    loud = written.isupper() and len(written) > 2
    at = start
    while count < _LONGEST and (word := _CASED.match(text, at, stop)):
        plain = word[0]
        particle = plain.lower() in _PARTICLES and end is not None
        if not particle:
            shouted = len(plain) > 1 and plain.isupper()
            if not plain[0].isupper() or fold(plain) in _STOP or len(plain) < 2:
                break
            if shouted and (not loud or cue.phrase.value == "call"):
                break
            if text[word.end() : word.end() + 1].isdecimal():
                break  # "O2O": disguised digits, or an account's name
            end, count = word.end(), count + 1
            if shouted:
                break
        if text[word.end() : word.end() + 1] != " ":
            break
        at = word.end() + 1
    return end


def _uncased(text: str, start: int, cue: Said) -> int | None:
    """Read one word of a script without capitals; two where the first only begins a name."""
    word = _UNCASED.match(text, start)
    if word is None or len(word[0]) < 2 or fold(word[0]) in _STOP:
        return None
    if cue.phrase.value in ("contact", "call") and word[0].startswith("ال"):
        return None  # "ask for the price"
    end = word.end()
    if fold(word[0]) in _JOINED:
        second = _UNCASED.match(text, end + 1) if text[end : end + 1] == " " else None
        return second.end() if second else None
    return end


def _han(text: str, start: int, cue: Said) -> int | None:
    """Read a surname with one or two characters, or with a title."""
    run = _HAN.match(text, start)
    if run is None or run[0][0] not in _SURNAMES or run[0].startswith(_STOP_APART):
        return None
    for size in (1, 2, 3):
        for title in _HAN_END:
            if run[0][size:].startswith(title):
                return start + size + len(title)
    return run.end() if 2 <= len(run[0]) <= 3 else None


def _before(text: str, cue: Said) -> Hit | None:
    """Read the word before a title that follows its name; of Chinese, with the title."""
    end = len(text[: cue.start].rstrip())
    if end and _HAN.match(text[end - 1]):
        start = next((end - n for n in (1, 2, 3) if text[end - n : end - n + 1] in _SURNAMES), None)
        return None if start is None or start < 0 else _hit(text, start, cue.end, "after")
    words = [*_CASED.finditer(text, max(0, end - 24), end)]
    words = words or [*_UNCASED.finditer(text, max(0, end - 24), end)]
    if not words or words[-1].end() != end or fold(words[-1][0]) in _STOP:
        return None
    word = words[-1]
    cased = word[0].lower() != word[0].upper()
    if cased and not word[0][0].isupper():
        return None
    return _hit(text, word.start(), end, "after")
