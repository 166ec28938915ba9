"""Makes the adverts of a block: the words, price, time and contacts of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from palermo.simulate.market import ground
from palermo.simulate.market.contacts import Contact
from palermo.simulate.market.dealing import NONE, Deal, deal
from palermo.simulate.market.dice import Dice, Hand, Ints
from palermo.simulate.market.ground import LANGUAGES, REGIONS, SITES, TRADES
from palermo.simulate.market.plan import Block, Plan, block
from palermo.simulate.market.template import Template, bank, compose
from palermo.simulate.market.wording import noisy, written
from palermo.simulate.world import cities

NOISES = (0.0, 0.02, 0.15)
NOISE_SHARES = (0.55, 0.30, 0.15)
COPYING = 0.05  # of the operators follow a text that strangers use too
POPULAR = 80_000  # adverts of the market for each popular text of a language and trade
TEXTS = 16  # texts of one operator at most
AWAY = 0.1  # of the postings stand on another country's site
LISTED = (5, 9)  # contacts of other people in a list of contacts
REMEMBERED = 20_000  # templates


@dataclass(slots=True)
class Advert:
    """One capture of a posting. Contacts are keys, `<kind>:<value>`."""

    place: int  # in its block
    operator: int
    template: int
    noise: float
    language: str
    script: str
    region: str  # of the site
    site: int
    town: str
    title: str
    body: str
    price: str
    contacts: list[str]  # the operator's own
    common: list[str]  # nobody's own, or other people's
    hidden: int  # contacts that are disguised


class Drawn(NamedTuple):
    """What is drawn for many adverts at once; one number for each of them, by place."""

    place: int
    operator: int
    template: int
    site: int
    noise: int
    word: int
    town: int
    language: int
    trade: int
    region: int  # the operator's
    first: int
    old: int
    second: int
    agency: int
    helper: int
    lists: int


def _drawn(plan: Plan, drawn: Block, dealt: Deal, places: Ints) -> Iterator[Drawn]:
    seed = plan.seed
    content, posting = drawn.content[places], drawn.posting[places]
    operator = drawn.operator[places]
    ids, texts = drawn.base + operator, drawn.base + content
    size = drawn.size[operator]
    several = 1 + Dice(seed, "texts").below(ids, 1 + np.log2(1 + size // 10).astype(np.int64))
    nth = Dice(seed, "text").below(texts, np.minimum(several, TEXTS))
    copies = (Dice(seed, "copies").unit(ids) < COPYING) & (nth == 0)
    popular = max(1, plan.adverts // POPULAR)
    rank = (Dice(seed, "popular").unit(ids) ** 2 * popular).astype(np.int64)
    kind = drawn.language[operator] * len(TRADES) + drawn.trade[operator]
    template = np.where(copies, -1 - (kind * popular + rank), ids * TEXTS + nth)
    region = drawn.region[operator]
    away = Dice(seed, "away").unit(drawn.base + posting) < AWAY
    region = np.where(away, Dice(seed, "abroad").below(drawn.base + posting, 4), region)
    site = np.array([ground.SITES_OF[name] for name in REGIONS])[
        region, Dice(seed, "site").below(drawn.base + posting, 2)
    ]
    noise = np.searchsorted(np.cumsum(NOISE_SHARES)[:-1], Dice(seed, "noise").unit(texts), "right")
    words = Dice(seed, "words").words(texts)
    given = (dealt.first, dealt.old, dealt.second, dealt.agency, dealt.helper, dealt.lists)
    columns = (
        places, operator, template, site, noise, words, drawn.town[places],
        drawn.language[operator], drawn.trade[operator], drawn.region[operator],
        *(column[places] for column in given),
    )  # fmt: skip
    return map(Drawn._make, zip(*(column.tolist() for column in columns), strict=True))


class Maker:
    """Makes adverts of one block; keeps the templates that it composed last."""

    def __init__(self, plan: Plan, number: int, noise: float | None = None) -> None:
        self.plan, self.noise = plan, noise
        self.block, self.deal = block(plan, number), deal(plan, number)
        self._texts = Dice(plan.seed, "template")
        self._template = lru_cache(REMEMBERED)(self._composed)

    def _composed(self, number: int, language: int, trade: int) -> Template:
        return compose(self._texts, number & (1 << 64) - 1, language, trade)

    def adverts(self, places: Ints) -> Iterator[Advert]:
        """Make the adverts at some places of the block, in that order."""
        for drawn in _drawn(self.plan, self.block, self.deal, places):
            yield self._advert(drawn)

    def _advert(self, drawn: Drawn) -> Advert:
        template = self._template(drawn.template, drawn.language, drawn.trade)
        site, hand = SITES[drawn.site], Hand(drawn.word)
        town = ground.towns()[drawn.town].name
        # the price is the text's own; a posting put up elsewhere is in another currency
        price = ground.SIGNS[site.region].format(template.amount) + template.unit
        title, body = template.filled(_named(town, template.language), price, hand)
        noise = NOISES[drawn.noise] if self.noise is None else self.noise
        if noise:
            body = noisy(body, template.language, noise, hand)
        own, common = self._contacts(drawn)
        hidden, lines = 0, []
        for contact in own:
            text, trick = written(contact, site.region, template.language, hand)
            lines.append(text)
            hidden += trick != ""
        before, after = template.call
        line = before + (" / ", ", ")[hand.below(2)].join(lines) + after
        apart = template.apart
        body = f"{line}{apart}{body}" if hand.below(10) < 3 else f"{body}{apart}{line}"
        for sentence in self._sentences(common, site.region, template.language, hand):
            body += apart + sentence
        return Advert(
            place=drawn.place, operator=self.block.base + drawn.operator,
            template=drawn.template, noise=noise, language=template.language,
            script=LANGUAGES[drawn.language][1], region=site.region, site=drawn.site,
            town=town, title=title, body=body, price=price,
            contacts=[contact.key for contact in own], common=[c.key for _, c in common],
            hidden=hidden,
        )  # fmt: skip

    def _contacts(self, drawn: Drawn) -> tuple[list[Contact], list[tuple[str, Contact]]]:
        dealt, own = self.deal, (drawn.first, drawn.old, drawn.second)
        common: list[tuple[str, Contact]] = []
        if drawn.agency != NONE:
            common.append(("agency", dealt.common("agency", drawn.agency // 4, drawn.agency % 4)))
        if drawn.helper != NONE:
            common.append(("helper", dealt.common("helper", drawn.helper, drawn.region)))
        if drawn.lists != NONE:
            common += [("list", contact) for contact in self._neighbours(dealt, drawn.lists)]
        return [dealt.contact(place) for place in own if place != NONE], common

    def _neighbours(self, dealt: Deal, operator: int) -> Iterable[Contact]:
        hand = Hand(operator)
        others = len(dealt.line)
        for _ in range(LISTED[0] + hand.below(LISTED[1] - LISTED[0] + 1)):
            other = hand.below(others)
            if other != operator:
                yield dealt.contact(int(dealt.line[other]))

    def _sentences(
        self, common: list[tuple[str, Contact]], region: str, language: str, hand: Hand
    ) -> Iterator[str]:
        source = bank(language)
        listed = []
        for sort, contact in common:
            text, _ = written(contact, region, language, hand)
            if sort == "list":
                listed.append(text)
            elif sort == "agency":
                yield text.join(source.agency)
            else:
                yield text.join(source.helpers[hand.below(len(source.helpers))])
        if listed:
            yield "\n".join(listed)


@lru_cache
def _names() -> dict[tuple[str, str], str]:
    return {(city.name, language): name for city in cities() for language, name in city.local}


def _named(town: str, language: str) -> str:
    return _names().get((town, language), town)
