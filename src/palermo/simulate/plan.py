"""Draws a whole case from a seed: how many groups, of which make, where, and who stands beside them."""

import random
from datetime import UTC, datetime, timedelta

from palermo.simulate.adverts import Template
from palermo.simulate.bystanders import Bystanders, draw_languages, plan_tips, plan_traps
from palermo.simulate.jobs import plan_jobs
from palermo.simulate.moving import plan_moving
from palermo.simulate.reviewers import decide
from palermo.simulate.route import plan_route
from palermo.simulate.story import Group, Size, Story
from palermo.simulate.world import Site

WANTED = {"small": 300, "large": 20_000}
LAYOUTS = ("cards", "table", "soup", "article", "definition")
HOSTS = ("cityboard", "noticewall", "localpost", "marketlane", "bulletin", "openads", "townlist")


def plan(seed: int, size: Size) -> Story:
    """Return the story of a seed; equal seeds give equal stories."""
    rng = random.Random(f"palermo/{seed}/{size}/shape")
    start = datetime(2024, 1, 8, tzinfo=UTC) + timedelta(days=rng.randrange(600))
    days = rng.randint(90, 130) if size == "large" else rng.randint(42, 60)
    story = Story(seed, size, start, days)
    regions = rng.choice((["GB"], ["US"], ["GB", "US"], ["GB", "US"]))
    weights = draw_languages(rng)
    story.sites = _sites(regions, size, rng)
    plan_traps(story, regions, rng)
    copied: list[Template] = []
    for group in _groups(regions, size, rng):
        story.groups.append(group)
        languages = rng.sample(list(weights), rng.randint(1, 3))
        stream = story.stream(f"group/{group.id}")
        if group.make == "jobs":
            plan_jobs(story, group, languages, stream)
        elif group.make == "route":
            plan_route(story, group, languages, stream)
        else:
            copied += plan_moving(story, group, languages[0], stream)
    Bystanders(story, regions, weights, copied).post(WANTED[size])
    plan_tips(story)
    story.postings.sort(key=lambda posting: (posting.posted, posting.url))
    decide(story)
    return story


def _sites(regions: list[str], size: Size, rng: random.Random) -> list[Site]:
    layouts, hosts = rng.sample(LAYOUTS, 5), rng.sample(HOSTS, len(HOSTS))
    count = rng.randint(4, 5) if size == "large" else rng.randint(max(2, len(regions)), 4)
    sites = []
    for n in range(count):
        host = f"{hosts[n]}.example.{rng.choice(('org', 'net', 'com'))}"
        sites.append(
            Site(
                host=host,
                layout=layouts[n],
                region=regions[n % len(regions)],
                charset=rng.choice(("utf-8", "utf-8", "utf-8", "iso-8859-1")),
                dates=rng.choice(("iso", "long", "short")),
                transfer=rng.choice(("plain", "gzip", "chunked")),
                support=f"support@{host}",
            )
        )
    return sites


def _groups(regions: list[str], size: Size, rng: random.Random) -> list[Group]:
    """Draw the groups: each of the three makes once, and any makes besides."""
    more = rng.randint(6, 12) if size == "large" else rng.randint(0, 2)
    makes = ["rotation", "jobs", "route"]
    makes += rng.choices(("rotation", "jobs", "route", "crew"), k=more)
    rng.shuffle(makes)
    return [Group(f"g{n + 1:02d}", make, rng.choice(regions)) for n, make in enumerate(makes)]
