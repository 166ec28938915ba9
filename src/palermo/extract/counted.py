"""Tells whose years a text counts: a person's, or those that something lasted or was done."""

import re
from functools import cache
from typing import NamedTuple

from palermo.values.lines import APART, fold
from palermo.values.phrases import load
from palermo.values.text import words as text_words

LOOK = 48  # characters on either side that are read
NEAR = 4  # words before the number in which the person stands
NEXT = 3  # words after it
BY_ITSELF = 0.7  # between stops or commas: "Ana, 15 años, ..."
OF_A_PERSON = 0.75
IN_DOUBT = 0.4  # nothing tells a person's years from others
SENTENCE = re.compile(r"[.!?;:\n。！？；：|।؛؟]|\s[-–—]\s")
TOKEN = re.compile(r"[^\W\d_]+(?:[\u0900-\u0dff]+[^\W\d_]*)*|[,(]")
_BREAK = re.compile(r"[,()،，、]")
_SMALL = text_words(
    "a al an d da dans das de del di dim do du e em en i im in la le na nel no o of on our para pe "
    "s su the u und v z в во з на от у із في من की के का"
)
# "tengo 16 años viviendo aquí", "tem 5 anos que moro aqui": so long it has been going on.
_GOES_ON = re.compile(r"\s+(?![cq]uando)(?:[^\W\d_]{2,}[aei]ndo|qu[ei]|che)\b", re.I)


class Words(NamedTuple):
    """A list's words, folded."""

    whole: frozenset[str]
    begun: tuple[str, ...]
    apart: tuple[str, ...]  # in scripts without spaces

    def has(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.begun)

    def among(self, text: str) -> bool:
        """Whether a text has any of them."""
        return any(w in text for w in self.apart) or any(map(self.has, TOKEN.findall(text)))


class Clause(NamedTuple):
    """What stands around a number, folded: up to its commas, and beyond them in the sentence."""

    before: str
    after: str
    earlier: str
    later: str


@cache
def words() -> dict[str, Words]:
    """Return the lists of `age.yaml` by what they are for."""
    found = {}
    for key, own in load("age").items():
        written = [fold(w.strip()) for several in own.values() for w in several.split(",")]
        apart = tuple(w for w in written if APART.search(w))
        begun = tuple(w.removesuffix("*") for w in written if w.endswith("*"))
        whole = frozenset(w for w in written if not w.endswith("*") and w not in apart)
        found[key] = Words(whole, begun, apart)
    return found


def around(text: str, start: int, last: int) -> Clause:
    left = SENTENCE.split(fold(text[max(0, start - LOOK) : start]))[-1]
    right = SENTENCE.split(fold(text[last : last + LOOK]))[0]
    *earlier, before = _BREAK.split(left)
    after, *later = _BREAK.split(right)
    return Clause(before, after, " , ".join(earlier), " , ".join(later))


def passed(text: str, last: int) -> bool:
    """Whether what follows years makes them those of work, of a thing, or long ago: "of experience"."""
    lasted = words()["lasted"]
    after = around(text, last, last).after
    if after.strip().startswith(lasted.apart):
        return True
    tokens = TOKEN.findall(after)[:NEXT]
    while len(tokens) > 1 and tokens[0] in _SMALL:
        tokens.pop(0)
    return bool(tokens) and lasted.has(tokens[0])


def goes_on(text: str, last: int) -> bool:
    """Whether a verb that follows years makes them those that it has been done."""
    return _GOES_ON.match(text, last) is not None


def weigh(text: str, start: int, last: int) -> tuple[float, str] | None:
    """Return how sure a bare count of years is an age, and why; None where it plainly is another's."""
    own = around(text, start, last)
    lists = words()
    if _of_a_person(own):
        return OF_A_PERSON, "years are counted, of a person"
    if any(lists[key].among(side) for key in ("doing", "lasted") for side in own[:2]):
        return None
    alone = not (set(TOKEN.findall(own.before)) - _SMALL or TOKEN.findall(own.after))
    earlier, later = own.earlier.split(" , ")[-1], own.later.split(" , ")[0]
    if any(lists["seeking"].among(side) for side in own):
        return BY_ITSELF, "years are counted, of somebody who looks for something"
    if alone and not (
        lists["doing"].among(earlier)
        or any(lists[key].among(side) for key in ("lasted", "thing") for side in (earlier, later))
    ):
        return BY_ITSELF, "years stand by themselves"
    return IN_DOUBT, "years are counted, it is not said of whom"


def _of_a_person(own: Clause) -> bool:
    """Whether a person is named at once before the number, and nobody's doing between them, or
    after it."""
    lists = words()
    person, doing = lists["person"], lists["doing"]
    said = f"{own.earlier} , {own.before}"
    tail = said[-16:]
    if any(w in tail for w in person.apart) and not any(w in tail for w in doing.apart):
        return True
    before = [t for t in TOKEN.findall(said) if t not in ",("]
    for token in reversed(before[-NEAR:]):
        if person.has(token):
            return True
        if doing.has(token) or lists["lasted"].has(token):
            break
    for token in TOKEN.findall(own.after)[:NEXT]:
        if doing.has(token) or lists["lasted"].has(token):
            return False
        if person.has(token):
            return True
    return any(own.after.lstrip().startswith(w) for w in person.apart)
