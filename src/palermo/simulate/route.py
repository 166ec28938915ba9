"""Plans smuggling routes: travellers pay in parts, and a code releases each part to the organisers.

Travellers are actors of their own: whoever pays to be carried controls nothing here.
"""

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from palermo.simulate import money, people
from palermo.simulate.adverts import Draft, advertise, template
from palermo.simulate.phrases import chat as line_of
from palermo.simulate.story import Actor, Chat, Fix, Group, Ledger, Message, Stay, Story, Track
from palermo.simulate.traffic import call_record, drive, leg
from palermo.simulate.world import City, city

LAND = {
    "GB": (
        ("Bucharest", "Budapest", "Vienna", "Hamburg", "Amsterdam", "London"),
        ("Berlin", "Hamburg", "Amsterdam", "Brussels", "Lille", "Calais", "London"),
        ("Vienna", "Paris", "Lille", "Calais", "London"),
    ),
    "US": (
        ("San Luis Potosí", "Saltillo", "Monterrey", "Laredo", "San Antonio", "Houston"),
        ("Saltillo", "Monterrey", "Laredo", "San Antonio", "Dallas"),
    ),
}
SEA = (
    ((51.350, 3.180), (51.945, 1.300)),
    ((51.040, 2.200), (51.330, 1.450)),
    ((52.100, 4.240), (52.480, 1.780)),
)


def plan_route(story: Story, group: Group, languages: list[str], rng: random.Random) -> None:
    large = story.size == "large"
    language = rng.choice(languages)
    way = [city(name) for name in rng.choice(LAND[group.region])]
    home = way[-1]
    organiser = story.actor(group.id, "organiser", home, language, people.name(language, rng))
    story.own_phone(organiser)
    story.own(organiser, "handle", story.pool.handle("telegram"))
    broker = story.actor(group.id, "broker", home, language, people.name(language, rng))
    story.own_phone(broker)
    # nothing in the evidence ties the account to a phone: its keeper is an actor apart
    keeper = story.actor(group.id, "collector", home, language, people.name(language, rng))
    account = money.ledger(story, keeper, group.region, rng)
    money.everyday(story, account, rng, 3)
    by_sea = group.region == "GB" and rng.random() < 0.6
    carrier = _carrier(story, group, way, by_sea, rng)
    if rng.random() < 0.7:
        _adverts(story, organiser, way, group.region, rng)
    travellers = rng.randint(6, 14) if large else rng.randint(3, 6)
    parts = rng.randint(2, 4)
    for _ in range(travellers):
        _traveller(story, group, (organiser, broker, account), (way, parts), rng)
    base = Stay(organiser.id, home, story.start, story.end)
    story.stays.append(base)
    call_record(
        story,
        organiser.first("phone"),
        [base],
        [broker.first("phone"), carrier.first("phone")],
        rng,
        2,
    )
    group.traits |= {
        "advertisers": "1" if any(p.actor == organiser.id for p in story.postings) else "0",
        "cities": "; ".join(place.name for place in way),
        "languages": language,
        "by": "sea" if by_sea else "land",
        "travellers": str(travellers),
        "instalments": str(parts),
    }


def _adverts(
    story: Story, organiser: Actor, way: list[City], region: str, rng: random.Random
) -> None:
    sites = [site for site in story.sites if site.region == region]
    text = template("travel", organiser.language, rng, 7)
    wallet = "wallet:" + story.own(organiser, "wallet", story.pool.wallet())
    keys = [key for key in organiser.keys if not key.startswith("wallet:")]
    for n in range(rng.randint(4, 7) if story.size == "small" else rng.randint(12, 30)):
        time = story.start + timedelta(days=story.days * rng.random())
        contacts = keys if n == 0 else [rng.choice(keys)]
        if n == 0 or rng.random() < 0.2:
            contacts = [*contacts, wallet]
        draft = Draft(organiser, rng.choice(sites), way[-1], time, text, contacts, 0.3, 0.015)
        advertise(story, draft, rng)


def _carrier(
    story: Story, group: Group, way: list[City], by_sea: bool, rng: random.Random
) -> Actor:
    """Plan the skipper's crossings or the driver's journeys, with the nights on the way."""
    carrier = story.actor(
        group.id, "skipper" if by_sea else "driver", way[0], "en", people.name("en", rng)
    )
    phone = story.own_phone(carrier, way[-1])
    time: datetime = story.start + timedelta(days=rng.randint(3, 8), hours=8)
    if by_sea:
        way_out = SEA[rng.randrange(len(SEA))]
        if rng.random() < 0.5:  # the plotter was taken with the skipper's phone
            _crossings(story, carrier, "vessel", (way_out, time), rng)
        else:
            owner = story.actor(group.id, "skipper", way[0], "en", carrier.name)
            _crossings(story, owner, "ais", (way_out, time), rng)
            for _ in range(rng.randint(2, 4)):
                other = story.actor(None, "bystander", way[0], "en", people.name("en", rng))
                begin = time + timedelta(hours=rng.randint(-30, 60))
                _crossings(story, other, "ais", (rng.choice(SEA), begin), rng)
        return carrier
    stays = []
    for place in way:
        nights = rng.randint(1, 3)
        stays.append(Stay(carrier.id, place, time, time + timedelta(days=nights)))
        time = stays[-1].end + timedelta(hours=rng.randint(14, 22))
    story.stays += [stay for stay in stays if stay.end < story.end]
    drive(story, f"phone:{phone}", [stay for stay in stays if stay.end < story.end], rng)
    return carrier


def _crossings(
    story: Story,
    owner: Actor,
    form: Literal["vessel", "ais"],
    kit: tuple[tuple[tuple[float, float], tuple[float, float]], datetime],
    rng: random.Random,
) -> None:
    """Plan a vessel's way across and back, days apart."""
    (start, end), time = kit
    mmsi = story.own(owner, "vessel", f"mmsi:{story.pool.mmsi()}")
    fixes: list[Fix] = []
    for trip in range(rng.randint(2, 4)):
        ends = (start, end) if trip % 2 == 0 else (end, start)
        fixes += leg(*ends, time, time + timedelta(hours=8), rng, speed=6.0)
        time += timedelta(days=rng.randint(3, 8), hours=rng.randint(-3, 3))
    whole = [Fix(f.time.replace(microsecond=0), f.lat, f.lon, f.speed, f.course) for f in fixes]
    story.tracks.append(Track(f"vessel:{mmsi}", form, "crossing", whole))


def _traveller(
    story: Story,
    group: Group,
    kit: tuple[Actor, Actor, Ledger],
    plan: tuple[list[City], int],
    rng: random.Random,
) -> None:
    """Plan one traveller's instalments: each is paid in, and released by its code later."""
    organiser, broker, account = kit
    way, parts = plan
    traveller = story.actor(
        group.id, "traveller", way[0], organiser.language, people.name(organiser.language, rng)
    )
    phone = story.own_phone(traveller, way[-1])
    payer = story.actor(group.id, "traveller", way[0], traveller.language, traveller.name)
    iban = story.own(payer, "iban", story.pool.iban(rng.choice(("RO", "NL", "GB"))))
    share = Decimal(rng.choice((300, 450, 500, 750)))
    asks = Chat(organiser.first("phone"), [phone], {}, organiser.home.zone)
    frees = Chat(organiser.first("phone"), [broker.first("phone")], {}, organiser.home.zone)
    time = story.start + timedelta(days=rng.uniform(1, story.days * 0.3), hours=9)
    for part in range(parts):
        code = story.pool.code()
        given = {
            "code": code,
            "amount": f"{share} {account.currency}",
            "iban": account.holder[5:],
            "city": way[min(part + 1, len(way) - 1)].named(organiser.language),
        }
        language = organiser.language
        asks.messages += [
            Message(time, "me", line_of("route", language, rng, given)),
            Message(time + timedelta(hours=2), phone, line_of("small", language, rng, given)),
            Message(time + timedelta(hours=5), phone, f"{share} {account.currency} {code}"),
        ]
        money.entry(
            account,
            time + timedelta(hours=26),
            share,
            (iban, traveller.name.upper()),
            f"{code} PART {part + 1} OF {parts}",
        )
        release = time + timedelta(days=rng.randint(2, 5))
        frees.messages += [
            Message(release, "me", f"{code} ok"),
            Message(
                release + timedelta(minutes=9),
                broker.first("phone"),
                line_of("small", language, rng, given),
            ),
        ]
        money.entry(
            account, release + timedelta(hours=3), -share * 9 / 10, ("", ""), f"CASH OUT {code}"
        )
        time = release + timedelta(days=rng.randint(1, 4))
    for planned in (asks, frees):
        planned.messages = [_whole(m) for m in planned.messages if m.time < story.end]
        _join(story, planned)


def _whole(message: Message) -> Message:
    message.time = message.time.replace(microsecond=0)
    return message


def _join(story: Story, planned: Chat) -> None:
    """Put the lines into the chat of the same two, where there is one already."""
    for chat in story.chats:
        if chat.holder == planned.holder and chat.others == planned.others:
            chat.messages = sorted(chat.messages + planned.messages, key=lambda m: m.time)
            return
    story.chats.append(planned)
