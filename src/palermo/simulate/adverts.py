"""Writes one advert: a template's sentences, its contacts as people write them, small slips."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from palermo.simulate import writing
from palermo.simulate.phrases import call, compose, fill, tongue
from palermo.simulate.story import Actor, Posting, Shown, Story
from palermo.simulate.world import City, Site

UNITS = {
    "jobs": {"en": "/hour", "es": "/hora", "ro": "/oră", "vi": "/giờ", "zh": "/小时"},
    "rooms": {"en": "/week", "es": "/mes", "ro": "/lună", "vi": "/tháng", "zh": "/月"},
    "cleaning": {"en": "/hour", "es": "/hora", "ro": "/oră", "vi": "/giờ", "zh": "/小时"},
}
AMOUNTS = {
    "jobs": (9, 24),
    "rooms": (90, 780),
    "travel": (8, 120),
    "documents": (12, 45),
    "cleaning": (11, 32),
    "services": (25, 160),
}


@dataclass(frozen=True, slots=True)
class Template:
    """Sentences that several adverts share. {city} is still open in them."""

    name: str | None
    category: str
    language: str
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    amount: int

    def price(self, region: str) -> str:
        sign = {"GB": "£", "US": "$"}[region]
        unit = UNITS.get(self.category, {}).get(self.language, "")
        return f"{sign}{self.amount}{unit}"


@dataclass(slots=True)
class Draft:
    """What an advert is made of, before it is written."""

    actor: Actor
    site: Site
    city: City
    posted: datetime
    template: Template
    contacts: list[str]  # keys
    disguise: float = 0.1  # how often a contact is disguised
    slips: float = 0.0  # the share of words that are mistyped
    pictures: list[Shown] = field(default_factory=list)
    traps: list[str] = field(default_factory=list)  # keys of common numbers that are printed too


def template(
    category: str, language: str, rng: random.Random, length: int, name: str | None = None
) -> Template:
    amount = rng.randint(*AMOUNTS[category])
    given = {"city": "{city}", "price": "{price}"}
    first, sentences = compose(category, language, rng, given, length)
    second = fill(rng.choice(tongue(language)["titles"][category]), language, rng, given)
    return Template(name, category, language, (first, second), tuple(sentences), amount)


def write_key(key: str, draft: Draft, rng: random.Random) -> tuple[str, str, str]:
    """Return a contact's key, how this advert writes it, and the trick."""
    kind, value = key.split(":", 1)
    if kind == "phone":
        language = draft.template.language
        text, trick = writing.phone_text(value, draft.site.region, language, rng, draft.disguise)
    elif kind == "email":
        text, trick = writing.email_text(value, rng, draft.disguise)
    elif kind == "handle":
        text, trick = writing.handle_text(value, rng), "plain"
    elif kind == "iban":
        text, trick = writing.iban_text(value, rng), "plain"
    elif kind == "wallet":
        text, trick = writing.wallet_text(value), "plain"
    else:
        text, trick = writing.plate_text(value.split(":", 1)[1]), "plain"
    return key, text, trick


def advertise(story: Story, draft: Draft, rng: random.Random) -> Posting:
    """Write the advert that a draft describes, and keep it in the story."""
    pattern, language = draft.template, draft.template.language
    place = draft.city.named(language)
    given = {"city": place, "price": pattern.price(draft.site.region)}
    lines = [slip(_open(s, given), language, rng, draft.slips) for s in pattern.sentences]
    contacts = [write_key(key, draft, rng) for key in draft.contacts]
    direct = [text for key, text, _ in contacts if not key.startswith("plate:")]
    if direct:
        line = call(language, rng, rng.choice((" / ", ", ")).join(direct))
        lines.insert(len(lines) if rng.random() < 0.7 else rng.randrange(len(lines) + 1), line)
    for _, text, _ in (c for c in contacts if c[0].startswith("plate:")):
        lines.append(tongue(language)["traps"]["van"].replace("{x}", text))
    for key in draft.traps:
        written = writing.plain(key.split(":", 1)[1], draft.site.region, rng)
        lines.append(tongue(language)["traps"][story.traps[key][0]].replace("{x}", written))
        contacts.append((key, written, "plain"))
    body = "".join(lines) if language == "zh" else rng.choice((" ", " ", "\n")).join(lines)
    return story.post(
        Posting(
            url="",
            site=draft.site,
            actor=draft.actor.id,
            category=pattern.category,
            language=language,
            city=draft.city,
            posted=draft.posted,
            title=_open(rng.choice(pattern.titles), given),
            body=body,
            price=given["price"],
            contacts=contacts,
            pictures=draft.pictures,
            template=pattern.name,
        )
    )


def _open(sentence: str, given: dict[str, str]) -> str:
    for slot, value in given.items():
        sentence = sentence.replace("{" + slot + "}", value)
    return sentence


def slip(sentence: str, language: str, rng: random.Random, rate: float) -> str:
    """Mistype a share of the words, as when a text is typed again. Digits are left alone."""
    if not rate:
        return sentence
    words = list(sentence) if language in ("zh", "th") else sentence.split(" ")
    out = []
    for word in words:
        if rng.random() < rate and len(word) > 3 and word.isalpha():
            at = rng.randrange(1, len(word) - 1)
            word = rng.choice(
                (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word.upper())
            )
        out.append(word)
    text = ("" if language in ("zh", "th") else " ").join(out)
    return text + rng.choice((" ✨", " ☎", " !", " 🙂")) if rng.random() < rate * 2 else text
