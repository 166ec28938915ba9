"""Plans what phones and cars leave behind along somebody's stays: calls, pictures, tracks, chats."""

import math
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from palermo.simulate.line import here
from palermo.simulate.phrases import chat as line_of
from palermo.simulate.story import (
    Actor,
    Album,
    Call,
    CallRecord,
    Chat,
    Fix,
    Message,
    Stay,
    Story,
    Track,
)
from palermo.simulate.world import City

MASTS = 5  # antennas a city
METRES = 111_320.0  # metres in a degree of latitude


def spot(place: City, name: str, spread: float, story: Story) -> tuple[float, float]:
    """Return a fixed point of a city, `spread` metres at most from its middle, by its name."""
    rng = story.stream(f"spot/{place.name}/{name}")
    north, east = rng.uniform(-spread, spread), rng.uniform(-spread, spread)
    lon = place.lon + east / METRES / math.cos(math.radians(place.lat))
    return round(place.lat + north / METRES, 6), round(lon, 6)


def call_record(
    story: Story,
    holder: str,
    stays: Sequence[Stay],
    others: Sequence[str],
    rng: random.Random,
    per_day: int = 5,
) -> CallRecord:
    """Plan one phone's calls while its user stays somewhere: each stay's first day has one."""
    record = CallRecord(holder, stays[0].city.country)
    per_day *= 3 if story.size == "large" else 1
    for stay in stays:
        days = max(1, (stay.end - stay.start).days + 1)
        times = [stay.start + timedelta(minutes=rng.randint(10, 300))]
        times += [
            stay.start + timedelta(days=day, minutes=rng.randint(-180, 600))
            for day in range(days)
            for _ in range(rng.randint(max(1, per_day - 2), per_day + 2))
        ]
        for time in sorted(times):
            if stay.start <= time < stay.end:
                # the first numbers are called more often than the rest
                other = others[int(rng.random() ** 2 * len(others))]
                sms = rng.random() < 0.25
                seconds = 0 if sms else int(rng.expovariate(1 / 90)) + 3
                record.calls.append(
                    Call(
                        other,
                        _whole(time).replace(second=rng.randrange(60)),
                        seconds,
                        rng.random() < 0.55,
                        sms,
                        stay.city,
                        rng.randrange(MASTS),
                    )
                )
    record.calls.sort(key=lambda call: call.start)
    story.records.append(record)
    return record


def album(
    story: Story,
    holder: str,
    device: tuple[str, str, str],
    stays: Sequence[Stay],
    rng: random.Random,
) -> Album:
    """Plan the pictures that one phone takes: one or two a stay, the first on its first day."""
    shots = []
    for stay in stays:
        for day in range(rng.randint(1, 2)):
            time = stay.start + timedelta(days=day, minutes=rng.randint(10, 240))
            if time < stay.end:
                shots.append(story.shot(stay.city, _whole(time), device))
    kept = Album(holder, shots)
    story.albums.append(kept)
    return kept


def drive(
    story: Story,
    holder: str,
    stays: Sequence[Stay],
    rng: random.Random,
    form: Literal["gpx", "vessel"] = "gpx",
) -> Track:
    """Plan a track: at rest during stays, on the way between them, with gaps now and then."""
    fixes: list[Fix] = []
    for n, stay in enumerate(stays):
        lat, lon = spot(stay.city, f"{holder}/{n}", 2500, story)
        time = stay.start
        while time < stay.end:
            wobble = rng.gauss(0, 15) / METRES, rng.gauss(0, 25) / METRES
            fixes.append(
                Fix(
                    time,
                    round(lat + wobble[0], 6),
                    round(lon + wobble[1], 6),
                    round(abs(rng.gauss(0, 0.2)), 1),
                    round(rng.uniform(0, 359), 1),
                )
            )
            time += timedelta(minutes=rng.choice((20, 30, 30, 40)) if rng.random() < 0.97 else 240)
        if n + 1 < len(stays):
            end = spot(stays[n + 1].city, f"{holder}/{n + 1}", 2500, story)
            fixes += leg((lat, lon), end, stay.end, stays[n + 1].start, rng)
    track = Track(
        holder,
        form,
        f"track-{len(story.tracks) + 1:02d}",
        [Fix(_whole(f.time), f.lat, f.lon, f.speed, f.course) for f in fixes],
    )
    story.tracks.append(track)
    return track


def leg(
    start: tuple[float, float],
    end: tuple[float, float],
    leave: datetime,
    arrive: datetime,
    rng: random.Random,
    speed: float = 24.0,
) -> list[Fix]:
    """Plan fixes along a straight way, every few minutes, at about `speed` metres per second."""
    north = (end[0] - start[0]) * METRES
    east = (end[1] - start[1]) * METRES * math.cos(math.radians(start[0]))
    distance = math.hypot(north, east)
    seconds = min(distance / speed, (arrive - leave).total_seconds() * 0.9)
    course = round(math.degrees(math.atan2(east, north)) % 360, 1)
    steps = max(4, int(seconds // 400))
    # whoever travels leaves late enough to arrive on time
    begin = arrive - timedelta(seconds=seconds)
    fixes = []
    for step in range(1, steps):
        part = step / steps
        lat = start[0] + (end[0] - start[0]) * part + rng.gauss(0, 60) / METRES
        lon = start[1] + (end[1] - start[1]) * part + rng.gauss(0, 60) / METRES
        fixes.append(
            Fix(
                begin + timedelta(seconds=seconds * part),
                round(lat, 6),
                round(lon, 6),
                round(distance / seconds * rng.uniform(0.85, 1.1), 1),
                course,
            )
        )
    return fixes


def converse(
    story: Story,
    holder: Actor,
    others: Sequence[tuple[str, datetime]],
    scenes: Sequence[tuple[str, str]],
    rng: random.Random,
    stays: Sequence[Stay] = (),
    length: int = 40,
) -> Chat:
    """Plan a chat on the holder's phone with somebody whose number changes.

    `others` are the numbers and when each comes into use; a scene is its name and who speaks, `me`
    or `them`. Cities named are those of the `stays`.
    """
    begin, end = others[0][1], story.end
    if stays:
        begin, end = max(begin, stays[0].start), stays[-1].end
    times = sorted(begin + (end - begin) * rng.random() for _ in range(length))
    saved = {others[0][0]: rng.choice(("Boss", "Work", "Manager", "Travel"))}
    chat = Chat(
        holder.first("phone"),
        [other for other, _ in others],
        saved if rng.random() < 0.4 and len(others) == 1 else {},
        holder.home.zone,
    )
    current = others[0][0]
    for time in times:
        number = [other for other, since in others if since <= time] or [others[0][0]]
        language = holder.language
        if number[-1] != current:
            text = line_of("control", language, rng, {"contact": number[-1]})
            text = text if number[-1] in text else f"{text} {number[-1]}"
            chat.messages.append(Message(_whole(time), current, text))
            current = number[-1]
        scene, speaker = rng.choice(list(scenes))
        given = {"amount": amount(rng, holder.home)}
        if stays:
            given["city"] = here(list(stays), time).city.named(language)
        chat.messages.append(
            Message(
                _whole(time),
                "me" if speaker == "me" else current,
                line_of(scene, language, rng, given),
            )
        )
    story.chats.append(chat)
    return chat


def amount(rng: random.Random, place: City) -> str:
    sign = "$" if place.country == "US" else "£"
    return f"{sign}{rng.choice((50, 80, 120, 150, 200, 350, 400, 600, 900, 1200))}"


def _whole(time: datetime) -> datetime:
    return time.replace(microsecond=0)
