"""Plans those who must not be linked: independent advertisers, and the numbers that many print."""

import random
from datetime import timedelta

from palermo.simulate import people
from palermo.simulate.adverts import Draft, Template, advertise, template
from palermo.simulate.identifiers import fictional_cities
from palermo.simulate.line import circuit
from palermo.simulate.story import Actor, Shot, Shown, Stay, Story, Tip
from palermo.simulate.world import CATEGORIES, LANGUAGES, City, Site
from palermo.simulate.writing import plate_text

WHY = {
    "hotline": "an advice line that adverts of many print",
    "switchboard": "a labour agency's switchboard, in the adverts of all whom it places",
    "hotel": "the front desk of an airport hotel, where many meet",
    "taxi": "a taxi office that many name and call",
    "platform": "a web site's own support address, printed on its pages",
    "payment company": "a payment company's account, the other side of many fees",
    "stock picture": "a picture that comes with the site's form, shown by many",
    "popular template": "a text that many copied from one another",
}


def plan_traps(story: Story, regions: list[str], rng: random.Random) -> None:
    """Open the common numbers; which of them a case has is drawn."""
    for region in regions:
        kinds = ["hotline", *rng.sample(("switchboard", "hotel", "taxi"), rng.randint(1, 3))]
        if rng.random() < 0.4:
            kinds.append("hotline")
        for kind in kinds:
            place = rng.choice(fictional_cities(region))
            story.traps[f"phone:{story.pool.phone(place)}"] = (kind, WHY[kind])
    for site in story.sites:
        story.traps[f"email:{site.support}"] = ("platform", WHY["platform"])
    story.traps[f"iban:{story.pool.iban('GB')}"] = ("payment company", WHY["payment company"])


# A common number's key that is to be printed, a text to be copied, a picture to be shown.
Duty = str | Template | Shot | None
TIPS = (
    "I saw an advert in {city} and the person who opened the door seemed afraid. {what}",
    "Somebody who works there told me that her papers are kept by others. {what}",
    "Many people come and go at a flat in {city}, always with the same driver. {what}",
    "Vi un anuncio en {city}; prometen trabajo y piden dinero antes. {what}",
    "A man in {city} said he must work until a debt is paid. {what}",
)


class Bystanders:
    """Posts the adverts of people of no concern until a case has as many as wanted."""

    def __init__(
        self, story: Story, regions: list[str], weights: dict[str, int], copied: list[Template]
    ) -> None:
        self._story = story
        self._rng = story.stream("bystanders")
        self._regions = regions
        self._languages = list(weights)
        self._weights = list(weights.values())
        city = fictional_cities(regions[0])[0]
        self._stock = [story.shot(city, story.start) for _ in range(self._rng.randint(1, 2))]
        self._pictures = 250 if story.size == "large" else 30
        self._popular = [
            template("rooms" if n else "services", language, self._rng, 7, f"popular-{n + 1}")
            for n, language in enumerate(self._rng.sample(self._languages, 2))
        ]
        self._popular += copied
        for shot in self._stock:
            story.traps[f"shot:{shot.id}"] = ("stock picture", WHY["stock picture"])
        for text in self._popular:
            story.traps[f"template:{text.name}"] = ("popular template", WHY["popular template"])

    def post(self, wanted: int) -> None:
        """Post until the case has `wanted` adverts; every trap is shared by ten people or more."""
        share = 10 if self._story.size == "small" else max(30, wanted // 200)
        phones = [k for k, t in self._story.traps.items() if k.startswith("phone:")]
        duties: list[Duty] = [key for key in phones for _ in range(share)]
        duties += [text for text in self._popular for _ in range(share)]
        duties += [shot for shot in self._stock for _ in range(share)]
        self._rng.shuffle(duties)
        self.tour(2 if self._story.size == "small" else 8)
        while len(self._story.postings) < wanted or duties:
            self._one(duties.pop() if duties else None)

    def _actor(self, region: str) -> tuple[Actor, City, list[str]]:
        story, rng = self._story, self._rng
        place = rng.choice(fictional_cities(region))
        language = rng.choices(self._languages, self._weights)[0]
        actor = story.actor(None, "independent", place, language, people.name(language, rng))
        if rng.random() < 0.9:
            story.own_phone(actor)
        if rng.random() < 0.3 or not actor.keys:
            story.own(actor, "email", story.pool.email())
        if rng.random() < 0.15:
            service = {"zh": "wechat", "th": "line"}.get(language, "telegram")
            story.own(actor, "handle", story.pool.handle(service))
        return actor, place, list(actor.keys)

    def _one(self, duty: Duty) -> None:
        """Post one independent person's adverts, fulfilling a duty of the case's traps."""
        story, rng = self._story, self._rng
        region = rng.choice(self._regions)
        if isinstance(duty, str):
            region = "US" if duty.startswith("phone:+1") else "GB"
        actor, place, keys = self._actor(region)
        sites = [site for site in story.sites if site.region == region]
        text = self._text(actor, duty)
        pictures = self._own_pictures(place)
        start = story.start + timedelta(days=rng.uniform(0, story.days * 0.9))
        for n in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
            time = start + timedelta(days=n * rng.uniform(3, 12))
            if time > story.end:
                return
            if n and rng.random() < 0.4 and text.name is None:
                text = template(text.category, actor.language, rng, rng.randint(4, 9))
            # the first advert bears all contacts, so that later ones with one of them still join
            contacts = keys if n == 0 else rng.sample(keys, rng.randint(1, len(keys)))
            draft = Draft(actor, rng.choice(sites), place, time, text, contacts, 0.12, 0.01)
            if isinstance(duty, str):
                draft.traps = [duty]
            draft.pictures = pictures
            if isinstance(duty, Shot) and n == 0:
                draft.pictures = [Shown(duty, rng.randrange(4))]
            advertise(story, draft, rng)

    def _text(self, actor: Actor, duty: Duty) -> Template:
        rng = self._rng
        if isinstance(duty, Template):
            actor.language = duty.language
            return duty
        categories = CATEGORIES
        return template(rng.choice(categories), actor.language, rng, rng.randint(4, 9))

    def _own_pictures(self, place: City) -> list[Shown]:
        if self._pictures <= 0 or self._rng.random() > 0.12:
            return []
        self._pictures -= 1
        return [Shown(self._story.shot(place, self._story.start), self._rng.randrange(4))]

    def tour(self, count: int) -> None:
        """Let some independent people travel for their trade: they move, and nobody moves them."""
        story, rng = self._story, self._rng
        for _ in range(count):
            region = rng.choice(self._regions)
            actor, _, keys = self._actor(region)
            actor.part = "touring"
            places = rng.sample(fictional_cities(region), rng.randint(3, 5))
            stays = circuit(actor, places, story.start, story.end, rng)
            story.stays += stays
            text = template("services", actor.language, rng, 7)
            sites = [site for site in story.sites if site.region == region]
            for n, stay in enumerate(stays):
                self._visit(actor, stay, (keys if n == 0 else keys[:1], text, sites))

    def _visit(self, actor: Actor, stay: Stay, kit: tuple[list[str], Template, list[Site]]) -> None:
        keys, text, sites = kit
        time = stay.start + timedelta(minutes=self._rng.randint(10, 300))
        site = self._rng.choice(sites)
        advertise(self._story, Draft(actor, site, stay.city, time, text, keys, 0.05), self._rng)


def draw_languages(rng: random.Random) -> dict[str, int]:
    """Draw the languages of a case, five to eight of them, and how common each is."""
    chosen = ["en", "es", *rng.sample(LANGUAGES[2:], rng.randint(3, 6))]
    return {tongue: 60 if tongue == "en" else rng.randint(4, 16) for tongue in chosen}


def plan_tips(story: Story) -> None:
    """Let people call the tip line: about groups' adverts, and mistaken about others'."""
    rng = story.stream("tips")
    groups = [p for p in story.postings if story.actors[p.actor].group]
    others = [p for p in story.postings if not story.actors[p.actor].group]
    for n in range(rng.randint(4, 6) if story.size == "small" else rng.randint(40, 60)):
        posting = rng.choice(others if n % 4 == 3 else groups)
        actor = story.actors[posting.actor]
        numbers = [
            k.split(":", 1)[1]
            for k, _, _ in posting.contacts
            if k in actor.keys and k.startswith("phone:")
        ]
        plates = [k.split(":")[2] for k in actor.keys if k.startswith("plate:")]
        what = f"The number is {numbers[0]}." if numbers else f"It is on {posting.site.host}."
        if plates:
            what += f" They come with a van, {plate_text(plates[0])}."
        text = rng.choice(TIPS).format(city=posting.city.name, what=what)
        caller = story.own_phone(story.actor(None, "bystander", posting.city, "en", ""))
        time = posting.posted + timedelta(hours=rng.uniform(5, 90))
        story.tips.append(
            Tip(
                time.replace(microsecond=0),
                rng.choice(("telephone", "web form", "letter")),
                text,
                caller if rng.random() < 0.7 else "",
                posting.city,
            )
        )
    story.tips.sort(key=lambda tip: tip.time)
