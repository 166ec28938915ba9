"""Composes the texts that adverts follow: sentences, fixed words, and slots left open."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from palermo.simulate.market.dice import Dice, Hand
from palermo.simulate.market.ground import AMOUNTS, LANGUAGES, TRADES
from palermo.simulate.phrases import SLOT, SPAN, tongue

# Written without spaces: words are taken to be this many characters long.
UNSPACED = {"zh": 2, "th": 4, "km": 4}
OPEN = 30  # of a hundred of a template's days, hours, names and counts are each advert's own
MOVABLE = ("day", "hour", "given")
TOWN, PRICE = 0, 1  # the first two slots

Piece = str | int  # fixed words, or the number of a slot
Options = tuple[str, ...] | tuple[int, int]  # words, or the least and the most of a count
# Words, TOWN or PRICE, or a slot: its options, and whether an advert may fill it anew.
Sentence = list[Piece | tuple[Options, bool]]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with open slots: TOWN, PRICE, then those of `slots`, which draw from options."""

    language: str
    title: tuple[Piece, ...]
    body: tuple[Piece, ...]
    slots: tuple[Options, ...]
    call: tuple[str, str]  # what stands before and after the contacts
    apart: str  # what stands between sentences
    amount: int
    unit: str

    def filled(self, town: str, price: str, hand: Hand) -> tuple[str, str]:
        """Return title and body of one advert."""
        values = [town, price]
        for options in self.slots:
            if isinstance(options[0], int):
                values.append(str(options[0] + hand.below(options[1] - options[0] + 1)))
            else:
                values.append(options[hand.below(len(options))])
        return (
            "".join([p if type(p) is str else values[p] for p in self.title]),  # type: ignore[index]
            "".join([p if type(p) is str else values[p] for p in self.body]),  # type: ignore[index]
        )


@dataclass(frozen=True, slots=True)
class Bank:
    """A language's sentences, cut into words and slots."""

    titles: dict[str, list[Sentence]]
    offers: dict[str, list[Sentence]]
    common: list[Sentence]
    calls: list[list[str]]
    tails: list[tuple[str, str, str]]  # what begins a list of words, divides and ends it
    slots: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    helpers: tuple[tuple[str, str], ...]
    agency: tuple[str, str]


@cache
def extra() -> dict[str, Any]:
    text = files("palermo.simulate.market").joinpath("wording.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def bank(language: str) -> Bank:
    said, more = tongue(language), extra()[language]
    slots = {name: tuple(map(str, words)) for name, words in said["slots"].items()}
    slots["given"] = tuple(said["given"])
    listed = [
        w for name in ("thing", "job", "paper", "extra", "vehicle", "tongue") for w in slots[name]
    ]
    words = {w for group in slots.values() for phrase in group for w in phrase.split()}
    traps = {name: tuple(text.split("{x}")) for name, text in said["traps"].items()}
    return Bank(
        titles={t: [_cut(p, slots) for p in said["titles"][t]] for t in TRADES},
        offers={t: [_cut(p, slots) for p in said["offers"][t]] for t in TRADES},
        common=[_cut(p, slots) for p in said["common"]],
        calls=[SLOT.split(p) for p in said["calls"]],
        tails=[(begin, more["comma"], more["stop"]) for begin in more["tails"]],
        slots=slots | {"listed": tuple(listed)},
        words=tuple(sorted(w for w in words if not re.search(r"\d", w))),
        helpers=tuple(traps[name] for name in ("hotline", "hotel", "taxi")),
        agency=traps["switchboard"],
    )


def _cut(pattern: str, slots: dict[str, tuple[str, ...]]) -> Sentence:
    out: Sentence = []
    for place, part in enumerate(SLOT.split(pattern)):
        if place % 2 == 0:
            out += [part] if part else []
        elif part in ("city", "price"):
            out.append(TOWN if part == "city" else PRICE)
        elif span := SPAN.fullmatch(part):
            out.append(((int(span[1]), int(span[2])), True))
        else:
            out.append((slots[part], part in MOVABLE))
    return out


class _Draft:
    """A template while it is composed; fixed words that meet become one piece."""

    def __init__(self, source: Bank, hand: Hand) -> None:
        self.bank, self.hand = source, hand
        self.slots: list[Options] = []
        self._used: list[str] = []

    def sentence(self, cut: Sentence) -> list[Piece]:
        """Fix the slots of a sentence, or leave them open."""
        out: list[Piece] = []
        self._used.clear()
        for part in cut:
            if isinstance(part, tuple):
                self._slot(*part, out)
            elif isinstance(part, str):
                _add(out, part)
            else:
                out.append(part)
        if isinstance(out[0], str):
            out[0] = out[0][:1].upper() + out[0][1:]
        return out

    def _slot(self, options: Options, movable: bool, out: list[Piece]) -> None:
        hand = self.hand
        if movable and hand.below(100) < OPEN:
            self.slots.append(options)
            out.append(1 + len(self.slots))
        elif isinstance(options[0], int):
            _add(out, str(options[0] + hand.below(options[1] - options[0] + 1)))
        else:
            at = hand.below(len(options))
            while options[at] in self._used:  # no word twice in a sentence
                at = (at + 1) % len(options)
            self._used.append(options[at])
            _add(out, options[at])

    def some(self, sentences: list[Sentence], most: int) -> list[list[Piece]]:
        """Return up to `most` different sentences."""
        left, out = list(range(len(sentences))), []
        for _ in range(min(most, len(left))):
            out.append(self.sentence(sentences[left.pop(self.hand.below(len(left)))]))
        return out

    def tail(self) -> list[Piece]:
        """Return a list of words, as adverts end with: what makes a text its own."""
        begin, comma, stop = self.bank.tails[self.hand.below(len(self.bank.tails))]
        listed = self.bank.slots["listed"]
        words = [listed[self.hand.below(len(listed))] for _ in range(5 + self.hand.below(6))]
        return [begin + comma.join(dict.fromkeys(words)) + stop]


def _add(out: list[Piece], words: str) -> None:
    if out and isinstance(out[-1], str):
        out[-1] += words
    elif words:
        out.append(words)


def compose(dice: Dice, number: int, language: int, trade: int) -> Template:
    """Return the template of a number, in a language and a trade (their places in `ground`)."""
    name, kind = LANGUAGES[language][0], TRADES[trade]
    source, hand = bank(name), Hand(dice.word(number))
    draft = _Draft(source, hand)
    title = draft.sentence(source.titles[kind][hand.below(len(source.titles[kind]))])
    sentences = draft.some(source.offers[kind], 2 + hand.below(3))
    sentences += draft.some(source.common, 2 + hand.below(3))
    for _ in range(1 + hand.below(2)):
        sentences.insert(1 + hand.below(len(sentences)), draft.tail())
    apart = "" if name == "zh" else (" ", " ", "\n")[hand.below(3)]
    body: list[Piece] = []
    for place, sentence in enumerate(sentences):
        for piece in ([apart] if place and apart else []) + sentence:
            if isinstance(piece, str):
                _add(body, piece.replace(" de el ", " del ") if name == "es" else piece)
            else:
                body.append(piece)
    low, high = AMOUNTS[kind]
    return Template(
        language=name, title=tuple(title), body=tuple(body), slots=tuple(draft.slots),
        call=_call(source, hand), apart=apart or "", amount=low + hand.below(high - low + 1),
        unit=extra()[name]["units"].get(kind, ""),
    )  # fmt: skip


def _call(source: Bank, hand: Hand) -> tuple[str, str]:
    parts = source.calls[hand.below(len(source.calls))]
    sides, side = ["", ""], 0
    for place, part in enumerate(parts):
        if place % 2 and part == "contact":
            side = 1
        elif place % 2:
            sides[side] += source.slots[part][hand.below(len(source.slots[part]))]
        else:
            sides[side] += part
    return sides[0], sides[1]
