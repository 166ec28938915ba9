"""Composes adverts and chat lines from the sentences in `sentences/*.yaml`."""

import random
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

SLOT = re.compile(r"\{([^{}]+)\}")
SPAN = re.compile(r"(\d+)-(\d+)")


@cache
def tongue(language: str) -> Mapping[str, Any]:
    path = files("palermo.simulate").joinpath("sentences", f"{language}.yaml")
    sentences: Mapping[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return sentences


def fill(pattern: str, language: str, rng: random.Random, given: Mapping[str, str]) -> str:
    """Fill a sentence's slots: from `given` first, then from the language's own words.

    No word is drawn twice for one sentence where the slot has others.
    """
    sentences, used = tongue(language), set[str]()

    def draw(match: re.Match[str]) -> str:
        name = match[1]
        if name in given:
            return given[name]
        if span := SPAN.fullmatch(name):
            return str(rng.randint(int(span[1]), int(span[2])))
        words = sentences["given"] if name == "given" else sentences["slots"][name]
        fresh = [word for word in words if word not in used] or words
        word = str(rng.choice(fresh))
        used.add(word)
        return word

    text = SLOT.sub(draw, pattern)
    if language == "es":
        text = text.replace(" de el ", " del ")
    # a contact stays as it is written, even where it begins the sentence
    return text if pattern.startswith("{contact}") else text[:1].upper() + text[1:]


def compose(
    category: str, language: str, rng: random.Random, given: Mapping[str, str], length: int
) -> tuple[str, list[str]]:
    """Return a title and `length` sentences that name no contact; {city} may remain in them."""
    sentences = tongue(language)
    title = fill(rng.choice(sentences["titles"][category]), language, rng, given)
    offers = rng.sample(
        sentences["offers"][category], min(len(sentences["offers"][category]), max(2, length // 2))
    )
    rest = rng.sample(sentences["common"], max(0, length - len(offers)))
    chosen = offers[:1] + rng.sample(offers[1:] + rest, len(offers) + len(rest) - 1)
    return title, [fill(pattern, language, rng, given) for pattern in chosen]


def call(language: str, rng: random.Random, contact: str) -> str:
    pattern = rng.choice(tongue(language)["calls"])
    return fill(pattern, language, rng, {"contact": contact})


def chat(scene: str, language: str, rng: random.Random, given: Mapping[str, str]) -> str:
    """Return one line of a chat; falls back to a line that needs no missing value."""
    lines = [
        line
        for line in tongue(language)["chat"][scene]
        if all(
            name in given or name not in ("city", "contact", "amount", "iban", "code")
            for name in SLOT.findall(line)
        )
    ]
    return fill(rng.choice(lines), language, rng, given)
