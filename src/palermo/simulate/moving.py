"""Plans groups that move people from city to city: rotating phones, and labour crews."""

import random
from dataclasses import replace
from datetime import timedelta

from palermo.simulate import money, people
from palermo.simulate.adverts import Template, template
from palermo.simulate.identifiers import fictional_cities
from palermo.simulate.line import Line, advertise_line, circuit, draw_traces, rotation
from palermo.simulate.story import Actor, Group, Stay, Story
from palermo.simulate.traffic import album, call_record, converse, drive
from palermo.simulate.world import City

CAMERAS = (
    ("Examplecam", "EX-200"),
    ("Fictiphone", "F7"),
    ("Nowhere Optics", "NO-1 Mark II"),
    ("Examplecam", "EX-310"),
    ("Fictiphone", "F9 Pro"),
)
VICTIM_SOURCES = ("record", "album", "gpx")


def plan_moving(story: Story, group: Group, language: str, rng: random.Random) -> list[Template]:
    """Plan a group of one to three advertisers on circuits, with those whom they move.

    Returns those of their texts that others copied, for the case's bystanders.
    """
    large = story.size == "large"
    lines = rng.randint(1, 3 if large else 2)
    places = rng.sample(fictional_cities(group.region), rng.randint(3, 6))
    style = template(_category(group, rng), language, rng, 6)
    driver = _driver(story, group, places[0], language, rng) if rng.random() < 0.7 else None
    collector = story.actor(group.id, "collector", places[0], language, people.name(language, rng))
    planned = []
    for n in range(lines):
        planned.append(_line(story, group, (places, style, language), rng))
        _moved(story, group, planned[n], driver if n == 0 else None, rng)
    account = money.ledger(story, collector, group.region, rng, group.region == "US")
    money.everyday(story, account, rng, rng.randint(4, 9), planned[0].stays)
    group.traits |= {
        "advertisers": str(lines),
        "cities": "; ".join(city.name for city in places),
        "phones": "; ".join(str(len(line.phones)) for line in planned),
        "traces": "; ".join("+".join(line.traces) or "none" for line in planned),
        "languages": language,
        "driver": "yes" if driver else "no",
        "texts": "; ".join("one a phone" if line.fresh else "shared" for line in planned),
    }
    return [text for line in planned for text in line.templates if text.name]


def _category(group: Group, rng: random.Random) -> str:
    return "services" if group.make == "rotation" else rng.choice(("cleaning", "jobs"))


def _line(
    story: Story, group: Group, kit: tuple[list[City], Template, str], rng: random.Random
) -> Line:
    places, style, language = kit
    large = story.size == "large"
    actor = story.actor(group.id, "advertiser", places[0], language, people.name(language, rng))
    cities = rng.sample(places, rng.randint(min(3, len(places)), len(places)))
    stays = circuit(actor, cities, story.start, story.end, rng)
    story.stays += stays
    wanted = rng.randint(4, 9) if large else rng.randint(2, 5)
    count, until = rotation(stays, wanted if group.make == "rotation" else wanted // 2 + 1, rng)
    traces = draw_traces(count, rng, template=rng.random() < 0.4)
    line = Line(
        actor=actor,
        sites=rng.sample(
            sites := [s for s in story.sites if s.region == group.region],
            min(len(sites), rng.randint(1, 3)),
        ),
        templates=[],
        stays=stays,
        phones=[story.own_phone(actor, rng.choice(cities)) for _ in range(count)],
        until=until,
        traces=traces,
        disguise=rng.uniform(0.2, 0.6),
        traps=[
            k
            for k, t in story.traps.items()
            if t[0] in ("hotline", "switchboard", "hotel", "taxi")
            and rng.random() < 0.3
            and k.startswith("phone:+1") == (group.region == "US")
        ],
    )
    if "handle" in traces or rng.random() < 0.2:
        service = {"zh": "wechat", "th": "line"}.get(language) or rng.choice(
            ("telegram", "instagram")
        )
        line.handle = story.own(actor, "handle", story.pool.handle(service))
    if group.make == "crew" and group.region == "GB":
        line.van = story.own(actor, "plate", f"GB:{story.pool.plate()}")
    _wording(line, style, f"copied-{actor.id}", rng)
    make, model = rng.choice(CAMERAS)
    camera = (make, model, story.pool.serial())
    line.shots = [
        story.shot(stays[0].city, stays[0].start + timedelta(hours=2), camera)
        for _ in range(rng.randint(2, 4))
    ]
    advertise_line(story, line, 4 if large else 2, rng)
    _carrier(story, group, line, rng)
    return line


def _wording(line: Line, style: Template, name: str, rng: random.Random) -> None:
    """Give a line its texts: shared by its phones, one a phone, or one that the town has copied.

    Where a change of phone shows in the text alone, the text is the line's own and shared.
    """
    told = "template" in line.traces
    line.fresh = not told and rng.random() < 0.35
    count = len(line.phones) if line.fresh else rng.randint(1, 2)
    line.templates = [_own_text(style, rng) for _ in range(count)]
    if not told and not line.fresh and rng.random() < 0.35:
        line.templates[0] = replace(line.templates[0], name=name)


def _own_text(style: Template, rng: random.Random) -> Template:
    """Draw a line's own text, which keeps one sentence and the price of the group's."""
    own = template(style.category, style.language, rng, rng.randint(6, 9))
    sentences = list(own.sentences)
    sentences[rng.randrange(len(sentences))] = style.sentences[0]
    return Template(None, own.category, own.language, own.titles, tuple(sentences), style.amount)


def _carrier(story: Story, group: Group, line: Line, rng: random.Random) -> None:
    """Let a carrier hand over the records of some of the line's phones, each for its time."""
    others = [
        story.own_phone(story.actor(None, "bystander", line.actor.home, "en", ""))
        for _ in range(rng.randint(5, 9))
    ]
    others += [k[6:] for k, t in story.traps.items() if t[0] == "taxi"]
    for n, phone in enumerate(line.phones):
        stays = [s for s in line.stays if line.phone_at(s.start) == n]
        if stays and rng.random() < 0.6:
            call_record(story, phone, stays, others, rng, 4)


def _moved(
    story: Story, group: Group, line: Line, driver: Actor | None, rng: random.Random
) -> None:
    """Plan those whom the line moves: what their own phones saw, and what they were told."""
    since = [line.stays[0].start, *line.until]
    numbers = list(zip(line.phones, since, strict=False))
    for n in range(rng.randint(1, 2)):
        moved = story.actor(
            group.id,
            "victim",
            line.actor.home,
            line.actor.language,
            people.name(line.actor.language, rng),
        )
        phone = story.own_phone(moved)
        for record in (r for r in story.records if r.holder in line.phones):
            for call in rng.sample(record.calls, min(3, len(record.calls))):
                call.other = phone
        converse(
            story,
            moved,
            numbers,
            (
                ("control", "them"),
                ("debt", "them"),
                ("small", "me"),
                ("small", "them"),
                ("small", "me"),
            ),
            rng,
            line.stays,
            rng.randint(25, 60) if story.size == "small" else rng.randint(80, 240),
        )
        if n:
            continue
        stays = [Stay(moved.id, s.city, s.start + timedelta(minutes=5), s.end) for s in line.stays]
        story.stays += stays
        sources = rng.sample(VICTIM_SOURCES, rng.randint(1, 3))
        if not story.albums and "album" not in sources:
            sources.append("album")  # every case has photographs
        if "record" in sources:
            friends = [
                story.own_phone(story.actor(None, "bystander", moved.home, "en", ""))
                for _ in range(rng.randint(3, 6))
            ]
            call_record(story, phone, stays, [*line.phones[-1:], *friends], rng, 3)
        if "album" in sources:
            make, model = rng.choice(CAMERAS)
            device = (make, model, story.pool.serial())
            story.own(moved, "device", "exif:" + ":".join(device))
            album(story, f"phone:{phone}", device, stays, rng)
        if "gpx" in sources:
            drive(story, f"phone:{phone}", stays, rng)
    if driver:
        stays = [Stay(driver.id, s.city, s.start, s.end) for s in line.stays]
        story.stays += stays
        drive(story, f"phone:{driver.first('phone')}", stays, rng)
    if rng.random() < 0.6:
        camera = line.shots[0].device
        assert camera is not None
        story.own(line.actor, "device", "exif:" + ":".join(camera))
        posed = album(story, f"phone:{line.phones[-1]}", camera, line.stays[-3:], rng)
        posed.shots += line.shots


def _driver(story: Story, group: Group, home: City, language: str, rng: random.Random) -> Actor:
    driver = story.actor(group.id, "driver", home, language, people.name(language, rng))
    story.own_phone(driver)
    return driver
