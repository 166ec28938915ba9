"""Plans groups that advertise work that does not exist, take fees for it and keep people in debt."""

import random
from datetime import timedelta
from decimal import Decimal

from palermo.simulate import money, people
from palermo.simulate.adverts import Draft, advertise, template
from palermo.simulate.identifiers import fictional_cities
from palermo.simulate.moving import CAMERAS
from palermo.simulate.story import Actor, Group, Ledger, Stay, Story, Tip
from palermo.simulate.traffic import album, call_record, converse
from palermo.simulate.world import City


def plan_jobs(story: Story, group: Group, languages: list[str], rng: random.Random) -> None:
    large = story.size == "large"
    places = rng.sample(fictional_cities(group.region), rng.randint(2, 5))
    recruiters = rng.randint(1, 4 if large else 2)
    collector = story.actor(
        group.id, "collector", places[0], languages[0], people.name(languages[0], rng)
    )
    account = money.ledger(story, collector, group.region, rng)
    money.everyday(story, account, rng, rng.randint(4, 8))
    planned = [
        recruiter(story, group, (places, rng.choice(languages)), rng) for _ in range(recruiters)
    ]
    applicants = rng.randint(4, 9) if large else rng.randint(2, 4)
    for _ in range(applicants):
        _applicant(story, group, (rng.choice(planned), account, places), rng)
    group.traits |= {
        "advertisers": str(recruiters),
        "cities": "; ".join(city.name for city in places),
        "phones": "; ".join(str(sum(k.startswith("phone") for k in r.keys)) for r in planned),
        "languages": "; ".join(sorted({r.language for r in planned})),
        "applicants": str(applicants),
    }


def recruiter(story: Story, group: Group, kit: tuple[list[City], str], rng: random.Random) -> Actor:
    """Plan an advertiser of false jobs: personas by phone, tied by an e-mail or handle."""
    places, language = kit
    actor = story.actor(group.id, "recruiter", places[0], language, people.name(language, rng))
    story.own_phone(actor)
    if rng.random() < 0.6:
        story.own_phone(actor, rng.choice(places))
    tie = rng.choice(("email", "handle"))
    if tie == "email":
        story.own(actor, "email", story.pool.email())
    else:
        story.own(actor, "handle", story.pool.handle(rng.choice(("telegram", "instagram"))))
    if rng.random() < 0.4:
        story.own(actor, "iban", story.pool.iban("GB"))
    sites = [site for site in story.sites if site.region == group.region]
    texts = [template("jobs", language, rng, rng.randint(5, 8)) for _ in range(rng.randint(2, 3))]
    phones = [k for k in actor.keys if k.startswith("phone:")]
    rest = [k for k in actor.keys if not k.startswith("phone:")]
    count = rng.randint(15, 60) if story.size == "large" else rng.randint(6, 10)
    for n in range(count):
        phone = phones[n % len(phones)]
        extra = rest if n < len(phones) else [k for k in rest if rng.random() < 0.35]
        advertise(
            story,
            Draft(
                actor,
                rng.choice(sites),
                rng.choice(places),
                story.start + timedelta(days=story.days * (n + rng.random()) / count),
                # a persona keeps to its own texts
                texts[n % len(phones)] if rng.random() < 0.7 else texts[-1],
                [phone, *extra],
                disguise=0.25,
                slips=0.02,
            ),
            rng,
        )
    return actor


def _applicant(
    story: Story, group: Group, kit: tuple[Actor, Ledger, list[City]], rng: random.Random
) -> None:
    """Plan somebody who pays for a job that is not there, and is then told of a debt."""
    recruiting, account, places = kit
    home, work = rng.choice(places), rng.choice(places)
    victim = story.actor(
        group.id, "victim", home, recruiting.language, people.name(recruiting.language, rng)
    )
    phone = story.own_phone(victim)
    begin = story.start + timedelta(days=rng.uniform(0, story.days * 0.4))
    scenes = (
        ("small", "me"),
        ("debt", "them"),
        ("debt", "them"),
        ("small", "them"),
        ("small", "me"),
    )
    converse(
        story, victim, [(recruiting.first("phone"), begin)], scenes, rng, length=rng.randint(15, 45)
    )
    payer = story.actor(group.id, "victim", home, victim.language, victim.name)
    iban = story.own(payer, "iban", story.pool.iban(rng.choice(("RO", "NL", "GB"))))
    fee = Decimal(rng.choice((150, 200, 250, 350, 400)))
    for n, what in enumerate(
        rng.sample(
            ("REGISTRATION", "UNIFORM", "TRANSPORT", "VISA FORM", "DEPOSIT ROOM"), rng.randint(1, 4)
        )
    ):
        money.entry(
            account,
            begin + timedelta(days=3 + 4 * n),
            fee + 10 * n,
            (iban, victim.name.upper()),
            f"{what} FEE PART {n + 1}",
        )
    if home is not work and rng.random() < 0.6:
        _journey(story, victim, (home, work), rng)
    if rng.random() < 0.4:
        story.tips.append(
            Tip(
                begin + timedelta(days=20),
                rng.choice(("telephone", "web form", "letter")),
                f"My friend paid for a job in {work.name} and it was not there. The number in the "
                f"advert was {recruiting.first('phone')}. They say the debt is {fee} now.",
                story.own_phone(story.actor(None, "bystander", home, "en", "")),
                work,
            )
        )
    assert phone


def _journey(story: Story, victim: Actor, way: tuple[City, City], rng: random.Random) -> None:
    """Let the victim stay at home, then at the place of work; their phone's record or album tells."""
    home, work = way
    leave = story.start + timedelta(days=round(story.days * rng.uniform(0.3, 0.5)), hours=9)
    stays = [
        Stay(victim.id, home, leave - timedelta(days=5), leave),
        Stay(victim.id, work, leave + timedelta(days=1), leave + timedelta(days=7)),
    ]
    story.stays += stays
    phone = victim.first("phone")
    if rng.random() < 0.5:
        friends = [
            story.own_phone(story.actor(None, "bystander", home, "en", "")) for _ in range(4)
        ]
        call_record(story, phone, stays, friends, rng, 3)
    else:
        make, model = rng.choice(CAMERAS)
        device = (make, model, story.pool.serial())
        story.own(victim, "device", "exif:" + ":".join(device))
        album(story, f"phone:{phone}", device, stays, rng)
