"""Writes an advert's words: its template filled, words mistyped, contacts as people write them."""

import random
from collections.abc import Sequence

from palermo.simulate import writing
from palermo.simulate.market.contacts import CODES, Contact
from palermo.simulate.market.dice import Hand
from palermo.simulate.market.template import UNSPACED, bank

HIDDEN = 12  # of a hundred contacts
TRUNK = {"GB": "0", "US": "", "FR": "0", "AU": "0"}
HANDLES = {
    "telegram": ("Telegram @{}", "t.me/{}", "Telegram: @{}", "https://t.me/{}"),
    "instagram": ("Instagram @{}", "IG: @{}", "instagram.com/{}"),
    "wechat": ("WeChat: {}", "WeChat ID {}"),
    "line": ("LINE ID: {}", "Line: {}"),
}
SPELLED = ((" (at) ", " (dot) "), ("[at]", "[dot]"), (" at ", " dot "))
MARKS = ("✨", "☎", "!", "🙂", "★", "👍")

_rng = random.Random()


def noisy(text: str, language: str, rate: float, hand: Hand) -> str:
    """Mistype, replace or drop a share of the words; those with digits stay."""
    step = UNSPACED.get(language)
    words = [text[i : i + step] for i in range(0, len(text), step)] if step else text.split(" ")
    wanted = len(words) * rate
    count = int(wanted) + (hand.below(1000) < wanted % 1 * 1000)
    for _ in range(count):
        at = hand.below(len(words))
        word = words[at]
        if any(map(str.isdigit, word)):
            continue
        kind = hand.below(10)
        if kind < 4:
            others = bank(language).words
            other = others[hand.below(len(others))]
            words[at] = other[:step] if step else other
        elif kind < 7 and len(word) > 2:
            i = 1 + hand.below(len(word) - 1)
            words[at] = word[:i] + word[i + 1 :] if kind < 5 else word[:i] + word[i - 1] + word[i:]
        elif kind == 7:
            words[at] = word + ("" if step else " ") + MARKS[hand.below(len(MARKS))]
        else:
            words[at] = "" if step else word[:1] if len(words) < 4 else "\x00"
    joined = ("" if step else " ").join(words)
    return joined.replace("\x00 ", "").replace(" \x00", "").replace("\x00", "")


def written(contact: Contact, region: str, language: str, hand: Hand) -> tuple[str, str]:
    """Return how an advert on a site of `region` writes a contact, and the trick, "" for none."""
    hides = hand.below(100) < HIDDEN
    if contact.kind == "phone":
        return _phone(contact, region, language, hand, hides)
    if contact.kind == "email":
        if not hides:
            return contact.value, ""
        name, host = contact.value.split("@")
        at, dot = SPELLED[hand.below(len(SPELLED))]
        return name + at + host.replace(".", dot), "spelled"
    service, name = contact.value.split(":", 1)
    forms = HANDLES[service]
    return forms[hand.below(len(forms))].format(name), ""


def _phone(
    contact: Contact, region: str, language: str, hand: Hand, hides: bool
) -> tuple[str, str]:
    groups = contact.groups
    if contact.region != region or hand.below(10) < 2:
        form = hand.below(3)
        code = CODES[contact.region]
        if form == 0:
            return contact.value, ""
        return f"+{code} {' '.join(groups)}" if form == 1 else f"+{code}-{'-'.join(groups)}", ""
    local: Sequence[str] = (TRUNK[region] + groups[0], *groups[1:])
    if hides:
        tricks = writing.tricks_of(language)
        trick = tricks[hand.below(len(tricks))]
        _rng.seed(hand.below(1 << 32))
        return writing.TRICKS[trick](list(local), _rng), trick
    form = hand.below(5)
    if form == 4:
        return f"({local[0]}) {' '.join(local[1:])}", ""
    return (" ", "", "-", ".")[form].join(local), ""
