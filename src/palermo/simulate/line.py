"""Plans an advertiser on a circuit: stays, phones that rotate, and what ties them together.

Each change of phone leaves one trace that a careful reader can follow: adverts that bear both numbers,
a handle that stays, a picture that is shown again, or a text that nobody else uses.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from palermo.simulate.adverts import Draft, Template, advertise
from palermo.simulate.story import Actor, Posting, Shot, Shown, Stay, Story
from palermo.simulate.world import City, Site

TRACES = ("pair", "handle", "picture", "template")
AHEAD = 0.12  # how often the next city is advertised before leaving this one: a contradiction


@dataclass(slots=True)
class Line:
    """One advertiser's plan. `until[i]` is when phone i is given up; `traces[i]` ties i to i+1."""

    actor: Actor
    sites: list[Site]
    templates: list[Template]
    stays: list[Stay]
    phones: list[str]
    until: list[datetime]
    traces: list[str]
    handle: str | None = None
    shots: list[Shot] = field(default_factory=list)
    disguise: float = 0.45
    slips: float = 0.015
    traps: list[str] = field(default_factory=list)
    van: str | None = None  # a plate
    fresh: bool = False  # each phone has a text of its own, so that no text ties it to the next

    def phone_at(self, time: datetime) -> int:
        return next((i for i, end in enumerate(self.until) if time < end), len(self.phones) - 1)


def circuit(
    actor: Actor, cities: list[City], start: datetime, end: datetime, rng: random.Random
) -> list[Stay]:
    """Draw stays of 2 to 7 days one after the other; the route is neither random nor fixed."""
    stays: list[Stay] = []
    order = list(cities)
    rng.shuffle(order)
    here, time = 0, start + timedelta(days=rng.randint(0, 3))
    while True:
        place = order[here % len(order)]
        noon = datetime(time.year, time.month, time.day, tzinfo=place.tz) + timedelta(
            hours=rng.randint(9, 13)
        )
        leave = noon + timedelta(days=rng.randint(2, 7), hours=rng.randint(-2, 5))
        if leave > end:
            return stays
        stays.append(Stay(actor.id, place, noon, leave))
        time = leave + timedelta(days=rng.choice((1, 1, 1, 2)))
        here += rng.choice((1, 1, 1, 2)) if len(order) > 3 else 1


def rotation(stays: list[Stay], count: int, rng: random.Random) -> tuple[int, list[datetime]]:
    """Share the stays out among up to `count` phones; return how many, and when each ends."""
    count = min(count, max(1, len(stays) // 2))
    cuts = sorted(rng.sample(range(1, len(stays)), count - 1)) if count > 1 else []
    until = [stays[cut].start - timedelta(hours=2) for cut in cuts]
    return count, [*until, stays[-1].end + timedelta(days=30)]


def draw_traces(count: int, rng: random.Random, template: bool) -> list[str]:
    """Draw a trace for each change of phone; at most one rests on the text alone."""
    traces = [rng.choice(TRACES[:3]) for _ in range(count - 1)]
    if template and len(traces) > 1:
        traces[rng.randrange(len(traces))] = "template"
    return traces


def advertise_line(story: Story, line: Line, per_stay: int, rng: random.Random) -> list[Posting]:
    """Post the adverts of every stay: one on the day of arrival, the rest through the stay.

    The traces are laid at the end of one phone's time and at the beginning of the next one's.
    """
    slots = _slots(line, per_stay, rng)
    firsts: dict[int, int] = {}
    lasts: dict[int, int] = {}
    for n, (_, time) in enumerate(slots):
        phone = line.phone_at(time)
        firsts.setdefault(phone, n)
        lasts[phone] = n
    posted = []
    for n, (stay, time) in enumerate(slots):
        phone = line.phone_at(time)
        near_start = n - firsts[phone] < 2
        near_end = lasts[phone] - n < 2
        before = line.traces[phone - 1] if phone else ""
        after = line.traces[phone] if phone < len(line.traces) else ""
        marks = {before if near_start else "", after if near_end else ""} - {""}
        posting = advertise(story, _draft(line, stay, time, (phone, marks), rng), rng)
        posted.append(posting)
        if time < stay.start:
            story.contradictions.append((posting.url, here(line.stays, time).city))
    return posted


def _slots(line: Line, per_stay: int, rng: random.Random) -> list[tuple[Stay, datetime]]:
    slots = []
    for stay, following in zip(line.stays, [*line.stays[1:], None], strict=True):
        nights = (stay.end - stay.start).days
        if following and rng.random() < AHEAD:
            ahead = stay.end - timedelta(hours=rng.uniform(2, 20))
            slots.append((following, max(ahead, stay.start + timedelta(hours=8))))
        slots.append((stay, stay.start + timedelta(minutes=rng.randint(15, 420))))
        for _ in range(max(1, rng.randint(per_stay - 1, per_stay))):
            day = rng.randint(1, max(1, nights))
            time = stay.start + timedelta(days=day, minutes=rng.randint(-60, 300))
            slots.append((stay, min(time, stay.end - timedelta(minutes=rng.randint(20, 200)))))
    return sorted(slots, key=lambda slot: slot[1])


def _draft(
    line: Line,
    stay: Stay,
    time: datetime,
    phase: tuple[int, set[str]],
    rng: random.Random,
) -> Draft:
    phone, marks = phase
    keys = [f"phone:{line.phones[phone]}"]
    if "pair" in marks and phone + 1 < len(line.phones) and line.traces[phone] == "pair":
        keys.append(f"phone:{line.phones[phone + 1]}")
    if line.handle and ("handle" in marks or rng.random() < 0.08):
        keys.append(f"handle:{line.handle}")
    if line.van and rng.random() < 0.2:
        keys.append(f"plate:{line.van}")
    pictures = []
    if line.shots and ("picture" in marks or rng.random() < 0.35):
        shot = line.shots[0] if "picture" in marks else rng.choice(line.shots)
        pictures.append(Shown(shot, phone % 4))
    return Draft(
        actor=line.actor,
        site=rng.choice(line.sites),
        city=stay.city,
        posted=time,
        template=_text(line, phone, marks, rng),
        contacts=keys,
        disguise=line.disguise,
        slips=line.slips / 3 if "template" in marks else line.slips,
        pictures=pictures,
        traps=[rng.choice(line.traps)] if line.traps and rng.random() < 0.25 else [],
    )


def _text(line: Line, phone: int, marks: set[str], rng: random.Random) -> Template:
    if line.fresh:
        return line.templates[phone % len(line.templates)]
    return line.templates[0] if "template" in marks else rng.choice(line.templates)


def here(stays: list[Stay], time: datetime) -> Stay:
    """Return the stay that a time falls into, or the last one before it."""
    return next((s for s in reversed(stays) if s.start <= time), stays[0])
